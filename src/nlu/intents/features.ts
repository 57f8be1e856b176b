import type { Language } from './intent-set.ts'
import { type Thesaurus, thesaurusOf } from './thesaurus.ts'
import { wordsOf } from './words.ts'

/** Raised whenever the same text may give other features: models of another version are trained again. */
export const FEATURES_VERSION = 1

/** Kinds of features. Each kind has its own share of a text's vector. */
export const GROUP = { word: 0, pair: 1, chars: 2, concept: 3, conceptPair: 4 } as const
export const GROUPS = 5
/** The shares, measured by cross-validation over three public sets. */
export const GROUP_WEIGHT: readonly number[] = [1, 0.5, 0.7, 0.8, 0.8]

/** Features of one text, repetitions counted; more are not read. A sentence of ten words has about 200. */
export const FEATURES_MAX = 4096

const CHARS = { min: 3, max: 5 } as const
/** Concepts this many words apart still make a pair. */
const CONCEPT_REACH = 3
/** Words whose features are kept, none of them longer than that; when there are more, all are forgotten. */
const MEMORY_MAX = { words: 4096, chars: 32 } as const

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const SPACE = 32

/** What one word gives by itself. */
interface WordFeatures {
  /** Unmixed hash of the stem. */
  readonly stem: number
  readonly word: number
  readonly chars: Int32Array
  /** Unmixed hashes: the concepts of the word, or its stem where it has none. */
  readonly concepts: readonly number[]
  readonly known: boolean
}

/**
 * Turns a text into 32-bit hashes of its features, each with its group: stems, pairs of neighbours, 3 to 5 characters within
 * a word, concepts of the thesaurus and pairs of them. Reading a text forgets the one before. The hash 0 does not occur.
 */
export class FeatureReader {
  size = 0
  readonly hash = new Int32Array(FEATURES_MAX)
  readonly group = new Uint8Array(FEATURES_MAX)
  readonly #thesaurus: Thesaurus
  readonly #memory = new Map<string, WordFeatures>()
  #line: WordFeatures[] = []

  constructor(thesaurus: Thesaurus) {
    this.#thesaurus = thesaurus
  }

  read(text: string): void {
    this.size = 0
    this.#line.length = 0
    for (const word of wordsOf(text)) this.#line.push(this.#featuresOf(word))
    const line = this.#line
    if (line.length === 0) return
    let before = FNV_OFFSET
    for (let i = 0; i < line.length; i++) {
      const features = line[i] as WordFeatures
      this.#add(features.word, GROUP.word)
      this.#add(pairHash(GROUP.pair, before, features.stem), GROUP.pair)
      before = features.stem
      for (let c = 0; c < features.chars.length; c++) this.#add(features.chars[c] as number, GROUP.chars)
      if (features.known) for (const concept of features.concepts) this.#add(mix(concept ^ GROUP.concept), GROUP.concept)
      this.#conceptPairs(features, i)
    }
    this.#add(pairHash(GROUP.pair, before, FNV_OFFSET), GROUP.pair)
  }

  /** Pairs with the words after `i`; two words without a concept are a pair of words already. */
  #conceptPairs(first: WordFeatures, i: number): void {
    const last = Math.min(this.#line.length - 1, i + CONCEPT_REACH)
    for (let k = i + 1; k <= last; k++) {
      const second = this.#line[k] as WordFeatures
      if (!first.known && !second.known) continue
      for (const a of first.concepts)
        for (const b of second.concepts) this.#add(pairHash(GROUP.conceptPair, a, b), GROUP.conceptPair)
    }
  }

  #add(hash: number, group: number): void {
    if (this.size === FEATURES_MAX) return
    this.hash[this.size] = hash
    this.group[this.size] = group
    this.size++
  }

  #featuresOf(word: string): WordFeatures {
    const remembered = this.#memory.get(word)
    if (remembered !== undefined) return remembered
    const stemmed = this.#thesaurus.stem(word)
    const stem = textHash(stemmed, GROUP.word)
    const concepts = this.#thesaurus.conceptsOf(stemmed)
    const features: WordFeatures = {
      stem,
      word: mix(stem),
      chars: charHashes(word),
      concepts: concepts?.map((concept) => textHash(concept, GROUP.concept)) ?? [stem],
      known: concepts !== undefined,
    }
    if (word.length > MEMORY_MAX.chars) return features
    if (this.#memory.size === MEMORY_MAX.words) this.#memory.clear()
    this.#memory.set(word, features)
    return features
  }
}

const readers = new Map<string, FeatureReader>()

/** The reader of a list of languages: one for all models of this thread. */
export function readerOf(languages: readonly Language[]): FeatureReader {
  const key = languages.join(' ')
  const known = readers.get(key) ?? new FeatureReader(thesaurusOf(languages))
  readers.set(key, known)
  return known
}

function textHash(text: string, seed: number): number {
  let hash = FNV_OFFSET ^ seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
  return hash
}

/** All runs of 3 to 5 characters of the word between spaces. */
function charHashes(word: string): Int32Array {
  const padded = word.length + 2
  const hashes: number[] = []
  for (let from = 0; from + CHARS.min <= padded; from++) {
    let hash = FNV_OFFSET ^ GROUP.chars
    for (let i = from; i < padded && i < from + CHARS.max; i++) {
      const code = i === 0 || i === padded - 1 ? SPACE : word.charCodeAt(i - 1)
      hash = Math.imul(hash ^ code, FNV_PRIME)
      if (i - from + 1 >= CHARS.min) hashes.push(mix(hash))
    }
  }
  return Int32Array.from(hashes)
}

function pairHash(group: number, first: number, second: number): number {
  return mix(Math.imul(first ^ (group << 8), FNV_PRIME) + Math.imul(second, 0x85ebca6b) + group)
}

/** Spreads the bits (murmur3's finish); 0 becomes 1, as 0 marks an empty place in tables. */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h === 0 ? 1 : h
}
