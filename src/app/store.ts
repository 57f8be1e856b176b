import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/schema.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import type { AppError } from '../kernel/rejection.ts'
import { DiskJournal } from '../storage/disk/journal.ts'
import { lockDirectory } from '../storage/disk/lock.ts'
import { LmdbDocuments } from '../storage/lmdb/documents.ts'
import { MemoryDocuments } from '../storage/memory/documents.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import { MongoDocuments } from '../storage/mongo/documents.ts'
import type { Documents, Journal } from '../storage/port.ts'
import { RedisJournal } from '../storage/redis/journal.ts'
import { readAuthorities } from './tls.ts'

export interface Store {
  readonly journal: Journal
  readonly documents: Documents
  /** After the journal and the documents were closed. */
  unlock(): Promise<void>
}

interface Surroundings {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** The disk failed under the journal. */
  readonly fatal: (error: AppError) => void
}

/** Opens what the configuration names: in the data directory, in memory, in Redis and MongoDB. */
export async function openStore(config: Config, around: Surroundings): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const lock = await lockDirectory(config.dataDir)
  const journal = await openJournal(config, around)
  const documents = await openDocuments(config, around)
  return { journal, documents, unlock: () => lock.release() }
}

async function openJournal(config: Config, { clock, log, metrics, fatal }: Surroundings): Promise<Journal> {
  const { segmentBytes, journalBytesMax: bytesMax } = config
  switch (config.journal) {
    case 'memory':
      return new MemoryJournal({ copy: false })
    case 'redis': {
      const ca = readAuthorities(config.tlsCa)?.redis
      return RedisJournal.open({
        urls: config.redisUrls,
        keyPrefix: `${config.redisPrefix}:`,
        appendTimeoutMs: config.appendTimeoutMs,
        waitReplicas: config.redisReplicasMin,
        bytesMax,
        clock,
        log,
        metrics,
        ...(ca === undefined ? undefined : { ca }),
      })
    }
    case 'disk':
      return DiskJournal.open(join(config.dataDir, 'journal'), { segmentBytes, bytesMax, log, metrics, fatal })
  }
}

async function openDocuments(config: Config, { clock, log, metrics }: Surroundings): Promise<Documents> {
  const [first] = config.mongoUrls
  if (first !== undefined) {
    const ca = readAuthorities(config.tlsCa)?.mongo
    const documents = new MongoDocuments({
      // The first is the default, under whatever name besides.
      urls: { ...Object.fromEntries(config.mongoUrls.map(({ alias, url }) => [alias, url])), default: first.url },
      placement: 'stored',
      connectionsMax: config.mongoConnectionsMax * new Set(config.mongoUrls.map(({ url }) => url)).size,
      clock,
      log,
      metrics,
      ...(ca === undefined ? undefined : { ca }),
    })
    await documents.ping()
    return documents
  }
  return config.journal === 'memory' ? new MemoryDocuments() : new LmdbDocuments(join(config.dataDir, 'documents'))
}
