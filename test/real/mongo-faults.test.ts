import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { type Metrics, noMetrics } from '../../src/kernel/metrics.ts'
import { MemoryJournal } from '../../src/storage/memory/journal.ts'
import type { MongoDocuments } from '../../src/storage/mongo/documents.ts'
import { StaticPlacement } from '../../src/storage/mongo/placement.ts'
import type { Claimed, DocumentWrite, JournalEntry, StoredEntry } from '../../src/storage/port.ts'
import { WriteBehind } from '../../src/storage/write-behind.ts'
import { MongoFaultProxy, type ProxiedCommand, type ProxyFault } from '../fixtures/mongo-fault-proxy.ts'
import { mongoPlace } from '../fixtures/mongo-place.ts'
import { type MongoService, startMongo } from '../services/mongo.ts'

/** The driver looks again for a server that cut a connection after half a second. */
const BOUNDS_MS = { selection: 1200, connect: 400, queue: 400, command: 600 }

const projection = {
  writes(_tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[] {
    const [first] = entries
    const last = entries.at(-1)
    if (first === undefined || last === undefined) return []
    return [
      { collection: 'turns', id: cid, n: first.n, doc: { ns: entries.map(({ n }) => n) }, rev: last.n },
      { collection: 'conversations', id: cid, n: 0, doc: snapshot, rev: last.n },
    ]
  },
  fold: (): unknown => ({}),
  apart: (data: unknown): unknown => data,
}

/** A write-behind over a real server, and the turns committed through it. */
class Owner {
  readonly writeBehind: WriteBehind
  readonly #journal = new MemoryJournal()
  #claim: Claimed | undefined
  #tail = 0

  constructor(documents: MongoDocuments) {
    const limits = { flushMs: 5, opsMax: 100, entriesMax: 100_000, tenantsConcurrentMax: 8, stuckMs: 60_000 }
    const { clock, log, metrics } = { clock: systemClock, log: silentLog, metrics: noMetrics }
    this.writeBehind = new WriteBehind({
      documents,
      journal: this.#journal,
      projection,
      clock,
      log,
      metrics,
      limits,
      random: () => 0,
    })
  }

  async claim(): Promise<void> {
    const claims = await this.#journal.claim([0], 'me')
    this.#claim = claims[0]
    this.writeBehind.claimed(claims)
  }

  async turn(tenant: string, cid: string, n: number): Promise<void> {
    const entry: JournalEntry = { tenant, cid, n, data: { n } }
    const batch = {
      shard: 0,
      token: this.#claim?.token ?? '',
      expectedTail: this.#tail,
      batchId: `b${this.#tail}`,
      entries: [entry],
    }
    const [result] = await this.#journal.append([batch])
    if (!result?.ok) throw new Error('not appended')
    this.#tail = result.tail
    this.writeBehind.accept(0, result.tail, entry, { upto: n })
  }
}

describe('documents behind a faulty line', () => {
  let mongo: MongoService
  let proxy: MongoFaultProxy
  let place: ReturnType<typeof mongoPlace>
  let documents: MongoDocuments
  let owner: Owner

  beforeAll(async () => {
    mongo = await startMongo()
  })
  afterAll(() => mongo?.stop())
  beforeEach(async () => {
    proxy = await MongoFaultProxy.start(mongo.url)
    place = mongoPlace(proxy.url, { boundsMs: BOUNDS_MS })
    documents = await place.open()
    owner = new Owner(documents)
    await owner.claim()
  })
  afterEach(async () => {
    proxy.up()
    proxy.fault = () => undefined
    await owner.writeBehind.stop()
    await documents.close()
    await place.dispose()
    await proxy.stop()
  })

  const writing = ({ name }: ProxiedCommand): boolean => name === 'insert' || name === 'update'
  /** Does this to the n-th command that writes, once. */
  const onWrite = (n: number, fault: ProxyFault): void => {
    let seen = 0
    proxy.fault = (command) => (writing(command) && ++seen === n ? fault : undefined)
  }
  const stored = async (tenant: string, cid: string): Promise<{ upto: unknown; ns: number[] }> => {
    const turns = await documents.page(tenant, { collection: 'turns', id: cid, limit: 1000 })
    const snapshot = await documents.get(tenant, 'conversations', { id: cid, n: 0 })
    return { upto: (snapshot?.doc as { upto?: number })?.upto, ns: turns.flatMap(({ doc }) => (doc as { ns: number[] }).ns) }
  }
  const upTo = (n: number): { upto: number; ns: number[] } => ({ upto: n, ns: Array.from({ length: n }, (_, i) => i + 1) })

  it.each([
    ['an insert', 1],
    ['an update', 2],
  ])('take a repeat for what it is when the reply to %s was lost after it was applied', async (_what, n) => {
    onWrite(n, { do: 'loseReply' })
    const writes = (['turns', 'conversations'] as const).map((collection) => ({
      collection,
      id: 'a',
      n: 1,
      doc: { text: 'once' },
      rev: 3,
    }))
    await expect(documents.put('demo', writes)).rejects.toMatchObject({ code: 'storage.unavailable', retry: 'later' })
    await documents.put('demo', writes)
    await documents.put('demo', [{ collection: 'turns', id: 'a', n: 1, doc: 'other', rev: 3 }])
    for (const collection of ['turns', 'conversations'] as const)
      expect(await documents.page('demo', { collection, limit: 10 })).toEqual([{ id: 'a', n: 1, rev: 3, doc: { text: 'once' } }])
  })

  it('answer within their bounds when the server takes connections and says nothing, and work again afterwards', async () => {
    await documents.put('demo', [{ collection: 'users', id: 'a', n: 1, doc: 1 }])
    proxy.mute()
    const startedMs = performance.now()
    const put = documents.put('demo', [{ collection: 'users', id: 'a', n: 1, doc: 2 }])
    await expect(put).rejects.toMatchObject({ code: 'storage.unavailable', retry: 'later' })
    await expect(documents.get('demo', 'users', { id: 'a', n: 1 })).rejects.toMatchObject({ code: 'storage.unavailable' })
    expect(performance.now() - startedMs).toBeLessThan(5000)
    proxy.up()
    await expect
      .poll(
        () =>
          documents.put('demo', [{ collection: 'users', id: 'a', n: 1, doc: 3 }]).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true)
    expect((await documents.get('demo', 'users', { id: 'a', n: 1 }))?.doc).toBe(3)
  })

  it('catch up after an outage: every turn once, in order, and the newest snapshot', async () => {
    for (let n = 1; n <= 5; n++) for (const cid of ['a', 'b']) await owner.turn('demo', cid, n)
    await owner.writeBehind.flush()
    proxy.down()
    for (let n = 6; n <= 40; n++) for (const cid of ['a', 'b']) await owner.turn('demo', cid, n)
    await expect(documents.get('demo', 'conversations', { id: 'a', n: 0 })).rejects.toMatchObject({ code: 'storage.unavailable' })
    expect(owner.writeBehind.lag().entries).toBe(70)
    proxy.up()
    await owner.writeBehind.flush()
    for (const cid of ['a', 'b']) expect(await stored('demo', cid)).toEqual(upTo(40))
    expect(owner.writeBehind.deadLetters()).toEqual([])
  })

  it('keep what they acknowledged when the server is killed, and catch up with the rest', async () => {
    for (let n = 1; n <= 5; n++) await owner.turn('demo', 'a', n)
    await owner.writeBehind.flush()
    await mongo.kill()
    for (let n = 6; n <= 20; n++) await owner.turn('demo', 'a', n)
    await mongo.restart()
    await expect
      .poll(() => stored('demo', 'a').catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ upto: expect.any(Number) })
    await owner.writeBehind.flush()
    expect(await stored('demo', 'a')).toEqual(upTo(20))
  })

  it('survive cuts before and after the server applied, and delays, without loss or repeat', async () => {
    const faults: ProxyFault[] = [{ do: 'cut' }, { do: 'loseReply' }, { do: 'delay', ms: 30 }]
    let writes = 0
    proxy.fault = (command) => (writing(command) && ++writes % 3 === 0 ? faults[(writes / 3) % faults.length] : undefined)
    for (let n = 1; n <= 30; n++) {
      await owner.turn('demo', 'a', n)
      if (n % 3 === 0) await owner.writeBehind.flush()
    }
    expect(await stored('demo', 'a')).toEqual(upTo(30))
  })

  it('let no tenant wait for another one that is slow', async () => {
    proxy.fault = ({ database }) => (database.endsWith('_slow') ? { do: 'swallow' } : undefined)
    for (let n = 1; n <= 10; n++) for (const tenant of ['slow', 'quick']) await owner.turn(tenant, 'a', n)
    await expect.poll(() => owner.writeBehind.tail('quick', 'a').length, { timeout: 5000 }).toBe(0)
    expect(await stored('quick', 'a')).toEqual(upTo(10))
    expect(owner.writeBehind.tail('slow', 'a')).toHaveLength(10)
    proxy.fault = () => undefined
    await owner.writeBehind.flush()
    expect(await stored('slow', 'a')).toEqual(upTo(10))
  })

  it('give up only the conversation whose document is refused in the middle of a bulk', async () => {
    const matching = (write: { id?: string; u?: { $setOnInsert?: { id?: string } } }): boolean =>
      (write.id ?? write.u?.$setOnInsert?.id) === 'c7'
    proxy.fault = (command) => (writing(command) ? { do: 'refuse', matching, code: 121 } : undefined)
    for (let i = 0; i < 16; i++) await owner.turn('demo', `c${i}`, 1)
    await owner.writeBehind.flush()
    expect(owner.writeBehind.deadLetters()).toMatchObject([{ tenant: 'demo', cid: 'c7', entries: [{ n: 1 }] }])
    for (let i = 0; i < 16; i++) expect(await stored('demo', `c${i}`)).toEqual(i === 7 ? { upto: undefined, ns: [] } : upTo(1))
  })

  it.each([
    [{ ok: 0, code: 14_031, errmsg: 'no room', codeName: 'OutOfDiskSpace' }, 'storage.full', 'later'],
    [{ ok: 0, code: 10_107, errmsg: 'not primary', codeName: 'NotWritablePrimary' }, 'storage.unavailable', 'later'],
    [
      { ok: 1, n: 1, writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } },
      'storage.unavailable',
      'later',
    ],
    [{ ok: 0, code: 10_334, errmsg: 'too large', codeName: 'BSONObjectTooLarge' }, 'storage.corrupt', 'never'],
  ])('tell %j as %s', async (answer, code, retry) => {
    onWrite(1, { do: 'answer', with: answer })
    const put = documents.put('demo', [{ collection: 'turns', id: 'a', n: 1, doc: 1, rev: 1 }])
    await expect(put).rejects.toMatchObject({ code, retry })
  })

  it('count their calls by outcome, and what waits and is open, by alias', async () => {
    const counts = new Map<string, number>()
    const gauges = new Map<string, () => number>()
    const metrics: Metrics = {
      ...noMetrics,
      counter: (_name, _help, labels) => {
        const key = `${labels?.alias} ${labels?.outcome}`
        return { inc: (by = 1) => counts.set(key, (counts.get(key) ?? 0) + by) }
      },
      observed: (name, _help, read) => gauges.set(name, read),
    }
    const counted = await mongoPlace(proxy.url, { metrics, boundsMs: BOUNDS_MS }).open()
    const put = (): Promise<void> => counted.put('demo', [{ collection: 'users', id: 'a', n: 1, doc: 1 }])
    await put()
    for (const code of [14_031, 10_334, 1]) {
      onWrite(1, { do: 'answer', with: { ok: 0, code, errmsg: 'no' } })
      await expect(put()).rejects.toThrow('no')
    }
    expect(Object.fromEntries(counts)).toEqual({
      'default ok': 1,
      'default full': 1,
      'default corrupt': 1,
      'default unavailable': 1,
    })
    expect(gauges.get('parley_mongo_connections')?.()).toBe(1)
    expect(gauges.get('parley_mongo_connections_waiting')?.()).toBe(0)
    await counted.drop('demo')
    await counted.close()
    expect(gauges.get('parley_mongo_connections')?.()).toBe(0)
  })

  it('serve 1,000 tenants on two URLs within the budget of connections', async () => {
    const other = await MongoFaultProxy.start(mongo.url)
    const budget = 12
    const byTenant = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`t${i * 2}`, 'eu']))
    const placed = mongoPlace(proxy.url, {
      urls: { default: proxy.url, eu: other.url },
      connectionsMax: budget,
      placement: new StaticPlacement(byTenant),
      boundsMs: { queue: 60_000 },
    })
    const many = await placed.open()
    let most = 0
    const count = (): undefined => {
      most = Math.max(most, proxy.open + other.open)
    }
    proxy.fault = count
    other.fault = count
    const found = await Promise.all(Array.from({ length: 1000 }, (_, i) => many.get(`t${i}`, 'users', { id: 'a', n: 1 })))
    expect(found.every((document) => document === undefined)).toBe(true)
    // The proxy's other test documents hold their own few.
    await documents.close()
    expect(most).toBeGreaterThan(4)
    expect(most).toBeLessThanOrEqual(budget)
    const open = many.connections.aliases.reduce((sum, alias) => sum + many.connections.load(alias).open, 0)
    // One connection of each URL watches its server.
    expect(open).toBe(most - 2)
    expect(many.connections.load('eu').waiting).toBe(0)
    expect(new Set(other.commands.map(({ database }) => database)).size).toBe(500)
    await many.close()
    await other.stop()
  })
})
