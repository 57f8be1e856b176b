import type { Cluster } from '../cluster/port.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Counter } from '../kernel/metrics.ts'
import { type Rejection, reject } from '../kernel/rejection.ts'
import { shardOf } from '../kernel/shard.ts'
import type { Answer, ConversationRouter, Push, Watcher } from './port.ts'
import { type Item, packAnswer, packPush, repeated, unpackDelivery, type WireDelivery } from './remote-items.ts'

/** The conversations of this node. */
export interface LocalConversations extends ConversationRouter {
  /** Removes one watcher from everything. */
  unwatch(watcherId: string): void
}

export interface RemoteCallersOptions {
  readonly cluster: Cluster
  readonly local: LocalConversations
  readonly clock: Clock
  readonly refused: Counter
  /** Something waits: `sweep` has to be called again. */
  readonly onWaiting: () => void
}

type AskItem = Extract<Item, readonly ['ask', ...unknown[]]>

interface Waiting {
  readonly from: string
  readonly item: AskItem
  readonly sinceMs: number
}

/** Deliveries for a shard that is about to be served here; older ones have been sent again. */
const WAITING_MAX = 256
const WAITING_MS = 1500

/** Serves what other nodes ask of this one's conversations. All sessions of a node are one watcher here. */
export class RemoteCallers {
  readonly #o: RemoteCallersOptions
  readonly #gateways = new Map<string, Watcher>()
  /** For shards that are not served here yet, by shard. */
  readonly #waiting = new Map<number, Waiting[]>()

  constructor(options: RemoteCallersOptions) {
    this.#o = options
  }

  asked(from: string, item: AskItem): void {
    const { cluster } = this.#o
    const [, id, tenant, cid] = item
    const shard = shardOf(tenant, cid)
    if (cluster.serves(shard)) this.#run(from, shard, item)
    else if (cluster.expects(shard)) this.#wait(from, shard, item)
    else {
      const owner = cluster.ownerOf(shard)
      cluster.send(from, ['elsewhere', id, owner?.id ?? '', owner?.epoch ?? 0] satisfies Item)
    }
  }

  /** None of its sessions watches the conversation any more. */
  unwatched(from: string, tenant: string, cid: string): void {
    const caller = { tenant, user: 'node', role: 'service' } as const
    this.#o.local.deliver(tenant, cid, { type: 'leave', caller, watcherId: gatewayId(from) }, () => undefined)
  }

  died(id: string): void {
    this.#gateways.delete(id)
    this.#o.local.unwatch(gatewayId(id))
  }

  /** The shard may be served here now, or elsewhere. */
  moved(shard: number): void {
    if (this.#waiting.has(shard)) this.#serve(shard)
  }

  /** Forgets what has waited too long. False when nothing waits. */
  sweep(): boolean {
    const nowMs = this.#o.clock.mono()
    for (const [shard, waiting] of this.#waiting) {
      const fresh = waiting.filter(({ sinceMs }) => nowMs - sinceMs < WAITING_MS)
      if (fresh.length > 0) this.#waiting.set(shard, fresh)
      else this.#waiting.delete(shard)
    }
    for (const shard of [...this.#waiting.keys()]) this.#serve(shard)
    return this.#waiting.size > 0
  }

  #wait(from: string, shard: number, item: AskItem): void {
    const waiting = this.#waiting.get(shard) ?? []
    if (waiting.length >= WAITING_MAX) {
      this.#o.refused.inc()
      const full = reject('unavailable', 'too many messages wait for this conversation', { retryMs: 1000 })
      this.#o.cluster.send(from, ['answer', item[1], Number.MAX_SAFE_INTEGER, full] satisfies Item)
      return
    }
    // Sent again: the newer one stands for both.
    const others = waiting.filter((other) => other.from !== from || other.item[1] !== item[1])
    this.#waiting.set(shard, [...others, { from, item, sinceMs: this.#o.clock.mono() }])
    this.#o.onWaiting()
  }

  #serve(shard: number): void {
    const { cluster } = this.#o
    if (!cluster.serves(shard) && cluster.expects(shard)) return
    const waiting = this.#waiting.get(shard) ?? []
    this.#waiting.delete(shard)
    for (const { from, item } of waiting) this.asked(from, item)
  }

  #run(from: string, shard: number, item: AskItem): void {
    const { cluster, local, clock } = this.#o
    const [, id, tenant, cid, packed, watch, attempt] = item
    const plain = repeated(unpackDelivery(packed, clock.now()), attempt)
    const delivery = watch ? ({ ...plain, watcher: this.#gateway(from) } as WireDelivery) : plain
    local.deliver(tenant, cid, delivery, (answer: Answer | Rejection) => {
      cluster.send(from, ['answer', id, cluster.epochOf(shard), packAnswer(answer)] satisfies Item)
    })
  }

  #gateway(id: string): Watcher {
    let gateway = this.#gateways.get(id)
    if (!gateway) {
      const { cluster } = this.#o
      gateway = {
        id: gatewayId(id),
        push: (push: Push) => cluster.send(id, ['push', packPush(push)] satisfies Item),
        gone: (tenant, cid) => cluster.send(id, ['gone', tenant, cid] satisfies Item),
      }
      this.#gateways.set(id, gateway)
    }
    return gateway
  }
}

export const gatewayId = (node: string): string => `gateway:${node}`
