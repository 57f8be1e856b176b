import { AppError } from '../../kernel/rejection.ts'
import { SHARD_COUNT } from '../../kernel/shard.ts'

/** Shards of one tag are neighbours; a script call carries those of one tag. Fixed for life, as the shards are. */
export const TAG_COUNT = 64
const SHARDS_PER_TAG = SHARD_COUNT / TAG_COUNT

export const tagOf = (shard: number): number => Math.floor(shard / SHARDS_PER_TAG)

export interface ShardKeys {
  /** Hash: epoch, owner, token (while held), newest (its last value), claimed, worked, tail, batch, watermark, floor. */
  readonly meta: string
  /** Stream: entry at position p has the id `p-0`. */
  readonly log: string
  /** Sorted set: `tenant NUL cid NUL name` by due time. */
  readonly timers: string
  /** Hash by position: entries at or below the watermark that are still wanted. */
  readonly side: string
}

/** The keys of all shards, in order: `<prefix>j:{g<tag>}:<shard>:<part>`. */
export function keysOf(prefix: string): readonly ShardKeys[] {
  // Braces would decide where Redis Cluster puts the keys.
  if (!/^[\w:.-]{1,64}$/.test(prefix))
    throw new AppError('storage.config', `the key prefix ${JSON.stringify(prefix)} is not 1 to 64 of A-Z a-z 0-9 _ : . -`, {
      retry: 'never',
    })
  return Array.from({ length: SHARD_COUNT }, (_, shard) => {
    const base = `${prefix}j:{g${tagOf(shard)}}:${shard}:`
    return { meta: `${base}m`, log: `${base}l`, timers: `${base}t`, side: `${base}a` }
  })
}

const CLUSTER_SLOTS = 16_384

/** Redis Cluster's hash slot of a tag: CRC-16/XMODEM of what stands between the braces. */
export function slotOf(tag: number): number {
  let crc = 0
  for (const byte of Buffer.from(`g${tag}`)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021
  }
  return (crc & 0xffff) % CLUSTER_SLOTS
}
