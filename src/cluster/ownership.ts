import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import type { Claimed, Holder, Journal } from '../storage/port.ts'
import { Announcements } from './announcements.ts'
import { Handoffs } from './handoffs.ts'
import { JournalReach } from './journal-reach.ts'
import type { Death, Membership, Peer } from './membership.ts'
import type { Candidate } from './placement.ts'
import type { Bus, Directory, MemberRow, ShardHost, ShardRow, Subscription } from './port.ts'
import type { ShardMap } from './shard-map.ts'
import type { Subjects } from './subjects.ts'
import type { Timings } from './timings.ts'
import { Vacancies } from './vacancies.ts'
import { packed, unpacked } from './wire.ts'

/** A shard host that keeps what it has accepted until the documents have it, also over a drop. */
export interface MendingHost extends ShardHost {
  /**
   * Before `adopt`, where nobody had the shard since: the journal may have lost what this process acknowledged. Writes it again. Answers
   * the claim as it stands afterwards.
   */
  mend(claim: Claimed): Promise<Claimed>
  /** Another node has had these shards since they were dropped: nothing is kept of them for a mending. */
  forget(shards: readonly number[]): void
  /** Everything accepted so far is in the documents, or will never be written from here. Never rejects. */
  written(): Promise<void>
  /** The tail that this host knows of a shard it serves. */
  tailOf(shard: number): number
}

export interface OwnershipOptions {
  readonly self: MemberRow
  readonly bus: Bus
  readonly subjects: Subjects
  readonly journal: Journal
  readonly directory: Directory
  readonly membership: Membership
  readonly map: ShardMap
  readonly host: MendingHost
  readonly clock: Clock
  readonly timings: Timings
  readonly log: Log
  readonly metrics: Metrics
}

/** `serving`: deliveries run. `moving`: it is being claimed, mended, verified or handed over; callers wait or ask elsewhere. */
type Phase = 'serving' | 'moving'

interface Owned {
  claim: Claimed
  phase: Phase
  /** The journal did not confirm it yet since the last doubt. */
  doubted: boolean
  /** On its way to another node, by this one's will. */
  leaving: boolean
}

interface TakeOptions {
  /** Epochs by shard, as they were seen. */
  readonly expected: ReadonlyMap<number, number>
  readonly force: boolean
  /** Those that the journal says are this incarnation's. */
  readonly own?: ReadonlySet<number>
  /** Those that a live node holds by the journal's word: only where the journal lost this node's newer claim. */
  readonly foreign?: ReadonlySet<number>
}

const CLAIMS_AT_ONCE = 64
const SCAN_MS = 5000
const RETRY_MS = 250
const ALL: readonly number[] = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)

/**
 * Which shards this node owns, and how it gets and loses them. The journal decides: a claim raises the shard's epoch there, and
 * whoever appends with an older token is refused. Membership only says when it is worth trying. (Longer than most files: every
 * method here reads or changes the one table of what is owned; who else may have a shard is `vacancies.ts`, who is told
 * `announcements.ts`.)
 */
export class Ownership {
  readonly #o: OwnershipOptions
  readonly #owned = new Map<number, Owned>()
  /** Claims of shards that were lost: whether the journal still stands where this process left it. */
  readonly #held = new Map<number, Claimed>()
  readonly #common: Subscription[] = []
  readonly #handoffs: Handoffs
  /** Lost, and dropped in a moment. */
  readonly #losing = new Set<number>()
  /** A claim is granted, its reading is under way. */
  readonly #adopting = new Set<number>()
  /** Shards to look at soon, and from when on, monotonic milliseconds. */
  readonly #wanted = new Map<number, number>()
  readonly #reach: JournalReach
  readonly #vacancies: Vacancies
  readonly #announcements: Announcements
  readonly #takeover: Histogram
  readonly #claims: Counter
  readonly #lostCount: Counter
  #cancelLook: Cancel | undefined
  #looking = false
  #scanAtMs = 0
  #verifying = false
  /** The journal does not answer, and that was logged. */
  #silent = false
  /** Doubts so far: what the journal was asked before the newest one proves nothing. */
  #doubts = 0
  #unwatch: () => void = () => undefined
  #verifiedAtMs = Number.NEGATIVE_INFINITY
  #stopping = false

  constructor(options: OwnershipOptions) {
    this.#o = options
    const { metrics } = options
    this.#handoffs = new Handoffs({ ...options, ownership: this })
    const shard = (): number => this.#owned.keys().next().value ?? 0
    this.#reach = new JournalReach({ ...options, shard, onUnfit: () => this.#doubt() })
    this.#vacancies = new Vacancies({ ...options, reach: this.#reach })
    this.#announcements = new Announcements({
      ...options,
      epochOf: (one) => this.epochOf(one),
      serves: (one) => this.serves(one),
    })
    this.#takeover = metrics.histogram('parley_cluster_takeover_seconds', 'From a claim to serving', TAKEOVER)
    this.#claims = metrics.counter('parley_cluster_claims_total', 'Shards claimed')
    this.#lostCount = metrics.counter('parley_cluster_lost_shards_total', 'Shards lost to another node or to doubt')
    metrics.observed('parley_cluster_owned_shards', 'Shards that this node owns', () => this.#owned.size)
  }

  /** Learns who is there, then takes what is free and meant for this node. Resolves when the first round is through. */
  async start(): Promise<void> {
    const { bus, subjects, timings, self, directory, journal, map } = this.#o
    this.#vacancies.start()
    this.#common.push(
      bus.subscribe(subjects.rows, ({ data }) => this.#told(data)),
      this.#handoffs.subscribe(),
    )
    journal.onReset?.(() => {
      this.#reach.reset()
      this.#vacancies.reset()
      this.doubted()
    })
    this.#unwatch = directory.watch((row) => {
      map.learn(row)
      const own = this.#owned.get(row.shard)
      // A row proves nothing, but somebody may have taken the shard while nothing was heard.
      if (own && !own.leaving && row.owner !== self.id && row.epoch > own.claim.epoch)
        void this.verify(row.shard).catch(() => this.#doubt())
    })
    await bus.flush()
    // Failing is no harm: heartbeats and the journal tell as well, a little later.
    void directory.join(self).catch((error: unknown) => this.#o.log.warn({ err: error }, 'the directory is not available'))
    void directory.rows().then(
      (rows) => {
        for (const row of rows) if (!this.#owned.has(row.shard)) map.learn(row)
      },
      (error: unknown) => this.#o.log.warn({ err: error }, 'the directory could not be read'),
    )
    await this.#pause(timings.heartbeatMs * 2.5)
    await this.#lookOnce()
    this.#reach.start()
    this.#look()
  }

  /** Whether deliveries for the shard run here, now. */
  serves(shard: number): boolean {
    return this.#owned.get(shard)?.phase === 'serving' && this.#o.membership.fresh
  }

  /** Whether they will, soon: worth waiting for. */
  expects(shard: number): boolean {
    return this.#owned.has(shard) || this.#handoffs.expects(shard)
  }

  epochOf(shard: number): number {
    return this.#owned.get(shard)?.claim.epoch ?? 0
  }

  claimOf(shard: number): Claimed | undefined {
    return this.#owned.get(shard)?.claim
  }

  shards(): number[] {
    return [...this.#owned.keys()]
  }

  joined(peer: Peer): void {
    this.#vacancies.joined(peer.id)
  }

  died(peer: Peer, how: Death): void {
    const { map, clock } = this.#o
    const nowMs = clock.mono()
    this.#vacancies.died(peer.id, how)
    this.#handoffs.died(peer.id)
    for (const shard of map.of(peer.id)) this.#want(shard, nowMs)
    this.#scanAtMs = Math.min(this.#scanAtMs, nowMs + this.#o.timings.rankMs)
    this.#lookNow()
  }

  /** It lost the journal: its shards are free for those who have it. */
  turned(peer: Peer): void {
    if (!peer.unfit) return
    const nowMs = this.#o.clock.mono()
    for (const shard of this.#o.map.of(peer.id)) this.#want(shard, nowMs)
    this.#lookNow()
  }

  /** Everything owned is asked of the journal before it serves again. */
  doubted(): void {
    this.#doubt()
    void this.#verify()
  }

  #doubt(): void {
    this.#doubts++
    for (const owned of this.#owned.values()) {
      owned.doubted = true
      if (owned.phase === 'serving') owned.phase = 'moving'
    }
  }

  /** Whether something is believed to be owned that the journal has not confirmed since the last doubt. */
  get inDoubt(): boolean {
    for (const owned of this.#owned.values()) if (owned.doubted) return true
    return false
  }

  /** Another's, or an outcome is unknown and its log has to be read again: the journal tells which, when it is asked for the shard. */
  lost(shard: number): void {
    const owned = this.#owned.get(shard)
    if (!owned || this.#losing.has(shard)) return
    this.#lostCount.inc()
    owned.phase = 'moving'
    // Even where the journal says that it is another's: it may have lost this claim, and nobody came between.
    this.#held.set(shard, owned.claim)
    // Many are lost at once when the journal was away: the host looks through all it has once for all of them.
    if (this.#losing.size === 0) setImmediate(() => this.#dropLost())
    this.#losing.add(shard)
  }

  #dropLost(): void {
    const shards = [...this.#losing].filter((shard) => this.#owned.has(shard))
    this.#losing.clear()
    if (shards.length > 0) this.#o.log.warn({ shards: shards.length, first: shards[0] }, 'shards lost')
    this.#letGo(shards)
    if (this.#stopping) this.#tellFree(shards)
    for (const shard of shards) this.#want(shard, this.#o.clock.mono())
    this.#lookNow()
  }

  /** Whether somebody behind this node's back got the shard: asked of the journal. */
  async verify(shard: number): Promise<boolean> {
    const owned = this.#owned.get(shard)
    if (!owned) return false
    const [holder] = await this.#o.journal.holders([shard])
    if (!holder) throw new AppError('storage.unavailable', `shard ${shard} could not be asked for`, { retry: 'later' })
    if (isOurs(holder, owned.claim, this.#o.self.id)) return true
    if (this.#owned.get(shard) === owned) this.lost(shard)
    return false
  }

  /** Gives everything away: to other nodes, or, where there is none, back to the journal. Waits `afterMs` at most. */
  async handOver(afterMs: number): Promise<void> {
    const { clock, membership, log } = this.#o
    this.#stopping = true
    membership.drain()
    const untilMs = clock.mono() + afterMs
    while (this.#owned.size > 0 && clock.mono() < untilMs) {
      if (this.candidates().length === 0) break
      await this.#handoffs.run(untilMs).catch((error: unknown) => log.warn({ err: error }, 'a hand-over failed; trying again'))
      if (this.#owned.size > 0) await this.#pause(20)
    }
    await this.#releaseAll(Math.max(0, untilMs - clock.mono()))
  }

  async leave(): Promise<void> {
    const { directory, self, log } = this.#o
    this.#stopping = true
    this.#announcements.stop()
    this.#cancelLook?.()
    this.#unwatch()
    for (const subscription of this.#common.splice(0)) subscription.unsubscribe()
    await directory.leave(self.id).catch((error: unknown) => log.warn({ err: error }, 'the directory was not told of the end'))
  }

  async #releaseAll(afterMs: number): Promise<void> {
    const { host, journal, log, clock } = this.#o
    const shards = this.shards()
    if (shards.length === 0) return
    const untilMs = clock.mono() + afterMs
    for (const shard of shards) this.leaving(shard)
    await host.drain(shards, afterMs)
    await Promise.race([host.written(), this.#pause(Math.max(0, untilMs - clock.mono()))])
    const claims = shards.flatMap((shard) => this.claimOf(shard) ?? [])
    this.#letGo(shards)
    await journal.release(claims).catch((error: unknown) => log.warn({ err: error }, 'the shards could not be given back'))
    this.#tellFree(shards)
  }

  /** Nobody has them: whoever may, takes them now and not at the next scan. */
  #tellFree(shards: readonly number[]): void {
    const { bus, subjects } = this.#o
    if (shards.length > 0) bus.publish(subjects.rows, packed(['', shards.map((shard) => [shard, 0])]))
  }

  /** Members that may own shards: here, confirmed and staying. This node among them while it is. */
  candidates(): Candidate[] {
    const { membership, self } = this.#o
    const all: Candidate[] = membership
      .peers()
      .filter((peer) => !peer.draining && !peer.unfit && peer.roles.includes('actors'))
      .map(({ id, node }) => ({ id, node }))
    const stays = !this.#stopping && !membership.draining && !membership.unfit
    if (stays && self.roles.includes('actors')) all.push({ id: self.id, node: self.node })
    return all
  }

  // What the hand-overs use.

  /** It is being given away: nothing more is taken, and that another node has it will be no news. */
  leaving(shard: number): void {
    const owned = this.#owned.get(shard)
    if (owned) Object.assign(owned, { phase: 'moving', leaving: true })
  }

  isServing(shard: number): boolean {
    return this.#owned.get(shard)?.phase === 'serving'
  }

  /** Forgets shards that go elsewhere; the host drops them. */
  letGo(shards: readonly number[]): void {
    this.#letGo(shards)
    this.#overtaken(shards)
  }

  unsubscribe(shards: readonly number[]): Promise<unknown> {
    return this.#announcements.drain(shards)
  }

  /** Claims and serves. Gives those that it got. */
  async take(shards: readonly number[], options: TakeOptions): Promise<number[]> {
    const taken: number[] = []
    const { clock, log } = this.#o
    const startedMs = clock.mono()
    for (let from = 0; from < shards.length; from += CLAIMS_AT_ONCE) {
      const some = shards
        .slice(from, from + CLAIMS_AT_ONCE)
        .filter((shard) => !this.#stopping && !this.#owned.has(shard) && !this.#adopting.has(shard))
      if (some.length > 0) taken.push(...(await this.#claim(some, options)))
    }
    const ms = Math.round(clock.mono() - startedMs)
    if (taken.length > 0) log.info({ shards: taken.length, owned: this.#owned.size, ms }, 'shards taken')
    return taken
  }

  async #claim(shards: readonly number[], options: TakeOptions): Promise<number[]> {
    const { journal, self, clock, log } = this.#o
    const { own } = options
    const startedMs = clock.mono()
    // A shard left in doubt goes on only where nobody came between; what this process still holds of it may have to be written again.
    const held = new Map(
      shards.flatMap((shard) => (this.#held.has(shard) ? [[shard, (this.#held.get(shard) as Claimed).token]] : [])),
    )
    const granted = new Set<number>()
    const claims: Claimed[] = []
    try {
      if (held.size > 0) claims.push(...(await journal.claim([...held.keys()], self.id, { held })))
      for (const { shard } of claims) granted.add(shard)
      this.#overtaken([...held.keys()].filter((shard) => !granted.has(shard) && !own?.has(shard)))
      const strangers = shards.filter((shard) => !granted.has(shard) && !options.foreign?.has(shard))
      if (strangers.length > 0) claims.push(...(await journal.claim(strangers, self.id, options)))
      // The journal names this incarnation: an earlier claim was granted and its answer lost. Nobody came between then.
      for (const { shard } of claims) if (held.has(shard) && own?.has(shard)) granted.add(shard)
    } catch (error) {
      log.warn({ err: error, shards: shards.length }, 'shards could not be claimed')
      for (const shard of shards) this.#want(shard, clock.mono() + RETRY_MS)
      if (claims.length === 0) return []
    }
    if (this.#stopping) {
      // It began to leave meanwhile: at once free for those who stay.
      await journal.release(claims).catch((error: unknown) => log.warn({ err: error }, 'the shards could not be given back'))
      return []
    }
    return this.#adopt(claims, granted, startedMs)
  }

  /** Somebody else had these since: what this process still has of them must not come back. */
  #overtaken(shards: readonly number[]): void {
    for (const shard of shards) this.#held.delete(shard)
    this.#o.host.forget(shards)
  }

  /** `held`: nobody had these since this process did. */
  async #adopt(claims: readonly Claimed[], held: ReadonlySet<number>, startedMs: number): Promise<number[]> {
    const { host, clock, log } = this.#o
    if (claims.length === 0) return []
    this.#claims.inc(claims.length)
    for (const claim of claims) {
      this.#owned.set(claim.shard, { claim, phase: 'moving', doubted: false, leaving: false })
      this.#adopting.add(claim.shard)
    }
    try {
      const mended = await Promise.all(claims.map((claim) => (held.has(claim.shard) ? host.mend(claim) : claim)))
      for (const { shard } of claims) this.#held.delete(shard)
      const still = mended.filter((claim) => this.#owned.get(claim.shard)?.claim.epoch === claim.epoch)
      await host.adopt(still)
      const isOwned = ({ shard, epoch }: Claimed): boolean => this.#owned.get(shard)?.claim.epoch === epoch
      // Lost again while they were read.
      host.drop(still.flatMap((claim) => (isOwned(claim) ? [] : claim.shard)))
      const served = still.filter(isOwned)
      for (const claim of served) {
        const owned = this.#owned.get(claim.shard) as Owned
        owned.claim = claim
        if (!owned.doubted && !this.#losing.has(claim.shard)) owned.phase = 'serving'
      }
      await this.#announcements.announce(served)
      this.#takeover.observe((clock.mono() - startedMs) / 1000)
      return served.map(({ shard }) => shard)
    } catch (error) {
      log.warn({ err: error, shards: claims.length }, 'claimed shards could not be read; trying again')
      const failed: number[] = []
      for (const claim of claims) {
        if (this.#owned.get(claim.shard)?.claim.epoch !== claim.epoch) continue
        // What is held of it under the older token is held under this one now.
        this.#held.set(claim.shard, claim)
        this.#want(claim.shard, clock.mono() + RETRY_MS)
        failed.push(claim.shard)
      }
      this.#letGo(failed)
      return []
    } finally {
      for (const { shard } of claims) this.#adopting.delete(shard)
    }
  }

  #told(data: Uint8Array): void {
    const told = unpacked(data)
    if (!Array.isArray(told) || typeof told[0] !== 'string' || !Array.isArray(told[1])) return
    const [owner, rows] = told as [string, [number, number][]]
    if (owner === this.#o.self.id || !rows.every(isRow)) return
    if (owner === '') {
      for (const [shard] of rows) if (!this.#owned.has(shard)) this.#want(shard, this.#o.clock.mono())
      this.#lookNow()
      return
    }
    for (const [shard, epoch] of rows) {
      this.#believe({ shard, owner, epoch })
      const own = this.#owned.get(shard)
      if (own && !own.leaving && epoch > own.claim.epoch) this.lost(shard)
    }
  }

  /** Epochs fall only where the journal lost them; then the word of a live owner counts more than that of a dead one. */
  #believe(row: ShardRow): void {
    const { map, membership } = this.#o
    const known = map.ownerOf(row.shard)
    if (row.epoch < map.epochOf(row.shard) && (known === undefined || !membership.isLive(known))) map.replace(row)
    else map.learn(row)
  }

  #letGo(shards: readonly number[]): void {
    const { host, map, self } = this.#o
    if (shards.length === 0) return
    for (const shard of shards) {
      this.#owned.delete(shard)
      this.#announcements.remove(shard)
      map.doubt(shard, self.id)
    }
    host.drop(shards)
  }

  #want(shard: number, fromMs: number): void {
    const known = this.#wanted.get(shard)
    if (known === undefined || known > fromMs) this.#wanted.set(shard, fromMs)
  }

  #lookNow(): void {
    this.#cancelLook?.()
    this.#cancelLook = this.#o.clock.setTimer(0, () => this.#look())
  }

  #look(): void {
    this.#cancelLook?.()
    if (this.#stopping) return
    this.#cancelLook = this.#o.clock.setTimer(this.#o.timings.heartbeatMs / 5, () => this.#look())
    if (this.#o.self.roles.includes('actors')) this.#reach.look()
    if (!this.#looking) void this.#lookOnce()
  }

  /** One round: verify, claim what is wanted, hand over what belongs elsewhere. Never rejects. */
  async #lookOnce(): Promise<void> {
    const { clock, membership, self, timings } = this.#o
    this.#looking = true
    try {
      // Unconfirmed for too long: somebody may have taken what is here.
      if (!membership.fresh) this.#doubt()
      // A shard that nothing is appended to could be taken without a sign of it here: asked now and then, often where no peer confirms.
      const everyMs = membership.unnamed ? timings.heartbeatMs : timings.deadMs
      const stale = clock.mono() - this.#verifiedAtMs >= everyMs
      if (stale || !membership.fresh || this.inDoubt) await this.#verify()
      if (!self.roles.includes('actors')) return
      const nowMs = clock.mono()
      if (nowMs >= this.#scanAtMs) await this.#scan()
      else {
        const due = [...this.#wanted].filter(([, fromMs]) => fromMs <= nowMs).map(([shard]) => shard)
        if (due.length > 0) await this.#consider(due)
      }
      if (membership.fresh) await this.#handoffs.run()
    } catch (error) {
      this.#o.log.warn({ err: error }, 'a look at the shards failed; trying again')
    } finally {
      this.#looking = false
    }
  }

  async #scan(): Promise<void> {
    this.#scanAtMs = this.#o.clock.mono() + SCAN_MS
    await this.#consider(ALL.filter((shard) => !this.#owned.has(shard)))
  }

  /** Asks the journal about these shards and claims those that are free and this node's turn. */
  async #consider(shards: readonly number[]): Promise<void> {
    const { membership, journal, clock } = this.#o
    for (const shard of shards) this.#wanted.delete(shard)
    const open = shards.filter((shard) => !this.#owned.has(shard) && !this.#handoffs.expects(shard))
    if (open.length === 0 || this.#stopping) return
    if (!membership.fresh) {
      // Nobody confirms this node: what it thinks of others is worth nothing.
      for (const shard of open) this.#want(shard, clock.mono() + RETRY_MS)
      return
    }
    let holders: readonly Holder[]
    try {
      holders = await journal.holders(open)
    } catch (error) {
      for (const shard of open) this.#want(shard, clock.mono() + RETRY_MS)
      if (!this.#silent) this.#o.log.warn({ err: error }, 'the journal could not be asked for the shards; trying again')
      this.#silent = true
      return
    }
    const expected = new Map<number, number>()
    const own = new Set<number>()
    const foreign = new Set<number>()
    const candidates = this.candidates()
    const owners = new Map<string, Promise<boolean>>()
    for (const holder of holders) {
      const { shard, owner, epoch } = holder
      if (owner === this.#o.self.id) own.add(shard)
      if (owner !== '' && owner !== this.#o.self.id && membership.isLive(owner) && !membership.peer(owner)?.unfit) {
        this.#vacancies.taken(shard)
        if (epoch < (this.#held.get(shard)?.epoch ?? 0)) {
          // The journal may have lost this node's claim, and name who had the shard before.
          expected.set(shard, epoch)
          foreign.add(shard)
          continue
        }
        this.#overtaken([shard])
        this.#believe({ shard, owner, epoch })
      } else if (await this.#vacancies.isFree(holder, this.#held.has(shard), owners)) {
        const turnMs = this.#held.has(shard) ? 0 : this.#vacancies.turnOf(shard, candidates)
        if (turnMs === 0) expected.set(shard, epoch)
        else if (turnMs < Number.POSITIVE_INFINITY) this.#want(shard, turnMs)
      } else this.#want(shard, clock.mono() + RETRY_MS)
    }
    if (expected.size === 0 || !membership.fresh) return
    await this.take([...expected.keys()], { expected, force: this.#vacancies.mayForce(), own, foreign })
    for (const shard of expected.keys()) if (!this.#owned.has(shard)) this.#want(shard, clock.mono() + RETRY_MS)
  }

  /** Asks the journal whether all is held that is believed to be. Serving goes on with what is confirmed. */
  async #verify(): Promise<void> {
    if (this.#verifying) return
    this.#verifying = true
    const { journal, membership, self, host, log } = this.#o
    try {
      const since = membership.now()
      const doubts = this.#doubts
      const asked = [...this.#owned].map(([shard, owned]) => [shard, owned, owned.claim.epoch] as const)
      // What cannot be asked now is left out, and stays in doubt.
      const holders = new Map((await journal.holders(asked.map(([shard]) => shard))).map((holder) => [holder.shard, holder]))
      membership.verified(since)
      this.#verifiedAtMs = since.monoMs
      const confirmed: [number, number][] = []
      for (const [shard, owned, epoch] of asked) {
        const holder = holders.get(shard)
        if (this.#owned.get(shard) !== owned || owned.claim.epoch !== epoch || this.#losing.has(shard) || !holder) continue
        if (owned.leaving) continue
        if (!isOurs(holder, owned.claim, self.id)) this.lost(shard)
        else if (owned.doubted && doubts === this.#doubts && this.#announcements.has(shard)) {
          // The engine came back with less than was acknowledged: the host still has the rest.
          if (holder.tail < host.tailOf(shard)) this.lost(shard)
          else if (membership.fresh) {
            owned.doubted = false
            owned.phase = 'serving'
            confirmed.push([shard, epoch])
            this.#o.map.touch(shard)
          }
        }
      }
      this.#announcements.tell(confirmed)
      this.#silent = false
    } catch (error) {
      // Once an outage: `unfit` tells how it goes on.
      if (!this.#silent) log.warn({ err: error }, 'the journal could not confirm the shards; trying again')
      this.#silent = true
    } finally {
      this.#verifying = false
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#o.clock.setTimer(ms, resolve))
  }
}

const isRow = (row: unknown): boolean =>
  Array.isArray(row) && Number.isInteger(row[0]) && row[0] >= 0 && row[0] < SHARD_COUNT && Number.isSafeInteger(row[1])

const isOurs = (holder: Holder, claim: Claimed, id: string): boolean => holder.owner === id && holder.epoch === claim.epoch

const TAKEOVER = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
