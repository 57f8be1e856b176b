import { describe, expect, it } from 'vitest'
import { requestFor, slot, take, understand } from '../testing/ask.ts'

/** It is Friday 20 November 2026, 10:30. */
type Row = readonly [text: string, value: string]

const ENGLISH: readonly Row[] = [
  ['tomorrow at 5', '2026-11-21T17:00'],
  ['at 5 tomorrow', '2026-11-21T17:00'],
  ['5 tomorrow afternoon', '2026-11-21T17:00'],
  ['tonight at 8', '2026-11-20T20:00'],
  ['this afternoon at 3:20', '2026-11-20T15:20'],
  ['Monday 9 pm', '2026-11-23T21:00'],
  ['on Sat at 11', '2026-11-21T11:00'],
  ['the 4th of march at noon', '2027-03-04T12:00'],
  ['December 14, 2026, 8:15:30 pm', '2026-12-14T20:15:30'],
  ['half past nine on the 2nd of december in the evening', '2026-12-02T21:30'],
  ['2026-12-14T15:30:00', '2026-12-14T15:30'],
  ['2026-12-14 15:30', '2026-12-14T15:30'],
  ['on 15 at 8:30 am', '2026-12-15T08:30'],
  ['two hours and a half from now', '2026-11-20T13:00'],
  ['half an hour ago', '2026-11-20T10:00'],
  ['1 day and 2 hours ago', '2026-11-19T08:30'],
  ['in 90 seconds', '2026-11-20T10:31:30'],
  ['right now', '2026-11-20T10:30'],
  ['end of the day', '2026-11-20T23:59:59'],
  ['tonight at 12', '2026-11-21T00:00'],
]

const ITALIAN: readonly Row[] = [
  ['lunedì 30 alle 9 di sera', '2026-11-30T21:00'],
  ['domani mattina alle 8', '2026-11-21T08:00'],
  ['alle 15 di domani', '2026-11-21T15:00'],
  ['stasera alle 9', '2026-11-20T21:00'],
  ['il 4 marzo alle 17 e 30', '2027-03-04T17:30'],
  ['dopodomani a mezzogiorno', '2026-11-22T12:00'],
  ['ieri pomeriggio alle 4', '2026-11-19T16:00'],
  ['fra tre quarti d’ora', '2026-11-20T11:15'],
  ['mezz’ora fa', '2026-11-20T10:00'],
  ['adesso', '2026-11-20T10:30'],
]

const SPANISH: readonly Row[] = [
  ['mañana por la mañana a las 9', '2026-11-21T09:00'],
  ['mañana a las cinco de la tarde', '2026-11-21T17:00'],
  ['esta noche a las diez', '2026-11-20T22:00'],
  ['esta tarde a las 6', '2026-11-20T18:00'],
  ['el 4 de marzo a las 17:30', '2027-03-04T17:30'],
  ['a las ocho y media de la tarde del lunes', '2026-11-23T20:30'],
  ['dentro de una hora y media', '2026-11-20T12:00'],
  ['hace tres horas', '2026-11-20T07:30'],
  ['ahora mismo', '2026-11-20T10:30'],
]

const FRENCH: readonly Row[] = [
  ['le 4 mars à 17h', '2027-03-04T17:00'],
  ['demain matin à 8 heures', '2026-11-21T08:00'],
  ['ce soir à 20h30', '2026-11-20T20:30'],
  ['ce soir à 9 heures', '2026-11-20T21:00'],
  ['à 16h lundi', '2026-11-23T16:00'],
  ['après-demain à midi', '2026-11-22T12:00'],
  ['dans trois quarts d’heure', '2026-11-20T11:15'],
  ['il y a deux heures', '2026-11-20T08:30'],
  ['maintenant', '2026-11-20T10:30'],
]

const GERMAN: readonly Row[] = [
  ['morgen um halb acht', '2026-11-21T07:30'],
  ['morgen früh um 8', '2026-11-21T08:00'],
  ['heute Abend um acht', '2026-11-20T20:00'],
  ['am Montag um 15 Uhr 30', '2026-11-23T15:30'],
  ['am 4. März um 17 Uhr', '2027-03-04T17:00'],
  ['um 9 Uhr am Samstag', '2026-11-21T09:00'],
  ['übermorgen Mittag', '2026-11-22T12:00'],
  ['in anderthalb Stunden', '2026-11-20T12:00'],
  ['vor zwei Stunden', '2026-11-20T08:30'],
  ['jetzt', '2026-11-20T10:30'],
]

describe.each([
  ['en', ENGLISH],
  ['it', ITALIAN],
  ['es', SPANISH],
  ['fr', FRENCH],
  ['de', GERMAN],
] as const)('a date and time in %s', (locale, rows) => {
  it.each(rows)('is read from "%s"', (text, value) => {
    expect(take('date-time', locale, text, { prefer: 'future' })).toBe(value)
  })
})

describe('a date and time', () => {
  const hear = (text: string, more: Parameters<typeof slot>[1] = {}): readonly unknown[] => {
    const candidate = understand(text, { slots: [slot('date-time', more)] }).candidates[0]
    return [candidate?.value, candidate?.other, candidate?.confidence]
  }

  it('has both halves of the day where the text leaves them open', () => {
    expect(hear('tomorrow at 3')).toEqual(['2026-11-21T15:00', '2026-11-21T03:00', 0.95])
    expect(hear('tomorrow at 8')).toEqual(['2026-11-21T08:00', '2026-11-21T20:00', 0.95])
  })

  it('is still ahead where today was said', () => {
    expect(hear('today at 9').slice(0, 2)).toEqual(['2026-11-20T21:00', '2026-11-20T09:00'])
  })

  it('is the nearest such time, unsurely, where no day was said', () => {
    expect(hear('at 9')).toEqual(['2026-11-20T21:00', '2026-11-21T09:00', 0.6])
    expect(hear('15:00')).toEqual(['2026-11-20T15:00', undefined, 0.6])
    expect(hear('at 9 am', { contract: { prefer: 'past' } })).toEqual(['2026-11-20T09:00', undefined, 0.6])
  })

  it('covers the day and the time in the text', () => {
    const { candidates, text } = understand('well, tonight at about 8 please', { slots: [slot('date-time')] })
    expect(candidates.map(({ start, end }) => text.slice(start, end))).toEqual(['tonight at about 8'])
  })

  it('is unsure where only a part of a day was said', () => {
    expect(hear('tomorrow evening')).toEqual(['2026-11-21T20:00', undefined, 0.6])
    expect(hear('good evening')[0]).toBeUndefined()
  })

  it('keeps the day that is being corrected', () => {
    const more = { attention: 'correcting', current: '2026-12-01T09:00' } as const
    expect(hear('no, at 11 am', more)[0]).toBe('2026-12-01T11:00')
    expect(hear('no, in the evening', more)[0]).toBe('2026-12-01T21:00')
  })

  it('keeps the time when the day is corrected', () => {
    const more = { attention: 'correcting', current: '2026-12-01T09:00' } as const
    expect(hear('no, the 15th', more)[0]).toBe('2026-12-15T09:00')
    expect(hear('no, on monday', more)[0]).toBe('2026-11-23T09:00')
    expect(hear('no', more)[0]).toBeUndefined()
  })

  it('needs a day where it was not asked for', () => {
    expect(hear('at 9 am', { attention: 'listening' })[0]).toBeUndefined()
    expect(hear('in 20 minutes', { attention: 'listening' })[0]).toBeUndefined()
  })

  it('is told in the conversation’s own zone', () => {
    const inRome = (text: string): unknown => {
      const request = requestFor(text, { slots: [slot('date-time')], locale: 'it' })
      return understand(text, { ...request, slots: request.expectations.slots }).candidates[0]
    }
    expect(inRome('2026-12-14T15:30Z')).toMatchObject({ value: '2026-12-14T16:30', start: 0, end: 17 })
    expect(inRome('2026-07-14T15:30:00+00:00')).toMatchObject({ value: '2026-07-14T17:30' })
    expect(inRome('2026-12-14T23:30-05:00')).toMatchObject({ value: '2026-12-15T05:30' })
    expect(inRome('14 dicembre alle 15:30 UTC')).toMatchObject({ value: '2026-12-14T16:30' })
    expect(inRome('14 dicembre alle 15:30 EST')).toMatchObject({ value: '2026-12-14T15:30', other: '2026-12-14T21:30' })
  })

  it.each([
    ['en', 'tomorrow afternoon at 5', '2026-11-21', '17:00'],
    ['en', 'tonight at 8', '2026-11-20', '20:00'],
    ['it', 'stasera alle 9', '2026-11-20', '21:00'],
    ['it', 'domani mattina alle 8', '2026-11-21', '08:00'],
    ['es', 'mañana por la mañana a las 9', '2026-11-21', '09:00'],
    ['fr', 'demain soir à 8 heures', '2026-11-21', '20:00'],
    ['de', 'morgen früh um 8', '2026-11-21', '08:00'],
  ])('is shared out between a date and a time, each with its own words: %s "%s"', (locale, text, date, time) => {
    const slots = [slot('date'), slot('time', { attention: 'listening' })]
    const { candidates } = understand(text, { slots, locale })
    expect(candidates.map((candidate) => candidate.value)).toEqual([date, time])
    const [first, second] = candidates.map(({ start, end }) => ({ start, end }))
    expect((first?.end ?? 0) <= (second?.start ?? 0)).toBe(true)
  })

  it('under confirmation is affirmed or moved by a part of the day', () => {
    const answered = (text: string, current: string): unknown =>
      take('date-time', 'en', text, {}, { attention: 'correcting', current })
    expect(answered('in the afternoon', '2026-12-01T15:00')).toBe('2026-12-01T15:00')
    expect(answered('in the afternoon', '2026-12-01T03:00')).toBe('2026-12-01T15:00')
    expect(answered('at 4', '2026-12-01T03:00')).toBe('2026-12-01T04:00')
  })

  it('cannot be at an hour that does not exist', () => {
    expect(take('date-time', 'en', 'tomorrow at 25:70')).toBe('no-such-time')
  })

  it.each([
    ['en', 'good morning'],
    ['en', 'in 3 days'],
    ['en', 'a table for 4'],
    ['it', 'siamo in 4'],
    ['es', 'buenas noches'],
    ['fr', 'bonne nuit'],
    ['de', 'guten Morgen'],
  ])('is not invented: %s "%s"', (locale, text) => {
    expect(take('date-time', locale, text)).toBeUndefined()
  })
})
