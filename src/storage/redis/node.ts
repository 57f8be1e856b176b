import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Counter } from '../../kernel/metrics.ts'
import { type Endpoint, RedisConnection } from './connection.ts'
import { type Identity, identityOf, infoField } from './identity.ts'
import type { Script } from './script.ts'

export interface NodeOptions {
  readonly scripts: readonly Script[]
  readonly appendTimeoutMs: number
  readonly waitReplicas: number
  readonly clock: Clock
  readonly log: Log
  readonly reconnects: Counter
  readonly reloads: Counter
  /** The server started anew, or another one answers there. */
  readonly onReset: () => void
  readonly onLost: () => void
}

/** Claims and reads may take longer than appends: what they move can be large. */
const OTHER_TIMEOUTS = 4

/** A Redis server that holds shards: one connection for appends alone, one for everything else. */
export class RedisNode {
  readonly endpoint: Endpoint
  readonly append: RedisConnection
  readonly other: RedisConnection
  readonly #options: NodeOptions
  #identity: Identity | undefined
  #isReset = false
  /** As it was told last. */
  usedBytes = 0
  /** Infinity without `maxmemory`. */
  bytesMax = Number.POSITIVE_INFINITY
  /** Sent since `usedBytes` was told. */
  sentBytes = 0

  constructor(endpoint: Endpoint, options: NodeOptions) {
    this.endpoint = endpoint
    this.#options = options
    const { scripts, waitReplicas, clock, log, reconnects, reloads, appendTimeoutMs } = options
    const shared = { endpoint, scripts, waitReplicas, clock, log, reconnects, reloads, onLost: options.onLost }
    const onUsable = (identity: Identity): void => this.#met(identity)
    this.append = new RedisConnection({ ...shared, timeoutMs: appendTimeoutMs, onUsable })
    this.other = new RedisConnection({ ...shared, timeoutMs: appendTimeoutMs * OTHER_TIMEOUTS, onUsable })
  }

  get address(): string {
    return addressOf(this.endpoint)
  }

  get usable(): boolean {
    return this.append.usable && this.other.usable
  }

  /** Asks for memory and identity. The text of INFO, or undefined when there is no answer. */
  async inspect(): Promise<string | undefined> {
    const reply = await this.other.command('info')
    if (!reply.ok) return undefined
    const info = String(reply.value)
    this.usedBytes = Number(infoField(info, 'used_memory'))
    this.bytesMax = Number(infoField(info, 'maxmemory')) || Number.POSITIVE_INFINITY
    this.sentBytes = 0
    this.#met(identityOf(info))
    return info
  }

  reconnect(): void {
    this.append.reconnect()
    this.other.reconnect()
  }

  close(): void {
    this.append.close()
    this.other.close()
  }

  #met(identity: Identity): void {
    const before = this.#identity
    this.#identity = identity
    if (before !== undefined && (before.runId !== identity.runId || before.replicationId !== identity.replicationId))
      this.#isReset = true
    // Told when it can be asked.
    if (!this.#isReset || !this.usable) return
    this.#isReset = false
    this.#options.onReset()
  }
}

export function addressOf({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${host}:${port}`
}
