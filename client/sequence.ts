import type { DurableEvent } from '../src/protocol/frames.ts'

const HELD_MAX = 256

/**
 * Puts the durable events of one conversation in order: each is given out once, by `seq`, without holes. An event that comes
 * too early is held (at most 256; what is beyond must be fetched again, which `incomplete` says); one that was given out
 * already is dropped.
 */
export class Sequence {
  inc: string | undefined
  /** `seq` of the event given out last; unknown until the first, or a `sync`, or a position says it. */
  last: number | undefined
  readonly #held = new Map<number, DurableEvent>()
  #overflowed = false

  /** Whether events are missing between `last` and something that came already. */
  get incomplete(): boolean {
    return this.#held.size > 0 || this.#overflowed
  }

  restart(inc: string | undefined, last: number | undefined): void {
    this.inc = inc
    this.last = last
    this.#held.clear()
    this.#overflowed = false
  }

  /** The events that are due now, in order: none, one, or one with those it held back. */
  take(event: DurableEvent): readonly DurableEvent[] {
    const last = this.last ?? event.seq - 1
    if (event.seq <= last) return []
    if (event.seq > last + 1) {
      if (this.#held.size < HELD_MAX) this.#held.set(event.seq, event)
      else this.#overflowed = true
      return []
    }
    const due = [event]
    this.last = event.seq
    for (let next = this.#held.get(event.seq + 1); next !== undefined; next = this.#held.get(next.seq + 1)) {
      this.#held.delete(next.seq)
      this.last = next.seq
      due.push(next)
    }
    return due
  }

  /** A page of history up to the present was taken: nothing is missing beyond what is held. */
  caughtUp(): void {
    this.#overflowed = false
  }
}
