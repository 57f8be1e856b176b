import type { Cancel, Clock } from '../../kernel/clock.ts'

/** How long a worker may take to load before it counts as broken. */
const START_MAX_MS = 15_000
const LOOK_MIN_MS = 5

/**
 * Watches one batch by its progress, and calls `onStuck` once when one request takes longer than `killAfterMs`: not earlier,
 * and at most half of it later. A worker that never begins is stuck after 15 s.
 */
export class Watch {
  readonly #clock: Clock
  readonly #progress: Int32Array
  readonly #killAfterMs: number
  readonly #last: number
  readonly #onStuck: () => void
  #seen = 0
  #since: number
  #cancel: Cancel

  constructor(clock: Clock, progress: Int32Array, requests: number, killAfterMs: number, onStuck: () => void) {
    this.#clock = clock
    this.#progress = progress
    this.#killAfterMs = killAfterMs
    this.#last = requests + 1
    this.#onStuck = onStuck
    this.#since = clock.mono()
    this.#cancel = this.#later()
  }

  stop(): void {
    this.#cancel()
  }

  #later(): Cancel {
    return this.#clock.setTimer(Math.max(LOOK_MIN_MS, this.#killAfterMs / 2), () => this.#look())
  }

  #look(): void {
    const now = this.#clock.mono()
    const at = Atomics.load(this.#progress, 0)
    if (at !== this.#seen) {
      this.#seen = at
      this.#since = now
    } else if (at !== this.#last && now - this.#since >= (at === 0 ? START_MAX_MS : this.#killAfterMs)) {
      this.#onStuck()
      return
    }
    this.#cancel = this.#later()
  }
}
