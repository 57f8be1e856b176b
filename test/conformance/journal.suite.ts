import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppendBatch, Claimed, Journal, JournalEntry } from '../../src/storage/port.ts'
import { appendOne, batchOf, claimOne, entry, placeOf } from './journal-batch.ts'
import { claimSentences } from './journal-claims.suite.ts'
import { lossSentences } from './journal-loss.suite.ts'

export { appendOne, batchOf, claimOne, entry } from './journal-batch.ts'

/** One journal under test: `open` on a fresh place, and again on what is there. */
export interface JournalPlace {
  open(): Promise<Journal>
  /** Closes and opens again. Undefined when nothing outlives the object. */
  readonly reopen?: (journal: Journal) => Promise<Journal>
  /** As `reopen`, but as a killed process leaves it: not closed. */
  readonly crash?: (journal: Journal) => Promise<Journal>
  /**
   * Only of journals that can lose what they acknowledged. The engine as it is now: calling what it returns brings the engine back
   * to that, by a start of its own, and resolves when the journal works again. Only shard 1 changes in between.
   */
  readonly checkpoint?: (journal: Journal) => Promise<() => Promise<void>>
  dispose(): Promise<void>
}

export interface JournalSuiteOptions {
  readonly place: () => Promise<JournalPlace>
  /** Sequences of the model-based test. */
  readonly runs?: number
}

export function journalSuite(name: string, options: JournalSuiteOptions): void {
  describe(`journal, ${name}`, () => {
    let place: JournalPlace
    let journal: Journal

    beforeEach(async () => {
      place = await options.place()
      journal = await place.open()
    })
    afterEach(async () => {
      await journal.close()
      await place.dispose()
    })

    it('reads back what was appended, in order, as it was', async () => {
      const claim = await claimOne(journal, 7)
      const data = { text: 'ünïcode 🎉', list: [1, -2, 2.5, null, true], nested: { a: { b: [] } }, big: 2 ** 45 }
      const entries = [entry('a', 1, { data }), entry('b', 1), entry('a', 2)]
      expect(await appendOne(journal, batchOf(claim, 0, entries))).toEqual({ ok: true, tail: 3 })
      const read = await journal.read(7, 0)
      expect(read.map(placeOf)).toEqual(['1:a:1', '2:b:1', '3:a:2'])
      expect(read[0]?.data).toEqual(data)
      expect((await journal.read(7, 2)).map(placeOf)).toEqual(['3:a:2'])
      expect(await journal.read(7, 3)).toEqual([])
      expect(await journal.read(8, 0)).toEqual([])
    })

    it('keeps no reference to what the caller handed over', async () => {
      const claim = await claimOne(journal, 1)
      const data = { value: 'before' }
      await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { data })]))
      data.value = 'after'
      const [read] = await journal.read(1, 0)
      expect(read?.data).toEqual({ value: 'before' })
    })

    it('answers each batch of a call for itself, in the order of the batches', async () => {
      const [one, two] = await journal.claim([1, 2], 'me')
      if (one === undefined || two === undefined) throw new Error('no claims')
      const results = await journal.append([
        batchOf(one, 0, [entry('a', 1)]),
        batchOf(two, 5, [entry('b', 1)]),
        batchOf({ ...two, token: 'stranger' }, 0, [entry('b', 1)]),
        batchOf(one, 1, [entry('a', 2), entry('a', 3)]),
      ])
      expect(results.map((result) => (result.ok ? result.tail : result.reason))).toEqual([1, 'tail', 'fenced', 3])
      expect((await journal.read(1, 0)).map(placeOf)).toEqual(['1:a:1', '2:a:2', '3:a:3'])
      expect(await journal.read(2, 0)).toEqual([])
    })

    it('refuses the former owner from the moment another has claimed', async () => {
      const first = await claimOne(journal, 3, 'first')
      await appendOne(journal, batchOf(first, 0, [entry('a', 1)]))
      const second = await claimOne(journal, 3, 'second')
      expect(second.epoch).toBeGreaterThan(first.epoch)
      expect(second.tail).toBe(1)
      expect(await appendOne(journal, batchOf(first, 1, [entry('a', 2)]))).toMatchObject({ ok: false, reason: 'fenced' })
      expect(await appendOne(journal, batchOf(second, 1, [entry('a', 2)]))).toEqual({ ok: true, tail: 2 })
    })

    it('refuses a released token, also after the same owner claimed again', async () => {
      const claim = await claimOne(journal, 3)
      await journal.release([claim])
      expect(await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))).toMatchObject({ reason: 'fenced' })
      const again = await claimOne(journal, 3)
      expect(again.token).not.toBe(claim.token)
      expect(await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))).toMatchObject({ reason: 'fenced' })
    })

    it('takes the last batch once however often it is sent, in one call or in several', async () => {
      const claim = await claimOne(journal, 4)
      const batch = batchOf(claim, 0, [entry('a', 1), entry('a', 2)], 'same')
      expect(await journal.append([batch, batch])).toEqual([
        { ok: true, tail: 2 },
        { ok: true, tail: 2 },
      ])
      expect(await appendOne(journal, batch)).toEqual({ ok: true, tail: 2 })
      const next = await claimOne(journal, 4, 'next')
      expect(await appendOne(journal, { ...batch, token: next.token })).toEqual({ ok: true, tail: 2 })
      expect(await journal.read(4, 0)).toHaveLength(2)
    })

    it('refuses a batch that is empty, too long, or for a shard that does not exist', async () => {
      const claim = await claimOne(journal, 4)
      await expect(journal.append([batchOf(claim, 0, [])])).rejects.toThrow(RangeError)
      const many = Array.from({ length: 4097 }, (_, i) => entry('a', i + 1))
      await expect(journal.append([batchOf(claim, 0, many)])).rejects.toThrow(RangeError)
      await expect(journal.claim([1024], 'me')).rejects.toThrow(RangeError)
      expect(await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
    })

    it('takes 4,096 entries and entries of a megabyte', async () => {
      const claim = await claimOne(journal, 5)
      const many = Array.from({ length: 4096 }, (_, i) => entry('a', i + 1))
      expect(await appendOne(journal, batchOf(claim, 0, many))).toEqual({ ok: true, tail: 4096 })
      const big = entry('b', 1, { data: { text: 'x'.repeat(1 << 20) } })
      expect(await appendOne(journal, batchOf(claim, 4096, [big]))).toEqual({ ok: true, tail: 4097 })
      const read = await journal.read(5, 4000)
      expect(read).toHaveLength(97)
      expect(read.at(-1)?.data).toEqual(big.data)
    })

    it('lists timers that are set, and only those', async () => {
      const claim = await claimOne(journal, 6)
      await appendOne(
        journal,
        batchOf(claim, 0, [
          entry('a', 1, { timers: [{ name: 'idle', dueMs: 1000 }] }),
          entry('b', 1, { timers: [{ name: 'idle', dueMs: 2000 }] }),
          entry('a', 2, {
            timers: [
              { name: 'idle', dueMs: 3000 },
              { name: 'noInput', dueMs: 500 },
            ],
          }),
          entry('b', 2, { timers: [{ name: 'idle', dueMs: null }] }),
        ]),
      )
      const all = await journal.timers(6, Number.POSITIVE_INFINITY)
      expect([...all].sort((x, y) => x.dueMs - y.dueMs)).toEqual([
        { shard: 6, tenant: 'demo', cid: 'a', name: 'noInput', dueMs: 500 },
        { shard: 6, tenant: 'demo', cid: 'a', name: 'idle', dueMs: 3000 },
      ])
      expect(await journal.timers(6, 500)).toHaveLength(1)
      expect(await journal.timers(6, 499)).toHaveLength(0)
      expect(await journal.timers(7, Number.POSITIVE_INFINITY)).toHaveLength(0)
    })

    it('forgets entries at or below the watermark when it likes, and never those above, nor live timers', async () => {
      const claim = await claimOne(journal, 8)
      const timers = [{ name: 'idle', dueMs: 9000 }]
      await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { timers }), entry('a', 2), entry('a', 3)]))
      await journal.trim([{ shard: 8, token: claim.token, watermark: 2 }])
      expect((await journal.read(8, 2)).map(placeOf)).toEqual(['3:a:3'])
      await journal.trim([{ shard: 8, token: claim.token, watermark: 1 }])
      const again = await claimOne(journal, 8)
      expect(again).toMatchObject({ tail: 3, watermark: 2 })
      expect(await journal.timers(8, Number.POSITIVE_INFINITY)).toHaveLength(1)
    })

    it('ignores the trim of a stranger and a watermark beyond the tail', async () => {
      const claim = await claimOne(journal, 8)
      await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))
      await journal.trim([{ shard: 8, token: 'stranger', watermark: 1 }])
      expect((await claimOne(journal, 8)).watermark).toBe(0)
      const now = await claimOne(journal, 8)
      await journal.trim([{ shard: 8, token: now.token, watermark: 99 }])
      expect((await claimOne(journal, 8)).watermark).toBe(1)
    })

    it('keeps what is set aside below the watermark until it is set aside no more', async () => {
      const claim = await claimOne(journal, 9)
      await appendOne(
        journal,
        batchOf(claim, 0, [entry('a', 1), entry('stuck', 1), entry('a', 2), entry('stuck', 2), entry('a', 3)]),
      )
      await journal.trim([{ shard: 9, token: claim.token, watermark: 4, aside: [2, 4] }])
      const kept = await claimOne(journal, 9)
      expect(kept.watermark).toBe(1)
      expect((await journal.read(9, kept.watermark)).map(placeOf).filter((each) => each.includes('stuck'))).toEqual([
        '2:stuck:1',
        '4:stuck:2',
      ])
      await journal.trim([{ shard: 9, token: kept.token, watermark: 5, aside: [4] }])
      expect((await claimOne(journal, 9)).watermark).toBe(3)
      const last = await claimOne(journal, 9)
      await journal.trim([{ shard: 9, token: last.token, watermark: 5 }])
      expect((await claimOne(journal, 9)).watermark).toBe(5)
    })

    it('keeps what a former owner set aside while the next one has not said that it is in the documents', async () => {
      const former = await claimOne(journal, 9)
      const entries = [entry('a', 1), entry('stuck', 1), entry('a', 2), entry('stuck', 2), entry('a', 3)]
      await appendOne(journal, batchOf(former, 0, entries))
      await journal.trim([{ shard: 9, token: former.token, watermark: 5, aside: [2, 4] }])
      const next = await claimOne(journal, 9)
      // It knows of nobody who is stuck: its watermark stands before the first of them, then between them.
      await journal.trim([{ shard: 9, token: next.token, watermark: 1 }])
      const stuck = async (): Promise<string[]> =>
        (await journal.read(9, 0)).map(placeOf).filter((each) => each.includes('stuck'))
      expect(await stuck()).toEqual(['2:stuck:1', '4:stuck:2'])
      await journal.trim([{ shard: 9, token: next.token, watermark: 3 }])
      expect(await stuck()).toContain('4:stuck:2')
      expect((await claimOne(journal, 9)).watermark).toBe(3)
    })

    it('grows by what is appended', async () => {
      const claim = await claimOne(journal, 1)
      const before = journal.bytes()
      await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { data: { text: 'x'.repeat(5000) } })]))
      expect(journal.bytes() - before).toBeGreaterThan(5000)
    })

    it('claims all 1,024 shards in one go', async () => {
      const claims = await journal.claim(
        Array.from({ length: 1024 }, (_, shard) => shard),
        'me',
      )
      expect(claims).toHaveLength(1024)
      expect(claims.every((claim, shard) => claim.shard === shard && claim.epoch === 1 && claim.tail === 0)).toBe(true)
    })

    claimSentences(() => journal)
    lossSentences(() => ({ journal, place }))

    it('agrees with the model over any sequence of calls', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
          const own = await options.place()
          try {
            await runModel(own, steps)
          } finally {
            await own.dispose()
          }
        }),
        { numRuns: options.runs ?? 40 },
      )
    }, 60_000)
  })
}

const SHARDS = [0, 1, 512]
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      shard: fc.constantFrom(...SHARDS),
      count: fc.integer({ min: 1, max: 5 }),
      pad: fc.integer({ min: 0, max: 400 }),
      timer: fc.constantFrom('none', 'set', 'clear'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stale' as const), shard: fc.constantFrom(...SHARDS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), shard: fc.constantFrom(...SHARDS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wrongTail' as const),
      shard: fc.constantFrom(...SHARDS),
      off: fc.constantFrom(-1, 1, 7),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim' as const), shard: fc.constantFrom(...SHARDS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), shard: fc.constantFrom(...SHARDS) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('trim' as const),
      shard: fc.constantFrom(...SHARDS),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      aside: fc.constantFrom(0, 2, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reopen' as const, 'crash' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface ModelShard {
  epoch: number
  claim: Claimed | undefined
  old: Claimed | undefined
  last: AppendBatch | undefined
  entries: JournalEntry[]
  watermark: number
  aside: number[]
  timers: Map<string, number>
}

/** The simplest journal there is, run beside the real one. */
async function runModel(place: JournalPlace, steps: readonly Step[]): Promise<void> {
  let journal = await place.open()
  const model = new Map<number, ModelShard>()
  for (const shard of SHARDS) {
    model.set(shard, {
      epoch: 0,
      claim: undefined,
      old: undefined,
      last: undefined,
      entries: [],
      watermark: 0,
      aside: [],
      timers: new Map(),
    })
  }
  try {
    for (const each of steps) {
      if (!('shard' in each)) {
        const again = each.do === 'reopen' ? place.reopen : place.crash
        if (again === undefined) continue
        journal = await again(journal)
        for (const shard of model.values()) {
          shard.old = shard.claim ?? shard.old
          shard.claim = undefined
        }
        continue
      }
      const shard = model.get(each.shard)
      if (shard === undefined) throw new Error('no such shard')
      await runStep(journal, each, shard)
    }
    for (const [number, shard] of model) await checkShard(journal, number, shard)
  } finally {
    await journal.close()
  }
}

async function runStep(journal: Journal, each: Extract<Step, { shard: number }>, shard: ModelShard): Promise<void> {
  if (each.do === 'claim' || shard.claim === undefined) {
    const claim = await claimOne(journal, each.shard)
    expect(claim.epoch).toBeGreaterThan(shard.epoch)
    expect(claim.tail).toBe(shard.entries.length)
    // A crash may bring back an older watermark, never a newer one.
    expect(claim.watermark).toBeLessThanOrEqual(floorOf(shard))
    shard.old = shard.claim ?? shard.old
    shard.claim = claim
    shard.epoch = claim.epoch
  }
  const { claim } = shard
  if (claim === undefined) return
  if (each.do === 'release') {
    await journal.release([claim])
    shard.old = claim
    shard.claim = undefined
  } else if (each.do === 'stale' && shard.old !== undefined) {
    expect(await appendOne(journal, batchOf(shard.old, shard.entries.length, [entry('x', 1)]))).toMatchObject({
      reason: 'fenced',
    })
  } else if (each.do === 'wrongTail') {
    expect(await appendOne(journal, batchOf(claim, shard.entries.length + each.off, [entry('x', 1)]))).toMatchObject({
      reason: 'tail',
    })
  } else if (each.do === 'repeat' && shard.last !== undefined) {
    expect(await appendOne(journal, { ...shard.last, token: claim.token })).toEqual({ ok: true, tail: shard.entries.length })
  } else if (each.do === 'append') {
    await appendModel(journal, each, shard, claim)
  } else if (each.do === 'trim') {
    const watermark = Math.floor(shard.entries.length * each.share)
    const wanted = (at: number): boolean => at > shard.watermark || shard.aside.includes(at)
    const aside = shard.entries.map((_, i) => i + 1).filter((at) => at <= watermark && each.aside > 0 && at % each.aside === 0)
    await journal.trim([{ shard: each.shard, token: claim.token, watermark, aside }])
    const after = Math.max(watermark, shard.watermark)
    const left = shard.aside.filter((at) => at > watermark)
    shard.aside = [...aside.filter((at) => wanted(at) && at <= after), ...left]
    shard.watermark = after
  }
}

async function appendModel(
  journal: Journal,
  each: Extract<Step, { do: 'append' }>,
  shard: ModelShard,
  claim: Claimed,
): Promise<void> {
  const entries: JournalEntry[] = []
  for (let i = 0; i < each.count; i++) {
    const n = shard.entries.length + i + 1
    const cid = `c${each.shard}-${n % 3}`
    const timers = each.timer === 'none' ? {} : { timers: [{ name: 'idle', dueMs: each.timer === 'set' ? n * 10 : null }] }
    entries.push(entry(cid, n, { data: { text: 'x'.repeat(each.pad), [`key${n % 40}`]: n }, ...timers }))
    if (each.timer === 'set') shard.timers.set(cid, n * 10)
    if (each.timer === 'clear') shard.timers.delete(cid)
  }
  const batch = batchOf(claim, shard.entries.length, entries)
  shard.entries.push(...entries)
  shard.last = batch
  expect(await appendOne(journal, batch)).toEqual({ ok: true, tail: shard.entries.length })
}

function floorOf(shard: ModelShard): number {
  const [first] = shard.aside
  return first === undefined ? shard.watermark : Math.min(shard.watermark, first - 1)
}

async function checkShard(journal: Journal, number: number, shard: ModelShard): Promise<void> {
  const read = await journal.read(number, 0)
  const positions = read.map(({ at }) => at)
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
  for (const stored of read) {
    const { at, ...rest } = stored
    expect(rest).toEqual(shard.entries[at - 1])
  }
  const wanted = shard.entries.map((_, i) => i + 1).filter((at) => at > shard.watermark || shard.aside.includes(at))
  expect(positions).toEqual(expect.arrayContaining(wanted))
  const timers = await journal.timers(number, Number.POSITIVE_INFINITY)
  expect(Object.fromEntries(timers.map(({ cid, dueMs }) => [cid, dueMs]))).toEqual(Object.fromEntries(shard.timers))
}
