import type { CompiledAction, CompiledDatum, CompiledSteps, CompiledTemplate } from './compiled.ts'
import { Draft } from './draft.ts'
import { evolve } from './evolve.ts'
import type { Fact } from './fact.ts'
import type { Input } from './input.ts'
import { byLocale, writeYesNo } from './locale.ts'
import type { DatumProgress, Effect, Outcome, Output, PromptOutput, PromptStep } from './output.ts'
import { type DatumState, type DialogueState, datumOf } from './state.ts'
import { type SystemText, systemText } from './system-texts.ts'
import type { Locale, Value } from './template.ts'
import { renderText } from './text.ts'
import { decompose, maskValue, type Parts, writePart, writeParts, writeValue } from './value.ts'
import { variantIndex } from './variant.ts'

const CHOICES_SHOWN_MAX = 50

export interface Decision {
  readonly facts: readonly Fact[]
  readonly outputs: readonly Output[]
  readonly effects: readonly Effect[]
  /** The state after the facts: `facts.reduce(evolve, before)`, given so that nobody folds twice. */
  readonly state: DialogueState
}

/**
 * One turn under construction. Every change goes through `emit`, so the state at hand is always the fold of the facts so far,
 * and what was said is collected into one message.
 */
export class Turn {
  readonly compiled: CompiledTemplate
  readonly localNow: string
  state: DialogueState
  readonly #facts: Fact[] = []
  readonly #outputs: Output[] = []
  readonly #effects: Effect[] = []
  readonly #parts: string[] = []
  #prompt: PromptOutput | undefined
  #quickReplies: { label: string }[] = []
  #newLocale: Locale | undefined
  readonly #waited: boolean
  /** How often the step at hand was said before: picks the variant. */
  #said = 0

  constructor(compiled: CompiledTemplate, state: DialogueState, input: Input) {
    this.compiled = compiled
    this.state = state
    this.localNow = input.localNow
    this.#waited = noInputMs(compiled, state) !== undefined
  }

  emit(fact: Fact): void {
    this.#facts.push(fact)
    this.state = evolve(Draft.of(this.state), fact)
  }

  get isOver(): boolean {
    return this.state.phase === 'closed' || this.state.phase === 'handoff'
  }

  datum(id: string): DatumState {
    return datumOf(this.state, id)
  }

  /** The datum that is asked or confirmed, if any. */
  get active(): CompiledDatum | undefined {
    return this.state.active === undefined ? undefined : this.compiled.byId.get(this.state.active)
  }

  /** Goes on in another locale; the message tells it. */
  changeLocale(locale: Locale): void {
    this.emit({ type: 'localeChanged', locale, reason: 'spoken' })
    this.#newLocale = locale
  }

  say(text: string): void {
    if (text !== '') this.#parts.push(text)
  }

  sayKey(key: string, about?: CompiledDatum): void {
    this.say(this.#text(key, about))
  }

  saySystem(key: SystemText, value?: string): void {
    const text = systemText(this.state.pack, this.state.locale, key)
    this.say(value === undefined ? text : text.replace('{value}', () => value))
  }

  output(output: Output): void {
    this.#outputs.push(output)
  }

  effect(effect: Effect): void {
    this.#effects.push(effect)
  }

  /**
   * Says one level of a step and remembers it as what is now waited for. Levels are used in turn: `level` undefined takes the
   * next by how often the step was said. False when the node has no such step.
   */
  step(
    node: string,
    steps: CompiledSteps,
    step: PromptStep,
    about: CompiledDatum | undefined,
    level?: number,
    again = false,
  ): boolean {
    const levels = step === 'invalid' || step === 'success' ? undefined : steps[step]
    if (!levels) return false
    const said = this.state.counts[`${node}/${step}`] ?? 0
    const wanted = level ?? (again ? Math.max(said, 1) : said + 1)
    const used = Math.min(wanted, levels.length)
    this.#said = said
    this.#run(levels[used - 1] ?? [], about)
    this.#said = 0
    this.prompted(node, step, used, about)
    return true
  }

  /** Remembers what is waited for, without saying anything. */
  prompted(node: string, step: PromptStep, level: number, about: CompiledDatum | undefined): void {
    this.emit({ type: 'prompted', node, step, level })
    if (this.isOver) {
      this.#prompt = undefined
      return
    }
    const expects = this.#expects(about)
    const waitMs = about?.noInputMs
    this.#prompt = {
      node,
      step,
      level,
      ...(expects === undefined ? undefined : { expects }),
      ...(waitMs === undefined ? undefined : { noInputMs: waitMs }),
    }
  }

  /** Runs actions outside of a step (introduction, success). */
  run(actions: readonly CompiledAction[], about?: CompiledDatum): void {
    this.#run(actions, about)
  }

  #run(actions: readonly CompiledAction[], about: CompiledDatum | undefined): void {
    for (const action of actions) {
      if (this.isOver) return
      switch (action.verb) {
        case 'say':
          this.say(this.#text(action.key, about))
          for (const key of action.quickReplies) this.#quickReplies.push({ label: this.#text(key, about) })
          break
        case 'set':
          this.emit({ type: 'variableSet', values: action.values })
          break
        case 'skip':
          if (about) this.emit({ type: 'datumSkipped', datum: about.id, reason: 'template' })
          break
        case 'transfer':
          this.handOff(action.queue)
          break
        case 'close':
          this.complete('failed', action.reason)
          break
      }
    }
  }

  /** `agent`: who has taken over already; otherwise somebody is to be found. */
  handOff(queue: string, agent?: string): void {
    this.emit({ type: 'handedOff', queue })
    this.output({ type: 'state', state: 'handoff', reason: queue })
    if (agent !== undefined) {
      this.agentJoined(queue, agent)
      return
    }
    this.output({ type: 'handoff', queue })
    this.effect({ type: 'transfer', queue })
  }

  agentJoined(queue: string, agent: string): void {
    this.emit({ type: 'agentJoined', agent, queue })
    this.output({ type: 'handoff', queue, agent })
  }

  complete(outcome: Outcome, reason: string): void {
    this.emit({ type: 'completed', outcome, reason })
    this.output({ type: 'result', outcome, values: this.shownValues() })
    this.output({ type: 'state', state: 'closed', reason })
    this.effect({ type: 'close', reason })
  }

  /** The same as participants may see them: sensitive ones masked. */
  shownValues(): { readonly [datum: string]: Value } {
    const values: { [datum: string]: Value } = { ...this.values() }
    for (const { id, sensitive } of this.compiled.data) {
      const value = values[id]
      if (sensitive && value !== undefined) values[id] = maskValue(value)
    }
    return values
  }

  /** Values that are done, by datum. */
  values(): { readonly [datum: string]: Value } {
    const values: { [datum: string]: Value } = {}
    for (const datum of this.compiled.data) {
      const { status, value } = this.datum(datum.id)
      if (status === 'done' && value !== undefined) values[datum.id] = value
    }
    return values
  }

  write(datum: CompiledDatum): string {
    const { value } = this.datum(datum.id)
    if (value === undefined) return ''
    return datum.sensitive ? maskValue(value) : writeValue(datum.type, datum.contract, value, this.state.locale)
  }

  /** The value, or the parts known so far. */
  writeKnown(datum: CompiledDatum): string {
    const { value, parts } = this.datum(datum.id)
    if (value !== undefined || parts === undefined) return this.write(datum)
    return datum.sensitive ? '' : writeParts(datum.type, parts, this.state.locale)
  }

  finish(): Decision {
    if (this.#parts.length > 0) {
      this.emit({ type: 'said', parts: this.#parts })
      const over = this.isOver
      // That the bot is back is told before what it says then; what else a turn brings, after its message.
      const first = this.#outputs[0]
      const at = first?.type === 'state' && first.state === 'active' ? 1 : 0
      this.#outputs.splice(at, 0, {
        type: 'message',
        parts: this.#parts,
        ...(this.#newLocale === undefined ? undefined : { locale: this.#newLocale }),
        ...(this.#prompt === undefined || over ? undefined : { prompt: this.#prompt }),
        ...(this.#quickReplies.length === 0 || over ? undefined : { quickReplies: this.#quickReplies }),
      })
    }
    const afterMs = noInputMs(this.compiled, this.state)
    if (afterMs !== undefined) this.#effects.push({ type: 'timer', name: 'noInput', afterMs })
    else if (this.#waited) this.#effects.push({ type: 'timer', name: 'noInput', afterMs: null })
    Draft.close(this.state)
    return { facts: this.#facts, outputs: this.#outputs, effects: this.#effects, state: this.state }
  }

  #text(key: string, about: CompiledDatum | undefined): string {
    const { texts, locales } = this.compiled
    const table = byLocale(texts, this.state.locale) ?? texts[locales[0] ?? '']
    const variants = table?.get(key)
    if (!variants) return ''
    const chosen = variants[variantIndex(this.state.cid, key, this.#said, variants.length)]
    return chosen === undefined ? '' : renderText(chosen, (name) => this.#lookup(name, about))
  }

  #lookup(name: string, about: CompiledDatum | undefined): string | undefined {
    if (name === 'value') return about && this.write(about)
    const [head = '', part] = name.split('.')
    if (head === 'vars') {
      const variable = part !== undefined && Object.hasOwn(this.state.vars, part) ? this.state.vars[part] : undefined
      return variable === undefined ? undefined : String(variable)
    }
    const datum = this.compiled.byId.get(head)
    if (!datum) return undefined
    return part === undefined ? this.write(datum) : this.#writePart(datum, part)
  }

  #writePart(datum: CompiledDatum, part: string): string | undefined {
    const known = partsOf(datum, this.datum(datum.id))[part]
    return known === undefined || datum.sensitive ? undefined : writePart(datum.type, part, known, this.state.locale)
  }

  #expects(about: CompiledDatum | undefined): PromptOutput['expects'] {
    const { phase, part, locale } = this.state
    if (phase === 'confirming' || phase === 'formConfirming') {
      return { kind: 'yes-no', choices: yesNoChoices(locale) }
    }
    if (!about) return undefined
    const { min, max, values } = about.contract
    const choices =
      about.type === 'yes-no'
        ? yesNoChoices(locale)
        : values?.slice(0, CHOICES_SHOWN_MAX).map((item) => ({ id: item.id, label: byLocale(item.label, locale) ?? item.id }))
    return {
      kind: about.type,
      ...(part === undefined ? undefined : { sub: part }),
      ...(choices === undefined ? undefined : { choices }),
      ...(min === undefined ? undefined : { min }),
      ...(max === undefined ? undefined : { max }),
      ...(about.sensitive ? { sensitive: true } : undefined),
    }
  }
}

function yesNoChoices(locale: string): { id: string; label: string }[] {
  return [
    { id: 'yes', label: writeYesNo(true, locale) },
    { id: 'no', label: writeYesNo(false, locale) },
  ]
}

/** The chat silence timer of what is asked now; undefined where it is off. */
function noInputMs(compiled: CompiledTemplate, state: DialogueState): number | undefined {
  if (state.active === undefined || state.phase === 'closed' || state.phase === 'handoff') return undefined
  return compiled.byId.get(state.active)?.noInputMs
}

/** Parts known of a datum, whether it is complete or not. */
export function partsOf(datum: CompiledDatum, state: DatumState): Parts {
  if (state.parts !== undefined) return state.parts
  return (state.value === undefined ? undefined : decompose(datum.type, state.value)) ?? {}
}

/** Progress of every datum that differs between two states, in template order. */
export function progress(compiled: CompiledTemplate, before: DialogueState, after: DialogueState): DatumProgress[] {
  const changed: DatumProgress[] = []
  for (const datum of compiled.data) {
    const was = datumOf(before, datum.id)
    const is = datumOf(after, datum.id)
    if (was !== is && (was.status !== is.status || was.value !== is.value || was.parts !== is.parts)) {
      changed.push(progressOf(datum, is))
    }
  }
  return changed
}

/** Progress of one datum as clients see it; `clear` shows sensitive values too, for the systems that process them. */
export function progressOf(datum: CompiledDatum, state: DatumState, clear = false): DatumProgress {
  const content = state.value ?? state.parts
  const missing = state.status === 'partial' ? datum.partIds.filter((part) => state.parts?.[part] === undefined) : []
  return {
    node: datum.id,
    status: state.status,
    ...(content === undefined ? undefined : { value: datum.sensitive && !clear ? maskValue(content) : content }),
    ...(missing.length === 0 ? undefined : { missing }),
  }
}
