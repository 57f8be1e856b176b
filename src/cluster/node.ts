import type { Clock } from '../kernel/clock.ts'
import { isId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import type { Journal } from '../storage/port.ts'
import { Links } from './links.ts'
import { type Death, type Heartbeat, Membership, type Peer } from './membership.ts'
import { type MendingHost, Ownership } from './ownership.ts'
import type { Bus, Cluster, ClusterEvents, Directory, MemberRow, ShardRow } from './port.ts'
import { ShardMap } from './shard-map.ts'
import { type Subjects, subjectsOf } from './subjects.ts'
import { TIMINGS, type Timings } from './timings.ts'
import { unpacked } from './wire.ts'

export interface ClusterNodeOptions {
  readonly self: MemberRow
  readonly bus: Bus
  readonly directory: Directory
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly timings?: Partial<Timings>
  /** First token of the subjects between nodes. */
  readonly root?: string
}

const FIND_MS = 300
const NOTHING = new Uint8Array(0)

/** One node among equals: membership, links and shard ownership, over the ports alone. */
export class ClusterNode implements Cluster {
  readonly self: string
  readonly #o: ClusterNodeOptions
  readonly #subjects: Subjects
  readonly #map = new ShardMap()
  readonly #membership: Membership
  readonly #links: Links
  readonly #ownership: Ownership
  readonly #finding = new Set<number>()
  #events: ClusterEvents | undefined

  constructor(options: ClusterNodeOptions & { readonly host: MendingHost }) {
    if (!isId(options.self.id)) throw new RangeError('the id of a node becomes a subject: letters, digits, - and _ only')
    this.#o = options
    this.self = options.self.id
    this.#subjects = subjectsOf(options.root)
    const timings: Timings = { ...TIMINGS, ...options.timings }
    const subjects = this.#subjects
    const { bus, log, metrics } = options
    this.#links = new Links({
      self: this.self,
      bus,
      subjects,
      log,
      metrics,
      events: {
        item: (from, item) => this.#events?.item(from, item),
        gap: (from) => this.#events?.gap(from),
        unheard: (to) => this.#unheard(to),
      },
    })
    this.#membership = new Membership({
      ...options,
      subjects,
      timings,
      links: () => this.#positions(),
      events: {
        joined: (peer) => this.#ownership.joined(peer),
        died: (peer, how) => this.#died(peer, how),
        turned: (peer) => this.#ownership.turned(peer),
        doubted: () => this.#ownership.doubted(),
        heard: (heartbeat) => this.#links.heard(heartbeat),
      },
    })
    this.#ownership = new Ownership({ ...options, subjects, timings, membership: this.#membership, map: this.#map })
    this.#map.onChange((shard) => this.#events?.moved(shard))
  }

  /** Joins the cluster and takes its share. Resolves when the first round of claims is through. */
  async start(events: ClusterEvents): Promise<void> {
    this.#events = events
    this.#links.start()
    await this.#membership.start()
    await this.#ownership.start()
  }

  /** Gives all shards to other nodes; what nobody took within `afterMs` goes back to the journal. Still a member: sessions go on. */
  handOver(afterMs: number): Promise<void> {
    return this.#ownership.handOver(afterMs)
  }

  /** After `handOver`: says goodbye. */
  async leave(): Promise<void> {
    await this.#ownership.leave()
    this.#links.stop()
    await this.#membership.stop()
    await this.#o.bus.flush().catch((error: unknown) => this.#o.log.warn({ err: error }, 'the last words may be unheard'))
  }

  /** Live nodes, this one first; for operators. */
  members(): readonly {
    readonly id: string
    readonly node: string
    readonly roles: readonly string[]
    readonly draining: boolean
  }[] {
    const { id, node, roles } = this.#o.self
    const own = { id, node, roles, draining: this.#membership.draining }
    return [own, ...this.#membership.peers().map((peer) => ({ ...peer }))]
  }

  /** Whether the others, or the journal where there are none, confirmed this node lately. */
  get confirmed(): boolean {
    return this.#membership.fresh
  }

  /** Whether what this node believes to own is its own, as far as anybody can know. */
  get certain(): boolean {
    return this.confirmed && !this.#ownership.inDoubt
  }

  /** Whether it is worth sending clients here: confirmed, staying, and somebody has the conversations. */
  get ready(): boolean {
    const hasActors = this.members().some(({ roles }) => roles.includes('actors'))
    return this.confirmed && !this.#membership.draining && hasActors
  }

  get owned(): number {
    return this.#ownership.shards().length
  }

  /** See `Ownership.lost`: for the host. */
  lost(shard: number): void {
    this.#ownership.lost(shard)
  }

  verify(shard: number): Promise<boolean> {
    return this.#ownership.verify(shard)
  }

  serves(shard: number): boolean {
    return this.#ownership.serves(shard)
  }

  expects(shard: number): boolean {
    return this.#ownership.expects(shard)
  }

  epochOf(shard: number): number {
    return this.#ownership.epochOf(shard)
  }

  ownerOf(shard: number): { readonly id: string; readonly epoch: number } | undefined {
    const id = this.#map.ownerOf(shard)
    return id !== undefined && this.#membership.isLive(id) ? { id, epoch: this.#map.epochOf(shard) } : undefined
  }

  learn(row: ShardRow): void {
    // What this node owns it knows better.
    if (!this.#ownership.claimOf(row.shard)) this.#map.learn(row)
  }

  doubt(shard: number, owner: string): void {
    this.#map.doubt(shard, owner)
  }

  find(shard: number): void {
    if (this.#finding.has(shard)) return
    this.#finding.add(shard)
    this.#o.bus
      .request(this.#subjects.shard(shard), NOTHING, { timeoutMs: FIND_MS })
      .then(({ data }) => {
        const answer = unpacked(data)
        if (!Array.isArray(answer) || typeof answer[0] !== 'string' || typeof answer[1] !== 'number') return
        this.learn({ shard, owner: answer[0], epoch: answer[1] })
      })
      // Nobody serves it now: whoever waits asks again.
      .catch(() => undefined)
      .finally(() => this.#finding.delete(shard))
  }

  send(to: string, item: unknown): void {
    this.#links.send(to, item)
  }

  suspect(id: string): void {
    this.#membership.suspect(id)
  }

  #positions(): Heartbeat['links'] {
    this.#links.prune((id) => this.#membership.isLive(id))
    return this.#links.positions()
  }

  /** Of a node that is no member nothing may be left: what its last words overtook came after it was forgotten. */
  #unheard(to: string): void {
    if (this.#membership.isLive(to)) {
      this.#events?.unheard(to)
      return
    }
    this.#links.forget(to)
    this.#events?.died(to)
  }

  #died(peer: Peer, how: Death): void {
    this.#links.forget(peer.id)
    this.#events?.died(peer.id)
    this.#ownership.died(peer, how)
  }
}
