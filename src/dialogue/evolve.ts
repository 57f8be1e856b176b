import { Draft } from './draft.ts'
import type { Fact } from './fact.ts'
import { type Counters, type DatumState, type DialogueState, datumOf, EMPTY_DATUM, REJECTED_MAX } from './state.ts'

/**
 * Folds one fact into the state. Pure, but for the open draft of a turn, which it changes in place; recovery is nothing but this,
 * over the journal's facts.
 */
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
      return said(state, fact.parts)
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
    case 'agentJoined':
      return state
  }
}

function said(state: DialogueState, parts: readonly string[]): DialogueState {
  const draft = Draft.open(state)
  if (draft === undefined) return { ...state, said: parts }
  draft.said = parts
  return state
}

function withDatum(state: DialogueState, id: string, datum: DatumState): DialogueState {
  const draft = Draft.open(state)
  if (draft !== undefined) {
    draft.setDatum(id, datum)
    return state
  }
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
  const draft = Draft.open(state)
  if (draft === undefined) return { ...state, data: { ...state.data, [id]: datum }, order }
  draft.order = order
  return withDatum(state, id, datum)
}

function turnTaken(state: DialogueState, id: string | null): DialogueState {
  if (id === null) return { ...state, turns: state.turns + 1, form: { ...state.form, turns: state.form.turns + 1 } }
  const before = datumOf(state, id)
  const datum = { ...before, turns: before.turns + 1 }
  const draft = Draft.open(state)
  if (draft === undefined) return { ...state, turns: state.turns + 1, data: { ...state.data, [id]: datum } }
  draft.turns++
  return withDatum(state, id, datum)
}

function counterRaised(state: DialogueState, fact: Extract<Fact, { type: 'counterRaised' }>): DialogueState {
  const change: Partial<Counters> = { [fact.counter]: fact.to }
  if (fact.datum === null) return { ...state, form: { ...state.form, ...change } }
  return withDatum(state, fact.datum, { ...datumOf(state, fact.datum), ...change })
}

function phaseEntered(state: DialogueState, fact: Extract<Fact, { type: 'phaseEntered' }>): DialogueState {
  const draft = Draft.open(state)
  if (draft !== undefined) {
    draft.phase = fact.phase
    draft.active = fact.active
    draft.part = fact.part
    return state
  }
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
  const count = (state.counts[key] ?? 0) + 1
  const prompt = { node: fact.node, step: fact.step, level: fact.level }
  const draft = Draft.open(state)
  if (draft === undefined) return { ...state, counts: { ...state.counts, [key]: count }, prompt }
  draft.setCount(key, count)
  draft.prompt = prompt
  return state
}
