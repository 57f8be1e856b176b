import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slot, understand } from '../testing/ask.ts'
import { dayExists } from './calendar.ts'

const claimed = (text: string, locale: string): string[] => {
  const { candidates, text: read } = understand(text, { slots: [slot('date')], locale })
  return candidates.map(({ start, end }) => read.slice(start, end))
}

describe('the span of a date', () => {
  it.each([
    ['en', 'could we do next friday please?', 'next friday'],
    ['en', 'I was born on the 3rd of June 1984, in Leeds', 'the 3rd of June 1984'],
    ['en', 'call me in three weeks on Tuesday.', 'in three weeks on Tuesday'],
    ['it', 'ci vediamo il lunedì della prossima settimana, va bene?', 'lunedì della prossima settimana'],
    ['it', 'due giorni dopo Natale, direi', 'due giorni dopo Natale'],
    ['es', 'mejor el primer lunes de marzo, gracias', 'el primer lunes de marzo'],
    ['fr', 'plutôt vendredi en huit, merci', 'vendredi en huit'],
    ['de', 'vielleicht am Freitag, den 27. November, ja', 'Freitag, den 27. November'],
  ])('covers in %s "%s" what was claimed', (locale, text, span) => {
    expect(claimed(text, locale)).toEqual([span])
  })
})

const WORDS =
  'the a first 2nd third last next this coming friday mar may march 15 31 2026 80 1980 of on in from after before ago later ' +
  'il lo prossimo scorso venerdì mese anno natale pasqua tra fa dopo prima giorni settimane tre el que viene hace dentro de días ' +
  'semana le dernier prochain vendredi en huit il y a dans jours avant noël der nächste vor nach Tagen Woche Freitag ersten ' +
  "/ - . , : ( 12/13 1.2. ' ’80 zero oh two thousand nineteen mille novecento mil neunzehnhundert 00 0 999999999999999999"
const piece = fc.constantFrom(...WORDS.split(' '))

describe('any words of dates in any order', () => {
  it('give only spans of the text, days that exist and parts in range', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }),
        fc.constantFrom('en', 'en-US', 'it', 'es', 'fr', 'de'),
        (pieces, locale) => {
          const { candidates, text } = understand(pieces.join(' '), { slots: [slot('date')], locale })
          for (const { start, end, value, other, parts } of candidates) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            for (const day of [value, other]) if (day !== undefined) expect(exists(day)).toBe(true)
            if (parts?.month !== undefined) expect(Number(parts.month)).toBeLessThanOrEqual(12)
            if (parts?.day !== undefined) expect(Number(parts.day)).toBeLessThanOrEqual(31)
          }
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('and any Unicode text throw nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        piece,
        fc.constantFrom('en', 'it', 'es', 'fr', 'de'),
        (text, word, locale) => {
          const { candidates, text: read } = understand(`${text} ${word} ${text}`, { slots: [slot('date')], locale })
          for (const { start, end } of candidates) expect(read.slice(start, end).trim()).not.toBe('')
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

function exists(value: unknown): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value))
  return match !== null && dayExists(Number(match[1]), Number(match[2]), Number(match[3]))
}
