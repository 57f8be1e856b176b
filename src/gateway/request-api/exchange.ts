import type { Bus, PublishOptions } from '../../cluster/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import { ERRORS } from '../../protocol/codes.ts'
import { type Encoding, JSON_ENCODING } from './encoding.ts'
import { HEADER, headerText } from './headers.ts'
import type { EndpointStats } from './service-stats.ts'

/** What is kept free of a message's payload for its headers. */
const HEADERS_BYTES = 4096
const BYTES_WITHOUT_BROKER = 1_048_576

/** What all exchanges of a node share. */
export interface ExchangeHost {
  readonly bus: Bus
  readonly clock: Clock
  /** An answer that the bus did not take. */
  lost(): void
  /** An error answered, by name. */
  failed(name: Rejection['rejected']): void
}

/** One request and the one answer to it. */
export class Exchange {
  readonly #host: ExchangeHost
  readonly #reply: string
  readonly #stats: EndpointStats | undefined
  readonly #startMs: number
  readonly #headers: Record<string, string> = {}
  #encoding = JSON_ENCODING
  #answered = false

  constructor(host: ExchangeHost, reply: string, stats: EndpointStats | undefined) {
    this.#host = host
    this.#reply = reply
    this.#stats = stats
    this.#startMs = host.clock.mono()
  }

  get reply(): string {
    return this.#reply
  }

  get encoding(): Encoding {
    return this.#encoding
  }

  /** The answer comes in this encoding. */
  speak(encoding: Encoding): void {
    this.#encoding = encoding
    if (encoding !== JSON_ENCODING) this.#headers[HEADER.encoding] = encoding.name
  }

  /** The answer carries this header back. */
  echo(name: string, value: string): void {
    this.#headers[name] = value
  }

  get echoed(): Readonly<Record<string, string>> {
    return this.#headers
  }

  answer(answer: object | Rejection): void {
    if (isRejection(answer)) this.fail(answer)
    else this.#send(this.#encoding.encode(answer), this.#headers, undefined)
  }

  /** The request was answered otherwise: only counted. */
  done(): void {
    if (this.#answered) return
    this.#answered = true
    this.#stats?.answered(this.#host.clock.mono() - this.#startMs, undefined)
  }

  fail(rejection: Rejection): void {
    this.#host.failed(rejection.rejected)
    const { code } = ERRORS[rejection.rejected]
    const text = headerText(`${rejection.rejected}: ${rejection.msg}`)
    const headers = { ...this.#headers, [HEADER.error]: text, [HEADER.errorCode]: String(code) }
    this.#send(this.#encoding.encode(requestErrorBody(rejection)), headers, text)
  }

  #send(body: Uint8Array, headers: Readonly<Record<string, string>>, error: string | undefined): void {
    if (this.#answered) return
    // A refusal is small, and nothing could be said in its place.
    if (error === undefined && body.length + HEADERS_BYTES > this.#host.bus.payloadMax) {
      this.fail(reject('too_large', 'the answer is larger than a message may be: ask for less'))
      return
    }
    this.#answered = true
    this.#stats?.answered(this.#host.clock.mono() - this.#startMs, error)
    if (!published(this.#host.bus, this.#reply, body, { headers })) this.#host.lost()
  }
}

/** False also for a reply subject that cannot be published to: whoever named it hears nothing, and nothing breaks here. */
export function published(bus: Bus, subject: string, body: Uint8Array, options: PublishOptions): boolean {
  try {
    return bus.publish(subject, body, options)
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** First token of the event streams' subjects, whatever that of the API is. */
const EVENTS_ROOT = 'parley'

/**
 * Whether answers may go to this subject. Not into the API itself, nor into the event streams, nor to the broker's own: a node may
 * publish there, and its caller may not.
 */
export function isReply(subject: string | undefined, prefix: string): subject is string {
  if (subject === undefined || subject.startsWith('$')) return false
  const [root] = subject.split('.', 1)
  return root !== prefix && root !== EVENTS_ROOT
}

/** Bytes that an answer may have on this bus. */
export const answerRoom = (bus: Bus, bytesMax: number): number =>
  Math.min(bytesMax, (bus.payloadMax || BYTES_WITHOUT_BROKER) - HEADERS_BYTES)

/** `{code, name, msg, temporary, retryMs?, field?, details?}` */
export function requestErrorBody(rejection: Rejection): object {
  const { rejected, msg, retryMs, field, cid, unknown } = rejection
  const { code, temporary } = ERRORS[rejected]
  const details = { ...(cid === undefined ? undefined : { cid }), ...(unknown === undefined ? undefined : { unknown }) }
  return {
    code,
    name: rejected,
    msg,
    temporary,
    ...(retryMs === undefined ? undefined : { retryMs }),
    ...(field === undefined ? undefined : { field }),
    ...(Object.keys(details).length === 0 ? undefined : { details }),
  }
}
