import type { CompiledDatum, CompiledTemplate } from '../dialogue/compiled.ts'
import type { Candidate, Interpretation } from '../dialogue/interpretation.ts'
import { type DialogueState, datumOf } from '../dialogue/state.ts'
import { type DatumType, PART_TYPES, type Value } from '../dialogue/template.ts'
import { compose, partNames, shapeFault } from '../dialogue/value.ts'
import { type Rejection, reject } from '../kernel/rejection.ts'

/** A message of kind `choice`: the id that a button carries, certain, checked like anything else. */
export function interpretChoice(compiled: CompiledTemplate, state: DialogueState, id: string): Interpretation | Rejection {
  const whole = { text: id, alternative: 0 }
  const yesNo = id === 'yes' ? true : id === 'no' ? false : undefined
  if (yesNo !== undefined && state.phase !== 'asking') {
    return { ...whole, candidates: [], yesNo: { value: yesNo, start: 0, end: id.length } }
  }
  const active = state.active === undefined ? undefined : compiled.byId.get(state.active)
  if (!active || state.phase !== 'asking') return reject('bad_request', 'no choice is open now', { field: 'd.body' })
  const value: Value = active.type === 'yes-no' && yesNo !== undefined ? yesNo : id
  const fault = shapeFault(active.type, active.contract, value)
  if (fault !== undefined) return reject('bad_request', `"${active.id}" expects ${fault}`, { field: 'd.body' })
  return { ...whole, candidates: [{ slot: active.id, start: 0, end: id.length, value, confidence: 1 }] }
}

/** A message of kind `form`: values by datum, whole or as parts, certain, checked like anything else. */
export function interpretForm(
  compiled: CompiledTemplate,
  state: DialogueState,
  values: Readonly<Record<string, unknown>>,
): Interpretation | Rejection {
  const candidates: Candidate[] = []
  for (const [id, given] of Object.entries(values)) {
    const field = `d.body.values.${id}`
    const datum = compiled.byId.get(id)
    if (!datum) {
      return reject('bad_request', `no such datum; one of ${compiled.data.map((known) => known.id).join(', ')} was expected`, {
        field,
      })
    }
    const candidate = candidateOf(datum, given)
    if (typeof candidate === 'string') return reject('bad_request', `expected ${candidate}`, { field })
    // A done value is changed while the whole is confirmed, or after "go back"; a form sent once more leaves it alone.
    if (state.phase !== 'asking' || datumOf(state, id).status !== 'done') candidates.push(candidate)
  }
  return { text: '', alternative: 0, candidates }
}

/** A string is what was expected instead. */
function candidateOf(datum: CompiledDatum, given: unknown): Candidate | string {
  const span = { slot: datum.id, start: 0, end: 0, confidence: 1 }
  const names = partNames(datum.type)
  if (names.length > 0 && isParts(datum.type, given, names)) {
    const composed = compose(datum.type, given, datum.partIds)
    if ('impossible' in composed) return 'a date that exists'
    if ('value' in composed) return { ...span, value: composed.value }
    return { ...span, parts: given }
  }
  return shapeFault(datum.type, datum.contract, given) ?? { ...span, value: given as Value }
}

function isParts(type: DatumType, given: unknown, names: readonly string[]): given is Record<string, string | number> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  const entries = Object.entries(given)
  return (
    entries.length > 0 &&
    entries.every(
      ([name, value]) =>
        names.includes(name) &&
        ((PART_TYPES as Readonly<Record<string, string>>)[`${type}.${name}`] === 'text'
          ? typeof value === 'string' && value.length > 0 && value.length <= 100
          : Number.isInteger(value) && (value as number) > 0 && (value as number) <= 9999),
    )
  )
}
