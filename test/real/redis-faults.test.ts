import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Log } from '../../src/kernel/log.ts'
import type { AppendBatch, AppendResult, Claimed } from '../../src/storage/port.ts'
import { RedisJournal } from '../../src/storage/redis/journal.ts'
import { slotOf } from '../../src/storage/redis/keys.ts'
import type { RedisJournalOptions } from '../../src/storage/redis/options.ts'
import { PromMetrics } from '../../src/telemetry/metrics.ts'
import { appendOne, batchOf, claimOne, entry } from '../conformance/journal-batch.ts'
import { makeAuthority } from '../fixtures/certificates.ts'
import { startRedis } from '../services/redis.ts'
import { type Service, startedServices } from '../services/service.ts'
import { addReplica, asked, startRedisCluster } from './redis-cluster.ts'

const TIMEOUT_MS = 500
/** Above the timeout, on a busy machine. */
const SLACK_MS = 700

const dir = mkdtempSync(join(tmpdir(), 'parley-redis-tls-'))
const journals: RedisJournal[] = []
const lines: string[] = []
const note = (level: string) => (_fields: object, msg: string) => void lines.push(`${level} ${msg}`)
const log: Log = { debug() {}, debugging: false, info: note('info'), warn: note('warn'), error: note('error') }

async function open(service: Service, more: Partial<RedisJournalOptions> = {}): Promise<RedisJournal> {
  const journal = await RedisJournal.open({ urls: [service.url], appendTimeoutMs: TIMEOUT_MS, log, ...more })
  journals.push(journal)
  return journal
}

/** The same batch until it is settled, as its owner does. */
async function settle(journal: RedisJournal, batch: AppendBatch): Promise<AppendResult> {
  let result = await appendOne(journal, batch)
  await expect
    .poll(
      async () => {
        if (!result.ok && result.reason === 'unavailable') result = await appendOne(journal, batch)
        return result.ok || result.reason !== 'unavailable'
      },
      { timeout: 20_000, interval: 10 },
    )
    .toBe(true)
  return result
}

async function timed<T>(run: Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedMs = performance.now()
  return { value: await run, ms: performance.now() - startedMs }
}

const cids = async (journal: RedisJournal, shard: number): Promise<string[]> =>
  (await journal.read(shard, 0)).map(({ at, cid, n }) => `${at}:${cid}:${n}`)

afterEach(async () => {
  for (const journal of journals.splice(0)) await journal.close()
  for (const service of startedServices()) await service.stop()
  lines.length = 0
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the journal in Redis', () => {
  test('has every acknowledged entry once, in order, after kills and starts in the middle of appends', async () => {
    const redis = await startRedis({ appendfsync: 'always' })
    const journal = await open(redis)
    const claims = await journal.claim([1, 500], 'me')
    let acknowledged = 0
    let stop = false
    const write = async (claim: Claimed): Promise<number> => {
      for (let tail = 0; ; tail++) {
        if (stop) return tail
        expect(await settle(journal, batchOf(claim, tail, [entry('a', tail + 1)]))).toEqual({ ok: true, tail: tail + 1 })
        acknowledged++
      }
    }
    const writers = Promise.all(claims.map(write))
    for (let kills = 0; kills < 4; kills++) {
      const before = acknowledged
      await expect.poll(() => acknowledged, { timeout: 20_000, interval: 1 }).toBeGreaterThan(before + 50)
      await redis.restart()
    }
    stop = true
    for (const [index, tail] of (await writers).entries()) {
      const read = await settled(() => cids(journal, claims[index]?.shard ?? 0))
      expect(read).toEqual(Array.from({ length: tail }, (_, i) => `${i + 1}:a:${i + 1}`))
    }
  })

  test('has what its owner restores after the end of its file was cut off', async () => {
    const redis = await startRedis({ appendfsync: 'always' })
    const journal = await open(redis)
    let resets = 0
    journal.onReset(() => resets++)
    const claim = await claimOne(journal, 1)
    const entries = Array.from({ length: 20 }, (_, i) => entry('a', i + 1))
    for (const [i, each] of entries.entries()) await appendOne(journal, batchOf(claim, i, [each]))
    await redis.kill()
    const files = join(redis.dir, 'appendonlydir')
    const newest = join(files, readdirSync(files).find((name) => name.endsWith('.incr.aof')) ?? '')
    truncateSync(newest, statSync(newest).size - 2000)
    await redis.restart()
    await expect.poll(() => resets, { timeout: 10_000 }).toBe(1)
    const [holder] = await journal.holders([1])
    expect(holder).toMatchObject({ owner: 'me', epoch: 1 })
    expect(holder?.tail).toBeGreaterThan(5)
    expect(holder?.tail).toBeLessThan(20)
    const stored = entries.map((each, i) => ({ at: i + 1, ...each }))
    expect(await journal.restore({ shard: 1, token: claim.token, tail: 20, entries: stored })).toEqual({ ok: true, tail: 20 })
    expect(await journal.read(1, 0)).toEqual(stored)
  })

  test('restores more than a call carries', async () => {
    const redis = await startRedis()
    const journal = await open(redis)
    const claim = await claimOne(journal, 1)
    const text = 'x'.repeat(700_000)
    const stored = [1, 2, 4, 7].map((at) => ({ at, ...entry('a', at, { data: { text } }) }))
    expect(await journal.restore({ shard: 1, token: claim.token, tail: 9, entries: stored })).toEqual({ ok: true, tail: 9 })
    expect((await journal.read(1, 0)).map(({ at }) => at)).toEqual([1, 2, 4, 7])
  })

  test('goes on when the scripts are flushed, and counts it', async () => {
    const redis = await startRedis()
    const metrics = new PromMetrics({ processMetrics: false })
    const journal = await open(redis, { metrics })
    const claims = await journal.claim([1, 100, 900], 'me')
    await asked(redis, (client) => client.script('FLUSH'))
    const results = await journal.append(claims.map((claim) => batchOf(claim, 0, [entry('a', 1)])))
    expect(results).toEqual(claims.map(() => ({ ok: true, tail: 1 })))
    expect(await metrics.text()).toContain('parley_journal_script_reloads_total 1')
  })

  test('settles every call while the server is frozen, and a repeat tells the truth after', async () => {
    const redis = await startRedis()
    const journal = await open(redis)
    const claim = await claimOne(journal, 1)
    const batch = batchOf(claim, 0, [entry('a', 1)])
    redis.freeze()
    const [append, read, claimed] = await Promise.all([
      timed(appendOne(journal, batch)),
      timed(journal.read(1, 0).catch((error: unknown) => error)),
      timed(journal.claim([1], 'other').catch((error: unknown) => error)),
    ])
    expect(append.value).toMatchObject({ ok: false, reason: 'unavailable' })
    expect(append.ms).toBeGreaterThan(TIMEOUT_MS - 20)
    expect(append.ms).toBeLessThan(TIMEOUT_MS + SLACK_MS)
    for (const { value, ms } of [read, claimed]) {
      expect(value).toMatchObject({ code: 'storage.unavailable', retry: 'later' })
      expect(ms).toBeLessThan(4 * TIMEOUT_MS + SLACK_MS)
    }
    redis.thaw()
    const [holder] = await settled(() => journal.holders([1]))
    // The claim of the frozen server's time was executed late, or never: whoever holds the shard now, the entry is there once at most.
    if (holder?.owner === 'me') expect(await settle(journal, batch)).toEqual({ ok: true, tail: 1 })
    else expect(['fenced', undefined]).toContain(reasonOf(await settle(journal, batch)))
    expect((await settled(() => journal.read(1, 0))).length).toBeLessThanOrEqual(1)
  })

  test('knows a batch that the frozen server carried out late', async () => {
    const redis = await startRedis()
    const journal = await open(redis)
    const claim = await claimOne(journal, 1)
    const batch = batchOf(claim, 0, [entry('a', 1), entry('a', 2)])
    redis.freeze()
    expect(await appendOne(journal, batch)).toMatchObject({ reason: 'unavailable' })
    redis.thaw()
    await expect
      .poll(
        () =>
          journal.read(1, 0).then(
            (read) => read.length,
            () => 0,
          ),
        { timeout: 10_000 },
      )
      .toBe(2)
    expect(await settle(journal, batch)).toEqual({ ok: true, tail: 2 })
    expect(await cids(journal, 1)).toEqual(['1:a:1', '2:a:2'])
  })

  test('settles what is under way when the server dies, and refuses at once while it is away', async () => {
    const redis = await startRedis()
    const journal = await open(redis)
    const claim = await claimOne(journal, 1)
    redis.freeze()
    const underway = timed(appendOne(journal, batchOf(claim, 0, [entry('a', 1)])))
    await redis.kill()
    const { value, ms } = await underway
    expect(value).toMatchObject({ reason: 'unavailable' })
    expect(ms).toBeLessThan(TIMEOUT_MS)
    const away = await timed(appendOne(journal, batchOf(claim, 0, [entry('a', 1)])))
    expect(away.value).toMatchObject({ reason: 'unavailable' })
    expect(away.ms).toBeLessThan(100)
    await expect(journal.release([claim])).rejects.toMatchObject({ code: 'storage.unavailable' })
    await redis.restart()
    expect(await settle(journal, batchOf(claim, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
  })

  test('is full at maxmemory; claims, releases and trims go on, and the trim makes room again', async () => {
    const redis = await startRedis({ maxmemory: '64mb' })
    const journal = await open(redis)
    expect(journal.bytesMax()).toBe(64 << 20)
    const claim = await claimOne(journal, 1)
    const before = journal.bytes()
    for (let tail = 0; tail < 20; tail++)
      await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1, { data: 'x'.repeat(500_000) })]))
    expect(journal.bytes() - before).toBeGreaterThan(10_000_000)
    await asked(redis, (client) => client.config('SET', 'maxmemory', '6mb'))
    await expect.poll(() => journal.bytesMax(), { timeout: 5000 }).toBe(6 << 20)
    const batch = batchOf(claim, 20, [entry('a', 21)])
    expect(await appendOne(journal, batch)).toMatchObject({ reason: 'full' })
    const other = await claimOne(journal, 2)
    await journal.release([other])
    expect(await journal.holders([2])).toMatchObject([{ released: true }])
    await journal.trim([{ shard: 1, token: claim.token, watermark: 20 }])
    await expect.poll(async () => (await appendOne(journal, batch)).ok, { timeout: 5000 }).toBe(true)
    expect(await cids(journal, 1)).toEqual(['21:a:21'])
  })

  test('lets a quiet shard be taken after its clock was set back, and protects who works by the new one', async () => {
    const redis = await startRedis()
    const journal = await open(redis)
    await claimOne(journal, 1, 'dead')
    const ahead = String((Date.now() + 3_600_000) * 1000)
    await asked(redis, (client) => client.hset('parley:j:{g0}:1:m', 'claimed', ahead, 'worked', ahead))
    const [next] = await journal.claim([1], 'next', { expected: new Map([[1, 1]]) })
    expect(next).toMatchObject({ epoch: 2 })
    expect(await journal.claim([1], 'other', { expected: new Map([[1, 2]]) })).toEqual([])
    await expect.poll(async () => (await journal.holders([1]))[0]?.quietMs, { timeout: 5000 }).toBeGreaterThan(1000)
    expect(await journal.claim([1], 'other', { expected: new Map([[1, 2]]) })).toMatchObject([{ epoch: 3 }])
  })

  test('lets an owner restore at maxmemory what was acknowledged: else nobody could serve, or trim, ever again', async () => {
    const redis = await startRedis({ maxmemory: '64mb' })
    const journal = await open(redis)
    const claim = await claimOne(journal, 1)
    for (let tail = 0; tail < 20; tail++)
      await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1, { data: 'x'.repeat(500_000) })]))
    await asked(redis, (client) => client.config('SET', 'maxmemory', '6mb'))
    expect(await appendOne(journal, batchOf(claim, 20, [entry('a', 21)]))).toMatchObject({ reason: 'full' })
    const lost = [21, 22].map((at) => ({ at, ...entry('a', at) }))
    expect(await journal.restore({ shard: 1, token: claim.token, tail: 22, entries: lost })).toEqual({ ok: true, tail: 22 })
    await journal.trim([{ shard: 1, token: claim.token, watermark: 20 }])
    expect(await cids(journal, 1)).toEqual(['21:a:21', '22:a:22'])
  })

  test('is full at its own budget', async () => {
    const journal = await open(await startRedis(), { bytesMax: 5 << 20 })
    const claim = await claimOne(journal, 1)
    let last = await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { data: 'x'.repeat(5 << 20) })]))
    expect(last.ok).toBe(true)
    last = await appendOne(journal, batchOf(claim, 1, [entry('a', 2)]))
    expect(last).toMatchObject({ reason: 'full' })
    await journal.trim([{ shard: 1, token: claim.token, watermark: 1 }])
    await expect.poll(async () => (await appendOne(journal, batchOf(claim, 1, [entry('a', 2)]))).ok, { timeout: 5000 }).toBe(true)
  })

  test('keeps no entry that is trimmed or set aside no more, and no key without its prefix', async () => {
    const redis = await startRedis({ extra: ['--stream-node-max-entries', '2'] })
    const journal = await open(redis, { keyPrefix: 'mine:' })
    const claim = await claimOne(journal, 1)
    const entries = Array.from({ length: 10 }, (_, i) => entry('a', i + 1, { timers: [{ name: 'idle', dueMs: i }] }))
    await appendOne(journal, batchOf(claim, 0, entries))
    const keysLeft = (): Promise<string[]> => asked(redis, async (client) => (await client.keys('*')).sort())
    await journal.trim([{ shard: 1, token: claim.token, watermark: 10, aside: [3, 7] }])
    expect(await cids(journal, 1)).toEqual(['3:a:3', '7:a:7'])
    await journal.trim([{ shard: 1, token: claim.token, watermark: 10, aside: [7] }])
    expect(await cids(journal, 1)).toEqual(['7:a:7'])
    await journal.trim([{ shard: 1, token: claim.token, watermark: 10 }])
    expect(await cids(journal, 1)).toEqual([])
    expect(await keysLeft()).toEqual(['l', 'm', 't'].map((part) => `mine:j:{g0}:1:${part}`))
    await appendOne(journal, batchOf(claim, 10, [entry('a', 11, { timers: [{ name: 'idle', dueMs: null }] })]))
    expect(await keysLeft()).toEqual(['l', 'm'].map((part) => `mine:j:{g0}:1:${part}`))
  })

  test('waits for replicas where it is told to, and knows the batch when they come back', async () => {
    const redis = await startRedis()
    const replica = await startRedis({ extra: ['--replicaof', '127.0.0.1', String(redis.port)] })
    await asked(redis, (client) =>
      expect.poll(async () => String(await client.info('replication')), { timeout: 20_000 }).toContain('state=online'),
    )
    const journal = await open(redis, { waitReplicas: 1 })
    const claim = await claimOne(journal, 1)
    expect(await settle(journal, batchOf(claim, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
    replica.freeze()
    const batch = batchOf(claim, 1, [entry('a', 2)])
    expect(await appendOne(journal, batch)).toMatchObject({ reason: 'unavailable' })
    expect(await appendOne(journal, batch)).toMatchObject({ reason: 'unavailable' })
    replica.thaw()
    expect(await settle(journal, batch)).toEqual({ ok: true, tail: 2 })
    await expect(open(replica)).rejects.toMatchObject({ code: 'storage.config', message: expect.stringContaining('replica') })
  })
})

describe('a cluster', () => {
  test('serves the shards of its other masters while one is dead', async () => {
    const masters = await startRedisCluster(3)
    const journal = await open(masters[0] as Service)
    const all = Array.from({ length: 1024 }, (_, shard) => shard)
    const claims = await journal.claim(all, 'me')
    expect(claims).toHaveLength(1024)
    await masters[2]?.kill()
    const { value: results, ms } = await timed(journal.append(claims.map((claim) => batchOf(claim, 0, [entry('a', 1)]))))
    const isDead = (shard: number): boolean => slotOf(shard >> 4) >= Math.ceil((2 * 16_384) / 3)
    expect(results.map((result) => reasonOf(result))).toEqual(all.map((shard) => (isDead(shard) ? 'unavailable' : undefined)))
    expect(ms).toBeLessThan(TIMEOUT_MS + SLACK_MS)
    expect((await journal.holders(all)).map(({ shard }) => shard)).toEqual(all.filter((shard) => !isDead(shard)))
    await expect(journal.claim(all, 'me')).rejects.toMatchObject({ code: 'storage.unavailable' })
    await masters[2]?.restart()
    const dead = claims.find(({ shard }) => isDead(shard)) as Claimed
    expect(await settle(journal, batchOf(dead, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
  })

  test('is followed when a replica takes over from a dead master, with all that was acknowledged', async () => {
    const masters = await startRedisCluster(3)
    const [first, , last] = masters as readonly [Service, Service, Service]
    const replica = await addReplica(last, first)
    const journal = await open(first, { waitReplicas: 0 })
    let resets = 0
    journal.onReset(() => resets++)
    const shard =
      Array.from({ length: 1024 }, (_, each) => each).find((each) => slotOf(each >> 4) >= Math.ceil((2 * 16_384) / 3)) ?? 0
    const claim = await claimOne(journal, shard)
    for (let tail = 0; tail < 20; tail++)
      expect(await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1)]))).toEqual({ ok: true, tail: tail + 1 })
    await asked(last, async (client) => expect(await client.wait(1, 5000)).toBe(1))
    await last.kill()
    expect(await settle(journal, batchOf(claim, 20, [entry('a', 21)]))).toEqual({ ok: true, tail: 21 })
    await expect.poll(() => resets, { timeout: 10_000 }).toBe(1)
    expect(await journal.holders([shard])).toMatchObject([{ owner: 'me', epoch: 1, tail: 21 }])
    expect((await cids(journal, shard)).length).toBe(21)
    // The old one comes back as a replica, and nothing is written to it.
    await last.restart()
    expect(await settle(journal, batchOf(claim, 21, [entry('a', 22)]))).toEqual({ ok: true, tail: 22 })
    await asked(replica, async (client) => expect(await client.hget(`parley:j:{g${shard >> 4}}:${shard}:m`, 'tail')).toBe('22'))
  })

  test('is followed while a slot moves to another master', async () => {
    const masters = (await startRedisCluster(3)) as readonly [Service, Service, Service]
    const journal = await open(masters[0])
    let resets = 0
    journal.onReset(() => resets++)
    const claim = await claimOne(journal, 1)
    await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { timers: [{ name: 'idle', dueMs: 5 }] })]))
    const slot = slotOf(0)
    const from = masters[Math.floor((slot * 3) / 16_384)] as Service
    const to = masters.find((master) => master !== from) as Service
    const idOf = (master: Service): Promise<string> => asked(master, async (client) => String(await client.cluster('MYID')))
    const [fromId, toId] = [await idOf(from), await idOf(to)]
    await asked(to, (client) => client.cluster('SETSLOT', slot, 'IMPORTING', fromId))
    await asked(from, async (client) => {
      await client.cluster('SETSLOT', slot, 'MIGRATING', toId)
      for (const key of (await client.cluster('GETKEYSINSLOT', slot, 100)) as string[])
        await client.migrate('127.0.0.1', to.port, key, 0, 5000)
    })
    // Asked for: all of the shard is at the other one already.
    expect(await appendOne(journal, batchOf(claim, 1, [entry('a', 2)]))).toEqual({ ok: true, tail: 2 })
    for (const master of [to, from]) await asked(master, (client) => client.cluster('SETSLOT', slot, 'NODE', toId))
    expect(await settle(journal, batchOf(claim, 2, [entry('a', 3)]))).toEqual({ ok: true, tail: 3 })
    await expect.poll(() => resets, { timeout: 10_000 }).toBe(1)
    expect(await cids(journal, 1)).toEqual(['1:a:1', '2:a:2', '3:a:3'])
    expect(await journal.timers(1, 10)).toHaveLength(1)
  })
})

describe('a journal', () => {
  test('is not opened where entries would be evicted', async () => {
    const redis = await startRedis({ extra: ['--maxmemory-policy', 'allkeys-lru'] })
    await expect(open(redis)).rejects.toMatchObject({
      code: 'storage.config',
      retry: 'never',
      message: expect.stringMatching(/has maxmemory-policy allkeys-lru: it would drop entries\. Set it to noeviction$/),
    })
  })

  test('is not opened where nobody answers, and says so within some seconds', async () => {
    const redis = await startRedis()
    await redis.kill()
    const { value, ms } = await timed(open(redis).catch((error: unknown) => error))
    expect(value).toMatchObject({ code: 'storage.unavailable', retry: 'later', message: expect.stringContaining('ECONNREFUSED') })
    expect(ms).toBeLessThan(7000)
  })

  test.each([
    ['http://127.0.0.1', /is not redis:/],
    ['redis://127.0.0.1/3', /database 0/],
    ['nonsense', /is not redis:/],
  ])('is not opened at %s', async (url, msg) => {
    await expect(RedisJournal.open({ urls: [url] })).rejects.toMatchObject({
      code: 'storage.config',
      message: expect.stringMatching(msg),
    })
    await expect(RedisJournal.open({ urls: ['redis://127.0.0.1'], keyPrefix: '{a}' })).rejects.toMatchObject({
      code: 'storage.config',
    })
  })

  test('says which promise is weaker where Redis keeps less than it could, or does not tell', async () => {
    await open(await startRedis({ extra: ['--appendonly', 'no'] }))
    await open(await startRedis({ appendfsync: 'no' }))
    await open(await startRedis({ extra: ['--rename-command', 'CONFIG', ''] }))
    expect(lines.filter((line) => line.startsWith('warn')).join('\n')).toMatch(
      /no append-only file[\s\S]*leaves syncing to the system[\s\S]*could not be checked/,
    )
  })

  test('speaks TLS with a name and a password', async () => {
    const authority = makeAuthority(dir)
    const { certFile, keyFile } = authority.issue('redis')
    const tls = { ca: authority.caFile, cert: certFile, key: keyFile }
    const redis = await startRedis({ tls, extra: ['--user', 'parley', 'on', '>s3cret/', '~*', '+@all'] })
    const url = redis.url.replace('rediss://', 'rediss://parley:s3cret%2F@')
    const journal = await RedisJournal.open({ urls: [url], ca: authority.caFile })
    journals.push(journal)
    expect(await claimOne(journal, 1)).toMatchObject({ epoch: 1 })
    await expect(RedisJournal.open({ urls: [url] })).rejects.toMatchObject({ code: 'storage.unavailable' })
    const wrong = url.replace('s3cret', 'guess')
    await expect(RedisJournal.open({ urls: [wrong], ca: authority.caFile })).rejects.toThrow(/WRONGPASS/)
  })

  test('says what it may not do where its user may not run scripts', async () => {
    const redis = await startRedis({ extra: ['--user', 'parley', 'on', '>secret', '~*', '+@all', '-@scripting'] })
    const url = redis.url.replace('redis://', 'redis://parley:secret@')
    await expect(RedisJournal.open({ urls: [url] })).rejects.toThrow(/NOPERM.*script/)
  })
})

const reasonOf = (result: AppendResult): string | undefined => (result.ok ? undefined : result.reason)

/** What a call answers once the journal is back. */
async function settled<T>(call: () => Promise<T>): Promise<T> {
  let value: T | undefined
  await expect
    .poll(
      async () => {
        value = await call().catch(() => undefined)
        return value
      },
      { timeout: 20_000 },
    )
    .toBeDefined()
  return value as T
}
