import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { BSON, type Document } from 'mongodb'

interface Change {
  readonly ns: string
  /** The document as it is now; left out: it is gone, or with it the whole database where there is no id either. */
  readonly d?: Document
  readonly id?: string
}

/** One collection: documents by `_id`, and the ids in order. */
class Shelf {
  readonly documents = new Map<string, Document>()
  readonly #ids: string[] = []

  put(id: string, document: Document): void {
    if (!this.documents.has(id)) this.#ids.splice(this.#place(id), 0, id)
    this.documents.set(id, document)
  }

  remove(id: string): void {
    if (this.documents.delete(id)) this.#ids.splice(this.#place(id), 1)
  }

  /** Ids from `low` on, `high` included, ascending. */
  range(low: string, high: string | undefined): readonly string[] {
    const end = high === undefined ? this.#ids.length : this.#place(`${high}\0`)
    return this.#ids.slice(this.#place(low), end)
  }

  /** Where the id stands, or would. */
  #place(id: string): number {
    let low = 0
    let high = this.#ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ids[middle] as string) < id) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Documents of text ids by namespace `database.collection`, in memory and in one file, which a killed process leaves whole. */
export class Store {
  readonly #shelves = new Map<string, Shelf>()
  readonly #file: number

  constructor(file: string) {
    if (existsSync(file)) this.#recover(file)
    this.#file = openSync(file, 'a')
  }

  shelf(ns: string): Shelf {
    const known = this.#shelves.get(ns)
    if (known !== undefined) return known
    const fresh = new Shelf()
    this.#shelves.set(ns, fresh)
    return fresh
  }

  databases(): readonly string[] {
    const full = [...this.#shelves].filter(([, { documents }]) => documents.size > 0)
    return [...new Set(full.map(([ns]) => ns.slice(0, ns.indexOf('.'))))]
  }

  /** In the file when it returns. */
  write(changes: readonly Change[]): void {
    if (changes.length === 0) return
    for (const change of changes) this.#apply(change)
    const bytes = Buffer.concat(changes.map((change) => BSON.serialize(change)))
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at)
  }

  close(): void {
    closeSync(this.#file)
  }

  #apply({ ns, d, id }: Change): void {
    if (d !== undefined) this.shelf(ns).put(String(d._id), d)
    else if (id !== undefined) this.shelf(ns).remove(id)
    else for (const name of [...this.#shelves.keys()]) if (name.startsWith(`${ns}.`)) this.#shelves.delete(name)
  }

  /** A torn end is cut off: what it belonged to was never acknowledged. */
  #recover(file: string): void {
    const bytes = readFileSync(file)
    let at = 0
    while (at + 4 <= bytes.length && at + bytes.readInt32LE(at) <= bytes.length) {
      const end = at + bytes.readInt32LE(at)
      this.#apply(BSON.deserialize(bytes.subarray(at, end)) as Change)
      at = end
    }
    if (at < bytes.length) truncateSync(file, at)
  }
}
