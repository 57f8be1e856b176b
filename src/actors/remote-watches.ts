import { shardOf } from '../kernel/shard.ts'
import type { Push, Watcher } from './port.ts'
import { Watchers } from './watchers.ts'

/** A watched conversation of another node: where it lives, and under which epoch of its shard it was joined. */
interface Place {
  readonly tenant: string
  readonly cid: string
  readonly owner: string
  readonly epoch: number
}

/** Sessions of this node that follow conversations of other nodes. The owner knows this node as one watcher of each. */
export class RemoteWatches {
  readonly #watchers = new Watchers()
  /** Joins under way, by conversation: until they are answered, a conversation without watchers is not one that nobody wants. */
  readonly #joining = new Map<string, number>()
  /** By shard, then by conversation. */
  readonly #places = new Map<number, Map<string, Place>>()

  get count(): number {
    return this.#watchers.count
  }

  /** A join was asked for. */
  joining(tenant: string, cid: string): void {
    const key = keyOf(tenant, cid)
    this.#joining.set(key, (this.#joining.get(key) ?? 0) + 1)
  }

  /** It has its answer, whatever it is. */
  joined(tenant: string, cid: string): void {
    const key = keyOf(tenant, cid)
    const left = (this.#joining.get(key) ?? 1) - 1
    if (left > 0) this.#joining.set(key, left)
    else this.#joining.delete(key)
  }

  /** A join was answered. Too many watchers: this one is told `gone`. */
  add(tenant: string, cid: string, watcher: Watcher, owner: string, epoch: number): void {
    if (watcher.ended) return
    const known = this.#placeOf(tenant, cid)
    // What happened between the two places nobody told those who joined at the former.
    if (known && (known.owner !== owner || known.epoch !== epoch)) this.#drop([known])
    if (!this.#watchers.add(tenant, cid, watcher)) {
      watcher.gone(tenant, cid)
      return
    }
    const shard = shardOf(tenant, cid)
    const places = this.#places.get(shard) ?? new Map<string, Place>()
    this.#places.set(shard, places.set(keyOf(tenant, cid), { tenant, cid, owner, epoch }))
  }

  /** Gives where the conversation lives when nobody here watches it any more. */
  remove(tenant: string, cid: string, watcherId: string): string | undefined {
    if (!this.#watchers.of(tenant, cid)) return undefined
    this.#watchers.remove(tenant, cid, watcherId)
    if (this.#watchers.of(tenant, cid)) return undefined
    const place = this.#placeOf(tenant, cid)
    if (place) this.#forget(place)
    return this.#joining.has(keyOf(tenant, cid)) ? undefined : place?.owner
  }

  /** Where it lives, if this watcher follows it. */
  ownerFor(tenant: string, cid: string, watcherId: string): string | undefined {
    const follows = this.#watchers.of(tenant, cid)?.some(({ id }) => id === watcherId)
    return follows ? this.#placeOf(tenant, cid)?.owner : undefined
  }

  /** False when nobody here watches it, or is about to. What another node than the one joined says is not passed on. */
  push(from: string, push: Push): boolean {
    const { tenant, cid } = push
    const watchers = this.#watchers.of(tenant, cid)
    if (!watchers) return this.#joining.has(keyOf(tenant, cid))
    if (this.#placeOf(tenant, cid)?.owner !== from) return true
    for (const watcher of watchers) watcher.push(push)
    return true
  }

  /** Its owner let go of it. */
  gone(from: string, tenant: string, cid: string): void {
    const place = this.#placeOf(tenant, cid)
    if (place?.owner === from) this.#drop([place])
  }

  /** Everything that lives on that node has to be joined again. */
  lost(owner: string): void {
    const all = [...this.#places.values()].flatMap((places) => [...places.values()])
    this.#drop(all.filter((place) => place.owner === owner))
  }

  /** Those of the shard that were joined under another owner or epoch. */
  moved(shard: number, owner: string | undefined, epoch: number): void {
    const places = this.#places.get(shard)
    if (places) this.#drop([...places.values()].filter((place) => place.owner !== owner || place.epoch !== epoch))
  }

  #drop(places: readonly Place[]): void {
    for (const place of places) {
      this.#forget(place)
      const { tenant, cid } = place
      for (const watcher of this.#watchers.take(tenant, cid)) watcher.gone(tenant, cid)
    }
  }

  #placeOf(tenant: string, cid: string): Place | undefined {
    return this.#places.get(shardOf(tenant, cid))?.get(keyOf(tenant, cid))
  }

  #forget({ tenant, cid }: Place): void {
    const shard = shardOf(tenant, cid)
    const places = this.#places.get(shard)
    places?.delete(keyOf(tenant, cid))
    if (places?.size === 0) this.#places.delete(shard)
  }
}

const keyOf = (tenant: string, cid: string): string => `${tenant}/${cid}`
