import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DatumType } from '../../dialogue/template.ts'
import { slot, understand } from '../testing/ask.ts'

const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: 'at half past quarter to three twenty five o clock am pm noon midnight morning tonight this last in ago now the of and hours minutes tomorrow monday ish from'.split(
    ' ',
  ),
  it: 'alle le mezza un quarto meno e tre venti ore mezzogiorno di sera stasera mattina fra fa ora domani lunedì mancano minuti'.split(
    ' ',
  ),
  es: 'a las la una y media cuarto menos para tres veinte de tarde mañana esta noche hace en hora ahora lunes faltan minutos'.split(
    ' ',
  ),
  fr: "à vers une heure heures et demie quart moins le trois vingt midi minuit du soir ce matin dans il y a demain lundi maintenant l'après-midi".split(
    ' ',
  ),
  de: 'um halb viertel dreiviertel vor nach drei zwanzig ein Uhr Mittag Mitternacht morgens morgen heute Abend in Stunde jetzt Montag so Minuten'.split(
    ' ',
  ),
}
const MARKS = [
  '7',
  '12',
  '30',
  '15:30',
  '7:5',
  '25:70',
  '1530',
  '2026-12-14T15:30Z',
  '14/12',
  ',',
  '.',
  '-',
  '@',
  '%',
  '½',
  "15'",
  'GMT',
  '+02:00',
  '1h30',
  'p.m.',
]
const SHAPES: Readonly<Partial<Record<DatumType, RegExp>>> = {
  time: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  'date-time': /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  duration: /^P(?=.)(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?(T(?=.)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?$/,
}

const texts = (locale: string): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...(WORDS[locale] as readonly string[]), ...MARKS), { maxLength: 12 }).map((parts) => parts.join(' '))

describe.each(Object.keys(WORDS))('times, moments and durations of any text in %s', (locale) => {
  it('have the shape of their type and lie inside the text', () => {
    fc.assert(
      fc.property(texts(locale), (text) => {
        for (const type of Object.keys(SHAPES) as DatumType[])
          for (const { value, other, start, end } of understand(text, { slots: [slot(type)], locale }).candidates) {
            if (value !== undefined) expect(value).toMatch(SHAPES[type] as RegExp)
            if (other !== undefined) expect(other).toMatch(SHAPES[type] as RegExp)
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
          }
      }),
      { numRuns: 400 },
    )
  })

  it('do not depend on what was looked for before them', () => {
    fc.assert(
      fc.property(texts(locale), (text) => {
        const alone = (type: DatumType): unknown => understand(text, { slots: [slot(type)], locale }).candidates
        const slots = [slot('date-time'), slot('time'), slot('duration'), slot('number')]
        const together = understand(text, { slots, locale }).candidates
        for (const { type } of slots) expect(together.filter((candidate) => candidate.slot === type)).toEqual(alone(type))
      }),
      { numRuns: 200 },
    )
  })
})
