import { AppError } from '../../src/kernel/rejection.ts'
import { MemoryDocuments } from '../../src/storage/memory/documents.ts'
import type { Collection, DocumentKey, Documents, DocumentWrite, PageRequest, StoredDocument } from '../../src/storage/port.ts'
import { CallError, type EngineWire } from './engine.ts'
import { type Booked, keyOf } from './ledger.ts'
import type { SimProcess } from './process.ts'

const TIMEOUT_MS = 5000

/** The documents' engine: the reference documents behind a wire. */
export class DocumentsEngine {
  readonly documents = new MemoryDocuments()
  readonly wire: EngineWire
  /** Newest entry of each conversation that is written. */
  readonly #written = new Map<string, number>()

  constructor(wire: EngineWire) {
    this.wire = wire
  }

  connect(process: SimProcess): Documents {
    return new SimDocuments(this, process)
  }

  async put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    await this.documents.put(tenant, writes)
    for (const { collection, id, rev = 0 } of writes) {
      if (collection !== 'conversations') continue
      const key = keyOf(tenant, id)
      this.#written.set(key, Math.max(this.#written.get(key) ?? 0, rev))
    }
  }

  readonly has = (booked: Booked): boolean => (this.#written.get(keyOf(booked.tenant, booked.cid)) ?? 0) >= booked.n
}

/** One process's connection to the documents. */
class SimDocuments implements Documents {
  readonly #engine: DocumentsEngine
  readonly #process: SimProcess

  constructor(engine: DocumentsEngine, process: SimProcess) {
    this.#engine = engine
    this.#process = process
  }

  put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    // What the caller changes after the call must not matter, nor what is changed on the way.
    const taken = [...writes]
    return this.#call(() => this.#engine.put(tenant, taken))
  }

  get(tenant: string, collection: Collection, key: DocumentKey): Promise<StoredDocument | undefined> {
    return this.#call(() => this.#engine.documents.get(tenant, collection, key))
  }

  page(tenant: string, request: PageRequest): Promise<readonly StoredDocument[]> {
    return this.#call(() => this.#engine.documents.page(tenant, request))
  }

  tenants(): Promise<readonly string[]> {
    return this.#call(() => this.#engine.documents.tenants())
  }

  drop(tenant: string): Promise<void> {
    return this.#call(() => this.#engine.documents.drop(tenant))
  }

  async close(): Promise<void> {}

  async #call<T>(carryOut: () => Promise<T>): Promise<T> {
    try {
      return await this.#engine.wire.call(this.#process, TIMEOUT_MS, carryOut)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      throw new AppError('storage.unavailable', error.message, { retry: 'later', cause: error })
    }
  }
}
