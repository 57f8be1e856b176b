import { ClusterRouter } from '../actors/cluster-router.ts'
import { ConversationHost, type HostOptions } from '../actors/host.ts'
import { ClusterNode } from '../cluster/node.ts'
import type { Bus, Directory, MemberRow, Random } from '../cluster/port.ts'
import type { Timings } from '../cluster/timings.ts'
import type { WriteBehind } from '../storage/write-behind.ts'

export interface NodeOptions extends Omit<HostOptions, 'onLost' | 'verify' | 'writeBehind'> {
  readonly self: MemberRow
  readonly bus: Bus
  readonly directory: Directory
  readonly random: Random
  readonly writeBehind: WriteBehind
  readonly timings?: Partial<Timings>
  /** First token of the subjects between the nodes. */
  readonly root?: string
}

/** Conversations of one node of a cluster, over ports alone: what the server wires with real adapters and the simulator with its own. */
export interface Node {
  readonly host: ConversationHost
  readonly cluster: ClusterNode
  /** The door for gateways. */
  readonly router: ClusterRouter
  /** Joins the cluster; resolves when the first round of claims is through. */
  start(): Promise<void>
  /** Gives all shards away; sessions of this node go on. */
  handOver(afterMs: number): Promise<void>
  /** After `handOver`: finishes, writes down, says goodbye. The adapters are closed by whoever opened them. */
  stop(): Promise<void>
}

export function createNode(options: NodeOptions): Node {
  const { self, bus, directory, journal, clock, random, log, metrics, newId, timings, root } = options
  const host = new ConversationHost({
    ...options,
    onLost: (shard) => cluster.lost(shard),
    verify: (shard) => cluster.verify(shard),
  })
  const base = { self, bus, directory, journal, clock, log, metrics, host }
  const cluster: ClusterNode = new ClusterNode({
    ...base,
    ...(timings === undefined ? undefined : { timings }),
    ...(root === undefined ? undefined : { root }),
  })
  // A node that was away may hold what another has gone on without: first it has to know.
  options.writeBehind.onlyWhile(() => cluster.certain)
  const router = new ClusterRouter({ cluster, local: host, clock, random, log, metrics, newId })
  return {
    host,
    cluster,
    router,
    async start() {
      host.start()
      await cluster.start(router)
    },
    handOver: (afterMs) => cluster.handOver(afterMs),
    async stop() {
      router.stop()
      await host.stop()
      await cluster.leave()
    },
  }
}
