import type { Caller, ConversationRouter, JoinedAnswer, Push, Watcher } from '../../actors/port.ts'
import type { Bus } from '../../cluster/port.ts'
import type { Cancel, Clock } from '../../kernel/clock.ts'
import { isRejection, type Rejection } from '../../kernel/rejection.ts'
import { ERRORS } from '../../protocol/codes.ts'
import type { DurableEvent, Position } from '../../protocol/frames.ts'
import { plainEvent } from '../../protocol/recorded-event.ts'
import { type Exchange, published } from './exchange.ts'
import { HEADER } from './headers.ts'

/** Why a watch ended; told in its last chunk. */
export type WatchEnd = 'closed' | 'expired' | 'cancelled' | 'drain' | 'lost'

export interface WatchHost {
  readonly bus: Bus
  readonly clock: Clock
  readonly router: ConversationRouter
  readonly node: string
  readonly keepAliveMs: number
  readonly room: () => number
  /** A chunk that the bus did not take. */
  lost(): void
  /** The watch is over, and whatever it held may be given back. Called once. */
  ended(watch: Watch): void
}

export interface WatchOptions {
  readonly id: string
  /** Where the broker says that nobody listens any more. */
  readonly probe: string
  readonly tenant: string
  readonly cid: string
  readonly caller: Caller
  readonly since: Position | undefined
  readonly forMs: number
}

/** Tries to follow a conversation that moved, or to be heard again by the broker; then the watch is `lost`. */
const REJOINS_MAX = 12
const REJOIN_MS = 100
const REJOIN_MS_MAX = 2000
/** Of a chunk's room, what its events may take. */
const EVENTS_SHARE = 0.75

/**
 * One `conv.watch`: what is missing after a position, then what happens, as numbered chunks on the caller's reply subject. Every
 * chunk asks the broker whether anybody listens. A conversation that moves is joined again from the last event told, so the
 * chunks have every event once and in order; a hole in `Parley-Stream` is a chunk that was lost on its way.
 */
export class Watch implements Watcher {
  readonly id: string
  readonly tenant: string
  readonly caller: Caller
  readonly #host: WatchHost
  readonly #options: WatchOptions
  readonly #exchange: Exchange
  readonly #untilMs: number
  #chunks = 0
  #inc = ''
  #seq = 0
  #state: 'joining' | 'live' | 'ended' = 'joining'
  /** Pushes that came before the answer to the join. */
  #early: Push[] = []
  #rejoins = 0
  #cancelExpiry: Cancel | undefined
  #cancelKeepAlive: Cancel | undefined

  constructor(host: WatchHost, exchange: Exchange, options: WatchOptions) {
    this.id = options.id
    this.tenant = options.tenant
    this.caller = options.caller
    this.#host = host
    this.#exchange = exchange
    this.#options = options
    this.#untilMs = host.clock.now() + options.forMs
  }

  get ended(): boolean {
    return this.#state === 'ended'
  }

  /** `started` is called once, when the first chunk or the refusal is out. */
  start(started: () => void): void {
    const { clock } = this.#host
    this.#cancelExpiry = clock.setTimer(this.#options.forMs, () => this.end('expired'))
    this.#join(this.#options.since, (answer) => {
      if (this.#state === 'ended') {
        // Ended while it was joining; the end is told already.
      } else if (isRejection(answer)) {
        this.#exchange.fail(answer)
        this.#stop()
      } else {
        this.#joined(answer)
        this.#exchange.done()
      }
      started()
    })
  }

  push(push: Push): void {
    if (this.#state === 'joining') {
      if (this.#early.length < EARLY_MAX) this.#early.push(push)
    } else if (this.#state === 'live') {
      this.#take(push)
    }
  }

  gone(): void {
    if (this.#state === 'live') this.#rejoin()
  }

  /** Tells why, and where to go on; nothing comes after it. */
  end(reason: WatchEnd): void {
    if (this.#state === 'ended') return
    const { cid } = this.#options
    this.#chunk({ cid, inc: this.#inc, seq: this.#seq, reason, node: this.#host.node }, 'end')
    this.#stop()
  }

  /** Nobody listens. */
  unheard(): void {
    this.#stop()
  }

  #join(since: Position | undefined, done: (answer: JoinedAnswer | Rejection) => void): void {
    const { tenant, cid, caller } = this.#options
    this.#state = 'joining'
    this.#early = []
    const at = since === undefined ? {} : { since }
    this.#host.router.deliver(tenant, cid, { type: 'join', caller, watcher: this, ...at }, done)
  }

  #joined(answer: JoinedAnswer): void {
    const { inc, seq, state, flow, events, gap, more, data, receipts } = answer
    const before = events[0] === undefined ? seq : events[0].seq - 1
    this.#inc = inc
    this.#seq = before
    this.#state = 'live'
    const { node } = this.#host
    const { cid } = this.#options
    const first = { cid, inc, seq: before, state, tv: flow.version, node, watch: this.id, untilMs: this.#untilMs, gap, more }
    this.#tell(events, { ...first, data, receipts })
    const early = this.#early
    this.#early = []
    if (state === 'closed' && this.#isLive()) this.end('closed')
    for (const push of early) if (this.#isLive()) this.#take(push)
  }

  #isLive(): boolean {
    return this.#state === 'live'
  }

  #take(push: Push): void {
    const fresh = push.events.filter(({ seq }) => seq > this.#seq)
    if (push.events.length > 0 && (push.inc !== this.#inc || (fresh[0] !== undefined && fresh[0].seq !== this.#seq + 1))) {
      this.#rejoin()
      return
    }
    const { data, receipt, typing } = push
    this.#tell(fresh, {
      ...(data.length === 0 ? undefined : { data }),
      ...(receipt === undefined ? undefined : { receipts: [receipt] }),
      ...(typing === undefined ? undefined : { typing }),
    })
    const closed = fresh.some((event) => event.t === 'conv.state' && event.d.state === 'closed')
    if (closed && this.#isLive()) this.end('closed')
  }

  /** Events in as many chunks as they need; the first one has the rest with it. */
  #tell(events: readonly DurableEvent[], rest: object): void {
    const room = this.#host.room() * EVENTS_SHARE
    let more = rest
    let part: DurableEvent[] = []
    let bytes = 0
    const out = (): void => {
      if (part.length === 0 && Object.keys(more).length === 0) return
      this.#chunk({ ...more, events: part }, undefined)
      const last = part.at(-1)
      if (last !== undefined && this.#isLive()) this.#seq = last.seq
      more = {}
      part = []
      bytes = 0
    }
    for (const event of events) {
      const plain = plainEvent(event)
      const size = this.#exchange.encoding.encode(plain).length
      if (part.length > 0 && bytes + size > room) out()
      if (!this.#isLive()) return
      part.push(plain)
      bytes += size
    }
    out()
  }

  #chunk(body: object, last: 'end' | undefined): void {
    const { bus, clock, keepAliveMs } = this.#host
    const headers = { ...this.#exchange.echoed, [HEADER.stream]: last ?? String(this.#chunks + 1) }
    const bytes = this.#exchange.encoding.encode(body)
    if (!published(bus, this.#exchange.reply, bytes, { reply: this.#options.probe, headers })) {
      this.#host.lost()
      if (last === undefined) this.#rejoin()
      return
    }
    this.#chunks++
    this.#cancelKeepAlive?.()
    this.#cancelKeepAlive = clock.setTimer(keepAliveMs, () => this.#chunk({ events: [] }, undefined))
  }

  /** Follows from the last event told, where the conversation is now. */
  #rejoin(): void {
    this.#state = 'joining'
    this.#cancelKeepAlive?.()
    if (++this.#rejoins > REJOINS_MAX) {
      this.end('lost')
      return
    }
    const delayMs = Math.min(REJOIN_MS_MAX, REJOIN_MS * 2 ** (this.#rejoins - 1))
    this.#host.clock.setTimer(delayMs, () => {
      if (this.#state === 'ended') return
      const since = this.#inc === '' ? this.#options.since : { inc: this.#inc, seq: this.#seq }
      this.#join(since, (answer) => {
        if (this.#state === 'ended') return
        if (!isRejection(answer)) {
          this.#joined(answer)
          if (this.#isLive()) this.#rejoins = 0
        } else if (ERRORS[answer.rejected].temporary) {
          this.#rejoin()
        } else {
          this.end('lost')
        }
      })
    })
  }

  #stop(): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#early = []
    this.#cancelExpiry?.()
    this.#cancelKeepAlive?.()
    const { tenant, cid, caller } = this.#options
    this.#host.router.deliver(tenant, cid, { type: 'leave', caller, watcherId: this.id }, () => {})
    this.#host.ended(this)
  }
}

const EARLY_MAX = 256
