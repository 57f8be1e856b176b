import type { Command } from './interpretation.ts'
import type { Outcome } from './output.ts'
import type { Locale, Value } from './template.ts'

/**
 * Raised whenever `decide` may answer differently to the same state and input: replay compares only journals of the same
 * engine. The golden journals in test/fixtures force the raise.
 */
export const ENGINE = 2

export type DatumStatus = 'empty' | 'partial' | 'filled' | 'toConfirm' | 'done' | 'failed'
export type CounterKind = 'noMatch' | 'noInput' | 'notConfirmed'

export interface Counters {
  readonly noMatch: number
  readonly noInput: number
  readonly notConfirmed: number
  /** Turns taken while this was asked; survives "start over". */
  readonly turns: number
}

export interface DatumState extends Counters {
  readonly status: DatumStatus
  readonly value?: Value
  /** Parts known so far, while the status is `partial`. */
  readonly parts?: { readonly [part: string]: string | number }
  readonly confidence?: number
  /** The other reading of an ambiguous answer: forces a confirmation. */
  readonly other?: Value
  /** What is offered when the value is denied; see `Candidate.runnerUp`. */
  readonly runnerUp?: Value
  /** Left empty on purpose. */
  readonly skipped?: true
  /** Values that the user said no to while this is asked, oldest first, at most `REJECTED_MAX`. */
  readonly rejected?: readonly Value[]
}

export const REJECTED_MAX = 5

/**
 * `asking` waits for `active` (or its `part`), `confirming` for a yes to `active`, `formConfirming` for a yes to everything,
 * `formChanging` for what to change; in `handoff` a human speaks; `closed` is the end.
 */
export type Phase = 'new' | 'asking' | 'confirming' | 'formConfirming' | 'formChanging' | 'handoff' | 'closed'

export interface LastPrompt {
  readonly node: string
  readonly step: string
  readonly level: number
}

/** Everything a conversation knows. Plain data, never changed in place, JSON and msgpack both carry it. */
export interface DialogueState {
  readonly cid: string
  readonly template: string
  readonly version: number
  /** Version of the system texts, pinned at the start. */
  readonly pack: number
  readonly locale: Locale
  /** The locale before the user's language was followed, which happens once at most. */
  readonly openedIn?: Locale
  readonly commandsOff: readonly Command[]
  readonly phase: Phase
  /** The phase a handoff interrupted. */
  readonly resume?: Phase
  readonly outcome?: Outcome
  /** User turns of the whole form. */
  readonly turns: number
  readonly active?: string
  readonly part?: string
  readonly data: { readonly [datum: string]: DatumState }
  /** Counters of the confirmation of the whole. */
  readonly form: Counters
  /** Data in the order in which they were done, for "go back". */
  readonly order: readonly string[]
  /** How often each `node/step` was said, for levels and variants. */
  readonly counts: { readonly [nodeStep: string]: number }
  readonly prompt?: LastPrompt
  /** The last message's sentences, for "repeat". */
  readonly said: readonly string[]
  readonly vars: { readonly [name: string]: string | number | boolean }
}

const NO_COUNTERS: Counters = { noMatch: 0, noInput: 0, notConfirmed: 0, turns: 0 }
export const EMPTY_DATUM: DatumState = { status: 'empty', ...NO_COUNTERS }

/** Before `started`. */
export const NEW_STATE: DialogueState = {
  cid: '',
  template: '',
  version: 0,
  pack: 0,
  locale: 'en',
  commandsOff: [],
  phase: 'new',
  turns: 0,
  data: {},
  form: NO_COUNTERS,
  order: [],
  counts: {},
  said: [],
  vars: {},
}

export function datumOf(state: DialogueState, id: string): DatumState {
  return state.data[id] ?? EMPTY_DATUM
}

/** Nothing more is asked about it. */
export function isSettled(datum: DatumState): boolean {
  return datum.status === 'done' || datum.status === 'failed' || datum.skipped === true
}
