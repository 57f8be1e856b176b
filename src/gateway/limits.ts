/** Tokens that refill steadily: `perSecond` a second, as many at once. Time comes from the caller, monotonic milliseconds. */
export class TokenBucket {
  readonly #perSecond: number
  #tokens: number
  #at: number

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond
    this.#tokens = perSecond
    this.#at = nowMs
  }

  /** Takes one token; the answer is what is left, negative when the taker is over its rate by that many. */
  take(nowMs: number): number {
    const refilled = this.#tokens + ((nowMs - this.#at) * this.#perSecond) / 1000
    this.#at = nowMs
    this.#tokens = Math.min(this.#perSecond, refilled) - 1
    return this.#tokens
  }

  /** Milliseconds until a token is there. */
  get retryMs(): number {
    return Math.max(1, Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond))
  }
}

/** One key's messages in this window, and in the one before it. */
interface Tally {
  here: number
  readonly before: number
}

/** A key that is counted often: remembers where its tally is, so that a message costs no search among all conversations'. */
export class RatePlace {
  readonly key: string
  /** The number of the window that the tally is of. */
  window = -1
  tally: Tally | undefined

  constructor(key: string) {
    this.key = key
  }
}

/**
 * Messages per key in a sliding window, counted in two halves: this window's, and the last one's by the share of it that
 * still counts, as if they had come evenly. So a burst at a window's end may be followed by one more within `windowMs`, never
 * by two. Memory: the keys of two windows.
 */
export class RateWindows {
  readonly #max: number
  readonly #windowMs: number
  #current = new Map<string, Tally>()
  #previous: ReadonlyMap<string, Tally> = new Map()
  #window = 0
  #startMs: number

  constructor(max: number, windowMs: number, nowMs: number) {
    this.#max = max
    this.#windowMs = windowMs
    this.#startMs = nowMs
  }

  /** Counts one: 0 and above is what remains. Refused and not counted: minus the milliseconds until it may be tried again. */
  take(key: string, nowMs: number): number {
    this.#turn(nowMs)
    return this.#count(this.#tallyOf(key), nowMs)
  }

  /** The same as `take` of the place's key. */
  takeAt(place: RatePlace, nowMs: number): number {
    this.#turn(nowMs)
    let { tally } = place
    if (tally === undefined || place.window !== this.#window) {
      tally = this.#tallyOf(place.key)
      place.tally = tally
      place.window = this.#window
    }
    return this.#count(tally, nowMs)
  }

  #tallyOf(key: string): Tally {
    let tally = this.#current.get(key)
    if (tally === undefined) {
      tally = { here: 0, before: this.#previous.get(key)?.here ?? 0 }
      this.#current.set(key, tally)
    }
    return tally
  }

  #count(tally: Tally, nowMs: number): number {
    const { here, before } = tally
    const elapsedMs = nowMs - this.#startMs
    const used = here + before * (1 - elapsedMs / this.#windowMs)
    if (used + 1 > this.#max + 1e-9) return -this.#retryMs(here, before, elapsedMs)
    tally.here = here + 1
    return Math.floor(this.#max - used - 1 + 1e-9)
  }

  #turn(nowMs: number): void {
    const windows = Math.floor((nowMs - this.#startMs) / this.#windowMs)
    if (windows < 1) return
    this.#previous = windows === 1 ? this.#current : new Map()
    this.#current = new Map()
    this.#startMs += windows * this.#windowMs
    this.#window += windows
  }

  /** When `here + before × rest ≤ max − 1`: within this window if the old half frees enough, else in the next. */
  #retryMs(here: number, before: number, elapsedMs: number): number {
    const room = this.#max - 1 - here
    const atMs = room >= 0 && before > 0 ? this.#windowMs * (1 - room / before) : this.#windowMs * (2 - (this.#max - 1) / here)
    return Math.max(1, Math.ceil(atMs - elapsedMs))
  }
}
