import type { DatumStatus } from './state.ts'
import type { Value } from './template.ts'

export type Outcome = 'success' | 'partial' | 'failed' | 'cancelled'

export type PromptStep = 'start' | 'noMatch' | 'noInput' | 'confirmation' | 'notConfirmed' | 'invalid' | 'success' | 'help'

export interface PromptOutput {
  readonly node: string
  readonly step: PromptStep
  readonly level: number
  readonly expects?: {
    readonly kind: string
    readonly sub?: string
    readonly choices?: readonly { readonly id: string; readonly label: string }[]
    readonly min?: number
    readonly max?: number
    readonly sensitive?: boolean
  }
  readonly noInputMs?: number
}

/** What the participants are told. A turn gives at most one `message`, then the rest in order. */
export type Output =
  | {
      readonly type: 'message'
      readonly parts: readonly string[]
      /** The conversation's locale from here on, where this turn changed it. */
      readonly locale?: string
      readonly prompt?: PromptOutput
      readonly quickReplies?: readonly { readonly label: string }[]
    }
  | { readonly type: 'handoff'; readonly queue: string; readonly agent?: string }
  | { readonly type: 'result'; readonly outcome: Outcome; readonly values: { readonly [datum: string]: Value } }
  | { readonly type: 'state'; readonly state: 'active' | 'handoff' | 'closed'; readonly reason: string }

/** Progress of a datum, for the collected-data view; the value is masked where the datum is sensitive. */
export interface DatumProgress {
  readonly node: string
  readonly status: DatumStatus
  readonly value?: unknown
  readonly missing?: readonly string[]
}

/** What must happen outside; its result comes back as an input. */
export type Effect =
  | { readonly type: 'timer'; readonly name: 'noInput'; readonly afterMs: number | null }
  | { readonly type: 'transfer'; readonly queue: string }
  | { readonly type: 'close'; readonly reason: string }
