import prom from 'prom-client'
import type { Counter, Gauge, Histogram, Metrics } from '../kernel/metrics.ts'
import { CounterCell, GaugeCell, HistogramCell } from './cells.ts'

/** Label sets of one metric; further ones are counted together under `other`. */
const LABEL_SETS_MAX = 256
/** These walk every open socket at each scrape. */
const COSTLY = ['nodejs_active_handles', 'nodejs_active_requests', 'nodejs_active_resources'].flatMap((name) => [
  name,
  `${name}_total`,
])

type Labels = Readonly<Record<string, string>>

/** One label set of a metric and what it holds. */
interface Series<C> {
  readonly labels: Labels
  readonly cell: C
}

interface Family<C> {
  /** Names of labels, or bounds too: two uses of one name must agree on it. */
  readonly shape: string
  readonly series: Map<string, Series<C>>
}

/**
 * The metrics of one process, in a registry of their own. Ask for each cell once and keep it: `inc`, `set` and `observe` are
 * a few nanoseconds, asking is not. The same name and labels give the same cell; the same name in another shape throws, since
 * it is a mistake in the code. The process's own metrics (CPU, memory, GC, event-loop lag as `nodejs_eventloop_lag_…`) come
 * along with `processMetrics`.
 */
export class PromMetrics implements Metrics {
  readonly #registry = new prom.Registry()
  readonly #families = new Map<string, Family<unknown>>()

  constructor(options: { readonly processMetrics: boolean }) {
    if (!options.processMetrics) return
    prom.collectDefaultMetrics({ register: this.#registry })
    for (const name of COSTLY) this.#registry.removeSingleMetric(name)
  }

  /** Media type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** Everything in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  counter(name: string, help: string, labels: Labels = {}): Counter {
    const family = this.#family<CounterCell>(name, `counter ${namesOf(labels)}`, (series) => {
      new prom.Counter({ ...this.#settings(name, help, labels), collect: fill(series, (cell) => cell.value) })
    })
    return cellOf(family, labels, () => new CounterCell())
  }

  gauge(name: string, help: string, labels: Labels = {}): Gauge {
    const family = this.#family<GaugeCell>(name, `gauge ${namesOf(labels)}`, (series) => {
      new prom.Gauge({ ...this.#settings(name, help, labels), collect: fill(series, (cell) => cell.value) })
    })
    return cellOf(family, labels, () => new GaugeCell())
  }

  /** The last reader given for a label set is the one that is asked. */
  observed(name: string, help: string, read: () => number, labels: Labels = {}): void {
    const family = this.#family<{ read: () => number }>(name, `observed ${namesOf(labels)}`, (series) => {
      new prom.Gauge({ ...this.#settings(name, help, labels), collect: fill(series, (cell) => cell.read()) })
    })
    cellOf(family, labels, () => ({ read })).read = read
  }

  histogram(name: string, help: string, buckets: readonly number[], labels: Labels = {}): Histogram {
    if (buckets.length === 0 || buckets.some((bound, at) => at > 0 && !(bound > (buckets[at - 1] as number)))) {
      throw new RangeError(`buckets of ${name} must rise, got ${buckets.join(', ')}`)
    }
    const family = this.#family<HistogramCell>(name, `histogram ${namesOf(labels)} ${buckets.join(' ')}`, (series) => {
      new CellHistogram({ ...this.#settings(name, help, labels), buckets: [...buckets] }, series)
    })
    return cellOf(family, labels, () => new HistogramCell(buckets))
  }

  #settings(name: string, help: string, labels: Labels) {
    return { name, help, labelNames: Object.keys(labels), registers: [this.#registry] }
  }

  #family<C>(name: string, shape: string, register: (series: ReadonlyMap<string, Series<C>>) => void): Family<C> {
    let family = this.#families.get(name) as Family<C> | undefined
    if (family === undefined) {
      family = { shape, series: new Map() }
      register(family.series)
      this.#families.set(name, family)
    } else if (family.shape !== shape) {
      throw new TypeError(`metric ${name} is already a ${family.shape}, not a ${shape}`)
    }
    return family
  }
}

/** prom-client's histogram with its values read from cells. */
class CellHistogram extends prom.Histogram<string> {
  readonly #settings: prom.HistogramConfiguration<string>
  readonly #series: ReadonlyMap<string, Series<HistogramCell>>

  constructor(settings: prom.HistogramConfiguration<string>, series: ReadonlyMap<string, Series<HistogramCell>>) {
    super(settings)
    this.#settings = settings
    this.#series = series
  }

  /** What the registry reads, in prom-client's own shape: labels apart from those that all values of a series share. */
  async getForPromString(): Promise<object> {
    const { name, help } = this.#settings
    const values = [...this.#series.values()].flatMap(({ labels: sharedLabels, cell }) => [
      ...cell.cumulated().map(({ bound, count }) => ({
        metricName: `${name}_bucket`,
        labels: { le: bound },
        sharedLabels,
        value: count,
      })),
      { metricName: `${name}_bucket`, labels: { le: '+Inf' }, sharedLabels, value: cell.count },
      { metricName: `${name}_sum`, labels: {}, sharedLabels, value: cell.sum },
      { metricName: `${name}_count`, labels: {}, sharedLabels, value: cell.count },
    ])
    return { name, help, type: 'histogram', aggregator: 'sum', values }
  }
}

/** What prom-client calls before it reads a counter or gauge: puts the cells' values in. */
function fill<C>(series: ReadonlyMap<string, Series<C>>, read: (cell: C) => number) {
  return function collect(this: { reset(): void; inc(labels: Labels, by: number): void }): void {
    this.reset()
    for (const { labels, cell } of series.values()) this.inc(labels, read(cell))
  }
}

function cellOf<C>(family: Family<C>, labels: Labels, make: () => C): C {
  let known = labels
  let key = JSON.stringify(Object.values(labels))
  if (!family.series.has(key) && family.series.size >= LABEL_SETS_MAX) {
    known = Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']))
    key = JSON.stringify(Object.values(known))
  }
  let series = family.series.get(key)
  if (series === undefined) {
    series = { labels: known, cell: make() }
    family.series.set(key, series)
  }
  return series.cell
}

function namesOf(labels: Labels): string {
  return `{${Object.keys(labels).join(',')}}`
}
