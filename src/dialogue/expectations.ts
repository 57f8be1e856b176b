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
  const memo = compiled.expectations.get(key)
  if (memo) return memo
  const { slots, own } = slotsOf(compiled, state)
  const fresh: Expectations = { key, slots, yesNo: state.phase !== 'asking', commands: commandsOf(compiled, state) }
  if (!own) {
    if (compiled.expectations.size >= EXPECTATIONS_MAX) compiled.expectations.clear()
    compiled.expectations.set(key, fresh)
  }
  return fresh
}

/** Everything that a memoised answer depends on. A value under confirmation is in the slot itself, hence never memoised. */
function keyOf(compiled: CompiledTemplate, state: DialogueState): string {
  let open = 0
  for (let i = 0; i < compiled.data.length; i++) {
    if (!isSettled(datumOf(state, (compiled.data[i] as CompiledDatum).id))) open |= 1 << i
  }
  const off = state.commandsOff.length === 0 ? '' : `/-${state.commandsOff.join('-')}`
  return `${state.phase}/${state.active ?? ''}.${state.part ?? ''}/${(open >>> 0).toString(36)}/${state.locale}${off}`
}

function slotsOf(compiled: CompiledTemplate, state: DialogueState): { slots: SlotExpectation[]; own: boolean } {
  const slots: SlotExpectation[] = []
  let own = false
  const add = (slot: SlotExpectation): void => {
    slots.push(slot)
    if (slot.current !== undefined) own = true
  }
  const whole = state.phase === 'formConfirming' || state.phase === 'formChanging'
  const active = state.active === undefined ? undefined : compiled.byId.get(state.active)
  if (active && !whole) add(activeSlot(active, state))
  for (const datum of compiled.data) {
    if (whole) add(slotOf(datum, state, 'correcting'))
    else if (datum !== active && !isSettled(datumOf(state, datum.id))) add(slotOf(datum, state, 'listening'))
  }
  return { slots, own }
}

function activeSlot(datum: CompiledDatum, state: DialogueState): SlotExpectation {
  if (state.phase === 'confirming') return slotOf(datum, state, 'correcting')
  const slot = slotOf(datum, state, 'active')
  return state.part === undefined ? slot : { ...slot, part: state.part }
}

function slotOf(datum: CompiledDatum, state: DialogueState, attention: SlotExpectation['attention']): SlotExpectation {
  const { value, parts } = datumOf(state, datum.id)
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
  return current === undefined ? slot : { ...slot, current }
}

function commandsOf(compiled: CompiledTemplate, state: DialogueState): readonly Command[] {
  const active = state.active === undefined ? undefined : compiled.byId.get(state.active)
  const talkative = state.phase === 'asking' && active !== undefined && TALKATIVE.has(active.type)
  const open: readonly Command[] = talkative ? (active.required ? WAYS_OUT : [...WAYS_OUT, 'skip']) : COMMANDS
  return open.filter((command) => !state.commandsOff.includes(command))
}
