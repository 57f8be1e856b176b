import type { Counter, Gauge, Histogram, Metrics } from '../kernel/metrics.ts'
import type { RejectionCode } from '../kernel/rejection.ts'
import { ERRORS } from '../protocol/codes.ts'

const STAGE_SECONDS = [0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const

/** One frame in this many is timed; every frame is counted. */
export const SAMPLE_EVERY = 16

/** The gateway's own numbers. `read` is asked at scrape time only. */
export class GatewayMetrics {
  readonly framesIn: Counter
  readonly framesOut: Counter
  readonly bytesIn: Counter
  readonly bytesOut: Counter
  readonly dropped: Counter
  readonly helloRefused: Counter
  readonly broken: Counter
  readonly decode: Histogram
  readonly deliver: Histogram
  readonly draining: Gauge
  readonly #errors: ReadonlyMap<RejectionCode, Counter>
  #frames = 0

  constructor(metrics: Metrics, read: { sockets(): number; outboxBytes(): number }) {
    metrics.observed('parley_sockets', 'Open WebSocket connections', read.sockets)
    metrics.observed('parley_outbox_bytes', 'Bytes waiting for sockets', read.outboxBytes)
    this.framesIn = metrics.counter('parley_frames_in_total', 'Frames received')
    this.framesOut = metrics.counter('parley_frames_out_total', 'Frames sent')
    this.bytesIn = metrics.counter('parley_frame_bytes_in_total', 'Payload bytes received')
    this.bytesOut = metrics.counter('parley_frame_bytes_out_total', 'Payload sent: characters of JSON, bytes of msgpack')
    this.dropped = metrics.counter('parley_frames_dropped_total', 'Ephemeral frames dropped for a slow client')
    this.helloRefused = metrics.counter('parley_hello_refused_total', 'Handshakes refused')
    this.broken = metrics.counter('parley_sockets_broken_total', 'Connections that broke or broke the framing')
    this.decode = metrics.histogram(
      'parley_gateway_seconds',
      'Time per stage, sampled: decode of a frame, deliver from a message to its answer',
      STAGE_SECONDS,
      { stage: 'decode' },
    )
    this.deliver = metrics.histogram(
      'parley_gateway_seconds',
      'Time per stage, sampled: decode of a frame, deliver from a message to its answer',
      STAGE_SECONDS,
      { stage: 'deliver' },
    )
    this.draining = metrics.gauge('parley_draining', '1 while the gateway drains')
    this.#errors = new Map(
      (Object.keys(ERRORS) as RejectionCode[]).map((name) => [
        name,
        metrics.counter('parley_errors_total', 'Errors answered, by name', { name }),
      ]),
    )
  }

  error(name: RejectionCode): void {
    this.#errors.get(name)?.inc()
  }

  /** Whether the frame in hand is timed. */
  sample(): boolean {
    return this.#frames++ % SAMPLE_EVERY === 0
  }
}
