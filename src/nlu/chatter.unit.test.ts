import { describe, expect, it } from 'vitest'
import type { Candidate, SlotExpectation } from '../dialogue/interpretation.ts'
import type { DatumType } from '../dialogue/template.ts'
import { extractors } from './extract/extractors.ts'
import { slot, understand } from './testing/ask.ts'
import { chatter as german } from './testing/chatter/de.ts'
import { chatter as english } from './testing/chatter/en.ts'
import { chatter as spanish } from './testing/chatter/es.ts'
import { chatter as french } from './testing/chatter/fr.ts'
import { chatter as italian } from './testing/chatter/it.ts'

const PLANS = [
  { id: 'basic', label: { en: 'basic plan' } },
  { id: 'premium', label: { en: 'premium plan' } },
]

const listening = (type: DatumType): SlotExpectation => {
  const contract =
    type === 'choice'
      ? { values: PLANS }
      : type === 'pattern'
        ? { pattern: '[A-Z]{3}[0-9]{6}' }
        : type === 'quantity'
          ? { unit: 'kWh' }
          : {}
  return slot(type, {
    attention: 'listening',
    contract,
    names: type === 'number' ? ['guests', 'ospiti', 'huéspedes', 'Gäste'] : [],
  })
}

const ALL = (Object.keys(extractors) as DatumType[]).map(listening)
const MINIMUM = 150

interface Said {
  readonly text: string
  readonly allowed: readonly string[]
}

const said = (chatter: string): Said[] =>
  chatter
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [text = '', allowed = ''] = line.split(' > ')
      return { text, allowed: allowed.split(' ') }
    })

/** What was taken and must not be, as "type: words". */
const invented = (locale: string, { text, allowed }: Said, slots: readonly SlotExpectation[]): string[] =>
  understand(text, { slots, locale, commands: [] })
    .candidates.filter(({ slot: type }: Candidate) => !allowed.includes(type))
    .map(({ slot: type, start, end }) => `${text} · ${type}: ${text.slice(start, end)}`)

describe.each([
  ['en', english],
  ['it', italian],
  ['es', spanish],
  ['fr', french],
  ['de', german],
])('everyday sentences in %s', (locale, chatter) => {
  const sentences = said(chatter)

  it('are enough to tell', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(MINIMUM)
  })

  it('give nothing to a form that listens for every type of datum', () => {
    expect(sentences.flatMap((sentence) => invented(locale, sentence, ALL))).toEqual([])
  })

  it('give nothing to a datum that listens alone', () => {
    expect(ALL.flatMap((alone) => sentences.flatMap((sentence) => invented(locale, sentence, [alone])))).toEqual([])
  })

  it('give what is marked to the datum that listens for it', () => {
    const missed = sentences.flatMap(({ text, allowed }) =>
      allowed
        .filter((type) => type !== '')
        .filter(
          (type) => understand(text, { slots: [listening(type as DatumType)], locale, commands: [] }).candidates.length === 0,
        )
        .map((type) => `${text} · ${type}`),
    )
    expect(missed).toEqual([])
  })
})
