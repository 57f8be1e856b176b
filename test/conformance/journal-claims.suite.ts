import { expect, it } from 'vitest'
import { type Claimed, HELD_MS, type Holder, type Journal } from '../../src/storage/port.ts'
import { appendOne, batchOf, claimOne, entry } from './journal-batch.ts'

const holderOf = async (journal: Journal, shard: number): Promise<Holder> => {
  const [holder] = await journal.holders([shard])
  if (holder === undefined) throw new Error('no holder')
  return holder
}

const isQuiet = (journal: Journal, shard: number): Promise<void> =>
  expect.poll(async () => (await holderOf(journal, shard)).quietMs, { timeout: 5000 }).toBeGreaterThanOrEqual(HELD_MS)

/** Claims under conditions, and what the journal says of its holders. */
export function claimSentences(at: () => Journal): void {
  it('tells who holds a shard, who gave it back, and which was never claimed, in the order asked', async () => {
    const journal = at()
    const [one, two] = (await journal.claim([1, 2], 'me')) as [Claimed, Claimed]
    await appendOne(journal, batchOf(one, 0, [entry('a', 1), entry('a', 2)]))
    await journal.release([two])
    expect(await journal.holders([3, 2, 1])).toMatchObject([
      { shard: 3, epoch: 0, owner: '', released: false, tail: 0 },
      { shard: 2, epoch: 1, owner: '', released: true, tail: 0 },
      { shard: 1, epoch: 1, owner: 'me', released: false, tail: 2 },
    ])
    const { quietMs } = await holderOf(journal, 1)
    expect(quietMs).toBeGreaterThanOrEqual(0)
    expect(quietMs).toBeLessThan(HELD_MS)
    expect((await holderOf(journal, 3)).quietMs).toBe(Number.POSITIVE_INFINITY)
    await expect(journal.holders([1024])).rejects.toThrow(RangeError)
  })

  it('leaves a shard out of the answer that is at another epoch than the claimer saw', async () => {
    const journal = at()
    const first = await claimOne(journal, 1, 'first')
    const claims = await journal.claim([1, 2, 3], 'second', {
      expected: new Map([
        [1, 0],
        [2, 0],
        [3, 1],
      ]),
      force: true,
    })
    expect(claims).toMatchObject([{ shard: 2, epoch: 1 }])
    expect(await appendOne(journal, batchOf(first, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
  })

  it('grants a race for one epoch to one of two', async () => {
    const journal = at()
    const race = await Promise.all(['a', 'b'].map((owner) => journal.claim([1], owner, { expected: new Map([[1, 0]]) })))
    expect(race.map((claims) => claims.length).sort()).toEqual([0, 1])
  })

  it('robs a holder that is at work only when forced, a quiet one also without', async () => {
    const journal = at()
    const first = await claimOne(journal, 1, 'first')
    expect(await journal.claim([1], 'second', { expected: new Map([[1, 1]]) })).toEqual([])
    expect(await appendOne(journal, batchOf(first, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
    const [forced] = await journal.claim([1], 'second', { expected: new Map([[1, 1]]), force: true })
    expect(forced).toMatchObject({ epoch: 2, tail: 1 })
    expect(await appendOne(journal, batchOf(first, 1, [entry('a', 2)]))).toMatchObject({ reason: 'fenced' })
    await isQuiet(journal, 1)
    expect(await journal.claim([1], 'third', { expected: new Map([[1, 2]]) })).toMatchObject([{ epoch: 3 }])
  })

  it('counts an append as work of the holder', async () => {
    const journal = at()
    const first = await claimOne(journal, 1, 'first')
    await isQuiet(journal, 1)
    await appendOne(journal, batchOf(first, 0, [entry('a', 1)]))
    expect(await journal.claim([1], 'second', { expected: new Map([[1, 1]]) })).toEqual([])
  })

  it('takes at once what was given back, what was never claimed, and what is the claimer’s own', async () => {
    const journal = at()
    await journal.release([await claimOne(journal, 1, 'first')])
    await claimOne(journal, 2, 'second')
    const expected = new Map([
      [1, 1],
      [2, 1],
      [3, 0],
    ])
    expect(await journal.claim([1, 2, 3], 'second', { expected })).toMatchObject([
      { shard: 1, epoch: 2 },
      { shard: 2, epoch: 2 },
      { shard: 3, epoch: 1 },
    ])
  })

  it('lets an owner go on by the token it had where nobody came between, also after it gave the shard back', async () => {
    const journal = at()
    const first = await claimOne(journal, 1, 'me')
    const [again] = await journal.claim([1], 'me', { held: new Map([[1, first.token]]) })
    expect(again).toMatchObject({ epoch: 2 })
    expect(await appendOne(journal, batchOf(first, 0, [entry('a', 1)]))).toMatchObject({ reason: 'fenced' })
    if (again === undefined) throw new Error('not granted')
    expect(await appendOne(journal, batchOf(again, 0, [entry('a', 1)]))).toEqual({ ok: true, tail: 1 })
    await journal.release([again])
    expect(await journal.claim([1], 'me', { held: new Map([[1, again.token]]) })).toMatchObject([{ epoch: 3, tail: 1 }])
  })

  it('refuses a token of before where another owner came after it, also when that one gave the shard back', async () => {
    const journal = at()
    const first = await claimOne(journal, 1, 'me')
    const other = await claimOne(journal, 1, 'other')
    const held = new Map([[1, first.token]])
    expect(await journal.claim([1], 'me', { held })).toEqual([])
    await journal.release([other])
    expect(await journal.claim([1], 'me', { held })).toEqual([])
    expect(await journal.claim([2], 'me', { held: new Map([[2, 'nonsense']]) })).toEqual([])
  })
}
