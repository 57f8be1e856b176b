import type { Clock } from '../kernel/clock.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import type { Holder } from '../storage/port.ts'
import type { JournalReach } from './journal-reach.ts'
import type { Death, Membership } from './membership.ts'
import { type Candidate, ranking } from './placement.ts'
import type { MemberRow } from './port.ts'
import type { ShardMap } from './shard-map.ts'
import type { Timings } from './timings.ts'

export interface VacanciesOptions {
  readonly self: MemberRow
  readonly membership: Membership
  readonly map: ShardMap
  readonly reach: JournalReach
  readonly clock: Clock
  readonly timings: Timings
}

/** Which shards nobody has, by what the journal says of them and who is there; and whose turn it is to take them. */
export class Vacancies {
  readonly #o: VacanciesOptions
  readonly #deaths = new Map<string, { how: Death; atMs: number }>()
  /** Since when a shard that is another's turn was seen free. */
  readonly #freeSince = new Map<number, number>()
  /** Since when a shard was seen without a holder, or with one that a live node came after. */
  readonly #orphanSince = new Map<number, number>()
  #startedMs = 0
  /** When the journal's engine last began anew. */
  #resetMs = Number.NEGATIVE_INFINITY

  constructor(options: VacanciesOptions) {
    this.#o = options
  }

  start(): void {
    this.#startedMs = this.#o.clock.mono()
  }

  reset(): void {
    this.#resetMs = this.#o.clock.mono()
  }

  joined(id: string): void {
    this.#deaths.delete(id)
  }

  died(id: string, how: Death): void {
    this.#deaths.set(id, { how, atMs: this.#o.clock.mono() })
    if (this.#deaths.size > SHARD_COUNT) this.#deaths.delete(this.#deaths.keys().next().value as string)
  }

  /** It has an owner that is there. */
  taken(shard: number): void {
    this.#freeSince.delete(shard)
  }

  /** 0: this node's turn, now. Infinity: it is no candidate. Else the monotonic milliseconds at which its turn comes. */
  turnOf(shard: number, candidates: readonly Candidate[]): number {
    const { clock, timings, self } = this.#o
    const rank = ranking(shard, candidates).findIndex(({ id }) => id === self.id)
    if (rank < 0) return Number.POSITIVE_INFINITY
    const nowMs = clock.mono()
    const sinceMs = this.#freeSince.get(shard) ?? nowMs
    const turnMs = sinceMs + rank * timings.rankMs
    if (nowMs >= turnMs) {
      this.#freeSince.delete(shard)
      return 0
    }
    this.#freeSince.set(shard, sinceMs)
    return turnMs
  }

  /** `held`: this process had it, and knows of nobody after it. `asked` remembers what was found out about owners in this round. */
  async isFree(holder: Holder, held: boolean, asked: Map<string, Promise<boolean>>): Promise<boolean> {
    const { owner, released, shard } = holder
    const isBehind = this.#isBehind(holder)
    if (!isBehind && (owner !== '' || released)) this.#orphanSince.delete(shard)
    if (isBehind && !held) return this.#hasWaited(shard)
    // The journal judges by the former token whether anybody came between.
    if (owner === '') return released || held || this.#isOrphan(holder)
    // Of this very incarnation: a claim whose answer was lost, or one in doubt.
    if (owner === this.#o.self.id) return true
    let dead = asked.get(owner)
    if (dead === undefined) {
      dead = this.#isDead(owner)
      asked.set(owner, dead)
    }
    return dead
  }

  /** The journal protects a holder that was at work a moment ago, but for the one node that everybody knows to be gone. */
  mayForce(): boolean {
    const { clock, timings, membership } = this.#o
    const since = clock.mono() - timings.deadMs
    const lately = [...this.#deaths.values()].filter(({ atMs }) => atMs >= since)
    const onlyOne = lately.length === 1 && lately[0]?.how === 'gone'
    const atStart = this.#deaths.size === 0 && membership.peers().length === 0
    return onlyOne || atStart
  }

  /**
   * Nobody holds it and nobody gave it back: new, or the journal lost the claim, and with it since when. Then its owner may still be
   * there and come for it, for as long as a dead one is waited for.
   */
  #isOrphan({ shard, epoch, tail }: Holder): boolean {
    return (epoch === 0 && tail === 0 && this.#o.map.epochOf(shard) === 0) || this.#hasWaited(shard)
  }

  /** A live node is known to have claimed it later: the journal lost that claim, and what it acknowledged may be with that node only. */
  #isBehind({ shard, epoch }: Holder): boolean {
    const { map, membership, self } = this.#o
    const known = map.ownerOf(shard)
    return epoch < map.epochOf(shard) && known !== undefined && known !== self.id && membership.isLive(known)
  }

  /** Whether it was seen like this for long enough. */
  #hasWaited(shard: number): boolean {
    const { clock, timings } = this.#o
    const nowMs = clock.mono()
    const sinceMs = Math.max(this.#orphanSince.get(shard) ?? nowMs, this.#resetMs)
    this.#orphanSince.set(shard, sinceMs)
    return nowMs - sinceMs >= timings.deadMs
  }

  async #isDead(owner: string): Promise<boolean> {
    const { membership, clock, timings, reach } = this.#o
    // Only where the journal was away for that one alone: after an outage for all its owner comes back too, with what the journal lost.
    if (membership.isLive(owner)) return membership.peer(owner)?.unfit === true && reach.upMs >= timings.deadMs
    if (this.#deaths.has(owner)) return true
    // Never heard of: it may be about to speak, unless the broker does not know it either.
    if (clock.mono() - this.#startedMs >= timings.deadMs && membership.steadyMs >= timings.deadMs) return true
    return (await membership.absent(owner)) === true
  }
}
