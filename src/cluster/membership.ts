import type { Cancel, Clock } from '../kernel/clock.ts'
import { isId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Metrics } from '../kernel/metrics.ts'
import { Freshness } from './freshness.ts'
import { type Bus, BusError, type MemberRow, type Subscription } from './port.ts'
import type { Subjects } from './subjects.ts'
import type { Timings } from './timings.ts'
import { packed, unpacked } from './wire.ts'

/** What each node tells all others every `heartbeatMs`. */
export interface Heartbeat {
  readonly id: string
  readonly node: string
  readonly roles: readonly string[]
  readonly n: number
  /** Newest heartbeat heard of each peer. */
  readonly seen: Readonly<Record<string, number>>
  readonly draining: boolean
  /** It cannot reach the journal: what it owns is anybody's. */
  readonly unfit: boolean
  /** Its last words. */
  readonly left: boolean
  /** How far its links have come, by receiver. */
  readonly links: Readonly<Record<string, readonly [generation: number, frames: number]>>
}

export interface Peer {
  readonly id: string
  readonly node: string
  readonly roles: readonly string[]
  readonly sinceMs: number
  lastMs: number
  n: number
  draining: boolean
  unfit: boolean
}

/** `left`: it said so. `gone`: the broker has nobody under its name. `silent`: nothing was heard for `deadMs`. */
export type Death = 'left' | 'gone' | 'silent'

export interface MembershipEvents {
  joined(peer: Peer): void
  /** It says that it cannot reach the journal, or that it can again. */
  turned(peer: Peer): void
  died(peer: Peer, how: Death): void
  /** The loop stood still, or the broker was away: what was believed to be owned has to be verified. */
  doubted(): void
  heard(heartbeat: Heartbeat): void
}

export interface MembershipOptions {
  readonly self: MemberRow
  readonly bus: Bus
  readonly subjects: Subjects
  readonly clock: Clock
  readonly timings: Timings
  readonly log: Log
  readonly metrics: Metrics
  readonly events: MembershipEvents
  /** For the heartbeat. */
  readonly links: () => Heartbeat['links']
}

/** Looks per heartbeat: a stall is noticed, and a silence ends, this much finer. */
const LOOKS = 5
const PING_MS = 300
/** A second unanswered ping after this: right after somebody else subscribed, a broker may say "nobody" once (seen in clusters of three). */
const PING_AGAIN_MS = 60
const PEERS_MAX = 1024

/**
 * Who is here. Heartbeats ride on the bus as plain publications; silence on this node's monotonic clock decides, never the
 * broker. Nobody is elected and nothing is safe because of it: the journal's epoch is what protects a shard.
 */
export class Membership {
  readonly #o: MembershipOptions
  readonly #freshness: Freshness
  readonly #peers = new Map<string, Peer>()
  /** Dead incarnations by when they died: a late heartbeat of one that left does not bring it back. */
  readonly #left = new Set<string>()
  readonly #confirming = new Set<string>()
  readonly #subscriptions: Subscription[] = []
  readonly #refused: Counter
  #n = 0
  #looks = 0
  #lastLook = { monoMs: 0, wallMs: 0 }
  #cancel: Cancel | undefined
  #draining = false
  #unfit = false
  /** Since the last time that everything was in doubt. */
  #steadySinceMs = 0

  constructor(options: MembershipOptions) {
    this.#o = options
    this.#freshness = new Freshness(options.clock)
    const { metrics } = options
    this.#refused = metrics.counter(
      'parley_cluster_refused_heartbeats_total',
      'Heartbeats of nodes beyond the most that are known',
    )
    metrics.observed('parley_cluster_members', 'Live nodes of the cluster, this one included', () => this.#peers.size + 1)
    metrics.observed('parley_cluster_fresh', '1 while this node is confirmed and may serve', () => (this.fresh ? 1 : 0))
  }

  async start(): Promise<void> {
    const { bus, subjects, self, clock } = this.#o
    this.#subscriptions.push(
      bus.subscribe(subjects.heartbeats, ({ data }) => this.#heard(data)),
      bus.subscribe(subjects.suspect, ({ data }) => this.#suspected(data)),
      bus.subscribe(subjects.ping(self.id), ({ reply }) => {
        if (reply !== undefined) bus.publish(reply, packed(self.id))
      }),
    )
    bus.onStatus((connected) => {
      if (connected) this.#doubt('the broker was away')
    })
    await bus.flush()
    this.#lastLook = this.#freshness.now()
    this.#steadySinceMs = clock.mono()
    this.#look()
  }

  /** Confirmed lately enough to serve. Read at each delivery. */
  get fresh(): boolean {
    return this.#freshness.ageMs < this.#o.timings.selfFenceMs
  }

  /** Nobody but the journal can confirm this node: it has to be asked. */
  get unnamed(): boolean {
    return this.#freshness.namedAgeMs > this.#o.timings.heartbeatMs * 2
  }

  /** Takes the moment before the journal is asked; call it with what `now()` gave then. */
  verified(since: ReturnType<Freshness['now']>): void {
    this.#freshness.verified(since)
  }

  now(): ReturnType<Freshness['now']> {
    return this.#freshness.now()
  }

  /** Milliseconds since the last doubt. */
  get steadyMs(): number {
    return this.#o.clock.mono() - this.#steadySinceMs
  }

  get draining(): boolean {
    return this.#draining
  }

  get unfit(): boolean {
    return this.#unfit
  }

  /** Whether this node does without the journal. A change is told to everybody at once. */
  declare(unfit: boolean): void {
    if (this.#unfit === unfit) return
    this.#unfit = unfit
    this.#o.log.warn(
      { unfit },
      unfit ? 'the journal is out of reach: others may take what is here' : 'the journal is within reach',
    )
    this.#beat(false)
  }

  peers(): readonly Peer[] {
    return [...this.#peers.values()]
  }

  peer(id: string): Peer | undefined {
    return this.#peers.get(id)
  }

  isLive(id: string): boolean {
    return id === this.#o.self.id || this.#peers.has(id)
  }

  /** Tells everybody now that this node gives its shards away. */
  drain(): void {
    this.#draining = true
    this.#beat(false)
  }

  /** Last words. */
  async stop(): Promise<void> {
    this.#cancel?.()
    this.#draining = true
    this.#beat(true)
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe()
  }

  /** A frame for it reached nobody: everybody looks whether it is gone. */
  suspect(id: string): void {
    if (!this.#peers.has(id) || this.#confirming.has(id)) return
    this.#o.bus.publish(this.#o.subjects.suspect, packed({ id, by: this.#o.self.id }))
    void this.#confirm(id)
  }

  /** Whether the broker knows nobody under this name: asked twice. Undefined when it could not be asked. */
  async absent(id: string): Promise<boolean | undefined> {
    const first = await this.#ping(id)
    if (first !== true) return first
    await new Promise<void>((resolve) => this.#o.clock.setTimer(PING_AGAIN_MS, resolve))
    return this.#ping(id)
  }

  async #ping(id: string): Promise<boolean | undefined> {
    const { bus, subjects } = this.#o
    try {
      await bus.request(subjects.ping(id), packed(this.#o.self.id), { timeoutMs: PING_MS })
      return false
    } catch (error) {
      return error instanceof BusError && error.fault === 'no_responders' ? true : undefined
    }
  }

  #suspected(data: Uint8Array): void {
    const told = unpacked(data) as { id?: unknown; by?: unknown } | undefined
    if (typeof told?.id !== 'string' || told.by === this.#o.self.id || !this.#peers.has(told.id)) return
    void this.#confirm(told.id)
  }

  async #confirm(id: string): Promise<void> {
    if (this.#confirming.has(id)) return
    this.#confirming.add(id)
    try {
      const since = this.#o.clock.mono()
      const absent = await this.absent(id)
      const peer = this.#peers.get(id)
      // After a reconnect everybody may look gone: then only silence counts.
      const steady = this.steadyMs > this.#o.timings.selfFenceMs && this.#o.bus.connected
      if (absent === true && peer && peer.lastMs < since && steady) this.#bury(peer, 'gone')
    } finally {
      this.#confirming.delete(id)
    }
  }

  #look(): void {
    const { clock, timings } = this.#o
    const everyMs = timings.heartbeatMs / LOOKS
    this.#cancel = clock.setTimer(everyMs, () => this.#look())
    const now = this.#freshness.now()
    const gapMs = Math.max(now.monoMs - this.#lastLook.monoMs, now.wallMs - this.#lastLook.wallMs) - everyMs
    this.#lastLook = now
    if (gapMs > timings.loopGapMs) this.#doubt(`the loop stood still for ${Math.round(gapMs)} ms`)
    if (this.#looks++ % LOOKS === 0) this.#beat(false)
    for (const peer of [...this.#peers.values()]) {
      const silentMs = now.monoMs - peer.lastMs
      if (silentMs >= timings.deadMs) this.#bury(peer, 'silent')
      else if (silentMs > timings.heartbeatMs * 1.5) void this.#confirm(peer.id)
    }
  }

  #beat(left: boolean): void {
    const { self, bus, subjects } = this.#o
    const n = ++this.#n
    const seen: Record<string, number> = {}
    for (const peer of this.#peers.values()) seen[peer.id] = peer.n
    const { id, node, roles } = self
    const state = { draining: this.#draining, unfit: this.#unfit, left }
    const heartbeat: Heartbeat = { id, node, roles, n, seen, ...state, links: this.#o.links() }
    this.#freshness.sent(n)
    bus.publish(subjects.heartbeat(id), packed(heartbeat))
  }

  #heard(data: Uint8Array): void {
    const heartbeat = unpacked(data) as Heartbeat | undefined
    if (!isId(heartbeat?.id) || !Number.isSafeInteger(heartbeat.n) || typeof heartbeat.node !== 'string') return
    const { self } = this.#o
    if (heartbeat.id === self.id) {
      this.#freshness.echoed(heartbeat.n)
      return
    }
    if (this.#left.has(heartbeat.id)) return
    const known = this.#peers.get(heartbeat.id)
    if (heartbeat.left) {
      this.#forgetForGood(heartbeat.id)
      if (known) this.#bury(known, 'left')
      return
    }
    const named = heartbeat.seen?.[self.id]
    if (named !== undefined) this.#freshness.named(named)
    if (known) this.#renew(known, heartbeat)
    else this.#welcome(heartbeat)
    this.#o.events.heard(heartbeat)
  }

  #renew(peer: Peer, heartbeat: Heartbeat): void {
    if (heartbeat.n <= peer.n) return
    peer.n = heartbeat.n
    peer.lastMs = this.#o.clock.mono()
    peer.draining = heartbeat.draining === true
    const unfit = heartbeat.unfit === true
    if (unfit === peer.unfit) return
    peer.unfit = unfit
    this.#o.events.turned(peer)
  }

  #welcome({ id, node, roles, n, draining, unfit }: Heartbeat): void {
    if (this.#peers.size >= PEERS_MAX) {
      this.#refused.inc()
      return
    }
    const nowMs = this.#o.clock.mono()
    const peer: Peer = { id, node, roles: Array.isArray(roles) ? roles : [], sinceMs: nowMs, lastMs: nowMs, n, draining, unfit }
    this.#peers.set(id, peer)
    // A node that came back: its former incarnation cannot be there any more.
    for (const other of this.#peers.values()) if (other.node === node && other.id !== id) this.suspect(other.id)
    this.#o.log.info({ peer: id, members: this.#peers.size + 1 }, 'a node joined')
    this.#o.events.joined(peer)
  }

  #bury(peer: Peer, how: Death): void {
    if (!this.#peers.delete(peer.id)) return
    this.#o.log.warn({ peer: peer.id, how, members: this.#peers.size + 1 }, 'a node is gone')
    this.#o.events.died(peer, how)
  }

  #forgetForGood(id: string): void {
    this.#left.add(id)
    if (this.#left.size <= PEERS_MAX) return
    const [oldest] = this.#left
    if (oldest !== undefined) this.#left.delete(oldest)
  }

  /** All silences begin anew; whether this node is confirmed has to be seen again. */
  #doubt(why: string): void {
    const { clock, log, events } = this.#o
    const nowMs = clock.mono()
    for (const peer of this.#peers.values()) peer.lastMs = nowMs
    this.#freshness.reset()
    this.#steadySinceMs = nowMs
    log.warn({ why }, 'membership in doubt: verifying what is owned')
    // The sooner it is heard, the sooner somebody names it.
    this.#beat(false)
    events.doubted()
  }
}
