import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../dialogue/interpretation.ts'
import { DATUM_TYPES } from '../dialogue/template.ts'
import { createInlineNlu } from './inline.ts'
import { ALL_COMMANDS, gist, requestFor, slot, understand } from './testing/ask.ts'

const registration = (names: readonly [string, string, string, string]): readonly SlotExpectation[] => [
  slot('full-name', { slot: 'fullName', names: [names[0]] }),
  slot('date', { slot: 'birthDate', attention: 'listening', contract: { prefer: 'past' }, names: [names[1]] }),
  slot('email', { slot: 'email', attention: 'listening', names: [names[2]] }),
  slot('phone', { slot: 'phone', attention: 'listening', names: [names[3]] }),
]

describe('one sentence that answers several questions', () => {
  it.each([
    ['en', "I'm Mario Rossi, born on 14/12/1980, write to mario.rossi@example.com", ['name', 'date of birth', 'e-mail', 'phone']],
    [
      'it',
      'Sono Mario Rossi, nato il 14/12/1980, scrivimi a mario.rossi@example.com',
      ['nome', 'data di nascita', 'e-mail', 'telefono'],
    ],
  ] as const)('is taken apart in %s', (locale, text, names) => {
    const { candidates } = understand(text, { slots: registration(names), locale })
    expect(candidates.map((candidate) => [candidate.slot, gist(candidate), text.slice(candidate.start, candidate.end)])).toEqual([
      ['fullName', { first: 'Mario', last: 'Rossi' }, 'Mario Rossi'],
      ['birthDate', '1980-12-14', locale === 'it' ? 'il 14/12/1980' : '14/12/1980'],
      ['email', 'mario.rossi@example.com', 'mario.rossi@example.com'],
    ])
  })
})

describe('what was asked and what was not', () => {
  const slots = (names: readonly [string, string, string, string]) => registration(names)
  const gists = (locale: string, text: string, names: readonly [string, string, string, string]) =>
    understand(text, { slots: slots(names), locale }).candidates.map((candidate) => [candidate.slot, gist(candidate)])

  it.each([
    ['en', 'mario rossi born 14 December 1980', ['name', 'date of birth', 'e-mail', 'phone']],
    ['it', 'mario rossi nato il 14 dicembre 1980', ['nome', 'data di nascita', 'e-mail', 'telefono']],
    ['es', 'Mario Rossi nacido el 14 de diciembre de 1980', ['nombre', 'fecha de nacimiento', 'correo', 'teléfono']],
    ['fr', 'Mario Rossi né le 14 décembre 1980', ['nom', 'date de naissance', 'e-mail', 'téléphone']],
    ['de', 'Mario Rossi geboren am 14. Dezember 1980', ['Name', 'Geburtsdatum', 'E-Mail', 'Telefon']],
  ] as const)('share one answer without marks: %s "%s"', (locale, text, names) => {
    expect(gists(locale, text, names)).toEqual([
      ['fullName', { first: 'Mario', last: 'Rossi' }],
      ['birthDate', '1980-12-14'],
    ])
  })

  it('leave talk alone', () => {
    const names = ['name', 'date of birth', 'e-mail', 'phone'] as const
    for (const text of ['what do you need that for', 'can I call you back later', 'fitness at 6.40', 'is that a question'])
      expect(gists('en', text, names)).toEqual([])
  })
})

describe('alternatives of a speech recogniser', () => {
  const asked = { slots: [slot('date')], commands: [] }

  it('are used when they answer better than the text', () => {
    const alternatives = [
      { text: 'for tenth of december nineteen ate tea', confidence: 0.6 },
      { text: '14th of december 1980', confidence: 0.5 },
    ]
    const answer = understand('for teen of disembark', { ...asked, alternatives })
    expect([answer.alternative, answer.text, gist(answer.candidates[0])]).toEqual([2, '14th of december 1980', '1980-12-14'])
  })

  it('are not looked at when the text is sure, and do not matter when none is understood', () => {
    const alternatives = [{ text: '15 december 1980', confidence: 0.9 }]
    expect(understand('14 december 1980', { ...asked, alternatives }).alternative).toBe(0)
    expect(understand('asdf', { ...asked, alternatives: [{ text: 'qwer', confidence: 0.9 }] })).toMatchObject({
      text: 'asdf',
      alternative: 0,
    })
  })
})

describe('what is read of a text', () => {
  it('ends at 2,000 characters, never inside a surrogate pair', () => {
    const text = `${'a'.repeat(1_999)}😀 mario@example.com`
    const answer = understand(text, { slots: [slot('email')] })
    expect(answer.text).toBe('a'.repeat(1_999))
    expect(answer.candidates).toEqual([])
  })

  it('is answered in the order of the requests, faults apart', () => {
    const nlu = createInlineNlu()
    const good = requestFor('mario@example.com', { slots: [slot('email')] })
    const bad = {
      ...good,
      expectations: { ...good.expectations, slots: [{ ...slot('email'), type: 'no-such-type' as 'email' }] },
    }
    expect(nlu.interpret([bad, good])).toMatchObject([{ refused: 'failed' }, { candidates: [{ value: 'mario@example.com' }] }])
  })
})

const everything: readonly SlotExpectation[] = DATUM_TYPES.map((type, i) =>
  slot(type, {
    slot: `s${i}`,
    attention: i === 0 ? 'active' : (['active', 'listening', 'correcting'] as const)[i % 3],
    contract: { pattern: '[A-Z]+[0-9]*', values: [{ id: 'x', label: { en: 'word', it: 'parola' } }] },
    names: ['thing', 'cosa'],
    ...(type === 'full-name' ? { current: { first: 'Mario', last: 'Rossi' } } : {}),
  } as Partial<SlotExpectation>),
)

const PIECES = [
  'no, the 15th with two s not Rosi ',
  'il 14 dicembre millenovecentottanta ',
  'mario dot rossi at example dot com ',
  'double three oh seven ',
  'half past three ',
  'I am ',
  '+39 ',
  '14/12/1980 ',
  '€ 3,50 ',
  'à ',
  '👍🏽 ',
  '@',
  '. ',
]

describe('any text at all', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  )

  it('is interpreted without a throw, and every span lies in it', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'en-US', 'it', 'xx'), (said, locale) => {
        const answer = understand(said, { slots: everything, yesNo: true, locale, commands: ALL_COMMANDS })
        const spans = [...answer.candidates, ...(answer.yesNo === undefined ? [] : [answer.yesNo])]
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(answer.text.length)
        }
        for (const candidate of answer.candidates) {
          expect(candidate.confidence).toBeGreaterThan(0)
          expect(candidate.confidence).toBeLessThanOrEqual(1)
          if (candidate.invalid !== undefined) expect([candidate.value, candidate.parts]).toEqual([undefined, undefined])
          else expect(candidate.value ?? candidate.parts).toBeDefined()
        }
      }),
      { numRuns: 600 },
    )
  })

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(text, (said) => {
        const asked = { slots: everything, yesNo: true }
        expect(understand(said, asked)).toEqual(understand(said, asked))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    'a',
    '1',
    '@',
    'a@',
    '.',
    '1.',
    'venti',
    'cent',
    'one hundred ',
    'and ',
    'at dot ',
    'a b ',
    'the 1 ',
    'no ',
    'Mario ',
    'de ',
    '1/',
    '- ',
    '(',
    '+1 ',
    'è ',
    '👍',
    'cento e ',
    'I am ',
    'double ',
    'next ',
    'march ',
  ])('is read in time, though it says "%s" for 2,000 characters', (piece) => {
    const said = piece.repeat(Math.ceil(2_000 / piece.length))
    understand(said, { slots: everything, yesNo: true })
    const began = performance.now()
    for (const locale of ['en', 'it']) understand(said, { slots: everything, yesNo: true, locale })
    expect(performance.now() - began).toBeLessThan(250)
  })
})

describe('a second reading', () => {
  it('is not given where it says the same as the first', () => {
    for (const text of ['20', 'the 20th']) {
      const candidate = understand(text, { slots: [slot('date')] }).candidates[0]
      expect(candidate?.value).toBe('2026-11-20')
      expect(candidate?.other).toBeUndefined()
    }
  })
})
