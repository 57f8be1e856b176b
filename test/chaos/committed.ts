import { type Collection, MongoClient } from 'mongodb'
import type { SealedEntry, TurnsDocument } from '../../src/actors/projection.ts'
import type { EntryData, Snapshot } from '../../src/actors/record.ts'
import { decodeValue, type MongoDocument } from '../../src/storage/mongo/document-value.ts'
import type { JournalEntry } from '../../src/storage/port.ts'
import { opened } from '../sim/ledger.ts'

/** An entry as the documents have it, still sealed: there may be many. */
export interface CommittedEntry {
  readonly n: number
  readonly sealed: SealedEntry
  readonly timers: JournalEntry['timers']
}

/** A conversation as the documents have it. */
export interface Committed {
  readonly tenant: string
  readonly cid: string
  /** JSON of it; undefined where it is missing. */
  snapshot: Snapshot | undefined
  readonly entries: CommittedEntry[]
}

export interface CommittedData {
  readonly conversations: ReadonlyMap<string, Committed>
  /** What no reading can do anything with, or what is there twice. */
  readonly faults: readonly string[]
}

/** Everything that the databases of these tenants hold, read with the driver, past all of our own code but for the decoding. */
export async function readCommitted(url: string, tenants: readonly string[]): Promise<CommittedData> {
  const client = new MongoClient(url)
  const conversations = new Map<string, Committed>()
  const faults: string[] = []
  const of = (tenant: string, cid: string): Committed => {
    const known = conversations.get(`${tenant}/${cid}`)
    if (known !== undefined) return known
    const fresh: Committed = { tenant, cid, snapshot: undefined, entries: [] }
    conversations.set(`${tenant}/${cid}`, fresh)
    return fresh
  }
  try {
    for (const tenant of tenants) {
      const database = client.db(`parley_${tenant}`)
      for await (const { id, v } of each(database.collection<MongoDocument>('conversations'), faults)) {
        of(tenant, id).snapshot = opened(decodeValue(v) as SealedEntry) as unknown as Snapshot
      }
      for await (const { id, v } of each(database.collection<MongoDocument>('turns'), faults)) {
        const { entries } = decodeValue(v) as TurnsDocument
        for (const { n, data, timers } of entries) of(tenant, id).entries.push({ n, sealed: data, timers })
      }
    }
  } finally {
    await client.close()
  }
  return { conversations, faults }
}

async function* each(collection: Collection<MongoDocument>, faults: string[]): AsyncGenerator<MongoDocument> {
  const seen = new Set<string>()
  for await (const document of collection.find({}, { batchSize: 1_000 })) {
    if (seen.has(document._id)) faults.push(`${collection.namespace} holds ${document._id} twice`)
    seen.add(document._id)
    yield document
  }
}

export function entryOf({ sealed }: CommittedEntry): EntryData {
  return opened(sealed)
}
