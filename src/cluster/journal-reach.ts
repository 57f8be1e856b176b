import type { Clock } from '../kernel/clock.ts'
import type { Journal } from '../storage/port.ts'
import type { Membership } from './membership.ts'
import type { Timings } from './timings.ts'

export interface JournalReachOptions {
  readonly journal: Journal
  readonly membership: Membership
  readonly clock: Clock
  readonly timings: Timings
  /** Some shard to ask for. */
  readonly shard: () => number
  /** The journal has been out of reach for too long: others may take what is here. */
  readonly onUnfit: () => void
}

/** Whether the journal can be reached at all: asked for one shard, a few times a second. Who cannot is unfit, and says so to all. */
export class JournalReach {
  readonly #o: JournalReachOptions
  /** When it was last asked with success. */
  #reachedMs = Number.POSITIVE_INFINITY
  #asking = false
  /** Since when it has answered without fail; Infinity while it does not. */
  #upSinceMs = 0

  constructor(options: JournalReachOptions) {
    this.#o = options
  }

  start(): void {
    this.#reachedMs = this.#o.clock.mono()
  }

  /** For how long it has answered without fail. */
  get upMs(): number {
    return this.#o.clock.mono() - this.#upSinceMs
  }

  /** Its engine began anew. */
  reset(): void {
    this.#upSinceMs = this.#o.clock.mono()
  }

  look(): void {
    const { clock, timings, membership, journal, shard, onUnfit } = this.#o
    const nowMs = clock.mono()
    if (nowMs - this.#reachedMs > timings.unfitMs) {
      if (!membership.unfit) onUnfit()
      membership.declare(true)
    }
    if (this.#asking || nowMs - this.#reachedMs < timings.heartbeatMs / 2) return
    this.#asking = true
    journal
      .holders([shard()])
      .then(
        () => this.#answered(nowMs),
        () => {
          this.#upSinceMs = Number.POSITIVE_INFINITY
        },
      )
      .finally(() => {
        this.#asking = false
      })
  }

  #answered(askedMs: number): void {
    const { clock, timings, membership } = this.#o
    this.#reachedMs = Math.max(this.#reachedMs, askedMs)
    const tookMs = clock.mono() - askedMs
    if (tookMs > timings.unfitMs / 2 || this.#upSinceMs === Number.POSITIVE_INFINITY) this.#upSinceMs = clock.mono()
    if (tookMs <= timings.unfitMs) membership.declare(false)
  }
}
