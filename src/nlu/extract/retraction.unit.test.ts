import { describe, expect, it } from 'vitest'
import { take } from '../testing/ask.ts'

describe('a date or time that is taken back', () => {
  it.each([
    ['en', 'uh the fourteenth, no wait, the fifteenth of march', '2027-03-15'],
    ['en', 'monday no tuesday', '2026-11-24'],
    ['it', 'il quattordici, anzi no, il quindici marzo', '2027-03-15'],
    ['it', 'il 14 marzo, no aspetta, il 15 marzo', '2027-03-15'],
    ['es', 'el catorce no perdón el quince de marzo', '2027-03-15'],
    ['es', 'el lunes no, el martes', '2026-11-24'],
    ['fr', 'le 14 mars, euh non, le 15 mars', '2027-03-15'],
    ['de', 'am 14. März, äh nein, am 15. März', '2027-03-15'],
  ])('gives way to the one behind it (%s: "%s")', (locale, text, day) => {
    expect(take('date', locale, text)).toBe(day)
  })

  it('lends the parts that were not said again', () => {
    expect(take('date', 'en', 'um march the 3rd I mean the 4th')).toBe('2027-03-04')
    expect(take('date', 'en', 'march 3rd 1980 sorry 1981')).toBe('1981-03-03')
  })

  it('stays where what is behind it is denied', () => {
    expect(take('date', 'en', 'on the 5th of march not the 6th of march')).toBe('2027-03-05')
    expect(take('date', 'fr', 'le 14 pas le 15 décembre 1980')).toBe('1980-12-14')
    expect(take('date', 'en', 'not on monday but on wednesday')).toBe('2026-11-25')
  })

  it.each([
    ['en', 'seven no eight', '08:00'],
    ['en', 'at three pm no four', '16:00'],
    ['it', 'alle otto no alle nove', '09:00'],
    ['fr', 'à huit heures non neuf heures', '09:00'],
    ['de', 'um acht nein um neun', '09:00'],
  ])('gives way with its half of the day (%s: "%s")', (locale, text, time) => {
    expect(take('time', locale, text)).toBe(time)
  })
})
