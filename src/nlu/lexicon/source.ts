import type { Command } from '../../dialogue/interpretation.ts'
import type { Feast } from './feast.ts'
import type { Glued } from './lexicon.ts'
import type { Nations } from './nations.ts'
import type { AS, HOW, IS, JOIN, WHEN } from './roles.ts'

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

/** Words (separated by spaces) that mean one thing. */
export type Meaning<T> = readonly [words: string, means: T]

/** Roles that words of a part of the lexicon play; several parts may give words to one role. */
export interface RoleWords {
  readonly is?: Readonly<Partial<Record<keyof typeof IS, string>>>
  readonly as?: Readonly<Partial<Record<keyof typeof AS, string>>>
  readonly when?: Readonly<Partial<Record<keyof typeof WHEN, string>>>
  readonly how?: Readonly<Partial<Record<keyof typeof HOW, string>>>
}

/** What money is called, by ISO 4217 code; `GBP/100` is its hundredth, and `CENT` the hundredth of whatever is spoken of. */
export interface CurrencyWords {
  /** Words that mean money wherever they stand. */
  readonly words: readonly Meaning<string>[]
  /** Phrases that mean it beside an amount only, as they are names and other words too ("Franco", "real"). */
  readonly coins: readonly (readonly [phrases: string, code: string])[]
}

export interface NumberWords extends RoleWords {
  readonly cardinals: readonly Meaning<number>[]
  readonly ordinals: readonly Meaning<number>[]
  readonly scales: readonly Meaning<number>[]
  /** Denominators as they are said: "thirds", "tiers", "viertel"; those that are ordinals too are no part of it. */
  readonly fractions?: readonly Meaning<number>[]
  /** Words that are a number with its fraction: "anderthalb". */
  readonly mixed?: readonly Meaning<number>[]
  readonly gluedFraction?: Glued
  /** "double", "triple". */
  readonly multipliers: readonly Meaning<number>[]
  /** Reads number words written as one, where the language does. */
  readonly glued?: Glued
  readonly gluedOrdinal?: Glued
  readonly currencies: CurrencyWords
  /** Adjectives and nouns of countries: "Canadian", "svizzero". */
  readonly nations: Nations
  /** Whether figures with a point are an ordinal: "3.". */
  readonly ordinalPoint?: boolean
  /** 1,234.56 in English, 1.234,56 in Italian. */
  readonly decimalMark: '.' | ','
}

export interface CalendarWords extends RoleWords {
  readonly months: readonly string[]
  /** Monday first. */
  readonly weekdays: readonly string[]
  /** Single words for days, by distance from today. */
  readonly days: readonly Meaning<number>[]
  /** Phrases for days ("day after tomorrow"), by distance from today. */
  readonly dayPhrases: readonly (readonly [phrases: string, offset: number])[]
  /** Phrases for today that are often only mentioned ("right now"). */
  readonly mentions: string
  readonly units: readonly Meaning<Unit>[]
  /** Lengths of time that are a word of their own ("fortnight"), in days. */
  readonly spans: readonly Meaning<number>[]
  /** Vague amounts, as they are counted: "a couple of" is 2, "a few" 3. */
  readonly amounts: readonly (readonly [phrases: string, amount: number])[]
  /** Phrases that shape a date, by what they do; single words for next, last, this, ago and within stand in `is`. */
  readonly joins: Readonly<Partial<Record<keyof typeof JOIN, string>>>
  /** Single words for the end of a month or year, and those before it by which its last day is meant: "BY the END of May". */
  readonly ends: string
  readonly deadlines: string
  /** Holidays as people call them. `softFeasts` are other words too, and count only when nothing else was said. */
  readonly feasts: readonly (readonly [phrases: string, feast: Feast])[]
  readonly softFeasts: readonly (readonly [phrases: string, feast: Feast])[]
  /** Whether "next Friday" is the Friday of next week or the first one ahead; "last Friday" likewise. */
  /** Figures as a speech recogniser may write them ("to" for 2), where a date in figures is expected. */
  readonly homophones?: Readonly<Record<string, string>>
  readonly nextWeekday: 'week' | 'nearest'
  readonly lastWeekday: 'week' | 'nearest'
}

/** A part of the day; `dawn` is the early morning, `noon` the hours around lunch. */
export type DayTime = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'

/** What a phrase of the clock means; `dayEndOf` is followed by the day, `none` keeps its words from being read ("good morning"). */
export type ClockMeaning =
  | DayTime
  | 'midday'
  | 'midnight'
  | 'midMorning'
  | 'midAfternoon'
  | 'dayEnd'
  | 'dayEndOf'
  | 'now'
  | 'none'

export interface ClockWords extends RoleWords {
  readonly dayTimes: readonly Meaning<DayTime>[]
  /** Words for a part of a certain day, by its distance from today: "tonight" is 0. Their part is in `dayTimes`. */
  readonly days: readonly Meaning<number>[]
  readonly phrases: readonly (readonly [phrases: string, means: ClockMeaning])[]
  /** What makes a duration a distance from now: before it ("in", "hace") or after it ("ago", "later"). */
  readonly distances: { readonly ahead: string; readonly behind: string; readonly later: string; readonly earlier: string }
  /** Amounts of time that are said without a number: "a couple of" is 2. */
  readonly amounts: readonly (readonly [phrases: string, amount: number])[]
  /** Lengths of time with a name of their own: "fortnight" is 14 days, "viertelstunde" 15 minutes. */
  readonly lengths: readonly (readonly [phrases: string, amount: number, unit: Unit])[]
  /** The hour at which a part of the day begins, where nothing more was said. */
  readonly dayTimeHours: Readonly<Record<DayTime, number>>
  /** Whether 9:30 in figures may mean the evening. */
  readonly halfDays: boolean
  /** Which hour "half eight" names: `next` is 7:30, `same` 8:30; absent where nobody says so. */
  readonly bareHalf?: 'next' | 'same'
}

export interface SpellingWords extends RoleWords {
  /** Spelling alphabets: the word and its letter. */
  readonly letters: readonly Meaning<string>[]
  /** Names of letters that are no other word ("acca", "hache"). */
  readonly letterNames: readonly Meaning<string>[]
  /** Names of letters that are other words too ("di", "bee"): they count only beside other letters and figures. */
  readonly softLetterNames: readonly Meaning<string>[]
  /** Letters of several words ("double u", "i grec"), separated by `|`. */
  readonly letterPhrases: readonly (readonly [phrases: string, letters: string])[]
  /** Marks of an address as they are said, separated by `|`; the empty mark for what is said about spelling ("all one word"). */
  readonly marks: readonly (readonly [phrases: string, mark: string])[]
}

export interface TalkWords extends RoleWords {
  readonly yes: string
  readonly no: string
  /** Phrases that are neither, though words of both stand in them: "not sure", "no lo sé". */
  readonly undecided: string
  /** Words among them that decide by standing first, whatever follows ("yes, I said no"). */
  readonly plain: string
  /** What may stand before or after a command without changing it. */
  readonly polite: string
  readonly commands: Readonly<Record<Command, string>>
  /** Phrases that announce what follows. */
  readonly cues: {
    readonly name: string
    readonly selfName: string
    /** Before the name that something is booked under, beyond doubt ("in the name of"), and where it may be another thing ("under"). */
    readonly holder: string
    readonly under: string
    /** Behind the name of who speaks: "speaking", "al telefono". */
    readonly nameBehind: string
    /** What is held for somebody: "booking", "tavolo". */
    readonly booking: string
    readonly firstName: string
    readonly lastName: string
    readonly birth: string
    readonly date: string
    readonly phone: string
    readonly email: string
    readonly number: string
    readonly code: string
    readonly day: string
    readonly month: string
    readonly year: string
  }
  /** Whole utterances that are no answer though they look like names. */
  readonly chatter: string
}

/**
 * One language as its author writes it; everything that differs between languages is here, and the engine is shared.
 * Lists are words separated by spaces; phrases are separated by `|`. Case and accents do not matter, and an apostrophe
 * counts as a space.
 */
export interface LexiconSource {
  readonly language: string
  readonly numbers: NumberWords
  readonly calendar: CalendarWords
  readonly clock: ClockWords
  readonly spelling: SpellingWords
  readonly talk: TalkWords
}
