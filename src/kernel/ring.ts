/** A bounded FIFO in a ring that grows by doubling up to its limit. Refuses when full, never throws, never awaits. */
export class Ring<T> {
  readonly #max: number
  #slots: (T | undefined)[]
  #head = 0
  #size = 0

  constructor(max: number) {
    if (!Number.isInteger(max) || max < 1) throw new RangeError(`ring limit must be a positive integer, got ${max}`)
    this.#max = max
    this.#slots = new Array<T | undefined>(Math.min(max, 4))
  }

  get size(): number {
    return this.#size
  }

  /** False when full: nothing was taken. */
  push(item: T): boolean {
    if (this.#size === this.#max) return false
    if (this.#size === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.#size) % this.#slots.length] = item
    this.#size++
    return true
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined
    const item = this.#slots[this.#head]
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) % this.#slots.length
    this.#size--
    return item
  }

  /** Takes the newest back. */
  pop(): T | undefined {
    if (this.#size === 0) return undefined
    this.#size--
    const at = (this.#head + this.#size) % this.#slots.length
    const item = this.#slots[at]
    this.#slots[at] = undefined
    return item
  }

  peek(): T | undefined {
    return this.#size === 0 ? undefined : this.#slots[this.#head]
  }

  /** Empties the ring and hands everything back, oldest first. */
  drain(): T[] {
    const all: T[] = []
    for (let item = this.shift(); item !== undefined; item = this.shift()) all.push(item)
    return all
  }

  #grow(): void {
    const next = new Array<T | undefined>(Math.min(this.#max, this.#slots.length * 2))
    for (let i = 0; i < this.#size; i++) next[i] = this.#slots[(this.#head + i) % this.#slots.length]
    this.#slots = next
    this.#head = 0
  }
}
