import { fold } from '../text/fold.ts'
import type { LexiconSource, Unit } from './source.ts'

/** What a word can do in quantities and times; bits of `Word.is`. */
export const IS = {
  cardinal: 1 << 0,
  ordinal: 1 << 1,
  scale: 1 << 2,
  zero: 1 << 3,
  multiply: 1 << 4,
  and: 1 << 5,
  point: 1 << 6,
  minus: 1 << 7,
  month: 1 << 8,
  weekday: 1 << 9,
  day: 1 << 10,
  unit: 1 << 11,
  next: 1 << 12,
  last: 1 << 13,
  this: 1 << 14,
  ago: 1 << 15,
  within: 1 << 16,
  article: 1 << 17,
  of: 1 << 18,
  am: 1 << 19,
  pm: 1 << 20,
  half: 1 << 21,
  quarter: 1 << 22,
  past: 1 << 23,
  to: 1 << 24,
  noon: 1 << 25,
  midnight: 1 << 26,
  oclock: 1 << 27,
  dayTime: 1 << 28,
  at: 1 << 29,
  currency: 1 << 30,
} as const

/** What a word can do in talk; bits of `Word.as`. */
export const AS = {
  filler: 1 << 0,
  /** A function word or everyday word that is no personal name. */
  common: 1 << 1,
  title: 1 << 2,
  particle: 1 << 3,
  question: 1 << 4,
  copula: 1 << 5,
  not: 1 << 6,
  mailAt: 1 << 7,
  mailDot: 1 << 8,
  mailDash: 1 << 9,
  mailUnderscore: 1 << 10,
  mailPlus: 1 << 11,
  with: 1 << 12,
  /** Joins a letter to the word that spells it: "m FOR mike", "a COME Ancona". */
  spells: 1 << 13,
  /** Also an everyday word, so that alone inside a sentence it means nothing ("may", "march"). */
  soft: 1 << 14,
  firstName: 1 << 15,
  /** A word of a spelling alphabet that stands for its letter by itself ("tango"). */
  letter: 1 << 16,
  ordinalEnd: 1 << 17,
  only: 1 << 18,
  self: 1 << 19,
  /** The number one, as the hour is said ("all'una"). */
  oneOclock: 1 << 20,
} as const

/** Everything that a folded word can mean in one language; numbers are -1 where it means none. */
export interface Word {
  readonly is: number
  readonly as: number
  /** 0 to 99, or a glued number of any size ("trecentosessantanove"). */
  readonly cardinal: number
  readonly ordinal: number
  /** 100, 1000, 1e6, 1e9. */
  readonly scale: number
  readonly multiply: number
  /** 1 to 12. */
  readonly month: number
  /** 1 is Monday. */
  readonly weekday: number
  /** Days from today. */
  readonly day: number
  readonly unit: Unit | ''
  /** Hours added to a morning hour: 0 in the morning, 12 afterwards, -1 for none. */
  readonly shift: number
  readonly currency: string
  readonly letter: string
}

type Draft = { -readonly [K in keyof Word]: Word[K] }

const blank = (): Draft => ({
  is: 0,
  as: 0,
  cardinal: -1,
  ordinal: -1,
  scale: -1,
  multiply: -1,
  month: -1,
  weekday: -1,
  day: 99,
  unit: '',
  shift: -1,
  currency: '',
  letter: '',
})

export const NO_WORD: Word = blank()

/** Reads a glued number word; -1 when the word is none. */
export type Glued = (word: string) => number

/** One language, ready to be asked. */
export interface Lexicon {
  readonly language: string
  readonly source: LexiconSource
  find(folded: string): Word
}

class CompiledLexicon implements Lexicon {
  readonly language: string
  readonly source: LexiconSource
  readonly #words: ReadonlyMap<string, Word>

  constructor(source: LexiconSource) {
    this.language = source.language
    this.source = source
    this.#words = compileWords(source)
  }

  find(folded: string): Word {
    return this.#words.get(folded) ?? this.#glued(folded)
  }

  #glued(folded: string): Word {
    const read = this.source.glued
    if (read === undefined || folded.length < 5) return NO_WORD
    const value = read(folded)
    if (value >= 0) return { ...blank(), is: IS.cardinal, as: AS.common, cardinal: value }
    const ordinal = this.source.gluedOrdinal?.(folded) ?? -1
    return ordinal < 0 ? NO_WORD : { ...blank(), is: IS.ordinal, as: AS.common, ordinal }
  }
}

export function compileLexicon(source: LexiconSource): Lexicon {
  return new CompiledLexicon(source)
}

function compileWords(source: LexiconSource): Map<string, Word> {
  const words = new Map<string, Draft>()
  const put = (list: string, change: (word: Draft) => void): void => {
    for (const item of list.split(' ')) {
      const key = fold(item)
      if (key === '') continue
      const draft = words.get(key) ?? blank()
      change(draft)
      words.set(key, draft)
    }
  }
  putNumbers(source, put)
  putTimes(source, put)
  for (const [role, list] of Object.entries(source.is)) put(list, (word) => (word.is |= IS[role as keyof typeof IS]))
  for (const [role, list] of Object.entries(source.as)) put(list, (word) => (word.as |= AS[role as keyof typeof AS]))
  for (const [list, code] of source.currencies)
    put(list, (word) => {
      word.is |= IS.currency
      word.currency = code
    })
  for (const [list, letter] of source.letters)
    put(list, (word) => {
      word.as |= AS.letter
      word.letter = letter
    })
  return words
}

type Put = (list: string, change: (word: Draft) => void) => void

function putNumbers(source: LexiconSource, put: Put): void {
  for (const [list, value] of source.cardinals)
    put(list, (word) => {
      word.is |= IS.cardinal | (value === 0 ? IS.zero : 0)
      word.as |= AS.common
      word.cardinal = value
    })
  for (const [list, value] of source.ordinals)
    put(list, (word) => {
      word.is |= IS.ordinal
      word.as |= AS.common
      word.ordinal = value
    })
  for (const [list, value] of source.scales)
    put(list, (word) => {
      word.is |= IS.scale
      word.as |= AS.common
      word.scale = value
    })
  for (const [list, value] of source.multipliers)
    put(list, (word) => {
      word.is |= IS.multiply
      word.multiply = value
    })
}

function putTimes(source: LexiconSource, put: Put): void {
  source.months.forEach((list, i) => {
    put(list, (word) => {
      word.is |= IS.month
      word.month = i + 1
    })
  })
  source.weekdays.forEach((list, i) => {
    put(list, (word) => {
      word.is |= IS.weekday
      word.weekday = i + 1
    })
  })
  for (const [list, offset] of source.days)
    put(list, (word) => {
      word.is |= IS.day
      word.as |= AS.common
      word.day = offset
    })
  for (const [list, unit] of source.units)
    put(list, (word) => {
      word.is |= IS.unit
      word.as |= AS.common
      word.unit = unit
    })
  for (const [list, shift] of source.dayTimes)
    put(list, (word) => {
      word.is |= IS.dayTime
      word.as |= AS.common
      word.shift = shift
    })
}
