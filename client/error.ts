import type { ErrorBody } from '../src/protocol/frames.ts'

/**
 * Every refusal and failure that the library reports. Branch on `code` (a number of the protocol's table) or `name`; never on
 * the text. `temporary` says whether the same call may succeed later. Besides the server's names the library has
 * `outbox_full` (429): 100 messages wait already; `left` (410): the conversation was left on this client; `stopped`: the client
 * is not connected and does not try to be; `replaced` (409): a newer connection took this one's place; `unreachable` (503): no
 * server answered a request over HTTP.
 */
export class ParleyError extends Error {
  override readonly name: string
  readonly code: number
  readonly temporary: boolean
  /** Path of the field at fault, e.g. `d.body`. */
  readonly field: string | undefined
  /** How long the server asks to wait, milliseconds. */
  readonly retryMs: number | undefined
  /** The conversation meant, where the caller did not know it: a closed one behind a client key. */
  readonly cid: string | undefined

  constructor(
    name: string,
    code: number,
    message: string,
    more: { temporary?: boolean; field?: string | undefined; retryMs?: number | undefined; cid?: string | undefined } = {},
  ) {
    super(message)
    this.name = name
    this.code = code
    this.temporary = more.temporary ?? false
    this.field = more.field
    this.retryMs = more.retryMs
    this.cid = more.cid
  }

  /** From the body of an `error` frame or of an HTTP error answer; what is missing or of a wrong type becomes `internal`. */
  static of(body: unknown, cid?: string): ParleyError {
    const told: Partial<ErrorBody> & { cid?: unknown } = typeof body === 'object' && body !== null ? body : {}
    const name = typeof told.name === 'string' ? told.name : 'internal'
    return new ParleyError(name, typeof told.code === 'number' ? told.code : 500, told.msg ?? name, {
      temporary: told.temporary === true,
      field: typeof told.field === 'string' ? told.field : undefined,
      retryMs: typeof told.retryMs === 'number' ? told.retryMs : undefined,
      cid: typeof told.cid === 'string' ? told.cid : cid,
    })
  }
}

export const lostError = (): ParleyError => new ParleyError('unavailable', 503, 'the connection was lost', { temporary: true })

export const deadlineError = (): ParleyError => new ParleyError('deadline', 504, 'no answer in time', { temporary: true })
