/**
 * xoshiro128** (Blackman and Vigna), its state filled by splitmix32 from an FNV-1a hash of seed and label: the same numbers on every
 * machine, and a stream of its own for every label, so that one part drawing more often does not move the others.
 */
export class SeededRandom {
  readonly #seed: string
  readonly #state = new Uint32Array(4)

  constructor(seed: number | string, label = '') {
    this.#seed = `${seed}/${label}`
    let mix = hashOf(this.#seed)
    for (let i = 0; i < 4; i++) {
      mix = (mix + 0x9e3779b9) >>> 0
      let word = mix
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
      this.#state[i] = word ^ (word >>> 15)
    }
  }

  /** A stream that does not depend on how much this one was used. */
  fork(label: string): SeededRandom {
    return new SeededRandom(this.#seed, label)
  }

  /** 0 to 2^32 - 1. */
  word(): number {
    const state = this.#state
    const [a, b, c, d] = state as unknown as [number, number, number, number]
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    state[2] = c ^ a
    state[3] = d ^ b
    state[1] = b ^ (c ^ a)
    state[0] = a ^ (d ^ b)
    state[2] = (state[2] as number) ^ (b << 9)
    state[3] = rotated(state[3] as number, 11)
    return result
  }

  /** 0 (included) to 1 (excluded). */
  readonly next = (): number => this.word() / 2 ** 32

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from')
    return items[this.below(items.length)] as T
  }

  /** Mostly near `low`, seldom far out: how long things take. */
  delay(low: number, high: number): number {
    return low + (high - low) * this.next() ** 3
  }

  /** Upper-case text of so many characters, for ids. */
  text(length: number): string {
    let out = ''
    for (let i = 0; i < length; i++) out += LETTERS.charAt(this.below(LETTERS.length))
    return out
  }
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function rotated(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0
}

/** FNV-1a 32. */
export function hashOf(text: string, from = 0x811c9dc5): number {
  let hash = from
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
