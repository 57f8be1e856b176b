import { Redis } from 'ioredis'
import type { Violations } from '../sim/violations.ts'
import type { ChaosCluster } from './chaos-cluster.ts'
import { readShards, type ShardState, unflushed } from './journal-check.ts'

export interface Sample {
  readonly atMs: number
  /** By node, 0 while it does not run. */
  readonly memoryBytes: readonly number[]
  readonly unflushed: number
}

const EVERY_MS = 2_000
const COMMAND_MS = 1_000

/** Looks at nodes and journal while the run goes on, past the proxies. */
export class Monitor {
  readonly samples: Sample[] = []
  readonly redis: Redis
  readonly #cluster: ChaosCluster
  readonly #violations: Violations
  #epochs: number[] = []
  /** Redis may have lost claims: epochs are compared anew from then on. */
  #forgetful = false
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #looking: Promise<void> = Promise.resolve()

  constructor(cluster: ChaosCluster, violations: Violations) {
    this.#cluster = cluster
    this.#violations = violations
    this.redis = new Redis(cluster.redis.port, '127.0.0.1', { commandTimeout: COMMAND_MS, maxRetriesPerRequest: 0 })
    this.redis.on('error', () => undefined) // each command tells it
    this.#next()
  }

  /** Redis was killed, or its file was cut. */
  redisLost(): void {
    this.#forgetful = true
  }

  async shards(): Promise<ShardState[] | undefined> {
    return readShards(this.redis).catch(() => undefined)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#looking
    this.redis.disconnect()
  }

  #next(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#next())
    }, EVERY_MS)
  }

  async #look(): Promise<void> {
    const shards = await this.shards()
    const memoryBytes = this.#cluster.nodes.map((node) => node.memoryBytes())
    if (shards === undefined) {
      this.samples.push({ atMs: Date.now(), memoryBytes, unflushed: Number.NaN })
      return
    }
    this.#checkEpochs(shards)
    this.samples.push({ atMs: Date.now(), memoryBytes, unflushed: unflushed(shards) })
  }

  #checkEpochs(shards: readonly ShardState[]): void {
    const epochs = shards.map(({ epoch }) => epoch)
    if (!this.#forgetful) {
      const fallen = epochs.findIndex((epoch, shard) => epoch < (this.#epochs[shard] ?? 0))
      if (fallen >= 0) this.#violations.add('fence', `shard ${fallen}: epoch ${epochs[fallen]} after ${this.#epochs[fallen]}`)
    }
    this.#forgetful = false
    this.#epochs = epochs
  }
}

/** The name of the node out of the incarnation of one of its processes. */
export const nodeName = (owner: string): string => owner.replace(/-[a-z]{10}$/, '')
