import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { getLastVersion, open, type RangeOptions, type RootDatabase } from 'lmdb'
import { Packr } from 'msgpackr'
import { AppError } from '../../kernel/rejection.ts'
import type { Collection, DocumentKey, DocumentWrite, PageRequest, StoredDocument } from '../port.ts'

/** Stands beside the collections; no collection begins with '#'. */
const STRUCTURES = ['#structures']
/** Key sets beyond this are written inline in each document. */
const SHARED_STRUCTURES_MAX = 255
/** After every text that may be an id (LMDB's ordered keys put `true` before numbers and texts; U+FFFF after both). */
const AFTER = '\uffff'

/**
 * One tenant's file. Documents are msgpack with key sets shared over the file; new key sets are written in the same
 * transaction as the first document that uses them. (lmdb's own shared structures are saved in a blocking transaction of
 * their own, which would hold up the event loop for a sync.)
 */
export class Environment {
  readonly #path: string
  readonly #db: RootDatabase<Buffer>
  readonly #packr: Packr
  #structures: unknown
  #unwritten = false

  constructor(path: string) {
    this.#path = path
    this.#db = open<Buffer>({
      path,
      noSubdir: true,
      encoding: 'binary',
      useVersions: true,
      // One commit is one sync, and a write that failed says so; overlapping syncs tell a failed one to nobody.
      overlappingSync: false,
      // With it, a failed commit also rejects a promise that nobody can reach, and an unhandled rejection ends the process.
      eventTurnBatching: false,
      maxReaders: 32,
    })
    const stored = this.#db.getBinary(STRUCTURES)
    this.#structures = stored === undefined ? [] : plain.unpack(stored)
    this.#packr = new Packr({
      getStructures: () => structuredClone(this.#structures) as object[],
      saveStructures: (structures) => {
        this.#structures = (structures as string[][]).map((keys) => [...keys])
        this.#unwritten = true
      },
      maxSharedStructures: SHARED_STRUCTURES_MAX,
      copyBuffers: true,
    })
  }

  /** Durable when it resolves; all of it or nothing. */
  async put(writes: readonly DocumentWrite[]): Promise<void> {
    const packed = writes.map(({ doc }) => (doc === null ? undefined : this.#packr.pack(doc)))
    const structures = this.#unwritten ? plain.pack(this.#structures) : undefined
    // Marked as written before the answer: what is packed meanwhile may add to them and must mark them again.
    this.#unwritten = false
    const db = this.#db
    try {
      await db.transaction(() => {
        if (structures !== undefined) void db.put(STRUCTURES, structures, 0)
        for (const [index, { collection, id, n, rev }] of writes.entries()) {
          const key = [collection, id, n]
          if (rev !== undefined && db.getBinaryFast(key) !== undefined && getLastVersion() >= rev) continue
          const value = packed[index]
          if (value === undefined) void db.remove(key)
          else void db.put(key, value, rev ?? 0)
        }
      })
    } catch (error) {
      if (structures !== undefined) this.#unwritten = true
      throw await faultOf(error, this.#path)
    }
  }

  get(collection: Collection, { id, n }: DocumentKey): StoredDocument | undefined {
    const found = this.#db.getEntry([collection, id, n])
    return found && { id, n, rev: found.version ?? 0, doc: this.#unpack(found.value) }
  }

  page(request: PageRequest): StoredDocument[] {
    const found: StoredDocument[] = []
    for (const { key, value, version } of this.#db.getRange(rangeOf(request))) {
      const [, id, n] = key as unknown as [Collection, string, number]
      found.push({ id, n, rev: version ?? 0, doc: this.#unpack(value) })
    }
    return found
  }

  close(): Promise<void> {
    return this.#db.close()
  }

  #unpack(value: Buffer): unknown {
    try {
      return this.#packr.unpack(value)
    } catch (cause) {
      throw new AppError('storage.corrupt', 'a document cannot be read', { retry: 'never', cause })
    }
  }
}

const plain = new Packr({ useRecords: false })

/** Inclusive bounds of the keys; reverse ranges start at the high end. */
function rangeOf({
  collection,
  id,
  afterId,
  fromN = 0,
  toN = Number.MAX_SAFE_INTEGER,
  reverse = false,
  limit,
}: PageRequest): RangeOptions {
  const common = { reverse, limit, versions: true }
  if (id !== undefined) {
    const [low, high] = [
      [collection, id, fromN],
      [collection, id, toN],
    ]
    return reverse
      ? { ...common, start: high, end: low, inclusiveEnd: true }
      : { ...common, start: low, end: high, inclusiveEnd: true }
  }
  if (reverse) {
    // Below every document of `afterId`: those have a number after the id.
    return {
      ...common,
      start: afterId === undefined ? [collection, AFTER] : [collection, afterId],
      end: [collection],
      exclusiveStart: true,
    }
  }
  return { ...common, start: afterId === undefined ? [collection] : [collection, afterId, AFTER], end: [collection, AFTER] }
}

/**
 * The fault behind a failed write to `path`. lmdb rejects a failed commit twice: the write's promise, and `commitError`, which ends
 * the process when nobody takes it.
 */
export async function faultOf(error: unknown, path: string): Promise<AppError> {
  const { commitError } = error as { commitError?: Promise<unknown> }
  const cause = commitError === undefined ? error : await commitError.then(() => error, itself)
  const message = cause instanceof Error ? cause.message : String(cause)
  return (await isFull((cause as { code?: unknown } | null)?.code, path))
    ? new AppError('storage.full', `no space left for documents: ${message}`, { retry: 'later', cause })
    : new AppError('storage.unavailable', `documents were not written: ${message}`, { retry: 'later', cause })
}

/** ENOSPC, EDQUOT, EFBIG (a limit of the process), MDB_MAP_FULL. */
const FULL_CODES: ReadonlySet<unknown> = new Set([28, 122, 27, -30792, 'ENOSPC', 'EDQUOT', 'EFBIG'])
const EIO = 5
/** A disk with less than this counts as full. */
const ROOM_BYTES = 1 << 20

/** LMDB calls a short write, which is how a disk first shows that it is full, an input/output error. */
async function isFull(code: unknown, path: string): Promise<boolean> {
  if (code !== EIO) return FULL_CODES.has(code)
  const { bavail, bsize } = await statfs(dirname(path))
  return bavail * bsize < ROOM_BYTES
}

function itself(reason: unknown): unknown {
  return reason
}
