import { type Metrics, noMetrics } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'
import { checkEvents } from '../event-rules.ts'
import type { EventStream, StreamEvent } from '../port.ts'

const PAYLOAD_BYTES_MAX = 1024 * 1024

export interface MemoryEventStreamOptions {
  readonly eventsMax?: number
  readonly bytesMax?: number
  readonly metrics?: Metrics
}

/** Keeps the newest events of this process: the oldest go when there is no more room. A repeated id that is still kept is passed over. */
export class MemoryEventStream implements EventStream {
  readonly #eventsMax: number
  readonly #bytesMax: number
  readonly #events = new Map<string, StreamEvent>()
  #bytes = 0
  #droppedCount = 0
  #closed = false

  constructor(options: MemoryEventStreamOptions = {}) {
    this.#eventsMax = options.eventsMax ?? 10_000
    this.#bytesMax = options.bytesMax ?? 16 * 1024 * 1024
    const { metrics = noMetrics } = options
    metrics.observed('parley_events_dropped', 'Events that went to make room for newer ones', () => this.#droppedCount)
  }

  /** Oldest first. */
  get events(): readonly StreamEvent[] {
    return [...this.#events.values()]
  }

  /** Events that went to make room. */
  get droppedCount(): number {
    return this.#droppedCount
  }

  async publish(events: readonly StreamEvent[]): Promise<void> {
    checkEvents(events, PAYLOAD_BYTES_MAX)
    if (this.#closed) throw new AppError('events.unavailable', 'the event stream is closed', { retry: 'later' })
    for (const event of events) {
      if (this.#events.has(event.id)) continue
      this.#events.set(event.id, {
        ...event,
        data: new Uint8Array(event.data),
        ...(event.headers ? { headers: { ...event.headers } } : {}),
      })
      this.#bytes += event.data.length
    }
    this.#trim()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#events.clear()
    this.#bytes = 0
  }

  #trim(): void {
    for (const [id, event] of this.#events) {
      if (this.#events.size <= this.#eventsMax && this.#bytes <= this.#bytesMax) return
      this.#events.delete(id)
      this.#bytes -= event.data.length
      this.#droppedCount++
    }
  }
}
