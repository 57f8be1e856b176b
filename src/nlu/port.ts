import type { Expectations, Interpretation } from '../dialogue/interpretation.ts'

export interface NluRequest {
  readonly tenant: string
  readonly cid: string
  /** The utterance, at most 8,000 characters; the first 2,000 are read (free text keeps all). */
  readonly text: string
  /** N-best of a speech recogniser, best first, without `text` itself; at most 10. */
  readonly alternatives: readonly { readonly text: string; readonly confidence: number }[]
  readonly locale: string
  /** ISO 3166 alpha-2: where phone numbers without a prefix belong. */
  readonly country: string
  /** Local wall-clock time of the conversation, `YYYY-MM-DDTHH:MM:SS`, in its own zone `tz`. */
  readonly localNow: string
  readonly tz: string
  readonly expectations: Expectations
  /** Milliseconds the caller will wait, from the call. */
  readonly deadlineMs: number
}

/**
 * Refused before anything ran; the turn is not executed and not journaled, so the caller may send it again.
 * `full`: queue at its limit. `late`: the deadline passed. `killed`: the worker overran and was replaced.
 */
export interface NluRefusal {
  readonly refused: 'full' | 'late' | 'killed' | 'failed'
  readonly msg: string
}

export type NluAnswer = Interpretation | NluRefusal

/**
 * Understands text. Answers stand in the order of the requests, one each; a request never fails its neighbours.
 * An answer may come at once (an array) or later (a promise that never rejects): callers on the hot path look first,
 * so that a cheap inline interpretation costs no promise.
 */
export interface Nlu {
  interpret(batch: readonly NluRequest[]): readonly NluAnswer[] | Promise<readonly NluAnswer[]>
  /** Waits for what runs, refuses the rest with `full`, ends the workers. */
  close(): Promise<void>
}
