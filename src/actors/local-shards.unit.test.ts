import { beforeEach, describe, expect, it } from 'vitest'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { AppError } from '../kernel/rejection.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import type { Claimed } from '../storage/port.ts'
import { LocalShards } from './local-shards.ts'

describe('the shards of a node that is alone', () => {
  let clock: VirtualClock
  let journal: MemoryJournal
  let shards: LocalShards
  let adopted: Claimed[]
  let dropped: number[]
  let failing: boolean

  beforeEach(() => {
    clock = new VirtualClock()
    journal = new MemoryJournal()
    shards = new LocalShards({ journal, clock, log: silentLog })
    adopted = []
    dropped = []
    failing = false
  })

  const host = {
    adopt: async (claims: readonly Claimed[]) => {
      if (failing) throw new AppError('storage.unavailable', 'away', { retry: 'later' })
      adopted.push(...claims)
    },
    drop: (some: readonly number[]) => {
      dropped.push(...some)
    },
  }

  it('are all its own from the start', async () => {
    await shards.start(host)
    expect(adopted.map(({ shard }) => shard)).toEqual(Array.from({ length: SHARD_COUNT }, (_, shard) => shard))
  })

  it('make the start fail when the journal cannot be read', async () => {
    failing = true
    await expect(shards.start(host)).rejects.toMatchObject({ code: 'storage.unavailable' })
  })

  it('are dropped and claimed again, under a newer epoch, after an unknown outcome', async () => {
    await shards.start(host)
    adopted.length = 0
    shards.lost(7, false)
    expect(dropped).toEqual([7])
    await settle()
    expect(adopted).toMatchObject([{ shard: 7, epoch: 2 }])
  })

  it('are let go for good when another process has them', async () => {
    await shards.start(host)
    adopted.length = 0
    shards.lost(7, true)
    await clock.advance(60_000)
    expect([dropped, adopted]).toEqual([[7], []])
  })

  it('are tried again, less and less often, until the journal can be read', async () => {
    await shards.start(host)
    adopted.length = 0
    failing = true
    shards.lost(7, false)
    await clock.advance(2000)
    expect(adopted).toEqual([])
    failing = false
    await clock.advance(10_000)
    expect(adopted).toHaveLength(1)
  })

  it('are not tried again once the node stops', async () => {
    await shards.start(host)
    adopted.length = 0
    failing = true
    shards.lost(7, false)
    await settle()
    shards.stop()
    failing = false
    await clock.advance(60_000)
    expect(adopted).toEqual([])
  })
})
