/** A seeded generator (xorshift32): the same numbers on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 15)) | 1
    for (let i = 0; i < 8; i++) this.next()
  }

  /** The next 32 bits, as an unsigned number. */
  next(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return x >>> 0
  }

  /** 0 to `bound - 1`. */
  below(bound: number): number {
    return Math.floor((this.next() / 0x100000000) * bound)
  }

  shuffle(order: Int32Array): void {
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const item = order[i] as number
      order[i] = order[j] as number
      order[j] = item
    }
  }
}
