import { describe, expect, it } from 'vitest'
import { advent, easter, nth, on } from '../lexicon/feast.ts'
import { slot, take, understand } from '../testing/ask.ts'
import { dayOf, isoDay } from './calendar.ts'
import { easterOf, feastDay, nearestFeast, nthWeekday } from './date-feasts.ts'

const iso = (days: number | undefined): string | undefined => {
  if (days === undefined) return undefined
  const { year, month, day } = dayOf(days)
  return isoDay(year, month, day)
}

describe('holidays that move', () => {
  it.each([
    [1961, '1961-04-02'],
    [1980, '1980-04-06'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('put Easter %i on %s', (year, day) => {
    expect(iso(easterOf(year))).toBe(day)
  })

  it('count from Easter, from a month and from Christmas', () => {
    expect(iso(feastDay(easter(49), 2022))).toBe('2022-06-05')
    expect(iso(feastDay(nth(4, 4, 11), 2026))).toBe('2026-11-26')
    expect(iso(feastDay(nth(-1, 1, 5), 2027))).toBe('2027-05-31')
    expect(iso(feastDay(nth(4, 4, 11, 1), 2026))).toBe('2026-11-27')
    expect(iso(feastDay(advent(1), 2026))).toBe('2026-11-29')
    expect(iso(feastDay(advent(4), 2023))).toBe('2023-12-24')
    expect(iso(feastDay(advent(0), 2026))).toBe('2026-11-22')
  })

  it('have no fifth weekday in a month that has four', () => {
    expect(nthWeekday(2027, 2, 1, 5)).toBeUndefined()
    expect(iso(nthWeekday(2027, 3, 1, 5))).toBe('2027-03-29')
  })

  it('are looked for from a day on, that day included, or before it', () => {
    const now = { year: 2026, month: 12, day: 25, hour: 0, minute: 0, second: 0 }
    expect(iso(nearestFeast(on(12, 25), now, 1))).toBe('2026-12-25')
    expect(iso(nearestFeast(on(12, 25), now, -1))).toBe('2025-12-25')
  })
})

describe('a holiday in an answer', () => {
  it.each([
    ['en', 'the last day of the year', '2026-12-31'],
    ['en', 'easter 2018', '2018-04-01'],
    ['en', 'next easter', '2027-03-28'],
    ['en', 'last easter', '2026-04-05'],
    ['en', 'on black friday', '2026-11-27'],
    ['it', "lunedì dell'angelo 2025", '2025-04-21'],
    ['it', 'due giorni dopo pasqua', '2027-03-30'],
    ['es', 'viernes santo del año que viene', '2027-03-26'],
    ['fr', 'le lundi de pentecôte', '2027-05-17'],
    ['de', 'Palmsonntag 2019', '2019-04-14'],
    ['de', 'Rosenmontag', '2027-02-08'],
    ['de', 'Buß und Bettag 2026', '2026-11-18'],
  ])('is found in %s "%s"', (locale, text, value) => {
    expect(take('date', locale, text)).toBe(value)
  })

  it('keeps to day and month where a birthday is asked, so that the year is asked next', () => {
    expect(take('date', 'en', 'christmas day', { prefer: 'past' })).toEqual({ month: 12, day: 25 })
    expect(take('date', 'it', 'a ferragosto', { prefer: 'past' })).toEqual({ month: 8, day: 15 })
    expect(take('date', 'en', 'christmas day 1980', { prefer: 'past' })).toBe('1980-12-25')
  })

  it('is no everyday word inside a sentence', () => {
    expect(take('date', 'it', 'la repubblica')).toBe('2027-06-02')
    expect(understand('leggo la repubblica ogni mattina', { slots: [slot('date')], locale: 'it' }).candidates).toEqual([])
  })
})
