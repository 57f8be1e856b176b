import type { SlotExpectation } from '../../src/dialogue/interpretation.ts'
import type { ChoiceItem, DatumType } from '../../src/dialogue/template.ts'
import type { InlineNlu } from '../../src/nlu/inline.ts'
import type { NluRequest } from '../../src/nlu/port.ts'
import { row, timings } from './timing.ts'
import { requestOf, slot, UTTERANCES } from './utterances.ts'

const CALLS = 4_000

const CONTRACTS: Readonly<Partial<Record<DatumType, SlotExpectation['contract']>>> = {
  pattern: { pattern: '[A-Z]{2}[0-9]{6}' },
  date: { prefer: 'past' },
}

/** A list as long as an author may give, of words that look alike. */
export function longList(items: number): readonly ChoiceItem[] {
  const heads = ['north', 'south', 'east', 'west', 'upper', 'lower', 'new', 'old', 'great', 'little']
  const tails = ['ton', 'ford', 'ham', 'bury', 'field', 'mouth', 'wick', 'bridge', 'stead', 'worth']
  return Array.from({ length: items }, (_, i) => {
    const middle = i.toString(26).replace(/[0-9]/g, (figure) => 'qrstuvwxyz'.charAt(Number(figure)))
    return { id: `p${i}`, label: { en: `${heads[i % 10]} ${middle}${tails[(i >> 3) % 10]}` } }
  })
}

/** One row per extractor, then one utterance against five active data. */
export function benchExtractors(nlu: InlineNlu, print: (line: string) => void): void {
  for (const [type, said] of Object.entries(UTTERANCES) as [DatumType, readonly (readonly [string, string])[]][]) {
    const one = [slot(type, { contract: CONTRACTS[type] ?? {} })]
    const requests = said.map(([locale, text]) => requestOf(locale, text, one))
    print(row(type, timed(nlu, requests)))
  }
  const values = longList(5_000)
  const choice = [slot('choice', { contract: { values } })]
  const typos = [7, 1234, 2500, 4999].map((i) => requestOf('en', misspelt(values[i]?.label.en ?? ''), choice))
  const began = performance.now()
  nlu.one(typos[0] as NluRequest)
  print(`choice of 5,000: index built and first asked in ${(performance.now() - began).toFixed(1)} ms`)
  print(row('choice of 5,000, misspelt', timed(nlu, typos)))
  print(row('five active data, one utterance', timed(nlu, fiveActive())))
}

function fiveActive(): readonly NluRequest[] {
  const types: readonly DatumType[] = ['full-name', 'date', 'email', 'phone', 'money']
  const five = types.map((type) => slot(type))
  const texts: readonly (readonly [string, string])[] = [
    ['en', "I'm Mario Rossi, born on 14/12/1980, write to mario.rossi@example.com"],
    ['en', 'call me on 0207 946 0958 tomorrow, I will pay fifty pounds'],
    ['it', 'mi chiamo Anna Bianchi, nata il tre maggio 1985, il mio numero è 333 1234567'],
    ['es', 'me llamo Lucía García y nací el 4 de julio de 1991'],
    ['fr', 'je suis Marie Dupont, marie point dupont arobase exemple point fr'],
    ['de', 'Anna Schmidt, geboren am 3. Mai 1979, ich zahle zwanzig Euro'],
    ['en', 'hmm I do not know what to say here'],
    ['en', 'Mario'],
  ]
  return texts.map(([locale, text]) => requestOf(locale, text, five))
}

function timed(nlu: InlineNlu, requests: readonly NluRequest[]): Float64Array {
  return timings((i) => nlu.one(requests[i % requests.length] as NluRequest), CALLS)
}

/** Two letters swapped and one left out. */
function misspelt(text: string): string {
  const at = text.length >> 1
  return text.slice(0, at - 2) + text.charAt(at - 1) + text.charAt(at - 2) + text.slice(at + 1)
}
