import { SHARD_COUNT } from '../kernel/shard.ts'
import type { LiveTimer, TimerChange } from './port.ts'

const NIL = -1
const SEPARATOR = '\0'

/**
 * Timers that are set, in columns: about 150 bytes each, because every passivated conversation has one. A timer remembers
 * the `place` (segment number) of the record that set it, so that a segment's live timers are found without reading it.
 */
export class LiveTimers {
  readonly #slotOf = new Map<string, number>()
  #keys: (string | undefined)[] = []
  #due = new Float64Array(16)
  #place = new Float64Array(16)
  #shard = new Uint16Array(16)
  /** Doubly linked list per shard; of the free slots, `#next` alone. */
  #next = new Int32Array(16)
  #previous = new Int32Array(16)
  readonly #heads = new Int32Array(SHARD_COUNT).fill(NIL)
  #free = NIL

  get size(): number {
    return this.#slotOf.size
  }

  apply(shard: number, tenant: string, cid: string, changes: readonly TimerChange[], place: number): void {
    for (const change of changes) {
      const key = tenant + SEPARATOR + cid + SEPARATOR + change.name
      if (change.dueMs === null) this.#clear(key)
      else this.#set(key, shard, change.dueMs, place)
    }
  }

  /** When the timer is due, null when it is not set. */
  dueMs(tenant: string, cid: string, name: string): number | null {
    const slot = this.#slotOf.get(tenant + SEPARATOR + cid + SEPARATOR + name)
    return slot === undefined ? null : (this.#due[slot] ?? 0)
  }

  /** Timers of the shard due at or before `untilMs`, in no particular order. */
  due(shard: number, untilMs: number): LiveTimer[] {
    const found: LiveTimer[] = []
    for (let slot = this.#heads[shard] ?? NIL; slot !== NIL; slot = this.#next[slot] ?? NIL) {
      if ((this.#due[slot] ?? 0) <= untilMs) found.push(this.#timer(slot))
    }
    return found
  }

  /** Live timers whose newest record stands at that place. Looks at every timer: for the dropping of a segment, not for turns. */
  placed(place: number): LiveTimer[] {
    const found: LiveTimer[] = []
    for (let slot = 0; slot < this.#keys.length; slot++) {
      if (this.#place[slot] === place && this.#keys[slot] !== undefined) found.push(this.#timer(slot))
    }
    return found
  }

  #set(key: string, shard: number, dueMs: number, place: number): void {
    let slot = this.#slotOf.get(key)
    if (slot === undefined) {
      slot = this.#take()
      // A copy: the concatenated text would keep its parts alive beside it.
      const flat = Buffer.from(key).toString()
      this.#slotOf.set(flat, slot)
      this.#keys[slot] = flat
      this.#shard[slot] = shard
      const head = this.#heads[shard] ?? NIL
      this.#next[slot] = head
      this.#previous[slot] = NIL
      if (head !== NIL) this.#previous[head] = slot
      this.#heads[shard] = slot
    }
    this.#due[slot] = dueMs
    this.#place[slot] = place
  }

  #clear(key: string): void {
    const slot = this.#slotOf.get(key)
    if (slot === undefined) return
    this.#slotOf.delete(key)
    this.#keys[slot] = undefined
    const next = this.#next[slot] ?? NIL
    const previous = this.#previous[slot] ?? NIL
    if (next !== NIL) this.#previous[next] = previous
    if (previous === NIL) this.#heads[this.#shard[slot] ?? 0] = next
    else this.#next[previous] = next
    this.#next[slot] = this.#free
    this.#free = slot
  }

  #take(): number {
    if (this.#free !== NIL) {
      const slot = this.#free
      this.#free = this.#next[slot] ?? NIL
      return slot
    }
    const slot = this.#keys.length
    this.#keys.push(undefined)
    if (slot === this.#due.length) this.#grow(slot * 2)
    return slot
  }

  #grow(size: number): void {
    const due = new Float64Array(size)
    due.set(this.#due)
    this.#due = due
    const place = new Float64Array(size)
    place.set(this.#place)
    this.#place = place
    const shard = new Uint16Array(size)
    shard.set(this.#shard)
    this.#shard = shard
    const next = new Int32Array(size)
    next.set(this.#next)
    this.#next = next
    const previous = new Int32Array(size)
    previous.set(this.#previous)
    this.#previous = previous
  }

  #timer(slot: number): LiveTimer {
    const [tenant = '', cid = '', name = ''] = (this.#keys[slot] ?? '').split(SEPARATOR)
    return { shard: this.#shard[slot] ?? 0, tenant, cid, name, dueMs: this.#due[slot] ?? 0 }
  }
}
