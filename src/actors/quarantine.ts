/**
 * Conversations that stopped their host three times while one of their deliveries was in hand. They are refused without an
 * activation, and kept for inspection.
 */
export class Quarantine {
  readonly #held: ReadonlySet<string>

  constructor(held: Iterable<string>) {
    this.#held = new Set(held)
  }

  holds(tenant: string, cid: string): boolean {
    return this.#held.size > 0 && this.#held.has(`${tenant}/${cid}`)
  }
}
