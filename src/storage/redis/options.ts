import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Metrics } from '../../kernel/metrics.ts'

export interface RedisJournalOptions {
  /** `redis://[user:password@]host[:port]`, `rediss://` with TLS. Of a cluster any of its servers, several to be safe. */
  readonly urls: readonly string[]
  /** Before every key: `parley:` when absent. */
  readonly keyPrefix?: string
  /** An append that is not answered within this is `unavailable`: 500 when absent. Claims, reads and the rest have four times that. */
  readonly appendTimeoutMs?: number
  /** Replicas that must have an append or a claim before it is acknowledged: 0 when absent. */
  readonly waitReplicas?: number
  /** File with the authorities that may have signed the server's certificate. */
  readonly ca?: string
  /** Appends answer `full` above this. Redis' own `maxmemory` counts in any case. */
  readonly bytesMax?: number
  readonly clock?: Clock
  readonly log?: Log
  readonly metrics?: Metrics
}

export const DEFAULTS = { keyPrefix: 'parley:', appendTimeoutMs: 500 } as const
