import { type Db, MongoClient, type MongoClientOptions } from 'mongodb'
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'
import { faultOf } from './fault.ts'

/** How long each step of a call may take. */
export const BOUNDS_MS = {
  /** Until a server is found that takes writes. */
  selection: 2000,
  connect: 2000,
  /** For a connection of the pool to come free. */
  queue: 5000,
  /** For one command's answer. */
  command: 10_000,
  /** Connections beyond what is needed go after this. */
  idle: 60_000,
  /** Without a success for this long, the client is thrown away for a new one. */
  renew: 15_000,
} as const
/** Of a URL that names its servers by DNS (mongodb+srv) we know no number before connecting. */
const SRV_HOSTS = 3
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
const OUTCOMES = ['ok', 'unavailable', 'full', 'corrupt'] as const

export interface MongoConnectionsOptions {
  /** By alias; credentials and replica set stand in the URL. */
  readonly urls: Readonly<Record<string, string>>
  /** Of this process, over all URLs, those that watch the servers included. */
  readonly connectionsMax: number
  /** PEM of the authority that signed the servers' certificates; asks for TLS. */
  readonly ca?: string
  /** Shorter bounds for tests. */
  readonly boundsMs?: Partial<Record<keyof typeof BOUNDS_MS, number>>
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

interface Server {
  readonly alias: string
  client: MongoClient
  /** Makes another client like it. */
  readonly renew: () => MongoClient
  /** Since when no call has succeeded, monotonic milliseconds. */
  failingSinceMs: number | undefined
  readonly renewals: Counter
  readonly outcomes: Readonly<Record<(typeof OUTCOMES)[number], Counter>>
  readonly seconds: Histogram
  open: number
  waiting: number
}

/**
 * One client, hence one pool, per URL, whatever its aliases; all tenants of a URL share it. Metrics name its first alias. Every server of a URL is watched over one connection of its
 * own; the rest of the URL's equal share of `connectionsMax` is the pool. Only the primary is read and written, so one pool of a
 * URL is in use; for up to `idle` after a failover what is idle at the former primary counts beside it. Nothing is connected
 * before it is needed. RangeError: too few connections for the URLs, or a URL that is none.
 */
export class MongoConnections {
  readonly aliases: readonly string[]
  readonly #servers = new Map<string, Server>()
  readonly #clock: Clock
  readonly #log: Log
  readonly #renewMs: number
  readonly #calls = new Set<Promise<unknown>>()
  #closed = false

  constructor(options: MongoConnectionsOptions) {
    const urls = Object.entries(options.urls)
    this.aliases = urls.map(([alias]) => alias)
    this.#clock = options.clock
    this.#log = options.log
    this.#renewMs = { ...BOUNDS_MS, ...options.boundsMs }.renew
    const byUrl = new Map<string, Server>()
    const share = Math.floor(options.connectionsMax / Math.max(1, new Set(Object.values(options.urls)).size))
    for (const [alias, url] of urls) {
      const known = byUrl.get(url)
      const server = known ?? this.#server(alias, url, poolSize(alias, url, share), options)
      byUrl.set(url, server)
      this.#servers.set(alias, server)
    }
  }

  /** Runs one call against the alias's servers. What it throws becomes a fault; `storage.unavailable` for an alias that nobody configured. */
  async use<T>(alias: string, run: (database: (name: string) => Db) => Promise<T>): Promise<T> {
    const server = this.#servers.get(alias)
    if (this.#closed) throw new AppError('storage.unavailable', 'the documents are closed', { retry: 'later' })
    if (server === undefined)
      throw new AppError(
        'storage.unavailable',
        `no URL is configured for the documents at "${alias}" (${this.aliases.join(', ')} are)`,
        {
          retry: 'later',
        },
      )
    const startedMs = this.#clock.mono()
    const call = run((name) => server.client.db(name))
    this.#calls.add(call)
    try {
      const result = await call
      server.outcomes.ok.inc()
      server.failingSinceMs = undefined
      return result
    } catch (error) {
      const fault = faultOf(error, alias)
      if (fault.code === 'storage.unavailable') this.#failed(server)
      server.outcomes[OUTCOMES.find((outcome) => fault.code === `storage.${outcome}`) ?? 'unavailable'].inc()
      throw fault
    } finally {
      this.#calls.delete(call)
      server.seconds.observe((this.#clock.mono() - startedMs) / 1000)
    }
  }

  /** Connections open now in the alias's pools, and callers that wait for one. */
  load(alias: string): { readonly open: number; readonly waiting: number } {
    const { open = 0, waiting = 0 } = this.#servers.get(alias) ?? {}
    return { open, waiting }
  }

  /** No new calls; resolves when those under way have ended (each is bounded in time) and the sockets are closed. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#calls)
    await Promise.all([...new Set(this.#servers.values())].map(({ client }) => client.close()))
  }

  /**
   * A client whose watching got stuck (its connection was taken and closed at once while a server was away) fails every call with the
   * same old error and never connects again. So one that has had no success for long is thrown away for a new one.
   */
  #failed(server: Server): void {
    const nowMs = this.#clock.mono()
    server.failingSinceMs ??= nowMs
    if (nowMs - server.failingSinceMs < this.#renewMs || this.#closed) return
    server.failingSinceMs = nowMs
    const former = server.client
    server.client = server.renew()
    server.renewals.inc()
    this.#log.warn({ alias: server.alias }, 'no call to the document servers succeeded for long: connecting anew')
    former
      .close()
      .catch((error: unknown) => this.#log.warn({ alias: server.alias, err: error }, 'the former client did not close'))
  }

  #server(alias: string, url: string, pool: number, options: MongoConnectionsOptions): Server {
    const { log, metrics } = options
    const labels = { alias }
    const outcome = (name: string): Counter =>
      metrics.counter('parley_mongo_calls_total', 'Calls to the document servers, by outcome', { alias, outcome: name })
    const renew = (): MongoClient => this.#watched(new MongoClient(url, clientOptions(options, pool)), () => server, log)
    const server: Server = {
      alias,
      client: new MongoClient(url, clientOptions(options, pool)),
      renew,
      failingSinceMs: undefined,
      renewals: metrics.counter('parley_mongo_renewals_total', 'Clients thrown away because no call succeeded for long', labels),
      outcomes: { ok: outcome('ok'), unavailable: outcome('unavailable'), full: outcome('full'), corrupt: outcome('corrupt') },
      seconds: metrics.histogram('parley_mongo_call_seconds', 'Time of such a call', SECONDS, labels),
      open: 0,
      waiting: 0,
    }
    this.#watched(server.client, () => server, log)
    metrics.observed('parley_mongo_connections', 'Connections open in the pool', () => server.open, labels)
    metrics.observed('parley_mongo_connections_waiting', 'Calls that wait for a connection', () => server.waiting, labels)
    return server
  }

  /** What the newest client of a server tells; a former one that is being closed only brings its count down. */
  #watched(client: MongoClient, of: () => Server, log: Log): MongoClient {
    client.on('serverDescriptionChanged', ({ address, previousDescription, newDescription }) => {
      const [before, now] = [previousDescription.type, newDescription.type]
      if (now === 'Unknown' && before !== 'Unknown')
        log.warn({ alias: of().alias, address, err: newDescription.error }, 'a document server does not answer')
      else if (now !== before) log.info({ alias: of().alias, address, type: now }, 'a document server answers')
    })
    client.on('connectionCreated', () => of().open++)
    client.on('connectionClosed', () => of().open--)
    client.on('connectionCheckOutStarted', () => of().waiting++)
    client.on('connectionCheckedOut', () => of().waiting--)
    client.on('connectionCheckOutFailed', () => of().waiting--)
    return client
  }
}

function poolSize(alias: string, url: string, share: number): number {
  const watching = hostsOf(alias, url)
  const pool = share - watching
  if (pool < 1)
    throw new RangeError(
      `${share} connections are too few for the documents at "${alias}": ${watching} watch its servers, and one must be left`,
    )
  return pool
}

/** By the driver's own reading of the URL. */
function hostsOf(alias: string, url: string): number {
  try {
    const { hosts, srvHost } = new MongoClient(url).options
    return srvHost ? SRV_HOSTS : hosts.length
  } catch (error) {
    // Not its cause: that may show what stands in the URL.
    throw new RangeError(
      `the URL for the documents at "${alias}" is none of MongoDB's: ${error instanceof Error ? error.name : error}`,
    )
  }
}

function clientOptions({ ca, boundsMs }: MongoConnectionsOptions, maxPoolSize: number): MongoClientOptions {
  const bounds = { ...BOUNDS_MS, ...boundsMs }
  return {
    appName: 'parley',
    maxPoolSize,
    minPoolSize: 0,
    maxIdleTimeMS: bounds.idle,
    waitQueueTimeoutMS: bounds.queue,
    serverSelectionTimeoutMS: bounds.selection,
    connectTimeoutMS: bounds.connect,
    socketTimeoutMS: bounds.command,
    // One watching connection per server; with streaming there would be two.
    serverMonitoringMode: 'poll',
    // Whoever writes tries again by itself; a lone server refuses the driver's way of doing it.
    retryWrites: false,
    retryReads: true,
    writeConcern: { w: 'majority', journal: true },
    // What a majority acknowledged, as the primary knows it: an acknowledged write is seen.
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // Bytes are copied out of the reply by the reader.
    promoteBuffers: false,
    ignoreUndefined: false,
    ...(ca === undefined ? {} : { tls: true, ca }),
  }
}
