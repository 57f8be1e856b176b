import { beforeEach, describe, expect, it } from 'vitest'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import { MemoryDocuments } from './memory/documents.ts'
import { MemoryJournal } from './memory/journal.ts'
import type { Claimed, Documents, DocumentWrite, JournalEntry, StoredDocument, StoredEntry } from './port.ts'
import { WriteBehind, type WriteBehindLimits } from './write-behind.ts'

const LIMITS = { flushMs: 200, opsMax: 20, entriesMax: 100, tenantsConcurrentMax: 2, stuckMs: 5000 }
const down = (): AppError => new AppError('storage.unavailable', 'down', { retry: 'later' })

/** Memory documents that fail when told to, and note each put. */
class FailingDocuments extends MemoryDocuments implements Documents {
  readonly puts: { tenant: string; writes: readonly DocumentWrite[] }[] = []
  /** Asked before each put; what it throws is thrown. */
  before: (tenant: string, writes: readonly DocumentWrite[]) => void | Promise<void> = () => undefined

  override async put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    this.puts.push({ tenant, writes })
    await this.before(tenant, writes)
    await super.put(tenant, writes)
  }
}

const projection = {
  folds: 0,
  writes(_tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[] {
    const first = entries[0] as StoredEntry
    const last = entries.at(-1) as StoredEntry
    return [
      { collection: 'turns', id: cid, n: first.n, doc: entries.map(({ n }) => n), rev: last.n },
      { collection: 'conversations', id: cid, n: 0, doc: snapshot, rev: last.n },
    ]
  },
  fold(_tenant: string, _cid: string, base: StoredDocument | undefined, entries: readonly StoredEntry[]): unknown {
    projection.folds++
    const known = (base?.doc as { upto: number } | undefined)?.upto ?? 0
    return { upto: Math.max(known, entries.at(-1)?.n ?? 0) }
  },
  apart(data: unknown): unknown {
    return { ...(data as object), apart: true }
  },
}

describe('the write-behind', () => {
  let clock: VirtualClock
  let journal: MemoryJournal
  let documents: FailingDocuments
  let writeBehind: WriteBehind
  let claims: readonly Claimed[]
  const tails = new Map<number, number>()

  const make = (limits: Partial<WriteBehindLimits> = {}): WriteBehind =>
    new WriteBehind({
      documents,
      journal,
      projection,
      clock,
      log: silentLog,
      metrics: noMetrics,
      limits: { ...LIMITS, ...limits },
      random: () => 1,
    })

  beforeEach(async () => {
    clock = new VirtualClock()
    journal = new MemoryJournal()
    documents = new FailingDocuments()
    projection.folds = 0
    tails.clear()
    writeBehind = make()
    claims = await journal.claim([0, 1, 2], 'me')
    writeBehind.claimed(claims)
  })

  /** Commits one turn as its owner does. */
  const turn = async (shard: number, tenant: string, cid: string, n: number): Promise<void> => {
    const entry: JournalEntry = { tenant, cid, n, data: { n } }
    const tail = tails.get(shard) ?? 0
    const token = claims[shard]?.token ?? ''
    const [result] = await journal.append([{ shard, token, expectedTail: tail, batchId: `${shard}-${tail}`, entries: [entry] }])
    if (!result?.ok) throw new Error('not appended')
    tails.set(shard, result.tail)
    writeBehind.accept(shard, result.tail, entry, { upto: n })
  }

  const upto = async (tenant: string, cid: string): Promise<unknown> =>
    (await documents.get(tenant, 'conversations', { id: cid, n: 0 }))?.doc
  const inJournal = async (shard: number): Promise<number[]> => (await journal.read(shard, 0)).map(({ at }) => at)

  it('writes one snapshot and one group of entries per conversation and flush, and trims the journal', async () => {
    for (let n = 1; n <= 4; n++) await turn(0, 'demo', 'a', n)
    await turn(0, 'demo', 'b', 1)
    expect(documents.puts).toHaveLength(0)
    await clock.advance(200)
    expect(documents.puts).toHaveLength(1)
    expect(documents.puts[0]?.writes.map(({ collection, id }) => `${collection} ${id}`)).toEqual([
      'turns a',
      'conversations a',
      'turns b',
      'conversations b',
    ])
    expect(await upto('demo', 'a')).toEqual({ upto: 4 })
    expect(await inJournal(0)).toEqual([])
    expect(writeBehind.lag()).toEqual({ entries: 0, oldestMs: 0 })
  })

  it('shows an entry in the tail until the documents really have it', async () => {
    let release = (): void => undefined
    documents.before = () => new Promise((resolve) => (release = resolve))
    await turn(0, 'demo', 'a', 1)
    await clock.advance(200)
    await turn(0, 'demo', 'a', 2)
    expect(writeBehind.tail('demo', 'a').map(({ n }) => n)).toEqual([1, 2])
    release()
    await settle()
    expect(await upto('demo', 'a')).toEqual({ upto: 1 })
    expect(writeBehind.tail('demo', 'a').map(({ n }) => n)).toEqual([2])
    expect(await inJournal(0)).toEqual([2])
  })

  it('raises the watermark only to the longest prefix that is written', async () => {
    await turn(0, 'bad', 'x', 1)
    await turn(0, 'good', 'a', 1)
    documents.before = (tenant) => {
      if (tenant === 'bad') throw down()
    }
    await clock.advance(400)
    expect(await upto('good', 'a')).toEqual({ upto: 1 })
    expect(await inJournal(0)).toEqual([1, 2])
    expect((await journal.claim([0], 'look'))[0]?.watermark).toBe(0)
  })

  it('tries a failing tenant again, less and less often, until it takes writes', async () => {
    const tries: number[] = []
    documents.before = () => {
      tries.push(clock.mono())
      throw down()
    }
    await turn(0, 'demo', 'a', 1)
    await clock.advance(60_000)
    const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0))
    expect(gaps[0]).toBeLessThanOrEqual(400)
    expect(gaps.at(-1)).toBeGreaterThan(10_000)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_400)
    documents.before = () => undefined
    await clock.advance(31_000)
    expect(await upto('demo', 'a')).toEqual({ upto: 1 })
    expect(await inJournal(0)).toEqual([])
  })

  it('sets the entries of a tenant aside that fails for long, so that the journal of the others is trimmed', async () => {
    documents.before = (tenant) => {
      if (tenant === 'bad') throw down()
    }
    await turn(0, 'bad', 'x', 1)
    await turn(0, 'good', 'a', 1)
    await clock.advance(20_000)
    await turn(0, 'bad', 'x', 2)
    await turn(0, 'good', 'a', 2)
    await clock.advance(2000)
    expect(await inJournal(0)).toEqual([1, 3])
    expect(writeBehind.tail('bad', 'x').map(({ n }) => n)).toEqual([1, 2])
    documents.before = () => undefined
    await clock.advance(31_000)
    expect(await upto('bad', 'x')).toEqual({ upto: 2 })
    expect(await inJournal(0)).toEqual([])
  })

  it('keeps in the journal what a former owner had set aside, until the documents have it', async () => {
    documents.before = (tenant) => {
      if (tenant === 'bad') throw down()
    }
    await turn(0, 'bad', 'x', 1)
    await clock.advance(6000)
    for (let n = 1; n <= 2; n++) {
      await turn(0, 'good', 'a', n)
      await clock.advance(6000)
    }
    expect(await inJournal(0)).toEqual([1])
    await writeBehind.stop()
    writeBehind = make()
    claims = await journal.claim([0], 'next')
    const [claim] = claims as [Claimed]
    writeBehind.claimed(claims)
    writeBehind.recovered(0, await journal.read(0, claim.watermark))
    await turn(0, 'good', 'a', 3)
    await clock.advance(1000)
    expect(await upto('good', 'a')).toEqual({ upto: 3 })
    expect(await inJournal(0)).toContain(1)
  })

  it('sets nobody aside while no tenant can be written, and writes everything when the documents are back', async () => {
    await turn(0, 'demo', 'a', 1)
    await clock.advance(400)
    documents.before = () => {
      throw down()
    }
    for (let n = 2; n <= 40; n++) for (const tenant of ['demo', 'other']) await turn(0, tenant, 'a', n)
    await clock.advance(600_000)
    expect((await journal.claim([0], 'look'))[0]?.watermark).toBe(1)
    claims = await journal.claim([0, 1, 2], 'me')
    writeBehind.claimed(claims)
    writeBehind.recovered(0, [])
    expect(writeBehind.pressure('demo')).toBe(0.78)
    documents.before = () => undefined
    await clock.advance(31_000)
    for (const tenant of ['demo', 'other']) expect(await upto(tenant, 'a')).toEqual({ upto: 40 })
    expect(await inJournal(0)).toEqual([])
  })

  it('writes what gathered of a conversation during an outage as several documents, all of it once', async () => {
    writeBehind = make({ entriesMax: 2000 })
    writeBehind.claimed(claims)
    for (let n = 1; n <= 600; n++) await turn(0, 'demo', 'a', n)
    await clock.advance(1000)
    const turns = await documents.page('demo', { collection: 'turns', id: 'a', limit: 10 })
    expect(turns.slice(0, 2).map(({ n, rev }) => [n, rev])).toEqual([
      [1, 64],
      [65, 128],
    ])
    expect(turns.flatMap(({ doc }) => doc)).toEqual(Array.from({ length: 600 }, (_, i) => i + 1))
    expect(await upto('demo', 'a')).toEqual({ upto: 600 })
  })

  it('lets no tenant of many wait for the one that fails', async () => {
    documents.before = (tenant) => {
      if (tenant === 't7') throw down()
    }
    for (let i = 0; i < 20; i++) await turn(0, `t${i}`, 'a', 1)
    await clock.advance(1000)
    for (let i = 0; i < 20; i++) expect(await upto(`t${i}`, 'a')).toEqual(i === 7 ? undefined : { upto: 1 })
    expect(writeBehind.tail('t7', 'a')).toHaveLength(1)
  })

  it('makes as many puts a second as it is told the documents take', async () => {
    writeBehind = make({ putsPerSecondMax: 500 })
    writeBehind.claimed(claims)
    for (let i = 0; i < 80; i++) await turn(0, `t${i}`, 'a', 1)
    await clock.advance(400)
    for (let i = 0; i < 80; i++) expect(await upto(`t${i}`, 'a')).toEqual({ upto: 1 })
  })

  it('gives up the conversation that cannot be written and writes all others', async () => {
    documents.before = (_tenant, writes) => {
      if (writes.some(({ id }) => id === 'c3')) throw new RangeError('cannot be encoded')
    }
    for (let i = 0; i < 8; i++) await turn(0, 'demo', `c${i}`, 1)
    await clock.advance(400)
    for (let i = 0; i < 8; i++) expect(await upto('demo', `c${i}`)).toEqual(i === 3 ? undefined : { upto: 1 })
    expect(writeBehind.deadLetters()).toMatchObject([
      { tenant: 'demo', cid: 'c3', reason: 'cannot be encoded', entries: [{ n: 1 }] },
    ])
    expect(await inJournal(0)).toEqual([])
  })

  it('gives up only the entry that the documents refuse, not what else gathered of its conversation', async () => {
    documents.before = (_tenant, writes) => {
      if (writes.some(({ doc }) => Array.isArray(doc) && doc.includes(7))) throw new RangeError('cannot be encoded')
    }
    for (let n = 1; n <= 20; n++) await turn(0, 'demo', 'a', n)
    await clock.advance(400)
    expect(writeBehind.deadLetters()).toMatchObject([{ cid: 'a', entries: [{ n: 7 }] }])
    const turns = await documents.page('demo', { collection: 'turns', id: 'a', limit: 100 })
    expect(turns.flatMap(({ doc }) => doc)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1).filter((n) => n !== 7))
    expect(await upto('demo', 'a')).toEqual({ upto: 20 })
    expect(await inJournal(0)).toEqual([])
  })

  it('gives nothing up where a document is only too long', async () => {
    documents.before = (_tenant, writes) => {
      if (writes.some(({ doc }) => Array.isArray(doc) && doc.length > 5)) throw new RangeError('too long')
    }
    for (let n = 1; n <= 90; n++) await turn(0, 'demo', 'a', n)
    await clock.advance(400)
    expect(writeBehind.deadLetters()).toEqual([])
    const turns = await documents.page('demo', { collection: 'turns', id: 'a', limit: 100 })
    expect(turns.flatMap(({ doc }) => doc)).toEqual(Array.from({ length: 90 }, (_, i) => i + 1))
  })

  it('gives up all of a conversation after some tries, where the documents take none of it', async () => {
    documents.before = (_tenant, writes) => {
      if (writes.some(({ id }) => id === 'a')) throw new RangeError('cannot be encoded')
    }
    writeBehind = make({ entriesMax: 2000 })
    writeBehind.claimed(claims)
    for (let n = 1; n <= 500; n++) await turn(0, 'demo', 'a', n)
    await clock.advance(600)
    expect(documents.puts.length).toBeLessThan(150)
    expect(writeBehind.deadLetters().flatMap(({ entries }) => entries.map(({ n }) => n))).toEqual(
      Array.from({ length: 500 }, (_, i) => i + 1),
    )
    expect(writeBehind.lag().entries).toBe(0)
  })

  it('keeps entries that set timers for a mending some seconds longer: the documents have none', async () => {
    const commit = async (n: number, timed: boolean): Promise<void> => {
      const entry: JournalEntry = { tenant: 'demo', cid: 'a', n, data: n, ...(timed && { timers: [{ name: 'idle', dueMs: n }] }) }
      writeBehind.accept(0, n, entry, { upto: n })
      await clock.advance(1000)
    }
    await commit(1, true)
    await clock.advance(20_000)
    for (let n = 2; n <= 4; n++) await commit(n, n !== 3)
    expect(await upto('demo', 'a')).toEqual({ upto: 4 })
    documents.before = () => {
      throw down()
    }
    await commit(5, false)
    writeBehind.dropped(new Set([0]))
    expect(writeBehind.unflushed(0).map(({ at }) => at)).toEqual([2, 4, 5])
    writeBehind.claimed(claims)
    writeBehind.dropped(new Set([0]))
    expect(writeBehind.unflushed(0)).toEqual([])
  })

  it('writes nothing of a shard that was let go while what it builds on was read', async () => {
    let answer: () => void = () => undefined
    documents.get = () =>
      new Promise((resolve) => {
        answer = () => resolve(undefined)
      })
    await turn(0, 'demo', 'a', 1)
    await clock.advance(1000)
    const [claim] = (await journal.claim([1], 'me')) as [Claimed]
    writeBehind.claimed([{ ...claim, tail: 1 }])
    writeBehind.recovered(1, [{ at: 1, tenant: 'demo', cid: 'b', n: 1, data: 1 }])
    await clock.advance(1000)
    const puts = documents.puts.length
    writeBehind.dropped(new Set([1]))
    answer()
    await clock.advance(1000)
    expect(documents.puts.length).toBe(puts)
    expect(writeBehind.unflushed(1).map(({ at }) => at)).toEqual([1])
  })

  it('keeps entries that wait for long, and those given up, apart from memory that others share', async () => {
    documents.before = (tenant, writes) => {
      if (tenant === 'bad') throw down()
      if (writes.some(({ id }) => id === 'odd')) throw new RangeError('cannot be encoded')
    }
    await turn(0, 'bad', 'x', 1)
    await turn(0, 'good', 'a', 1)
    await turn(0, 'good', 'odd', 1)
    expect(writeBehind.tail('bad', 'x').map(({ data }) => data)).toEqual([{ n: 1 }])
    await clock.advance(400)
    await turn(0, 'bad', 'x', 2)
    await turn(0, 'good', 'a', 2)
    expect(writeBehind.tail('bad', 'x').map(({ data }) => data)).toEqual([
      { n: 1, apart: true },
      { n: 2, apart: true },
    ])
    expect(writeBehind.tail('good', 'a').map(({ data }) => data)).toEqual([{ n: 2 }])
    expect(writeBehind.deadLetters()).toMatchObject([{ cid: 'odd', entries: [{ data: { n: 1, apart: true } }] }])
    documents.before = () => undefined
    await clock.advance(31_000)
    expect(await upto('bad', 'x')).toEqual({ upto: 2 })
    await turn(0, 'bad', 'x', 3)
    expect(writeBehind.tail('bad', 'x').map(({ data }) => data)).toEqual([{ n: 3 }])
  })

  it('gives every tenant its turn, however much another one has', async () => {
    for (let i = 0; i < 60; i++) await turn(0, 'noisy', `c${i}`, 1)
    await turn(1, 'quiet', 'a', 1)
    await clock.advance(200)
    const order = documents.puts.map(({ tenant }) => tenant)
    expect(order.filter((tenant) => tenant === 'noisy').length).toBe(6)
    expect(order.indexOf('quiet')).toBeLessThan(2)
    for (const { writes } of documents.puts) expect(writes.length).toBeLessThanOrEqual(LIMITS.opsMax)
  })

  it('makes no more than 50 puts a second for many tenants', async () => {
    for (let second = 0; second < 3; second++) {
      for (let i = 0; i < 40; i++) await turn(0, `t${i}`, 'a', second + 1)
      documents.puts.length = 0
      await clock.advance(1000)
      expect(documents.puts.length).toBeLessThanOrEqual(50)
    }
    await clock.advance(2000)
    for (let i = 0; i < 40; i++) expect(await upto(`t${i}`, 'a')).toEqual({ upto: 3 })
  })

  it('writes what it finds after a restart, folding what has no live snapshot', async () => {
    for (let n = 1; n <= 3; n++) await turn(0, 'demo', 'a', n)
    const [claim] = await journal.claim([0], 'next')
    if (claim === undefined) throw new Error('no claim')
    await documents.put('demo', [{ collection: 'conversations', id: 'a', n: 0, doc: { upto: 2 }, rev: 2 }])
    writeBehind = make()
    writeBehind.claimed([claim])
    expect(() => writeBehind.accept(0, 4, { tenant: 'demo', cid: 'a', n: 4, data: {} }, {})).toThrow(RangeError)
    writeBehind.recovered(0, await journal.read(0, claim.watermark))
    expect(writeBehind.tail('demo', 'a').map(({ n }) => n)).toEqual([1, 2, 3])
    await writeBehind.flush()
    expect(projection.folds).toBe(1)
    expect(await upto('demo', 'a')).toEqual({ upto: 3 })
    expect(await inJournal(0)).toEqual([])
  })

  it('takes no recovered entry twice that it holds or has written', async () => {
    await turn(0, 'demo', 'a', 1)
    await turn(0, 'demo', 'a', 2)
    await clock.advance(200)
    await turn(0, 'demo', 'a', 3)
    claims = await journal.claim([0, 1, 2], 'again')
    writeBehind.claimed(claims)
    writeBehind.recovered(0, await journal.read(0, 0))
    expect(writeBehind.tail('demo', 'a').map(({ n }) => n)).toEqual([3])
    await turn(0, 'demo', 'a', 4)
    await writeBehind.flush()
    expect(await upto('demo', 'a')).toEqual({ upto: 4 })
    expect(projection.folds).toBe(0)
  })

  it('flushes everything on demand without waiting for the interval, also what is under way', async () => {
    let release = (): void => undefined
    documents.before = () => new Promise((resolve) => (release = resolve))
    await turn(0, 'demo', 'a', 1)
    await clock.advance(200)
    await turn(0, 'demo', 'a', 2)
    await turn(1, 'demo', 'b', 1)
    let done = false
    const flush = writeBehind.flush().then(() => {
      done = true
    })
    await settle()
    expect(done).toBe(false)
    documents.before = () => undefined
    release()
    await flush
    expect(await upto('demo', 'a')).toEqual({ upto: 2 })
    expect(await upto('demo', 'b')).toEqual({ upto: 1 })
    expect([await inJournal(0), await inJournal(1)]).toEqual([[], []])
  })

  it('stops when told: waits for the put under way, answers who waits, keeps the rest in the journal', async () => {
    documents.before = (tenant) => {
      if (tenant === 'bad') throw down()
    }
    await turn(0, 'bad', 'x', 1)
    const flush = writeBehind.flush()
    const refused = expect(flush).rejects.toMatchObject({ code: 'storage.unavailable' })
    await settle()
    await writeBehind.stop()
    await refused
    await turn(0, 'good', 'a', 1)
    const puts = documents.puts.length
    await clock.advance(60_000)
    expect(documents.puts).toHaveLength(puts)
    expect(await inJournal(0)).toEqual([1, 2])
  })

  it('tells how full it is, and a stuck tenant sooner than the others', async () => {
    documents.before = () => {
      throw down()
    }
    for (let n = 1; n <= 20; n++) await turn(0, 'bad', 'x', n)
    for (let n = 1; n <= 30; n++) await turn(1, 'slow', 'y', n)
    expect(writeBehind.pressure()).toBe(0.5)
    expect(writeBehind.lag().entries).toBe(50)
    documents.before = (tenant) => {
      if (tenant === 'bad') throw down()
    }
    await clock.advance(20_000)
    expect(writeBehind.pressure('slow')).toBe(0.2)
    expect(writeBehind.pressure('bad')).toBe(0.8)
    expect(writeBehind.lag().oldestMs).toBe(20_000)
  })

  it('tells the journal again what it did not take', async () => {
    const trim = journal.trim.bind(journal)
    let failures = 0
    journal.trim = async (marks) => {
      if (failures++ === 0) throw down()
      return trim(marks)
    }
    await turn(0, 'demo', 'a', 1)
    await clock.advance(200)
    expect(await inJournal(0)).toEqual([1])
    await writeBehind.flush()
    expect(await inJournal(0)).toEqual([])
  })
})
