import type { Caller, SentAnswer } from '../../src/actors/port.ts'
import type { Cancel } from '../../src/kernel/clock.ts'
import { isRejection, type Rejection } from '../../src/kernel/rejection.ts'
import type { SendRecord } from './client-history.ts'
import { type ClientWorld, RETRIED, type Talk } from './client-world.ts'
import { WORDS } from './dialogue.ts'
import { keyOf } from './ledger.ts'
import type { Link } from './link.ts'
import type { SeededRandom } from './random.ts'
import type { SimSession } from './session.ts'

const ATTEMPT_MS = 1200
const BUDGET_MS = 15_000

export interface SenderOptions {
  readonly world: ClientWorld
  readonly name: string
  readonly caller: Caller
  readonly random: SeededRandom
  readonly nextId: () => number
  readonly link: () => Link<SimSession> | undefined
  readonly request: <A>(
    link: Link<SimSession>,
    ask: (session: SimSession, reply: (answer: A | Rejection) => void) => void,
    answered: (answer: A | Rejection) => void,
  ) => void
}

/** A client's messages: each sent again with the same id, over whatever connection there is, until it is settled or given up. */
export class Sender {
  /** Messages that are neither settled nor given up. */
  outstanding = 0
  readonly #o: SenderOptions

  constructor(options: SenderOptions) {
    this.#o = options
  }

  send(talk: Talk): void {
    const { sim, history } = this.#o.world
    const { tenant } = this.#o.caller
    const mid = `m-${this.#o.name}-${this.#o.nextId()}`
    const kind = this.#o.random.chance(0.05) ? 'silence' : 'text'
    const body = kind === 'silence' ? '' : this.#o.random.pick(WORDS)
    const record: SendRecord = {
      tenant,
      cid: talk.cid,
      client: this.#o.name,
      mid,
      invokedMs: sim.nowMs,
      attempts: 0,
      endedMs: undefined,
      outcome: undefined,
      seq: undefined,
    }
    history.sends.push(record)
    this.outstanding++
    this.#attempt(talk, record, kind, body, { maybe: false })
  }

  /** The same message again and again until it is settled or the client gives up. */
  #attempt(talk: Talk, record: SendRecord, kind: 'text' | 'silence', body: string, state: { maybe: boolean }): void {
    const { sim, freshMids } = this.#o.world
    if (record.outcome !== undefined) return
    if (sim.nowMs - record.invokedMs > BUDGET_MS) {
      this.#end(record, state.maybe ? 'unknown' : 'fail')
      return
    }
    const again = (afterMs: number): Cancel =>
      sim.plan(afterMs, undefined, 'world', () => this.#attempt(talk, record, kind, body, state))
    const link = this.#o.link()
    if (!link?.open || !talk.live) {
      again(50)
      return
    }
    const number = ++record.attempts
    const mid = freshMids && number > 1 ? `${record.mid}.${number}` : record.mid
    const delivery = { type: 'send', caller: this.#o.caller, mid, kind, body } as const
    const cancel = sim.plan(ATTEMPT_MS * this.#o.random.between(0.8, 1.2), undefined, 'world', () => {
      state.maybe = true
      this.#attempt(talk, record, kind, body, state)
    })
    this.#o.request<SentAnswer>(
      link,
      (session, reply) => session.send(talk.cid, delivery, reply),
      (answer) => {
        if (isRejection(answer)) {
          this.#refused(talk, record, answer, state, () => {
            cancel()
            again((answer.retryMs ?? 100) * this.#o.random.between(0.5, 1.5))
          })
        } else {
          cancel()
          this.#acked(record, answer)
        }
      },
    )
  }

  #acked(record: SendRecord, answer: SentAnswer): void {
    const { violations } = this.#o.world
    if (record.outcome === 'ok' && record.seq !== answer.seq) {
      violations.add('gapless', `${record.mid} was acknowledged as ${record.seq}, then as ${answer.seq}`)
    }
    if (record.outcome === 'fail') violations.add('failed', `${record.mid} was refused, then acknowledged as ${answer.seq}`)
    record.seq = answer.seq
    this.#end(record, 'ok')
  }

  #refused(talk: Talk, record: SendRecord, answer: Rejection, state: { maybe: boolean }, again: () => void): void {
    if (record.outcome !== undefined) return
    const { violations, ledger } = this.#o.world
    const { rejected, msg } = answer
    if (answer.unknown || msg.includes('unknown')) state.maybe = true
    if (RETRIED.has(rejected)) {
      again()
    } else if (rejected === 'closed') {
      talk.closed = true
      this.#end(record, state.maybe ? 'unknown' : 'fail')
    } else {
      if (!ledger.excused.has(keyOf(record.tenant, record.cid))) {
        violations.add(rejected === 'not_found' ? 'lost' : 'sound', `${record.mid} in ${record.cid}: ${rejected}, ${msg}`)
      }
      this.#end(record, 'unknown')
    }
  }

  #end(record: SendRecord, outcome: 'ok' | 'fail' | 'unknown'): void {
    if (record.outcome === 'ok') return
    if (record.outcome === undefined) this.outstanding--
    // The answer to an attempt that was given up settles the message all the same: then it ends now.
    record.endedMs = this.#o.world.sim.nowMs
    record.outcome = outcome
  }
}
