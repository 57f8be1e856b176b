import { fold } from '../text/fold.ts'
import { AS, HOW, IS, WHEN } from './roles.ts'
import type { CalendarWords, ClockWords, DayTime, LexiconSource, NumberWords, RoleWords, SpellingWords, Unit } from './source.ts'

/** Everything that a folded word can mean in one language; numbers are -1 where it means none. */
export interface Word {
  readonly is: number
  readonly as: number
  readonly when: number
  readonly how: number
  /** 0 to 99, or a glued number of any size ("trecentosessantanove"). */
  readonly cardinal: number
  readonly ordinal: number
  /** 100, 1000, 1e6, 1e9. */
  readonly scale: number
  /** What the word divides by ("thirds", "half"), or 0. */
  readonly fraction: number
  /** The value of a word like "anderthalb". */
  readonly mixed: number
  readonly multiply: number
  /** 1 to 12. */
  readonly month: number
  /** 1 is Monday. */
  readonly weekday: number
  /** Days from today. */
  readonly day: number
  readonly unit: Unit | ''
  readonly dayTime: DayTime | ''
  readonly currency: string
  readonly letter: string
}

type Draft = { -readonly [K in keyof Word]: Word[K] }

const blank = (): Draft => ({
  is: 0,
  as: 0,
  when: 0,
  how: 0,
  cardinal: -1,
  ordinal: -1,
  scale: -1,
  fraction: 0,
  mixed: -1,
  multiply: -1,
  month: -1,
  weekday: -1,
  day: 99,
  unit: '',
  dayTime: '',
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
    const { glued, gluedOrdinal, gluedFraction } = this.source.numbers
    if (glued === undefined || folded.length < 5) return NO_WORD
    const value = glued(folded)
    if (value >= 0) return { ...blank(), is: IS.cardinal, as: AS.common, cardinal: value }
    const ordinal = gluedOrdinal?.(folded) ?? -1
    if (ordinal > 0) return { ...blank(), is: IS.ordinal, as: AS.common, how: ordinal < 1000 ? 0 : HOW.ordinalTens, ordinal }
    const fraction = gluedFraction?.(folded) ?? -1
    return fraction < 0 ? NO_WORD : { ...blank(), as: AS.common, fraction }
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
  putNumbers(source.numbers, put)
  putCalendar(source.calendar, put)
  putClock(source.clock, put)
  for (const part of [source.numbers, source.calendar, source.clock, source.spelling, source.talk]) putRoles(part, put)
  putLetters(source.spelling, put)
  return words
}

/** A word of a spelling alphabet that is a letter's name too stays the name. */
function putLetters(source: SpellingWords, put: Put): void {
  const kinds = [
    [source.letters, AS.letter],
    [source.softLetterNames, AS.softLetter],
    [source.letterNames, AS.letterName],
  ] as const
  for (const [letters, role] of kinds)
    for (const [list, letter] of letters)
      put(list, (word) => {
        word.as |= role
        word.letter = letter
      })
}

function putRoles(part: RoleWords, put: Put): void {
  for (const [role, list] of Object.entries(part.is ?? {})) put(list, (word) => (word.is |= IS[role as keyof typeof IS]))
  for (const [role, list] of Object.entries(part.as ?? {})) put(list, (word) => (word.as |= AS[role as keyof typeof AS]))
  for (const [role, list] of Object.entries(part.when ?? {})) put(list, (word) => (word.when |= WHEN[role as keyof typeof WHEN]))
  for (const [role, list] of Object.entries(part.how ?? {})) put(list, (word) => (word.how |= HOW[role as keyof typeof HOW]))
}

type Put = (list: string, change: (word: Draft) => void) => void

function putNumbers(source: NumberWords, put: Put): void {
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
  for (const [list, value] of source.fractions ?? []) put(list, (word) => (word.fraction = value))
  for (const [list, value] of source.mixed ?? []) put(list, (word) => (word.mixed = value))
  for (const [list, value] of source.multipliers)
    put(list, (word) => {
      word.is |= IS.multiply
      word.multiply = value
    })
  for (const [list, code] of source.currencies.words)
    put(list, (word) => {
      word.is |= IS.currency
      word.currency = code
    })
}

function putCalendar(source: CalendarWords, put: Put): void {
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
}

function putClock(source: ClockWords, put: Put): void {
  for (const [list, dayTime] of source.dayTimes)
    put(list, (word) => {
      word.is |= IS.dayTime
      word.as |= AS.common
      word.dayTime = dayTime
    })
  for (const [list, offset] of source.days)
    put(list, (word) => {
      word.is |= IS.day
      word.as |= AS.common
      word.day = offset
    })
}
