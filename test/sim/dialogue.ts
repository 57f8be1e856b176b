import { readFileSync } from 'node:fs'
import type { Template } from '../../src/dialogue/template.ts'
import { createInlineNlu } from '../../src/nlu/inline.ts'
import type { Nlu, NluAnswer } from '../../src/nlu/port.ts'
import type { SimProcess } from './process.ts'
import type { SeededRandom } from './random.ts'

const NO_INPUT_MS = 3000
/** Shares of requests that a worker answers later, and that are refused. */
const LATER = 0.2
const REFUSED = 0.01
const LATER_MS = 40

export const TEMPLATE = 'date-of-birth'

let template: Template | undefined

/** The factory's date of birth, which also asks when it hears nothing for some seconds. */
export function simTemplate(id: string): Template | undefined {
  if (id !== TEMPLATE) return undefined
  template ??= withSilence(
    JSON.parse(readFileSync(new URL(`../../templates/universal/${TEMPLATE}.json`, import.meta.url), 'utf8')) as Template,
  )
  return template
}

function withSilence(source: Template): Template {
  return { ...source, data: source.data.map((datum) => ({ ...datum, noInputMs: NO_INPUT_MS })) }
}

/** What clients say: answers, corrections, commands, nonsense; with nonsense the bot hands over to an operator and falls silent. */
export const WORDS = [
  '14 December 1980',
  'december 1980',
  'the 14th',
  'no, the 15th',
  'yes',
  'no',
  'help',
  'repeat',
  'I would rather talk about the weather',
  'purple monkey dishwasher',
  'operator',
  '03/04/05',
] as const

const inline = createInlineNlu()

/** The interpreter, at once or as from a worker: after a while, seldom refused. */
export function simNlu(process: SimProcess, random: SeededRandom): Nlu {
  return {
    interpret: (batch) => {
      if (random.chance(REFUSED)) return batch.map((): NluAnswer => ({ refused: 'full', msg: 'the queue is full' }))
      const answers = inline.interpret(batch)
      if (!random.chance(LATER)) return answers
      return new Promise((resolve) => process.clock.setTimer(random.delay(0, LATER_MS), () => resolve(answers)))
    },
    close: async () => {},
  }
}
