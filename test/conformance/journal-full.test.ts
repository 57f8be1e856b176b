import { describe, expect, it } from 'vitest'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import { FaultyFiles, TEARS } from '../fixtures/faulty-file.ts'
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
      let shape: object = {}
      const append = async (): Promise<string> => {
        const result = await appendOne(
          journal,
          batchOf(claim, tail, [entry('a', tail + 1, { data: { ...shape, text: 'x'.repeat(700) } })]),
        )
        if (result.ok) tail = result.tail
        return result.ok ? 'ok' : result.reason
      }
      for (let i = 0; i < 10; i++) expect(await append()).toBe('ok')
      disk.fill()
      let answer = 'ok'
      for (let i = 0; i < 2000 && answer === 'ok'; i++) answer = await append()
      expect(answer).toBe('full')
      // Keys that the log has not seen yet, first in a write that fails.
      shape = { fresh: 1, nested: { keys: 2 } }
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

describe('an append that finds no room', () => {
  it('leaves nothing behind, even if all of it had been written before the sync failed', async () => {
    for (const code of ['ENOSPC', 'EDQUOT'] as const) {
      for (const tear of TEARS) {
        const files = new FaultyFiles()
        const options = { aheadBytes: 0, fatal: () => undefined }
        const journal = await DiskJournal.on(files, options)
        const claim = await claimOne(journal, 1)
        await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))
        files.failAt({ at: files.operations.length + 1, code, tear, lasting: false })
        expect(await appendOne(journal, batchOf(claim, 1, [entry('a', 2)]))).toMatchObject({ ok: false, reason: 'full' })
        const again = await DiskJournal.on(files.survivor(), options)
        expect(await claimOne(again, 1)).toMatchObject({ tail: 1 })
        expect(await appendOne(journal, batchOf(claim, 1, [entry('b', 1)]))).toEqual({ ok: true, tail: 2 })
      }
    }
  })
})

describe('the journal whose disk failed', () => {
  it('tells it once, acknowledges nothing any more, and takes no claim', async () => {
    for (const tear of TEARS) {
      const files = new FaultyFiles()
      const fatal: unknown[] = []
      const journal = await DiskJournal.on(files, { aheadBytes: 0, fatal: (error) => fatal.push(error) })
      const claim = await claimOne(journal, 1)
      await appendOne(journal, batchOf(claim, 0, [entry('a', 1)]))
      files.failAt({ at: files.operations.length + 1, code: 'EIO', tear, lasting: false })
      for (let i = 0; i < 3; i++)
        expect(await appendOne(journal, batchOf(claim, 1, [entry('a', 2)]))).toMatchObject({ ok: false, reason: 'unavailable' })
      await expect(journal.claim([2], 'me')).rejects.toMatchObject({ code: 'storage.unavailable', retry: 'elsewhere' })
      expect(fatal).toMatchObject([{ code: 'storage.unavailable', cause: { code: 'EIO' } }])
      await journal.close()
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
