import { checkFilter, checkMessage } from '../bus-rules.ts'
import { type Bus, BusError, type BusFault, type BusMessage, type PublishOptions, type Subscription } from '../port.ts'
import type { Interest, LocalBroker } from './broker.ts'

/** What a message costs beside its data. */
const MESSAGE_BYTES = 128

/** One connection to a `LocalBroker`: a bus within this process, without a server. */
export class LocalBus implements Bus {
  readonly #broker: LocalBroker
  readonly #inbox: string
  readonly #interests = new Set<Interest>()
  /** What has to be told when the connection breaks or ends: requests by `close` only, flushes and drains by both. */
  readonly #requests = new Set<(fault: BusFault) => void>()
  readonly #barriers = new Set<() => void>()
  readonly #listeners: ((connected: boolean) => void)[] = []
  #open = true
  #pendingBytes = 0
  #asked = 0

  /** By `LocalBroker.connect`. */
  constructor(broker: LocalBroker, inbox: string) {
    this.#broker = broker
    this.#inbox = inbox
  }

  get payloadMax(): number {
    return this.#broker.payloadBytesMax
  }

  get connected(): boolean {
    return this.#open && this.#broker.up
  }

  publish(subject: string, data: Uint8Array, options?: PublishOptions): boolean {
    const bytes = checkMessage(subject, data, options, this.payloadMax) + MESSAGE_BYTES
    if (!this.connected || this.#pendingBytes + bytes > this.#broker.pendingBytesMax) {
      this.#broker.refused.inc()
      return false
    }
    this.#pendingBytes += bytes
    this.#broker.post(
      this,
      { subject, data: new Uint8Array(data), reply: options?.reply, headers: headersOf(options?.headers) },
      () => {
        this.#pendingBytes = Math.max(0, this.#pendingBytes - bytes)
      },
    )
    return true
  }

  request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: PublishOptions['headers'] },
  ): Promise<BusMessage> {
    return new Promise((resolve, reject) => {
      const reply = `${this.#inbox}.${(++this.#asked).toString(36)}`
      const settle = (): void => {
        cancel()
        answers.unsubscribe()
        this.#requests.delete(fail)
      }
      const fail = (fault: BusFault): void => {
        settle()
        reject(new BusError(fault, subject))
      }
      const answers = this.subscribe(reply, (message) => {
        if (message.noResponders) return fail('no_responders')
        settle()
        resolve(message)
      })
      const cancel = this.#broker.clock.setTimer(options.timeoutMs, () => fail('timeout'))
      this.#requests.add(fail)
      try {
        const headers = options.headers === undefined ? {} : { headers: options.headers }
        if (!this.publish(subject, data, { reply, ...headers })) fail('closed')
      } catch (err) {
        settle()
        reject(err)
      }
    })
  }

  subscribe(subject: string, handler: (message: BusMessage) => void, options: { readonly queue?: string } = {}): Subscription {
    checkFilter(subject, options.queue)
    const tokens = subject.split('.')
    const interest: Interest = { bus: this, filter: subject, tokens, queue: options.queue, handler, open: this.#open, turn: 0 }
    if (this.#open) {
      this.#interests.add(interest)
      this.#broker.add(interest)
    }
    return {
      unsubscribe: () => this.#end(interest),
      drain: async () => {
        this.#broker.remove(interest)
        if (interest.open && this.connected) await this.#barrier()
        this.#end(interest)
      },
    }
  }

  async flush(): Promise<void> {
    if (this.connected) await this.#barrier()
    if (!this.connected) throw new BusError('closed', 'flush')
  }

  onStatus(listener: (connected: boolean) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {
    if (!this.#open) return
    const up = this.#broker.up
    this.#open = false
    for (const interest of this.#interests) this.#end(interest)
    for (const fail of this.#requests) fail('closed')
    if (up) {
      this.#tell(false)
      await this.#barrier()
    }
    this.#broker.leave(this)
  }

  /** By the broker: the connection broke, or stands again. */
  told(connected: boolean): void {
    if (!connected) {
      this.#pendingBytes = 0
      for (const done of this.#barriers) done()
    }
    if (this.#open) this.#tell(connected)
  }

  #tell(connected: boolean): void {
    for (const listener of this.#listeners) listener(connected)
  }

  #end(interest: Interest): void {
    interest.open = false
    this.#broker.remove(interest)
    this.#interests.delete(interest)
  }

  /** Everything queued before has been handed over, or is lost with the connection. */
  #barrier(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#barriers.delete(done)
        resolve()
      }
      this.#barriers.add(done)
      this.#broker.after(done)
    })
  }
}

/** Values lose the spaces around them, as on the wire. */
function headersOf(headers: PublishOptions['headers']): ReadonlyMap<string, string> | undefined {
  const pairs = Object.entries(headers ?? {})
  return pairs.length === 0 ? undefined : new Map(pairs.map(([name, value]) => [name, value.trim()]))
}
