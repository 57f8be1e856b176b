/** A promise that was broken, as a checker saw it. */
export interface Violation {
  readonly rule: Rule
  readonly atMs: number
  readonly what: string
}

export const RULES = {
  lost: 'an acknowledged turn is in the final history, with its acknowledged seq',
  once: 'a message id takes effect at most once',
  failed: 'what was refused before execution was not executed',
  gapless: 'seqs of a conversation have no hole and never change',
  order: 'a turn that ended before another began comes before it',
  fence: 'only the newest claim of a shard appends, and epochs never fall along its log',
  gate: 'nothing leaves before it is in the journal',
  resume: 'a resumed stream is the committed list, or a gap is told',
  reads: 'reads do not go back in time',
  timers: 'a timer is never early and fires once',
  settled: 'once faults end, every client sees everything within a bounded time',
  documents: 'documents, journal and actors hold the same at the end',
  sound: 'no delivery throws, no promise is left rejected, and every call is answered',
} as const

export type Rule = keyof typeof RULES

const KEPT_MAX = 200

export class Violations {
  readonly all: Violation[] = []
  count = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(rule: Rule, what: string): void {
    this.count++
    if (this.all.length < KEPT_MAX) this.all.push({ rule, atMs: Math.round(this.#now()), what })
  }
}
