import { type Bus, BusError, type BusMessage, type PublishOptions, type Subscription } from '../../src/cluster/port.ts'
import type { Cancel } from '../../src/kernel/clock.ts'
import { type Broker, CLOSE_SEEN_MS, HOP_MS } from './broker.ts'
import type { SimProcess } from './process.ts'
import type { SeededRandom } from './random.ts'
import { checkPattern, checkSubject } from './subjects.ts'
import type { BusClient, Sent, Sub, Wanted } from './subscriptions.ts'

const PAYLOAD_MAX = 1024 * 1024
/** A client notices that its broker is silent. */
const SILENCE_MS = { low: 2000, high: 5000 } as const
const RECONNECT_MS = { low: 50, high: 600 } as const
const FLUSH_TIMEOUT_MS = 2000
const STEP_MS = 0.001

/** One process's connection to the broker. */
export class SimBus implements Bus, BusClient {
  readonly payloadMax = PAYLOAD_MAX
  readonly process: SimProcess
  connected = true
  readonly #broker: Broker
  readonly #random: SeededRandom
  readonly #wanted = new Set<Wanted>()
  readonly #listeners: ((connected: boolean) => void)[] = []
  #connection = 1
  /** False from when the connection broke, which the process notices a little later. */
  #live = true
  #closed = false
  #inbox = 0
  /** When the last message arrived there, and here. */
  #last = { out: 0, in: 0 }
  #silentSinceMs: number | undefined

  constructor(broker: Broker, process: SimProcess) {
    this.#broker = broker
    this.process = process
    this.#random = broker.random.fork(process.id)
    broker.add(this)
    this.#watch()
  }

  publish(subject: string, data: Uint8Array, options: PublishOptions = {}): boolean {
    checkSubject(subject)
    if (options.reply !== undefined) checkSubject(options.reply)
    if (data.length > PAYLOAD_MAX) throw new RangeError(`${data.length} bytes are more than ${PAYLOAD_MAX}`)
    if (!this.connected) return false
    const { reply } = options
    const headers = options.headers && new Map(Object.entries(options.headers))
    const sent: Sent = { subject, data: Uint8Array.from(data), reply, headers }
    this.#out(() => this.#broker.route(this, sent))
    return true
  }

  request(subject: string, data: Uint8Array, options: Parameters<Bus['request']>[2]): Promise<BusMessage> {
    return new Promise((resolve, reject) => {
      const inbox = `_INBOX.${this.process.id}.${++this.#inbox}`
      let cancel: Cancel = () => {}
      const subscription = this.subscribe(inbox, (message) => {
        finish(() => (message.noResponders ? reject(new BusError('no_responders', subject)) : resolve(copied(message))))
      })
      const finish = (end: () => void): void => {
        cancel()
        subscription.unsubscribe()
        end()
      }
      const { headers, timeoutMs } = options
      const isSent = this.publish(subject, data, headers === undefined ? { reply: inbox } : { reply: inbox, headers })
      if (!isSent) finish(() => reject(new BusError('closed', subject)))
      else cancel = this.process.clock.setTimer(timeoutMs, () => finish(() => reject(new BusError('timeout', subject))))
    })
  }

  subscribe(subject: string, handler: (message: BusMessage) => void, options: { readonly queue?: string } = {}): Subscription {
    checkPattern(subject)
    const wanted: Wanted = { subject, pattern: subject.split('.'), queue: options.queue, handler, sub: undefined }
    this.#wanted.add(wanted)
    if (this.connected) this.#tell(wanted)
    return {
      unsubscribe: () => {
        const { sub } = wanted
        if (this.#wanted.delete(wanted) && sub && this.connected) this.#out(() => this.#broker.remove(sub))
      },
      drain: () =>
        new Promise((resolve) => {
          const { sub } = wanted
          const end = (): void => {
            this.#wanted.delete(wanted)
            resolve()
          }
          if (!this.#wanted.has(wanted) || !sub || !this.connected) end()
          else this.#roundTrip(() => this.#broker.remove(sub), end, end)
        }),
    }
  }

  #tell(wanted: Wanted): void {
    const sub: Sub = { client: this, connection: this.#connection, wanted }
    wanted.sub = sub
    this.#out(() => {
      if (this.#wanted.has(wanted)) this.#broker.subscribe(sub)
    })
  }

  flush(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.connected) reject(new BusError('closed', 'flush'))
      else
        this.#roundTrip(
          () => {},
          resolve,
          () => reject(new BusError('timeout', 'flush')),
        )
    })
  }

  onStatus(listener: (connected: boolean) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {
    if (this.connected) await this.flush().catch(() => {})
    this.#closed = true
    this.connected = false
    this.#wanted.clear()
    this.#broker.drop(this)
  }

  /** The broker has a message for one of our subscriptions. */
  arriving(sub: Sub, sent: Sent, laterMs?: number, noResponders = false): void {
    const slow = laterMs === undefined && this.#random.chance(this.#broker.weather.busSlow)
    const hopMs = laterMs ?? this.#random.delay(HOP_MS.low, slow ? HOP_MS.slow : HOP_MS.high)
    const connection = this.#connection
    const run = (): void => {
      if (this.#connection !== connection || !this.connected || !this.#broker.reaches(this.process, 'out')) return
      if (!this.#wanted.has(sub.wanted)) return
      const data = Uint8Array.from(sent.data)
      const { subject, reply, headers } = sent
      sub.wanted.handler({
        subject,
        data,
        ...(reply === undefined ? {} : { reply }),
        ...(headers === undefined ? {} : { headers }),
        ...(noResponders ? { noResponders } : {}),
      })
      // Only valid while the handler runs: whoever kept it without a copy has this.
      data.fill(0xee)
    }
    if (laterMs === undefined) this.#in(hopMs, run)
    else this.#broker.sim.plan(hopMs, this.process, 'input', run)
  }

  /** The connection breaks now; what was under way is lost. */
  broken(): void {
    if (this.#closed || !this.#live) return
    const connection = this.#connection++
    this.#live = false
    const { sim } = this.#broker
    sim.plan(this.#random.between(1, 20), this.process, 'input', () => {
      if (!this.connected) return
      this.connected = false
      for (const listener of this.#listeners) listener(false)
      this.#reconnect()
    })
    sim.plan(this.#random.between(CLOSE_SEEN_MS.low, CLOSE_SEEN_MS.high), undefined, 'world', () =>
      this.#broker.drop(this, connection),
    )
  }

  #reconnect(): void {
    this.process.clock.setTimer(this.#random.between(RECONNECT_MS.low, RECONNECT_MS.high), () => {
      if (this.#closed) return
      if (!this.#broker.reaches(this.process, 'in') || !this.#broker.reaches(this.process, 'out')) {
        this.#reconnect()
        return
      }
      this.#connection++
      this.#live = true
      this.#last = { out: 0, in: 0 }
      this.connected = true
      for (const wanted of this.#wanted) this.#tell(wanted)
      for (const listener of this.#listeners) listener(true)
    })
  }

  /** Pings: a broker that was silent for long is given up. */
  #watch(): void {
    const limitMs = this.#random.between(SILENCE_MS.low, SILENCE_MS.high)
    this.process.clock.setTimer(250, () => {
      const { sim } = this.#broker
      const silent = !this.#broker.reaches(this.process, 'in') || !this.#broker.reaches(this.process, 'out')
      if (!silent) this.#silentSinceMs = undefined
      else this.#silentSinceMs ??= sim.nowMs
      if (this.#silentSinceMs !== undefined && sim.nowMs - this.#silentSinceMs > limitMs) {
        this.#silentSinceMs = undefined
        this.broken()
      }
      if (!this.#closed) this.#watch()
    })
  }

  /** In order after everything sent before, unless the connection ends. */
  #out(arrive: () => void): void {
    if (!this.#live) return
    const { sim } = this.#broker
    const connection = this.#connection
    const atMs = Math.max(this.#last.out + STEP_MS, sim.nowMs + this.#random.delay(HOP_MS.low, HOP_MS.high))
    this.#last.out = atMs
    sim.plan(atMs - sim.nowMs, undefined, 'world', () => {
      if (this.#connection === connection && this.#broker.reaches(this.process, 'in')) arrive()
    })
  }

  #in(hopMs: number, run: () => void): void {
    const { sim } = this.#broker
    const atMs = Math.max(this.#last.in + STEP_MS, sim.nowMs + hopMs)
    this.#last.in = atMs
    sim.plan(atMs - sim.nowMs, this.process, 'input', run)
  }

  #roundTrip(there: () => void, back: () => void, failed: () => void): void {
    let settled = false
    const settle = (run: () => void): void => {
      if (settled) return
      settled = true
      cancel()
      run()
    }
    const cancel = this.process.clock.setTimer(FLUSH_TIMEOUT_MS, () => settle(failed))
    this.#out(() => {
      there()
      this.#in(this.#random.delay(HOP_MS.low, HOP_MS.high), () => settle(back))
    })
  }
}

function copied(message: BusMessage): BusMessage {
  return { ...message, data: Uint8Array.from(message.data) }
}
