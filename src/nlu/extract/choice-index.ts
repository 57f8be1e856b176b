import type { ChoiceItem } from '../../dialogue/template.ts'
import { editDistance } from '../text/distance.ts'
import { phraseWords } from '../text/phrases.ts'

/** Lists up to this many phrases are scanned; longer ones go through their trigrams. */
const SCAN_MAX = 48
/** How many phrases that share trigrams with a text are compared in full. */
const COMPARED_MAX = 24
/** How many trigrams of a text are looked up, the rarest first, and how many of their phrases are counted. */
const GRAMS_MAX = 8
const POSTINGS_MAX = 400
/** A trigram that more phrases have tells nothing. */
const LIST_MAX = 1_000

export interface ChoicePhrase {
  readonly item: number
  readonly words: readonly string[]
  /** The words joined by spaces. */
  readonly text: string
}

export interface Near {
  readonly phrase: ChoicePhrase
  readonly distance: number
}

/** The labels and synonyms of one list in one language, ready to be looked up. */
export class ChoiceIndex {
  readonly items: readonly ChoiceItem[]
  readonly phrases: readonly ChoicePhrase[]
  readonly #byText = new Map<string, number>()
  readonly #byWord = new Map<string, number[]>()
  #trigrams: Map<number, Uint32Array> | undefined
  readonly #shared: Uint16Array

  constructor(items: readonly ChoiceItem[], locale: string) {
    this.items = items
    const phrases: ChoicePhrase[] = []
    items.forEach((item, index) => {
      for (const text of namesOf(item, locale)) {
        const words = phraseWords(text)
        if (words.length > 0) phrases.push({ item: index, words, text: words.join(' ') })
      }
    })
    this.phrases = phrases
    this.#shared = new Uint16Array(phrases.length)
    phrases.forEach((phrase, i) => {
      if (!this.#byText.has(phrase.text)) this.#byText.set(phrase.text, i)
      const first = phrase.words[0] as string
      const list = this.#byWord.get(first)
      if (list === undefined) this.#byWord.set(first, [i])
      else list.push(i)
    })
  }

  exact(text: string): ChoicePhrase | undefined {
    const i = this.#byText.get(text)
    return i === undefined ? undefined : this.phrases[i]
  }

  /** Numbers of the phrases that begin with this word. */
  startingWith(word: string): readonly number[] {
    return this.#byWord.get(word) ?? []
  }

  /** The item that alone has a phrase beginning with `text`, or -1. */
  byPrefix(text: string): number {
    let item = -1
    for (const phrase of this.phrases) {
      if (!phrase.text.startsWith(text)) continue
      if (item >= 0 && phrase.item !== item) return -1
      item = phrase.item
    }
    return item
  }

  /** The nearest phrase within `max` edits; undefined when another item is as near. */
  nearest(text: string, max: number): Near | undefined {
    let best: Near | undefined
    let tied = false
    for (const i of this.#comparable(text)) {
      const phrase = this.phrases[i] as ChoicePhrase
      const distance = editDistance(text, phrase.text, best === undefined ? max : Math.min(max, best.distance))
      if (distance > max) continue
      if (best === undefined || distance < best.distance) {
        best = { phrase, distance }
        tied = false
      } else if (distance === best.distance && phrase.item !== best.phrase.item) tied = true
    }
    return tied ? undefined : best
  }

  #comparable(text: string): Iterable<number> {
    if (this.phrases.length <= SCAN_MAX) return this.phrases.keys()
    this.#trigrams ??= trigramsOf(this.phrases)
    const shared = this.#shared
    const touched: number[] = []
    for (const list of this.#rarest(text)) {
      for (const i of list) {
        if (shared[i] === 0) touched.push(i)
        shared[i] = (shared[i] as number) + 1
      }
    }
    const count = (i: number): number => shared[i] as number
    touched.sort((a, b) => count(b) - count(a) || a - b)
    for (const i of touched) shared[i] = 0
    return touched.slice(0, COMPARED_MAX)
  }

  /** The lists of the text's rarest trigrams, few enough to walk. */
  #rarest(text: string): readonly Uint32Array[] {
    const lists: Uint32Array[] = []
    for (const gram of gramsOf(text)) {
      const list = this.#trigrams?.get(gram)
      if (list !== undefined && list.length <= LIST_MAX) lists.push(list)
    }
    lists.sort((a, b) => a.length - b.length)
    let total = 0
    let take = 0
    while (take < lists.length && take < GRAMS_MAX && total < POSTINGS_MAX) total += (lists[take++] as Uint32Array).length
    return lists.slice(0, take)
  }
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

/** Three letters in one integer. */
function gramsOf(text: string): Set<number> {
  const padded = ` ${text} `
  const grams = new Set<number>()
  for (let i = 0; i + 2 < padded.length; i++)
    grams.add(
      ((padded.charCodeAt(i) & 0x3ff) << 20) | ((padded.charCodeAt(i + 1) & 0x3ff) << 10) | (padded.charCodeAt(i + 2) & 0x3ff),
    )
  return grams
}

function trigramsOf(phrases: readonly ChoicePhrase[]): Map<number, Uint32Array> {
  const lists = new Map<number, number[]>()
  phrases.forEach((phrase, i) => {
    for (const gram of gramsOf(phrase.text)) {
      const list = lists.get(gram)
      if (list === undefined) lists.set(gram, [i])
      else list.push(i)
    }
  })
  return new Map([...lists].map(([gram, list]) => [gram, Uint32Array.from(list)]))
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
