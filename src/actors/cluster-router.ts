import type { Cluster, ClusterEvents, Random } from '../cluster/port.ts'
import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Metrics } from '../kernel/metrics.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import { shardOf } from '../kernel/shard.ts'
import { type Ask, Asks } from './asks.ts'
import type { Answer, ConversationRouter, Delivery, Watcher } from './port.ts'
import { gatewayId, type LocalConversations, RemoteCallers } from './remote-callers.ts'
import { type Item, itemOf, packDelivery, repeated, unpackAnswer, unpackPush, type WireDelivery } from './remote-items.ts'
import { RemoteWatches } from './remote-watches.ts'

export interface ClusterRouterOptions {
  readonly cluster: Cluster
  readonly local: LocalConversations
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  readonly newId: (nowMs: number) => string
}

/** An answer that does not come within this is asked for again. */
const ATTEMPT_MS = 1000
/** After this the asker is told that the outcome is unknown. */
const BUDGET_MS = 10_000
/** Nodes that may die while they have the same delivery in hand. */
const DEATHS_MAX = 2
const BACKOFF_MS = { first: 2, max: 200 } as const
const SWEEP_MS = 20
/** Tries to find an id whose shard is this node's. */
const ID_TRIES = 32
const LIMITS = { parkedMax: 256, parkedBytesMax: 4 * 1024 * 1024, shardMax: 4096 }

/**
 * The door to conversations wherever they live. Those of this node's shards are called directly; others through their owner's
 * link. A delivery is repeated, with the same message id, until it has an answer from whoever owns its shard then: so it takes
 * effect once, though nodes die. What nobody answers within ten seconds is refused as unknown.
 */
export class ClusterRouter implements ConversationRouter, ClusterEvents {
  readonly #o: ClusterRouterOptions
  readonly #asks = new Asks(LIMITS)
  readonly #watches = new RemoteWatches()
  readonly #callers: RemoteCallers
  readonly #remote: Counter
  readonly #retries: Counter
  readonly #givenUp: Counter
  readonly #refused: Counter
  #nextId = 1
  #stopped = false
  #cancelSweep: Cancel | undefined

  constructor(options: ClusterRouterOptions) {
    this.#o = options
    const { metrics } = options
    this.#remote = metrics.counter('parley_router_remote_turns_total', 'Deliveries sent to other nodes')
    this.#retries = metrics.counter('parley_router_retries_total', 'Deliveries sent again')
    this.#givenUp = metrics.counter('parley_router_given_up_total', 'Deliveries without an answer in time')
    this.#refused = metrics.counter('parley_router_refused_total', 'Deliveries refused because too many waited for a shard')
    this.#callers = new RemoteCallers({ ...options, refused: this.#refused, onWaiting: () => this.#arm() })
    metrics.observed('parley_router_asks', 'Deliveries on their way', () => this.#asks.size)
    metrics.observed(
      'parley_router_parked',
      'Deliveries that wait for an earlier one of their conversation',
      () => this.#asks.parked,
    )
    metrics.observed(
      'parley_router_remote_watchers',
      'Sessions here that follow conversations of other nodes',
      () => this.#watches.count,
    )
  }

  /** An id whose conversation will live on this node, where it owns shards. */
  newId(tenant: string, nowMs: number): string {
    const { newId, cluster } = this.#o
    let id = newId(nowMs)
    for (let tries = 0; tries < ID_TRIES && cluster.owned > 0 && !cluster.serves(shardOf(tenant, id)); tries++) id = newId(nowMs)
    return id
  }

  deliver<D extends Delivery>(tenant: string, cid: string, delivery: D, reply: (answer: Answer<D> | Rejection) => void): void {
    const shard = shardOf(tenant, cid)
    const answer = reply as (answer: Answer | Rejection) => void
    if (delivery.type === 'leave') this.#leave(tenant, cid, shard, delivery, answer)
    else if (delivery.type === 'typing') this.#typing(tenant, cid, shard, delivery, answer)
    else if (this.#o.cluster.serves(shard) && !(this.#asks.has(shard) && this.#asks.isLined(tenant, cid))) {
      this.#o.local.deliver(tenant, cid, delivery, (result: Answer | Rejection) => {
        if (isMoved(result)) this.#again(tenant, cid, shard, delivery as WireDelivery, answer)
        else answer(result)
      })
    } else this.#ask(this.#newAsk(tenant, cid, shard, delivery as WireDelivery, answer))
  }

  /** Gives up what has no answer yet, and takes nothing more. */
  stop(): void {
    this.#stopped = true
    this.#cancelSweep?.()
    for (const ask of this.#asks.all()) this.#giveUp(ask)
  }

  // What the cluster tells.

  item(from: string, value: unknown): void {
    const item = itemOf(value)
    if (!item) return
    switch (item[0]) {
      case 'ask':
        this.#callers.asked(from, item)
        break
      case 'answer':
        this.#answered(from, item[1], item[2], unpackAnswer(item[3]))
        break
      case 'elsewhere':
        this.#elsewhere(from, item[1], item[2], item[3])
        break
      case 'push': {
        const push = unpackPush(item[1])
        if (push && !this.#watches.push(from, push)) this.#o.cluster.send(from, ['unwatch', push.tenant, push.cid])
        break
      }
      case 'gone':
        this.#watches.gone(from, item[1], item[2])
        break
      case 'unwatch':
        this.#callers.unwatched(from, item[1], item[2])
        break
      case 'typing':
        this.#o.local.deliver(item[1], item[2], { ...item[3], via: gatewayId(from) }, nothing)
        break
    }
  }

  gap(from: string): void {
    this.#watches.lost(from)
    for (const ask of this.#asks.all()) if (ask.sentTo === from) this.#retry(ask, 0)
  }

  unheard(to: string): void {
    const { cluster } = this.#o
    cluster.suspect(to)
    for (const ask of this.#asks.all()) {
      if (ask.sentTo !== to) continue
      // Once may be a broker that does not know yet; twice the owner has to be found.
      if (ask.attempts > 1) cluster.doubt(ask.shard, to)
      this.#retry(ask)
    }
  }

  died(id: string): void {
    this.#watches.lost(id)
    this.#callers.died(id)
    for (const ask of this.#asks.all()) {
      if (ask.sentTo !== id) continue
      // It may be what they died of: the third is spared, and the asker may ask again.
      if (++ask.deaths >= DEATHS_MAX) this.#giveUp(ask)
      else this.#retry(ask, 0)
    }
  }

  moved(shard: number): void {
    const { cluster } = this.#o
    const owner = cluster.ownerOf(shard)
    this.#watches.moved(shard, owner?.id, owner?.epoch ?? 0)
    this.#callers.moved(shard)
    if (!this.#asks.has(shard)) return
    for (const ask of this.#asks.of(shard)) {
      if (ask.queued) continue
      if (ask.sentTo === undefined) this.#dispatch(ask)
      else if (owner !== undefined && ask.sentTo !== owner.id) this.#retry(ask, 0)
    }
  }

  // Deliveries of this node's sessions.

  #newAsk(tenant: string, cid: string, shard: number, delivery: WireDelivery, reply: Ask['reply']): Ask {
    const bytes = 256 + bytesOf(delivery)
    const startedMs = this.#o.clock.mono()
    const id = this.#nextId++
    const state = { attempts: 0, looks: 0, deaths: 0, sentTo: undefined, sentMs: 0, retryAtMs: 0, queued: false }
    return { id, tenant, cid, shard, delivery, reply, bytes, startedMs, ...state }
  }

  #ask(ask: Ask): void {
    if (this.#stopped) {
      ask.reply(reject('not_ready', 'this node is stopping', { retryMs: 500 }))
      return
    }
    const added = this.#hasRoom(ask.shard) ? this.#asks.add(ask) : 'full'
    if (added === 'full') {
      this.#refused.inc()
      ask.reply(reject('unavailable', 'too many messages wait for this conversation', { retryMs: 1000 }))
      return
    }
    if (watcherOf(ask)) this.#watches.joining(ask.tenant, ask.cid)
    this.#arm()
    if (added === 'go') this.#dispatch(ask)
  }

  /** Of a shard without a known owner not more may wait than of one conversation. */
  #hasRoom(shard: number): boolean {
    const { cluster } = this.#o
    return this.#asks.countOf(shard) <= LIMITS.parkedMax || cluster.serves(shard) || cluster.ownerOf(shard) !== undefined
  }

  /** It was here, and is not any more: the same again, wherever it is now. */
  #again(tenant: string, cid: string, shard: number, delivery: WireDelivery, reply: Ask['reply']): void {
    const ask = this.#newAsk(tenant, cid, shard, delivery, reply)
    ask.attempts = 1
    this.#retries.inc()
    this.#ask(ask)
  }

  #dispatch(ask: Ask): void {
    const { cluster, clock } = this.#o
    const { shard } = ask
    if (cluster.serves(shard)) {
      this.#here(ask)
      return
    }
    const owner = cluster.ownerOf(shard)
    if (owner === undefined || owner.id === cluster.self) {
      this.#park(ask)
      return
    }
    ask.attempts++
    ask.sentTo = owner.id
    ask.sentMs = clock.mono()
    this.#remote.inc()
    const { tenant, cid, delivery, id, attempts } = ask
    const watch = watcherOf(ask) !== undefined
    cluster.send(owner.id, ['ask', id, tenant, cid, packDelivery(delivery, clock.now()), watch, attempts] satisfies Item)
  }

  #here(ask: Ask): void {
    const { cluster, local, clock } = this.#o
    const attempt = ++ask.attempts
    ask.sentTo = cluster.self
    ask.sentMs = clock.mono()
    local.deliver(ask.tenant, ask.cid, repeated(ask.delivery, attempt), (answer: Answer | Rejection) => {
      if (this.#asks.get(ask.id) !== ask || ask.attempts !== attempt) return
      if (isMoved(answer)) this.#retry(ask)
      else this.#settle(ask, answer)
    })
  }

  /** Until the shard has an owner that is known, or the next look. */
  #park(ask: Ask): void {
    const { cluster, clock } = this.#o
    ask.sentTo = undefined
    ask.looks++
    ask.retryAtMs = clock.mono() + this.#backoff(ask)
    if (!cluster.expects(ask.shard)) cluster.find(ask.shard)
  }

  #retry(ask: Ask, afterMs = this.#backoff(ask)): void {
    this.#retries.inc()
    ask.sentTo = undefined
    ask.retryAtMs = this.#o.clock.mono() + afterMs
    if (afterMs === 0) this.#dispatch(ask)
  }

  #backoff(ask: Ask): number {
    const base = Math.min(BACKOFF_MS.max, BACKOFF_MS.first * 2 ** Math.min(ask.attempts + ask.looks, 10))
    return base * (0.5 + this.#o.random() / 2)
  }

  #answered(from: string, id: number, epoch: number, answer: Answer | Rejection): void {
    const ask = this.#asks.get(id)
    // Somebody else was asked since: what the former one says may be old.
    if (!ask || ask.sentTo !== from) return
    const owner = this.#o.cluster.ownerOf(ask.shard)
    if (isMoved(answer) || (owner !== undefined && epoch < owner.epoch)) {
      this.#retry(ask)
      return
    }
    if (epoch > 0 && epoch < Number.MAX_SAFE_INTEGER) this.#o.cluster.learn({ shard: ask.shard, owner: from, epoch })
    if (this.#asks.get(id) !== ask || ask.sentTo !== from) return
    const watcher = watcherOf(ask)
    // Before the answer: what is pushed from now on follows it.
    this.#settle(
      ask,
      answer,
      watcher && !isRejection(answer) ? () => this.#watches.add(ask.tenant, ask.cid, watcher, from, epoch) : undefined,
    )
  }

  #elsewhere(from: string, id: number, owner: string, epoch: number): void {
    const ask = this.#asks.get(id)
    if (!ask || ask.sentTo !== from) return
    const { cluster } = this.#o
    if (owner !== '' && owner !== from) cluster.learn({ shard: ask.shard, owner, epoch })
    const now = cluster.ownerOf(ask.shard)
    if (now?.id === from) cluster.doubt(ask.shard, from)
    if (ask.sentTo !== from) return
    this.#retry(ask, now !== undefined && now.id !== from && ask.attempts < 4 ? 0 : undefined)
  }

  #settle(ask: Ask, answer: Answer | Rejection, before?: () => void): void {
    const next = this.#asks.remove(ask)
    if (watcherOf(ask)) this.#watches.joined(ask.tenant, ask.cid)
    before?.()
    ask.reply(answer)
    if (next && !this.#stopped) this.#dispatch(next)
  }

  #giveUp(ask: Ask): void {
    this.#givenUp.inc()
    const answer =
      ask.attempts > 0
        ? reject('unavailable', 'the outcome is unknown: send the same mid again to settle it', { retryMs: 1000, unknown: true })
        : reject('no_owner', 'nobody owns the conversation at the moment', { retryMs: 500 })
    this.#settle(ask, answer)
  }

  #arm(): void {
    if (this.#cancelSweep !== undefined) return
    this.#cancelSweep = this.#o.clock.setTimer(SWEEP_MS, () => this.#sweep())
  }

  #sweep(): void {
    this.#cancelSweep = undefined
    const nowMs = this.#o.clock.mono()
    for (const ask of this.#asks.all()) {
      if (this.#asks.get(ask.id) !== ask) continue
      if (nowMs - ask.startedMs >= BUDGET_MS) this.#giveUp(ask)
      else if (ask.queued) continue
      else if (ask.sentTo === undefined) {
        if (nowMs >= ask.retryAtMs) this.#dispatch(ask)
      } else if (nowMs - ask.sentMs >= ATTEMPT_MS && ask.sentTo !== this.#o.cluster.self) this.#retry(ask, 0)
    }
    if (this.#callers.sweep() || this.#asks.size > 0) this.#arm()
  }

  #leave(tenant: string, cid: string, shard: number, delivery: Extract<Delivery, { type: 'leave' }>, reply: Ask['reply']): void {
    const { cluster, local } = this.#o
    const owner = this.#watches.remove(tenant, cid, delivery.watcherId)
    if (owner !== undefined) cluster.send(owner, ['unwatch', tenant, cid] satisfies Item)
    if (cluster.epochOf(shard) > 0) local.deliver(tenant, cid, delivery, nothing)
    reply({ ok: true })
  }

  #typing(
    tenant: string,
    cid: string,
    shard: number,
    delivery: Extract<Delivery, { type: 'typing' }>,
    reply: Ask['reply'],
  ): void {
    const { cluster, local } = this.#o
    if (cluster.serves(shard)) local.deliver(tenant, cid, delivery, nothing)
    else {
      const owner = this.#watches.ownerFor(tenant, cid, delivery.origin)
      if (owner !== undefined) cluster.send(owner, ['typing', tenant, cid, delivery] satisfies Item)
    }
    reply({ ok: true })
  }
}

const nothing = (): void => {}

/** Of what a caller wrote; the rest of a delivery is small and of fixed size. */
function bytesOf(delivery: WireDelivery): number {
  switch (delivery.type) {
    case 'send':
      return typeof delivery.body === 'string' ? delivery.body.length : JSON.stringify(delivery.body).length
    case 'inject':
      return JSON.stringify(delivery.what).length
    case 'handoff':
      return delivery.note?.length ?? 0
    case 'feedback':
      return delivery.text?.length ?? 0
    case 'open':
      return delivery.vars === undefined ? 0 : JSON.stringify(delivery.vars).length
    default:
      return 0
  }
}

const watcherOf = ({ delivery }: Ask): Watcher | undefined => ('watcher' in delivery ? delivery.watcher : undefined)

/** The conversation is not where it was asked for, or what became of the delivery is unknown: the same again settles it. */
function isMoved(answer: Answer | Rejection): boolean {
  if (!isRejection(answer)) return false
  const { rejected, unknown } = answer
  return rejected === 'no_owner' || rejected === 'fenced' || rejected === 'not_ready' || unknown === true
}
