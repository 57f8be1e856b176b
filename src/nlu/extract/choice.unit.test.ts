import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../dialogue/interpretation.ts'
import type { ChoiceItem } from '../../dialogue/template.ts'
import { slot, understand } from '../testing/ask.ts'

const item = (id: string, label: string, ...synonyms: string[]): ChoiceItem => {
  const everywhere = <T>(value: T): Record<string, T> => ({ en: value, it: value, es: value, fr: value, de: value })
  return { id, label: everywhere(label), synonyms: everywhere(synonyms) }
}
const STATIONS = [
  item('mi', 'Milano'),
  item('mic', 'Milano Centrale'),
  item('rt', 'Roma Termini', 'capitale'),
  item('rti', 'Roma Tiburtina'),
  item('fi', 'Firenze Santa Maria Novella', 'SMN'),
]

function choose(text: string, locale = 'it', values: readonly ChoiceItem[] = STATIONS): Candidate | undefined {
  return understand(text, { slots: [slot('choice', { contract: { values } })], locale }).candidates[0]
}

describe('one of a list', () => {
  it.each([
    ['milano', 'mi'],
    ['milano centrale', 'mic'],
    ['milano centralle', 'mic'],
    ['vorrei milano centrae', 'mic'],
    ['la stazione termini', 'rt'],
    ['alla capitale', 'rt'],
    ['firenze', 'fi'],
    ['santa maria novella', 'fi'],
    ['S.M.N.', undefined],
    ['smn', 'fi'],
    ['tiburtna', 'rti'],
    ['non milano, firenze', 'fi'],
    ['milano, anzi roma termini', 'rt'],
    ['napoli', undefined],
    ['non lo so', undefined],
  ])('is found in "%s"', (text, id) => {
    expect(choose(text)?.value).toBe(id)
  })

  it.each([
    ['en', 'the second one', 'mic'],
    ['en', 'number three', 'rt'],
    ['it', 'la terza', 'rt'],
    ['it', "l'ultima", 'fi'],
    ['es', 'la segunda', 'mic'],
    ['es', 'la última', 'fi'],
    ['fr', 'le deuxième', 'mic'],
    ['fr', 'la dernière', 'fi'],
    ['de', 'der zweite', 'mic'],
    ['de', 'die letzte', 'fi'],
    ['de', 'Nummer drei', 'rt'],
    ['en', '4', 'rti'],
  ])('is told by its place in %s: "%s"', (locale, text, id) => {
    expect(choose(text, locale)?.value).toBe(id)
  })

  it('has two readings where two items are as likely', () => {
    expect(choose('roma')).toMatchObject({ value: 'rt', other: 'rti', confidence: 0.6 })
    expect(choose('milano o roma termini')).toMatchObject({ value: 'mi', other: 'rt', confidence: 0.6 })
    const twins = [item('a', 'Springfield'), item('b', 'Springfield'), item('c', 'Shelbyville')]
    expect(choose('Springfield', 'en', twins)).toMatchObject({ value: 'a', other: 'b' })
  })

  it('is the other reading where the first was refused', () => {
    const asked = slot('choice', { contract: { values: STATIONS }, rejected: ['rt'] })
    const { candidates } = understand('roma', { slots: [asked], locale: 'it' })
    expect(candidates[0]).toMatchObject({ value: 'rti' })
  })

  it('may have marks and figures in its name', () => {
    const values = [item('c', 'C'), item('cpp', 'C++'), item('day', '24/7 support'), item('w6', 'Wi-Fi 6')]
    expect(choose('c++', 'en', values)?.value).toBe('cpp')
    expect(choose('24/7 support', 'en', values)?.value).toBe('day')
    expect(choose('wifi 6', 'en', values)?.value).toBe('w6')
  })

  it('is found with two errors among five thousand, also inside a sentence', () => {
    const values = Array.from({ length: 5_000 }, (_, i) => item(`v${i}`, `Via ${word(i)} ${word(i * 7 + 3)}`))
    const [a, b] = [word(4_321), word(4_321 * 7 + 3)]
    expect(choose(`via ${a}x ${b.slice(1)}`, 'it', values)?.value).toBe('v4321')
    expect(choose(`abito in via x${a} ${b}y`, 'it', values)?.value).toBe('v4321')
  })
})

/** Distinct made-up words for numbers. */
function word(i: number): string {
  const syllables = ['ka', 'le', 'mir', 'no', 'pu', 'ras', 'se', 'ti', 'vo', 'zul']
  return String(i)
    .split('')
    .map((digit) => syllables[Number(digit)])
    .join('')
}
