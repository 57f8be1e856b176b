import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

type Row = readonly [text: string, value: string]

const ENGLISH: readonly Row[] = [
  ['two and a half hours', 'PT2H30M'],
  ['two hours and a half', 'PT2H30M'],
  ['an hour and a quarter', 'PT1H15M'],
  ['three quarters of an hour', 'PT45M'],
  ['a quarter of an hour', 'PT15M'],
  ['half an hour', 'PT30M'],
  ['1h30', 'PT1H30M'],
  ['1h 30m', 'PT1H30M'],
  ['1:30 hours', 'PT1H30M'],
  ['01:30:15', 'PT1H30M15S'],
  ['2 hrs 15 mins', 'PT2H15M'],
  ['1.5 hours', 'PT1H30M'],
  ['3/4 of an hour', 'PT45M'],
  ['1½ hours', 'PT1H30M'],
  ['a couple of weeks', 'P2W'],
  ['a few days', 'P3D'],
  ['a fortnight', 'P14D'],
  ['a day and a half', 'P1DT12H'],
  ['hour and a half', 'PT1H30M'],
  ['about 40 seconds', 'PT40S'],
  ['2 years, 3 months and 4 days', 'P2Y3M4D'],
  ['PT1H30M', 'PT1H30M'],
  ['P1DT2H', 'P1DT2H'],
  ['it takes roughly three hours, I think', 'PT3H'],
]

const ITALIAN: readonly Row[] = [
  ['tre giorni', 'P3D'],
  ['un’ora e mezza', 'PT1H30M'],
  ['un’ora e un quarto', 'PT1H15M'],
  ['un’ora e venti', 'PT1H20M'],
  ['due ore e tre quarti', 'PT2H45M'],
  ['due ore meno un quarto', 'PT1H45M'],
  ['mezz’ora', 'PT30M'],
  ['mezza giornata', 'PT12H'],
  ['tre quarti d’ora', 'PT45M'],
  ['un paio di settimane', 'P2W'],
  ['una decina di minuti', 'PT10M'],
  ['due settimane e tre giorni', 'P17D'],
  ['2,5 ore', 'PT2H30M'],
  ['un semestre', 'P6M'],
]

const SPANISH: readonly Row[] = [
  ['tres días', 'P3D'],
  ['una hora y media', 'PT1H30M'],
  ['dos horas y cuarto', 'PT2H15M'],
  ['media hora', 'PT30M'],
  ['hora y media', 'PT1H30M'],
  ['tres cuartos de hora', 'PT45M'],
  ['un par de horas', 'PT2H'],
  ['una quincena', 'P15D'],
  ['2 h 20 min', 'PT2H20M'],
  ['un año y medio', 'P1Y6M'],
  ['cuarenta y cinco minutos', 'PT45M'],
]

const FRENCH: readonly Row[] = [
  ['quinze jours', 'P15D'],
  ['une heure et demie', 'PT1H30M'],
  ['une demi-heure', 'PT30M'],
  ['un quart d’heure', 'PT15M'],
  ['deux heures et quart', 'PT2H15M'],
  ['trois heures vingt', 'PT3H20M'],
  ['1h30', 'PT1H30M'],
  ['une quinzaine de minutes', 'PT15M'],
  ['quatre-vingt-dix minutes', 'PT90M'],
  ['deux ans et six mois', 'P2Y6M'],
]

const GERMAN: readonly Row[] = [
  ['anderthalb Stunden', 'PT1H30M'],
  ['zweieinhalb Stunden', 'PT2H30M'],
  ['eine halbe Stunde', 'PT30M'],
  ['eine Viertelstunde', 'PT15M'],
  ['eine Dreiviertelstunde', 'PT45M'],
  ['zwei Stunden und zwanzig Minuten', 'PT2H20M'],
  ['drei Tage', 'P3D'],
  ['ein paar Wochen', 'P2W'],
  ['1,5 Stunden', 'PT1H30M'],
  ['einundzwanzig Tage', 'P21D'],
]

describe.each([
  ['en', ENGLISH],
  ['it', ITALIAN],
  ['es', SPANISH],
  ['fr', FRENCH],
  ['de', GERMAN],
] as const)('a duration in %s', (locale, rows) => {
  it.each(rows)('is read from "%s"', (text, value) => {
    expect(take('duration', locale, text)).toBe(value)
  })
})

describe('a duration', () => {
  it('counts unasked only behind its name', () => {
    const listening = { attention: 'listening', names: ['stay'] } as const
    expect(take('duration', 'en', 'the stay is three nights or 3 days', {}, listening)).toBeUndefined()
    expect(take('duration', 'en', 'my stay is 3 days', {}, listening)).toBe('P3D')
    expect(take('duration', 'en', 'I waited 3 days', {}, listening)).toBeUndefined()
  })

  it.each([
    ['en', 'five'],
    ['en', 'at 5 pm'],
    ['en', '14/12/1980'],
    ['en', '-5 minutes'],
    ['it', 'cinque euro'],
    ['de', 'nein'],
  ])('is not invented: %s "%s"', (locale, text) => {
    expect(take('duration', locale, text)).toBeUndefined()
  })

  it('is never more than its value can hold', () => {
    expect(take('duration', 'en', '99999999 minutes')).toBeUndefined()
    expect(take('duration', 'en', '999999 minutes')).toBe('PT999999M')
  })
})

describe('a length of time between two amounts', () => {
  it.each([
    ['en', '2 or 3 hours'],
    ['it', 'due o tre ore'],
    ['es', 'dos o tres horas'],
    ['fr', 'deux ou trois heures'],
    ['de', 'zwei bis drei Stunden'],
  ])('has both as readings (%s: "%s")', (locale, text) => {
    expect(understand(text, { slots: [slot('duration')], locale }).candidates).toMatchObject([{ value: 'PT3H', other: 'PT2H' }])
  })

  it('has quarters in one word in German', () => {
    expect(take('duration', 'de', 'eineinviertel Stunden')).toBe('PT1H15M')
  })
})
