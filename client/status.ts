import type { ParleyError } from './error.ts'

/**
 * `idle` before `connect`; `connecting` until the server's welcome; `online`; `waiting` until the next attempt at `retryAtMs`;
 * `stopped` for good, by `close` (no `error`) or because trying again unchanged is of no use (`error` says why).
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped'

export interface ConnectionStatus {
  readonly state: ConnectionState
  /** Attempts since the connection last held. */
  readonly attempt: number
  /** Wall clock, while `waiting`. */
  readonly retryAtMs?: number
  /** Why it waits or stopped. */
  readonly error?: ParleyError
}

/** What the server says of one conversation named in the resume list of `hello`. */
export interface Resumed {
  readonly cid: string
  readonly ok: boolean
  readonly inc?: string
  readonly seq?: number
  /** `ok`, `gap`, `incarnation`, `gone`, `denied`. */
  readonly reason?: string
}

export interface Welcome {
  readonly session: string
  readonly user: string
  readonly tenant: string
  readonly caps: readonly string[]
  readonly limits: Readonly<Record<string, number>>
  readonly ping: { readonly everyMs: number; readonly timeoutMs: number }
  readonly resumed: readonly Resumed[]
}

const PING = { everyMs: 25_000, timeoutMs: 10_000 } as const

/** Reads the body of `welcome`; what is missing gets a safe default. */
export function readWelcome(d: unknown): Welcome {
  const told = (typeof d === 'object' && d !== null ? d : {}) as Partial<Welcome>
  return {
    session: told.session ?? '',
    user: told.user ?? '',
    tenant: told.tenant ?? '',
    caps: told.caps ?? [],
    limits: told.limits ?? {},
    ping: { everyMs: positive(told.ping?.everyMs) ?? PING.everyMs, timeoutMs: positive(told.ping?.timeoutMs) ?? PING.timeoutMs },
    resumed: told.resumed ?? [],
  }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined
}
