import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DiskJournal, type DiskJournalOptions } from '../../src/storage/disk/journal.ts'
import { MemoryJournal } from '../../src/storage/memory/journal.ts'
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

journalSuite('memory', {
  place: async () => ({ open: async () => new MemoryJournal(), dispose: async () => undefined }),
})

journalSuite('disk', { place: () => onDisk({}), runs: 20 })

journalSuite('disk with tiny segments', { place: () => onDisk({ segmentBytes: 2000 }), runs: 20 })
