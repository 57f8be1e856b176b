import { randomBytes } from 'node:crypto'
import { ConversationHost, type HostOptions } from '../actors/host.ts'
import { LocalShards } from '../actors/local-shards.ts'
import type { ConversationRouter } from '../actors/port.ts'
import { NatsBus } from '../cluster/nats/bus.ts'
import { NatsDirectory } from '../cluster/nats/directory.ts'
import { NatsEventStream } from '../cluster/nats/event-stream.ts'
import type { NatsOptions } from '../cluster/nats/options.ts'
import type { ClusterNode } from '../cluster/node.ts'
import type { Bus } from '../cluster/port.ts'
import type { Config } from '../config/schema.ts'
import type { Clock } from '../kernel/clock.ts'
import type { WriteBehind } from '../storage/write-behind.ts'
import { createNode } from './cluster-node.ts'
import { checkCredentials, readAuthorities } from './tls.ts'

/** Conversations, and the door to them: of this process alone, or of one node among several. */
export interface Shape {
  readonly router: ConversationRouter
  /** In a cluster. */
  readonly cluster?: ClusterNode
  readonly bus?: Bus
  /** Whether conversations can be talked to. */
  ready(): boolean
  /** Whether other nodes confirm this one; alone it always is. */
  confirmed(): boolean
  start(): Promise<void>
  /** Gives conversations to other nodes; sessions here go on. Nothing to do alone. */
  handOver(afterMs: number): Promise<void>
  /** Finishes what was accepted and writes it down. */
  stop(): Promise<void>
  /** After everything else was closed. */
  close(): Promise<void>
}

export type ShapeOptions = Omit<HostOptions, 'onLost' | 'verify' | 'writeBehind'> & { readonly writeBehind: WriteBehind }

export function aloneShape(options: ShapeOptions): Shape {
  const { journal, clock, log } = options
  const shards = new LocalShards({ journal, clock, log })
  const host = new ConversationHost({ ...options, onLost: (shard, fenced) => shards.lost(shard, fenced) })
  let started = false
  return {
    router: host,
    ready: () => started,
    confirmed: () => true,
    async start() {
      await shards.start(host)
      host.start()
      started = true
    },
    handOver: async () => undefined,
    async stop() {
      shards.stop()
      await host.stop()
    },
    close: async () => undefined,
  }
}

/** Rejects with an AppError that says what is in the way: NATS away, too old, without JetStream, or refusing. */
export async function clusterShape(config: Config, options: ShapeOptions): Promise<Shape> {
  const { clock } = options
  const nats = natsOptions(config, options)
  const bus = await NatsBus.open(nats)
  const directory = await NatsDirectory.open({
    ...nats,
    name: `${nats.name} directory`,
    replicas: config.natsReplicas as 1 | 3,
    root: config.redisPrefix,
  })
  const node = createNode({
    ...options,
    self: { id: incarnationOf(config.node), node: config.node, roles: config.roles, startedMs: clock.now() },
    bus,
    directory,
    random: Math.random,
    root: config.redisPrefix,
    timings: { heartbeatMs: config.heartbeatMs, selfFenceMs: config.selfFenceMs, deadMs: config.deadMs },
  })
  return {
    router: node.router,
    cluster: node.cluster,
    bus,
    ready: () => node.cluster.ready,
    confirmed: () => node.cluster.confirmed,
    async start() {
      await node.start()
      await confirmedSoon(clock, node.cluster, config.deadMs)
    },
    handOver: (afterMs) => node.handOver(afterMs),
    stop: () => node.stop(),
    async close() {
      await directory.close()
      await bus.close()
    },
  }
}

/** Rejects as `clusterShape` does. */
export function openEvents(config: Config, around: Pick<ShapeOptions, 'clock' | 'log' | 'metrics'>): Promise<NatsEventStream> {
  const nats = natsOptions(config, around)
  return NatsEventStream.open({ ...nats, name: `${nats.name} events`, replicas: config.natsReplicas as 1 | 3 })
}

function natsOptions(config: Config, { clock, log, metrics }: Pick<ShapeOptions, 'clock' | 'log' | 'metrics'>): NatsOptions {
  checkCredentials(config.natsCreds)
  const tls = readAuthorities(config.tlsCa)?.nats
  return {
    urls: config.natsUrls,
    name: `parley ${config.node}`,
    clock,
    log,
    metrics,
    ...(config.natsCreds === undefined ? undefined : { credsFile: config.natsCreds }),
    ...(tls === undefined ? undefined : { tls }),
  }
}

/** Clients that come before the others have confirmed this node would be sent away again. Gives up waiting after `afterMs`. */
async function confirmedSoon(clock: Clock, cluster: ClusterNode, afterMs: number): Promise<void> {
  const untilMs = clock.mono() + afterMs
  while (!cluster.confirmed && clock.mono() < untilMs) await new Promise<void>((resolve) => clock.setTimer(20, resolve))
}

const NODE_CHARS_MAX = 48

/** New at each start: what an earlier process of this name left is another's. Letters only, which no log masks as a number. */
function incarnationOf(node: string): string {
  const letters = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  return `${node.slice(0, NODE_CHARS_MAX)}-${letters}`
}
