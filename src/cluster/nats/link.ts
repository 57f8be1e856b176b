import { compare, connect, type NatsConnection, NatsConnectionImpl, parseSemVer, type Status } from '@nats-io/transport-node'
import type { Counter } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'
import { BusError } from '../port.ts'
import { connectionOptions, type NatsOptions, Pace, serversOf } from './options.ts'

export type { NatsOptions } from './options.ts'

/** The parts below the client's own interface say what waits to be sent, and whether the connection stands at this moment. */
type Client = NatsConnection & NatsConnectionImpl

const VERSION_MIN = parseSemVer('2.9.0')
const VERSION_FULL = parseSemVer('2.11.0')
/** Before an ordered close gives up on a server that does not answer. */
const CLOSE_MS = 2000

/**
 * One connection to NATS, kept for ever: it reconnects to any of the servers with growing, jittered waits, and calls itself up only
 * when the subscriptions stand again. The client library would keep what is sent meanwhile without bound: nobody sends while it
 * is down.
 */
export class NatsLink {
  readonly #nc: Client
  readonly #options: NatsOptions
  readonly #pace: Pace
  readonly #reconnects: Counter
  readonly #faults: Counter
  readonly #listeners: ((up: boolean) => void)[] = []
  readonly #flushes = new Set<() => void>()
  readonly #pendingBytesMax: number
  #up = true
  #closing = false
  #payloadMax: number

  private constructor(nc: Client, options: NatsOptions, pace: Pace) {
    this.#nc = nc
    this.#options = options
    this.#pace = pace
    this.#payloadMax = nc.info?.max_payload ?? 1024 * 1024
    this.#pendingBytesMax = options.pendingBytesMax ?? 8 * 1024 * 1024
    const { metrics } = options
    const labels = { link: options.name }
    this.#reconnects = metrics.counter('parley_nats_reconnects_total', 'Connections to NATS that broke and stand again', labels)
    this.#faults = metrics.counter('parley_nats_faults_total', 'Errors that the NATS server told of its own accord', labels)
    metrics.observed('parley_nats_connected', '1 while NATS can be reached', () => (this.up ? 1 : 0), labels)
    metrics.observed('parley_nats_pending_bytes', 'Bytes that wait for the NATS server', () => this.pendingBytes, labels)
    void this.#follow()
  }

  /** Connects, or rejects with an AppError `nats.unavailable` or `nats.unfit` whose text says what to do. */
  static async open(options: NatsOptions): Promise<NatsLink> {
    const pace = new Pace()
    const servers = serversOf(options.urls)
    const nc = await connect(connectionOptions(options, servers, pace)).catch((err: unknown) => {
      throw new AppError('nats.unavailable', `no NATS server at ${servers.hosts.join(', ')} lets this process in: ${text(err)}`, {
        retry: 'later',
        cause: err,
      })
    })
    if (!(nc instanceof NatsConnectionImpl)) throw new TypeError('the NATS client is not the one that this was written for')
    const unfit = unfitness(nc)
    if (unfit !== undefined) {
      await nc.close()
      throw new AppError('nats.unfit', unfit, { retry: 'never' })
    }
    const link = new NatsLink(nc, options, pace)
    link.#greet()
    return link
  }

  /** For the adapters of this folder. */
  get connection(): NatsConnection {
    return this.#nc
  }

  /** What `connection` sends with, once a message is known to be in order. */
  get protocol(): Client['protocol'] {
    return this.#nc.protocol
  }

  get up(): boolean {
    return this.#up && !this.#closing && this.#nc.protocol.connected
  }

  /** Bytes handed to the client that the server has not taken yet. */
  get pendingBytes(): number {
    return this.#nc.protocol.outbound.size() + (socketOf(this.#nc)?.writableLength ?? 0)
  }

  /** Up, and the server is not too far behind. */
  get ready(): boolean {
    return this.up && this.pendingBytes <= this.#pendingBytesMax
  }

  /** Bytes of one message, headers included; of the server last connected to. */
  get payloadMax(): number {
    return this.#payloadMax
  }

  onStatus(listener: (up: boolean) => void): void {
    this.#listeners.push(listener)
  }

  /** The server has handled what was sent before, and what it sent before has been handled here. BusError `closed` otherwise. */
  flush(): Promise<void> {
    if (!this.#nc.protocol.connected || this.#nc.isClosed()) return Promise.reject(new BusError('closed', 'flush'))
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        this.#flushes.delete(fail)
        reject(new BusError('closed', 'flush'))
      }
      this.#flushes.add(fail)
      this.#nc.flush().then(() => {
        this.#flushes.delete(fail)
        resolve()
      }, fail)
    })
  }

  /** Sends what was published, then ends the connection; within two seconds even when the server does not answer. */
  async close(): Promise<void> {
    if (this.#closing) return
    this.#tell(false)
    this.#closing = true
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.setTimer(CLOSE_MS, resolve)
      const done = (): void => {
        cancel()
        resolve()
      }
      this.flush().then(done, done)
    })
    this.#breakFlushes()
    await this.#nc.close()
  }

  async #follow(): Promise<void> {
    for await (const status of this.#nc.status()) this.#on(status)
    if (!this.#closing) this.#options.log.error({ link: this.#options.name }, 'the NATS client gave up: restart the process')
  }

  #on(status: Status): void {
    const { log, name: link } = this.#options
    if (status.type === 'disconnect') {
      this.#breakFlushes()
      if (this.#up && !this.#closing) log.warn({ link, server: status.server }, 'NATS connection lost')
      this.#tell(false)
    } else if (status.type === 'reconnecting') {
      this.#pace.next()
    } else if (status.type === 'reconnect') {
      void this.#back()
    } else if (status.type === 'staleConnection') {
      // The client would first wait for its own last write, which a frozen server never takes.
      log.warn({ link }, 'the NATS server does not answer')
      socketOf(this.#nc)?.destroy()
    } else if (status.type === 'error') {
      this.#faults.inc()
      log.warn({ link, err: status.error }, 'the NATS server reported an error')
    } else if (status.type === 'ldm') {
      log.info({ link, server: status.server }, 'the NATS server is about to stop')
    }
  }

  /** Up again only when the server has answered behind the subscriptions. */
  async #back(): Promise<void> {
    try {
      await this.flush()
    } catch (err) {
      if (err instanceof BusError) return
      throw err
    }
    this.#pace.reset()
    this.#payloadMax = this.#nc.info?.max_payload ?? this.#payloadMax
    const unfit = unfitness(this.#nc)
    if (unfit !== undefined) this.#options.log.error({ link: this.#options.name }, unfit)
    this.#reconnects.inc()
    this.#greet()
    this.#tell(true)
  }

  #greet(): void {
    const { log, name: link } = this.#options
    const version = this.#nc.info?.version ?? 'unknown'
    log.info({ link, server: this.#nc.getServer(), version }, 'connected to NATS')
    if (compare(parseSemVer(version), VERSION_FULL) < 0) {
      log.warn(
        { link, version },
        'this NATS server lacks what 2.10 and 2.11 brought: watches of several keys at once, expiry of single messages, batched reads; nothing here needs them, 2.11 or newer is advised',
      )
    }
  }

  #tell(up: boolean): void {
    if (this.#closing || this.#up === up) return
    this.#up = up
    for (const listener of this.#listeners) {
      try {
        listener(up)
      } catch (err) {
        this.#options.log.error({ err, link: this.#options.name }, 'a listener threw')
      }
    }
  }

  #breakFlushes(): void {
    for (const fail of [...this.#flushes]) fail()
  }
}

function unfitness({ info }: NatsConnection): string | undefined {
  if (info === undefined) return undefined
  if (compare(parseSemVer(info.version), VERSION_MIN) < 0) return `NATS server ${info.version} is too old: 2.9 or newer is needed`
  return info.headers ? undefined : 'the NATS server has headers switched off: take `no_header_support` out of its configuration'
}

interface NatsSocket {
  readonly writableLength: number
  destroy(): void
}

function socketOf(nc: Client): NatsSocket | undefined {
  return (nc.protocol.transport as { readonly socket?: NatsSocket } | undefined)?.socket
}

function text(err: unknown): string {
  return err instanceof Error ? err.message : String(err)
}
