import type { Cancel, Runtime } from './runtime.ts'

export interface HeartbeatTimes {
  readonly everyMs: number
  readonly timeoutMs: number
}

/**
 * Notices a peer that went silent, which a browser's socket may report only minutes later. After `everyMs` without any frame
 * it asks with a ping; when `timeoutMs` later still nothing came, it tells `lost` once and stops.
 */
export class Heartbeat {
  readonly #runtime: Runtime
  readonly #times: HeartbeatTimes
  readonly #ping: () => void
  readonly #lost: () => void
  #heardMs: number
  #cancel: Cancel | undefined

  constructor(runtime: Runtime, times: HeartbeatTimes, ping: () => void, lost: () => void) {
    this.#runtime = runtime
    this.#times = times
    this.#ping = ping
    this.#lost = lost
    this.#heardMs = runtime.now()
    this.#listen(times.everyMs)
  }

  /** A frame came, whichever. */
  heard(): void {
    this.#heardMs = this.#runtime.now()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #listen(afterMs: number): void {
    this.#cancel = this.#runtime.setTimer(afterMs, () => {
      const quietMs = this.#runtime.now() - this.#heardMs
      if (quietMs < this.#times.everyMs) this.#listen(this.#times.everyMs - quietMs)
      else this.#ask()
    })
  }

  #ask(): void {
    const askedMs = this.#runtime.now()
    this.#ping()
    this.#cancel = this.#runtime.setTimer(this.#times.timeoutMs, () => {
      if (this.#heardMs >= askedMs) this.#listen(this.#times.everyMs)
      else this.#lost()
    })
  }
}
