import type { Command, Interpretation } from './interpretation.ts'
import type { Locale, Value } from './template.ts'

/** The conversation's own wall clock when the input came, from outside: the core has no clock. */
interface At {
  /** `YYYY-MM-DDTHH:MM:SS` in the conversation's zone. */
  readonly localNow: string
}

export type Input = At &
  (
    | {
        readonly type: 'started'
        readonly cid: string
        readonly locale: Locale
        readonly vars: { readonly [name: string]: string | number | boolean }
        readonly commandsOff: readonly Command[]
      }
    | { readonly type: 'utterance'; readonly interpretation: Interpretation }
    | { readonly type: 'noInput' }
    | { readonly type: 'interrupted'; readonly heard: number }
    | { readonly type: 'timerFired'; readonly name: string }
    | { readonly type: 'effectResult'; readonly effectId: string; readonly values: { readonly [name: string]: Value } }
    /** Values from outside, for texts and conditions; nothing is said. */
    | { readonly type: 'variablesGiven'; readonly values: { readonly [name: string]: string | number | boolean } }
    /** A human takes over (`agent` known), or shall; or gave back. */
    | { readonly type: 'transferred'; readonly queue: string; readonly agent?: string }
    | { readonly type: 'handedBack' }
    | { readonly type: 'agentMessage'; readonly text: string }
    | { readonly type: 'closed'; readonly reason: string }
  )
