/** Cancels what it was returned for; calling it again, or too late, does nothing. */
export type Cancel = () => void

/** Time as the actors see it. The simulator replaces it, so nothing outside `app/` and adapters reads the system's clock. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. May jump. */
  now(): number
  /** Monotonic milliseconds, for durations and deadlines within this process. */
  mono(): number
  /** Runs `run` once, not before `afterMs`. A timer never keeps the process alive. */
  setTimer(afterMs: number, run: () => void): Cancel
}

const TIMER_MAX_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  setTimer(afterMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, afterMs), TIMER_MAX_MS))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
