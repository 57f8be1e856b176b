import type { Frame } from '../src/protocol/frames.ts'
import { deadlineError, lostError, ParleyError } from './error.ts'
import type { Cancel, Runtime } from './runtime.ts'

/** Called once, one of them, in the order in which frames arrive (a promise would answer after the frames behind it). */
export interface Reply {
  ok(frame: Frame): void
  failed(error: ParleyError): void
}

const REQUESTS_MAX = 64

/**
 * The requests of one socket that wait for their answer; at most 64, more are refused with `rate_limited`. Each ends exactly
 * once: by its answer, by `deadline`, or by the loss of the socket (`unavailable`: it may have been executed).
 */
export class Requests {
  readonly #runtime: Runtime
  readonly #timeoutMs: number
  readonly #waiting = new Map<string, { reply: Reply; cancel: Cancel }>()
  #last = 0

  constructor(runtime: Runtime, timeoutMs: number) {
    this.#runtime = runtime
    this.#timeoutMs = timeoutMs
  }

  /** Gives the frame id to send, or nothing when the request was refused. */
  add(reply: Reply): string | undefined {
    if (this.#waiting.size >= REQUESTS_MAX) {
      reply.failed(new ParleyError('rate_limited', 429, 'too many requests wait for an answer', { temporary: true }))
      return undefined
    }
    this.#last += 1
    const id = `c${this.#last}`
    const cancel = this.#runtime.setTimer(this.#timeoutMs, () => {
      if (this.#waiting.delete(id)) reply.failed(deadlineError())
    })
    this.#waiting.set(id, { reply, cancel })
    return id
  }

  /** Whether the frame answered one of them. */
  answer(frame: Frame): boolean {
    const request = frame.re === undefined ? undefined : this.#waiting.get(frame.re)
    if (frame.re === undefined || request === undefined) return false
    this.#waiting.delete(frame.re)
    request.cancel()
    if (frame.t === 'error') request.reply.failed(ParleyError.of(frame.d, frame.cid))
    else request.reply.ok(frame)
    return true
  }

  lose(): void {
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reply, cancel } of lost) {
      cancel()
      reply.failed(lostError())
    }
  }
}
