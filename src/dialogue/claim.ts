import type { Candidate, Expectations, Interpretation } from './interpretation.ts'

/** What one datum gets of an utterance: its best candidate first, then others that add parts to it. */
export interface Claim {
  readonly slot: string
  readonly candidates: readonly Candidate[]
  /** Only something well-formed that cannot be ("31 February") was said for it. */
  readonly invalid?: NonNullable<Candidate['invalid']>
}

/**
 * Shares the utterance out: every stretch of text goes to one datum at most. The active datum chooses first, then template
 * order; where nothing is active (the whole form is confirmed) the surest candidate chooses first. A bare number is left to the
 * date or time that it is part of.
 */
export function claims(expected: Expectations, heard: Interpretation): readonly Claim[] {
  const taken: Candidate[] = []
  const result: Claim[] = []
  for (const slot of orderOf(expected, heard)) {
    const own = unswallowed(expected, heard.candidates, ownOf(heard.candidates, slot))
    if (own.length === 0) continue
    const chosen = choose(own, taken)
    if (chosen.length > 0) result.push({ slot, candidates: chosen })
    else {
      const invalid = own.find((candidate) => candidate.invalid !== undefined && isFree(candidate, taken))
      if (invalid?.invalid) {
        taken.push(invalid)
        result.push({ slot, candidates: [], invalid: invalid.invalid })
      }
    }
  }
  return result
}

/** The slot's candidates, best first. */
function ownOf(candidates: readonly Candidate[], slot: string): readonly Candidate[] {
  let only: Candidate | undefined
  for (const candidate of candidates) {
    if (candidate.slot !== slot) continue
    if (only !== undefined) return candidates.filter((each) => each.slot === slot).sort(better)
    only = candidate
  }
  return only === undefined ? NONE : [only]
}

const NONE: readonly Candidate[] = []

/** Types that take any number, so that one inside a date or a time is hardly theirs: the 12 of "12 May", the 8 of "at 8". */
const COUNTS: ReadonlySet<string> = new Set(['number', 'ordinal'])

/** The candidates of one slot without the numbers that are part of something else. */
function unswallowed(expected: Expectations, all: readonly Candidate[], own: readonly Candidate[]): readonly Candidate[] {
  const first = own[0]
  if (first === undefined || own.length === all.length) return own
  for (const { slot, type } of expected.slots)
    if (slot === first.slot) return COUNTS.has(type) ? own.filter((candidate) => !isSwallowed(candidate, all)) : own
  return own
}

/** Whether another datum has a surer claim to these words, or an equally sure one to these and more. */
function isSwallowed(candidate: Candidate, all: readonly Candidate[]): boolean {
  for (const other of all) {
    if (other.slot === candidate.slot || other.invalid !== undefined) continue
    if (other.start > candidate.start || other.end < candidate.end || other.confidence < candidate.confidence) continue
    if (other.end - other.start > candidate.end - candidate.start || other.confidence > candidate.confidence) return true
  }
  return false
}

function orderOf(expected: Expectations, heard: Interpretation): string[] {
  const slots = expected.slots.map((slot) => slot.slot)
  if (expected.slots.some((slot) => slot.attention === 'active') || expected.slots.length < 2) return slots
  if (expected.slots[0]?.attention === 'correcting' && expected.slots[1]?.attention === 'listening') return slots
  const best = (slot: string): number =>
    heard.candidates.reduce(
      (top, candidate) => (candidate.slot === slot && candidate.confidence > top ? candidate.confidence : top),
      0,
    )
  return slots
    .map((slot, index) => ({ slot, index, best: best(slot) }))
    .sort((a, b) => b.best - a.best || a.index - b.index)
    .map(({ slot }) => slot)
}

function choose(own: readonly Candidate[], taken: Candidate[]): Candidate[] {
  const [only] = own
  if (own.length === 1 && only !== undefined) {
    if (only.invalid !== undefined || !isFree(only, taken)) return []
    taken.push(only)
    return [only]
  }
  const chosen: Candidate[] = []
  const parts = new Set<string>()
  for (const candidate of own) {
    if (candidate.invalid !== undefined || !isFree(candidate, taken)) continue
    if (chosen.length > 0) {
      const adds = chosen[0]?.value === undefined && candidate.value === undefined
      if (!adds || Object.keys(candidate.parts ?? {}).some((part) => parts.has(part))) continue
    }
    chosen.push(candidate)
    taken.push(candidate)
    for (const part of Object.keys(candidate.parts ?? {})) parts.add(part)
  }
  return chosen
}

function better(a: Candidate, b: Candidate): number {
  const whole = Number(b.value !== undefined) - Number(a.value !== undefined)
  return b.confidence - a.confidence || whole || b.end - b.start - (a.end - a.start) || a.start - b.start
}

function isFree(candidate: Candidate, taken: readonly Candidate[]): boolean {
  return taken.every((other) => candidate.end <= other.start || candidate.start >= other.end)
}
