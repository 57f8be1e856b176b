import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

describe('a number', () => {
  it.each([
    ['en', '3', 3],
    ['en', '1,234.5', 1234.5],
    ['en', '1 234 567', 1_234_567],
    ['en', 'twenty-three', 23],
    ['en', 'two hundred and five', 205],
    ['en', 'one million two hundred thousand', 1_200_000],
    ['en', 'three point one four', 3.14],
    ['en', 'a hundred', 100],
    ['en', 'two and a half', 2.5],
    ['en', 'minus two', -2],
    ['en', '.5', 0.5],
    ['en', '10k', 10_000],
    ['it', '1.234,5', 1234.5],
    ['it', '3,5', 3.5],
    ['it', '3.5', 3.5],
    ['it', 'ventitré', 23],
    ['it', 'ventun', 21],
    ['it', 'trecentosessantanove', 369],
    ['it', 'centotto', 108],
    ['it', 'duemilacinque', 2005],
    ['it', 'mille e duecento', 1200],
    ['it', 'tre virgola cinque', 3.5],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('number', locale, text)).toBe(value)
  })

  it('keeps within its bounds', () => {
    expect(take('number', 'en', '5', { min: 10 })).toBe('out-of-range')
    expect(take('number', 'en', '11', { min: 10, max: 12 })).toBe(11)
    expect(take('number', 'en', '2.5', { integer: true })).toBe('out-of-range')
  })

  it('is unsure among several', () => {
    const { candidates } = understand('2 or 3', { slots: [slot('number')] })
    expect(candidates.map((candidate) => [candidate.value, candidate.confidence])).toEqual([
      [2, 0.6],
      [3, 0.6],
    ])
  })

  it('counts unasked only behind its name', () => {
    const people = slot('number', { attention: 'listening', names: ['people'] })
    const hear = (text: string): unknown => gist(understand(text, { slots: [slot('email'), people] }).candidates[0])
    expect(hear('people: 4')).toBe(4)
    expect(hear('I called 4 times')).toBeUndefined()
  })
})

describe('amounts', () => {
  it.each([
    ['en', '$1,234.50', 1234.5, 'USD'],
    ['en', 'twenty pounds', 20, 'GBP'],
    ['en', 'ten dollars and fifty cents', 10.5, 'USD'],
    ['en', '500', 500, 'GBP'],
    ['it', '€ 1.234,50', 1234.5, 'EUR'],
    ['it', 'tre euro e venti', 3.2, 'EUR'],
    ['it', 'dieci euro', 10, 'EUR'],
  ])('of money: %s "%s"', (locale, text, amount, currency) => {
    expect(take('money', locale, text)).toEqual({ amount, currency })
  })

  it.each([
    ['en', '250 kWh', 250, 'kWh'],
    ['en', '1200', 1200, 'kWh'],
    ['it', 'tre chili', 3, 'kg'],
    ['it', '25,5 metri', 25.5, 'm'],
  ])('of things: %s "%s"', (locale, text, amount, unit) => {
    expect(take('quantity', locale, text, { unit: 'kWh' })).toEqual({ amount, unit })
  })
})

describe('a time', () => {
  it.each([
    ['en', '3pm', '15:00', undefined],
    ['en', '15:30', '15:30', undefined],
    ['en', '8.30 pm', '20:30', undefined],
    ['en', 'eleven forty a m', '11:40', undefined],
    ['en', 'noon', '12:00', undefined],
    ['en', '8 in the morning', '08:00', undefined],
    ['en', 'half past three', '15:30', '03:30'],
    ['en', 'quarter to four', '15:45', '03:45'],
    ['en', "nine o'clock", '09:00', '21:00'],
    ['en', 'eight nineteen', '08:19', '20:19'],
    ['it', 'alle tre e mezza', '15:30', '03:30'],
    ['it', 'otto meno un quarto', '07:45', '19:45'],
    ['it', 'alle 8 di sera', '20:00', undefined],
    ['it', 'alle 15 e 30', '15:30', undefined],
    ['it', 'alle 9:30', '09:30', undefined],
    ['it', 'mezzogiorno', '12:00', undefined],
    ['it', 'mezzanotte e mezza', '00:30', undefined],
    ['it', "all'una", '13:00', '01:00'],
    ['it', 'una e mezza', '13:30', '01:30'],
    ['it', 'alle 12 di notte', '00:00', undefined],
  ])('is read from %s "%s"', (locale, text, value, other) => {
    const candidate = understand(text, { slots: [slot('time')], locale }).candidates[0]
    expect([candidate?.value, candidate?.other]).toEqual([value, other])
  })

  it('does not exist past 23:59, and is not invented', () => {
    expect(take('time', 'en', '25:70')).toBe('no-such-time')
    expect(take('time', 'en', '2 apples')).toBeUndefined()
    expect(take('time', 'en', '14/12/1980')).toBeUndefined()
  })
})

describe('a date and time', () => {
  it.each([
    ['en', 'tomorrow at 3pm', '2026-11-21T15:00'],
    ['en', '14 december at 15:30', '2026-12-14T15:30'],
    ['en', 'at noon next monday', '2026-11-23T12:00'],
    ['en', '2026-12-14T15:30', '2026-12-14T15:30'],
    ['en', 'in 15 minutes', '2026-11-20T10:45'],
    ['en', 'in 14 hours', '2026-11-21T00:30'],
    ['it', 'domani alle 15', '2026-11-21T15:00'],
    ['it', 'il 14 dicembre alle 9 di mattina', '2026-12-14T09:00'],
    ['it', "tra un'ora", '2026-11-20T11:30'],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('date-time', locale, text, { prefer: 'future' })).toBe(value)
  })

  it('is the next such time, unsurely, where no day was said', () => {
    const candidate = understand('at 9 am', { slots: [slot('date-time', { contract: { prefer: 'future' } })] }).candidates[0]
    expect(candidate).toMatchObject({ value: '2026-11-21T09:00', confidence: 0.6 })
  })
})

describe('a duration', () => {
  it.each([
    ['en', 'two hours and a half', 'PT2H30M'],
    ['en', 'two and a half hours', 'PT2H30M'],
    ['en', '90 minutes', 'PT90M'],
    ['en', 'half an hour', 'PT30M'],
    ['en', 'a week', 'P1W'],
    ['en', '1 year and 2 months', 'P1Y2M'],
    ['it', "un'ora e mezza", 'PT1H30M'],
    ['it', "mezz'ora", 'PT30M'],
    ['it', 'due ore e 20 minuti', 'PT2H20M'],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('duration', locale, text)).toBe(value)
  })
})
