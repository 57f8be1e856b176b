/** What the watchdog's thread sees at one of its own ticks. */
export interface Tick {
  /** Counter that the watched loop raises. */
  readonly beat: number
  readonly wallMs: number
  readonly monoMs: number
}

/**
 * Tells a stuck loop from a machine that slept. Stuck time is the sum of ticks that came when they should and saw no beat;
 * a tick that came late by either clock means that the watcher itself did not run (suspend, SIGSTOP, a paused machine, no CPU
 * left), so the loop could not have run either and the count begins again. A wall clock that is set does the same, harmlessly.
 */
export class StallMeter {
  readonly #stuckMs: number
  readonly #tickMs: number
  #last: Tick
  #stalledMs = 0

  constructor(stuckMs: number, tickMs: number, first: Tick) {
    this.#stuckMs = stuckMs
    this.#tickMs = tickMs
    this.#last = first
  }

  /** True when the loop has stood still for `stuckMs`. */
  stuck(tick: Tick): boolean {
    const wallMs = tick.wallMs - this.#last.wallMs
    const monoMs = tick.monoMs - this.#last.monoMs
    const late = Math.max(wallMs, monoMs) > 2 * this.#tickMs + 20
    if (late || wallMs < 0 || tick.beat !== this.#last.beat) this.#stalledMs = 0
    else this.#stalledMs += monoMs
    this.#last = tick
    return this.#stalledMs >= this.#stuckMs
  }
}
