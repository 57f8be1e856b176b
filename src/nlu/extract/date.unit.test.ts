import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import { gist, slot, take, understand } from '../testing/ask.ts'

const past = { prefer: 'past' } as const
const future = { prefer: 'future' } as const
const known = (current: SlotExpectation['current'], part?: string): Partial<SlotExpectation> =>
  part === undefined ? { current: current as string } : { current: current as string, part }

describe('a date that was asked for', () => {
  it.each([
    ['en', '14 december 1980'],
    ['en', '14/12/1980'],
    ['en', '14.12.1980'],
    ['en', '1980-12-14'],
    ['en', 'December 14th, 1980'],
    ['en', 'the fourteenth of december nineteen eighty'],
    ['en', '14-Dec-80'],
    ['en', "14 dec '80"],
    ['en', 'it was on the 14th of December, 1980'],
    ['en', 'Sunday 14 December 1980'],
    ['en', '14 12 1980'],
    ['en', '14121980'],
    ['en', '1412 1980'],
    ['en', 'the 14th of the 12th 1980'],
    ['en', 'fourteen twelve nineteen eighty'],
    ['en', '14,12,1980'],
    ['en-US', '12/14/1980'],
    ['en-US', 'december fourteen nineteen eighty'],
    ['en-US', '14/12/1980'],
    ['it', '14 dicembre 1980'],
    ['it', 'il 14/12/1980'],
    ['it', 'quattordici dicembre millenovecentottanta'],
    ['it', 'il quattordici dicembre mille novecento ottanta'],
    ['it', 'sono nato il 14 dicembre del 1980'],
    ['it', "14 dicembre dell'80"],
    ['it', 'domenica 14 dicembre 1980'],
    ['it', 'quattordici dodici ottanta'],
  ])('reads %s "%s" whole', (locale, text) => {
    expect(take('date', locale, text, past)).toBe('1980-12-14')
  })

  it.each([
    ['en', 'december 1980', { year: 1980, month: 12 }],
    ['en', 'december nineteen eighty', { year: 1980, month: 12 }],
    ['en', '12/1980', { year: 1980, month: 12 }],
    ['en', 'the 14th', { day: 14 }],
    ['en', '14', { day: 14 }],
    ['en', 'december', { month: 12 }],
    ['en', 'may', { month: 5 }],
    ['en', '1980', { year: 1980 }],
    ['en', '14 december', { day: 14, month: 12 }],
    ['it', 'dicembre 1980', { year: 1980, month: 12 }],
    ['it', 'il 14', { day: 14 }],
    ['it', 'il quattordici', { day: 14 }],
    ['it', 'primo gennaio', { day: 1, month: 1 }],
    ['it', "nell'81", { year: 1981 }],
  ])('keeps to the parts that were said in %s "%s"', (locale, text, parts) => {
    expect(take('date', locale, text, past)).toEqual(parts)
  })

  it.each([
    ['en', 'yesterday', '2026-11-19'],
    ['en', 'tomorrow', '2026-11-21'],
    ['en', 'the day after tomorrow', '2026-11-22'],
    ['en', 'in 3 days', '2026-11-23'],
    ['en', 'two weeks ago', '2026-11-06'],
    ['en', 'next friday', '2026-11-27'],
    ['en', 'monday', '2026-11-23'],
    ['en', 'the 25th', '2026-11-25'],
    ['en', 'the 2nd', '2026-12-02'],
    ['en', '3 february', '2027-02-03'],
    ['it', 'ieri', '2026-11-19'],
    ['it', 'domani', '2026-11-21'],
    ['it', 'dopodomani', '2026-11-22'],
    ['it', "l'altro ieri", '2026-11-18'],
    ['it', 'tra tre giorni', '2026-11-23'],
    ['it', 'due settimane fa', '2026-11-06'],
    ['it', 'venerdì prossimo', '2026-11-27'],
    ['it', 'lunedì', '2026-11-23'],
    ['it', 'il 20 del prossimo mese', '2026-12-20'],
  ])('reckons %s "%s" from the local day', (locale, text, value) => {
    expect(take('date', locale, text, future)).toBe(value)
  })

  it.each([
    ['en', '31 February 1990'],
    ['en', '29 February 2023'],
    ['en', '45/12/1980'],
    ['it', '31 febbraio 1990'],
    ['it', '31/4/1990'],
  ])('says that %s "%s" does not exist', (locale, text) => {
    expect(take('date', locale, text, past)).toBe('no-such-date')
  })

  it('allows 29 February without a year', () => {
    expect(take('date', 'en', '29 february', past)).toEqual({ day: 29, month: 2 })
  })

  it('gives both readings of figures that have two, in the order of the locale', () => {
    const both = (locale: string): unknown => understand('03/04/05', { slots: [slot('date')], locale }).candidates[0]
    expect(both('en')).toMatchObject({ value: '2005-04-03', other: '2005-03-04' })
    expect(both('it')).toMatchObject({ value: '2005-04-03', other: '2005-03-04' })
    expect(both('en-US')).toMatchObject({ value: '2005-03-04', other: '2005-04-03' })
  })

  it('settles the century of two figures by where the date is looked for', () => {
    expect(take('date', 'en', '1/2/30', past)).toBe('1930-02-01')
    expect(take('date', 'en', '1/2/30', future)).toBe('2030-02-01')
  })

  it.each([
    ['en', 'asdf'],
    ['en', 'I have 3 cats'],
    ['en', 'I may not know'],
    ['en', 'call 333 1234567'],
    ['en', 'half past three'],
    ['it', 'sei gentile'],
    ['it', 'non lo so'],
  ])('finds nothing in %s "%s"', (locale, text) => {
    expect(take('date', locale, text, past)).toBeUndefined()
  })

  it('does not take a date that was refused for the one that was meant', () => {
    expect(take('date', 'en', 'not the 14th, the 15th', past)).toEqual({ day: 15 })
  })
})

describe('one part of a date that was asked for', () => {
  it.each([
    ['day', '14', { day: 14 }],
    ['day', 'the 14th', { day: 14 }],
    ['day', 'fourteen', { day: 14 }],
    ['month', '12', { month: 12 }],
    ['month', 'december', { month: 12 }],
    ['year', '80', { year: 1980 }],
    ['year', 'nineteen eighty', { year: 1980 }],
  ])('takes the %s from "%s"', (part, text, parts) => {
    expect(take('date', 'en', text, past, { part })).toEqual(parts)
  })

  it('checks the day against the month that is known', () => {
    expect(take('date', 'en', '31', past, { part: 'day', current: { month: 2, year: 1980 } })).toBe('no-such-date')
    expect(take('date', 'it', 'il 14', past, { part: 'day', current: { month: 12, year: 1980 } })).toEqual({ day: 14 })
  })
})

describe('a date under confirmation', () => {
  const correct = (text: string, locale = 'en', parts = ['day', 'month', 'year']): unknown =>
    gist(
      understand(text, {
        slots: [slot('date', { attention: 'correcting', contract: past, parts, ...known('1980-12-14') })],
        yesNo: true,
        locale,
      }).candidates[0],
    )

  it.each([
    ['en', 'no, the 15th', { day: 15 }],
    ['en', 'no 15', { day: 15 }],
    ['en', '1981', { year: 1981 }],
    ['en', 'no, january', { month: 1 }],
    ['en', 'no, the year is 1981', { year: 1981 }],
    ['en', 'no, 15 december 1981', '1981-12-15'],
    ['it', 'no, il 15', { day: 15 }],
    ['it', 'no, gennaio', { month: 1 }],
    ['it', "no, l'anno è 1981", { year: 1981 }],
  ])('is corrected by %s "%s"', (locale, text, expected) => {
    expect(correct(text, locale)).toEqual(expected)
  })

  it('is left alone by a plain yes or no', () => {
    expect(correct('yes')).toBeUndefined()
    expect(correct('no')).toBeUndefined()
  })

  it('is given whole when the datum has no parts to merge', () => {
    expect(correct('no, the 15th', 'en', [])).toBe('1980-12-15')
  })
})

describe('a date that nobody asked for', () => {
  const birth = slot('date', {
    slot: 'birthDate',
    attention: 'listening',
    contract: past,
    names: ['date of birth', 'data di nascita'],
  })
  const hear = (text: string, locale = 'en', more: readonly SlotExpectation[] = []): unknown[] =>
    understand(text, { slots: [slot('full-name'), birth, ...more], locale })
      .candidates.filter((candidate) => candidate.slot === 'birthDate')
      .map(gist)

  it('counts when it is whole, or was announced', () => {
    expect(hear('Mario Rossi, 14 december 1980')).toEqual(['1980-12-14'])
    expect(hear('born in december 1980')).toEqual([{ year: 1980, month: 12 }])
    expect(hear('nato il 14 dicembre 1980', 'it')).toEqual(['1980-12-14'])
  })

  it('does not count otherwise', () => {
    expect(hear('I called yesterday')).toEqual([])
    expect(hear('I called on the 14th')).toEqual([])
  })

  it('needs its name where two data could take it', () => {
    const visit = slot('date', { slot: 'visit', attention: 'listening', names: ['visit'] })
    expect(hear('14 december 1980', 'en', [visit])).toEqual([])
    expect(hear('my date of birth is 14 december 1980', 'en', [visit])).toEqual(['1980-12-14'])
  })
})

describe('an appointment that nobody asked for yet', () => {
  const visit = slot('date', { slot: 'visit', attention: 'listening', contract: future })
  const hear = (text: string): unknown[] =>
    understand(text, { slots: [slot('full-name'), visit], locale: 'en' })
      .candidates.filter((candidate) => candidate.slot === 'visit')
      .map(gist)

  it('counts when it plainly lies ahead', () => {
    expect(hear("I'm Mario Rossi and I'd like to come tomorrow")).toEqual(['2026-11-21'])
    expect(hear('could you see me on 12 february')).toEqual(['2027-02-12'])
  })

  it('does not count when it is only mentioned', () => {
    expect(hear('how are you today')).toEqual([])
    expect(hear('I called yesterday')).toEqual([])
    expect(hear('I called on the 14th')).toEqual([])
  })
})
