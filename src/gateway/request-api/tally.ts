import { type Rejection, reject } from '../../kernel/rejection.ts'
import { CROWDED_RETRY_MS } from './limits.ts'

/** Counts what is under way, on this node and by tenant, and refuses what would be too much. */
export class Tally {
  readonly #what: string
  readonly #max: number
  readonly #tenantMax: number
  readonly #byTenant = new Map<string, number>()
  #all = 0
  #idle: (() => void)[] = []

  constructor(what: string, max: number, tenantMax: number) {
    this.#what = what
    this.#max = max
    this.#tenantMax = tenantMax
  }

  get size(): number {
    return this.#all
  }

  /** Undefined: taken, and to be given back once. */
  take(tenant: string): Rejection | undefined {
    const retry = { retryMs: CROWDED_RETRY_MS }
    if (this.#all >= this.#max) return reject('unavailable', `this node has all the ${this.#what} that it takes`, retry)
    const ofTenant = this.#byTenant.get(tenant) ?? 0
    if (ofTenant >= this.#tenantMax)
      return reject('rate_limited', `${ofTenant} ${this.#what} of this tenant are under way`, retry)
    this.#all++
    this.#byTenant.set(tenant, ofTenant + 1)
    return undefined
  }

  giveBack(tenant: string): void {
    const left = (this.#byTenant.get(tenant) ?? 1) - 1
    if (left === 0) this.#byTenant.delete(tenant)
    else this.#byTenant.set(tenant, left)
    this.#all--
    if (this.#all > 0) return
    const idle = this.#idle
    this.#idle = []
    for (const resolve of idle) resolve()
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#all === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve))
  }
}
