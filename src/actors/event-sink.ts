import type { EventStream, StreamEvent } from '../cluster/port.ts'
import type { CompiledTemplate } from '../dialogue/compiled.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Metrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import type { EntrySink, WrittenEntries } from '../storage/port.ts'
import type { TemplateStore } from '../tenancy/port.ts'
import { eventRecords, streamed } from './event-records.ts'
import type { ConversationProjection, SealedEntry } from './projection.ts'
import type { Snapshot } from './record.ts'

export interface EventSinkOptions {
  readonly stream: EventStream
  readonly projection: ConversationProjection
  readonly templates: TemplateStore
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

/** A stream that takes nothing for longer holds up the journal no more. */
const PATIENCE_MS = 30_000
/** Then it is tried no more often than this: an attempt may take seconds to fail, and the documents wait for it. */
const TRY_AGAIN_MS = 5000
const EVENTS_PER_PUBLISH = 1000

/**
 * Tells the event stream what the documents have. While the stream is away the journal keeps the entries, for half a minute; what comes
 * later is passed over, counted and logged, until the stream is back: turns go on, and readers see the hole in `seq`.
 */
export class EventSink implements EntrySink {
  readonly #o: EventSinkOptions
  readonly #skipped: Counter
  #failingSinceMs: number | undefined
  #triedMs = Number.NEGATIVE_INFINITY

  constructor(options: EventSinkOptions) {
    this.#o = options
    this.#skipped = options.metrics.counter('parley_events_skipped_total', 'Entries whose events the stream never got')
  }

  async wrote(tenant: string, written: readonly WrittenEntries[]): Promise<void> {
    const { clock, log } = this.#o
    const entries = written.reduce((sum, one) => sum + one.entries.length, 0)
    if (this.#isHopeless()) {
      this.#skipped.inc(entries)
      return
    }
    try {
      const events = (await Promise.all(written.map((one) => this.#eventsOf(tenant, one)))).flat()
      for (let from = 0; from < events.length; from += EVENTS_PER_PUBLISH)
        await this.#o.stream.publish(events.slice(from, from + EVENTS_PER_PUBLISH))
      if (events.length === 0) return
      if (this.#failingSinceMs !== undefined) log.info({}, 'the event stream takes events again')
      this.#failingSinceMs = undefined
    } catch (error) {
      if (error instanceof AppError && error.retry !== 'never') {
        const nowMs = clock.mono()
        this.#failingSinceMs ??= nowMs
        if (nowMs - this.#failingSinceMs < PATIENCE_MS) throw error
        this.#triedMs = nowMs
      }
      this.#skipped.inc(entries)
      log.error({ tenant, entries, err: error }, 'the event stream did not get these entries')
    }
  }

  #isHopeless(): boolean {
    return this.#failingSinceMs !== undefined && this.#o.clock.mono() - this.#triedMs < TRY_AGAIN_MS
  }

  async #eventsOf(tenant: string, { cid, entries, snapshot }: WrittenEntries): Promise<StreamEvent[]> {
    const { projection, templates } = this.#o
    const { inc, template: id, version: tv } = snapshot as Snapshot
    const template = await templates.get(tenant, id, tv)
    const isSensitive = sensitiveOf(template)
    return entries.flatMap(({ data }) =>
      eventRecords(projection.openEntry(tenant, data as SealedEntry), { tenant, cid, inc, tv, isSensitive }).map(streamed),
    )
  }
}

/** Without its template nothing is known to be harmless. */
function sensitiveOf(template: CompiledTemplate | undefined): (datum: string) => boolean {
  if (!template) return () => true
  const sensitive = new Set(template.data.filter((datum) => datum.sensitive).map((datum) => datum.id))
  return (datum) => sensitive.has(datum)
}
