import type { Counter, Gauge, Histogram } from '../kernel/metrics.ts'

/**
 * What the hot path touches: plain numbers, read when the metrics are scraped. prom-client's own `observe` checks and hashes
 * the labels at each call, which costs six times as much.
 */
export class CounterCell implements Counter {
  value = 0

  inc(by = 1): void {
    if (by > 0) this.value += by
  }
}

export class GaugeCell implements Gauge {
  value = 0

  set(value: number): void {
    this.value = value
  }
}

export class HistogramCell implements Histogram {
  readonly #bounds: readonly number[]
  /** One per bound, not cumulated; what is above the last bound is in `count` only. */
  readonly #counts: Float64Array
  sum = 0
  count = 0

  /** `bounds` rise. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
    this.#counts = new Float64Array(bounds.length)
  }

  /** NaN is not counted. */
  observe(value: number): void {
    if (Number.isNaN(value)) return
    const bounds = this.#bounds
    let at = 0
    while (at < bounds.length && value > (bounds[at] as number)) at++
    if (at < bounds.length) this.#counts[at] = (this.#counts[at] as number) + 1
    this.sum += value
    this.count++
  }

  /** Per bound, the number of values at or below it. */
  cumulated(): { readonly bound: number; readonly count: number }[] {
    let total = 0
    return this.#bounds.map((bound, at) => {
      total += this.#counts[at] as number
      return { bound, count: total }
    })
  }
}
