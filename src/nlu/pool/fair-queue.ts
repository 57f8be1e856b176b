import { Ring } from '../../kernel/ring.ts'

/** What waits, by tenant. */
export interface Waiting {
  readonly request: { readonly tenant: string }
  /** Answered already: it is dropped when its turn comes, or when room is needed. */
  readonly done: boolean
}

/**
 * A bounded queue that serves tenants in turn, each in its own order, so that a tenant with a thousand waiting costs another
 * one place in the round. When it is full, room is made at the end of the longest line ("longest queue drop", Suter et al.,
 * 1999), unless the newcomer's own line is that one: so a tenant that floods refuses itself.
 */
export class FairQueue<T extends Waiting> {
  readonly #max: number
  /** In the order of service: the first line is served next and goes to the end. Lines are never empty. */
  readonly #lines = new Map<string, Ring<T>>()
  #size = 0

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#size
  }

  get tenants(): number {
    return this.#lines.size
  }

  /** Undefined when it was taken in without loss; else the item that has no place: the newcomer, or one that made room. */
  push(item: T): T | undefined {
    let displaced: T | undefined
    if (this.#size >= this.#max) this.#dropDone()
    if (this.#size >= this.#max) {
      displaced = this.#makeRoom(item)
      if (displaced === item) return item
    }
    const { tenant } = item.request
    let line = this.#lines.get(tenant)
    if (line === undefined) {
      line = new Ring(this.#max)
      this.#lines.set(tenant, line)
    }
    line.push(item)
    this.#size++
    return displaced
  }

  /** What `shift` would take. What is done before it is dropped, and costs its tenant the turn. */
  peek(): T | undefined {
    for (;;) {
      const next = this.#lines.values().next()
      if (next.done === true) return undefined
      const item = next.value.peek() as T
      if (!item.done) return item
      this.#shiftFirst()
    }
  }

  /** The next in turn that is not done. */
  shift(): T | undefined {
    return this.peek() === undefined ? undefined : this.#shiftFirst()
  }

  #shiftFirst(): T {
    const [tenant, line] = this.#lines.entries().next().value as [string, Ring<T>]
    const item = line.shift() as T
    this.#size--
    this.#lines.delete(tenant)
    if (line.size > 0) this.#lines.set(tenant, line)
    return item
  }

  /** Empties the queue, in no promised order. */
  drain(): T[] {
    const all: T[] = []
    for (const line of this.#lines.values()) all.push(...line.drain())
    this.#lines.clear()
    this.#size = 0
    return all
  }

  #dropDone(): void {
    for (const item of this.drain()) {
      if (item.done) continue
      this.#size++
      const { tenant } = item.request
      const line = this.#lines.get(tenant)
      if (line === undefined) {
        const made = new Ring<T>(this.#max)
        made.push(item)
        this.#lines.set(tenant, made)
      } else line.push(item)
    }
  }

  #makeRoom(item: T): T {
    const own = this.#lines.get(item.request.tenant)?.size ?? 0
    let longest: Ring<T> | undefined
    for (const line of this.#lines.values()) if (line.size > (longest?.size ?? own + 1)) longest = line
    const last = longest?.pop()
    if (last === undefined) return item
    this.#size--
    return last
  }
}
