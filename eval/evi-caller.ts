import { readFileSync } from 'node:fs'
import { compile } from '../src/dialogue/compile.ts'
import type { CompiledTemplate } from '../src/dialogue/compiled.ts'
import { decide } from '../src/dialogue/decide.ts'
import { expectations } from '../src/dialogue/expectations.ts'
import type { Input } from '../src/dialogue/input.ts'
import { type DatumState, type DialogueState, datumOf, NEW_STATE } from '../src/dialogue/state.ts'
import type { Value } from '../src/dialogue/template.ts'
import { createInlineNlu } from '../src/nlu/inline.ts'
import type { Asked, EviDialogue, EviTurn } from './evi-data.ts'

/** When the callers called, roughly: two-digit years and "in the past" are judged by it. */
const NOW = '2022-03-01T10:00:00'
/** More questions than any dialogue of three answers has. */
const QUESTIONS_MAX = 24

const nlu = createInlineNlu()

export function factoryTemplate(id: string): CompiledTemplate {
  const file = new URL(`../templates/universal/${id}.json`, import.meta.url)
  const compiled = compile(JSON.parse(readFileSync(file, 'utf8')))
  if (!compiled.ok) throw new Error(`${id}: ${compiled.faults.map(({ path, msg }) => `${path}: ${msg}`).join('; ')}`)
  return compiled.template
}

/**
 * How a caller answers "…, is that right?". `careful`: yes to the right value, no to any other, then gives the next recorded
 * answer. `agreeing`: yes to whatever is offered, so that the first complete value counts.
 */
export type Temper = 'careful' | 'agreeing'

export interface Outcome {
  /** `taken`: the form ended with a value. `givenUp`: it ended without one, or the caller had nothing more to say. */
  readonly end: 'taken' | 'givenUp'
  readonly value?: Value
  readonly right: boolean
  /** Nobody was asked whether it is right. */
  readonly unconfirmed: boolean
  /** Recorded answers used, 1 to 3, silence included. */
  readonly attempts: number
  /** All turns of the caller: answers, silences, yes and no. */
  readonly turns: number
  /** Values offered for confirmation, in turn. */
  readonly offered: readonly Value[]
}

/** Plays one item of one caller against the real engine, from the first question to the end. */
export class Call {
  readonly #template: CompiledTemplate
  readonly #asked: Asked
  readonly #dialogue: EviDialogue
  readonly #firstBest: boolean
  #state: DialogueState = NEW_STATE
  #taken: DatumState | undefined
  #confirmed = false

  constructor(template: CompiledTemplate, asked: Asked, dialogue: EviDialogue, firstBest: boolean) {
    this.#template = template
    this.#asked = asked
    this.#dialogue = dialogue
    this.#firstBest = firstBest
    const { id, locale } = dialogue
    this.#input({ type: 'started', cid: id, locale, vars: {}, commandsOff: [], localNow: NOW })
  }

  run(answers: readonly EviTurn[], temper: Temper): Outcome {
    const offered: Value[] = []
    let used = 0
    let turns = 0
    while (this.#state.phase !== 'closed' && this.#state.phase !== 'handoff' && turns < QUESTIONS_MAX) {
      if (this.#state.phase === 'confirming') {
        const value = datumOf(this.#state, this.#asked.datum).value as Value
        offered.push(value)
        this.#say(temper === 'agreeing' || this.#asked.isRight(value, this.#dialogue.truth) ? 'yes' : 'no', [])
      } else {
        const answer = answers[used]
        if (answer === undefined) break
        used++
        this.#answer(answer)
      }
      turns++
    }
    return this.#outcome(used, turns, offered)
  }

  #answer({ text, nbest }: EviTurn): void {
    if (text === '') this.#input({ type: 'noInput', localNow: NOW })
    else this.#say(text, this.#firstBest ? [] : nbest.filter((hypothesis) => hypothesis !== text))
  }

  #say(text: string, others: readonly string[]): void {
    const interpretation = nlu.one({
      tenant: 'evi',
      cid: this.#dialogue.id,
      text,
      alternatives: others.slice(0, 10).map((hypothesis) => ({ text: hypothesis, confidence: 0 })),
      locale: this.#dialogue.locale,
      country: 'GB',
      localNow: NOW,
      tz: 'Europe/London',
      expectations: expectations(this.#template, this.#state),
      deadlineMs: 1_000,
    })
    this.#input({ type: 'utterance', interpretation, localNow: NOW })
  }

  #input(input: Input): void {
    const { facts, state } = decide(this.#template, this.#state, input)
    this.#state = state
    for (const fact of facts) {
      if (fact.type !== 'datumConfirmed' && fact.type !== 'datumAccepted') continue
      this.#taken = datumOf(state, this.#asked.datum)
      this.#confirmed = fact.type === 'datumConfirmed'
    }
  }

  #outcome(attempts: number, turns: number, offered: readonly Value[]): Outcome {
    const value = this.#taken?.value
    const common = { attempts, turns, offered }
    if (value === undefined) return { end: 'givenUp', right: false, unconfirmed: false, ...common }
    const right = this.#asked.isRight(value, this.#dialogue.truth)
    return { end: 'taken', value, right, unconfirmed: !this.#confirmed, ...common }
  }
}
