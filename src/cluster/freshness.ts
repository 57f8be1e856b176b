import type { Clock } from '../kernel/clock.ts'

/** A moment on both clocks: monotonic time stands still while the machine is suspended, the wall clock may be set. */
interface Moment {
  readonly monoMs: number
  readonly wallMs: number
}

const NEVER: Moment = { monoMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY }
/** Heartbeats remembered: an answer to an older one proves too little. */
const SENT_MAX = 64

/**
 * How lately this node was known to be a member in good standing: since it sent the newest heartbeat that a peer has named; or,
 * when no peer answers, since the newest of its own that came back and of which time the journal confirmed its claims. Both
 * clocks count, the larger age wins.
 */
export class Freshness {
  readonly #clock: Clock
  readonly #sent: { n: number; at: Moment }[] = []
  #named = NEVER
  #echoed = NEVER
  #verified = NEVER

  constructor(clock: Clock) {
    this.#clock = clock
  }

  sent(n: number): void {
    this.#sent[n % SENT_MAX] = { n, at: this.now() }
  }

  /** A peer's heartbeat names our n-th. */
  named(n: number): void {
    this.#named = later(this.#named, this.#sentAt(n))
  }

  /** Our own n-th came back from the broker. */
  echoed(n: number): void {
    this.#echoed = later(this.#echoed, this.#sentAt(n))
  }

  /** The journal was asked at `since` and held all our claims. */
  verified(since: Moment): void {
    this.#verified = later(this.#verified, since)
  }

  /** What was known before counts no more. */
  reset(): void {
    this.#named = NEVER
    this.#echoed = NEVER
    this.#verified = NEVER
    this.#sent.length = 0
  }

  now(): Moment {
    return { monoMs: this.#clock.mono(), wallMs: this.#clock.now() }
  }

  /** Milliseconds since a peer confirmed this node. */
  get namedAgeMs(): number {
    return this.#age(this.#named)
  }

  get ageMs(): number {
    return Math.min(this.#age(this.#named), Math.max(this.#age(this.#echoed), this.#age(this.#verified)))
  }

  #sentAt(n: number): Moment {
    const sent = this.#sent[n % SENT_MAX]
    return sent?.n === n ? sent.at : NEVER
  }

  #age(moment: Moment): number {
    return Math.max(this.#clock.mono() - moment.monoMs, this.#clock.now() - moment.wallMs)
  }
}

export type { Moment }

const later = (a: Moment, b: Moment): Moment => (b.monoMs > a.monoMs ? b : a)
