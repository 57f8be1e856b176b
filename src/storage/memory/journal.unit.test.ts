import { describe, expect, it } from 'vitest'
import type { Claimed, JournalEntry } from '../port.ts'
import { MemoryJournal } from './journal.ts'

const entry = (n: number): JournalEntry => ({ tenant: 'demo', cid: 'c', n, data: { n } })

async function append(journal: MemoryJournal, { shard, token }: Claimed, from: number, to: number): Promise<void> {
  const entries = Array.from({ length: to - from + 1 }, (_, i) => entry(from + i))
  const [result] = await journal.append([{ shard, token, expectedTail: from - 1, batchId: `${shard}-${to}`, entries }])
  expect(result).toEqual({ ok: true, tail: to })
}

describe('the journal in memory', () => {
  it('measures the quiet of a holder by the clock it is given', async () => {
    let nowMs = 0
    const journal = new MemoryJournal({ clock: { mono: () => nowMs } })
    const [claim] = (await journal.claim([1], 'a')) as [Claimed]
    nowMs = 700
    await append(journal, claim, 1, 1)
    nowMs = 1699
    expect(await journal.holders([1])).toMatchObject([{ quietMs: 999 }])
    expect(await journal.claim([1], 'b', { expected: new Map([[1, 1]]) })).toEqual([])
    nowMs = 1700
    expect(await journal.claim([1], 'b', { expected: new Map([[1, 1]]) })).toMatchObject([{ epoch: 2 }])
  })

  it('loses the newest entries of every shard, with their bytes, and tells all who listen', async () => {
    const journal = new MemoryJournal()
    const told: string[] = []
    journal.onReset(() => told.push('one'))
    journal.onReset(() => told.push('two'))
    const [one, two] = (await journal.claim([1, 2], 'a')) as [Claimed, Claimed]
    await append(journal, one, 1, 1)
    const before = journal.bytes()
    await append(journal, one, 2, 4)
    await append(journal, two, 1, 2)
    journal.lose(3)
    expect((await journal.holders([1, 2])).map(({ tail }) => tail)).toEqual([1, 0])
    expect(journal.bytes()).toBe(before)
    expect(told).toEqual(['one', 'two'])
    expect(
      (await journal.append([{ shard: 1, token: one.token, expectedTail: 1, batchId: 'x', entries: [entry(2)] }]))[0]?.ok,
    ).toBe(true)
  })

  it('loses what was trimmed with the rest: the documents have it, and the owner fills up what it still holds', async () => {
    const journal = new MemoryJournal()
    const [claim] = (await journal.claim([1], 'a')) as [Claimed]
    await append(journal, claim, 1, 6)
    await journal.trim([{ shard: 1, token: claim.token, watermark: 4 }])
    journal.lose(5)
    expect(await journal.holders([1])).toMatchObject([{ tail: 1 }])
    const entries = [5, 6].map((at) => ({ at, ...entry(at) }))
    expect(await journal.restore({ shard: 1, token: claim.token, tail: 6, entries })).toEqual({ ok: true, tail: 6 })
    expect(await journal.claim([1], 'b')).toMatchObject([{ tail: 6, watermark: 1 }])
    expect((await journal.read(1, 1)).map(({ at }) => at)).toEqual([5, 6])
  })

  it('goes back as many claims as it is told', async () => {
    const journal = new MemoryJournal()
    for (const owner of ['a', 'b', 'c']) await journal.claim([1], owner)
    journal.lose(0, { claims: 2 })
    expect(await journal.holders([1])).toMatchObject([{ epoch: 1, owner: 'a' }])
    journal.lose(0, { claims: true })
    expect(await journal.holders([1])).toMatchObject([{ epoch: 0, owner: '', released: false }])
  })
})
