import type { Cancel, Clock } from '../../kernel/clock.ts'
import type { NluAnswer, NluRefusal, NluRequest } from '../port.ts'

/** The answers of one call, as they come in. */
export interface Call {
  readonly answers: NluAnswer[]
  left: number
  resolve(answers: readonly NluAnswer[]): void
}

/** One request that a worker is to answer. */
export interface Entry {
  readonly request: NluRequest
  readonly call: Call
  readonly index: number
  readonly deadlineAt: number
  /** Batches it was part of. */
  starts: number
  done: boolean
}

/** The requests not answered yet, and one timer for the earliest of their deadlines. */
export class Pending {
  readonly #entries = new Set<Entry>()
  readonly #clock: Clock
  readonly #onLate: (entry: Entry) => void
  #timerAt = Number.POSITIVE_INFINITY
  #cancel: Cancel | undefined

  /** `onLate` is told of each entry whose deadline passed, after it was answered. */
  constructor(clock: Clock, onLate: (entry: Entry) => void) {
    this.#clock = clock
    this.#onLate = onLate
  }

  add(entry: Entry): void {
    this.#entries.add(entry)
    if (entry.deadlineAt < this.#timerAt) this.#arm(entry.deadlineAt)
  }

  /** Answers an entry once; later answers are dropped. */
  answer(entry: Entry, answer: NluAnswer): void {
    if (entry.done) return
    entry.done = true
    this.#entries.delete(entry)
    const { call } = entry
    call.answers[entry.index] = answer
    call.left--
    if (call.left === 0) call.resolve(call.answers)
  }

  stop(): void {
    this.#cancel?.()
    this.#timerAt = Number.POSITIVE_INFINITY
  }

  #arm(at: number): void {
    this.#cancel?.()
    this.#timerAt = at
    this.#cancel = this.#clock.setTimer(at - this.#clock.mono(), () => this.#sweep())
  }

  #sweep(): void {
    const now = this.#clock.mono()
    this.#timerAt = Number.POSITIVE_INFINITY
    let next = Number.POSITIVE_INFINITY
    for (const entry of this.#entries) {
      if (entry.deadlineAt <= now) {
        this.answer(entry, LATE)
        this.#onLate(entry)
      } else if (entry.deadlineAt < next) next = entry.deadlineAt
    }
    if (next < this.#timerAt) this.#arm(next)
  }
}

const LATE: NluRefusal = { refused: 'late', msg: 'interpretation did not finish before its deadline' }
