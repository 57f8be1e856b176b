import type { Claim } from './claim.ts'
import type { CompiledDatum } from './compiled.ts'
import type { FillReason } from './fact.ts'
import type { Candidate } from './interpretation.ts'
import { likelierPart } from './name-part.ts'
import { type DatumState, isSettled } from './state.ts'
import { partsOf, type Turn } from './turn.ts'
import { compose, isIncomplete, type Parts, sameValue } from './value.ts'

/** `changed`: facts were emitted. `same`: what was said is what was known. `refused`: it cannot be, and was said so. */
export type Merged = 'changed' | 'same' | 'refused'

/** Puts what one datum claimed into it. Parts join those already known; a complete value replaces them. */
export function merge(turn: Turn, datum: CompiledDatum, claim: Claim, reason: FillReason): Merged {
  const best = claim.candidates[0]
  if (!best) return refuse(turn, datum, claim.invalid ?? 'out-of-range', undefined)
  const before = turn.datum(datum.id)
  const again = reason === 'corrected' && isSettled(before)
  if (best.value !== undefined && !isIncomplete(datum.type, datum.partIds, best.value)) {
    if (sameValue(before.value, best.value)) return 'same'
    fill(turn, datum, best, reason)
    return 'changed'
  }
  const parts: Parts = Object.assign({}, ...claim.candidates.map((candidate) => candidate.parts ?? candidate.value))
  const said = again && datum.type === 'full-name' ? likelierPart(parts, partsOf(datum, before)) : parts
  return mergeParts(turn, datum, before, said, best, reason)
}

function fill(turn: Turn, datum: CompiledDatum, candidate: Candidate, reason: FillReason): void {
  turn.emit({
    type: 'datumFilled',
    datum: datum.id,
    value: candidate.value as NonNullable<Candidate['value']>,
    confidence: candidate.confidence,
    ...(candidate.other === undefined ? undefined : { other: candidate.other }),
    ...(candidate.runnerUp === undefined ? undefined : { runnerUp: candidate.runnerUp }),
    reason,
  })
}

function mergeParts(
  turn: Turn,
  datum: CompiledDatum,
  before: DatumState,
  said: Parts,
  best: Candidate,
  reason: FillReason,
): Merged {
  const known = partsOf(datum, before)
  const names = Object.keys(said)
  if (names.length === 0 || names.every((name) => known[name] === said[name])) return 'same'
  const parts = { ...known, ...said }
  const composed = compose(datum.type, parts, datum.partIds)
  if ('impossible' in composed) {
    const keep = Object.fromEntries(Object.entries(known).filter(([name]) => !names.includes(name)))
    return refuse(turn, datum, 'no-such-date', keep)
  }
  if ('missing' in composed) {
    turn.emit({ type: 'partFilled', datum: datum.id, parts, reason })
  } else {
    turn.emit({ type: 'datumFilled', datum: datum.id, value: composed.value, confidence: best.confidence, reason })
  }
  return 'changed'
}

/** Says why it cannot be; parts that stand keep standing. */
function refuse(turn: Turn, datum: CompiledDatum, why: NonNullable<Candidate['invalid']>, keep: Parts | undefined): Merged {
  turn.emit({ type: 'inputRefused', datum: datum.id, reason: why })
  if (keep) turn.emit({ type: 'datumEmptied', datum: datum.id, keep, reason: 'impossible' })
  turn.saySystem(why)
  return 'refused'
}

/**
 * Checks the data filled in this turn against their constraints, in template order. Each violated datum is emptied and its
 * own message said; gives the first one, which is asked again.
 */
export function violated(turn: Turn, touched: readonly CompiledDatum[]): CompiledDatum | undefined {
  let first: CompiledDatum | undefined
  for (const datum of turn.compiled.data) {
    if (!touched.includes(datum) || turn.datum(datum.id).status !== 'filled') continue
    const broken = brokenBy(turn, datum)
    if (!broken) continue
    turn.sayKey(broken.key, datum)
    turn.emit({ type: 'constraintViolated', datum: datum.id, constraint: broken.id })
    turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'constraint' })
    first ??= datum
  }
  return first
}

/** Whether a datum's value may be; says nothing and changes nothing. */
export function holds(turn: Turn, datum: CompiledDatum): boolean {
  return brokenBy(turn, datum) === undefined
}

function brokenBy(turn: Turn, datum: CompiledDatum): CompiledDatum['constraints'][number] | undefined {
  return datum.constraints.find((constraint) => !constraint.holds(scopeOf(turn, datum)))
}

function scopeOf(turn: Turn, datum: CompiledDatum): Parameters<CompiledDatum['constraints'][number]['holds']>[0] {
  const data: Record<string, unknown> = {}
  for (const other of turn.compiled.data) {
    const { value } = turn.datum(other.id)
    if (value !== undefined) data[other.id] = value
  }
  return {
    value: turn.datum(datum.id).value,
    data,
    vars: turn.state.vars,
    today: turn.localNow.slice(0, 10),
    now: turn.localNow.slice(0, 16),
    locale: turn.state.locale,
  }
}
