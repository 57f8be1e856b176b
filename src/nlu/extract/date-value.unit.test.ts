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
})
