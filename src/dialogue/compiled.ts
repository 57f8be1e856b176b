import type { CompiledExpression } from './expression.ts'
import type { Expectations } from './interpretation.ts'
import type { Contract, DatumType, Locale, OnExhausted, StepName, Template } from './template.ts'
import type { CompiledText } from './text.ts'

/** Actions with their text keys resolved to full paths. */
export type CompiledAction =
  | { readonly verb: 'say'; readonly key: string; readonly quickReplies: readonly string[] }
  | { readonly verb: 'transfer'; readonly queue: string }
  | { readonly verb: 'close'; readonly reason: string }
  | { readonly verb: 'skip' }
  | { readonly verb: 'set'; readonly values: Readonly<Record<string, string | number | boolean>> }

export type CompiledLevels = readonly (readonly CompiledAction[])[]
export type CompiledSteps = { readonly [step in StepName]?: CompiledLevels }

export interface CompiledPart {
  readonly id: string
  /** `birthDate.day`. */
  readonly node: string
  readonly steps: CompiledSteps
}

export interface CompiledConstraint {
  readonly id: string
  readonly holds: CompiledExpression
  readonly key: string
}

export interface CompiledDatum {
  readonly id: string
  readonly type: DatumType
  readonly required: boolean
  readonly sensitive: boolean
  /** Confirm when the confidence is below this: 0 never, 2 always. */
  readonly confirmBelow: number
  readonly contract: Contract
  readonly parts: readonly CompiledPart[]
  readonly partIds: readonly string[]
  readonly constraints: readonly CompiledConstraint[]
  readonly steps: CompiledSteps
  readonly label: Readonly<Record<Locale, string>>
  readonly synonyms: Readonly<Record<Locale, readonly string[]>>
  readonly noInputMs: number | undefined
}

export interface CompiledLimits {
  readonly noMatch: number
  readonly noInput: number
  readonly notConfirmed: number
  /** Turns of one datum, and of the whole form. */
  readonly turns: number
  readonly formTurns: number
  readonly onExhausted: OnExhausted
}

/** Immutable, shared by every conversation of this version. */
export interface CompiledTemplate {
  readonly id: string
  readonly version: number
  readonly source: Template
  readonly locales: readonly Locale[]
  readonly data: readonly CompiledDatum[]
  readonly byId: ReadonlyMap<string, CompiledDatum>
  readonly introduction: readonly CompiledAction[]
  readonly success: readonly CompiledAction[]
  readonly confirm: boolean
  readonly formSteps: CompiledSteps
  readonly limits: CompiledLimits
  readonly texts: Readonly<Record<Locale, ReadonlyMap<string, readonly CompiledText[]>>>
  /** Memo of `expectations`, which is a pure function: at most `EXPECTATIONS_MAX` entries. */
  readonly expectations: Map<string, Expectations>
}

/** The compiler's complaint: where in the document, and what was expected there. */
export interface TemplateFault {
  /** JSON path, e.g. `data[0].steps.start[0][0].say`. */
  readonly path: string
  readonly msg: string
}
