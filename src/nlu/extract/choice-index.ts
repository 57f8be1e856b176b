import type { ChoiceItem } from '../../dialogue/template.ts'
import { type Lexicon, NO_WORD } from '../lexicon/lexicon.ts'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { editDistance } from '../text/distance.ts'
import { GramIndex } from '../text/gram-index.ts'
import { KIND, Scan } from '../text/scan.ts'

/** How many phrases that share trigrams with a text are compared in full. */
const COMPARED_MAX = 24
/** A word that more phrases have tells nothing. */
const COMMON_MIN = 1_000

export interface ChoicePhrase {
  readonly item: number
  readonly words: readonly string[]
  /** The words joined by spaces. */
  readonly text: string
}

/** The labels and synonyms of one list in one language, ready to be looked up. Made once for a list: milliseconds for thousands. */
export class ChoiceIndex {
  readonly items: readonly ChoiceItem[]
  readonly phrases: readonly ChoicePhrase[]
  readonly #byFirst = new Map<string, number[]>()
  readonly #byWord = new Map<string, number[]>()
  #grams: GramIndex | undefined
  #wordGrams: GramIndex | undefined
  #words: readonly string[] = NONE_WORDS
  #sorted: readonly number[] | undefined

  constructor(items: readonly ChoiceItem[], locale: string) {
    this.items = items
    const phrases: ChoicePhrase[] = []
    items.forEach((item, index) => {
      for (const text of namesOf(item, locale)) {
        const words = wordsOf(text)
        if (words.length > 0) phrases.push({ item: index, words, text: words.join(' ') })
      }
    })
    this.phrases = phrases
    phrases.forEach((phrase, i) => {
      append(this.#byFirst, phrase.words[0] as string, i)
      for (const word of new Set(phrase.words)) append(this.#byWord, word, i)
    })
  }

  /** Numbers of the phrases that begin with this word. */
  startingWith(word: string): readonly number[] {
    return this.#byFirst.get(word) ?? NONE
  }

  /** Numbers of the phrases that have this word; none where too many do. */
  having(word: string): readonly number[] {
    const list = this.#byWord.get(word) ?? NONE
    return list.length > COMMON_MIN ? NONE : list
  }

  /** The items with a phrase that begins with `text`, in order of their phrases; three at most, as more of them tell nothing. */
  byPrefix(text: string): readonly number[] {
    this.#sorted ??= this.phrases.map((_, i) => i).sort((a, b) => (this.#text(a) < this.#text(b) ? -1 : 1))
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#text(this.#sorted[middle] as number) < text) low = middle + 1
      else high = middle
    }
    const items: number[] = []
    for (let at = low; at < this.#sorted.length && items.length < 3; at++) {
      const phrase = this.phrases[this.#sorted[at] as number] as ChoicePhrase
      if (!phrase.text.startsWith(text)) break
      if (!items.includes(phrase.item)) items.push(phrase.item)
    }
    return items
  }

  #text(i: number): string {
    return (this.phrases[i] as ChoicePhrase).text
  }

  /** Numbers of the phrases that are most like a part of the text; the array is used again. */
  likely(text: string): readonly number[] {
    this.#grams ??= new GramIndex(this.phrases.map((phrase) => phrase.text))
    return this.#grams.nearest(text, COMPARED_MAX)
  }

  /** The word of the list that is alone nearest to `word`, within `max` edits; undefined for none. */
  wordLike(word: string, max: number): string | undefined {
    if (this.#wordGrams === undefined) {
      this.#words = [...this.#byWord.keys()]
      this.#wordGrams = new GramIndex(this.#words)
    }
    let best: string | undefined
    let least = max + 1
    for (const i of this.#wordGrams.nearest(word, COMPARED_MAX)) {
      const other = this.#words[i] as string
      const distance = editDistance(word, other, Math.min(max, least))
      if (distance > max || distance > least) continue
      best = distance < least ? other : undefined
      least = distance
    }
    return best
  }

  /** Edits between `text` and a phrase, `max + 1` where they are more. */
  distance(text: string, phrase: number, max: number): number {
    return editDistance(text, this.#text(phrase), max)
  }
}

const NONE: readonly number[] = []
const NONE_WORDS: readonly string[] = []

const scan = new Scan()
/** Labels are only split into tokens. */
const NO_WORDS: Lexicon = { language: '', source: lexiconOf('en').source, find: () => NO_WORD }

/** The tokens of a label as an answer has them, without its marks; "C++" keeps them, and so does a label of marks only. */
function wordsOf(text: string): readonly string[] {
  scan.read(text, NO_WORDS)
  const tokens = scan.folded.slice(0, scan.size)
  const words = tokens.filter((token, i) => scan.kindAt(i) !== KIND.mark || token === '+' || token === '#')
  return words.length > 0 ? words : tokens
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Labels and synonyms in the locale, its language, or else in English. */
function namesOf(item: ChoiceItem, locale: string): string[] {
  const language = locale.split('-')[0] as string
  for (const key of [locale, language, 'en']) {
    const label = Object.hasOwn(item.label, key) ? item.label[key] : undefined
    const synonyms = item.synonyms !== undefined && Object.hasOwn(item.synonyms, key) ? (item.synonyms[key] ?? []) : []
    if (label !== undefined) return [label, ...synonyms]
  }
  return [item.id]
}

/** Indexes by the list they were made of, so that they live as long as the template does; a few locales each. */
const INDEXES = new WeakMap<readonly ChoiceItem[], Map<string, ChoiceIndex>>()
const LOCALES_MAX = 8

export function choiceIndexOf(items: readonly ChoiceItem[], locale: string): ChoiceIndex {
  let byLocale = INDEXES.get(items)
  if (byLocale === undefined) {
    byLocale = new Map()
    INDEXES.set(items, byLocale)
  }
  let index = byLocale.get(locale)
  if (index === undefined) {
    if (byLocale.size >= LOCALES_MAX) byLocale.clear()
    index = new ChoiceIndex(items, locale)
    byLocale.set(locale, index)
  }
  return index
}
