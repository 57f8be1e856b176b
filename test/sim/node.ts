import { ConversationHost, type HostOptions } from '../../src/actors/host.ts'
import { LocalShards } from '../../src/actors/local-shards.ts'
import type { ConversationRouter } from '../../src/actors/port.ts'
import { ConversationProjection } from '../../src/actors/projection.ts'
import { Quarantine } from '../../src/actors/quarantine.ts'
import type { ActorLimits } from '../../src/actors/services.ts'
import { createNode } from '../../src/app/cluster-node.ts'
import type { Bus, Directory } from '../../src/cluster/port.ts'
import type { Log } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import type { Nlu } from '../../src/nlu/port.ts'
import { type Documents, identitySeal, type Journal } from '../../src/storage/port.ts'
import { WriteBehind } from '../../src/storage/write-behind.ts'
import { DocumentTemplateStore } from '../../src/tenancy/template-store.ts'
import { simTemplate } from './dialogue.ts'
import type { SimProcess } from './process.ts'

/** A running server without its sockets. */
export interface SimNode {
  readonly process: SimProcess
  readonly router: ConversationRouter
  /** Ends it in good order: gives everything away, then resolves. */
  stop(): Promise<void>
}

/** What a node is made of, each its own connection. */
export interface NodeParts {
  readonly process: SimProcess
  readonly journal: Journal
  readonly documents: Documents
  readonly bus: Bus
  readonly directory: Directory
  readonly nlu: Nlu
  readonly log: Log
  readonly random: () => number
  readonly newId: (nowMs: number) => string
}

/** Resolves when the node serves; rejects where it could not start. */
export type NodeFactory = (parts: NodeParts) => Promise<SimNode>

/** Small, so that short runs reach them. */
export const ACTOR_LIMITS: ActorLimits = {
  residentsMax: 12,
  passivateMs: 2000,
  idleCloseMs: 9000,
  mailboxMax: 8,
  shardMailboxMax: 64,
  nluDeadlineMs: 1000,
}

export const WRITE_BEHIND_LIMITS = {
  flushMs: 200,
  opsMax: 100,
  entriesMax: 5000,
  tenantsConcurrentMax: 4,
  stuckMs: 5000,
} as const

/** One server alone: host, journal, documents. */
export const aloneNode: NodeFactory = async (parts) => {
  const { process, journal, log } = parts
  const { clock } = process
  const shards = new LocalShards({ journal, clock, log })
  const host = new ConversationHost({ ...hostParts(parts), onLost: (shard, fenced) => shards.lost(shard, fenced) })
  await shards.start(host)
  host.start()
  return {
    process,
    router: host,
    stop: async () => {
      await host.stop()
      shards.stop()
    },
  }
}

/** How long a node that stops in good order takes to give its shards away. */
const HAND_OVER_MS = 2500

/** One of several equal servers. */
export const clusterNode: NodeFactory = async (parts) => {
  const { process, bus, directory, random } = parts
  const self = { id: process.id, node: process.name, roles: ['gateway', 'actors'], startedMs: process.clock.now() }
  const node = createNode({ ...hostParts(parts), self, bus, directory, random })
  await node.start()
  return {
    process,
    router: node.router,
    stop: async () => {
      await node.handOver(HAND_OVER_MS)
      await node.stop()
    },
  }
}

function hostParts(parts: NodeParts): Omit<HostOptions, 'onLost' | 'writeBehind'> & { readonly writeBehind: WriteBehind } {
  const { process, journal, documents, nlu, log, random, newId } = parts
  const { clock } = process
  const projection = new ConversationProjection(identitySeal)
  const base = { clock, log, metrics: noMetrics, journal, documents, projection }
  return {
    ...base,
    writeBehind: new WriteBehind({ ...base, random, limits: WRITE_BEHIND_LIMITS }),
    templates: new DocumentTemplateStore({ documents, factory: { get: simTemplate, list: () => [] }, clock, log }),
    nlu,
    inHand: { set() {}, clear() {} },
    quarantine: new Quarantine([]),
    country: 'GB',
    newId,
    limits: ACTOR_LIMITS,
  }
}
