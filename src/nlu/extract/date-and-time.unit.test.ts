import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

const both = (locale: string, text: string): unknown[] => {
  const { candidates } = understand(text, { slots: [slot('date'), slot('time')], locale })
  return ['date', 'time'].map((id) => gist(candidates.find((candidate) => candidate.slot === id)))
}

describe('a date and a time that are two data', () => {
  it.each([
    ['en', 'March 5 10 am', '2027-03-05', '10:00'],
    ['en', 'march 5 1030', '2027-03-05', undefined],
    ['en', 'march 10 10', '2027-03-10', '10:00'],
    ['en', '20261214T153000', '2026-12-14', '15:30'],
    ['it', '5 marzo 10.30', '2027-03-05', '10:30'],
    ['it', 'sabato ore 16', '2026-11-21', '16:00'],
    ['es', 'el sábado 16h', '2026-11-21', '16:00'],
    ['fr', 'samedi 16h', '2026-11-21', '16:00'],
    ['fr', 'le 5 mars 10h', '2027-03-05', '10:00'],
    ['de', 'Samstag 16 Uhr', '2026-11-21', '16:00'],
    ['de', '5. März 10 Uhr', '2027-03-05', '10:00'],
    ['de', 'montagmorgen um 8', '2026-11-23', '08:00'],
  ])('share no figures (%s: "%s")', (locale, text, date, time) => {
    expect(both(locale, text)).toEqual([date, time])
  })

  it('leave the hour alone also where only the date is asked', () => {
    expect(take('date', 'fr', 'samedi 16h')).toBe('2026-11-21')
    expect(take('date', 'en', 'March 5 10 am')).toBe('2027-03-05')
  })

  it.each([
    ['time', 'es', 'mi habitación es la 305'],
    ['time', 'es', 'saqué un 7 sobre 10'],
    ['time', 'it', 'ho preso 7 su 10'],
    ['date', 'de', 'siehe Abschnitt 3.2 im Handbuch'],
    ['date', 'de', 'ich mag Montagen von Möbeln'],
    ['date', 'fr', 'on dirait un jeu'],
    ['date', 'es', 'nos vamos al mar'],
  ] as const)('are none in numbers and words of something else (%s, %s: "%s")', (type, locale, text) => {
    expect(take(type, locale, text)).toBeUndefined()
  })

  it.each([
    ['en', 'next year in April', { year: 2027, month: 4 }],
    ['it', "l'anno prossimo ad aprile", { year: 2027, month: 4 }],
    ['es', 'el año que viene en abril', { year: 2027, month: 4 }],
    ['fr', "l'année prochaine en avril", { year: 2027, month: 4 }],
    ['de', 'nächstes Jahr im April', { year: 2027, month: 4 }],
    ['de', 'ich bin 1997 hierher gezogen', { year: 1997 }],
  ])('leave empty what was not said (%s: "%s")', (locale, text, parts) => {
    expect(take('date', locale, text)).toEqual(parts)
  })

  it.each([
    ['en', 'next month on the 3rd', '2026-12-03'],
    ['en', 'on the 3rd of next month', '2026-12-03'],
    ['it', 'il mese prossimo il tre', '2026-12-03'],
    ['es', 'el mes que viene el tres', '2026-12-03'],
    ['fr', 'le mois prochain le trois', '2026-12-03'],
    ['de', 'nächsten Monat am dritten', '2026-12-03'],
    ['it', 'martedì prossimo primo dicembre', '2026-12-01'],
    ['it', 'tra una decina di giorni', '2026-11-30'],
    ['fr', 'dans une quinzaine de jours', '2026-12-05'],
    ['en', 'a week on friday', '2026-12-04'],
    ['de', 'übernächsten Dienstag', '2026-12-01'],
  ])('take the day from what stands before or behind it (%s: "%s")', (locale, text, day) => {
    expect(take('date', locale, text)).toBe(day)
  })

  it('count from today what is exactly so far away', () => {
    expect(take('date', 'de', 'vor genau drei Jahren')).toBe('2023-11-20')
    expect(take('date', 'fr', 'il y a tout juste trois ans')).toBe('2023-11-20')
    expect(take('date', 'es', 'de hoy en ocho')).toBe('2026-11-27')
    expect(take('date-time', 'en', 'for the day after tomorrow at quarter past eleven am')).toBe('2026-11-22T11:15')
    expect(take('date', 'de', 'am Buß- und Bettag')).toBe('2027-11-17')
  })
})
