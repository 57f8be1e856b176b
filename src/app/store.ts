import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/schema.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import type { AppError } from '../kernel/rejection.ts'
import { DiskJournal } from '../storage/disk/journal.ts'
import { lockDirectory } from '../storage/disk/lock.ts'
import { LmdbDocuments } from '../storage/lmdb/documents.ts'
import { MemoryDocuments } from '../storage/memory/documents.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import type { Documents, Journal } from '../storage/port.ts'

export interface Store {
  readonly journal: Journal
  readonly documents: Documents
  /** After the journal and the documents were closed. */
  unlock(): Promise<void>
}

/** Opens what the configuration names: journal log and LMDB in the data directory, or everything in memory. */
export async function openStore(config: Config, log: Log, metrics: Metrics, fatal: (error: AppError) => void): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const lock = await lockDirectory(config.dataDir)
  if (config.journal === 'memory') {
    return { journal: new MemoryJournal({ copy: false }), documents: new MemoryDocuments(), unlock: () => lock.release() }
  }
  const { segmentBytes, journalBytesMax: bytesMax } = config
  const journal = await DiskJournal.open(join(config.dataDir, 'journal'), { segmentBytes, bytesMax, log, metrics, fatal })
  const documents = new LmdbDocuments(join(config.dataDir, 'documents'))
  return { journal, documents, unlock: () => lock.release() }
}
