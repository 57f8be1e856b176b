/** The few shapes of metrics that code below `app/` needs; `telemetry/` backs them with prom-client. */
export interface Counter {
  inc(by?: number): void
}
export interface Gauge {
  set(value: number): void
}
export interface Histogram {
  /** Seconds for durations, bytes or counts otherwise; the metric's name says which. */
  observe(value: number): void
}

export interface Metrics {
  counter(name: string, help: string, labels?: Readonly<Record<string, string>>): Counter
  gauge(name: string, help: string, labels?: Readonly<Record<string, string>>): Gauge
  /** A gauge that is read when the metrics are scraped. */
  observed(name: string, help: string, read: () => number, labels?: Readonly<Record<string, string>>): void
  histogram(name: string, help: string, buckets: readonly number[], labels?: Readonly<Record<string, string>>): Histogram
}

const none = { inc(): void {}, set(): void {}, observe(): void {} }
export const noMetrics: Metrics = { counter: () => none, gauge: () => none, observed: () => {}, histogram: () => none }
