import {
  advance,
  ask,
  askAgain,
  askConfirmation,
  askForChange,
  askFormConfirmation,
  completeForm,
  wantsConfirmation,
} from './ask.ts'
import { type Claim, claims } from './claim.ts'
import { obey } from './command.ts'
import type { CompiledDatum, CompiledTemplate } from './compiled.ts'
import { expectations } from './expectations.ts'
import type { Input } from './input.ts'
import type { Candidate, Interpretation } from './interpretation.ts'
import { followLanguage } from './language.ts'
import { escalate, raise, takeTurn } from './limit.ts'
import { holds, type Merged, merge, violated } from './merge.ts'
import { isNamedBefore, isNamedIn, isPlainRefusal, named } from './named.ts'
import { type DialogueState, isSettled } from './state.ts'
import { SYSTEM_PACK } from './system-texts.ts'
import { type Decision, Turn } from './turn.ts'
import { sameValue } from './value.ts'

/**
 * One input's whole consequence. Pure: the same template version, state and input give equal facts, outputs and effects,
 * always; total: every input in every state gives a decision and never throws. An input that changes nothing (anything after
 * the end, an utterance while a human speaks) gives no facts.
 */
export function decide(compiled: CompiledTemplate, state: DialogueState, input: Input): Decision {
  const turn = new Turn(compiled, state, input)
  if (state.phase === 'new') {
    if (input.type === 'started') start(turn, input)
  } else if (state.phase === 'handoff') {
    inHandoff(turn, input)
  } else if (state.phase !== 'closed') {
    handle(turn, input)
  }
  return turn.finish()
}

function start(turn: Turn, input: Extract<Input, { type: 'started' }>): void {
  const { id, version } = turn.compiled
  const { cid, locale, vars, commandsOff } = input
  turn.emit({ type: 'started', cid, template: id, version, pack: SYSTEM_PACK, locale, vars, commandsOff })
  turn.run(turn.compiled.introduction)
  if (!turn.isOver) advance(turn, undefined)
}

function inHandoff(turn: Turn, input: Input): void {
  if (input.type === 'handedBack') {
    turn.emit({ type: 'handedBack' })
    turn.output({ type: 'state', state: 'active', reason: 'handed-back' })
    const { phase } = turn.state
    const active = turn.active
    const waits = phase === 'formConfirming' || phase === 'formChanging' || (active && !isSettled(turn.datum(active.id)))
    if (waits) askAgain(turn)
    else advance(turn, undefined)
  } else if (input.type === 'transferred') {
    if (input.agent !== undefined) turn.agentJoined(input.queue, input.agent)
  } else if (input.type === 'variablesGiven') {
    turn.emit({ type: 'variableSet', values: input.values })
  } else if (input.type === 'closed') {
    turn.complete('cancelled', input.reason)
  }
}

function handle(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'utterance':
      if (takeTurn(turn)) understand(turn, input.interpretation)
      break
    case 'noInput':
      if (takeTurn(turn)) escalate(turn, 'noInput')
      break
    case 'interrupted':
      turn.emit({ type: 'interrupted', heard: input.heard })
      break
    case 'effectResult':
      turn.emit({ type: 'variableSet', values: scalars(input.values) })
      break
    case 'transferred':
      turn.handOff(input.queue, input.agent)
      break
    case 'variablesGiven':
      turn.emit({ type: 'variableSet', values: input.values })
      break
    case 'closed':
      turn.complete('cancelled', input.reason)
      break
    case 'started':
    case 'timerFired':
    case 'handedBack':
    case 'agentMessage':
      break
  }
}

function scalars(values: { readonly [name: string]: unknown }): { [name: string]: string | number | boolean } {
  const kept: { [name: string]: string | number | boolean } = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept[name] = value
  }
  return kept
}

function understand(turn: Turn, heard: Interpretation): void {
  const { phase } = turn.state
  if (heard.command) obey(turn, heard.command)
  else if (phase === 'confirming') answerConfirmation(turn, heard)
  else if (phase === 'formConfirming') answerFormConfirmation(turn, heard)
  else if (phase === 'formChanging') answerChange(turn, heard)
  else answerQuestion(turn, heard)
}

interface Heard {
  readonly touched: readonly CompiledDatum[]
  readonly results: ReadonlyMap<string, Merged>
  /** Those that had been settled before and were spoken of again. */
  readonly again: readonly CompiledDatum[]
}

/** What is listened for is worked out anew only where something was heard. */
function claimed(turn: Turn, heard: Interpretation): readonly Claim[] {
  if (heard.candidates.length === 0) return NOTHING
  const candidates = heard.candidates.filter((candidate) => isOpenTo(turn, heard, candidate))
  return claims(expectations(turn.compiled, turn.state), { ...heard, candidates })
}

/** What is settled changes only by a value said behind its name ("no, the name is Smythe"). */
function isOpenTo(turn: Turn, heard: Interpretation, candidate: Candidate): boolean {
  const datum = turn.compiled.byId.get(candidate.slot)
  const { phase } = turn.state
  if (datum === undefined || phase === 'formConfirming' || phase === 'formChanging') return true
  if (!isSettled(turn.datum(datum.id))) return true
  if (candidate.invalid !== undefined) return false
  let from = 0
  for (const { end } of heard.candidates) if (end <= candidate.start && end > from) from = end
  return isNamedBefore(turn.compiled, turn.state.locale, datum, heard.text.slice(from, candidate.start))
}

const NOTHING: readonly Claim[] = []

/** Merges every claim; `active` speaks of corrections while it is confirmed. */
function mergeAll(turn: Turn, shared: readonly Claim[], active: CompiledDatum | undefined): Heard {
  const results = new Map<string, Merged>()
  const touched: CompiledDatum[] = []
  const again: CompiledDatum[] = []
  for (const claim of shared) {
    const datum = turn.compiled.byId.get(claim.slot)
    if (!datum) continue
    const isActive = datum === active
    // What was not asked for is taken when it is plainly right, and passed over in silence when it cannot be.
    if (!isActive && claim.candidates.length === 0) continue
    const wasSettled = active !== undefined && isSettled(turn.datum(datum.id))
    const correcting = wasSettled || (turn.state.phase !== 'asking' && (isActive || active === undefined))
    if (wasSettled) again.push(datum)
    const merged = merge(turn, datum, claim, correcting ? 'corrected' : isActive ? 'said' : 'mentioned')
    results.set(datum.id, merged)
    if (merged === 'changed') touched.push(datum)
  }
  return { touched, results, again }
}

function answerQuestion(turn: Turn, heard: Interpretation): void {
  const active = turn.active
  const shared = claimed(turn, heard)
  const { touched, results, again } = mergeAll(turn, shared, active)
  if (results.size === 0 && followLanguage(turn, heard)) return
  const refused = active !== undefined && results.get(active.id) === 'refused'
  const fallen = again.find(({ id }) => results.get(id) === 'refused')
  const wrong = violated(turn, touched) ?? (refused ? active : fallen)
  if (wrong) {
    askInvalid(turn, wrong)
  } else if (again.length > 0 && active && !results.has(active.id)) {
    const open = again.find((datum) => turn.datum(datum.id).status === 'filled' && wantsConfirmation(turn, datum))
    if (open) askConfirmation(turn, open)
    else advance(turn, undefined)
  } else if (touched.length > 0) {
    advance(turn, active)
  } else if (active && !active.required) {
    turn.emit({ type: 'datumSkipped', datum: active.id, reason: 'noMatch' })
    advance(turn, undefined)
  } else if (active && results.get(active.id) === 'same') {
    ask(turn, active, true)
  } else {
    escalate(turn, 'noMatch')
  }
}

/** After its own message: counts as a noMatch whose prompt is not said, then asks for what was emptied. */
function askInvalid(turn: Turn, datum: CompiledDatum): void {
  if (turn.active !== datum || turn.state.phase !== 'asking') {
    turn.emit({ type: 'phaseEntered', phase: 'asking', active: datum.id })
  }
  const level = raise(turn, datum, 'noMatch')
  if (level === undefined) return
  if (!datum.required) {
    turn.emit({ type: 'datumSkipped', datum: datum.id, reason: 'noMatch' })
    advance(turn, undefined)
    return
  }
  ask(turn, datum, true)
  const { prompt } = turn.state
  if (prompt && !turn.isOver) turn.prompted(prompt.node, 'invalid', level, datum)
}

function answerConfirmation(turn: Turn, heard: Interpretation): void {
  const active = turn.active
  if (!active) return
  const shared = claimed(turn, heard)
  const { touched, results } = mergeAll(turn, shared, active)
  const own = results.get(active.id)
  const wrong = violated(turn, touched)
  const stands = turn.datum(active.id).status === 'toConfirm'
  if (wrong && (wrong === active || own !== 'changed')) {
    askInvalid(turn, wrong)
  } else if (own === 'refused' && !stands) {
    askInvalid(turn, active)
  } else if (own === 'changed') {
    settleCorrection(turn, active)
  } else if (own === 'refused') {
    // What it should be instead cannot be: said why, the value still stands.
    if (raise(turn, active, 'noMatch') !== undefined) askConfirmation(turn, active, true)
  } else if (heard.yesNo?.value === false) {
    // The no belongs to what was corrected or named: this one is still to be confirmed.
    if (own === undefined && (touched.length > 0 || isAboutAnother(turn, active, heard))) askConfirmation(turn, active, true)
    else denied(turn, active, own === 'same' || isPlainRefusal(heard))
  } else if (heard.yesNo?.value === true || own === 'same') {
    turn.emit({ type: 'datumConfirmed', datum: active.id })
    advance(turn, active)
  } else if (touched.length > 0) {
    askConfirmation(turn, active, true)
  } else {
    escalate(turn, 'noMatch')
  }
}

/** A corrected value is confirmed again in the same turn; a part that fell out is asked for. */
function settleCorrection(turn: Turn, datum: CompiledDatum): void {
  if (turn.datum(datum.id).value !== undefined) askConfirmation(turn, datum)
  else ask(turn, datum)
}

function isAboutAnother(turn: Turn, active: CompiledDatum, heard: Interpretation): boolean {
  const { locale } = turn.state
  return !isNamedIn(active, locale, heard.text) && named(turn.compiled, locale, heard.text) !== undefined
}

/** `plainly`: nothing was said beside the refusal, so that another reading of the same answer may be meant. */
function denied(turn: Turn, datum: CompiledDatum, plainly: boolean): void {
  if (plainly && offeredOther(turn, datum)) return
  const level = raise(turn, datum, 'notConfirmed')
  if (level === undefined) return
  turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'denied' })
  turn.emit({ type: 'phaseEntered', phase: 'asking', active: datum.id })
  if (turn.step(datum.id, datum.steps, 'notConfirmed', datum, level)) return
  turn.saySystem('notConfirmed')
  ask(turn, datum, true)
}

/**
 * A denied answer that can be read in another way is offered so, unless that may not be or was denied before. It is the same
 * answer still: no notConfirmed.
 */
function offeredOther(turn: Turn, datum: CompiledDatum): boolean {
  const { other: ambiguous, runnerUp, confidence, rejected } = turn.datum(datum.id)
  const other = ambiguous ?? runnerUp
  if (other === undefined || rejected?.some((value) => sameValue(value, other))) return false
  turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'denied' })
  turn.emit({ type: 'datumFilled', datum: datum.id, value: other, confidence: confidence ?? 0, reason: 'otherReading' })
  if (!holds(turn, datum)) {
    turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'constraint' })
    return false
  }
  askConfirmation(turn, datum)
  return true
}

function answerFormConfirmation(turn: Turn, heard: Interpretation): void {
  if (corrected(turn, heard)) return
  if (heard.yesNo?.value === true) {
    turn.emit({ type: 'formConfirmed' })
    completeForm(turn)
  } else if (heard.yesNo?.value === false) {
    const level = raise(turn, undefined, 'notConfirmed')
    if (level !== undefined) askForChange(turn, level)
  } else {
    escalate(turn, 'noMatch')
  }
}

function answerChange(turn: Turn, heard: Interpretation): void {
  if (corrected(turn, heard)) return
  // "Nothing", "it is fine": back to the question whether all is right.
  if (heard.yesNo) {
    askFormConfirmation(turn)
    return
  }
  const level = raise(turn, undefined, 'noMatch')
  if (level !== undefined) askForChange(turn, level)
}

/** Takes corrections while the whole is confirmed: new values, or the name of a datum that shall be asked again. */
function corrected(turn: Turn, heard: Interpretation): boolean {
  const shared = claimed(turn, heard)
  const { touched } = mergeAll(turn, shared, undefined)
  const wrong = violated(turn, touched)
  if (wrong) {
    askInvalid(turn, wrong)
    return true
  }
  if (touched.length > 0) {
    turn.emit({ type: 'phaseEntered', phase: 'asking' })
    advance(turn, undefined)
    return true
  }
  const datum = heard.yesNo?.value === true ? undefined : named(turn.compiled, turn.state.locale, heard.text)
  if (!datum) return false
  turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'change' })
  ask(turn, datum, true)
  return true
}
