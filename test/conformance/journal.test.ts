import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import { MemoryJournal } from '../../src/storage/memory/journal.ts'
import type { Journal } from '../../src/storage/port.ts'
import { FaultyFiles } from '../fixtures/faulty-file.ts'
import { type JournalPlace, journalSuite } from './journal.suite.ts'

const fatal = (error: Error): never => {
  throw error
}

async function onDisk(options: Omit<DiskJournalOptions, 'fatal'>): Promise<JournalPlace> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-journal-'))
  const open = (): Promise<DiskJournal> => DiskJournal.open(dir, { fatal, ...options })
  return {
    open,
    reopen: async (journal) => {
      await journal.close()
      return open()
    },
    dispose: () => rm(dir, { recursive: true, force: true }),
  }
}

/** Reopens only after a crash: the object is left as it is, the disk as it was. */
async function onFaultyFiles(options: Omit<DiskJournalOptions, 'fatal'>): Promise<JournalPlace> {
  let files = new FaultyFiles()
  const open = (): Promise<DiskJournal> => DiskJournal.on(files, { fatal, ...options })
  const crash = (): Promise<DiskJournal> => {
    files = files.survivor()
    return open()
  }
  return { open, crash, reopen: crash, dispose: async () => undefined }
}

/** The engine's loss counted from what the shard of the sentences was and is. */
async function checkpoint(journal: Journal): Promise<() => Promise<void>> {
  if (!(journal instanceof MemoryJournal)) throw new Error('not a memory journal')
  const [before] = await journal.holders([1])
  return async () => {
    const [now] = await journal.holders([1])
    const claims = (now?.epoch ?? 0) - (before?.epoch ?? 0)
    journal.lose((now?.tail ?? 0) - (before?.tail ?? 0), { claims })
  }
}

journalSuite('memory', {
  place: async () => ({ open: async () => new MemoryJournal(), checkpoint, dispose: async () => undefined }),
})

journalSuite('disk', { place: () => onDisk({}), runs: 20 })

journalSuite('disk with tiny segments', { place: () => onDisk({ segmentBytes: 2000 }), runs: 20 })

journalSuite('disk on the faulty file, killed at any moment', {
  place: () => onFaultyFiles({ segmentBytes: 1200, aheadBytes: 300 }),
  runs: 150,
})
