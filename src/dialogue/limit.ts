import { advance, askAgain } from './ask.ts'
import type { CompiledDatum } from './compiled.ts'
import { type CounterKind, isSettled } from './state.ts'
import type { Turn } from './turn.ts'

/** Raises a counter. Its value, or undefined when the limit was passed and `onExhausted` took over. */
export function raise(turn: Turn, datum: CompiledDatum | undefined, counter: CounterKind): number | undefined {
  const counters = datum ? turn.datum(datum.id) : turn.state.form
  const to = counters[counter] + 1
  turn.emit({ type: 'counterRaised', datum: datum?.id ?? null, counter, to })
  if (to <= turn.compiled.limits[counter]) return to
  exhaust(turn, datum, counter)
  return undefined
}

/** What the template wants done when there is no getting further. Without a datum it is the whole form that gives up. */
export function exhaust(turn: Turn, datum: CompiledDatum | undefined, reason: string): void {
  const { onExhausted } = turn.compiled.limits
  if (onExhausted === 'close') {
    turn.saySystem('goodbye')
    turn.complete('failed', `exhausted-${reason}`)
  } else if (onExhausted !== 'fail-data') {
    turn.saySystem('transferring')
    turn.handOff(onExhausted.transfer)
  } else if (datum) {
    turn.emit({ type: 'datumFailed', datum: datum.id, reason })
    turn.saySystem('movedOn')
    advance(turn, undefined)
  } else {
    giveUpForm(turn, reason)
  }
}

function giveUpForm(turn: Turn, reason: string): void {
  for (const datum of turn.compiled.data) {
    if (!isSettled(turn.datum(datum.id))) turn.emit({ type: 'datumFailed', datum: datum.id, reason })
  }
  turn.saySystem('incomplete')
  turn.complete('failed', `exhausted-${reason}`)
}

/** Counts the turn. False when that was one too many and `onExhausted` took over. */
export function takeTurn(turn: Turn): boolean {
  const active = turn.active
  turn.emit({ type: 'turnTaken', datum: active?.id ?? null })
  const { turns, formTurns } = turn.compiled.limits
  if (turn.state.turns > formTurns) {
    exhaust(turn, undefined, 'turns')
    return false
  }
  if (active && turn.datum(active.id).turns > turns) {
    exhaust(turn, active, 'turns')
    return false
  }
  return true
}

/** Nothing understood (or nothing heard) while a datum is asked: its next level is the whole reply. */
export function escalate(turn: Turn, counter: 'noMatch' | 'noInput'): void {
  const datum = turn.active
  const level = raise(turn, datum, counter)
  if (level === undefined) return
  if (!datum || turn.state.phase !== 'asking') {
    turn.saySystem(counter === 'noInput' ? 'noInput' : 'answerYesOrNo')
    askAgain(turn)
    return
  }
  const part = datum.parts.find((candidate) => candidate.id === turn.state.part)
  const said =
    (part !== undefined && turn.step(part.node, part.steps, counter, datum, level)) ||
    turn.step(datum.id, datum.steps, counter, datum, level)
  if (!said) {
    turn.saySystem(counter)
    askAgain(turn)
  } else if (!turn.isOver && isSettled(turn.datum(datum.id))) {
    advance(turn, undefined)
  }
}
