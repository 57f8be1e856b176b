import type { Fact } from './fact.ts'
import { type Counters, type DatumState, type DialogueState, datumOf, EMPTY_DATUM, REJECTED_MAX } from './state.ts'

/** Folds one fact into the state. Pure; recovery is nothing but this, over the journal's facts. */
export function evolve(state: DialogueState, fact: Fact): DialogueState {
  switch (fact.type) {
    case 'started': {
      const { type: _type, ...given } = fact
      return { ...state, ...given, phase: 'asking' }
    }
    case 'localeChanged':
      return { ...state, locale: fact.locale, openedIn: state.locale }
    case 'turnTaken':
      return turnTaken(state, fact.datum)
    case 'partFilled':
      return filled(state, fact.datum, { status: 'partial', parts: fact.parts, ...UNDERSTOOD })
    case 'datumFilled':
      return filled(state, fact.datum, {
        status: 'filled',
        value: fact.value,
        confidence: fact.confidence,
        ...(fact.other === undefined ? undefined : { other: fact.other }),
        ...(fact.runnerUp === undefined ? undefined : { runnerUp: fact.runnerUp }),
      })
    case 'datumEmptied':
      return emptied(state, fact)
    case 'confirmationAsked':
      return withDatum(state, fact.datum, { ...datumOf(state, fact.datum), status: 'toConfirm', ...UNDERSTOOD })
    case 'datumConfirmed':
    case 'datumAccepted':
      return done(state, fact.datum)
    case 'datumFailed':
      return withDatum(state, fact.datum, { ...EMPTY_DATUM, turns: datumOf(state, fact.datum).turns, status: 'failed' })
    case 'datumSkipped':
      return withDatum(state, fact.datum, { ...EMPTY_DATUM, turns: datumOf(state, fact.datum).turns, skipped: true })
    case 'counterRaised':
      return counterRaised(state, fact)
    case 'phaseEntered':
      return phaseEntered(state, fact)
    case 'prompted':
      return prompted(state, fact)
    case 'said':
      return { ...state, said: fact.parts }
    case 'variableSet':
      return { ...state, vars: { ...state.vars, ...fact.values } }
    case 'handedOff':
      return { ...state, phase: 'handoff', resume: state.phase }
    case 'handedBack': {
      const { resume, ...rest } = state
      return { ...rest, phase: resume ?? 'asking' }
    }
    case 'completed':
      return { ...state, phase: 'closed', outcome: fact.outcome }
    case 'constraintViolated':
    case 'inputRefused':
    case 'commandTaken':
    case 'formConfirmed':
    case 'interrupted':
      return state
  }
}

function withDatum(state: DialogueState, id: string, datum: DatumState): DialogueState {
  return { ...state, data: { ...state.data, [id]: datum } }
}

/**
 * A part newly filled, or a value that stands, sets the counters of not understanding back. A value that is only filled does not
 * yet: a constraint may refuse it. `notConfirmed` lasts until the datum is done.
 */
const UNDERSTOOD = { noMatch: 0, noInput: 0 } as const

function filled(
  state: DialogueState,
  id: string,
  content: Pick<DatumState, 'status' | 'value' | 'parts' | 'confidence' | 'other' | 'runnerUp'> & Partial<Counters>,
): DialogueState {
  const { turns, notConfirmed, noMatch, noInput, rejected } = datumOf(state, id)
  const datum = { noMatch, noInput, notConfirmed, turns, ...content }
  const next = withDatum(state, id, rejected === undefined ? datum : { ...datum, rejected })
  return state.order.includes(id) ? { ...next, order: state.order.filter((other) => other !== id) } : next
}

function emptied(state: DialogueState, fact: Extract<Fact, { type: 'datumEmptied' }>): DialogueState {
  const before = datumOf(state, fact.datum)
  const { turns, noMatch, noInput, notConfirmed } = before
  const rejected = rejectedAfter(before, fact.reason)
  const kept = { turns, noMatch, noInput, notConfirmed, ...(rejected === undefined ? undefined : { rejected }) }
  const next = withDatum(
    state,
    fact.datum,
    fact.keep && Object.keys(fact.keep).length > 0
      ? { status: 'partial', ...kept, parts: fact.keep }
      : { status: 'empty', ...kept },
  )
  return state.order.includes(fact.datum) ? { ...next, order: state.order.filter((id) => id !== fact.datum) } : next
}

/** A denied value joins those denied before; whoever starts over or changes an answer starts with none. */
function rejectedAfter(
  before: DatumState,
  reason: Extract<Fact, { type: 'datumEmptied' }>['reason'],
): DatumState['rejected'] | undefined {
  const { rejected, value } = before
  if (reason === 'denied' && value !== undefined) return [...(rejected ?? []), value].slice(-REJECTED_MAX)
  return reason === 'constraint' || reason === 'impossible' || reason === 'denied' ? rejected : undefined
}

function done(state: DialogueState, id: string): DialogueState {
  const { value, confidence, turns } = datumOf(state, id)
  const datum: DatumState = {
    ...EMPTY_DATUM,
    status: 'done',
    turns,
    ...(value === undefined ? undefined : { value }),
    ...(confidence === undefined ? undefined : { confidence }),
  }
  const order = state.order.includes(id) ? state.order : [...state.order, id]
  return { ...state, data: { ...state.data, [id]: datum }, order }
}

function turnTaken(state: DialogueState, id: string | null): DialogueState {
  if (id === null) return { ...state, turns: state.turns + 1, form: { ...state.form, turns: state.form.turns + 1 } }
  const datum = datumOf(state, id)
  return { ...state, turns: state.turns + 1, data: { ...state.data, [id]: { ...datum, turns: datum.turns + 1 } } }
}

function counterRaised(state: DialogueState, fact: Extract<Fact, { type: 'counterRaised' }>): DialogueState {
  const change: Partial<Counters> = { [fact.counter]: fact.to }
  if (fact.datum === null) return { ...state, form: { ...state.form, ...change } }
  return withDatum(state, fact.datum, { ...datumOf(state, fact.datum), ...change })
}

function phaseEntered(state: DialogueState, fact: Extract<Fact, { type: 'phaseEntered' }>): DialogueState {
  const { active: _active, part: _part, ...rest } = state
  return {
    ...rest,
    phase: fact.phase,
    ...(fact.active === undefined ? undefined : { active: fact.active }),
    ...(fact.part === undefined ? undefined : { part: fact.part }),
  }
}

function prompted(state: DialogueState, fact: Extract<Fact, { type: 'prompted' }>): DialogueState {
  const key = `${fact.node}/${fact.step}`
  const counts = { ...state.counts, [key]: (state.counts[key] ?? 0) + 1 }
  return { ...state, counts, prompt: { node: fact.node, step: fact.step, level: fact.level } }
}
