import { type JetStreamClient, jetstream, StorageType } from '@nats-io/jetstream'
import { MsgHdrsImpl, nanos } from '@nats-io/transport-node'
import type { Counter } from '../../kernel/metrics.ts'
import { checkEvents, DEAD_LETTER_PREFIX, EVENT_PREFIX } from '../event-rules.ts'
import type { EventStream, StreamEvent } from '../port.ts'
import { each, JETSTREAM_MS, jetStreamFault } from './jetstream.ts'
import { NatsLink } from './link.ts'
import type { NatsOptions } from './options.ts'

/** What is on its way of one `publish`. */
const AT_ONCE_MAX = 256
const AT_ONCE_BYTES = 4 * 1024 * 1024
const KEPT_MS = 7 * 24 * 3_600_000
const REPEATS_MS = 120_000

export interface NatsEventStreamOptions extends NatsOptions {
  /** Of the events; the oldest go when there are more. Dead letters have a quarter of it. Only read when a stream is made. */
  readonly bytesMax?: number
  readonly replicas?: 1 | 3
}

/** Events in the streams `parley_events` and `parley_dlq`, for seven days, on a connection of its own. A stream that is missing is made. */
export class NatsEventStream implements EventStream {
  readonly #link: NatsLink
  readonly #options: NatsEventStreamOptions
  readonly #client: JetStreamClient
  readonly #published: Counter
  readonly #failed: Counter
  #streams: Promise<void> | undefined

  private constructor(link: NatsLink, options: NatsEventStreamOptions) {
    this.#link = link
    this.#options = options
    this.#client = jetstream(link.connection, { timeout: JETSTREAM_MS })
    this.#published = options.metrics.counter('parley_events_published_total', 'Events that the stream has kept')
    this.#failed = options.metrics.counter('parley_events_failed_total', 'Publishes that failed in part or whole')
  }

  /** Rejects as `NatsLink.open` does, or with `events.unavailable` when JetStream is off. */
  static async open(options: NatsEventStreamOptions): Promise<NatsEventStream> {
    const link = await NatsLink.open(options)
    const stream = new NatsEventStream(link, options)
    try {
      await stream.#publish([])
    } catch (err) {
      await link.close()
      throw err
    }
    return stream
  }

  async publish(events: readonly StreamEvent[]): Promise<void> {
    checkEvents(events, this.#link.payloadMax)
    try {
      await this.#publish(events)
    } catch (err) {
      this.#failed.inc()
      throw err
    }
  }

  close(): Promise<void> {
    return this.#link.close()
  }

  /** What was not acknowledged goes once more, with the streams made anew where they are gone. */
  async #publish(events: readonly StreamEvent[]): Promise<void> {
    const left = new Set(events)
    const largest = events.reduce((most, { data }) => Math.max(most, data.length), 1)
    const atOnce = Math.min(AT_ONCE_MAX, Math.max(1, Math.floor(AT_ONCE_BYTES / largest)))
    for (let attempt = 1; ; attempt++) {
      if (!this.#link.ready) throw jetStreamFault('events.unavailable', 'cannot publish events', undefined)
      try {
        this.#streams ??= this.#make()
        await this.#streams
        await each([...left], atOnce, async (event) => {
          await this.#send(event)
          left.delete(event)
        })
        return
      } catch (err) {
        this.#streams = undefined
        if (attempt === 2) throw jetStreamFault('events.unavailable', 'cannot publish events', err)
      }
    }
  }

  async #send({ subject, id, data, headers }: StreamEvent): Promise<void> {
    const pairs = Object.entries(headers ?? {}).map(([name, value]) => [name, [value]])
    await this.#client.publish(subject, data, {
      msgID: id,
      ...(pairs.length === 0 ? {} : { headers: MsgHdrsImpl.fromRecord(Object.fromEntries(pairs)) }),
    })
    this.#published.inc()
  }

  async #make(): Promise<void> {
    const manager = await this.#client.jetstreamManager()
    const bytesMax = this.#options.bytesMax ?? 1024 * 1024 * 1024
    const made = new Set(await names(manager.streams.names()))
    const wanted = [
      { name: 'parley_events', subjects: [`${EVENT_PREFIX}>`], max_bytes: bytesMax },
      { name: 'parley_dlq', subjects: [`${DEAD_LETTER_PREFIX}>`], max_bytes: Math.ceil(bytesMax / 4) },
    ]
    for (const stream of wanted) {
      if (made.has(stream.name)) continue
      await manager.streams.add({
        ...stream,
        storage: StorageType.File,
        num_replicas: this.#options.replicas ?? 1,
        max_age: nanos(KEPT_MS),
        duplicate_window: nanos(REPEATS_MS),
      })
    }
  }
}

async function names(pages: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const name of pages) all.push(name)
  return all
}
