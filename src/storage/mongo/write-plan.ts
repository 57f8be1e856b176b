import type { AnyBulkWriteOperation } from 'mongodb'
import type { Collection, DocumentWrite } from '../port.ts'
import { idOf } from './document-key.ts'
import { encodeDocument, type MongoDocument } from './document-value.ts'

type Operation = AnyBulkWriteOperation<MongoDocument>

/** One write: what to try first, and what to do when that met a document of the same key. */
export interface WriteStep {
  readonly id: string
  /** Only over a lower one. */
  readonly rev: number | undefined
  readonly first: Operation
  readonly again: Operation
}

/** Steps that touch a document once each, so their order does not matter. */
export interface WriteBatch {
  readonly collection: Collection
  readonly steps: readonly WriteStep[]
}

/** Their documents are mostly new: inserting costs a database less than looking first. */
const MOSTLY_NEW: ReadonlySet<Collection> = new Set(['turns', 'mids', 'audit'])

interface Planned {
  readonly write: DocumentWrite
  readonly id: string
  readonly left: number
}

type Wave = Map<Collection, Map<string, Planned>>

/**
 * The writes as batches to be run one after another. Each document comes at most once in a batch: a later write of it waits for
 * a later batch, unless it only says which of two revs stays. Everything is copied. Throws what `encodeDocument` throws.
 */
export function planWrites(writes: readonly DocumentWrite[]): WriteBatch[] {
  const waves: Wave[] = []
  /** By address, the wave of the last write. */
  const lastWave = new Map<string, number>()
  for (const write of writes) {
    const id = idOf(write.id, write.n)
    const address = `${write.collection} ${id}`
    const planned: Planned = { write, id, left: nextLeft() }
    const last = lastWave.get(address)
    const before = last === undefined ? undefined : waves[last]?.get(write.collection)?.get(id)
    if (before !== undefined && isGuarded(before.write) && isGuarded(write)) {
      if ((write.rev ?? 0) > (before.write.rev ?? 0)) waves[last ?? 0]?.get(write.collection)?.set(id, planned)
      continue
    }
    const at = last === undefined ? 0 : last + 1
    lastWave.set(address, at)
    add(waves, at, planned)
  }
  return waves.flatMap((wave) =>
    [...wave].map(([collection, planned]) => ({ collection, steps: [...planned.values()].map(stepOf) })),
  )
}

function add(waves: Wave[], at: number, planned: Planned): void {
  let wave = waves[at]
  if (wave === undefined) {
    wave = new Map()
    waves[at] = wave
  }
  const { collection } = planned.write
  const byId = wave.get(collection) ?? new Map<string, Planned>()
  byId.set(planned.id, planned)
  wave.set(collection, byId)
}

/** Puts a document, and only over a lower rev. */
function isGuarded({ doc, rev }: DocumentWrite): boolean {
  return doc !== null && rev !== undefined
}

/**
 * Every filter but that of a delete with a rev is one `_id` and nothing else. `$max` of a value that begins with its rev does what
 * `{_id, rev: {$lt: …}}` and an upsert would, in one atomic step and without that pair's duplicate key error for "already newer".
 * There is one document of an `_id`; still it is `updateMany`, since FerretDB on SQLite keeps a connection of its 100 open for
 * every `updateOne` until the command's end, and for ever when there are more.
 */
function stepOf({ write, id, left }: Planned): WriteStep {
  const { collection, doc, rev } = write
  if (doc === null) {
    const filter = rev === undefined ? { _id: id } : { _id: id, 'v.rev': { $lt: rev } }
    const operation = { deleteOne: { filter } }
    return { id, rev: undefined, first: operation, again: operation }
  }
  const document = encodeDocument(write.id, write.n, doc, rev ?? 0, left)
  const address = { id: write.id, n: write.n }
  const { v } = document
  const update = rev === undefined ? { $set: { v, ...address } } : { $max: { v }, $setOnInsert: address }
  const again = { updateMany: { filter: { _id: id }, update, upsert: true } }
  return { id, rev, first: MOSTLY_NEW.has(collection) ? { insertOne: { document } } : again, again }
}

let lastMicros = 0

/** What is left of the safe integers after the microseconds since 1970: falls with every call, on every node about alike. */
function nextLeft(): number {
  lastMicros = Math.max(lastMicros + 1, Date.now() * 1000)
  return Number.MAX_SAFE_INTEGER - lastMicros
}
