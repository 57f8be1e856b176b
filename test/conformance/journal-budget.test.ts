import { expect, it } from 'vitest'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import { MemoryJournal } from '../../src/storage/memory/journal.ts'
import { APPEND_BYTES_MAX, type Claimed } from '../../src/storage/port.ts'
import { FaultyFiles } from '../fixtures/faulty-file.ts'
import { appendOne, batchOf, claimOne, entry } from './journal.suite.ts'

const fatal = (error: Error): never => {
  throw error
}

const open = (files: FaultyFiles, options: Omit<DiskJournalOptions, 'fatal'>): Promise<DiskJournal> =>
  DiskJournal.on(files, { aheadBytes: 0, fatal, ...options })

async function fillUp(journal: DiskJournal, claim: Claimed): Promise<number> {
  for (let tail = claim.tail; ; tail++) {
    const answer = await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1)]))
    if (!answer.ok) return tail
  }
}

it('a budget below one segment is spent and won back like any other', async () => {
  const files = new FaultyFiles()
  const journal = await open(files, { segmentBytes: 64 << 20, bytesMax: 20_000 })
  const claim = await claimOne(journal, 1)
  const tail = await fillUp(journal, claim)
  await journal.trim([{ shard: 1, token: claim.token, watermark: tail }])
  expect(journal.bytes()).toBeLessThan(1000)
  expect(await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1)]))).toEqual({ ok: true, tail: tail + 1 })
  await journal.close()
})

it('small segments in a small budget are won back, and timers that are set stay', async () => {
  const journal = await open(new FaultyFiles(), { segmentBytes: 4000, bytesMax: 16_000 })
  const claim = await claimOne(journal, 1)
  await appendOne(journal, batchOf(claim, 0, [entry('a', 1, { timers: [{ name: 'idle', dueMs: 77 }] })]))
  for (let round = 0, tail = 1; round < 5; round++) {
    tail = await fillUp(journal, { ...claim, tail })
    await journal.trim([{ shard: 1, token: claim.token, watermark: tail }])
    expect(journal.bytes()).toBeLessThan(8000)
  }
  expect(await journal.timers(1, 100)).toMatchObject([{ cid: 'a', name: 'idle', dueMs: 77 }])
  await journal.close()
})

it('a journal that was closed with its budget spent and all of it needless has room again after the next claim', async () => {
  const files = new FaultyFiles()
  const wide = await open(files, { segmentBytes: 64 << 20 })
  const claim = await claimOne(wide, 1)
  for (let tail = 0; tail < 300; tail++) await appendOne(wide, batchOf(claim, tail, [entry('a', tail + 1)]))
  await wide.trim([{ shard: 1, token: claim.token, watermark: 300 }])
  await wide.close()

  const narrow = await open(files, { segmentBytes: 64 << 20, bytesMax: 10_000 })
  expect(narrow.bytes()).toBeGreaterThan(10_000)
  const again = await claimOne(narrow, 1)
  await expect.poll(() => narrow.bytes()).toBeLessThan(1000)
  expect(await appendOne(narrow, batchOf(again, 300, [entry('a', 301)]))).toEqual({ ok: true, tail: 301 })
  await narrow.close()
})

it('segments whose head is larger than their room are dropped once, not written again for ever', async () => {
  const journal = await open(new FaultyFiles(), { segmentBytes: 65_536 })
  const claims = await journal.claim(
    Array.from({ length: 1024 }, (_, shard) => shard),
    'a-name-that-makes-the-head-long',
  )
  for (let round = 0; round < 4; round++) {
    await journal.append(
      claims.map((claim) => {
        const due = entry(`${claim.shard}-${round}`, 1, { timers: [{ name: 'idle', dueMs: 1 }] })
        return batchOf(claim, round, [due], `a-batch-with-a-long-name-${claim.shard}-${round}`)
      }),
    )
  }
  await journal.trim(claims.map(({ shard, token }) => ({ shard, token, watermark: 4 })))
  expect(await journal.timers(5, 1)).toHaveLength(4)
  expect(journal.bytes()).toBeLessThan(2_000_000)
  await journal.close()
})

it.each([
  ['disk', () => open(new FaultyFiles(), {})],
  ['memory', async () => new MemoryJournal()],
])('a call far above the bound is appended whole all the same (%s)', async (_name, make) => {
  const journal = await make()
  const claims = await journal.claim([1, 2, 3], 'me')
  const body = 'x'.repeat(APPEND_BYTES_MAX - 1000)
  const batches = [0, 1].flatMap((tail) => claims.map((claim) => batchOf(claim, tail, [entry('a', tail + 1, { data: body })])))
  const answers = await journal.append(batches)
  expect(answers).toEqual([1, 2].flatMap((tail) => claims.map(() => ({ ok: true, tail }))))
  expect((await journal.read(2, 0)).map(({ data }) => (data as string).length)).toEqual([body.length, body.length])
  await journal.close()
})

it('an entry that fits no frame is refused `full`, with those after it in its shard, and the others of the call are not', async () => {
  const journal = await open(new FaultyFiles(), {})
  const [one, two] = (await journal.claim([1, 2], 'me')) as [Claimed, Claimed]
  const huge = entry('a', 1, { data: 'x'.repeat(25 << 20) })
  const answers = await journal.append([
    batchOf(one, 0, [huge]),
    batchOf(two, 0, [entry('b', 1)]),
    batchOf(one, 1, [entry('a', 2)]),
  ])
  expect(answers).toMatchObject([
    { ok: false, reason: 'full' },
    { ok: true, tail: 1 },
    { ok: false, reason: 'tail' },
  ])
  expect(await appendOne(journal, batchOf(one, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
  expect(await journal.read(1, 0)).toHaveLength(1)
  await journal.close()
})

it('what is left of a segment just left is not written again: it goes when it is flushed, or two segments later', async () => {
  const files = new FaultyFiles()
  const journal = await open(files, { segmentBytes: 4000 })
  const claim = await claimOne(journal, 1)
  const [first] = await files.list()
  let tail = 0
  const append = async (): Promise<readonly string[]> => {
    await appendOne(journal, batchOf(claim, tail, [entry('a', ++tail)]))
    return files.list()
  }
  const trim = async (watermark: number): Promise<readonly string[]> => {
    await journal.trim([{ shard: 1, token: claim.token, watermark }])
    return files.list()
  }
  while ((await append()).length < 2);
  const end = tail
  expect(await trim(end - 2)).toContain(first)
  expect(await trim(end)).not.toContain(first)

  const [second] = await files.list()
  while ((await append()).length < 2);
  const stuck = tail - 1
  expect(await trim(stuck - 1)).toContain(second)
  while ((await append()).length < 3);
  expect(await trim(stuck - 1)).not.toContain(second)
  expect((await journal.read(1, stuck - 1))[0]).toMatchObject({ at: stuck })
  await journal.close()
})
