import { FEATURES_MAX, type FeatureReader, GROUP, GROUP_WEIGHT, GROUPS } from './features.ts'
import { Vocabulary } from './vocabulary.ts'

/** How much rarer features weigh more: the power of the logarithm of rarity. */
const RARITY_POWER = 0.75

/** How much it counts that the pairs of concepts are known; measured on texts out of scope. */
const PAIRS_POWER = 0.25
const PAIRS_UNKNOWN = 0.2

/** The features that count, each with its weight by rarity. */
export interface VectorSpace {
  readonly vocabulary: Vocabulary
  /** By place: how much the feature's rarity weighs. */
  readonly rarity: Float32Array
  /** Weight of a word that was never seen. */
  readonly rarityUnseen: number
}

/** Collects the features of all texts that occur in at least `textsMin` of them, at most `placesMax` and the commonest first. */
export function buildSpace(reader: FeatureReader, texts: readonly string[], textsMin: number, placesMax: number): VectorSpace {
  const counts = countTexts(reader, texts)
  const kept = keptHashes(counts, textsMin, placesMax)
  const slots = Vocabulary.slotsFor(kept.length)
  const vocabulary = new Vocabulary(new Int32Array(slots), new Int32Array(slots))
  const rarity = new Float32Array(kept.length)
  for (let place = 0; place < kept.length; place++) {
    const hash = kept[place] as number
    vocabulary.put(hash, place)
    rarity[place] = rarityOf(counts.get(hash) as number, texts.length)
  }
  return { vocabulary, rarity, rarityUnseen: rarityOf(0, texts.length) }
}

/** In how many texts each feature occurs. */
function countTexts(reader: FeatureReader, texts: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>()
  const lastSeen = new Map<number, number>()
  for (let t = 0; t < texts.length; t++) {
    reader.read(texts[t] as string)
    for (let i = 0; i < reader.size; i++) {
      const hash = reader.hash[i] as number
      if (lastSeen.get(hash) === t) continue
      lastSeen.set(hash, t)
      counts.set(hash, (counts.get(hash) ?? 0) + 1)
    }
  }
  return counts
}

function keptHashes(counts: ReadonlyMap<number, number>, textsMin: number, placesMax: number): readonly number[] {
  const kept = [...counts.keys()].filter((hash) => (counts.get(hash) as number) >= textsMin)
  if (kept.length <= placesMax) return kept
  return kept.sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number) || a - b).slice(0, placesMax)
}

function rarityOf(texts: number, all: number): number {
  return Math.max(0.01, Math.log((all + 1) / (texts + 0.5))) ** RARITY_POWER
}

/**
 * Writes a text as a vector in a space: places and values, the length of the whole being 1. Reading a text forgets the one
 * before; nothing is allocated but strings.
 */
export class Vectoriser {
  size = 0
  /** How much of the text the space knows, its words first and what they say together second: 0 to a little over 1. */
  known = 0
  readonly place = new Int32Array(FEATURES_MAX)
  readonly value = new Float32Array(FEATURES_MAX)
  readonly #space: VectorSpace
  readonly #reader: FeatureReader
  readonly #group = new Uint8Array(FEATURES_MAX)
  /** By place: one more than where it stands in this text's vector, 0 for absent. */
  readonly #at: Int32Array
  readonly #length = new Float64Array(GROUPS)
  /** By group: the weight of what the space does not know. */
  readonly #unseen = new Float64Array(GROUPS)

  constructor(space: VectorSpace, reader: FeatureReader) {
    this.#space = space
    this.#reader = reader
    this.#at = new Int32Array(space.rarity.length)
  }

  read(text: string): void {
    const { vocabulary, rarityUnseen } = this.#space
    const reader = this.#reader
    reader.read(text)
    this.size = 0
    this.#unseen.fill(0)
    for (let i = 0; i < reader.size; i++) {
      const place = vocabulary.find(reader.hash[i] as number)
      const group = reader.group[i] as number
      if (place >= 0) this.#count(place, group)
      else this.#unseen[group] = (this.#unseen[group] as number) + rarityUnseen * rarityUnseen
    }
    this.#weigh()
    this.known = Math.sqrt(this.#knownOf(GROUP.word)) * (PAIRS_UNKNOWN + this.#knownOf(GROUP.conceptPair)) ** PAIRS_POWER
    this.#scale()
  }

  /** Share of a group's features that the space knows, by the weight of their rarity; 1 where there are none. */
  #knownOf(group: number): number {
    const seen = this.#length[group] as number
    const unseen = this.#unseen[group] as number
    return seen + unseen === 0 ? 1 : seen / (seen + unseen)
  }

  #count(place: number, group: number): void {
    const at = this.#at[place] as number
    if (at > 0) {
      this.value[at - 1] = (this.value[at - 1] as number) + 1
      return
    }
    this.place[this.size] = place
    this.value[this.size] = 1
    this.#group[this.size] = group
    this.#at[place] = ++this.size
  }

  /** From counts to weights; the squared length of each group is kept. */
  #weigh(): void {
    const { rarity } = this.#space
    this.#length.fill(0)
    for (let i = 0; i < this.size; i++) {
      const place = this.place[i] as number
      const count = this.value[i] as number
      const weight = (count === 1 ? 1 : 1 + Math.log(count)) * (rarity[place] as number)
      this.value[i] = weight
      const group = this.#group[i] as number
      this.#length[group] = (this.#length[group] as number) + weight * weight
      this.#at[place] = 0
    }
  }

  /** Every group gets its share of the length, whatever the number of its features. */
  #scale(): void {
    const length = this.#length
    let total = 0
    for (let g = 0; g < GROUPS; g++) if ((length[g] as number) > 0) total += (GROUP_WEIGHT[g] as number) ** 2
    const whole = Math.sqrt(total)
    for (let g = 0; g < GROUPS; g++) {
      const own = length[g] as number
      length[g] = own > 0 ? (GROUP_WEIGHT[g] as number) / (Math.sqrt(own) * whole) : 0
    }
    for (let i = 0; i < this.size; i++) this.value[i] = (this.value[i] as number) * (length[this.#group[i] as number] as number)
  }
}

/** The vectors of many texts, one after the other. */
export interface Vectors {
  readonly count: number
  /** Where each vector begins, and one more for the end. */
  readonly start: Int32Array
  readonly place: Int32Array
  readonly value: Float32Array
}

export function vectorsOf(vectoriser: Vectoriser, texts: readonly string[]): Vectors {
  const start = new Int32Array(texts.length + 1)
  let place = new Int32Array(1 << 14)
  let value = new Float32Array(1 << 14)
  let size = 0
  for (let t = 0; t < texts.length; t++) {
    vectoriser.read(texts[t] as string)
    if (size + vectoriser.size > place.length) {
      const length = Math.max(place.length * 2, size + vectoriser.size)
      place = grown(place, new Int32Array(length))
      value = grown(value, new Float32Array(length))
    }
    place.set(vectoriser.place.subarray(0, vectoriser.size), size)
    value.set(vectoriser.value.subarray(0, vectoriser.size), size)
    size += vectoriser.size
    start[t + 1] = size
  }
  return { count: texts.length, start, place: place.subarray(0, size), value: value.subarray(0, size) }
}

function grown<T extends Int32Array | Float32Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
