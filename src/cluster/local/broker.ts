import { type Clock, systemClock } from '../../kernel/clock.ts'
import { type Log, silentLog } from '../../kernel/log.ts'
import { type Counter, type Metrics, noMetrics } from '../../kernel/metrics.ts'
import { matches } from '../bus-rules.ts'
import type { BusMessage } from '../port.ts'
import { LocalBus } from './bus.ts'

export interface LocalBrokerOptions {
  /** Runs a round of deliveries later, never within the call. The simulator gives its own. */
  readonly schedule?: (run: () => void) => void
  readonly clock?: Clock
  readonly log?: Log
  readonly metrics?: Metrics
  /** Bytes that one message may carry, headers included. */
  readonly payloadBytesMax?: number
  /** Undelivered bytes of one connection's messages, from which on it is told false. */
  readonly pendingBytesMax?: number
}

/** One subscription of a connection. */
export interface Interest {
  readonly bus: LocalBus
  readonly filter: string
  readonly tokens: readonly string[]
  readonly queue: string | undefined
  readonly handler: (message: BusMessage) => void
  /** False from `unsubscribe` on: what is still queued is dropped. */
  open: boolean
  /** When its queue group last chose it. */
  turn: number
}

/** A message on its way; every delivery gets bytes of its own. */
export interface Posted {
  readonly subject: string
  readonly data: Uint8Array
  readonly reply: string | undefined
  readonly headers: ReadonlyMap<string, string> | undefined
}

const NO_BYTES = new Uint8Array(0)

/**
 * What the connections of one process have in common: who listens, and one queue of deliveries, in the order they were published.
 * Deliveries run in rounds; what a handler publishes comes in the next.
 */
export class LocalBroker {
  readonly clock: Clock
  readonly payloadBytesMax: number
  readonly pendingBytesMax: number
  /** Messages that were not taken. */
  readonly refused: Counter
  readonly #schedule: (run: () => void) => void
  readonly #log: Log
  readonly #exact = new Map<string, Set<Interest>>()
  readonly #wild = new Set<Interest>()
  readonly #buses = new Set<LocalBus>()
  #queue: (() => void)[] = []
  #scheduled = false
  #up = true
  #turns = 0
  #names = 0

  constructor(options: LocalBrokerOptions = {}) {
    this.clock = options.clock ?? systemClock
    this.payloadBytesMax = options.payloadBytesMax ?? 1024 * 1024
    this.pendingBytesMax = options.pendingBytesMax ?? 8 * 1024 * 1024
    this.#schedule = options.schedule ?? setImmediate
    this.#log = options.log ?? silentLog
    this.refused = (options.metrics ?? noMetrics).counter(
      'parley_bus_refused_total',
      'Messages not sent: not connected, or too much waits',
      { link: 'local' },
    )
  }

  get up(): boolean {
    return this.#up
  }

  connect(): LocalBus {
    const bus = new LocalBus(this, `_INBOX.${++this.#names}`)
    this.#buses.add(bus)
    return bus
  }

  /** As if the broker were killed: what is queued is lost, every connection is told. For tests and the simulator. */
  stop(): void {
    this.#up = false
    this.#queue = []
    for (const bus of this.#buses) bus.told(false)
  }

  /** Subscriptions stand again. */
  start(): void {
    this.#up = true
    for (const bus of this.#buses) bus.told(true)
  }

  add(interest: Interest): void {
    if (isWild(interest.tokens)) {
      this.#wild.add(interest)
      return
    }
    const listeners = this.#exact.get(interest.filter)
    if (listeners) listeners.add(interest)
    else this.#exact.set(interest.filter, new Set([interest]))
  }

  remove(interest: Interest): void {
    this.#wild.delete(interest)
    const listeners = this.#exact.get(interest.filter)
    if (listeners?.delete(interest) && listeners.size === 0) this.#exact.delete(interest.filter)
  }

  leave(bus: LocalBus): void {
    this.#buses.delete(bus)
  }

  /** Runs after everything that is queued now. */
  after(run: () => void): void {
    this.#queue.push(run)
    if (this.#scheduled) return
    this.#scheduled = true
    this.#schedule(() => this.#round())
  }

  /** `done` runs when the message has been handed over, or dropped. */
  post(from: LocalBus, posted: Posted, done: () => void): void {
    const listeners = this.#listeners(posted.subject)
    if (listeners.length === 0 && posted.reply !== undefined) this.#unheard(from, posted.reply)
    for (const interest of listeners) this.after(() => this.#hand(interest, posted))
    this.after(done)
  }

  #unheard(from: LocalBus, reply: string): void {
    const posted: Posted = { subject: reply, data: NO_BYTES, reply: undefined, headers: undefined }
    for (const interest of this.#listeners(reply)) {
      if (interest.bus === from) this.after(() => this.#hand(interest, posted, true))
    }
  }

  /** All plain subscriptions, and of each queue group the member that waits longest. */
  #listeners(subject: string): Interest[] {
    const tokens = subject.split('.')
    const plain: Interest[] = []
    const groups = new Map<string, Interest[]>()
    const take = (interest: Interest): void => {
      if (interest.queue === undefined) plain.push(interest)
      else groups.set(interest.queue, [...(groups.get(interest.queue) ?? []), interest])
    }
    for (const interest of this.#exact.get(subject) ?? []) take(interest)
    for (const interest of this.#wild) if (matches(interest.tokens, tokens)) take(interest)
    for (const members of groups.values()) {
      const chosen = members.reduce((least, member) => (member.turn < least.turn ? member : least))
      chosen.turn = ++this.#turns
      plain.push(chosen)
    }
    return plain
  }

  #hand(interest: Interest, posted: Posted, noResponders = false): void {
    if (!interest.open) return
    try {
      interest.handler({
        subject: posted.subject,
        data: new Uint8Array(posted.data),
        ...(posted.reply === undefined ? {} : { reply: posted.reply }),
        ...(posted.headers === undefined ? {} : { headers: posted.headers }),
        ...(noResponders ? { noResponders } : {}),
      })
    } catch (err) {
      this.#log.error({ err, subject: interest.filter }, 'a subscriber threw')
    }
  }

  #round(): void {
    const queue = this.#queue
    this.#queue = []
    this.#scheduled = false
    for (const run of queue) if (this.#up) run()
  }
}

function isWild(tokens: readonly string[]): boolean {
  return tokens.some((token) => token === '*' || token === '>')
}
