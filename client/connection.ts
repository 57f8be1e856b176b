import type { Frame, Position } from '../src/protocol/frames.ts'
import { type Bye, backoffMs, reconnectDelayMs } from './backoff.ts'
import { deadlineError, lostError, ParleyError } from './error.ts'
import { Heartbeat } from './heartbeat.ts'
import { type Reply, Requests } from './requests.ts'
import type { Cancel, Runtime, Socket } from './runtime.ts'
import { type ConnectionStatus, readWelcome, type Welcome } from './status.ts'

const VERSION = 1
const SUBPROTOCOL = 'parley.v1.json'
const TOKEN_EXPIRED = 4001
const NO_CLOSE_CODE = 1006

export const CONNECTION_TIMES = {
  /** From dialling to the welcome, the token's making included. */
  connectMs: 10_000,
  /** A connection that held this long starts counting attempts anew. */
  stableMs: 10_000,
} as const

export interface ConnectionOptions {
  readonly url: string
  readonly token: () => string | Promise<string>
  readonly requestTimeoutMs: number
  /** The rest of `hello`'s body; read at each attempt. */
  hello(): { readonly resume: readonly (Position & { readonly cid: string })[] } & Record<string, unknown>
}

export interface ConnectionEvents {
  status(status: ConnectionStatus): void
  welcome(welcome: Welcome): void
  frame(frame: Frame): void
  lost(): void
  /** A token could not be renewed; the connection goes on until the server ends it. */
  error(error: ParleyError): void
}

/**
 * One connection that outlives its sockets: dials, says hello, renews the token, and after a loss comes back
 * as the server's `bye` or close code asks. Frames reach `frame` in the order of the wire.
 */
export class Connection {
  status: ConnectionStatus = { state: 'idle', attempt: 0 }
  readonly #options: ConnectionOptions
  readonly #events: ConnectionEvents
  readonly #runtime: Runtime
  readonly #requests: Requests
  #socket: Socket | undefined
  #up = false
  /** Rises with each socket; what belongs to an older one is ignored. */
  #dial = 0
  #attempt = 0
  #token = ''
  #refusedToken: string | undefined
  #bye: Bye | undefined
  /** Why hello was refused; the close that follows ends in it. */
  #refusal: ParleyError | undefined
  #heartbeat: Heartbeat | undefined
  #cancelWait: Cancel | undefined
  #cancelStable: Cancel | undefined

  constructor(options: ConnectionOptions, runtime: Runtime, events: ConnectionEvents) {
    this.#options = options
    this.#runtime = runtime
    this.#events = events
    this.#requests = new Requests(runtime, options.requestTimeoutMs)
  }

  get online(): boolean {
    return this.#up
  }

  start(): void {
    if (this.status.state !== 'idle' && this.status.state !== 'stopped') return
    this.#attempt = 0
    this.#refusedToken = undefined
    this.#connect()
  }

  /** Tries now instead of at `retryAtMs`: the network came back, or somebody looks at the page again. */
  wake(): void {
    if (this.status.state === 'waiting') this.#connect()
  }

  /** Ends for good, with a `bye` when there is somebody to say it to. */
  stop(error?: ParleyError): void {
    if (this.status.state === 'stopped') return
    if (this.online) this.post('bye', undefined, {})
    this.#release(1000)
    this.#tell({ state: 'stopped', attempt: this.#attempt, ...(error === undefined ? {} : { error }) })
  }

  /** Sends a frame that wants no answer; dropped while not online. */
  post(t: string, cid: string | undefined, d: unknown): void {
    if (this.online) this.#write({ v: VERSION, t, ...(cid === undefined ? {} : { cid }), d })
  }

  /** Sends a frame and waits for its one answer; while not online it fails at once with `unavailable`. */
  request(t: string, cid: string | undefined, d: unknown, reply: Reply): void {
    if (!this.online) {
      reply.failed(lostError())
      return
    }
    const id = this.#requests.add(reply)
    if (id !== undefined) this.#write({ v: VERSION, t, id, ...(cid === undefined ? {} : { cid }), d })
  }

  #write(frame: Frame): void {
    this.#socket?.send(JSON.stringify(frame))
  }

  #tell(status: ConnectionStatus): void {
    this.status = status
    this.#events.status(status)
  }

  #connect(): void {
    this.#cancelWait?.()
    this.#dial += 1
    const dial = this.#dial
    this.#bye = undefined
    this.#refusal = undefined
    this.#cancelWait = this.#runtime.setTimer(CONNECTION_TIMES.connectMs, () => {
      this.#refusal = deadlineError()
      this.#closed(NO_CLOSE_CODE)
    })
    this.#tell({ state: 'connecting', attempt: this.#attempt })
    this.#makeToken().then(
      (token) => {
        if (dial === this.#dial) this.#open(dial, token)
      },
      (error: unknown) => {
        if (dial === this.#dial) this.#tokenFailed(error)
      },
    )
  }

  async #makeToken(): Promise<string> {
    return this.#options.token()
  }

  #tokenFailed(error: unknown): void {
    const told = tokenError(error)
    if (!told.temporary) {
      this.stop(told)
      return
    }
    this.#refusal = told
    this.#closed(NO_CLOSE_CODE)
  }

  #open(dial: number, token: string): void {
    if (token === this.#refusedToken) {
      this.stop(new ParleyError('token_expired', 401, 'the token expired and no newer one was given', { temporary: true }))
      return
    }
    this.#token = token
    const socket = this.#runtime.createSocket(this.#options.url, [SUBPROTOCOL])
    this.#socket = socket
    socket.onopen = () => {
      this.#write({ v: VERSION, t: 'hello', id: 'hello', d: { token, ...this.#options.hello() } })
    }
    socket.onmessage = (event) => {
      if (dial === this.#dial) this.#received(event.data)
    }
    socket.onclose = (event) => {
      if (dial === this.#dial) this.#closed(event.code)
    }
    // A close event follows each error event and carries all that is told about it.
    socket.onerror = () => {}
  }

  #received(data: unknown): void {
    this.#heartbeat?.heard()
    const frames = parse(data)
    if (frames === undefined) {
      this.#events.error(new ParleyError('bad_request', 400, 'the server sent a frame that is not JSON'))
      return
    }
    for (const frame of frames) this.#handle(frame)
  }

  #handle(frame: Frame): void {
    if (frame.re === 'hello') this.#greeted(frame)
    else if (!this.#requests.answer(frame)) this.#pushed(frame)
  }

  #pushed(frame: Frame): void {
    if (frame.t === 'bye') this.#bye = readBye(frame.d)
    else if (frame.t === 'auth.expiring') this.#renewToken()
    else if (frame.t !== 'pong') this.#events.frame(frame)
  }

  #greeted(frame: Frame): void {
    if (frame.t !== 'welcome') {
      this.#refusal = ParleyError.of(frame.d)
      return
    }
    const welcome = readWelcome(frame.d)
    this.#cancelWait?.()
    this.#refusedToken = undefined
    this.#heartbeat = new Heartbeat(
      this.#runtime,
      welcome.ping,
      () => this.post('ping', undefined, { n: this.#runtime.now() }),
      () => this.#closed(NO_CLOSE_CODE),
    )
    this.#cancelStable = this.#runtime.setTimer(CONNECTION_TIMES.stableMs, () => {
      this.#attempt = 0
    })
    this.#up = true
    this.#tell({ state: 'online', attempt: this.#attempt })
    this.#events.welcome(welcome)
  }

  #renewToken(): void {
    const dial = this.#dial
    this.#makeToken().then(
      (token) => {
        if (dial !== this.#dial) return
        this.#token = token
        this.request('auth.refresh', undefined, { token }, { ok() {}, failed: (error) => this.#events.error(error) })
      },
      (error: unknown) => this.#events.error(tokenError(error)),
    )
  }

  /** The socket is gone, or is given up; never both for one socket. */
  #closed(code: number): void {
    const wasOnline = this.online
    const error = this.#refusal ?? closeError(code)
    this.#release(undefined)
    if (wasOnline) this.#events.lost()
    const delayMs = this.#delayMs(code, error)
    if (delayMs === undefined) {
      this.#tell({ state: 'stopped', attempt: this.#attempt, error })
      return
    }
    this.#attempt += 1
    const afterMs = Math.max(delayMs, error.retryMs ?? 0)
    this.#cancelWait = this.#runtime.setTimer(afterMs, () => this.#connect())
    this.#tell({ state: 'waiting', attempt: this.#attempt, retryAtMs: this.#runtime.now() + afterMs, error })
  }

  /** An expired token is worth another attempt, with a new one; what else a client cannot change is not. */
  #delayMs(code: number, error: ParleyError): number | undefined {
    const random = this.#runtime.random()
    if (error.name === 'token_expired') {
      this.#refusedToken = this.#token
      return backoffMs(this.#attempt, random)
    }
    return error.temporary ? reconnectDelayMs(code, this.#bye, this.#attempt, random) : undefined
  }

  /** Lets go of the socket and all that belongs to it; its waiting requests fail. */
  #release(code: number | undefined): void {
    this.#dial += 1
    this.#cancelWait?.()
    this.#cancelStable?.()
    this.#heartbeat?.stop()
    this.#heartbeat = undefined
    const socket = this.#socket
    this.#socket = undefined
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close(code)
    }
    this.#up = false
    this.#requests.lose()
  }
}

/** One frame or an array of them; undefined when any of it is not of a frame's shape. */
function parse(data: unknown): readonly Frame[] | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(data)
    const frames: readonly unknown[] = Array.isArray(value) ? value : [value]
    return frames.every(isFrame) ? frames.map((frame) => ({ ...frame, d: frame.d ?? {} })) : undefined
  } catch {
    return undefined
  }
}

function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false
  const { t, d } = value as Partial<Frame>
  return typeof t === 'string' && (d === undefined || (typeof d === 'object' && d !== null))
}

function readBye(d: unknown): Bye {
  const told = (typeof d === 'object' && d !== null ? d : {}) as Partial<Bye>
  return {
    reconnect: told.reconnect !== false,
    afterMs: Math.max(0, told.afterMs ?? 0),
    spreadMs: Math.max(0, told.spreadMs ?? 0),
  }
}

function tokenError(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new ParleyError('unavailable', 503, `no token: ${reason}`, { temporary: true })
}

function closeError(code: number): ParleyError {
  if (code === TOKEN_EXPIRED) return new ParleyError('token_expired', 401, 'the token expired', { temporary: true })
  if (code === 4002) return new ParleyError('unauthorized', 401, 'the token was refused')
  if (code === 4003 || code === 4004) return new ParleyError('forbidden', 403, 'the server refuses this client')
  if (code === 4005) return new ParleyError('replaced', 409, 'a newer connection took the place of this one')
  if (code === NO_CLOSE_CODE || code === 1005)
    return new ParleyError('unavailable', 503, 'the server cannot be reached', { temporary: true })
  return new ParleyError('unavailable', 503, `the server closed the connection (${code})`, { temporary: true })
}
