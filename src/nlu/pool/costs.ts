const TENANTS_MAX = 1_024
/** What a request of a tenant costs that has none yet. */
const GUESS_MS = 0.5
/** Weight of the newest request in the average. */
const NEWEST = 0.3

/** What a request of each tenant takes on a worker, in milliseconds: a moving average, kept for the tenants seen last. */
export class Costs {
  readonly #byTenant = new Map<string, number>()

  of(tenant: string): number {
    return this.#byTenant.get(tenant) ?? GUESS_MS
  }

  add(tenant: string, tookMs: number): void {
    const known = this.#byTenant.get(tenant)
    if (known !== undefined) this.#byTenant.delete(tenant)
    else if (this.#byTenant.size >= TENANTS_MAX) this.#byTenant.delete(this.#byTenant.keys().next().value as string)
    this.#byTenant.set(tenant, known === undefined ? tookMs : known + NEWEST * (tookMs - known))
  }
}
