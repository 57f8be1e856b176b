import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

describe('a time under confirmation', () => {
  it.each([
    ['en', 'in the afternoon', 'in the morning'],
    ['it', 'di pomeriggio', 'di mattina'],
    ['es', 'por la tarde', 'por la mañana'],
    ['fr', "de l'après-midi", 'du matin'],
    ['de', 'nachmittags', 'morgens'],
  ])('is affirmed or moved by its half of the day: %s "%s", "%s"', (locale, afternoon, morning) => {
    const answered = (text: string, current: string): unknown =>
      take('time', locale, text, {}, { attention: 'correcting', current })
    expect(answered(afternoon, '15:00')).toBe('15:00')
    expect(answered(afternoon, '03:00')).toBe('15:00')
    expect(answered(morning, '03:00')).toBe('03:00')
    expect(answered(morning, '15:00:20')).toBe('03:00:20')
  })

  it('is not affirmed by a part of the day that it does not lie in', () => {
    expect(take('time', 'en', 'in the evening', {}, { attention: 'correcting', current: '15:00' })).toBeUndefined()
    expect(take('time', 'en', 'at night', {}, { attention: 'correcting', current: '22:00' })).toBe('22:00')
  })

  it.each([
    ['en', 'at 4'],
    ['it', 'alle 4'],
    ['es', 'a las 4'],
    ['fr', 'à 4 heures'],
    ['de', 'um 4'],
  ])('keeps the half of the day of a time that it corrects by a little: %s "%s"', (locale, text) => {
    const corrected = (current: string): readonly unknown[] => {
      const { candidates } = understand(text, {
        slots: [slot('time', { attention: 'correcting', current })],
        yesNo: true,
        locale,
      })
      return candidates.map(({ value, other }) => [value, other])
    }
    expect(corrected('15:00')).toEqual([['16:00', '04:00']])
    expect(corrected('03:00')).toEqual([['04:00', '16:00']])
  })
})
