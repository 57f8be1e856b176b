import { beforeEach, describe, expect, it } from 'vitest'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import { MemoryDocuments } from './memory/documents.ts'
import { MemoryJournal } from './memory/journal.ts'
import type { Claimed, DocumentWrite, JournalEntry, StoredDocument, StoredEntry } from './port.ts'
import { WriteBehind } from './write-behind.ts'

/** Documents that wait or fail as told. */
class HeldDocuments extends MemoryDocuments {
  away = false
  held: (() => void)[] | undefined

  override async put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    if (this.away) throw new AppError('storage.unavailable', 'away', { retry: 'later' })
    const { held } = this
    if (held) await new Promise<void>((resolve) => held.push(resolve))
    await super.put(tenant, writes)
  }
}

const projection = {
  writes(_tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[] {
    const last = entries.at(-1) as StoredEntry
    return [{ collection: 'conversations', id: cid, n: 0, doc: snapshot, rev: last.n }]
  },
  fold(_tenant: string, _cid: string, base: StoredDocument | undefined, entries: readonly StoredEntry[]): unknown {
    const known = (base?.doc as { upto: number } | undefined)?.upto ?? 0
    return { upto: Math.max(known, entries.at(-1)?.n ?? 0) }
  },
  apart: (data: unknown): unknown => data,
}

describe('the write-behind of shards that were let go', () => {
  let clock: VirtualClock
  let journal: MemoryJournal
  let documents: HeldDocuments
  let writeBehind: WriteBehind
  let claims: Map<number, Claimed>
  let tails: Map<number, number>

  beforeEach(async () => {
    clock = new VirtualClock()
    journal = new MemoryJournal()
    documents = new HeldDocuments()
    const limits = { flushMs: 200, opsMax: 20, entriesMax: 100, tenantsConcurrentMax: 2, stuckMs: 5000 }
    writeBehind = new WriteBehind({
      documents,
      journal,
      projection,
      clock,
      log: silentLog,
      metrics: noMetrics,
      limits,
      random: () => 1,
    })
    claims = new Map()
    tails = new Map()
    await claim(0, 1)
  })

  const claim = async (...shards: number[]): Promise<void> => {
    const got = await journal.claim(shards, 'me')
    writeBehind.claimed(got)
    for (const one of got) {
      claims.set(one.shard, one)
      tails.set(one.shard, one.tail)
      if (one.tail > one.watermark) writeBehind.recovered(one.shard, await journal.read(one.shard, one.watermark))
    }
  }
  const turn = async (shard: number, cid: string, n: number, tenant = 'demo'): Promise<void> => {
    const entry: JournalEntry = { tenant, cid, n, data: { n } }
    const expectedTail = tails.get(shard) ?? 0
    const token = claims.get(shard)?.token ?? ''
    const [result] = await journal.append([{ shard, token, expectedTail, batchId: `${shard}-${expectedTail}`, entries: [entry] }])
    if (!result?.ok) throw new Error('not appended')
    tails.set(shard, result.tail)
    writeBehind.accept(shard, result.tail, entry, { upto: n })
  }
  const upto = async (cid: string, tenant = 'demo'): Promise<unknown> =>
    (await documents.get(tenant, 'conversations', { id: cid, n: 0 }))?.doc
  const kept = (shard: number): number[] => writeBehind.unflushed(shard).map(({ at }) => at)
  const inJournal = async (shard: number): Promise<number[]> => (await journal.read(shard, 0)).map(({ at }) => at)

  it('writes nothing more of them, and moves no watermark', async () => {
    await turn(0, 'a', 1)
    await turn(1, 'b', 1)
    writeBehind.dropped(new Set([0]))
    await clock.advance(200)
    expect([await upto('a'), await upto('b')]).toEqual([undefined, { upto: 1 }])
    expect([await inJournal(0), await inJournal(1)]).toEqual([[1], []])
  })

  it('finds them by no conversation any more', async () => {
    await turn(0, 'a', 1)
    await turn(1, 'b', 1)
    writeBehind.dropped(new Set([0]))
    expect(writeBehind.tail('demo', 'a')).toEqual([])
    expect(writeBehind.tail('demo', 'b')).toHaveLength(1)
  })

  it('keeps them for a mending in the order of their positions, over tenants and conversations, however often it is dropped', async () => {
    await turn(0, 'a', 1)
    await turn(0, 'b', 1, 'other')
    await turn(0, 'a', 2)
    await turn(0, 'c', 1)
    expect(kept(0)).toEqual([])
    writeBehind.dropped(new Set([0]))
    writeBehind.dropped(new Set([0]))
    await clock.advance(5000)
    expect(kept(0)).toEqual([1, 2, 3, 4])
    expect(kept(1)).toEqual([])
  })

  it('forgets them when somebody else has had the shard since: they must not come back', async () => {
    await turn(0, 'a', 1)
    writeBehind.dropped(new Set([0]))
    writeBehind.forget([0])
    expect(kept(0)).toEqual([])
    expect(writeBehind.pressure()).toBe(0)
    await clock.advance(1000)
    expect(await upto('a')).toBeUndefined()
  })

  it('keeps nothing for a mending once the shard is served again: what the journal has then is what counts', async () => {
    documents.away = true
    await turn(0, 'a', 1)
    writeBehind.dropped(new Set([0]))
    await claim(0)
    expect(kept(0)).toEqual([])
    expect(writeBehind.tail('demo', 'a').map(({ at }) => at)).toEqual([1])
  })

  it('counts a put that was under way at the drop for no watermark', async () => {
    documents.held = []
    await turn(0, 'a', 1)
    await clock.advance(200)
    writeBehind.dropped(new Set([0]))
    expect(kept(0)).toEqual([1])
    for (const resolve of documents.held) resolve()
    await settle()
    expect(kept(0)).toEqual([1])
    expect(await inJournal(0)).toEqual([1])
    expect(writeBehind.lag().entries).toBe(0)
  })

  it('never lets an old entry win over the newer one of its conversation that came under a later claim', async () => {
    documents.held = []
    await turn(0, 'a', 1)
    await clock.advance(200)
    writeBehind.dropped(new Set([0]))
    await claim(0)
    await turn(0, 'a', 2)
    for (let i = 0; i < 5; i++) {
      for (const resolve of documents.held.splice(0)) resolve()
      await clock.advance(250)
    }
    expect(await upto('a')).toEqual({ upto: 2 })
    expect(await inJournal(0)).toEqual([])
    expect(writeBehind.lag().entries).toBe(0)
  })

  it('counts them for the pressure, and keeps nobody waiting who wants everything written', async () => {
    documents.held = []
    for (let n = 1; n <= 50; n++) await turn(0, 'a', n)
    let flushed = false
    void writeBehind.flush().then(() => {
      flushed = true
    })
    await settle()
    expect(flushed).toBe(false)
    writeBehind.dropped(new Set([0]))
    expect(writeBehind.pressure()).toBe(0.5)
    await settle()
    expect(flushed).toBe(true)
  })

  it('refuses entries of a shard that was dropped: they would be lost', async () => {
    writeBehind.dropped(new Set([0]))
    expect(() => writeBehind.accept(0, 1, { tenant: 'demo', cid: 'a', n: 1, data: 1 }, {})).toThrow(RangeError)
  })

  it('goes on with a stuck tenant whose shard was dropped', async () => {
    const put = documents.put.bind(documents)
    documents.put = (tenant, writes) =>
      tenant === 'bad' ? Promise.reject(new AppError('storage.unavailable', 'away', { retry: 'later' })) : put(tenant, writes)
    await turn(0, 'a', 1, 'bad')
    await turn(1, 'x', 1, 'bad')
    writeBehind.dropped(new Set([0]))
    for (let n = 1; n <= 40; n++) {
      await turn(1, 'b', n)
      await clock.advance(500)
    }
    expect(await inJournal(1)).toEqual([1])
    expect(kept(0)).toEqual([1])
    documents.put = put
    await clock.advance(40_000)
    expect(await upto('x', 'bad')).toEqual({ upto: 1 })
    expect(await inJournal(1)).toEqual([])
  })

  it('feels the pressure of the room that the journal has now, not of what it had at the start', async () => {
    let room = 1000
    Object.assign(journal, { bytes: () => 950, bytesMax: () => room })
    expect(writeBehind.pressure()).toBe(0.95)
    room = 10_000
    expect(writeBehind.pressure()).toBe(0.095)
  })
})
