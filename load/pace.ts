/**
 * The timetable of a fixed-rate run: send number n is meant for `startMs + n / rate`, whatever came of the sends before it.
 * Latency counted from the intended time is what a user at that rate would have waited (no coordinated omission).
 */
export class Pace {
  private readonly startMs: number
  private readonly perMs: number
  private readonly total: number
  private taken = 0

  /** `perSecond` > 0; `totalMs` ≥ 0 bounds the timetable. */
  constructor(perSecond: number, startMs: number, totalMs: number) {
    if (!(perSecond > 0)) throw new RangeError('a pace needs a rate above 0')
    this.startMs = startMs
    this.perMs = perSecond / 1000
    this.total = Math.floor(this.perMs * totalMs)
  }

  /** The intended time of the next send that is due by `nowMs`, in order; undefined when none is. */
  take(nowMs: number): number | undefined {
    if (this.taken >= this.total) return undefined
    const intendedMs = this.startMs + this.taken / this.perMs
    if (intendedMs > nowMs) return undefined
    this.taken++
    return intendedMs
  }

  /** Sends taken so far. */
  get count(): number {
    return this.taken
  }

  get isOver(): boolean {
    return this.taken >= this.total
  }
}
