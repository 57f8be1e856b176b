import type { Cancel, Clock } from '../kernel/clock.ts'
import { ulid } from '../kernel/ids.ts'
import type { Codec } from '../protocol/codec.ts'
import { CLOSE } from '../protocol/codes.ts'
import { Intake } from './intake.ts'
import { Session, type SessionHost } from './session.ts'
import type { Socket } from './socket.ts'

const SWEEP_MS_MAX = 1000

/** All sessions of a gateway: bounded, swept for timeouts by one timer, drained together. */
export class Sessions {
  readonly #all = new Set<Session>()
  readonly #clock: Clock
  readonly #host: SessionHost
  readonly #sweepMs: number
  #cancel: Cancel
  #emptied: (() => void) | undefined

  constructor(host: Omit<SessionHost, 'ended' | 'intake'>) {
    this.#host = { ...host, intake: new Intake(), ended: (session) => this.#ended(session) }
    this.#clock = host.clock
    const { helloTimeoutMs, pingEveryMs, pingTimeoutMs } = host.config
    this.#sweepMs = Math.max(10, Math.min(SWEEP_MS_MAX, helloTimeoutMs / 4, pingEveryMs / 4, pingTimeoutMs / 4))
    this.#cancel = this.#clock.setTimer(this.#sweepMs, this.#sweep)
  }

  get size(): number {
    return this.#all.size
  }

  get outboxBytes(): number {
    let bytes = 0
    for (const session of this.#all) bytes += session.out.bytes
    return bytes
  }

  start(socket: Socket, codec: Codec): Session {
    const session = new Session(ulid(this.#clock.now()), this.#host, socket, codec)
    this.#all.add(session)
    return session
  }

  /** Says bye to all and resolves when all are gone; those that remain at the deadline are closed. */
  async drain(deadlineMs: number): Promise<void> {
    for (const session of [...this.#all]) session.drain()
    if (this.#all.size === 0) return
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.setTimer(deadlineMs, resolve)
      this.#emptied = () => {
        cancel()
        resolve()
      }
    })
    for (const session of [...this.#all]) session.close(CLOSE.drain, 'drain')
  }

  /** Sends all clients elsewhere. */
  disperse(): void {
    for (const session of [...this.#all]) session.close(CLOSE.upstreamLost, 'cut off')
  }

  close(): void {
    this.#cancel()
    for (const session of [...this.#all]) {
      session.close(CLOSE.goingAway, 'going away')
      session.socket.terminate()
    }
  }

  readonly #sweep = (): void => {
    const mono = this.#clock.mono()
    const now = this.#clock.now()
    for (const session of this.#all) session.sweep(mono, now)
    this.#cancel = this.#clock.setTimer(this.#sweepMs, this.#sweep)
  }

  #ended(session: Session): void {
    this.#all.delete(session)
    if (this.#all.size === 0) this.#emptied?.()
  }
}
