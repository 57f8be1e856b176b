import type { CompiledDatum, CompiledTemplate } from './compiled.ts'
import { COMMANDS, type Command, type Expectations, type SlotExpectation } from './interpretation.ts'
import { byLocale } from './locale.ts'
import { type DialogueState, datumOf, isSettled } from './state.ts'

const EXPECTATIONS_MAX = 512

/** Types whose answers may look like any command: only the two that lead out count while one is asked. */
const TALKATIVE: ReadonlySet<string> = new Set(['free-text', 'full-name', 'first-name', 'last-name'])
const WAYS_OUT: readonly Command[] = ['operator', 'cancel']
const NOTHING: Expectations = { key: 'nothing', slots: [], yesNo: false, commands: [] }

/** What the dialogue listens for now. Pure; memoised where no conversation's own value takes part. */
export function expectations(compiled: CompiledTemplate, state: DialogueState): Expectations {
  if (state.phase === 'handoff' || state.phase === 'closed' || state.phase === 'new') return NOTHING
  const key = keyOf(compiled, state)
  const own = isOwn(compiled, state)
  const memo = own ? undefined : compiled.expectations.get(key)
  if (memo) return memo
  const slots = slotsOf(compiled, state)
  const fresh: Expectations = { key, slots, yesNo: state.phase !== 'asking', commands: commandsOf(compiled, state) }
  if (!own) {
    if (compiled.expectations.size >= EXPECTATIONS_MAX) compiled.expectations.clear()
    compiled.expectations.set(key, fresh)
  }
  return fresh
}

/** Everything that a memoised answer depends on. */
function keyOf(compiled: CompiledTemplate, state: DialogueState): string {
  let open = 0
  for (let i = 0; i < compiled.data.length; i++) {
    if (!isSettled(datumOf(state, (compiled.data[i] as CompiledDatum).id))) open |= 1 << i
  }
  const off = state.commandsOff.length === 0 ? '' : `/-${state.commandsOff.join('-')}`
  return `${state.phase}/${state.active ?? ''}.${state.part ?? ''}/${(open >>> 0).toString(36)}/${state.locale}${off}`
}

/** A conversation's own values take part: what it holds of a partial datum, or what it confirms. Such an answer is never shared. */
function isOwn(compiled: CompiledTemplate, state: DialogueState): boolean {
  if (state.phase !== 'asking') return true
  return compiled.data.some((datum) => {
    const { parts, rejected } = datumOf(state, datum.id)
    return parts !== undefined || rejected !== undefined
  })
}

function slotsOf(compiled: CompiledTemplate, state: DialogueState): SlotExpectation[] {
  const slots: SlotExpectation[] = []
  const whole = state.phase === 'formConfirming' || state.phase === 'formChanging'
  const active = state.active === undefined ? undefined : compiled.byId.get(state.active)
  if (active && !whole) slots.push(activeSlot(active, state))
  for (const datum of compiled.data) {
    if (whole) slots.push(slotOf(datum, state, 'correcting'))
    else if (datum !== active && !isSettled(datumOf(state, datum.id))) slots.push(slotOf(datum, state, 'listening'))
  }
  if (!whole) {
    // Last in order of claim: what is settled changes only where it is named, and takes nothing from what is open.
    for (const datum of compiled.data)
      if (datum !== active && isSettled(datumOf(state, datum.id))) slots.push(slotOf(datum, state, 'listening'))
  }
  return slots
}

function activeSlot(datum: CompiledDatum, state: DialogueState): SlotExpectation {
  if (state.phase === 'confirming') return slotOf(datum, state, 'correcting')
  const slot = slotOf(datum, state, 'active')
  return state.part === undefined ? slot : { ...slot, part: state.part }
}

function slotOf(datum: CompiledDatum, state: DialogueState, attention: SlotExpectation['attention']): SlotExpectation {
  const { value, parts, rejected } = datumOf(state, datum.id)
  const label = byLocale(datum.label, state.locale)
  const synonyms = byLocale(datum.synonyms, state.locale) ?? []
  const slot: SlotExpectation = {
    slot: datum.id,
    type: datum.type,
    contract: datum.contract,
    attention,
    parts: datum.partIds,
    names: label === undefined ? synonyms : [label, ...synonyms],
  }
  const current = attention === 'correcting' ? value : parts
  const held = current === undefined ? slot : { ...slot, current }
  return rejected === undefined || attention === 'listening' ? held : { ...held, rejected }
}

function commandsOf(compiled: CompiledTemplate, state: DialogueState): readonly Command[] {
  const active = state.active === undefined ? undefined : compiled.byId.get(state.active)
  const talkative = state.phase === 'asking' && active !== undefined && TALKATIVE.has(active.type)
  const open: readonly Command[] = talkative ? (active.required ? WAYS_OUT : [...WAYS_OUT, 'skip']) : COMMANDS
  return open.filter((command) => !state.commandsOff.includes(command))
}
