import type { Contract, DatumType, Locale, Value } from './template.ts'

/** Universal commands, understood in every state when the whole utterance is one. */
export const COMMANDS = ['help', 'repeat', 'start-over', 'go-back', 'operator', 'cancel', 'what-did-i-say', 'skip'] as const
export type Command = (typeof COMMANDS)[number]

/** One datum that the dialogue would take from the next utterance. */
export interface SlotExpectation {
  /** The datum's id. */
  readonly slot: string
  readonly type: DatumType
  readonly contract: Contract
  /**
   * `active`: asked for right now, so bare answers count ("14", "Mario Rossi", "tomorrow").
   * `listening`: another datum of the form; only what was plainly stated counts ("my phone is …", a well-formed e-mail).
   * `correcting`: already has a value that is being confirmed (`current`); parts and values that replace it count.
   */
  readonly attention: 'active' | 'listening' | 'correcting'
  /** The part asked for (`day`), when only one is missing: a bare number is then that part. */
  readonly part?: string
  /** Parts of a composite that have a node of their own. Empty for an atomic datum. */
  readonly parts: readonly string[]
  /** Parts known so far, or the value under confirmation, so that "Rossi with two s" finds what it replaces. */
  readonly current?: Value
  /** Values that the user said no to since this was first asked, oldest first: another reading is preferred to one of these. */
  readonly rejected?: readonly Value[]
  /** Words by which the user may name this datum, in the conversation's locale. */
  readonly names: readonly string[]
}

/**
 * What the dialogue listens for. A pure function of template version and state, cached where nothing varies; `key` names it
 * in the journal so that replay can tell what was listened for.
 */
export interface Expectations {
  readonly key: string
  /** In order of claim: the active datum first, then template order. At most 64. */
  readonly slots: readonly SlotExpectation[]
  /** A yes or no is expected (a confirmation is open). */
  readonly yesNo: boolean
  /** Commands that count now, after the tenant's switches and the active type's restriction. */
  readonly commands: readonly Command[]
}

/** A stretch of the text that was understood: UTF-16 offsets into `Interpretation.text`, end exclusive. */
export interface Candidate {
  /** The datum that it fits. Several candidates may claim one span; the dialogue core resolves it. */
  readonly slot: string
  readonly start: number
  readonly end: number
  /** The complete value, in the shape of its type. Absent when only parts were said. */
  readonly value?: Value
  /** The parts the user really said ("december 1980": month and year). For atomic types absent. */
  readonly parts?: { readonly [part: string]: string | number }
  /** 0 to 1. */
  readonly confidence: number
  /** A second reading that the text allows just as well ("03/04/05"): asks for a confirmation whatever the policy. */
  readonly other?: Value
  /** The next best reading of what was heard: offered when this one is denied. By itself it asks for no confirmation. */
  readonly runnerUp?: Value
  /** Well-formed text that cannot be: 31 February, a wrong check character. Such a candidate has no value and no parts. */
  readonly invalid?: 'no-such-date' | 'no-such-time' | 'checksum' | 'out-of-range' | 'not-in-list' | 'too-long'
}

export interface Interpretation {
  /** What was read: the best alternative, as the user wrote it, cut at 2,000 characters. Offsets point into it. */
  readonly text: string
  /** Index of the alternative taken, 0 for plain text. */
  readonly alternative: number
  readonly candidates: readonly Candidate[]
  /** The whole utterance is this universal command. */
  readonly command?: Command
  /** A yes or no somewhere in the text (leading "no, …" included), given when `expectations.yesNo`. */
  readonly yesNo?: { readonly value: boolean; readonly start: number; readonly end: number }
  /** Language of a text that was not understood, where it is plainly another than the conversation's. */
  readonly language?: Locale
}
