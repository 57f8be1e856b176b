import { advance, ask, askAgain } from './ask.ts'
import type { Command } from './interpretation.ts'
import { byLocale, writeList } from './locale.ts'
import { isSettled } from './state.ts'
import type { Turn } from './turn.ts'

/** A universal command: what it does, then the conversation goes on where it was. */
export function obey(turn: Turn, command: Command): void {
  turn.emit({ type: 'commandTaken', command })
  switch (command) {
    case 'help':
      help(turn)
      break
    case 'repeat':
      repeat(turn)
      break
    case 'start-over':
      startOver(turn)
      break
    case 'go-back':
      goBack(turn)
      break
    case 'operator':
      turn.saySystem('transferring')
      turn.handOff('operator')
      break
    case 'cancel':
      turn.saySystem('cancelled')
      turn.complete('cancelled', 'cancelled')
      break
    case 'what-did-i-say':
      recall(turn)
      break
    case 'skip':
      skip(turn)
      break
  }
}

function help(turn: Turn): void {
  const datum = turn.active
  const part = datum?.parts.find((candidate) => candidate.id === turn.state.part)
  const actions = part?.steps.help?.[0] ?? datum?.steps.help?.[0]
  if (datum && actions) turn.run(actions, datum)
  else turn.saySystem('help')
  if (!turn.isOver) askAgain(turn)
}

function repeat(turn: Turn): void {
  const { said, prompt } = turn.state
  if (said.length === 0 || !prompt) {
    askAgain(turn)
    return
  }
  for (const sentence of said) turn.say(sentence)
  turn.prompted(prompt.node, prompt.step as Parameters<Turn['prompted']>[1], prompt.level, turn.active)
}

function startOver(turn: Turn): void {
  for (const datum of turn.compiled.data) {
    const state = turn.datum(datum.id)
    if (state.status !== 'empty' || state.skipped) turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'startOver' })
  }
  turn.saySystem('startedOver')
  const first = turn.compiled.data[0]
  if (first) ask(turn, first, true)
}

function goBack(turn: Turn): void {
  const last = turn.state.order.at(-1)
  const datum = last === undefined ? undefined : turn.compiled.byId.get(last)
  if (!datum) {
    turn.saySystem('nothingToGoBackTo')
    askAgain(turn)
    return
  }
  turn.emit({ type: 'datumEmptied', datum: datum.id, reason: 'goBack' })
  ask(turn, datum, true)
}

function recall(turn: Turn): void {
  const { locale } = turn.state
  const known = turn.compiled.data.flatMap((datum) => {
    const text = turn.writeKnown(datum)
    const label = byLocale(datum.label, locale)
    return text === '' ? [] : [label === undefined ? text : `${label}: ${text}`]
  })
  if (known.length === 0) turn.saySystem('nothingSoFar')
  else turn.saySystem('soFar', writeList(known, locale))
  askAgain(turn)
}

function skip(turn: Turn): void {
  const datum = turn.active
  if (!datum || datum.required || isSettled(turn.datum(datum.id))) {
    turn.saySystem('cannotSkip')
    askAgain(turn)
    return
  }
  turn.emit({ type: 'datumSkipped', datum: datum.id, reason: 'asked' })
  advance(turn, undefined)
}
