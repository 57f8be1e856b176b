import type { GatewayConfig } from './config.ts'

/** The warning before a token ends. */
const EXPIRING_MS = 60_000

/** What a sweep finds due in one session. `late`: no hello, or no welcome, in time. */
export type Due = 'nothing' | 'ping' | 'noPong' | 'late' | 'expiring' | 'expired'

/** When one session was last heard of, and until when its token speaks for it. */
export class Liveness {
  readonly #config: Pick<GatewayConfig, 'helloTimeoutMs' | 'pingEveryMs' | 'pingTimeoutMs'>
  #since: number
  #waitMs: number
  /** Monotonic. */
  heardMs: number
  #pingedMs: number | undefined
  #expMs: number | undefined
  #warned = false

  constructor(config: Pick<GatewayConfig, 'helloTimeoutMs' | 'pingEveryMs' | 'pingTimeoutMs'>, monoMs: number) {
    this.#config = config
    this.#since = monoMs
    this.#waitMs = config.helloTimeoutMs
    this.heardMs = monoMs
  }

  /** The hello is here; its welcome may take this long. */
  greeting(monoMs: number, waitMs: number): void {
    this.#since = monoMs
    this.#waitMs = waitMs
  }

  /** A token was accepted: wall clock. */
  trusted(expMs: number): void {
    this.#expMs = expMs
    this.#warned = false
  }

  /** What to do now; each thing is told once, unless it has to be done again. */
  due(monoMs: number, nowMs: number, greeted: boolean): Due {
    if (!greeted) return monoMs - this.#since >= this.#waitMs ? 'late' : 'nothing'
    if (this.#expMs !== undefined && this.#expMs <= nowMs) return 'expired'
    if (this.#expMs !== undefined && !this.#warned && this.#expMs - nowMs <= EXPIRING_MS) {
      this.#warned = true
      return 'expiring'
    }
    return this.#silence(monoMs)
  }

  #silence(monoMs: number): Due {
    if (monoMs - this.heardMs < this.#config.pingEveryMs) {
      this.#pingedMs = undefined
      return 'nothing'
    }
    if (this.#pingedMs === undefined) {
      this.#pingedMs = monoMs
      return 'ping'
    }
    return monoMs - this.#pingedMs >= this.#config.pingTimeoutMs ? 'noPong' : 'nothing'
  }
}
