import { describe, expect, it } from 'vitest'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import { FaultyFiles } from '../fixtures/faulty-file.ts'
import { smallDisk } from '../fixtures/small-disk.ts'
import { appendOne, batchOf, claimOne, entry } from './journal.suite.ts'

interface FullDisk {
  open(options: DiskJournalOptions): Promise<DiskJournal>
  /** A journal's later opening of the same disk. */
  reopen(options: DiskJournalOptions): Promise<DiskJournal>
  fill(): void
  free(): void
  dispose(): void
}

function faulty(): FullDisk {
  const files = new FaultyFiles()
  return {
    open: (options) => DiskJournal.on(files, options),
    reopen: (options) => DiskJournal.on(files.survivor(), options),
    fill: () => {
      files.capacity = files.used() + 1000
    },
    free: () => files.heal(),
    dispose: () => undefined,
  }
}

/** A real one; made up as well where this process may not mount (a normal user's), so that the tests always run. */
function real(): FullDisk {
  const disk = smallDisk(3 << 20)
  if (disk === undefined) return faulty()
  const open = (options: DiskJournalOptions): Promise<DiskJournal> => DiskJournal.open(`${disk.dir}/journal`, options)
  return { open, reopen: open, fill: () => disk.fill(8192), free: disk.free, dispose: disk.dispose }
}

const limits = [
  { segmentBytes: 64 << 20, aheadBytes: 64 << 10 },
  { segmentBytes: 20_000, aheadBytes: 4096 },
  { segmentBytes: 20_000, aheadBytes: 0 },
]

describe.each([
  ['made up', faulty],
  ['a tmpfs where possible', real],
] as const)('the journal on a full disk (%s)', (_name, make) => {
  it.each(limits)('refuses with `full`, loses nothing it acknowledged, and works again when there is room: %o', async (sizes) => {
    const disk = make()
    const options = {
      ...sizes,
      fatal: (error: Error): void => {
        throw error
      },
    }
    try {
      const journal = await disk.open(options)
      const claim = await claimOne(journal, 1)
      let tail = 0
      const append = async (): Promise<string> => {
        const result = await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1, { data: { text: 'x'.repeat(700) } })]))
        if (result.ok) tail = result.tail
        return result.ok ? 'ok' : result.reason
      }
      for (let i = 0; i < 10; i++) expect(await append()).toBe('ok')
      disk.fill()
      let answer = 'ok'
      for (let i = 0; i < 2000 && answer === 'ok'; i++) answer = await append()
      expect(answer).toBe('full')
      const acknowledged = tail
      expect(await append()).toBe('full')
      expect((await journal.read(1, 0)).map(({ at }) => at)).toEqual(Array.from({ length: acknowledged }, (_, i) => i + 1))
      disk.free()
      for (let i = 0; i < 30; i++) expect(await append()).toBe('ok')
      await journal.close()
      const again = await disk.reopen(options)
      const reclaimed = await claimOne(again, 1)
      expect(reclaimed.tail).toBe(tail)
      expect((await again.read(1, 0)).map(({ n }) => n)).toEqual(Array.from({ length: tail }, (_, i) => i + 1))
      await again.close()
    } finally {
      disk.dispose()
    }
  })
})

describe('the journal whose budget of bytes is spent', () => {
  it('refuses with `full` until a trim makes room', async () => {
    const files = new FaultyFiles()
    const journal = await DiskJournal.on(files, { segmentBytes: 4000, bytesMax: 10_000, aheadBytes: 0, fatal: () => undefined })
    const claim = await claimOne(journal, 1)
    let tail = 0
    for (let result = 'ok'; result === 'ok'; ) {
      const answer = await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1)]))
      if (answer.ok) tail = answer.tail
      result = answer.ok ? 'ok' : answer.reason
      if (!answer.ok) expect(answer.reason).toBe('full')
    }
    await journal.trim([{ shard: 1, token: claim.token, watermark: tail }])
    expect(journal.bytes()).toBeLessThan(6000)
    expect(await appendOne(journal, batchOf(claim, tail, [entry('a', tail + 1)]))).toMatchObject({ ok: true })
    await journal.close()
  })
})
