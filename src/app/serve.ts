import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConversationList } from '../actors/conversation-list.ts'
import { EventSink } from '../actors/event-sink.ts'
import { ConversationProjection } from '../actors/projection.ts'
import { Quarantine } from '../actors/quarantine.ts'
import type { Config } from '../config/schema.ts'
import { GATEWAY_DEFAULTS, type GatewayConfig } from '../gateway/config.ts'
import { DEVELOPMENT_TENANT, type Development, developmentMode } from '../gateway/development.ts'
import { createGateway } from '../gateway/gateway.ts'
import { type KeySource, TokenVerifier } from '../gateway/identity.ts'
import { RateWindows } from '../gateway/limits.ts'
import { createRequestApi, type RequestApi, type RequestApiOptions } from '../gateway/request-api/request-api.ts'
import { wsSockets } from '../gateway/use/ws.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { HEALTH_TENANT, ulid } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import type { AppError } from '../kernel/rejection.ts'
import { createInlineNlu } from '../nlu/inline.ts'
import { createPooledNlu, type PooledNlu } from '../nlu/pool/pool.ts'
import type { Nlu } from '../nlu/port.ts'
import { identitySeal } from '../storage/port.ts'
import { WriteBehind } from '../storage/write-behind.ts'
import { PromMetrics } from '../telemetry/metrics.ts'
import { startWatchdog } from '../telemetry/watchdog.ts'
import { factoryFromFiles } from '../tenancy/factory-files.ts'
import { DocumentTemplateStore } from '../tenancy/template-store.ts'
import { deadLetterFile } from './dead-letters.ts'
import { collectWhenIdle } from './idle-collection.ts'
import { SharedInHand } from './in-hand.ts'
import { watchIsolation } from './isolation.ts'
import { portFree } from './port-free.ts'
import { createProbe } from './probe.ts'
import { rehearse } from './rehearsal.ts'
import { aloneShape, clusterShape, openEvents, type Shape, type ShapeOptions } from './shape.ts'
import { tellStrike } from './shared-strikes.ts'
import { readQuarantine, slotPath } from './slot-file.ts'
import { HAND_OVER_SHARE, stopAll } from './stop.ts'
import { openStore } from './store.ts'
import { openTenants } from './tenants.ts'

const clientDir = fileURLToPath(new URL('../../client/', import.meta.url))

export interface Server {
  readonly host: string
  readonly port: number
  /** Tenants known at the start. */
  readonly tenants: number
  /** During a stop: nothing is left to write, the rest is only tidying up. */
  readonly written: boolean
  /** Says goodbye to clients, finishes what was accepted, writes it all down, and lets go of the data directory. */
  stop(): Promise<void>
}

/**
 * The whole server in one process. Resolves when it takes connections; rejects with an AppError that says what is in the way.
 * `fatal` is called when the disk failed under the journal: nothing more is acknowledged, the process should end.
 */
export async function serve(config: Config, log: Log, fatal: (error: AppError) => void): Promise<Server> {
  const clock = systemClock
  const metrics = new PromMetrics({ processMetrics: true })
  const store = await openStore(config, { clock, log, metrics, fatal })
  const { journal, documents } = store
  const tenants = await openTenants(documents, tenantNames(config), clock.now())
  const factory = factoryFromFiles(config.templatesDir)
  const templates = new DocumentTemplateStore({ documents, factory, clock, log })
  if (tenants.size === 0) log.warn({}, 'no tenant is known: every token will be refused with 403; name tenants in PARLEY_TENANTS')
  const projection = new ConversationProjection(identitySeal)
  const events = config.clustered && config.events === 'on' ? await openEvents(config, { clock, log, metrics }) : undefined
  const writeBehind = new WriteBehind({
    ...(events && { sink: new EventSink({ stream: events, projection, templates, clock, log, metrics }) }),
    documents,
    journal,
    projection,
    clock,
    log,
    metrics,
    limits: writeBehindLimits(config),
    keepDeadLetter: deadLetterFile(config.dataDir, log),
  })
  const nlu = createNlu(config, clock, log, metrics)
  const inHand = new SharedInHand()
  const strikes = readQuarantine(config.dataDir, log)
  const quarantine = new Quarantine(strikes.held)
  const conversations: ShapeOptions = {
    clock,
    log,
    metrics,
    journal,
    documents,
    writeBehind,
    projection,
    templates,
    nlu,
    inHand,
    quarantine,
    limits: config,
    country: config.country,
    newId: ulid,
  }
  const shape = config.clustered ? await clusterShape(config, conversations) : aloneShape(conversations)
  const { router } = shape
  const development = config.development ? developmentMode(config.dataDir) : undefined
  const knownTenant = (tenant: string): boolean => config.development || tenants.has(tenant)
  const identity = new TokenVerifier({ keys: keySource(config, development), clock, knownTenant })
  const gatewayOptions = gatewayConfig(config)
  const rates = new RateWindows(gatewayOptions.messagesPerWindow, gatewayOptions.windowMs, clock.mono())
  let stopping = false
  const gateway = createGateway({
    config: gatewayOptions,
    rates,
    router,
    ready: () => !stopping && shape.ready(),
    identity,
    sockets: wsSockets,
    clock,
    log,
    metrics,
    templates: (tenant) => templates.list(tenant),
    probe: createProbe({ router, clock, newId: ulid, forget: () => documents.drop(HEALTH_TENANT), log }),
    metricsText: () => metrics.text(),
    node: config.node,
    version: packageVersion(),
    ...(development && { development }),
  })
  // A node that cannot serve should not take conversations from those that do.
  if (config.clustered) await portFree(config)
  // After all that holds the loop for long: other nodes take silence for death.
  if (config.clustered) await rehearse(factory, conversations)
  await shape.start()
  const requests = createRequests(config, shape, {
    router,
    identity,
    knownTenant,
    templates: (tenant) => templates.list(tenant),
    conversations: new ConversationList(documents, projection),
    rates,
    data: {
      gateway: () => gateway.numbers(),
      cluster: () => ({ members: shape.cluster?.members() ?? [], owned: shape.cluster?.owned ?? 0 }),
      nlu: () => nlu.numbers?.() ?? { workers: 0 },
    },
    defaultLocale: gatewayOptions.defaultLocale,
    defaultTz: gatewayOptions.defaultTz,
    clock,
    log,
    metrics,
    node: config.node,
    version: packageVersion(),
  })
  const { host: address, port } = await gateway.listen()
  await requests?.start()
  if (shape.cluster) void tellStrike(strikes.last, { documents, router, clock, log, node: shape.cluster.self })
  const stopWatching = watchIsolation(
    clock,
    () => shape.confirmed(),
    (isolated) => {
      if (isolated) log.error({}, 'cut off from the other nodes: sending clients elsewhere')
      gateway.isolate(isolated)
    },
  )
  nlu.warm()
  const collection = collectWhenIdle(clock, metrics)
  // Not before: opening and recovering may hold the loop for long, and rightly so.
  const watchdog =
    config.watchdogMs > 0
      ? startWatchdog({
          stuckMs: config.watchdogMs,
          node: config.node,
          inHand: { sequence: inHand.sequence, name: inHand.name, file: slotPath(config.dataDir) },
        })
      : undefined
  let written = false
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping = true
    stopWatching()
    return stopAll({
      ...{ log, drainMs: config.drainMs, requests, shape, gateway, writeBehind, journal, nlu, documents, events, store },
      forgetProbes: config.journal === 'disk',
      written: () => {
        written = true
      },
      idle: async () => {
        collection.stop()
        await watchdog?.stop()
      },
    })
  }
  return {
    host: address,
    port,
    tenants: tenants.size,
    get written() {
      return written
    },
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

type Requests = Omit<RequestApiOptions, 'bus'>

/** The door for other systems, where there is a NATS. */
function createRequests(config: Config, { bus }: Shape, options: Requests): RequestApi | undefined {
  if (!bus) return undefined
  return createRequestApi({
    ...options,
    bus,
    prefix: config.redisPrefix,
    trustBus: config.busAuth === 'broker',
    limits: { textCharsMax: config.textCharsMax, stopMs: config.drainMs * HAND_OVER_SHARE },
    newId: ulid,
  })
}

/** Short texts on this thread; with worker threads, long ones and tenants' patterns over there. */
function createNlu(
  config: Config,
  clock: Clock,
  log: Log,
  metrics: Metrics,
): Nlu & { warm(): unknown; numbers?: PooledNlu['numbers'] } {
  const inline = createInlineNlu()
  if (config.nluWorkers === 0) return inline
  return createPooledNlu({
    inline,
    workers: config.nluWorkers,
    queueMax: config.nluQueueMax,
    inlineCharsMax: config.nluInlineCharsMax,
    deadlineMs: config.nluDeadlineMs,
    killAfterMs: config.nluDeadlineMs,
    clock,
    log,
    metrics,
  })
}

function tenantNames(config: Config): readonly string[] {
  return config.development ? [DEVELOPMENT_TENANT, ...config.tenants] : config.tenants
}

function keySource(config: Config, development: Development | undefined): KeySource {
  if (development) return { secret: development.secret }
  if (config.authSecret !== undefined) return { secret: config.authSecret }
  const source = config.authKeys ?? ''
  return /^https?:/.test(source) ? { jwksUrl: source } : { jwksFile: source }
}

function gatewayConfig(config: Config): GatewayConfig {
  return { ...GATEWAY_DEFAULTS, ...config, clientDir }
}

function writeBehindLimits(config: Config): ConstructorParameters<typeof WriteBehind>[0]['limits'] {
  return {
    flushMs: config.flushMs,
    opsMax: 1000,
    entriesMax: config.unflushedMax,
    bytesMax: config.journalBytesMax,
    stuckMs: 30_000,
    // A put to a server waits for the network, one to a file for the disk, which syncs one at a time.
    ...(config.mongoUrls.length > 0 ? { tenantsConcurrentMax: 8, putsPerSecondMax: 500 } : { tenantsConcurrentMax: 2 }),
  }
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
