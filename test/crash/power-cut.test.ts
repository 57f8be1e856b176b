import { describe, expect, it } from 'vitest'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import type { Claimed, JournalEntry } from '../../src/storage/port.ts'
import { FaultyFiles, TEARS, type Tear } from '../fixtures/faulty-file.ts'

const SHARDS = [3, 4, 900]
/** Small, so that the script rolls and drops segments many times. */
const LOG = { segmentBytes: 1500, aheadBytes: 1400 } as const

/** One segment is more than the whole budget, so that new ones begin early. */
const SMALL_BUDGET = { segmentBytes: 1 << 20, aheadBytes: 1400, bytesMax: 16_000 } as const

/** What one shard was told was done, and what it asked for last without an answer. */
interface Known {
  epoch: number
  entries: JournalEntry[]
  watermark: number
  aside: number[]
  unanswered: JournalEntry[]
  /** Watermarks asked for; any of them may be what the disk has. */
  asked: { watermark: number; aside: number[] }
}

class Script {
  readonly known = new Map<number, Known>()
  readonly claims = new Map<number, Claimed>()
  fatal = 0
  acknowledged = 0
  readonly #log: Partial<DiskJournalOptions>

  constructor(log: Partial<DiskJournalOptions> = LOG) {
    this.#log = log
    for (const shard of SHARDS)
      this.known.set(shard, {
        epoch: 0,
        entries: [],
        watermark: 0,
        aside: [],
        unanswered: [],
        asked: { watermark: 0, aside: [] },
      })
  }

  async open(files: FaultyFiles): Promise<DiskJournal> {
    return DiskJournal.on(files, {
      ...this.#log,
      fatal: () => {
        this.fatal++
      },
    })
  }

  /** Claims, 40 groups of appends with timers set and cleared, trims with and without entries set aside, a change of owner. */
  async run(files: FaultyFiles): Promise<void> {
    const journal = await this.open(files)
    await this.claim(journal)
    for (let round = 1; round <= 40; round++) {
      await this.append(journal, round)
      if (round % 3 === 0) await this.trim(journal, round)
      if (round === 20) await this.claim(journal)
    }
    await journal.close()
  }

  /** The script on a disk that will fail. A step in the background tells `fatal` instead of failing the call in hand. */
  async runDespite(files: FaultyFiles): Promise<boolean> {
    const failed = await this.run(files).then(
      () => false,
      () => true,
    )
    return failed || this.fatal > 0
  }

  async claim(journal: DiskJournal): Promise<void> {
    for (const claim of await journal.claim(SHARDS, 'me')) {
      const known = this.of(claim.shard)
      expect(claim.epoch).toBeGreaterThan(known.epoch)
      known.epoch = claim.epoch
      this.claims.set(claim.shard, claim)
    }
  }

  async append(journal: DiskJournal, round: number): Promise<void> {
    const batches = SHARDS.map((shard) => {
      const known = this.of(shard)
      const count = 1 + (round % 3)
      const entries = Array.from({ length: count }, (_, i) => this.entry(shard, known.entries.length + i + 1, round))
      known.unanswered = entries
      return {
        shard,
        token: this.claims.get(shard)?.token ?? '',
        expectedTail: known.entries.length,
        batchId: `${shard}-${round}`,
        entries,
      }
    })
    for (const [index, result] of (await journal.append(batches)).entries()) {
      const known = this.of(batches[index]?.shard ?? -1)
      if (!result.ok) throw new Error(result.msg)
      known.entries.push(...known.unanswered)
      known.unanswered = []
      this.acknowledged++
    }
  }

  async trim(journal: DiskJournal, round: number): Promise<void> {
    const marks = SHARDS.map((shard, index) => {
      const known = this.of(shard)
      // One shard lags far behind, so its entries are written again before their segment goes.
      const watermark = index === 2 && round < 30 ? 1 : known.entries.length - 1
      const aside = index === 1 ? [2, 5, 7].filter((at) => at <= watermark) : []
      known.asked = { watermark, aside }
      return { shard, token: this.claims.get(shard)?.token ?? '', watermark, aside }
    })
    await journal.trim(marks)
    for (const shard of SHARDS) Object.assign(this.of(shard), this.of(shard).asked)
  }

  entry(shard: number, n: number, round: number): JournalEntry {
    // Its timer is set once and must outlive every segment it is written to.
    if (n === 1) return { tenant: 'demo', cid: `quiet${shard}`, n, data: {}, timers: [{ name: 'idle', dueMs: 77 }] }
    const cid = `c${shard}-${n % 4}`
    const timers = n % 3 === 0 ? [{ name: 'idle', dueMs: n * 1000 }] : n % 7 === 0 ? [{ name: 'idle', dueMs: null }] : undefined
    const data = { text: `turn ${n} of round ${round}`, [`key${n % 30}`]: n }
    return { tenant: 'demo', cid, n, data, ...(timers && { timers }) }
  }

  of(shard: number): Known {
    const known = this.known.get(shard)
    if (known === undefined) throw new Error(`no shard ${shard}`)
    return known
  }
}

function timersAfter(entries: readonly JournalEntry[]): Record<string, number> {
  const timers = new Map<string, number>()
  for (const { cid, timers: changes } of entries) {
    for (const { dueMs } of changes ?? []) {
      if (dueMs === null) timers.delete(cid)
      else timers.set(cid, dueMs)
    }
  }
  return Object.fromEntries(timers)
}

/** Every acknowledged entry is there once and in order; the unanswered group wholly or not at all; timers and epochs are right. */
async function check(journal: DiskJournal, script: Script): Promise<void> {
  const claims = await journal.claim(SHARDS, 'after')
  const arrived = claims.map(({ shard, tail }) => tail - script.of(shard).entries.length)
  const all = SHARDS.map((shard) => script.of(shard).unanswered.length)
  expect([all.map(() => 0), all]).toContainEqual(arrived)
  for (const claim of claims) {
    const known = script.of(claim.shard)
    expect(claim.epoch).toBeGreaterThan(known.epoch)
    const log = arrived.some((count) => count > 0) ? [...known.entries, ...known.unanswered] : known.entries
    expect(claim.tail).toBe(log.length)
    expect(claim.watermark).toBeLessThanOrEqual(Math.max(known.watermark, known.asked.watermark))
    const read = await journal.read(claim.shard, 0)
    const positions = read.map(({ at }) => at)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    for (const { at, ...entry } of read) expect(entry).toEqual(log[at - 1])
    const wanted = log
      .map((_, i) => i + 1)
      .filter((at) => at > known.asked.watermark || (known.aside.includes(at) && known.asked.aside.includes(at)))
    expect(positions).toEqual(expect.arrayContaining(wanted))
    const timers = await journal.timers(claim.shard, Number.POSITIVE_INFINITY)
    expect(Object.fromEntries(timers.map(({ cid, dueMs }) => [cid, dueMs]))).toEqual(timersAfter(log))
    // And it goes on from there.
    const next = script.entry(claim.shard, log.length + 1, 99)
    const result = await journal.append([
      { shard: claim.shard, token: claim.token, expectedTail: log.length, batchId: `after-${claim.shard}`, entries: [next] },
    ])
    expect(result).toEqual([{ ok: true, tail: log.length + 1 }])
    expect((await journal.read(claim.shard, log.length)).map(({ at }) => at)).toEqual([log.length + 1])
  }
}

async function cutAndCheck(
  at: number,
  tear: Tear,
  log: Partial<DiskJournalOptions> = LOG,
): Promise<{ operation: string; reopening: number }> {
  const files = new FaultyFiles()
  files.cutAt(at, tear)
  const script = new Script(log)
  await script.runDespite(files)
  expect(files.wasCut).toBe(true)
  const survivor = files.survivor()
  const journal = await script.open(survivor)
  const reopening = survivor.operations.length
  await check(journal, script)
  await journal.close()
  const again = await script.open(survivor.survivor())
  expect((await again.claim(SHARDS, 'again')).every(({ shard, tail }) => tail > script.of(shard).entries.length)).toBe(true)
  await again.close()
  return { operation: files.operations[at - 1] ?? '', reopening }
}

describe('a power cut', () => {
  it('at any step of appends, segment rolls and trims loses nothing acknowledged, repeats nothing, and lets no epoch fall', async () => {
    const whole = new FaultyFiles()
    await new Script().run(whole)
    const kinds = (what: string): number => whole.operations.filter((name) => name.startsWith(what)).length
    // The script does what the test is about: rolls (renames) and trims (removes), many of each.
    expect([kinds('write') > 60, kinds('rename') > 8, kinds('remove') > 5]).toEqual([true, true, true])
    for (let at = 1; at <= whole.operations.length; at++) {
      for (const tear of TEARS) {
        const { operation } = await cutAndCheck(at, tear).catch((error: unknown) => {
          throw new Error(`cut in operation ${at} (${whole.operations[at - 1]}), ${tear} of it written`, { cause: error })
        })
        expect(operation).toBe(whole.operations[at - 1])
      }
    }
  })

  it('at any step of a journal that begins segments early for a small budget is no worse', async () => {
    const whole = new FaultyFiles()
    await new Script(SMALL_BUDGET).run(whole)
    const kinds = (what: string): number => whole.operations.filter((name) => name.startsWith(what)).length
    expect([kinds('rename') > 1, kinds('remove') > 1]).toEqual([true, true])
    for (let at = 1; at <= whole.operations.length; at++) {
      for (const tear of TEARS) await cutAndCheck(at, tear, SMALL_BUDGET)
    }
  })

  it('during the reopening after a power cut is no worse', async () => {
    const whole = new FaultyFiles()
    await new Script().run(whole)
    for (let at = 1; at <= whole.operations.length; at += 3) {
      const files = new FaultyFiles()
      files.cutAt(at, 'half')
      const script = new Script()
      await script.runDespite(files)
      const { reopening } = await cutAndCheck(at, 'half')
      for (let second = 1; second <= reopening; second++) {
        const survivor = files.survivor()
        survivor.cutAt(second, 'half')
        await expect(script.open(survivor)).rejects.toThrow()
        const journal = await script.open(survivor.survivor())
        await check(journal, script)
        await journal.close()
      }
    }
  })
})

describe('a failing disk', () => {
  it('is fatal when a write or sync fails: told once, and nothing is acknowledged any more', async () => {
    const whole = new FaultyFiles()
    await new Script().run(whole)
    for (let at = 2; at <= whole.operations.length; at += 5) {
      const files = new FaultyFiles()
      files.failAt({ at, code: 'EIO', tear: 'all', lasting: false })
      const script = new Script()
      const failed = await script.runDespite(files)
      const operation = whole.operations[at - 1] ?? ''
      // Making the first segment fails the opening; not removing a file, or not cutting one at the end, loses nothing.
      const expected = at <= 3 || operation.startsWith('remove') || operation.startsWith('truncate') ? 0 : 1
      expect([operation, failed, script.fatal]).toEqual([operation, true, expected])
      const journal = await script.open(files.survivor())
      await check(journal, script)
      await journal.close()
    }
  })
})
