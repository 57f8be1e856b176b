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

/** What is seen of the engine, and asked of it. */
export interface Engine {
  /** What it holds and a collection may give back: the heap, and the buffers outside of it, where waiting entries lie. */
  usedBytes(): number
  /** Share of the time since the last call in which the loop was at work, 0 to 1. */
  utilization(): number
  collect(): void
}

export function thisEngine(): Engine {
  setFlagsFromString('--expose-gc')
  let last = performance.eventLoopUtilization()
  return {
    usedBytes() {
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      return heapUsed + arrayBuffers
    },
    utilization() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, last)
      last = now
      return utilization
    },
    collect: runInNewContext('gc') as () => void,
  }
}

/**
 * Gives memory back after a rush. The engine collects when something is allocated, so a server that has become quiet keeps the
 * rush's garbage resident; here one full collection is asked for when the loop has been quiet for a look. Never under load.
 */
export function collectWhenIdle(clock: Clock, metrics: Metrics, engine: Engine = thisEngine()): { stop(): void } {
  const collections = metrics.counter('parley_idle_collections_total', 'Collections that were asked for while the loop was quiet')
  let leftBytes = engine.usedBytes()
  let collectedMs = clock.mono()
  let cancel: Cancel = clock.setTimer(LOOK_MS, look)

  function look(): void {
    const quiet = engine.utilization() < QUIET
    const used = engine.usedBytes()
    const grown = used > leftBytes + GROWN_BYTES && used > leftBytes * GROWN_FACTOR
    if (quiet && grown && clock.mono() - collectedMs > PAUSE_MS_MIN) {
      engine.collect()
      collections.inc()
      collectedMs = clock.mono()
      leftBytes = engine.usedBytes()
    }
    cancel = clock.setTimer(LOOK_MS, look)
  }

  return { stop: () => cancel() }
}
