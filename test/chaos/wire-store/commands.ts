import type { Document } from 'mongodb'
import type { Store } from './store.ts'

const DUPLICATE_KEY = 11_000
const NO_SUCH_COMMAND = 59
const WIRE_VERSION = { min: 0, max: 21 } as const
const BATCH_DEFAULT = 101

/** Answers the commands that the driver and the documents adapter send; each change of a document is atomic. */
export class Commands {
  readonly #store: Store
  readonly #cursors = new Map<number, { readonly ns: string; readonly rest: Document[] }>()
  #cursorIds = 0

  constructor(store: Store) {
    this.#store = store
  }

  answer(command: Document): Document {
    const [name = ''] = Object.keys(command)
    const ns = `${String(command.$db)}.${String(command[name])}`
    switch (name) {
      case 'hello':
      case 'isMaster':
      case 'ismaster':
        return hello()
      case 'ping':
      case 'endSessions':
      case 'killCursors':
        return { ok: 1 }
      case 'insert':
        return this.#insert(ns, command.documents as Document[])
      case 'update':
        return this.#update(ns, command.updates as Document[])
      case 'delete':
        return this.#delete(ns, command.deletes as Document[])
      case 'find':
        return this.#find(ns, command)
      case 'getMore':
        return this.#more(Number(command.getMore), Number(command.batchSize ?? BATCH_DEFAULT))
      case 'listDatabases':
        return { databases: this.#store.databases().map((database) => ({ name: database })), ok: 1 }
      case 'dropDatabase':
        this.#store.write([{ ns: String(command.$db) }])
        return { ok: 1 }
      default:
        return { ok: 0, code: NO_SUCH_COMMAND, codeName: 'CommandNotFound', errmsg: `no such command: ${name}` }
    }
  }

  #insert(ns: string, documents: readonly Document[]): Document {
    const shelf = this.#store.shelf(ns)
    const fresh: Document[] = []
    const writeErrors: Document[] = []
    for (const [index, d] of documents.entries()) {
      const isKnown = shelf.documents.has(String(d._id)) || fresh.some((other) => other._id === d._id)
      if (isKnown) writeErrors.push({ index, code: DUPLICATE_KEY, errmsg: `E11000 duplicate key: ${d._id}` })
      else fresh.push(d)
    }
    this.#store.write(fresh.map((d) => ({ ns, d })))
    return { n: fresh.length, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 }
  }

  #update(ns: string, updates: readonly Document[]): Document {
    const shelf = this.#store.shelf(ns)
    const upserted: Document[] = []
    let n = 0
    let nModified = 0
    for (const [index, { q, u, upsert }] of updates.entries()) {
      const id = String((q as Document)._id)
      const before = shelf.documents.get(id)
      if (before === undefined && upsert !== true) continue
      n++
      const d = changed(before, id, u as Document)
      if (d === before) continue
      this.#store.write([{ ns, d }])
      if (before === undefined) upserted.push({ index, _id: id })
      else nModified++
    }
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ok: 1 }
  }

  #delete(ns: string, deletes: readonly Document[]): Document {
    const shelf = this.#store.shelf(ns)
    let n = 0
    for (const { q } of deletes) {
      const { _id, 'v.rev': rev } = q as Document
      const found = shelf.documents.get(String(_id))
      if (found === undefined || (rev !== undefined && Number(found.v?.rev) >= Number(rev.$lt))) continue
      this.#store.write([{ ns, id: String(_id) }])
      n++
    }
    return { n, ok: 1 }
  }

  #find(ns: string, { filter = {}, sort = {}, limit = 0, batchSize = BATCH_DEFAULT }: Document): Document {
    const shelf = this.#store.shelf(ns)
    const ids = [...idsOf(shelf, filter as Document)]
    if (Number((sort as Document)._id) === -1) ids.reverse()
    const wanted = Number(limit) > 0 ? ids.slice(0, Number(limit)) : ids
    const found = wanted.flatMap((id) => shelf.documents.get(id) ?? [])
    const firstBatch = found.slice(0, Number(batchSize))
    const rest = found.slice(firstBatch.length)
    let id = 0
    if (rest.length > 0) {
      id = ++this.#cursorIds
      this.#cursors.set(id, { ns, rest })
    }
    return { cursor: { id: BigInt(id), ns, firstBatch }, ok: 1 }
  }

  #more(id: number, batchSize: number): Document {
    const cursor = this.#cursors.get(id)
    if (cursor === undefined) return { ok: 0, code: 43, codeName: 'CursorNotFound', errmsg: `no cursor ${id}` }
    const nextBatch = cursor.rest.splice(0, batchSize)
    if (cursor.rest.length === 0) this.#cursors.delete(id)
    return { cursor: { id: BigInt(cursor.rest.length === 0 ? 0 : id), ns: cursor.ns, nextBatch }, ok: 1 }
  }
}

function hello(): Document {
  return {
    ismaster: true,
    isWritablePrimary: true,
    helloOk: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    minWireVersion: WIRE_VERSION.min,
    maxWireVersion: WIRE_VERSION.max,
    readOnly: false,
    ok: 1,
  }
}

function idsOf(
  shelf: { range(low: string, high: string | undefined): readonly string[] },
  { _id: condition }: Document,
): readonly string[] {
  if (typeof condition === 'string') return [condition]
  const { $in, $gte = '', $lte, $lt } = (condition ?? {}) as Document
  if (Array.isArray($in)) return $in.map(String)
  const ids = shelf.range(String($gte), $lte === undefined ? undefined : String($lte))
  return $lt === undefined ? ids : ids.filter((id) => id < $lt)
}

/** The same object when nothing changes. */
function changed(before: Document | undefined, id: string, { $max, $set, $setOnInsert = {} }: Document): Document {
  if (before === undefined) return { _id: id, ...$setOnInsert, ...$set, ...$max }
  if ($set !== undefined) return { ...before, ...$set }
  if ($max === undefined || !isAbove($max.v as Document, before.v as Document)) return before
  return { ...before, ...$max }
}

/** As MongoDB compares documents, of which these begin with two numbers that are never both alike. */
function isAbove(a: Document, b: Document): boolean {
  return a.rev === b.rev ? Number(a.left) > Number(b.left) : Number(a.rev) > Number(b.rev)
}
