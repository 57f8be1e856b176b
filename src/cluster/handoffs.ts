import type { Clock } from '../kernel/clock.ts'
import { isId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../kernel/metrics.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import type { Claimed, Journal } from '../storage/port.ts'
import type { Membership } from './membership.ts'
import { bestOf, type Candidate } from './placement.ts'
import type { Bus, BusMessage, MemberRow, ShardHost, Subscription } from './port.ts'
import type { ShardMap } from './shard-map.ts'
import type { Subjects } from './subjects.ts'
import type { Timings } from './timings.ts'
import { packed, unpacked } from './wire.ts'

/** The part of the ownership that moves shards. */
export interface Movable {
  shards(): number[]
  isServing(shard: number): boolean
  leaving(shard: number): void
  claimOf(shard: number): Claimed | undefined
  candidates(): Candidate[]
  unsubscribe(shards: readonly number[]): Promise<unknown>
  letGo(shards: readonly number[]): void
  lost(shard: number): void
  take(shards: readonly number[], options: { expected: ReadonlyMap<number, number>; force: boolean }): Promise<number[]>
  epochOf(shard: number): number
}

export interface HandoffOptions {
  readonly self: MemberRow
  readonly bus: Bus
  readonly subjects: Subjects
  readonly journal: Journal
  readonly membership: Membership
  readonly map: ShardMap
  readonly host: ShardHost
  readonly clock: Clock
  readonly timings: Timings
  readonly log: Log
  readonly metrics: Metrics
  readonly ownership: Movable
}

/** `offer`: will you take these? `take`: they are released at these epochs, claim them now. */
type Letter =
  | { readonly op: 'offer'; readonly from: string; readonly shards: readonly number[]; readonly needs?: unknown }
  | { readonly op: 'take'; readonly from: string; readonly shards: readonly (readonly [shard: number, epoch: number])[] }

/** Shards of one hand-over: few, so that each stands still for a few milliseconds only. */
const TOGETHER_MAX = 16
/** Hand-overs of one round; then the caller looks around again. */
const ROUND_MAX = 8
const OFFER_MS = 2000
/** Of that for getting at hand what the shards need: they stand still when the first turn has to wait for it. */
const PREPARE_MS = 1000
const TAKE_MS = 3000
/** A node that took nothing, or not all, is offered nothing more for this long; by one that leaves, for less. */
const SHUN_MS = 1000
const LEAVING_SHUN_MS = 100
/** An accepted offer that comes to nothing is forgotten. */
const EXPECT_MS = 5000

/**
 * Planned moves. The taker gets at hand what the shards need. The giver stops taking deliveries, finishes those it has, releases the shards in the journal and tells the
 * taker, who claims, reads what is above the watermark and serves; only then the giver forgets them. Deliveries that come
 * meanwhile are sent on to the taker, where they wait. Whatever breaks off is picked up as a free shard.
 */
export class Handoffs {
  readonly #o: HandoffOptions
  /** By shard. */
  readonly #expected = new Map<number, { readonly from: string; readonly untilMs: number }>()
  /** Nodes that did not take what they were offered, until when they are left alone. */
  readonly #shunned = new Map<string, number>()
  /** Ends what waits for an answer of that node. */
  readonly #waiting = new Map<string, Set<() => void>>()
  readonly #moved: Counter
  readonly #pause: Histogram

  constructor(options: HandoffOptions) {
    this.#o = options
    this.#moved = options.metrics.counter('parley_cluster_handed_over_total', 'Shards handed over to another node')
    this.#pause = options.metrics.histogram('parley_cluster_handover_seconds', 'For how long a moving shard stood still', PAUSE)
  }

  subscribe(): Subscription {
    const { bus, subjects, self } = this.#o
    return bus.subscribe(subjects.handoff(self.id), (message) => void this.#letter(message))
  }

  /** Whether another node is about to give this shard here. */
  expects(shard: number): boolean {
    const expected = this.#expected.get(shard)
    if (expected === undefined) return false
    if (expected.untilMs > this.#o.clock.mono()) return true
    this.#expected.delete(shard)
    return false
  }

  /** What it offered will not come, and what it was asked it will not answer. */
  died(id: string): void {
    this.#shunned.delete(id)
    for (const [shard, { from }] of this.#expected) if (from === id) this.#expected.delete(shard)
    for (const end of this.#waiting.get(id) ?? []) end()
  }

  /** Gives away what belongs elsewhere, a few shards at a time, until then at most (monotonic). Rejects when the bus or the journal fails. */
  async run(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    const { ownership, membership, timings, self } = this.#o
    const candidates = ownership.candidates().filter(({ id }) => id === self.id || this.#settled(id))
    const leaving = membership.draining
    if (candidates.length === 0 || (!leaving && membership.steadyMs < timings.settleMs)) return
    const byTarget = new Map<string, number[]>()
    for (const shard of ownership.shards()) {
      if (!ownership.isServing(shard)) continue
      const best = bestOf(shard, candidates)
      if (best === undefined || best.id === self.id) continue
      const shards = byTarget.get(best.id)
      if (shards) shards.push(shard)
      else byTarget.set(best.id, [shard])
    }
    let left = ROUND_MAX
    for (const [target, shards] of byTarget) {
      if ((this.#shunned.get(target) ?? 0) > this.#o.clock.mono()) continue
      for (let from = 0; from < shards.length && left > 0; from += TOGETHER_MAX, left--) {
        if (this.#o.clock.mono() >= untilMs) return
        if (await this.#give(target, shards.slice(from, from + TOGETHER_MAX), untilMs)) continue
        if (membership.peer(target)) this.#shunned.set(target, this.#o.clock.mono() + (leaving ? LEAVING_SHUN_MS : SHUN_MS))
        break
      }
    }
  }

  #settled(id: string): boolean {
    const { membership, clock, timings } = this.#o
    const peer = membership.peer(id)
    return peer !== undefined && (membership.draining || clock.mono() - peer.sinceMs >= timings.settleMs)
  }

  /** False when the taker did not want them, or did not answer. */
  async #give(target: string, offered: readonly number[], untilMs: number): Promise<boolean> {
    const { ownership, self, host, timings, clock, log } = this.#o
    const within = (ms: number): number => Math.max(1, Math.min(ms, untilMs - clock.mono()))
    const accepted = await this.#ask(
      target,
      { op: 'offer', from: self.id, shards: offered, needs: host.needs(offered) },
      within(OFFER_MS),
    )
    if (!Array.isArray(accepted)) return false
    const shards = offered.filter((shard) => accepted.includes(shard) && ownership.isServing(shard))
    if (shards.length === 0) return false
    const startedMs = clock.mono()
    for (const shard of shards) ownership.leaving(shard)
    try {
      await Promise.all([ownership.unsubscribe(shards), host.drain(shards, within(timings.drainMs))])
    } catch (error) {
      log.warn({ err: error, to: target }, 'a hand-over broke off; claiming again')
      for (const shard of shards) ownership.lost(shard)
      return false
    }
    const claims = shards.flatMap((shard) => ownership.claimOf(shard) ?? [])
    const taken = await this.#release(target, claims, within(TAKE_MS))
    const gone = new Set(taken.map(([shard]) => shard))
    // Somebody else may have come between, or taken it behind our back.
    const still = claims.filter(({ shard, epoch }) => ownership.claimOf(shard)?.epoch === epoch)
    ownership.letGo(still.flatMap(({ shard }) => (gone.has(shard) ? shard : [])))
    for (const { shard } of still) if (!gone.has(shard)) ownership.lost(shard)
    this.#moved.inc(taken.length)
    this.#pause.observe((clock.mono() - startedMs) / 1000)
    log.info({ to: target, shards: taken.length, ms: Math.round(clock.mono() - startedMs) }, 'shards handed over')
    return taken.length === shards.length
  }

  /** Released, claimed over there, and known here: what was taken, with its new epochs. */
  async #release(target: string, claims: readonly Claimed[], afterMs: number): Promise<readonly (readonly [number, number])[]> {
    const { journal, map, self, log } = this.#o
    try {
      await journal.release(claims)
      const shards = claims.map(({ shard, epoch }) => [shard, epoch] as const)
      const taken = await this.#ask(target, { op: 'take', from: self.id, shards }, afterMs)
      if (!Array.isArray(taken)) return []
      for (const [shard, epoch] of taken as [number, number][]) map.learn({ shard, owner: target, epoch })
      return taken as [number, number][]
    } catch (error) {
      log.warn({ err: error, to: target }, 'a hand-over broke off; the shards are free')
      return []
    }
  }

  async #ask(target: string, letter: Letter, timeoutMs: number): Promise<unknown> {
    const { bus, subjects, log, membership } = this.#o
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>()
    const waiting = this.#waiting.get(target) ?? new Set()
    this.#waiting.set(target, waiting.add(end as () => void))
    const answered = bus.request(subjects.handoff(target), packed(letter), { timeoutMs }).then(
      ({ data }) => unpacked(data),
      (error: unknown) => {
        log.warn({ err: error, to: target, op: letter.op }, 'a hand-over was not answered')
        membership.suspect(target)
        return undefined
      },
    )
    const answer = await Promise.race([answered, ended])
    waiting.delete(end as () => void)
    if (waiting.size === 0 && this.#waiting.get(target) === waiting) this.#waiting.delete(target)
    return answer
  }

  async #letter({ data, reply }: BusMessage): Promise<void> {
    const letter = letterOf(unpacked(data))
    if (reply === undefined || letter === undefined) return
    const answer = letter.op === 'offer' ? await this.#offered(letter) : await this.#given(letter.shards)
    this.#o.bus.publish(reply, packed(answer))
  }

  async #offered({ from, shards, needs }: Extract<Letter, { op: 'offer' }>): Promise<number[]> {
    const { membership, clock, ownership, host } = this.#o
    if (membership.draining || !membership.fresh) return []
    await Promise.race([host.prepare(needs), new Promise<void>((resolve) => clock.setTimer(PREPARE_MS, resolve))])
    if (membership.draining || !membership.fresh) return []
    const accepted = shards.filter((shard) => ownership.claimOf(shard) === undefined)
    for (const shard of accepted) this.#expected.set(shard, { from, untilMs: clock.mono() + EXPECT_MS })
    return accepted
  }

  async #given(shards: readonly (readonly [shard: number, epoch: number])[]): Promise<(readonly [number, number])[]> {
    const { ownership, log } = this.#o
    try {
      const expected = new Map(shards.map(([shard, epoch]) => [shard, epoch]))
      const taken = await ownership.take([...expected.keys()], { expected, force: true })
      return taken.map((shard) => [shard, ownership.epochOf(shard)] as const)
    } catch (error) {
      log.warn({ err: error }, 'offered shards could not be taken')
      return []
    } finally {
      for (const [shard] of shards) this.#expected.delete(shard)
    }
  }
}

const isShard = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < SHARD_COUNT
const isShardAndEpoch = (value: unknown): boolean => Array.isArray(value) && isShard(value[0]) && Number.isSafeInteger(value[1])

/** Undefined for what is no letter: a stranger's, or of a newer version. */
function letterOf(value: unknown): Letter | undefined {
  const letter = value as Letter | undefined
  if (!isId(letter?.from) || !Array.isArray(letter.shards) || letter.shards.length > SHARD_COUNT) return undefined
  const fits = letter.op === 'offer' ? isShard : letter.op === 'take' ? isShardAndEpoch : () => false
  return letter.shards.every(fits) ? letter : undefined
}

const PAUSE = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
