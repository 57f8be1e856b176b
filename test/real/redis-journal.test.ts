import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Journal } from '../../src/storage/port.ts'
import { RedisJournal } from '../../src/storage/redis/journal.ts'
import { slotOf } from '../../src/storage/redis/keys.ts'
import { type JournalPlace, journalSuite } from '../conformance/journal.suite.ts'
import { startRedis } from '../services/redis.ts'
import type { Service } from '../services/service.ts'
import { asked, startRedisCluster } from './redis-cluster.ts'

let places = 0

/** Keys of its own on servers that live for the whole suite; `losing` is the server of shard 1. */
async function placeOn(urls: readonly string[], losing: Service): Promise<JournalPlace> {
  const keyPrefix = `p${++places}:`
  const open = (): Promise<RedisJournal> => RedisJournal.open({ urls, keyPrefix, appendTimeoutMs: 2000 })
  return {
    open,
    reopen: async (journal) => {
      await journal.close()
      return open()
    },
    // As a killed process leaves it: the other one is not closed, and its connections stay.
    crash: () => open(),
    checkpoint: (journal) => checkpoint(journal, losing),
    dispose: async () => undefined,
  }
}

/** The append-only file as it is now; what is returned puts it back under a server that is killed and started anew. */
async function checkpoint(journal: Journal, redis: Service): Promise<() => Promise<void>> {
  const copy = join(redis.dir, '..', 'copy')
  const files = join(redis.dir, 'appendonlydir')
  rmSync(copy, { recursive: true, force: true })
  cpSync(files, copy, { recursive: true })
  return async () => {
    let resets = 0
    journal.onReset?.(() => resets++)
    await redis.kill()
    rmSync(files, { recursive: true })
    cpSync(copy, files, { recursive: true })
    await redis.restart()
    await expect.poll(() => resets, { timeout: 20_000, interval: 5 }).toBe(1)
    // A master of a cluster takes no writes in its first two seconds.
    await expect.poll(() => takesWrites(redis), { timeout: 20_000 }).toBe(true)
  }
}

const takesWrites = (redis: Service): Promise<boolean> =>
  asked(redis, async (client) => {
    const info = String(await client.info('cluster'))
    return !info.includes('cluster_enabled:1') || String(await client.cluster('INFO')).includes('cluster_state:ok')
  })

describe('on one server', () => {
  let redis: Service
  beforeAll(async () => {
    // Small nodes, so that what is trimmed is gone.
    redis = await startRedis({ appendfsync: 'always', extra: ['--stream-node-max-entries', '3'] })
  })
  afterAll(() => redis.stop())

  journalSuite('Redis, synced always', { place: () => placeOn([redis.url], redis), runs: 30 })
})

describe('on three masters', () => {
  let masters: readonly Service[]
  beforeAll(async () => {
    masters = await startRedisCluster(3)
  })
  afterAll(() => Promise.all(masters.map((master) => master.stop())))

  const losing = (): Service => masters[Math.floor((slotOf(0) * 3) / 16_384)] as Service
  journalSuite('Redis Cluster', {
    place: () =>
      placeOn(
        masters.slice(0, 2).map(({ url }) => url),
        losing(),
      ),
    runs: 10,
  })
})
