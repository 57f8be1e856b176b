import type { Command } from '../../dialogue/interpretation.ts'
import type { Glued } from './lexicon.ts'
import type { AS, HOW, IS, WHEN } from './roles.ts'

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

export interface NumberWords extends RoleWords {
  readonly cardinals: readonly Meaning<number>[]
  readonly ordinals: readonly Meaning<number>[]
  readonly scales: readonly Meaning<number>[]
  /** "double", "triple". */
  readonly multipliers: readonly Meaning<number>[]
  /** Reads number words written as one, where the language does. */
  readonly glued?: Glued
  readonly gluedOrdinal?: Glued
  readonly currencies: readonly Meaning<string>[]
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
  readonly units: readonly Meaning<Unit>[]
}

export interface ClockWords extends RoleWords {
  /** Times of the day, by the hours they add to an hour up to eleven: 0 or 12. */
  readonly dayTimes: readonly Meaning<number>[]
  /** Whether 9:30 in figures may mean the evening. */
  readonly halfDays: boolean
}

export interface SpellingWords extends RoleWords {
  /** Spelling alphabets: the word and its letter. */
  readonly letters: readonly Meaning<string>[]
}

export interface TalkWords extends RoleWords {
  readonly yes: string
  readonly no: string
  /** Words among them that decide by standing first, whatever follows ("yes, I said no"). */
  readonly plain: string
  /** What may stand before or after a command without changing it. */
  readonly polite: string
  readonly commands: Readonly<Record<Command, string>>
  /** Phrases that announce what follows. */
  readonly cues: {
    readonly name: string
    readonly selfName: string
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
