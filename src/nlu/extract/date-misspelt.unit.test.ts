import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

describe('a month or weekday that is misspelt', () => {
  it.each([
    ['en', '21st of janurary', '2027-01-21'],
    ['en', 'septemer 9 2025', '2025-09-09'],
    ['en', 'thrusday', '2026-11-26'],
    ['en', 'on wensday', '2026-11-25'],
    ['it', '5 febraio 2027', '2027-02-05'],
    ['it', 'il ventitre settenbre 2025', '2025-09-23'],
    ['es', '3 de deciembre', '2026-12-03'],
    ['fr', '5 févirer 2027', '2027-02-05'],
    ['de', '9. Setpember 2025', '2025-09-09'],
    ['de', 'am Donerstag', '2026-11-26'],
  ])('is read for what it is but for one letter (%s: "%s")', (locale, text, day) => {
    expect(take('date', locale, text)).toBe(day)
  })

  it('is less sure than one that is spelt right', () => {
    const sure = (text: string): number =>
      understand(text, { slots: [slot('date')], locale: 'en' }).candidates[0]?.confidence as number
    expect(sure('21st of janurary')).toBeLessThan(sure('21st of january'))
  })

  it.each([
    ['it', 'mi chiamo Augusta Lunedini'],
    ['es', 'quiero abrir una cuenta'],
    ['en', 'an august person'],
    ['fr', 'Madame Marchand'],
  ])('is none in a name or another word (%s: "%s")', (locale, text) => {
    expect(take('date', locale, text)).toBeUndefined()
  })
})
