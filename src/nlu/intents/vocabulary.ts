const FACTOR = 2

/**
 * Which place a feature's hash has in the weights: an open table over shared memory, at most half full. Looking up allocates
 * nothing.
 */
export class Vocabulary {
  readonly keys: Int32Array
  readonly places: Int32Array
  readonly #mask: number

  /** `keys` and `places` have one length, a power of two; the key 0 is an empty place. */
  constructor(keys: Int32Array, places: Int32Array) {
    this.keys = keys
    this.places = places
    this.#mask = keys.length - 1
  }

  /** Slots that a table of so many features needs. */
  static slotsFor(features: number): number {
    let slots = 16
    while (slots < features * FACTOR) slots *= 2
    return slots
  }

  /** The feature's place, -1 when it is unknown. */
  find(hash: number): number {
    let slot = hash & this.#mask
    for (;;) {
      const key = this.keys[slot]
      if (key === hash) return this.places[slot] as number
      if (key === 0) return -1
      slot = (slot + 1) & this.#mask
    }
  }

  /** Gives a new hash its place; there must be room. */
  put(hash: number, place: number): void {
    let slot = hash & this.#mask
    while (this.keys[slot] !== 0) slot = (slot + 1) & this.#mask
    this.keys[slot] = hash
    this.places[slot] = place
  }
}
