import type { Rejection } from '../kernel/rejection.ts'
import type { Codec, Encoded } from '../protocol/codec.ts'
import { CLOSE, type CloseCode, ERRORS } from '../protocol/codes.ts'
import type { ErrorBody, Frame } from '../protocol/frames.ts'
import type { GatewayMetrics } from './metrics.ts'
import type { Socket } from './socket.ts'

/** The body of an `error` frame and of an HTTP error answer. */
export function errorBody(rejection: Rejection): ErrorBody {
  const { code, temporary } = ERRORS[rejection.rejected]
  return {
    code,
    name: rejection.rejected,
    msg: rejection.msg,
    temporary,
    ...(rejection.retryMs === undefined ? undefined : { retryMs: rejection.retryMs }),
    ...(rejection.field === undefined ? undefined : { field: rejection.field }),
  }
}

/**
 * One socket's way out, bounded in bytes. Over half the bound ephemeral frames are dropped, since their next one replaces
 * them; over all of it the client is too slow and `overflow` is called once, after which nothing is sent. One catch-up may
 * exceed the bound, since the router bounds it; until it is read that much is added to the bound, and another one has to
 * fit into the bound itself. A single message may exceed it while nothing else waits: it would never fit.
 */
export class Outbox {
  readonly codec: Codec
  readonly #socket: Socket
  readonly #bytesMax: number
  readonly #metrics: GatewayMetrics
  readonly #overflow: (code: CloseCode) => void
  #catchUpBytes = 0
  #stopped = false

  constructor(socket: Socket, codec: Codec, bytesMax: number, metrics: GatewayMetrics, overflow: (code: CloseCode) => void) {
    this.codec = codec
    this.#socket = socket
    this.#bytesMax = bytesMax
    this.#metrics = metrics
    this.#overflow = overflow
  }

  get bytes(): number {
    return this.#socket.bufferedBytes
  }

  /** More waits than a client that reads would leave: what brings a lot at once should be asked for later. */
  get crowded(): boolean {
    return this.#socket.bufferedBytes > this.#bytesMax / 2
  }

  /** An answer or a durable event. */
  send(frame: Frame): void {
    this.sendEncoded(this.codec.encode(frame))
  }

  sendEncoded(message: Encoded): void {
    if (this.#stopped) return
    const buffered = this.#forgetRead()
    if (buffered > 0 && buffered + message.length > this.#bytesMax + this.#catchUpBytes) {
      this.#stop()
      return
    }
    this.#write(message)
  }

  /** An ephemeral frame; false when it was dropped. */
  offerEncoded(message: Encoded): boolean {
    if (this.#stopped) return false
    if (this.#socket.bufferedBytes + message.length > this.#bytesMax / 2) {
      this.#metrics.dropped.inc()
      return false
    }
    this.#write(message)
    return true
  }

  offer(frame: Frame): boolean {
    return this.offerEncoded(this.codec.encode(frame))
  }

  /** All frames of one catch-up, in order. */
  sendCatchUp(messages: readonly Encoded[]): void {
    if (this.#stopped) return
    const buffered = this.#forgetRead()
    if (this.#catchUpBytes > 0 && buffered > this.#bytesMax) {
      this.#stop()
      return
    }
    for (const message of messages) {
      this.#catchUpBytes += message.length
      this.#write(message)
    }
  }

  fail(rejection: Rejection, re: string | undefined, cid: string | undefined, ts: number): void {
    this.#metrics.error(rejection.rejected)
    const about = rejection.cid ?? cid
    this.send({
      v: 1,
      t: 'error',
      ...(re === undefined ? undefined : { re }),
      ...(about === undefined ? undefined : { cid: about }),
      ts,
      d: errorBody(rejection),
    })
  }

  /** What waits, after a look at whether the last catch-up is read. */
  #forgetRead(): number {
    const buffered = this.#socket.bufferedBytes
    if (this.#catchUpBytes > 0 && buffered < this.#bytesMax / 2) this.#catchUpBytes = 0
    return buffered
  }

  #write(message: Encoded): void {
    this.#metrics.framesOut.inc()
    this.#metrics.bytesOut.inc(message.length)
    this.#socket.send(message)
  }

  #stop(): void {
    this.#stopped = true
    this.#overflow(CLOSE.slowConsumer)
  }
}
