import type { Cancel } from '../../src/kernel/clock.ts'
import { EventHeap, type Planned } from './event-heap.ts'
import type { SimProcess } from './process.ts'
import { hashOf, type SeededRandom } from './random.ts'

/** After a pause timers run before what came from outside is read. */
export type EventKind = 'timer' | 'input' | 'world'

interface Event extends Planned {
  /** Undefined: the world outside, which never stops. */
  readonly process: SimProcess | undefined
  readonly kind: EventKind
  readonly run: () => void
}

interface Immediate {
  readonly process: SimProcess | undefined
  run: (() => void) | undefined
}

const real = { setImmediate: globalThis.setImmediate, clearImmediate: globalThis.clearImmediate }
const turn = (): Promise<void> => new Promise((resolve) => real.setImmediate(resolve))
/** Rounds of immediates that one event may cause: more is a loop without end. */
const ROUNDS_MAX = 10_000

/**
 * Virtual time in one process: events by time, with a tie-break drawn from the seed; each belongs to an incarnation of a node or to
 * the world. After each event the promises that it settled and the immediates that it asked for run until all is quiet, so nothing
 * of one event is left for another, and what belongs to a dead incarnation never runs.
 */
export class Simulation {
  readonly random: SeededRandom
  nowMs = 0
  events = 0
  /** Of every event's time and owner: two runs of one seed must have the same. */
  hash = 0x811c9dc5
  /** Whose event is running. */
  current: SimProcess | undefined
  readonly #heap = new EventHeap<Event>()
  readonly #deferred = new Map<SimProcess, Event[]>()
  readonly #ties: SeededRandom
  #immediates: Immediate[] = []
  #order = 0
  readonly #onFault: (process: SimProcess | undefined, error: unknown) => void

  /** `onFault`: an event, or a promise that it left behind, threw. */
  constructor(random: SeededRandom, onFault: (process: SimProcess | undefined, error: unknown) => void) {
    this.random = random.fork('simulation')
    this.#ties = random.fork('ties')
    this.#onFault = onFault
  }

  plan(afterMs: number, process: SimProcess | undefined, kind: EventKind, run: () => void): Cancel {
    const atMs = this.nowMs + Math.max(0, afterMs)
    const event: Event = { atMs, tie: this.#ties.word(), order: this.#order++, cancelled: false, process, kind, run }
    this.#heap.push(event)
    return () => {
      event.cancelled = true
    }
  }

  /** What waited for a paused process: its timers first, in the order of their time, then the rest. */
  release(process: SimProcess): void {
    const waiting = this.#deferred.get(process) ?? []
    this.#deferred.delete(process)
    const ordered = [...waiting.filter(({ kind }) => kind === 'timer'), ...waiting.filter(({ kind }) => kind !== 'timer')]
    for (const event of ordered) {
      const { cancelled, kind, run } = event
      if (cancelled) continue
      const moved: Event = {
        atMs: this.nowMs,
        tie: -1,
        order: this.#order++,
        cancelled: false,
        process,
        kind,
        run: () => {
          if (!event.cancelled) run()
        },
      }
      this.#heap.push(moved)
    }
  }

  /** Runs what is due until then, or until `until` says so. */
  async run(untilMs: number, until: () => boolean = () => false): Promise<void> {
    const restore = this.#takeImmediates()
    const unhandled = (error: unknown): void => this.#onFault(this.current, error)
    process.on('unhandledRejection', unhandled)
    try {
      for (;;) {
        const first = this.#heap.first
        if (first === undefined || first.atMs > untilMs || until()) break
        this.#heap.pop()
        await this.#fire(first)
      }
      this.nowMs = Math.max(this.nowMs, until() ? this.nowMs : untilMs)
    } finally {
      process.off('unhandledRejection', unhandled)
      restore()
    }
  }

  /** Adds to the trace's hash what a run is compared by. */
  note(text: string): void {
    this.hash = hashOf(text, this.hash)
  }

  async #fire(event: Event): Promise<void> {
    const { process: owner } = event
    this.nowMs = Math.max(this.nowMs, event.atMs)
    if (event.cancelled || owner?.state === 'dead') return
    if (owner?.state === 'paused') {
      const waiting = this.#deferred.get(owner)
      if (waiting) waiting.push(event)
      else this.#deferred.set(owner, [event])
      return
    }
    this.events++
    this.note(`${this.nowMs.toFixed(3)} ${owner?.id ?? ''} ${event.kind}\n`)
    this.current = owner
    this.#guarded(owner, event.run)
    await this.#settle()
    this.current = undefined
  }

  async #settle(): Promise<void> {
    for (let round = 0; ; round++) {
      await turn()
      if (this.#immediates.length === 0) return
      if (round > ROUNDS_MAX) throw new Error('immediates without end')
      const batch = this.#immediates
      this.#immediates = []
      for (const { process: owner, run } of batch) {
        if (run === undefined || owner?.state === 'dead') continue
        this.#guarded(owner, run)
        // Node runs what an immediate's promises left before the next one.
        await Promise.resolve()
      }
    }
  }

  #guarded(owner: SimProcess | undefined, run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#onFault(owner, error)
    }
  }

  /** The code under test groups by `setImmediate`: here it waits in a list of ours, which a crash empties. */
  #takeImmediates(): () => void {
    const planned = (run: (...given: unknown[]) => void, ...given: unknown[]): unknown => {
      const immediate: Immediate = { process: this.current, run: () => run(...given) }
      this.#immediates.push(immediate)
      return immediate
    }
    const cleared = (immediate: unknown): void => {
      if (isOurs(immediate)) immediate.run = undefined
      else real.clearImmediate(immediate as NodeJS.Immediate)
    }
    const before = { setImmediate: globalThis.setImmediate, clearImmediate: globalThis.clearImmediate }
    Object.assign(globalThis, { setImmediate: planned, clearImmediate: cleared })
    return () => Object.assign(globalThis, before)
  }
}

function isOurs(immediate: unknown): immediate is Immediate {
  return typeof immediate === 'object' && immediate !== null && 'process' in immediate && 'run' in immediate
}
