import { Packr } from 'msgpackr'
import { checkKey, checkPage, checkTenant, checkWrites } from '../document-request.ts'
import type { Collection, DocumentKey, Documents, DocumentWrite, PageRequest, StoredDocument } from '../port.ts'

interface Held {
  readonly id: string
  readonly n: number
  readonly rev: number
  readonly packed: Buffer
}

/** Of one collection, by id, then number. */
type ById = Map<string, Map<number, Held>>

/** The reference documents: no I/O, gone with the process; everything crosses msgpack both ways. Pages sort what they need. */
export class MemoryDocuments implements Documents {
  readonly #tenants = new Map<string, Map<Collection, ById>>()
  readonly #packr = new Packr({ useRecords: false })

  async put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    checkTenant(tenant)
    checkWrites(writes)
    for (const write of writes) this.#write(tenant, write)
  }

  async get(tenant: string, collection: Collection, key: DocumentKey): Promise<StoredDocument | undefined> {
    checkTenant(tenant)
    checkKey(key)
    const held = this.#tenants.get(tenant)?.get(collection)?.get(key.id)?.get(key.n)
    return held && this.#stored(held)
  }

  async page(tenant: string, request: PageRequest): Promise<readonly StoredDocument[]> {
    checkTenant(tenant)
    checkPage(request)
    const { id, afterId, reverse = false, limit } = request
    const collection = this.#tenants.get(tenant)?.get(request.collection) ?? new Map<string, Map<number, Held>>()
    const ids = id === undefined ? [...collection.keys()].sort(byCodeUnits) : [id]
    if (reverse) ids.reverse()
    const found: StoredDocument[] = []
    for (const each of ids) {
      if (id === undefined && afterId !== undefined && (reverse ? each >= afterId : each <= afterId)) continue
      for (const held of numbered(collection.get(each), request)) {
        if (found.length === limit) return found
        found.push(this.#stored(held))
      }
    }
    return found
  }

  async tenants(): Promise<readonly string[]> {
    return [...this.#tenants.keys()].sort(byCodeUnits)
  }

  async drop(tenant: string): Promise<void> {
    checkTenant(tenant)
    this.#tenants.delete(tenant)
  }

  async close(): Promise<void> {}

  #write(tenant: string, { collection, id, n, doc, rev }: DocumentWrite): void {
    const byN = this.#byN(tenant, collection, id)
    const before = byN.get(n)
    if (rev !== undefined && before !== undefined && before.rev >= rev) return
    if (doc === null) byN.delete(n)
    else byN.set(n, { id, n, rev: rev ?? 0, packed: Buffer.from(this.#packr.pack(doc)) })
  }

  #byN(tenant: string, collection: Collection, id: string): Map<number, Held> {
    const collections = getOrMake(this.#tenants, tenant, () => new Map<Collection, ById>())
    const byId = getOrMake(collections, collection, (): ById => new Map())
    return getOrMake(byId, id, () => new Map<number, Held>())
  }

  #stored({ id, n, rev, packed }: Held): StoredDocument {
    return { id, n, rev, doc: this.#packr.unpack(packed) }
  }
}

function numbered(byN: Map<number, Held> | undefined, request: PageRequest): Held[] {
  if (byN === undefined) return []
  // The bounds belong to one id's documents.
  const { fromN = 0, toN = Number.MAX_SAFE_INTEGER } = request.id === undefined ? {} : request
  const found = [...byN.values()].filter(({ n }) => n >= fromN && n <= toN)
  return found.sort((a, b) => (request.reverse === true ? b.n - a.n : a.n - b.n))
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
