/**
 * An expected refusal, told before anything was executed. Its code is the `name` of the error table in
 * `protocol/codes.ts`, which gives the number, whether it is temporary and what the caller does.
 */
export type RejectionCode =
  | 'bad_request'
  | 'unauthorized'
  | 'token_expired'
  | 'forbidden'
  | 'not_found'
  | 'unknown_type'
  | 'conflict'
  | 'closed'
  | 'stale_position'
  | 'fenced'
  | 'too_large'
  | 'unsupported'
  | 'invalid_template'
  | 'not_ready'
  | 'rate_limited'
  | 'quota'
  | 'internal'
  | 'upstream'
  | 'no_owner'
  | 'unavailable'
  | 'deadline'

export interface Rejection {
  readonly rejected: RejectionCode
  /** One sentence for a developer: what was wrong and what was expected. Never contains a personal value. */
  readonly msg: string
  /** Path of the field at fault, e.g. `d.body`. */
  readonly field?: string
  readonly retryMs?: number
  /** It may have been executed: the same message id again settles it. */
  readonly unknown?: true
  /** The conversation meant, where the caller did not know it (a closed one behind a client key). */
  readonly cid?: string
}

export function reject(rejected: RejectionCode, msg: string, more: Omit<Rejection, 'rejected' | 'msg'> = {}): Rejection {
  return { rejected, msg, ...more }
}

export function isRejection(value: unknown): value is Rejection {
  return typeof value === 'object' && value !== null && 'rejected' in value
}

/** What the caller may do about a fault. */
export type Retry = 'never' | 'later' | 'elsewhere'

/** An infrastructure fault: thrown, caught at a boundary, logged, and told to the outside as `publicMessage` only. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly retry: Retry
  readonly publicMessage: string

  constructor(code: string, message: string, options: { retry: Retry; publicMessage?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retry = options.retry
    this.publicMessage = options.publicMessage ?? 'temporarily unavailable'
  }
}
