/** Waiting times of reconnecting and of repeating a refused request, milliseconds. */
export const BACKOFF = { baseMs: 1_000, capMs: 30_000 } as const

/** What a server says before it closes on purpose. */
export interface Bye {
  readonly reconnect: boolean
  readonly afterMs: number
  readonly spreadMs: number
}

/**
 * Full jitter: anything from `floorMs` to `min(cap, base · 2^attempt)`, so that clients which lost one server together do not
 * come back together. `attempt` counts from 0.
 */
export function backoffMs(attempt: number, random: number, floorMs = 0): number {
  const span = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** Math.min(attempt, 16))
  return Math.min(BACKOFF.capMs, floorMs + Math.floor(random * span))
}

/** What a client does after a close with this code; the same table as the server's. */
export function reconnectAdvice(code: number): 'stop' | 'back-off' | 'at-once' {
  if (code === 1001) return 'at-once'
  if (code === 1005 || code === 1006) return 'back-off'
  if (code >= 1011 && code <= 1014) return 'back-off'
  if (code >= 4100 && code <= 4199) return 'back-off'
  if (code >= 4200 && code <= 4299) return 'at-once'
  return 'stop'
}

/**
 * How long to wait before the next socket, or `undefined` for never. A `bye` decides when there was one. Without it the code's
 * range does: "at once" is spread over a second the first time and backs off when it does not help; an overloaded server
 * (4100–4199, 1013) is left alone for a second at least.
 */
export function reconnectDelayMs(code: number, bye: Bye | undefined, attempt: number, random: number): number | undefined {
  if (bye !== undefined) return bye.reconnect ? bye.afterMs + Math.floor(random * bye.spreadMs) : undefined
  if (reconnectAdvice(code) === 'stop') return undefined
  const loaded = code === 1013 || (code >= 4100 && code <= 4199)
  return backoffMs(attempt, random, loaded ? BACKOFF.baseMs : 0)
}
