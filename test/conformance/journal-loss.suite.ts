import { expect, it, type TestContext } from 'vitest'
import type { Claimed, Journal, Restore, StoredEntry } from '../../src/storage/port.ts'
import { appendOne, batchOf, claimOne, entry, placeOf } from './journal-batch.ts'

interface Losing {
  readonly journal: Journal & Required<Pick<Journal, 'restore' | 'onReset'>>
  readonly checkpoint: () => Promise<() => Promise<void>>
}

interface Place {
  readonly journal: Journal
  readonly place: { readonly checkpoint?: (journal: Journal) => Promise<() => Promise<void>> }
}

const stored = (at: number, cid = 'a'): StoredEntry => ({ at, ...entry(cid, at) })
const places = async (journal: Journal, from = 0): Promise<string[]> => (await journal.read(1, from)).map(placeOf)

async function append(journal: Journal, claim: Claimed, from: number, to: number): Promise<void> {
  const entries = Array.from({ length: to - from + 1 }, (_, i) => entry('a', from + i))
  expect(await appendOne(journal, batchOf(claim, from - 1, entries))).toEqual({ ok: true, tail: to })
}

/** What a journal does whose engine may come back without the newest of what it had acknowledged; nothing for those that cannot. */
export function lossSentences(at: () => Place): void {
  const losing = (sentence: string, run: (losing: Losing) => Promise<void>): void => {
    it(sentence, async (_context: TestContext) => {
      const { journal, place } = at()
      const { checkpoint } = place
      if (checkpoint === undefined) {
        // Then it says so by its shape, and owners do not ask.
        expect([journal.restore, journal.onReset]).toEqual([undefined, undefined])
        return
      }
      await run({ journal: journal as Losing['journal'], checkpoint: () => checkpoint(journal) })
    })
  }

  losing('tells its listeners when the engine came back, and shows what is left', async ({ journal, checkpoint }) => {
    let resets = 0
    journal.onReset(() => resets++)
    const claim = await claimOne(journal, 1)
    await append(journal, claim, 1, 2)
    const back = await checkpoint()
    const timers = [{ name: 'idle', dueMs: 5 }]
    await appendOne(journal, batchOf(claim, 2, [entry('a', 3, { timers })]))
    expect(resets).toBe(0)
    await back()
    await expect.poll(() => resets).toBe(1)
    expect(await places(journal)).toEqual(['1:a:1', '2:a:2'])
    expect(await journal.timers(1, 10)).toEqual([])
    expect(await appendOne(journal, batchOf(claim, 3, [entry('a', 4)]))).toMatchObject({ reason: 'tail' })
  })

  losing('lets an owner restore what was lost, at the same positions, with its timers', async ({ journal, checkpoint }) => {
    const claim = await claimOne(journal, 1)
    await append(journal, claim, 1, 3)
    const back = await checkpoint()
    await append(journal, claim, 4, 6)
    await back()
    const timers = [{ name: 'idle', dueMs: 5 }]
    const entries = [stored(2), stored(3), stored(4), { ...stored(5), timers }, stored(6)]
    const changed = entries.map((each) => (each.at <= 3 ? { ...each, cid: 'other' } : each))
    const what: Restore = { shard: 1, token: claim.token, tail: 6, entries: changed }
    expect(await journal.restore(what)).toEqual({ ok: true, tail: 6 })
    expect(await places(journal)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n}:a:${n}`))
    expect(await journal.timers(1, 10)).toMatchObject([{ cid: 'a', name: 'idle', dueMs: 5 }])
    expect(await journal.restore(what)).toEqual({ ok: true, tail: 6 })
    await append(journal, claim, 7, 7)
    expect(await journal.restore(what)).toEqual({ ok: true, tail: 7 })
    expect(await claimOne(journal, 1, 'next')).toMatchObject({ tail: 7, watermark: 0 })
  })

  losing('restores for the holder alone', async ({ journal, checkpoint }) => {
    const first = await claimOne(journal, 1, 'first')
    const second = await claimOne(journal, 1, 'second')
    const back = await checkpoint()
    await append(journal, second, 1, 2)
    await back()
    const entries = [stored(1), stored(2)]
    expect(await journal.restore({ shard: 1, token: first.token, tail: 2, entries })).toMatchObject({ reason: 'fenced' })
    expect(await places(journal)).toEqual([])
    expect(await journal.restore({ shard: 1, token: second.token, tail: 2, entries })).toEqual({ ok: true, tail: 2 })
  })

  losing('leaves holes for what the documents have, and trims past them', async ({ journal, checkpoint }) => {
    const claim = await claimOne(journal, 1)
    await append(journal, claim, 1, 2)
    const back = await checkpoint()
    await append(journal, claim, 3, 8)
    await journal.trim([{ shard: 1, token: claim.token, watermark: 5, aside: [1] }])
    await back()
    const entries = [stored(1), stored(6), stored(7)]
    expect(await journal.restore({ shard: 1, token: claim.token, tail: 8, entries })).toEqual({ ok: true, tail: 8 })
    const again = await claimOne(journal, 1, 'next')
    expect(again.tail).toBe(8)
    expect(again.watermark).toBeLessThan(6)
    const read = await places(journal, again.watermark)
    expect(read.filter((each) => !each.startsWith('2:') && !each.startsWith('1:'))).toEqual(['6:a:6', '7:a:7'])
    await journal.trim([{ shard: 1, token: again.token, watermark: 7, aside: [6] }])
    expect(await claimOne(journal, 1, 'next')).toMatchObject({ tail: 8, watermark: 5 })
    expect(await places(journal, 5)).toContain('6:a:6')
  })

  losing('takes a batch again whose entries were lost', async ({ journal, checkpoint }) => {
    const claim = await claimOne(journal, 1)
    await append(journal, claim, 1, 2)
    const back = await checkpoint()
    const batch = batchOf(claim, 2, [entry('a', 3)])
    expect(await appendOne(journal, batch)).toEqual({ ok: true, tail: 3 })
    await back()
    expect(await appendOne(journal, batch)).toEqual({ ok: true, tail: 3 })
    expect(await places(journal)).toEqual(['1:a:1', '2:a:2', '3:a:3'])
  })

  losing('lets an owner go on whose claim was lost, above the epochs of both', async ({ journal, checkpoint }) => {
    const first = await claimOne(journal, 1, 'first')
    const back = await checkpoint()
    const second = await claimOne(journal, 1, 'second')
    const third = await claimOne(journal, 1, 'third')
    await back()
    expect(await journal.holders([1])).toMatchObject([{ epoch: 1, owner: 'first' }])
    expect(await appendOne(journal, batchOf(third, 0, [entry('a', 1)]))).toMatchObject({ reason: 'fenced' })
    const [again] = await journal.claim([1], 'third', { held: new Map([[1, third.token]]) })
    expect(again?.epoch).toBeGreaterThan(third.epoch)
    expect(await journal.claim([1], 'first', { held: new Map([[1, first.token]]) })).toEqual([])
    expect(await journal.claim([1], 'second', { held: new Map([[1, second.token]]) })).toEqual([])
  })

  losing('shows a lost claim as none at all, not as one given back', async ({ journal, checkpoint }) => {
    const back = await checkpoint()
    const claim = await claimOne(journal, 1)
    await back()
    expect(await journal.holders([1])).toMatchObject([{ epoch: 0, owner: '', released: false }])
    expect(await journal.claim([1], 'me', { held: new Map([[1, claim.token]]) })).toMatchObject([{ epoch: 2 }])
  })

  losing('does not take a shard back from one that came after the loss, at a lower epoch or at the same', async (each) => {
    const { journal } = each
    await claimOne(journal, 1, 'first')
    const back = await each.checkpoint()
    const second = await claimOne(journal, 1, 'second')
    const third = await claimOne(journal, 1, 'third')
    await back()
    const fourth = await claimOne(journal, 1, 'fourth')
    expect([fourth.epoch, fourth.epoch + 1]).toEqual([second.epoch, third.epoch])
    for (const { token } of [second, third]) {
      expect(await appendOne(journal, batchOf({ ...fourth, token }, 0, [entry('x', 1)]))).toMatchObject({ reason: 'fenced' })
      expect(await journal.claim([1], 'second', { held: new Map([[1, token]]) })).toEqual([])
    }
    await append(journal, fourth, 1, 1)
  })
}
