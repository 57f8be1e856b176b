import type { Collection as MongoCollection } from 'mongodb'
import type { Clock } from '../../kernel/clock.ts'
import { isStoredTenant, TENANT_SHAPE } from '../../kernel/ids.ts'
import { AppError } from '../../kernel/rejection.ts'
import type { MongoConnections } from './connections.ts'

export const DEFAULT_ALIAS = 'default'
/** An alias stands in the configuration, in records and in metrics. */
const ALIAS = /^[a-z0-9][a-z0-9-]{0,39}$/
const CACHE_MAX = 10_000
/** A tenant is moved rarely and by hand, with its traffic stopped for this long. */
const CACHE_MS = 60_000

/** Says at which URL a tenant's documents are. */
export interface Placement {
  aliasOf(tenant: string): string | Promise<string>
}

/** By configuration: tenants named there, and all others at one alias. */
export class StaticPlacement implements Placement {
  readonly #byTenant: ReadonlyMap<string, string>
  readonly #others: string

  constructor(byTenant: Readonly<Record<string, string>> = {}, others: string = DEFAULT_ALIAS) {
    this.#byTenant = new Map(Object.entries(byTenant))
    this.#others = others
  }

  aliasOf(tenant: string): string {
    return this.#byTenant.get(tenant) ?? this.#others
  }
}

interface PlacementRecord {
  /** The tenant. */
  readonly _id: string
  /** Also written by hand: not trusted to be there. */
  readonly placement?: { readonly documents?: unknown }
  readonly createdMs: number
}

interface Known {
  readonly alias: string
  readonly untilMs: number
}

/**
 * Kept at the default URL, where every node finds it: collection `tenants` of database `<prefix>parley__directory` (two low lines,
 * which no tenant's database has). A tenant without a record is at `default`. Answers are remembered for a minute, the least
 * recently asked for forgotten above 10,000. When the directory, or the tenant's record, cannot be read this throws `storage.unavailable` rather than guess.
 */
export class StoredPlacement implements Placement {
  readonly #connections: MongoConnections
  readonly #database: string
  readonly #clock: Clock
  readonly #known = new Map<string, Known>()
  readonly #asking = new Map<string, Promise<string>>()

  constructor(connections: MongoConnections, clock: Clock, databasePrefix = '') {
    this.#connections = connections
    this.#clock = clock
    this.#database = `${databasePrefix}parley__directory`
  }

  aliasOf(tenant: string): string | Promise<string> {
    const known = this.#known.get(tenant)
    if (known !== undefined && this.#clock.mono() < known.untilMs) {
      this.#known.delete(tenant)
      this.#known.set(tenant, known)
      return known.alias
    }
    const asking = this.#asking.get(tenant)
    if (asking !== undefined) return asking
    const answer = this.#ask(tenant).finally(() => this.#asking.delete(tenant))
    this.#asking.set(tenant, answer)
    return answer
  }

  /**
   * Places a tenant that has no place yet; durable when it resolves with where the tenant is, which is the former place if it had
   * one. RangeError for an alias that is not configured.
   */
  async assign(tenant: string, alias: string): Promise<string> {
    checkNames(tenant, alias)
    if (!this.#connections.aliases.includes(alias)) throw new RangeError(`no URL is configured for "${alias}"`)
    const record = { placement: { documents: alias }, createdMs: this.#clock.now() }
    await this.#use((records) => records.updateOne({ _id: tenant }, { $setOnInsert: record }, { upsert: true }))
    this.#known.delete(tenant)
    return this.aliasOf(tenant)
  }

  async #ask(tenant: string): Promise<string> {
    const record = await this.#use((records) => records.findOne({ _id: tenant }))
    const alias = record === null ? DEFAULT_ALIAS : record.placement?.documents
    if (typeof alias !== 'string')
      throw new AppError('storage.unavailable', `the placement of ${tenant} cannot be read`, { retry: 'later' })
    this.#known.set(tenant, { alias, untilMs: this.#clock.mono() + CACHE_MS })
    if (this.#known.size > CACHE_MAX) this.#known.delete(this.#known.keys().next().value ?? '')
    return alias
  }

  #use<T>(run: (records: MongoCollection<PlacementRecord>) => Promise<T>): Promise<T> {
    return this.#connections.use(DEFAULT_ALIAS, (database) =>
      run(database(this.#database).collection<PlacementRecord>('tenants')),
    )
  }
}

function checkNames(tenant: string, alias: string): void {
  if (!isStoredTenant(tenant)) throw new RangeError(`not a tenant (${TENANT_SHAPE})`)
  if (!ALIAS.test(alias)) throw new RangeError(`not an alias (${ALIAS.source})`)
}
