import { type Msg, type MsgHdrs, MsgHdrsImpl, type Subscription as NatsSubscription, nuid } from '@nats-io/transport-node'
import type { Cancel } from '../../kernel/clock.ts'
import type { Counter } from '../../kernel/metrics.ts'
import { checkFilter, checkMessage } from '../bus-rules.ts'
import { type Bus, BusError, type BusFault, type BusMessage, type PublishOptions, type Subscription } from '../port.ts'
import { NatsLink } from './link.ts'
import type { NatsOptions } from './options.ts'

/** Requests without an answer yet. */
const REQUESTS_MAX = 65_536

interface Waiting {
  readonly subject: string
  readonly cancel: Cancel
  readonly resolve: (message: BusMessage) => void
  readonly reject: (err: BusError) => void
}

/** The bus between processes, on one NATS connection. */
export class NatsBus implements Bus {
  readonly #link: NatsLink
  readonly #options: NatsOptions
  readonly #inbox: string
  readonly #waiting = new Map<string, Waiting>()
  readonly #counts: Counts
  #asked = 0

  private constructor(link: NatsLink, options: NatsOptions) {
    this.#link = link
    this.#options = options
    this.#counts = countsOf(options)
    this.#inbox = `${options.inboxPrefix ?? '_INBOX'}.${nuid.next()}`
    this.#subscribe(`${this.#inbox}.*`, undefined, (message) => this.#answered(message), false)
  }

  /** See `NatsLink.open` for what it rejects with. */
  static async open(options: NatsOptions): Promise<NatsBus> {
    if (options.inboxPrefix !== undefined) checkMessage(options.inboxPrefix, new Uint8Array(0), undefined, 0)
    return new NatsBus(await NatsLink.open(options), options)
  }

  get payloadMax(): number {
    return this.#link.payloadMax
  }

  get connected(): boolean {
    return this.#link.up
  }

  publish(subject: string, data: Uint8Array, options?: PublishOptions): boolean {
    const bytes = checkMessage(subject, data, options, this.payloadMax)
    if (!this.#link.ready) {
      this.#counts.refused.inc()
      return false
    }
    // The client keeps a reference until the next microtask.
    this.#link.protocol.publish(subject, new Uint8Array(data), {
      ...(options?.reply === undefined ? {} : { reply: options.reply }),
      ...(options?.headers === undefined ? {} : { headers: headersOf(options.headers) }),
    })
    this.#counts.messagesOut.inc()
    this.#counts.bytesOut.inc(bytes)
    return true
  }

  request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: PublishOptions['headers'] },
  ): Promise<BusMessage> {
    return new Promise((resolve, reject) => {
      const token = (++this.#asked).toString(36)
      const headers = options.headers === undefined ? {} : { headers: options.headers }
      const full = this.#waiting.size >= REQUESTS_MAX
      if (full) this.#counts.refused.inc()
      if (full || !this.publish(subject, data, { reply: `${this.#inbox}.${token}`, ...headers })) {
        return reject(new BusError('closed', subject))
      }
      const cancel = this.#options.clock.setTimer(options.timeoutMs, () => this.#fail(token, 'timeout'))
      this.#waiting.set(token, { subject, cancel, resolve, reject })
    })
  }

  subscribe(subject: string, handler: (message: BusMessage) => void, options: { readonly queue?: string } = {}): Subscription {
    checkFilter(subject, options.queue)
    const exact = !/(?:^|\.)[*>](?:\.|$)/.test(subject)
    let open = true
    const guarded = (message: BusMessage): void => {
      if (open) handler(message)
    }
    const subscription = this.#subscribe(subject, options.queue, guarded, exact)
    const unsubscribe = (): void => {
      open = false
      if (subscription !== undefined && !subscription.isClosed()) subscription.unsubscribe()
    }
    return { unsubscribe, drain: () => this.#drain(subscription, unsubscribe) }
  }

  flush(): Promise<void> {
    return this.#link.flush()
  }

  onStatus(listener: (connected: boolean) => void): void {
    this.#link.onStatus(listener)
  }

  async close(): Promise<void> {
    await this.#link.close()
    for (const token of [...this.#waiting.keys()]) this.#fail(token, 'closed')
  }

  /** Undefined when the connection has ended: nothing will come. */
  #subscribe(
    subject: string,
    queue: string | undefined,
    handler: (message: BusMessage) => void,
    exact: boolean,
  ): NatsSubscription | undefined {
    const { log } = this.#options
    if (this.#link.connection.isClosed()) return undefined
    return this.#link.connection.subscribe(subject, {
      ...(queue === undefined ? {} : { queue }),
      callback: (err, msg) => {
        if (err !== null) return log.error({ err, subject }, 'the NATS server refused a subscription')
        const message = messageOf(msg, exact ? subject : msg.subject)
        this.#counts.messagesIn.inc()
        this.#counts.bytesIn.inc(msg.data.length)
        try {
          handler(message)
        } catch (fault) {
          log.error({ err: fault, subject }, 'a subscriber threw')
        }
      },
    })
  }

  /** UNSUB, then a round trip: what the server sent before it has been handed over by then. A broken connection brings nothing more. */
  async #drain(subscription: NatsSubscription | undefined, unsubscribe: () => void): Promise<void> {
    if (subscription !== undefined && !subscription.isClosed() && !this.#link.connection.isClosed()) {
      const unsubscribed = subscription.drain()
      await this.#link.flush().catch(onlyBroken)
      if (this.#link.up) await unsubscribed
    }
    unsubscribe()
  }

  #answered(message: BusMessage): void {
    const token = message.subject.slice(this.#inbox.length + 1)
    if (message.noResponders) this.#fail(token, 'no_responders')
    else this.#take(token)?.resolve({ ...message, data: new Uint8Array(message.data) })
  }

  #fail(token: string, fault: BusFault): void {
    const waiting = this.#take(token)
    waiting?.reject(new BusError(fault, waiting.subject))
  }

  #take(token: string): Waiting | undefined {
    const waiting = this.#waiting.get(token)
    this.#waiting.delete(token)
    waiting?.cancel()
    return waiting
  }
}

interface Counts {
  readonly messagesIn: Counter
  readonly messagesOut: Counter
  readonly bytesIn: Counter
  readonly bytesOut: Counter
  readonly refused: Counter
}

function countsOf({ metrics, name: link }: NatsOptions): Counts {
  const labels = { link }
  return {
    messagesIn: metrics.counter('parley_bus_messages_in_total', 'Messages that came over the bus', labels),
    messagesOut: metrics.counter('parley_bus_messages_out_total', 'Messages sent over the bus', labels),
    bytesIn: metrics.counter('parley_bus_bytes_in_total', 'Bytes that came over the bus, without headers', labels),
    bytesOut: metrics.counter('parley_bus_bytes_out_total', 'Bytes sent over the bus, headers included', labels),
    refused: metrics.counter('parley_bus_refused_total', 'Messages not sent: not connected, or too much waits', labels),
  }
}

function messageOf(msg: Msg, subject: string): BusMessage {
  const reply = msg.reply
  const base = { subject, data: msg.data, ...(reply ? { reply } : {}) }
  const received = msg.headers
  if (received === undefined) return base
  if (received.code === 503 && msg.data.length === 0) return { ...base, noResponders: true }
  const headers = new Map<string, string>()
  for (const [name, values] of received) headers.set(name, values[0] ?? '')
  return { ...base, headers }
}

function headersOf(headers: Readonly<Record<string, string>>): MsgHdrs {
  return MsgHdrsImpl.fromRecord(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])))
}

function onlyBroken(err: unknown): void {
  if (!(err instanceof BusError)) throw err
}
