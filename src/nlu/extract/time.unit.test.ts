import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

/** What an active time takes: the likelier reading, and the other where morning and afternoon are both possible. */
function timesIn(locale: string, text: string): readonly unknown[] {
  const candidate = understand(text, { slots: [slot('time')], locale }).candidates[0]
  const value = candidate?.value ?? candidate?.invalid
  return candidate?.other === undefined ? [value] : [value, candidate.other]
}

type Row = readonly [text: string, value: string, other?: string]

const ENGLISH: readonly Row[] = [
  ['16:45', '16:45'],
  ['4.45 pm', '16:45'],
  ['4:45', '16:45', '04:45'],
  ['9:20:40 pm', '21:20:40'],
  ['6pm', '18:00'],
  ['6 p.m.', '18:00'],
  ['at 1640', '16:40'],
  ['945 am', '09:45'],
  ['0830', '08:30'],
  ['17h20', '17:20'],
  ['10ish', '10:00', '22:00'],
  ['nine forty five', '09:45', '21:45'],
  ['seven oh five p m', '19:05'],
  ['half ten', '10:30', '22:30'],
  ['twenty-five past nine', '09:25', '21:25'],
  ['a quarter to eight in the evening', '19:45'],
  ['ten to midnight', '23:50'],
  ["eleven o'clock at night", '23:00'],
  ["one o'clock in the morning", '01:00'],
  ['12 am', '00:00'],
  ['midnight', '00:00'],
  ['midday', '12:00'],
  ['mid-afternoon', '14:00'],
  ['in the afternoon at 5', '17:00'],
  ['at 5 tomorrow afternoon', '17:00'],
  ['two thirty-five would suit me', '14:35', '02:35'],
  ['let us say around 8', '08:00', '20:00'],
]

const ITALIAN: readonly Row[] = [
  ['16:45', '16:45'],
  ['16.45', '16:45'],
  ['alle 18', '18:00'],
  ['ore 8', '08:00', '20:00'],
  ['le sette e mezza', '07:30', '19:30'],
  ['alle sette meno dieci', '06:50', '18:50'],
  ['le undici e tre quarti', '11:45', '23:45'],
  ['nove e cinque', '09:05', '21:05'],
  ['dieci minuti alle otto', '07:50', '19:50'],
  ['mancano venti minuti alle nove di sera', '20:40'],
  ['ventidue e quindici', '22:15'],
  ['mezzogiorno e un quarto', '12:15'],
  ['mezzanotte meno cinque', '23:55'],
  ["all'una di notte", '01:00'],
  ['le tre del pomeriggio', '15:00'],
  ['di mattina alle nove', '09:00'],
  ['verso le 4 del mattino', '04:00'],
  ['alle 21 in punto', '21:00'],
  ['alle ore 17 e 20', '17:20'],
]

const SPANISH: readonly Row[] = [
  ['16:45', '16:45'],
  ['a las 18 horas', '18:00'],
  ['a la una y media', '13:30', '01:30'],
  ['las cinco menos cuarto', '16:45', '04:45'],
  ['las nueve y veinticinco', '09:25', '21:25'],
  ['las ocho y cuarto de la tarde', '20:15'],
  ['diez y media de la noche', '22:30'],
  ['seis de la mañana', '06:00'],
  ['las tres de la madrugada', '03:00'],
  ['por la tarde a las siete', '19:00'],
  ['faltan diez minutos para las doce', '11:50', '23:50'],
  ['veinte pasadas las cuatro de la tarde', '16:20'],
  ['mediodía', '12:00'],
  ['a medianoche', '00:00'],
  ['11 p. m.', '23:00'],
  ['a las veintidós treinta', '22:30'],
]

const FRENCH: readonly Row[] = [
  ['16h45', '16:45'],
  ['16 h 45', '16:45'],
  ['à 5h20', '05:20', '17:20'],
  ['dix-sept heures trente', '17:30'],
  ['cinq heures moins le quart', '16:45', '04:45'],
  ['trois heures et demie', '15:30', '03:30'],
  ['à quatre heures', '16:00', '04:00'],
  ['huit heures et demie', '08:30', '20:30'],
  ['3 heures et demie', '03:30', '15:30'],
  ['3h30', '03:30', '15:30'],
  ['cinq heures moins vingt du soir', '16:40'],
  ['sept heures et quart du matin', '07:15'],
  ['huit heures et demie', '08:30', '20:30'],
  ['midi et demi', '12:30'],
  ['minuit moins cinq', '23:55'],
  ['minuit', '00:00'],
  ['vers 9 heures du soir', '21:00'],
  ["3 heures de l'après-midi", '15:00'],
  ['vingt et une heures', '21:00'],
  ['vingt et une heures cinq', '21:05'],
  ['une heure du matin', '01:00'],
  ['14h05min30s', '14:05:30'],
]

const GERMAN: readonly Row[] = [
  ['16:45 Uhr', '16:45'],
  ['15 Uhr 30', '15:30'],
  ['um 17.15 Uhr', '17:15'],
  ['halb drei', '14:30', '02:30'],
  ['viertel drei', '14:15', '02:15'],
  ['dreiviertel drei', '14:45', '02:45'],
  ['viertel nach neun', '09:15', '21:15'],
  ['viertel vor zehn', '09:45', '21:45'],
  ['fünf vor halb acht', '07:25', '19:25'],
  ['zehn nach halb neun abends', '20:40'],
  ['zwanzig Minuten vor elf', '10:40', '22:40'],
  ['sieben Uhr fünf', '07:05', '19:05'],
  ['einundzwanzig Uhr', '21:00'],
  ['ein Uhr nachts', '01:00'],
  ['um eins', '13:00', '01:00'],
  ['viertel vor eins', '12:45'],
  ['zehn nach eins', '13:10', '01:10'],
  ['8 Uhr morgens', '08:00'],
  ['nachmittags um vier', '16:00'],
  ['um 6 am Abend', '18:00'],
  ['heute Morgen um 7', '07:00'],
  ['Mitternacht', '00:00'],
  ['12 Uhr mittags', '12:00'],
]

describe.each([
  ['en', ENGLISH],
  ['it', ITALIAN],
  ['es', SPANISH],
  ['fr', FRENCH],
  ['de', GERMAN],
] as const)('a time in %s', (locale, rows) => {
  it.each(rows.map(([text, ...readings]) => [text, readings] as const))('is read from "%s"', (text, readings) => {
    expect(timesIn(locale, text)).toEqual(readings)
  })
})

describe('a time', () => {
  it.each([
    ['en', 'in 20 minutes', '10:50'],
    ['en', 'two hours ago', '08:30'],
    ['en', 'now', '10:30'],
    ['it', "fra un'ora e mezza", '12:00'],
    ['es', 'dentro de media hora', '11:00'],
    ['fr', "dans un quart d'heure", '10:45'],
    ['de', 'in einer halben Stunde', '11:00'],
  ])('counts from the conversation’s own clock: %s "%s"', (locale, text, value) => {
    expect(take('time', locale, text)).toBe(value)
  })

  it.each([
    ['en', '25:70'],
    ['en', '12:75'],
    ['it', 'alle 24:30'],
    ['de', '25 Uhr'],
    ['fr', '25h10'],
  ])('does not exist: %s "%s"', (locale, text) => {
    expect(take('time', locale, text)).toBe('no-such-time')
  })

  it.each([
    ['en', '3 apples'],
    ['en', 'two to four people'],
    ['en', 'it costs 3.50'],
    ['en', 'my number is 020 7946 0018'],
    ['en', 'good morning'],
    ['en', 'on 14/12/1980'],
    ['it', '14 dicembre'],
    ['it', 'siamo in 7 persone'],
    ['es', 'buenas tardes'],
    ['fr', 'une nuit'],
    ['de', 'das kostet 3,50 Euro'],
    ['de', 'guten Abend'],
  ])('is not invented: %s "%s"', (locale, text) => {
    expect(take('time', locale, text)).toBeUndefined()
  })

  it('is a pair of bare numbers only where a time was asked', () => {
    expect(take('time', 'en', '3 20')).toBe('15:20')
    expect(take('time', 'en', '3 20', {}, { attention: 'listening' })).toBeUndefined()
    expect(take('time', 'en', '15')).toBe('15:00')
    expect(take('time', 'en', '15', {}, { attention: 'listening' })).toBeUndefined()
  })

  it('is the other reading once the user said no to the first', () => {
    const after = { rejected: ['15:00'] }
    const candidate = understand('at 3', { slots: [slot('time', after)] }).candidates[0]
    expect([candidate?.value, candidate?.other]).toEqual(['03:00', undefined])
  })

  it('is moved to the part of the day that corrects it', () => {
    expect(take('time', 'en', 'no, in the morning', {}, { attention: 'correcting', current: '15:00' })).toBe('03:00')
    expect(take('time', 'it', 'no, di sera', {}, { attention: 'correcting', current: '08:30' })).toBe('20:30')
    expect(take('time', 'en', 'in the morning')).toBeUndefined()
  })

  it('is not the one that was denied', () => {
    expect(take('time', 'en', 'not at 5 pm, at 6 pm')).toBe('18:00')
    expect(take('time', 'en', 'from 10 to 4')).toBe('10:00')
  })

  it('leaves the words that announce it outside its span', () => {
    const { candidates, text } = understand('maybe at about half past nine tomorrow', { slots: [slot('time')] })
    expect(candidates.map(({ start, end }) => text.slice(start, end))).toEqual(['half past nine'])
  })
})
