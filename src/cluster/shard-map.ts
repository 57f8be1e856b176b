import { SHARD_COUNT } from '../kernel/shard.ts'
import type { ShardRow } from './port.ts'

/** Who is believed to own which shard, from announcements, answers and the directory. A higher epoch wins; never a lock. */
export class ShardMap {
  readonly #owners: (string | undefined)[] = new Array<string | undefined>(SHARD_COUNT).fill(undefined)
  readonly #epochs = new Float64Array(SHARD_COUNT)
  readonly #listeners: ((shard: number) => void)[] = []

  /** Called after a shard's owner changed. */
  onChange(listener: (shard: number) => void): void {
    this.#listeners.push(listener)
  }

  ownerOf(shard: number): string | undefined {
    return this.#owners[shard]
  }

  epochOf(shard: number): number {
    return this.#epochs[shard] ?? 0
  }

  /** False when it says nothing new: an older epoch, or what is known. */
  learn({ shard, owner, epoch }: ShardRow): boolean {
    if (!Number.isInteger(shard) || shard < 0 || shard >= SHARD_COUNT || !(epoch >= this.epochOf(shard))) return false
    if (epoch === this.epochOf(shard) && this.#owners[shard] === owner) return false
    this.#owners[shard] = owner
    this.#epochs[shard] = epoch
    for (const listener of this.#listeners) listener(shard)
    return true
  }

  /** Nothing new but that its owner serves it again. */
  touch(shard: number): void {
    for (const listener of this.#listeners) listener(shard)
  }

  /** As `learn`, whatever the epoch was. */
  replace({ shard, owner, epoch }: ShardRow): void {
    if (!Number.isInteger(shard) || shard < 0 || shard >= SHARD_COUNT) return
    this.#epochs[shard] = 0
    this.learn({ shard, owner, epoch })
  }

  /** The one believed to own it does not: until something newer is learnt nobody does. */
  doubt(shard: number, owner: string): void {
    if (this.#owners[shard] !== owner) return
    this.#owners[shard] = undefined
    for (const listener of this.#listeners) listener(shard)
  }

  of(owner: string): number[] {
    const shards: number[] = []
    for (let shard = 0; shard < SHARD_COUNT; shard++) if (this.#owners[shard] === owner) shards.push(shard)
    return shards
  }
}
