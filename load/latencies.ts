import { build, type Histogram } from 'hdr-histogram-js'

export interface LatencySummary {
  readonly count: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
}

/** Longer waits are counted as this long. */
const LATENCY_MS_MAX = 60_000

/** Latencies in microseconds to three digits. Negative ones (a clock's rounding) count as 0. */
export class Latencies {
  private readonly histogram: Histogram = build({
    bitBucketSize: 32,
    highestTrackableValue: LATENCY_MS_MAX * 1000,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  })

  record(ms: number): void {
    this.histogram.recordValue(Math.round(Math.min(Math.max(ms, 0), LATENCY_MS_MAX) * 1000))
  }

  summary(): LatencySummary {
    const at = (percentile: number) => this.histogram.getValueAtPercentile(percentile) / 1000
    const count = this.histogram.totalCount
    if (count === 0) return { count, p50Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 }
    return { count, p50Ms: at(50), p99Ms: at(99), p999Ms: at(99.9), maxMs: this.histogram.maxValue / 1000 }
  }
}
