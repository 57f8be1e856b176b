import { describe, expect, it } from 'vitest'
import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import { gist, slot, understand } from '../testing/ask.ts'

const past = { prefer: 'past' } as const
const known = (current: SlotExpectation['current']): Partial<SlotExpectation> => ({ current: current as string })

describe('a date of no particular direction', () => {
  const both = (text: string, locale = 'en'): unknown => understand(text, { slots: [slot('date')], locale }).candidates[0]

  it('is the next one, with the last one as the other reading, and keeps the parts that were said', () => {
    expect(both('14 december')).toMatchObject({ value: '2026-12-14', other: '2025-12-14', parts: { month: 12, day: 14 } })
    expect(both('the 14th')).toMatchObject({ value: '2026-12-14', other: '2026-11-14', parts: { day: 14 } })
    expect(both('29 february')).toMatchObject({ value: '2028-02-29', other: '2024-02-29', parts: { month: 2, day: 29 } })
  })

  it('is the one just passed where that was within a month', () => {
    expect(both('5 november')).toMatchObject({ value: '2026-11-05', other: '2027-11-05' })
    expect(both('20 october')).toMatchObject({ value: '2026-10-20', other: '2027-10-20' })
    expect(both('19 october')).toMatchObject({ value: '2027-10-19', other: '2026-10-19' })
    expect(understand('5 november', { slots: [slot('date', { contract: { prefer: 'future' } })] }).candidates[0]).toMatchObject({
      value: '2027-11-05',
    })
  })

  it('is the day of this month where the weekday says so', () => {
    expect(both('thursday the 12th')).toMatchObject({ value: '2026-11-12' })
    expect(both('venerdì 27', 'it')).toMatchObject({ value: '2026-11-27' })
  })

  it('gives both Fridays that "next Friday" may be', () => {
    expect(
      understand('next wednesday', { slots: [slot('date')], locale: 'en', localNow: '2026-11-16T09:00:00' }).candidates[0],
    ).toMatchObject({ value: '2026-11-25', other: '2026-11-18' })
  })

  it('means no day where months or years are counted', () => {
    expect(both('in three months')).toMatchObject({ value: '2027-02-20', parts: { year: 2027, month: 2 } })
    expect(both('two years ago')).toMatchObject({ value: '2024-11-20', parts: { year: 2024, month: 11 } })
  })

  it.each([
    ['en', '45 years ago'],
    ['it', '45 anni fa'],
    ['es', 'hace 45 años'],
    ['fr', 'il y a 45 ans'],
    ['de', 'vor 45 Jahren'],
  ])('means no month either where many years are counted: %s "%s"', (locale, text) => {
    const candidate = understand(text, { slots: [slot('date')], locale }).candidates[0]
    expect([candidate?.value, candidate?.parts]).toEqual([undefined, { year: 1981 }])
  })

  it('is not filled up with a day where the past is asked for', () => {
    const born = (text: string): unknown => {
      const candidate = understand(text, { slots: [slot('date', { contract: past })] }).candidates[0]
      return [candidate?.value, candidate?.parts]
    }
    expect(born('two years ago')).toEqual([undefined, { year: 2024 }])
    expect(born('three months ago')).toEqual([undefined, { year: 2026, month: 8 }])
    expect(born('two weeks ago')).toEqual(['2026-11-06', undefined])
  })

  it('gives both Mondays that "Montag in einer Woche" may be', () => {
    expect(both('Montag in einer Woche', 'de')).toMatchObject({ value: '2026-11-23', other: '2026-11-30' })
    expect(both('lunedì tra una settimana', 'it')).toMatchObject({ value: '2026-11-23', other: '2026-11-30' })
    expect(both('Freitag in einer Woche', 'de')).not.toHaveProperty('other')
  })

  it('is less sure where the weekday does not fit', () => {
    expect(both('monday 14 december 1980')).toMatchObject({ value: '1980-12-14', confidence: 0.7 })
    expect(both('sunday 14 december 1980')).toMatchObject({ value: '1980-12-14', confidence: 0.97 })
  })
})

describe('a correction in every language', () => {
  it.each([
    ['en', 'not the 15th, the 16th'],
    ['it', 'non il 15, il 16'],
    ['it', 'no, il sedici'],
    ['es', 'no es el 15 sino el 16'],
    ['es', 'no, el dieciséis'],
    ['fr', "ce n'est pas le 15 mais le 16"],
    ['fr', 'non, le seize'],
    ['de', 'nicht der 15., sondern der 16.'],
    ['de', 'nein, am sechzehnten'],
  ])('replaces just the day in %s "%s"', (locale, text) => {
    const date = slot('date', { attention: 'correcting', contract: past, ...known('1980-12-15') })
    expect(understand(text, { slots: [date], yesNo: true, locale }).candidates.map(gist)).toEqual([{ day: 16 }])
  })

  it.each([
    ['en', 'no, 81'],
    ['en', 'no, in 81'],
    ['it', 'no, del 81'],
    ['it', 'no, ottantuno'],
    ['es', 'no, del 81'],
    ['es', 'no, 81'],
    ['fr', 'non, 81'],
    ['de', 'nein, 81'],
    ['de', 'nein, einundachtzig'],
  ])('takes two figures that can be no day for the year: %s "%s"', (locale, text) => {
    const date = slot('date', { attention: 'correcting', contract: past, ...known('1980-12-14') })
    expect(understand(text, { slots: [date], yesNo: true, locale }).candidates.map(gist)).toEqual([{ year: 1981 }])
  })

  it('takes two figures for a day where they can be one, and for nothing where something else may be meant', () => {
    const date = slot('date', { attention: 'correcting', contract: past, ...known('1980-12-14') })
    const age = slot('number', { attention: 'correcting', current: 80 })
    expect(understand('no, 31', { slots: [date], yesNo: true }).candidates.map(gist)).toEqual([{ day: 31 }])
    const heard = understand('no, 81', { slots: [date, age], yesNo: true }).candidates
    expect(heard.filter((candidate) => candidate.slot === 'date')).toEqual([])
  })
})
