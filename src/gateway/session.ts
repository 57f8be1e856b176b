import type { Answer, Caller, ConversationRouter, Delivery, Push, Watcher } from '../actors/port.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame } from '../protocol/client-frames.ts'
import { type Codec, MALFORMED } from '../protocol/codec.ts'
import { CLOSE, type CloseCode } from '../protocol/codes.ts'
import type { Capability } from '../protocol/frames.ts'
import { FRAME_BOUNDS, type FrameChecker } from '../protocol/schemas.ts'
import { answerOk } from './admission.ts'
import type { GatewayConfig } from './config.ts'
import { Following } from './following.ts'
import { greet } from './handshake.ts'
import type { Identity, IdentityVerifier } from './identity-port.ts'
import type { Intake, Reader } from './intake.ts'
import { type RateWindows, TokenBucket } from './limits.ts'
import { Liveness } from './liveness.ts'
import type { GatewayMetrics } from './metrics.ts'
import { Outbox } from './outbox.ts'
import type { PushEncoder } from './push-encoder.ts'
import { handle } from './requests.ts'
import type { Socket, SocketEvents } from './socket.ts'

/** What all sessions of a gateway share. */
export interface SessionHost {
  readonly config: GatewayConfig
  readonly router: ConversationRouter
  readonly identity: IdentityVerifier
  readonly clock: Clock
  readonly log: Log
  readonly metrics: GatewayMetrics
  readonly checker: FrameChecker
  readonly rates: RateWindows
  readonly pushes: PushEncoder
  readonly intake: Intake
  readonly node: string
  /** The session is over and can be forgotten. */
  ended(session: Session): void
}

export type Phase = 'new' | 'greeting' | 'open' | 'draining' | 'closed'

const BAD_IN_A_ROW_MAX = 10
/** Frames, and bytes of them, that wait while a `hello` is being checked. */
const HELD_FRAMES_MAX = 64
const HELD_BYTES_MAX = 65_536

/**
 * One socket's conversation with the gateway: handshake, frames in, answers and pushes out. It outlives nothing: when the
 * socket closes, all its conversations are left and late answers are dropped. No method throws.
 */
export class Session implements Watcher, SocketEvents, Reader {
  readonly id: string
  readonly host: SessionHost
  readonly socket: Socket
  readonly out: Outbox
  readonly following: Following
  phase: Phase = 'new'
  /** Set by the handshake, before the phase is `open`. */
  identity: Identity | undefined
  caps: readonly Capability[] = []
  wants = { data: false, receipts: false, batch: false }
  locale: string
  tz: string
  /** Deliveries without an answer yet. */
  inFlight = 0
  paused = false
  /** Frames that wait in the intake. */
  waiting = 0
  #badInARow = 0
  readonly #frames: TokenBucket
  #held: Buffer[] = []
  #heldBytes = 0
  /** The client said `bye`. */
  #leaving = false
  #leaveByMs = Number.POSITIVE_INFINITY
  readonly #liveness: Liveness

  constructor(id: string, host: SessionHost, socket: Socket, codec: Codec) {
    this.id = id
    this.host = host
    this.socket = socket
    this.out = new Outbox(socket, codec, host.config.outboxBytesMax, host.metrics, (code) => this.close(code, 'slow consumer'))
    this.following = new Following(this, host.config.conversationsMax)
    this.locale = host.config.defaultLocale
    this.tz = host.config.defaultTz
    const now = host.clock.mono()
    this.#liveness = new Liveness(host.config, now)
    this.#frames = new TokenBucket(host.config.framesPerSecondMax, now)
  }

  // What the socket tells.

  message(data: Buffer, binary: boolean): void {
    if (this.phase === 'closed') return
    const { metrics, clock } = this.host
    metrics.framesIn.inc()
    metrics.bytesIn.inc(data.length)
    this.#liveness.heardMs = clock.mono()
    if (binary !== this.out.codec.binary) {
      this.host.intake.finish(this)
      this.close(CLOSE.wrongFrameKind, binary ? 'text frames only' : 'binary frames only')
      return
    }
    this.host.intake.take(this, data)
  }

  /** The intake's turn: frames that waited there may find the session closed. */
  read(data: Buffer): void {
    if (this.phase === 'closed') return
    if (this.phase === 'greeting') this.#hold(data)
    else this.#read(data)
  }

  #read(data: Buffer): void {
    const { metrics, clock } = this.host
    const timed = metrics.sample()
    const startMs = timed ? clock.mono() : 0
    const value = this.out.codec.decode(data)
    if (timed) metrics.decode.observe((clock.mono() - startMs) / 1000)
    if (Array.isArray(value) && this.wants.batch) this.#takeBatch(value)
    else this.#take(value, timed)
  }

  pong(): void {
    this.#liveness.heardMs = this.host.clock.mono()
  }

  failed(code: string): void {
    this.host.metrics.broken.inc()
    if (this.host.log.debugging) this.host.log.debug({ session: this.id, code }, 'connection broke')
  }

  closed(): void {
    // What came before the end still counts.
    this.host.intake.finish(this)
    this.#end()
  }

  // What the router tells.

  get ended(): boolean {
    return this.phase === 'closed'
  }

  push(push: Push): void {
    if (this.phase === 'closed') return
    try {
      this.following.push(push)
    } catch (error) {
      this.host.log.error({ session: this.id, err: error }, 'a push failed')
      this.close(CLOSE.internal, 'internal')
    }
  }

  gone(_tenant: string, cid: string): void {
    if (this.phase !== 'closed') this.following.gone(cid)
  }

  // What the handshake and the requests use.

  get caller(): Caller {
    if (this.identity === undefined) throw new Error('a session without identity has no caller')
    return this.identity
  }

  get now(): number {
    return this.host.clock.now()
  }

  /** Asks the router; `done` is not called when the session ended meanwhile. */
  deliver<D extends Delivery>(cid: string, delivery: D, done: (answer: Answer<D> | Rejection) => void): void {
    let waiting = true
    this.ask(cid, delivery, (answer) => {
      if (!waiting) return
      waiting = false
      if (!this.answered()) return
      done(answer)
      this.settled()
    })
  }

  /**
   * The same for the hot path, one closure less: `reply` takes only its first call, begins with `answered` (false: the session
   * ended meanwhile), and ends with `settled`.
   */
  ask<D extends Delivery>(cid: string, delivery: D, reply: (answer: Answer<D> | Rejection) => void): void {
    this.inFlight++
    try {
      this.host.router.deliver(this.caller.tenant, cid, delivery, reply)
    } catch (error) {
      this.host.log.error({ session: this.id, delivery: delivery.type, err: error }, 'a delivery failed')
      reply(reject('internal', 'the server failed on this request'))
    }
  }

  /** One thing in flight has its answer. */
  answered(): boolean {
    this.inFlight--
    return this.phase !== 'closed'
  }

  fail(rejection: Rejection, re?: string, cid?: string): void {
    this.out.fail(rejection, re, cid, this.now)
  }

  /** The hello is being checked: what follows it waits. */
  greeting(): void {
    const { clock, config } = this.host
    this.phase = 'greeting'
    this.#liveness.greeting(clock.mono(), Math.max(config.helloTimeoutMs, config.turnDeadlineMs))
  }

  /** The handshake is through: held frames follow, in order. */
  opened(): void {
    if (this.phase !== 'greeting') return
    this.phase = 'open'
    const held = this.#held
    this.#held = []
    this.#heldBytes = 0
    for (const data of held) {
      if (this.phase === 'open' || this.phase === 'draining') this.#read(data)
    }
  }

  setIdentity(identity: Identity): void {
    this.identity = identity
    this.#liveness.trusted(identity.expMs)
  }

  close(code: CloseCode, reason: string): void {
    if (this.phase === 'closed') return
    this.socket.close(code, reason)
    this.#end()
  }

  /** Planned end: `bye`, then no more requests; closes with 4200 when everything asked before has its answer. */
  drain(): void {
    if (this.phase === 'closed' || this.phase === 'draining') return
    this.host.intake.finish(this)
    const greeted = this.phase === 'open'
    this.phase = 'draining'
    if (!greeted) {
      this.close(CLOSE.drain, 'drain')
      return
    }
    const d = {
      code: CLOSE.drain,
      reason: 'drain',
      reconnect: true,
      afterMs: 0,
      spreadMs: this.host.config.byeSpreadMs,
      resume: true,
    }
    this.out.send({ v: 1, t: 'bye', ts: this.now, d })
    if (this.inFlight === 0) this.#depart()
  }

  /** The client says `bye`: closes with 1000 when everything asked before has its answer, `turnDeadlineMs` later at most. */
  leave(frame: ClientFrame): void {
    answerOk(this, frame)
    if (this.#leaving) return
    this.#leaving = true
    this.#leaveByMs = this.host.clock.mono() + this.host.config.turnDeadlineMs
    if (this.phase === 'open') this.phase = 'draining'
    if (this.inFlight === 0) this.#depart()
  }

  /** Called every sweep: timeouts, pings, expiry. */
  sweep(monoMs: number, nowMs: number): void {
    if (monoMs >= this.#leaveByMs) {
      this.#depart()
      return
    }
    const greeted = this.phase === 'open' || this.phase === 'draining'
    switch (this.#liveness.due(monoMs, nowMs, greeted)) {
      case 'ping':
        this.socket.ping()
        return
      case 'noPong':
        this.close(CLOSE.noPong, 'no pong')
        return
      case 'late':
        if (this.phase === 'new') this.close(CLOSE.helloTimeout, 'no hello in time')
        else this.close(CLOSE.overload, 'no welcome in time')
        return
      case 'expired':
        this.close(CLOSE.tokenExpired, 'token expired')
        return
      case 'expiring':
        this.out.send({ v: 1, t: 'auth.expiring', ts: nowMs, d: { inMs: (this.identity?.expMs ?? nowMs) - nowMs } })
    }
  }

  #hold(data: Buffer): void {
    this.#heldBytes += data.length
    if (this.#held.length >= HELD_FRAMES_MAX || this.#heldBytes > HELD_BYTES_MAX) {
      this.close(CLOSE.rate, 'too much before welcome')
      return
    }
    this.#held.push(data)
  }

  #takeBatch(values: readonly unknown[]): void {
    const { inFlightMax } = this.host.config
    if (values.length === 0 || values.length > inFlightMax) {
      if (this.#mayTake(values)) this.#bad(reject('bad_request', `an array holds 1 to ${inFlightMax} frames`), undefined)
      return
    }
    for (const value of values) {
      if (this.phase === 'open' || this.phase === 'draining') this.#take(value, false)
    }
  }

  #take(value: unknown, timed: boolean): void {
    if (!this.#mayTake(value)) return
    if (value === MALFORMED) {
      this.#bad(reject('bad_request', 'the message is not a well-formed frame'), undefined)
      return
    }
    const frame = this.host.checker.check(value)
    if (isRejection(frame)) {
      this.#bad(frame, idOf(value))
      return
    }
    this.#badInARow = 0
    try {
      this.#dispatch(frame, timed)
    } catch (error) {
      this.host.log.error({ session: this.id, type: frame.t, err: error }, 'a frame failed')
      this.fail(reject('internal', 'the server failed on this frame'), frame.id, frame.cid)
    }
  }

  #dispatch(frame: ClientFrame, timed: boolean): void {
    if (this.phase === 'new') {
      greet(this, frame)
      return
    }
    if (this.phase === 'draining' && frame.t !== 'ping' && frame.t !== 'bye') {
      const refusal = this.#leaving
        ? reject('conflict', 'bye was said already', { field: 't' })
        : reject('not_ready', 'this node is draining: reconnect', { retryMs: 0 })
      this.fail(refusal, frame.id, frame.cid)
      return
    }
    handle(this, frame, timed)
  }

  /** Counts one frame, good or bad, against the rate; false when it is over it and has been answered. */
  #mayTake(value: unknown): boolean {
    const left = this.#frames.take(this.#liveness.heardMs)
    if (left >= 0) return true
    if (left < -this.host.config.framesPerSecondMax) this.close(CLOSE.rate, 'too many frames')
    else this.fail(reject('rate_limited', 'too many frames a second', { retryMs: this.#frames.retryMs }), idOf(value))
    return false
  }

  #bad(rejection: Rejection, re: string | undefined): void {
    this.fail(rejection, re)
    if (++this.#badInARow >= BAD_IN_A_ROW_MAX) this.close(CLOSE.malformed, 'ten bad frames in a row')
    else if (this.phase === 'new') this.close(CLOSE.badProtocol, 'hello first')
  }

  /** One thing in flight has its answer: lets a paused client go on, ends a drain. */
  settled(): void {
    if (this.paused && this.inFlight <= this.host.config.inFlightMax / 2) {
      this.paused = false
      this.out.send({ v: 1, t: 'flow', ts: this.now, d: { state: 'resume', reason: 'in_flight', queue: this.inFlight } })
    }
    if (this.phase === 'draining' && this.inFlight === 0) this.#depart()
  }

  #depart(): void {
    if (this.#leaving) this.close(CLOSE.normal, 'bye')
    else this.close(CLOSE.drain, 'drain')
  }

  #end(): void {
    if (this.phase === 'closed') return
    this.phase = 'closed'
    this.#held = []
    this.following.leaveAll()
    this.host.ended(this)
  }
}

/** The id to answer a frame that did not pass, when it has a usable one. */
function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  return typeof id === 'string' && id.length > 0 && id.length <= FRAME_BOUNDS.idCharsMax ? id : undefined
}
