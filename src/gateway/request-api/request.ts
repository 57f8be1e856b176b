import type { Caller } from '../../actors/port.ts'
import { type Rejection, reject } from '../../kernel/rejection.ts'
import type { Exchange } from './exchange.ts'
import type { Operation } from './schemas.ts'

/** A request that is well formed and from somebody known. */
export interface Request<B = object> {
  readonly operation: Operation
  readonly tenant: string
  readonly caller: Caller
  /** When the caller's token ends, in epoch milliseconds; never, where the broker says who it is. */
  readonly expMs: number
  readonly body: B
  readonly idempotency: string | undefined
  /** Epoch milliseconds, always set: the caller's, else the node's bound. */
  readonly deadlineMs: number
  readonly exchange: Exchange
}

/** In whose name it is done: a service may act for a user of its tenant, everybody else for themselves. */
export function actingFor({ caller }: Request, user: string | undefined): Caller | Rejection {
  if (user === undefined || (user === caller.user && caller.role !== 'service')) return caller
  if (caller.role !== 'service') return reject('forbidden', 'only services may act for a user', { field: 'user' })
  return { tenant: caller.tenant, user, role: 'user' }
}

/** The id that makes a delivery happen once: in the body or in `Parley-Idempotency`, the same in both where both are given. */
export function onceId(request: Request<{ readonly mid?: string }>): string | Rejection {
  const { mid } = request.body
  const { idempotency } = request
  if (mid === undefined && idempotency === undefined) return reject('bad_request', 'mid is required', { field: 'mid' })
  if (mid !== undefined && idempotency !== undefined && mid !== idempotency) {
    return reject('bad_request', 'Parley-Idempotency must be the mid where both are given', { field: 'Parley-Idempotency' })
  }
  return mid ?? (idempotency as string)
}

/** A rejection of the router, with the paths of a request's body in place of a frame's. */
export function inBody(rejection: Rejection): Rejection {
  const { field, msg } = rejection
  if (field?.startsWith('d.') !== true) return rejection
  return { ...rejection, msg: msg.replace(/^d\./, ''), field: field.slice(2) }
}
