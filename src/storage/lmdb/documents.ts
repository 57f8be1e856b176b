import { mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isStoredTenant } from '../../kernel/ids.ts'
import { AppError } from '../../kernel/rejection.ts'
import { checkKey, checkPage, checkTenant, checkWrites } from '../document-request.ts'
import type { Collection, DocumentKey, Documents, DocumentWrite, PageRequest, StoredDocument } from '../port.ts'
import { Environment } from './environment.ts'

export interface LmdbDocumentsOptions {
  /** Environments kept open; the least recently used idle one is closed above this. More are open while more are in use. */
  readonly openMax?: number
}

interface Slot {
  readonly environment: Environment
  users: number
  /** Runs when the last user leaves: closing waits for it. */
  idle: (() => void) | undefined
}

const SUFFIX = '.mdb'

/** Documents in LMDB, one file per tenant: `<dir>/<tenant>.mdb` (with `-lock` beside it), to back up or delete as one. */
export class LmdbDocuments implements Documents {
  readonly #dir: string
  readonly #openMax: number
  /** In order of last use. */
  readonly #slots = new Map<string, Slot>()
  /** Being closed or dropped: whoever wants the tenant waits, since LMDB must not open a file twice. */
  readonly #closing = new Map<string, Promise<void>>()
  #closed = false

  constructor(dir: string, options: LmdbDocumentsOptions = {}) {
    this.#dir = dir
    this.#openMax = options.openMax ?? 64
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  }

  /** Environments open now. */
  get open(): number {
    return this.#slots.size
  }

  put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    checkWrites(writes)
    return this.#use(tenant, (environment) => environment.put(writes))
  }

  get(tenant: string, collection: Collection, key: DocumentKey): Promise<StoredDocument | undefined> {
    checkKey(key)
    return this.#use(tenant, (environment) => environment.get(collection, key))
  }

  page(tenant: string, request: PageRequest): Promise<readonly StoredDocument[]> {
    checkPage(request)
    return this.#use(tenant, (environment) => environment.page(request))
  }

  async tenants(): Promise<readonly string[]> {
    const names = await readdir(this.#dir)
    const tenants = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length))
    return tenants.filter(isStoredTenant).sort()
  }

  async drop(tenant: string): Promise<void> {
    checkTenant(tenant)
    await this.#shut(tenant, async () => {
      await rm(this.#path(tenant), { force: true })
      await rm(`${this.#path(tenant)}-lock`, { force: true })
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#slots.keys()].map((tenant) => this.#shut(tenant)))
    await Promise.all(this.#closing.values())
  }

  async #use<T>(tenant: string, run: (environment: Environment) => T | Promise<T>): Promise<T> {
    checkTenant(tenant)
    for (let closing = this.#closing.get(tenant); closing !== undefined; closing = this.#closing.get(tenant)) await closing
    const slot = this.#slot(tenant)
    slot.users++
    try {
      return await run(slot.environment)
    } finally {
      slot.users--
      if (slot.users === 0) slot.idle?.()
    }
  }

  #slot(tenant: string): Slot {
    if (this.#closed) throw new AppError('storage.unavailable', 'the documents are closed', { retry: 'later' })
    const known = this.#slots.get(tenant)
    const slot = known ?? { environment: this.#environment(tenant), users: 0, idle: undefined }
    if (known !== undefined) this.#slots.delete(tenant)
    this.#slots.set(tenant, slot)
    if (known === undefined) this.#closeIdle()
    return slot
  }

  #environment(tenant: string): Environment {
    try {
      return new Environment(this.#path(tenant))
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new AppError('storage.unavailable', `the documents of ${tenant} cannot be opened: ${message}`, {
        retry: 'later',
        cause,
      })
    }
  }

  #closeIdle(): void {
    let excess = this.#slots.size - this.#openMax
    for (const [tenant, slot] of this.#slots) {
      if (excess <= 0) return
      if (slot.users > 0) continue
      excess--
      // Its failure is told to whoever waits for the tenant next, and that one opens it again.
      this.#shut(tenant).catch(() => undefined)
    }
  }

  /** Waits for the users of the environment, closes it, then does what is left to do with its file. */
  #shut(tenant: string, then?: () => Promise<void>): Promise<void> {
    const before = this.#closing.get(tenant)
    const slot = this.#slots.get(tenant)
    this.#slots.delete(tenant)
    const shutting = (async () => {
      await before
      if (slot !== undefined && slot.users > 0) {
        await new Promise<void>((resolve) => {
          slot.idle = resolve
        })
      }
      await slot?.environment.close()
      await then?.()
    })()
    const done = shutting.finally(() => {
      if (this.#closing.get(tenant) === done) this.#closing.delete(tenant)
    })
    this.#closing.set(tenant, done)
    return done
  }

  #path(tenant: string): string {
    return join(this.#dir, `${tenant}${SUFFIX}`)
  }
}
