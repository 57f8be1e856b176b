import type { Counter, Gauge, Histogram, Metrics } from '../kernel/metrics.ts'
import type { RejectionCode } from '../kernel/rejection.ts'
import { ERRORS } from '../protocol/codes.ts'

const STAGE_SECONDS = [0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const

/** One frame in this many is timed; every frame is counted. */
export const SAMPLE_EVERY = 16

/** Counts in a plain number on the hot path; `flush` moves it to the counter, once a sweep. */
export class Tally {
  #pending = 0
  readonly #counter: Counter

  constructor(counter: Counter) {
    this.#counter = counter
  }

  add(by: number): void {
    this.#pending += by
  }

  flush(): void {
    if (this.#pending > 0) this.#counter.inc(this.#pending)
    this.#pending = 0
  }
}

/** The gateway's own numbers. `read` is asked at scrape time only. */
export class GatewayMetrics {
  readonly framesIn: Tally
  readonly framesOut: Tally
  readonly bytesIn: Tally
  readonly bytesOut: Tally
  readonly dropped: Tally
  readonly helloRefused: Counter
  readonly broken: Counter
  readonly decode: Histogram
  readonly deliver: Histogram
  readonly draining: Gauge
  readonly #errors: ReadonlyMap<RejectionCode, Counter>
  #frames = 0

  constructor(metrics: Metrics, read: { sockets(): number; outboxBytes(): number }) {
    const tally = (name: string, help: string): Tally => new Tally(metrics.counter(name, help))
    metrics.observed('parley_sockets', 'Open WebSocket connections', read.sockets)
    metrics.observed('parley_outbox_bytes', 'Bytes waiting for sockets', read.outboxBytes)
    this.framesIn = tally('parley_frames_in_total', 'Frames received')
    this.framesOut = tally('parley_frames_out_total', 'Frames sent')
    this.bytesIn = tally('parley_frame_bytes_in_total', 'Payload bytes received')
    this.bytesOut = tally('parley_frame_bytes_out_total', 'Payload sent: characters of JSON, bytes of msgpack')
    this.dropped = tally('parley_frames_dropped_total', 'Ephemeral frames dropped for a slow client')
    this.helloRefused = metrics.counter('parley_hello_refused_total', 'Handshakes refused')
    this.broken = metrics.counter('parley_sockets_broken_total', 'Connections that broke or broke the framing')
    this.decode = metrics.histogram('parley_stage_seconds', 'Time per stage of a turn', STAGE_SECONDS, { stage: 'decode' })
    this.deliver = metrics.histogram('parley_stage_seconds', 'Time per stage of a turn', STAGE_SECONDS, { stage: 'deliver' })
    this.draining = metrics.gauge('parley_draining', '1 while the gateway drains')
    this.#errors = new Map(
      (Object.keys(ERRORS) as RejectionCode[]).map((name) => [
        name,
        metrics.counter('parley_errors_total', 'Errors answered, by name', { name }),
      ]),
    )
  }

  flush(): void {
    this.framesIn.flush()
    this.framesOut.flush()
    this.bytesIn.flush()
    this.bytesOut.flush()
    this.dropped.flush()
  }

  error(name: RejectionCode): void {
    this.#errors.get(name)?.inc()
  }

  /** Whether the frame in hand is timed. */
  sample(): boolean {
    return this.#frames++ % SAMPLE_EVERY === 0
  }
}
