import type { Redis } from 'ioredis'
import type { SealedEntry } from '../../src/actors/projection.ts'
import { HEALTH_TENANT } from '../../src/kernel/ids.ts'
import { SHARD_COUNT } from '../../src/kernel/shard.ts'
import { unpackEntry } from '../../src/storage/redis/codec.ts'
import { keysOf } from '../../src/storage/redis/keys.ts'
import { opened } from '../sim/ledger.ts'
import type { Violations } from '../sim/violations.ts'
import { type CommittedData, entryOf } from './committed.ts'

const KEYS = keysOf('parley:')

export interface ShardState {
  readonly epoch: number
  /** Incarnation of the owner, empty where nobody holds it. */
  readonly owner: string
  readonly tail: number
  readonly watermark: number
}

/** What Redis holds about every shard, by its number. */
export async function readShards(redis: Redis): Promise<ShardState[]> {
  const pipeline = redis.pipeline()
  for (const { meta } of KEYS) pipeline.hmget(meta, 'epoch', 'owner', 'token', 'tail', 'watermark')
  const results = (await pipeline.exec()) ?? []
  return results.map(([error, value]) => {
    if (error !== null) throw error
    const [epoch, owner, token, tail, watermark] = value as (string | null)[]
    return {
      epoch: Number(epoch ?? 0),
      owner: token ? (owner ?? '') : '',
      tail: Number(tail ?? 0),
      watermark: Number(watermark ?? 0),
    }
  })
}

/** Every shard that was ever used has an owner again. */
export function checkOwners(shards: readonly ShardState[], violations: Violations): void {
  for (const [shard, { owner, epoch }] of shards.entries()) {
    if (owner === '' && epoch > 0) violations.add('settled', `shard ${shard} belongs to nobody at the end`)
  }
}

/** Entries in the journal that the documents do not have yet. */
export function unflushed(shards: readonly ShardState[]): number {
  return shards.reduce((sum, { tail, watermark }) => sum + Math.max(0, tail - watermark), 0)
}

/** What is in the journal is in the documents, the same (what is missing there is told, and added to `data`); watermarks are not above tails. Answers how many entries it compared. */
export async function checkJournal(redis: Redis, data: CommittedData, violations: Violations): Promise<number> {
  const shards = await readShards(redis)
  let compared = 0
  for (let shard = 0; shard < SHARD_COUNT; shard++) {
    const state = shards[shard] as ShardState
    if (state.watermark > state.tail) {
      violations.add('documents', `shard ${shard}: the watermark ${state.watermark} is above the tail ${state.tail}`)
    }
    const entries = await redis.xrangeBuffer((KEYS[shard] as (typeof KEYS)[number]).log, '-', '+')
    let last = 0
    for (const [id, fields] of entries) {
      const at = Number.parseInt(id.toString(), 10)
      // What was missing after a loss and is in the documents already was not written again.
      if (at > state.watermark + 1 && at !== last + 1) violations.add('gapless', `shard ${shard}: position ${at} follows ${last}`)
      last = at
      const { tenant, cid, n, timers, data: sealed } = unpackEntry(at, fields[1] as Buffer)
      if (tenant === HEALTH_TENANT) continue
      const known = data.conversations.get(`${tenant}/${cid}`)
      const found = known?.entries.find((entry) => entry.n === n)
      compared++
      if (found === undefined) {
        violations.add('documents', `${tenant}/${cid}: entry ${n} is in shard ${shard} and not in the documents`)
        // Late, and not lost: what is checked afterwards is what the next owner would know.
        known?.entries.push({ n, sealed: sealed as SealedEntry, timers })
      } else if (JSON.stringify(entryOf(found)) !== JSON.stringify(opened(sealed as SealedEntry))) {
        violations.add('documents', `${tenant}/${cid}: entry ${n} differs between shard ${shard} and the documents`)
      }
    }
    if (last !== state.tail && state.tail > state.watermark)
      violations.add('gapless', `shard ${shard}: the log ends at ${last}, its tail is ${state.tail}`)
  }
  return compared
}
