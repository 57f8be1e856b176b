import { Binary, BSON, type Document } from 'mongodb'
import { Packr } from 'msgpackr'
import { AppError } from '../../kernel/rejection.ts'
import { idOf } from './document-key.ts'

/**
 * What stands in a collection: `{_id, id, n, v: {rev, left, doc}}`. `v` begins with `rev`, so that the larger of two `v` is the
 * newer one, whatever follows; `left` falls with every write, so that of two with the same rev the first stays the larger.
 */
export interface MongoDocument {
  readonly _id: string
  readonly id: string
  readonly n: number
  readonly v: MongoValue
}

export interface MongoValue {
  readonly rev: number
  readonly left: number
  /** As BSON, where BSON gives back the very same value … */
  readonly doc?: unknown
  /** … and otherwise as msgpack. */
  readonly msgpack?: Binary
}

/** BSON documents end at 16 MiB; a little is left for what the commands put around them. */
export const DOCUMENT_BYTES_MAX = (16 << 20) - (16 << 10)
/** Databases end at 100 levels; these are within `v.doc`. */
const DEPTH_MAX = 60
/** Below this many bytes at most, nobody needs to know how many there are. */
const SURELY_SMALL_BYTES = 8 << 20

const packr = new Packr({ useRecords: false })

/** A copy of the document as it is stored: what the caller does to its own later changes nothing. */
export function encodeDocument(id: string, n: number, doc: unknown, rev: number, left: number): MongoDocument {
  const copier = new Copier()
  const copied = copier.copy(doc, 0)
  const v = copier.exact ? { rev, left, doc: copied } : { rev, left, msgpack: new Binary(Buffer.from(packr.pack(doc))) }
  const encoded: MongoDocument = { _id: idOf(id, n), id, n, v }
  if (!copier.exact || copier.bytesMax > SURELY_SMALL_BYTES) checkSize(encoded)
  return encoded
}

function checkSize(encoded: MongoDocument): void {
  const bytes = BSON.calculateObjectSize(encoded as unknown as Document)
  if (bytes <= DOCUMENT_BYTES_MAX) return
  throw new AppError('storage.corrupt', `a document of ${bytes} bytes is above the ${DOCUMENT_BYTES_MAX} that can be stored`, {
    retry: 'never',
  })
}

/** AppError `storage.corrupt` for what this adapter cannot have written. */
export function decodeValue(v: MongoValue | undefined): unknown {
  if (v?.msgpack instanceof Binary) {
    try {
      return packr.unpack(ownBytes(v.msgpack))
    } catch (cause) {
      throw unreadable(cause)
    }
  }
  if (v === undefined || typeof v.rev !== 'number' || v.doc === undefined) throw unreadable()
  return plain(v.doc)
}

function unreadable(cause?: unknown): AppError {
  return new AppError('storage.corrupt', 'a document cannot be read', { retry: 'never', cause })
}

/**
 * Copies what comes back from BSON as it went: null, booleans, well-formed texts, finite numbers, bytes, plain objects with plain
 * keys, lists of these. Everything else (undefined, -0, NaN, dates, bigints, keys with dots or dollars, lists in lists, very
 * deep values) would be changed or refused by one database or another; then `exact` is false.
 */
class Copier {
  exact = true
  /** At least what BSON takes. */
  bytesMax = 0

  copy(value: unknown, depth: number): unknown {
    this.bytesMax += 16
    if (typeof value === 'string') return this.#text(value)
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : this.#inexact()
    if (value === null || typeof value === 'boolean') return value
    if (typeof value !== 'object' || depth > DEPTH_MAX) return this.#inexact()
    if (value instanceof Uint8Array) {
      this.bytesMax += value.byteLength
      return new Binary(Buffer.from(value))
    }
    return Array.isArray(value) ? this.#list(value, depth) : this.#object(value, depth)
  }

  #text(text: string): unknown {
    this.bytesMax += text.length * 3
    return text.isWellFormed() ? text : this.#inexact()
  }

  #list(list: readonly unknown[], depth: number): unknown {
    const copied: unknown[] = []
    // By number, so that a hole is met as undefined.
    for (let i = 0; i < list.length && this.exact; i++) {
      const item = list[i]
      copied.push(Array.isArray(item) ? this.#inexact() : this.copy(item, depth + 1))
    }
    return copied
  }

  #object(object: object, depth: number): unknown {
    const prototype = Object.getPrototypeOf(object)
    if (prototype !== Object.prototype && prototype !== null) return this.#inexact()
    const copied: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(object)) {
      if (!this.exact) break
      if (!isPlainKey(key)) return this.#inexact()
      this.bytesMax += key.length * 3
      copied[key] = this.copy(value, depth + 1)
    }
    return copied
  }

  #inexact(): undefined {
    this.exact = false
  }
}

/** `_bsontype` names a class to the driver; an inner `_id` is moved to the front by some databases. */
const MEANINGFUL_KEYS: ReadonlySet<string> = new Set(['', '__proto__', '_bsontype', '_id', 'toBSON'])

function isPlainKey(key: string): boolean {
  return !MEANINGFUL_KEYS.has(key) && !/^\$|[.\0]/.test(key) && key.isWellFormed()
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Binary) return ownBytes(value)
  if (Array.isArray(value)) return value.map(plain)
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record)) {
    const inner = record[key]
    if (typeof inner === 'object' && inner !== null) record[key] = plain(inner)
  }
  return record
}

/** In memory of its own: the driver's would keep the whole reply alive. */
function ownBytes(binary: Binary): Buffer {
  const own = Buffer.allocUnsafeSlow(binary.position)
  own.set(binary.buffer.subarray(0, binary.position))
  return own
}
