import type { Collection as MongoCollection } from 'mongodb'
import type { Clock } from '../../kernel/clock.ts'
import { isStoredTenant } from '../../kernel/ids.ts'
import { AppError } from '../../kernel/rejection.ts'
import { checkKey, checkPage, checkTenant, checkWrites } from '../document-request.ts'
import type { Collection, DocumentKey, Documents, DocumentWrite, PageRequest, StoredDocument } from '../port.ts'
import { MongoConnections, type MongoConnectionsOptions } from './connections.ts'
import { idOf, rangeOf } from './document-key.ts'
import { decodeValue, type MongoDocument } from './document-value.ts'
import { racedPositions } from './fault.ts'
import { DEFAULT_ALIAS, type Placement, StaticPlacement, StoredPlacement } from './placement.ts'
import { PutLine } from './put-line.ts'
import { planWrites, type WriteStep } from './write-plan.ts'

/** Operations per command: each has the whole bound of a command for itself. */
const COMMAND_OPERATIONS_MAX = 500
/** A put is given up before its next command after this, the wait for others of its tenant included; it may be repeated whole. */
const PUT_MS_MAX = 30_000
/** Of two that make one document at the same time one is told, and finds it made when it tries again: once, unless others delete it. */
const RACES_MAX = 5
/** Names of databases end at 63 characters. */
const PREFIX = /^[a-z0-9-]{0,16}$/

export interface MongoDocumentsOptions extends MongoConnectionsOptions {
  /** Where each tenant is: a Placement, or `stored` for the directory at the default URL. All at `default` without it. */
  readonly placement?: Placement | 'stored'
  /** Before every database's name: several installations on one server. `[a-z0-9-]{0,16}`. */
  readonly databasePrefix?: string
}

/**
 * Documents in MongoDB (6 or newer, or what speaks its protocol): a database `parley_<tenant>` per tenant at the URL where the
 * tenant is placed, collections by the port's names. All reads and writes run on the `_id` index that every collection has from
 * its birth, so a tenant's first use has nothing to make and nothing to wait for. Nothing is connected before it is needed.
 * MongoDB decides which rev is newer in one step; FerretDB 1 reads and writes in two, so there two processes that write one document
 * within the same milliseconds may end with the older (within a process, puts of a tenant follow each other).
 */
export class MongoDocuments implements Documents {
  readonly connections: MongoConnections
  readonly placement: Placement
  readonly #clock: Clock
  readonly #databaseStart: string
  readonly #line = new PutLine()

  constructor(options: MongoDocumentsOptions) {
    const { databasePrefix = '', placement = new StaticPlacement(), clock, metrics } = options
    if (!PREFIX.test(databasePrefix)) throw new RangeError(`not a prefix of databases (${PREFIX.source})`)
    if (!Object.hasOwn(options.urls, DEFAULT_ALIAS)) throw new RangeError(`the documents need a URL for "${DEFAULT_ALIAS}"`)
    this.connections = new MongoConnections(options)
    this.placement = placement === 'stored' ? new StoredPlacement(this.connections, clock, databasePrefix) : placement
    this.#clock = clock
    this.#databaseStart = `${databasePrefix}parley_`
    metrics.observed('parley_mongo_puts_waiting', 'Puts that wait for another one of their tenant', () => this.#line.waiting)
  }

  /** Asks every URL's servers for a sign of life. `storage.unavailable` names the first that gave none. */
  async ping(): Promise<void> {
    for (const alias of this.connections.aliases)
      await this.connections.use(alias, (database) => database('admin').command({ ping: 1 }))
  }

  async put(tenant: string, writes: readonly DocumentWrite[]): Promise<void> {
    checkTenant(tenant)
    checkWrites(writes)
    if (writes.length === 0) return
    const batches = planWrites(writes)
    const deadlineMs = this.#clock.mono() + PUT_MS_MAX
    await this.#line.run(tenant, async () => {
      for (const { collection, steps } of batches) {
        for (let from = 0; from < steps.length; from += COMMAND_OPERATIONS_MAX) {
          if (this.#clock.mono() > deadlineMs) throw tooSlow(tenant)
          const some = steps.slice(from, from + COMMAND_OPERATIONS_MAX)
          await this.#use(tenant, collection, (documents) => writeAll(documents, some))
        }
      }
    })
  }

  async get(tenant: string, collection: Collection, { id, n }: DocumentKey): Promise<StoredDocument | undefined> {
    checkTenant(tenant)
    checkKey({ id, n })
    const found = await this.#use(tenant, collection, (documents) => documents.findOne({ _id: idOf(id, n) }))
    return found === null ? undefined : storedOf(found)
  }

  async page(tenant: string, request: PageRequest): Promise<readonly StoredDocument[]> {
    checkTenant(tenant)
    checkPage(request)
    const { limit, reverse = false } = request
    const sort = { _id: reverse ? -1 : 1 } as const
    const found = await this.#use(tenant, request.collection, (documents) =>
      documents.find(rangeOf(request), { sort, limit, batchSize: limit + 1 }).toArray(),
    )
    return found.map(storedOf)
  }

  /** Of all URLs; throws when one of them does not answer, since the list would lack tenants. */
  async tenants(): Promise<readonly string[]> {
    const found = new Set<string>()
    for (const alias of this.connections.aliases) {
      const { databases } = await this.connections.use(alias, (database) =>
        database('admin').admin().listDatabases({ nameOnly: true, authorizedDatabases: true }),
      )
      for (const { name } of databases) {
        const tenant = name.startsWith(this.#databaseStart) ? name.slice(this.#databaseStart.length) : ''
        if (isStoredTenant(tenant)) found.add(tenant)
      }
    }
    return [...found].sort()
  }

  async drop(tenant: string): Promise<void> {
    checkTenant(tenant)
    await this.#line.run(tenant, async () => {
      const alias = await this.placement.aliasOf(tenant)
      await this.connections.use(alias, (database) => database(this.#databaseStart + tenant).dropDatabase())
    })
  }

  close(): Promise<void> {
    return this.connections.close()
  }

  async #use<T>(tenant: string, name: Collection, run: (documents: MongoCollection<MongoDocument>) => Promise<T>): Promise<T> {
    const alias = await this.placement.aliasOf(tenant)
    return this.connections.use(alias, (database) => run(database(this.#databaseStart + tenant).collection<MongoDocument>(name)))
  }
}

async function writeAll(documents: MongoCollection<MongoDocument>, steps: readonly WriteStep[]): Promise<void> {
  let left = steps
  for (let races = 0; ; races++) {
    const operations = left.map(({ first, again }) => (races === 0 ? first : again))
    try {
      await documents.bulkWrite(operations, { ordered: false })
      return
    } catch (error) {
      const raced = racedPositions(error, left.length)
      if (raced === undefined || races === RACES_MAX) throw error
      left = raced.flatMap((position) => left[position] ?? [])
    }
    if (races === 0) left = await withoutOlder(documents, left)
    if (left.length === 0) return
  }
}

/** Without the steps whose document a majority has at their rev or above: most of a put that is repeated. */
async function withoutOlder(documents: MongoCollection<MongoDocument>, steps: readonly WriteStep[]): Promise<WriteStep[]> {
  const ids = steps.flatMap(({ id, rev }) => (rev === undefined ? [] : id))
  const options = { projection: { 'v.rev': 1 }, batchSize: ids.length + 1 }
  const found = ids.length === 0 ? [] : await documents.find({ _id: { $in: ids } }, options).toArray()
  const revs = new Map(found.map(({ _id, v }) => [_id, v.rev]))
  return steps.filter(({ id, rev }) => rev === undefined || (revs.get(id) ?? -1) < rev)
}

function storedOf({ id, n, v }: MongoDocument): StoredDocument {
  if (typeof id !== 'string' || typeof n !== 'number')
    throw new AppError('storage.corrupt', 'a document without its id cannot be read', { retry: 'never' })
  return { id, n, rev: v?.rev ?? 0, doc: decodeValue(v) }
}

function tooSlow(tenant: string): AppError {
  return new AppError('storage.unavailable', `a put of ${tenant} took more than ${PUT_MS_MAX} ms`, { retry: 'later' })
}
