import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import type { Claimed, Journal } from '../storage/port.ts'

/** The host, as far as this needs it. */
interface Adopting {
  adopt(claims: readonly Claimed[]): Promise<void>
  drop(shards: readonly number[]): void
}

const OWNER = 'local'

/** All shards belong to this process, which is alone: claimed at the start, and again where an outcome is unknown. */
export class LocalShards {
  readonly #journal: Journal
  readonly #clock: Clock
  readonly #log: Log
  #host: Adopting | undefined
  #stopped = false

  constructor(options: { journal: Journal; clock: Clock; log: Log }) {
    this.#journal = options.journal
    this.#clock = options.clock
    this.#log = options.log
  }

  /** Takes all shards, and what the last run left: unflushed entries, timers. */
  async start(host: Adopting): Promise<void> {
    this.#host = host
    const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
    await host.adopt(await this.#journal.claim(shards, OWNER))
  }

  stop(): void {
    this.#stopped = true
  }

  /** The shard's log is not where we thought. Another owner's: let go. Ours, but an outcome is unknown: read it again. */
  lost(shard: number, fenced: boolean): void {
    this.#log.error({ shard, fenced }, 'shard lost: dropping its conversations')
    this.#host?.drop([shard])
    if (!fenced) void this.#reclaim(shard)
  }

  /** Claims once more and reads what the log holds. Tried until it succeeds or the node stops. */
  async #reclaim(shard: number): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        await this.#host?.adopt(await this.#journal.claim([shard], OWNER))
        return
      } catch (error) {
        this.#log.error({ shard, attempt, err: error }, 'the shard could not be claimed again')
        await new Promise<void>((resolve) => this.#clock.setTimer(Math.min(10_000, 100 * 2 ** attempt), resolve))
      }
    }
  }
}
