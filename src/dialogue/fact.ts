import type { Command } from './interpretation.ts'
import type { Outcome, PromptStep } from './output.ts'
import type { CounterKind, Phase } from './state.ts'
import type { Locale, Value } from './template.ts'

/** Why a datum's content changed: shown by replay, never branched on. */
export type FillReason = 'said' | 'mentioned' | 'corrected' | 'otherReading'
export type EmptyReason = 'constraint' | 'impossible' | 'denied' | 'startOver' | 'goBack' | 'change'

/**
 * What happened in a turn, in the past tense, each with its reason. Facts are what the journal keeps and recovery folds;
 * they are also the explanation that a replay shows.
 */
export type Fact =
  | {
      readonly type: 'started'
      readonly cid: string
      readonly template: string
      readonly version: number
      readonly pack: number
      readonly locale: Locale
      readonly vars: { readonly [name: string]: string | number | boolean }
      readonly commandsOff: readonly Command[]
    }
  | { readonly type: 'turnTaken'; readonly datum: string | null }
  /** `spoken`: the user's first words were in that language. */
  | { readonly type: 'localeChanged'; readonly locale: Locale; readonly reason: 'spoken' }
  | {
      readonly type: 'partFilled'
      readonly datum: string
      readonly parts: { readonly [part: string]: string | number }
      readonly reason: FillReason
    }
  | {
      readonly type: 'datumFilled'
      readonly datum: string
      readonly value: Value
      readonly confidence: number
      readonly other?: Value
      readonly runnerUp?: Value
      readonly reason: FillReason
    }
  | {
      readonly type: 'datumEmptied'
      readonly datum: string
      /** Only these parts; the rest stays. */
      readonly keep?: { readonly [part: string]: string | number }
      readonly reason: EmptyReason
    }
  | { readonly type: 'constraintViolated'; readonly datum: string; readonly constraint: string }
  | { readonly type: 'inputRefused'; readonly datum: string; readonly reason: string }
  | { readonly type: 'confirmationAsked'; readonly datum: string }
  | { readonly type: 'datumConfirmed'; readonly datum: string }
  | { readonly type: 'datumAccepted'; readonly datum: string }
  | { readonly type: 'datumFailed'; readonly datum: string; readonly reason: string }
  | { readonly type: 'datumSkipped'; readonly datum: string; readonly reason: 'asked' | 'noMatch' | 'template' }
  | { readonly type: 'formConfirmed' }
  /** `datum` null: a counter of the whole form. */
  | { readonly type: 'counterRaised'; readonly datum: string | null; readonly counter: CounterKind; readonly to: number }
  | { readonly type: 'commandTaken'; readonly command: Command }
  | { readonly type: 'phaseEntered'; readonly phase: Phase; readonly active?: string; readonly part?: string }
  | {
      readonly type: 'prompted'
      readonly node: string
      readonly step: PromptStep
      readonly level: number
    }
  | { readonly type: 'said'; readonly parts: readonly string[] }
  | { readonly type: 'variableSet'; readonly values: { readonly [name: string]: string | number | boolean } }
  | { readonly type: 'interrupted'; readonly heard: number }
  | { readonly type: 'handedOff'; readonly queue: string }
  /** Somebody speaks for the bot now: after `handedOff`, or in place of another agent. */
  | { readonly type: 'agentJoined'; readonly agent: string; readonly queue: string }
  | { readonly type: 'handedBack' }
  | { readonly type: 'completed'; readonly outcome: Outcome; readonly reason: string }
