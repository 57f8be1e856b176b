import type { BusMessage } from '../../cluster/port.ts'
import { type Rejection, reject } from '../../kernel/rejection.ts'
import { MALFORMED, namedEncoding } from './encoding.ts'
import type { Exchange } from './exchange.ts'
import { HEADER, HOPS_MAX, headerOf } from './headers.ts'
import { type Operation, schemaId } from './schemas.ts'

/** What the headers say, checked. */
export interface Envelope {
  readonly body: object
  readonly token: string | undefined
  readonly idempotency: string | undefined
  /** Epoch milliseconds. */
  readonly deadlineMs: number | undefined
  readonly trace: string | undefined
}

const REQUEST_ID = /^[\x21-\x7e]{1,64}$/
const IDEMPOTENCY = /^[\x20-\x7e]{1,128}$/
const TRACE = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/
const TOKEN_CHARS_MAX = 8192

const bad = (field: string, expected: string): Rejection => reject('bad_request', `${field} ${expected}`, { field })

/** Takes what the answer echoes; whatever else is wrong, the refusal carries it. */
export function takeEchoes(message: BusMessage, exchange: Exchange): Rejection | undefined {
  const encodingName = headerOf(message.headers, HEADER.encoding)
  const encoding = encodingName === undefined ? undefined : namedEncoding(encodingName)
  if (encoding !== undefined) exchange.speak(encoding)
  const trace = headerOf(message.headers, HEADER.trace)
  if (trace !== undefined && TRACE.test(trace)) exchange.echo(HEADER.trace, trace)
  const id = headerOf(message.headers, HEADER.id)
  if (id !== undefined && REQUEST_ID.test(id)) exchange.echo(HEADER.id, id)
  else if (id !== undefined) return bad(HEADER.id, 'must be 1 to 64 visible characters')
  if (encodingName !== undefined && encoding === undefined) {
    return reject('unsupported', `${HEADER.encoding} must be json or msgpack`, { field: HEADER.encoding })
  }
  return undefined
}

/** The rest of the headers, and the body decoded: an object, not yet checked by its schema. */
export function readEnvelope(message: BusMessage, exchange: Exchange, operation: Operation, nowMs: number): Envelope | Rejection {
  const header = (name: string): string | undefined => headerOf(message.headers, name)
  const hops = header(HEADER.hops)
  if (hops !== undefined && !(/^\d{1,4}$/.test(hops) && Number(hops) <= HOPS_MAX)) {
    return bad(HEADER.hops, `must be 0 to ${HOPS_MAX}: the request goes in circles`)
  }
  const schema = header(HEADER.schema)
  if (schema !== undefined && schema !== schemaId(operation)) {
    return reject('unsupported', `${HEADER.schema} must be ${schemaId(operation)}`, { field: HEADER.schema })
  }
  const deadline = header(HEADER.deadline)
  if (deadline !== undefined && !/^\d{1,15}$/.test(deadline)) return bad(HEADER.deadline, 'must be milliseconds since the epoch')
  const deadlineMs = deadline === undefined ? undefined : Number(deadline)
  if (deadlineMs !== undefined && nowMs > deadlineMs) return reject('deadline', 'the deadline had passed when the request came')
  const idempotency = header(HEADER.idempotency)
  if (idempotency !== undefined && !IDEMPOTENCY.test(idempotency)) {
    return bad(HEADER.idempotency, 'must be 1 to 128 plain characters')
  }
  const token = header(HEADER.auth)
  if (token !== undefined && (token.length === 0 || token.length > TOKEN_CHARS_MAX)) {
    return reject('unauthorized', `${HEADER.auth} must be a token`)
  }
  const body = exchange.encoding.decode(message.data)
  if (body === MALFORMED) return reject('bad_request', `the body is not ${exchange.encoding.name}`)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return reject('bad_request', 'the body must be an object')
  return { body, token, idempotency, deadlineMs, trace: header(HEADER.trace) }
}
