import type { Cancel, Clock } from '../kernel/clock.ts'

/** A pause of the process, or of the broker, leaves a node unconfirmed for a heartbeat or two: that is not isolation yet. */
const ISOLATED_MS = 1500
const LOOK_MS = 250

/**
 * Calls `isolate(true)` when the node has not been confirmed for a second and a half, and `isolate(false)` when it is again. Gives what ends
 * the watching.
 */
export function watchIsolation(clock: Clock, confirmed: () => boolean, isolate: (isolated: boolean) => void): Cancel {
  let sinceMs: number | undefined
  let isolated = false
  let cancel: Cancel
  const look = (): void => {
    cancel = clock.setTimer(LOOK_MS, look)
    if (confirmed()) {
      sinceMs = undefined
      if (isolated) isolate(false)
      isolated = false
      return
    }
    const nowMs = clock.mono()
    sinceMs ??= nowMs
    if (isolated || nowMs - sinceMs < ISOLATED_MS) return
    isolated = true
    isolate(true)
  }
  cancel = clock.setTimer(LOOK_MS, look)
  return () => cancel()
}
