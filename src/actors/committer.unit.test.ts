import { beforeEach, describe, expect, it } from 'vitest'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import type { AppendBatch, AppendResult } from '../storage/port.ts'
import { Committer } from './committer.ts'

/** A journal whose appends answer when they are let, or as told. */
class HeldJournal extends MemoryJournal {
  held: (() => void)[] | undefined
  readonly faults: ((batches: readonly AppendBatch[]) => Promise<readonly AppendResult[]>)[] = []
  readonly batches: AppendBatch[] = []

  override async append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    this.batches.push(...batches)
    const fault = this.faults.shift()
    if (fault) return fault(batches)
    const { held } = this
    if (held) await new Promise<void>((resolve) => held.push(resolve))
    return super.append(batches)
  }

  async appended(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    return super.append(batches)
  }
}

describe('the committer', () => {
  let clock: VirtualClock
  let journal: HeldJournal
  let committer: Committer
  let lost: [number, boolean][]
  let slowMs: number
  let told: string[]

  beforeEach(() => {
    clock = new VirtualClock()
    journal = new HeldJournal({ clock })
    lost = []
    told = []
    slowMs = 0
    committer = new Committer({
      journal,
      clock,
      log: silentLog,
      metrics: noMetrics,
      onLost: (shard, fenced) => lost.push([shard, fenced]),
      slowMs: () => slowMs,
    })
  })

  const claim = async (shard: number): Promise<void> => committer.claimed(await journal.claim([shard], 'me'))
  const add = (shard: number, name: string): void =>
    committer.add(
      shard,
      { tenant: 'demo', cid: 'c', n: 1, data: name },
      {
        committed: (at) => told.push(`${name} at ${at}`),
        refused: (reason) => told.push(`${name} ${reason}`),
      },
    )
  const stored = async (shard: number): Promise<unknown[]> => (await journal.read(shard, 0)).map(({ data }) => data)

  it('commits what came together in one append, in order', async () => {
    await claim(5)
    for (const name of ['a', 'b', 'c']) add(5, name)
    expect(told).toEqual([])
    await settle()
    expect(told).toEqual(['a at 1', 'b at 2', 'c at 3'])
    expect(journal.batches).toHaveLength(1)
  })

  it('refuses what waits when its shard is dropped, and never writes it', async () => {
    await claim(5)
    add(5, 'a')
    committer.drop(5)
    expect(told).toEqual(['a fenced'])
    await claim(5)
    add(5, 'b')
    await settle()
    expect(told).toEqual(['a fenced', 'b at 1'])
    expect(await stored(5)).toEqual(['b'])
  })

  it('lets no entry made before a drop into the log under a later claim', async () => {
    await claim(5)
    journal.held = []
    add(5, 'under way')
    await settle()
    add(5, 'waits')
    committer.drop(5)
    expect(told).toEqual(['waits fenced'])
    await claim(5)
    add(5, 'after')
    for (let i = 0; i < 4; i++) {
      for (const resolve of journal.held.splice(0)) resolve()
      await settle()
    }
    expect(told).toEqual(['waits fenced', 'under way unavailable', 'after at 1'])
    expect(await stored(5)).toEqual(['after'])
    expect(lost).toEqual([])
  })

  it('says unknown of what was on its way at the drop, though the journal has it', async () => {
    await claim(5)
    let answer: () => void = () => undefined
    journal.faults.push(async (batches) => {
      const results = await journal.appended(batches)
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return results
    })
    add(5, 'a')
    await settle()
    committer.drop(5)
    await claim(5)
    expect(committer.tailOf(5)).toBe(1)
    answer()
    await settle()
    expect(told).toEqual(['a unavailable'])
    expect(committer.tailOf(5)).toBe(1)
    add(5, 'b')
    await settle()
    expect(told).toEqual(['a unavailable', 'b at 2'])
  })

  it('goes on with other shards when one is dropped', async () => {
    await claim(5)
    await claim(6)
    add(5, 'a')
    add(6, 'b')
    committer.drop(5)
    await settle()
    expect(told).toEqual(['a fenced', 'b at 1'])
  })

  it('is idle when what waited was dropped', async () => {
    await claim(5)
    slowMs = 25
    add(5, 'a')
    let idle = false
    void committer.idle().then(() => {
      idle = true
    })
    await settle()
    expect(idle).toBe(false)
    committer.drop(5)
    await clock.advance(100)
    expect(idle).toBe(true)
  })

  it('is busy with a shard until its entries are told about', async () => {
    await claim(5)
    journal.held = []
    expect(committer.isBusy(5)).toBe(false)
    add(5, 'a')
    expect(committer.isBusy(5)).toBe(true)
    await settle()
    expect(committer.isBusy(5)).toBe(true)
    for (const resolve of journal.held) resolve()
    await settle()
    expect([committer.isBusy(5), told]).toEqual([false, ['a at 1']])
  })

  it('settles an unknown outcome by the same batch id, and writes nothing twice', async () => {
    await claim(5)
    const unknown: AppendResult = { ok: false, reason: 'unavailable', msg: 'no answer' }
    journal.faults.push(async (batches) => {
      await journal.appended(batches)
      return [unknown]
    })
    add(5, 'a')
    await settle()
    expect(told).toEqual([])
    await clock.advance(50)
    expect(told).toEqual(['a at 1'])
    expect(await stored(5)).toEqual(['a'])
    expect(new Set(journal.batches.map(({ batchId }) => batchId)).size).toBe(1)
  })

  it('does not say that nothing happened where the journal is full only when it is asked again', async () => {
    await claim(5)
    const full: AppendResult = { ok: false, reason: 'full', msg: 'no room' }
    journal.faults.push(async (batches) => {
      await journal.appended(batches)
      return [{ ok: false, reason: 'unavailable', msg: 'no answer' }]
    })
    for (let i = 0; i < 5; i++) journal.faults.push(async () => [full])
    add(5, 'a')
    await clock.advance(2000)
    expect(await stored(5)).toEqual(['a'])
    expect([told, lost, committer.owns(5)]).toEqual([['a unavailable'], [[5, false]], false])
  })

  it('gives a shard up whose outcome stays unknown: its log has to be read again', async () => {
    await claim(5)
    const unknown: AppendResult = { ok: false, reason: 'unavailable', msg: 'no answer' }
    for (let i = 0; i < 6; i++) journal.faults.push(async () => [unknown])
    add(5, 'a')
    await clock.advance(2000)
    expect(told).toEqual(['a unavailable'])
    expect(lost).toEqual([[5, false]])
    expect(committer.owns(5)).toBe(false)
  })

  it('gives a shard up that another has, telling nobody that it happened', async () => {
    await claim(5)
    await journal.claim([5], 'other')
    add(5, 'a')
    await settle()
    expect(told).toEqual(['a fenced'])
    expect(lost).toEqual([[5, true]])
  })

  it('keeps the shard when the journal is full', async () => {
    await claim(5)
    journal.faults.push(async () => [{ ok: false, reason: 'full', msg: 'no room' }])
    add(5, 'a')
    await settle()
    expect([told, lost, committer.owns(5)]).toEqual([['a full'], [], true])
  })

  it('remembers the newest position that it knew of a shard that it let go', async () => {
    await claim(5)
    add(5, 'a')
    await settle()
    committer.drop(5)
    expect([committer.tailOf(5), committer.owns(5)]).toEqual([1, false])
  })
})
