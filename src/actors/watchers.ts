import type { Watcher } from './port.ts'

/** Watchers of one conversation; more are refused by the gateway's limits before they get here. */
export const WATCHERS_MAX = 64

/** Who watches which conversation. Kept beside the activations: a passivated conversation keeps its watchers. */
export class Watchers {
  readonly #byTenant = new Map<string, Map<string, readonly Watcher[]>>()
  /** The tenant asked for last, and its watchers. */
  #tenant = ''
  #ofTenant: Map<string, readonly Watcher[]> | undefined
  #count = 0

  get count(): number {
    return this.#count
  }

  of(tenant: string, cid: string): readonly Watcher[] | undefined {
    if (tenant !== this.#tenant || this.#ofTenant === undefined) {
      this.#tenant = tenant
      this.#ofTenant = this.#byTenant.get(tenant)
    }
    return this.#ofTenant?.get(cid)
  }

  /** Watching twice replaces the former. False when the conversation has all the watchers it may have. */
  add(tenant: string, cid: string, watcher: Watcher): boolean {
    let ofTenant = this.#byTenant.get(tenant)
    if (!ofTenant) {
      ofTenant = new Map()
      this.#byTenant.set(tenant, ofTenant)
    }
    const known = ofTenant.get(cid)
    const others = known?.filter((other) => other.id !== watcher.id) ?? []
    if (others.length >= WATCHERS_MAX) return false
    this.#count += others.length + 1 - (known?.length ?? 0)
    ofTenant.set(cid, others.length === 0 ? [watcher] : [...others, watcher])
    return true
  }

  remove(tenant: string, cid: string, watcherId: string): void {
    const ofTenant = this.#byTenant.get(tenant)
    const all = ofTenant?.get(cid)
    if (!ofTenant || !all) return
    const others = all.filter((other) => other.id !== watcherId)
    this.#count -= all.length - others.length
    if (others.length > 0) ofTenant.set(cid, others)
    else ofTenant.delete(cid)
    if (ofTenant.size > 0) return
    this.#byTenant.delete(tenant)
    this.#ofTenant = undefined
  }

  /** Takes out and gives all watchers of one conversation. */
  take(tenant: string, cid: string): readonly Watcher[] {
    const all = this.of(tenant, cid) ?? []
    for (const { id } of all) this.remove(tenant, cid, id)
    return all
  }

  /** Removes one watcher from everything it watches. Looks at all of them. */
  forget(watcherId: string): void {
    for (const [tenant, ofTenant] of [...this.#byTenant]) {
      for (const [cid, all] of [...ofTenant]) {
        if (all.some(({ id }) => id === watcherId)) this.remove(tenant, cid, watcherId)
      }
    }
  }

  /** Takes out and gives every watched conversation of a shard (`belongs`), with its watchers. */
  drop(belongs: (tenant: string, cid: string) => boolean): [string, string, readonly Watcher[]][] {
    const dropped: [string, string, readonly Watcher[]][] = []
    for (const [tenant, ofTenant] of this.#byTenant) {
      for (const [cid, all] of ofTenant) {
        if (!belongs(tenant, cid)) continue
        dropped.push([tenant, cid, all])
        ofTenant.delete(cid)
        this.#count -= all.length
      }
      if (ofTenant.size === 0) this.#byTenant.delete(tenant)
    }
    this.#ofTenant = undefined
    return dropped
  }
}
