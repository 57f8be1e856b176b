import type { RejectionCode } from '../kernel/rejection.ts'

/** The one table of errors: the same numbers on WebSocket, HTTP and NATS. */
export const ERRORS = {
  bad_request: { code: 400, temporary: false },
  unauthorized: { code: 401, temporary: false },
  token_expired: { code: 401, temporary: true },
  forbidden: { code: 403, temporary: false },
  not_found: { code: 404, temporary: false },
  unknown_type: { code: 404, temporary: false },
  conflict: { code: 409, temporary: false },
  closed: { code: 410, temporary: false },
  stale_position: { code: 412, temporary: true },
  fenced: { code: 412, temporary: true },
  too_large: { code: 413, temporary: false },
  unsupported: { code: 415, temporary: false },
  invalid_template: { code: 422, temporary: false },
  not_ready: { code: 425, temporary: true },
  rate_limited: { code: 429, temporary: true },
  quota: { code: 429, temporary: false },
  internal: { code: 500, temporary: true },
  upstream: { code: 502, temporary: true },
  no_owner: { code: 503, temporary: true },
  unavailable: { code: 503, temporary: true },
  deadline: { code: 504, temporary: true },
} as const satisfies Record<RejectionCode, { code: number; temporary: boolean }>

/**
 * Socket close codes. 4000–4099 are terminal, 4100–4199 ask the client to back off, 4200–4299 to come back at once.
 */
export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  wrongFrameKind: 1003,
  malformed: 1007,
  tooBig: 1009,
  internal: 1011,
  restart: 1012,
  tryLater: 1013,
  badProtocol: 4000,
  tokenExpired: 4001,
  unauthorized: 4002,
  forbiddenOrigin: 4003,
  tenantSuspended: 4004,
  replaced: 4005,
  helloTimeout: 4006,
  unsupportedVersion: 4007,
  overload: 4100,
  rate: 4101,
  noPong: 4102,
  slowConsumer: 4103,
  upstreamLost: 4104,
  drain: 4200,
  moved: 4201,
  invalidated: 4202,
} as const
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

/** What a client does after a close with this code. */
export function reconnectAdvice(code: number): 'stop' | 'back-off' | 'at-once' {
  if (code === CLOSE.goingAway) return 'at-once'
  if (code === 1005 || code === 1006) return 'back-off'
  if (code >= 1011 && code <= 1014) return 'back-off'
  if (code >= 4100 && code <= 4199) return 'back-off'
  if (code >= 4200 && code <= 4299) return 'at-once'
  return 'stop'
}
