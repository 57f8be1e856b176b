import type { Cancel } from '../runtime.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

/** Time that moves only when a test says so; timers run in order of time, then of setting. */
export class VirtualTime {
  nowMs = 1_790_000_000_000
  #timers: Timer[] = []
  #order = 0

  setTimer(afterMs: number, run: () => void): Cancel {
    this.#order += 1
    const timer: Timer = { atMs: this.nowMs + Math.max(0, afterMs), order: this.#order, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  /** Runs everything due within `ms`, promises included. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms
    await settled()
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      const due = next
      this.#timers = this.#timers.filter((each) => each !== due)
      this.nowMs = due.atMs
      due.run()
      await settled()
    }
    this.nowMs = untilMs
  }

  #next(untilMs: number): Timer | undefined {
    return this.#timers
      .filter((timer) => timer.atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs || a.order - b.order)
      .at(0)
  }
}

/** After all promises that are ready, and those that they make ready. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
