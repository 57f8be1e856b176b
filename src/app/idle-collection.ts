import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Metrics } from '../kernel/metrics.ts'

const LOOK_MS = 2000
/** The loop is quiet below this share of a look. */
const QUIET = 0.05
/** Worth a collection: this much more than the last one left, and half as much again. */
const GROWN_BYTES = 32 * 1024 * 1024
const GROWN_FACTOR = 1.5
const PAUSE_MS_MIN = 20_000

/**
 * Gives memory back after a rush. The engine collects when something is allocated, so a server that has become quiet keeps the
 * rush's garbage resident; here one full collection is asked for when the loop has been quiet for a look. Never under load.
 */
export function collectWhenIdle(clock: Clock, metrics: Metrics): { stop(): void } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const collections = metrics.counter('parley_idle_collections_total', 'Collections that were asked for while the loop was quiet')
  let last = performance.eventLoopUtilization()
  let leftBytes = process.memoryUsage().heapUsed
  let collectedMs = clock.mono()
  let cancel: Cancel = clock.setTimer(LOOK_MS, look)

  function look(): void {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    const used = process.memoryUsage().heapUsed
    const grown = used > leftBytes + GROWN_BYTES && used > leftBytes * GROWN_FACTOR
    if (utilization < QUIET && grown && clock.mono() - collectedMs > PAUSE_MS_MIN) {
      collect()
      collections.inc()
      collectedMs = clock.mono()
      leftBytes = process.memoryUsage().heapUsed
    }
    cancel = clock.setTimer(LOOK_MS, look)
  }

  return { stop: () => cancel() }
}
