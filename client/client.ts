import type { Capability, Frame, Position } from '../src/protocol/frames.ts'
import { backoffMs } from './backoff.ts'
import { Connection } from './connection.ts'
import { Conversation } from './conversation.ts'
import { Emitter } from './emitter.ts'
import { deadlineError, lostError, ParleyError } from './error.ts'
import type { Link } from './link.ts'
import type { KeyValueStore } from './outbox.ts'
import { platform, type Runtime } from './runtime.ts'
import type { ConnectionStatus, Welcome } from './status.ts'
import { ulid } from './ulid.ts'

export interface ClientOptions {
  /** `ws:` or `wss:` URL of the chat endpoint, e.g. `ws://127.0.0.1:8080/v1/ws`. */
  readonly url: string
  /** Called at each connect and renewal. A thrown `ParleyError` that is not temporary stops the client; else it tries again. */
  readonly token: () => string | Promise<string>
  /** For conversations that do not say their own. */
  readonly locale?: string
  /** IANA time zone; the platform's own without it. */
  readonly tz?: string
  /** Default: everything that the library understands. */
  readonly caps?: readonly Capability[]
  /** Keeps messages not yet accepted across reloads, e.g. `sessionStorage`; they are sent when the conversation is joined. */
  readonly storage?: KeyValueStore
  /** Messages of one conversation on the wire at a time, 1 to 64. With the default 1 their order is strict. */
  readonly inFlightMax?: number
  /** Longest wait for an answer; also how long open, join and history wait for a connection. Default 15 s. */
  readonly requestTimeoutMs?: number
  readonly client?: { readonly name: string; readonly version: string; readonly platform: string }
  readonly runtime?: Runtime
}

export interface OpenOptions {
  readonly template: string
  /** Pins a version; the newest without it. */
  readonly version?: number
  readonly locale?: string
  readonly tz?: string
  /** The same key gives the same conversation; one that is closed is refused with `closed` and its `cid`. */
  readonly clientKey?: string
  readonly vars?: Readonly<Record<string, string | number | boolean>>
}

export interface ClientEvents {
  status: ConnectionStatus
  welcome: Welcome
  /** Failures that no call of the application asked for. */
  error: ParleyError
}

const CAPS: readonly Capability[] = ['batch', 'data', 'choices', 'receipts']
const REQUEST_TIMEOUT_MS = 15_000
const RESUME_MAX = 8

/**
 * A client of one Parley server: one connection, any number of conversations. After a loss it reconnects by itself, resumes
 * every conversation from its position and sends what waits, so that an application sees each event once, in order, and each of its messages
 * takes effect once.
 */
export class ParleyClient extends Emitter<ClientEvents> implements Link {
  readonly runtime: Runtime
  locale: string
  /** As the last welcome announced them. */
  limits: Readonly<Record<string, number>> = {}
  user = ''
  tenant = ''
  readonly #options: ClientOptions
  readonly #connection: Connection
  readonly #conversations = new Map<string, Conversation>()
  readonly #timeoutMs: number
  /** Those that wait until the connection is online, or stopped. */
  #waiters: (() => void)[] = []

  constructor(options: ClientOptions) {
    super()
    this.#options = options
    this.runtime = options.runtime ?? platform
    this.locale = options.locale ?? 'en'
    this.#timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS
    this.#connection = new Connection(
      { url: options.url, token: options.token, requestTimeoutMs: this.#timeoutMs, hello: () => this.#hello() },
      this.runtime,
      {
        status: (status) => this.#told(status),
        welcome: (welcome) => this.#welcomed(welcome),
        frame: (frame) => this.#route(frame),
        lost: () => this.#lost(),
        error: (error) => this.report(error),
      },
    )
  }

  get status(): ConnectionStatus {
    return this.#connection.status
  }

  get online(): boolean {
    return this.#connection.online
  }

  /** Resolves with the first welcome, however long that takes; rejects when trying again is of no use. */
  async connect(): Promise<void> {
    this.#connection.start()
    while (!this.online) {
      if (this.status.state === 'stopped') throw this.status.error ?? lostError()
      await this.#change(undefined)
    }
  }

  /** Reconnects now if it waits to: call it when the network is back or the page is visible again. */
  wake(): void {
    this.#connection.wake()
  }

  /** Ends the connection; conversations stay, and go on after another `connect`. */
  close(): void {
    this.#connection.stop()
  }

  /**
   * Opens a conversation. Safe against losses on the way: it always carries a client key, so a repeat finds the conversation that
   * the first attempt made. Rejects with the server's refusal, or `deadline`.
   */
  async open(options: OpenOptions): Promise<Conversation> {
    const { template, version, vars } = options
    const d = {
      template,
      ...(version === undefined ? {} : { version }),
      locale: options.locale ?? this.locale,
      tz: options.tz ?? this.#tz(),
      clientKey: options.clientKey ?? ulid(this.runtime.now()),
      ...(vars === undefined ? {} : { vars }),
    }
    const opened = await this.call('conv.open', undefined, d)
    return this.#known(opened.cid)
  }

  /** Joins a conversation: from a position with all that came after it, without one from its newest page. */
  async join(cid: string, position?: Position): Promise<Conversation> {
    const known = this.#conversations.get(cid)
    if (known !== undefined) return known
    const conversation = this.#add(cid, position)
    try {
      await conversation.join()
    } catch (error) {
      conversation.leave()
      throw error
    }
    return conversation
  }

  /** One that was opened or joined here and not left. */
  conversation(cid: string): Conversation | undefined {
    return this.#conversations.get(cid)
  }

  request: Link['request'] = (t, cid, d, reply) => this.#connection.request(t, cid, d, reply)

  post: Link['post'] = (t, cid, d) => this.#connection.post(t, cid, d)

  /** For conversations: a request that survives reconnects and temporary refusals until its deadline. */
  async call(t: string, cid: string | undefined, d: unknown): Promise<Frame> {
    const untilMs = this.runtime.now() + this.#timeoutMs
    for (let attempt = 0; ; attempt++) {
      await this.#whenOnline(untilMs)
      try {
        return await this.#once(t, cid, d)
      } catch (error) {
        if (!(error instanceof ParleyError) || !error.temporary) throw error
        const waitMs = this.online ? (error.retryMs ?? backoffMs(attempt, this.runtime.random(), 100)) : 0
        if (this.runtime.now() + waitMs >= untilMs) throw error
        if (waitMs > 0) await new Promise<void>((resolve) => this.runtime.setTimer(waitMs, resolve))
      }
    }
  }

  report(error: ParleyError): void {
    this.emit('error', error)
  }

  forget(cid: string): void {
    this.#conversations.delete(cid)
  }

  #tz(): string {
    return this.#options.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  }

  #hello(): ReturnType<ConstructorParameters<typeof Connection>[0]['hello']> {
    const resume: (Position & { cid: string })[] = []
    for (const { cid, position } of this.#conversations.values()) if (position !== undefined) resume.push({ cid, ...position })
    // Those beyond the server's bound are joined one by one after the welcome.
    resume.length = Math.min(resume.length, this.limits.conversations ?? RESUME_MAX)
    return {
      client: this.#options.client ?? { name: 'parley-client', version: '1', platform: 'web' },
      locale: this.locale,
      tz: this.#tz(),
      caps: this.#options.caps ?? CAPS,
      resume,
    }
  }

  #once(t: string, cid: string | undefined, d: unknown): Promise<Frame> {
    return new Promise((resolve, reject) => {
      this.#connection.request(t, cid, d, {
        ok: (frame) => {
          if (frame.cid !== undefined && t === 'conv.open') this.#add(frame.cid).opened(frame)
          else if (frame.cid !== undefined && t === 'conv.join') this.#conversations.get(frame.cid)?.opened(frame)
          resolve(frame)
        },
        failed: reject,
      })
    })
  }

  #add(cid: string, position?: Position): Conversation {
    const known = this.#conversations.get(cid)
    if (known !== undefined) return known
    const inFlightMax = Math.min(64, Math.max(1, this.#options.inFlightMax ?? 1))
    const conversation = new Conversation(this, cid, { inFlightMax, storage: this.#options.storage }, position)
    this.#conversations.set(cid, conversation)
    return conversation
  }

  #known(cid: string | undefined): Conversation {
    const conversation = cid === undefined ? undefined : this.#conversations.get(cid)
    if (conversation === undefined) throw new ParleyError('internal', 500, 'the server opened no conversation')
    return conversation
  }

  #told(status: ConnectionStatus): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const waiter of waiters) waiter()
    this.emit('status', status)
  }

  /** The next change of the status, or the time given. */
  #change(withinMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const cancel = withinMs === undefined ? () => {} : this.runtime.setTimer(withinMs, resolve)
      this.#waiters.push(() => {
        cancel()
        resolve()
      })
    })
  }

  async #whenOnline(untilMs: number): Promise<void> {
    while (!this.online) {
      if (this.status.state === 'stopped' || this.status.state === 'idle') throw stoppedError(this.status.error)
      const leftMs = untilMs - this.runtime.now()
      if (leftMs <= 0) throw this.status.error ?? deadlineError()
      await this.#change(leftMs)
    }
  }

  #welcomed(welcome: Welcome): void {
    this.limits = welcome.limits
    this.user = welcome.user
    this.tenant = welcome.tenant
    const resumed = new Map(welcome.resumed.map((answer) => [answer.cid, answer]))
    this.emit('welcome', welcome)
    for (const conversation of [...this.#conversations.values()]) conversation.resumed(resumed.get(conversation.cid))
  }

  #lost(): void {
    for (const conversation of this.#conversations.values()) conversation.lost()
  }

  /** Without `cid` it is meant for the whole connection. */
  #flow({ cid, d }: Frame): void {
    const paused = (d as { state?: string } | undefined)?.state === 'pause'
    for (const conversation of this.#conversations.values())
      if (cid === undefined || cid === conversation.cid) conversation.pause(paused)
  }

  /** The server may leave out `cid` while the connection has one conversation. */
  #route(frame: Frame): void {
    const only = this.#conversations.size === 1 ? this.#conversations.values().next().value : undefined
    const conversation = frame.cid === undefined ? only : this.#conversations.get(frame.cid)
    if (frame.t === 'flow') this.#flow(frame)
    else if (conversation !== undefined) conversation.frame(frame)
    else if (frame.t === 'error') this.report(ParleyError.of(frame.d, frame.cid))
  }
}

/** Lasting, whatever it was stopped by: nothing repeats by itself until somebody calls `connect`. */
function stoppedError(cause: ParleyError | undefined): ParleyError {
  return new ParleyError('stopped', cause?.code ?? 503, cause?.message ?? 'the client is not connected; call connect first')
}
