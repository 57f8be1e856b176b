import type { CompiledDatum } from './compiled.ts'
import { isSettled } from './state.ts'
import { partsOf, type Turn } from './turn.ts'

/** Asks for a datum, or for its first missing part when some are known. */
export function ask(turn: Turn, datum: CompiledDatum, again = false): void {
  const state = turn.datum(datum.id)
  const known = partsOf(datum, state)
  const part = state.status === 'partial' ? datum.parts.find((candidate) => known[candidate.id] === undefined) : undefined
  const ownQuestion = part?.steps.start ? part : undefined
  enter(turn, datum, ownQuestion?.id)
  if (ownQuestion) turn.step(ownQuestion.node, ownQuestion.steps, 'start', datum, undefined, again)
  else turn.step(datum.id, datum.steps, 'start', datum, undefined, again)
  // A question may consist of `skip`: then it settled itself.
  if (!turn.isOver && isSettled(turn.datum(datum.id))) advance(turn, undefined)
}

function enter(turn: Turn, datum: CompiledDatum, part: string | undefined): void {
  const { phase, active, part: asked } = turn.state
  if (phase === 'asking' && active === datum.id && asked === part) return
  turn.emit({ type: 'phaseEntered', phase: 'asking', active: datum.id, ...(part === undefined ? undefined : { part }) })
}

export function askConfirmation(turn: Turn, datum: CompiledDatum, again = false): void {
  if (turn.datum(datum.id).status !== 'toConfirm') turn.emit({ type: 'confirmationAsked', datum: datum.id })
  if (turn.state.phase !== 'confirming' || turn.state.active !== datum.id) {
    turn.emit({ type: 'phaseEntered', phase: 'confirming', active: datum.id })
  }
  if (turn.step(datum.id, datum.steps, 'confirmation', datum, undefined, again)) return
  turn.saySystem('confirmation', turn.write(datum))
  turn.prompted(datum.id, 'confirmation', 1, datum)
}

export function askFormConfirmation(turn: Turn, again = false): void {
  if (turn.state.phase !== 'formConfirming') turn.emit({ type: 'phaseEntered', phase: 'formConfirming' })
  turn.step('form', turn.compiled.formSteps, 'confirmation', undefined, undefined, again)
}

/** Says again what is waited for, without counting: after help, or when the user spoke of something else. */
export function askAgain(turn: Turn): void {
  const { phase } = turn.state
  const active = turn.active
  if (phase === 'formConfirming') askFormConfirmation(turn, true)
  else if (phase === 'formChanging') askForChange(turn, undefined)
  else if (phase === 'confirming' && active) askConfirmation(turn, active, true)
  else if (active) ask(turn, active, true)
}

export function askForChange(turn: Turn, level: number | undefined): void {
  if (turn.state.phase !== 'formChanging') turn.emit({ type: 'phaseEntered', phase: 'formChanging' })
  if (turn.step('form', turn.compiled.formSteps, 'notConfirmed', undefined, level, level === undefined)) return
  turn.saySystem('formNotConfirmed')
  turn.prompted('form', 'notConfirmed', level ?? 1, undefined)
}

/** Whether the policy, or an ambiguous answer, wants the user's yes. */
export function wantsConfirmation(turn: Turn, datum: CompiledDatum): boolean {
  const { status, confidence, other } = turn.datum(datum.id)
  return status === 'toConfirm' || other !== undefined || (confidence ?? 1) < datum.confirmBelow
}

/**
 * Goes on: accepts what needs no confirmation, says the success of the datum that was just asked for, then asks the next one
 * in template order, or completes. `finished` is the datum that this turn was about.
 */
export function advance(turn: Turn, finished: CompiledDatum | undefined): void {
  const open = (datum: CompiledDatum): boolean => !isSettled(turn.datum(datum.id))
  const hasValue = (datum: CompiledDatum): boolean => turn.datum(datum.id).value !== undefined
  for (const datum of turn.compiled.data) {
    if (!open(datum) || !hasValue(datum) || wantsConfirmation(turn, datum)) continue
    turn.emit({ type: 'datumAccepted', datum: datum.id })
  }
  if (finished && turn.datum(finished.id).status === 'done') turn.run(finished.steps.success?.[0] ?? [], finished)
  if (turn.isOver) return
  // An active datum that is still open stays active: one violated or corrected may stand later than others.
  const active = turn.active
  const next = active && open(active) ? active : turn.compiled.data.find(open)
  if (next) {
    if (hasValue(next)) askConfirmation(turn, next)
    else ask(turn, next)
  } else if (turn.compiled.confirm && Object.keys(turn.values()).length > 0 && turn.state.phase !== 'formConfirming') {
    askFormConfirmation(turn)
  } else {
    completeForm(turn)
  }
}

/** Ends the form by what was collected. */
export function completeForm(turn: Turn): void {
  let done = 0
  let failed = 0
  for (const datum of turn.compiled.data) {
    const { status } = turn.datum(datum.id)
    if (status === 'done') done++
    else if (status === 'failed' || datum.required) failed++
  }
  const outcome = failed === 0 ? 'success' : done > 0 ? 'partial' : 'failed'
  if (outcome === 'success') turn.run(turn.compiled.success)
  else turn.saySystem('incomplete')
  if (!turn.isOver) turn.complete(outcome, 'completed')
}
