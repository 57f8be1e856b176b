import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { spellNumber } from '../testing/spell-number.ts'
import { cardinalAt, found, ordinalAt } from './numerals.ts'
import { Scan } from './scan.ts'

const scan = new Scan()

/** The number at the start of the text and how many tokens are left behind it. */
function read(locale: string, text: string, ordinal = false): unknown {
  scan.read(text, lexiconOf(locale))
  const is = ordinal ? ordinalAt(scan, 0) : cardinalAt(scan, 0)
  return is ? [found.value, scan.size - found.end] : undefined
}

describe.each(['en', 'it', 'es', 'fr', 'de'] as const)('number words in %s', (language) => {
  it('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(199), fc.nat(2_100), fc.nat(999_999)), (n) => {
        expect(read(language, spellNumber(n, language))).toEqual([n, 0])
      }),
      { numRuns: 600 },
    )
  })

  it('are read back without accents and hyphens, as recognisers write them', () => {
    fc.assert(
      fc.property(fc.nat(999_999), (n) => {
        const text = spellNumber(n, language).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('-', ' ')
        expect(read(language, text)).toEqual([n, 0])
      }),
      { numRuns: 300 },
    )
  })
})

describe('a number in words', () => {
  it.each([
    ['fr', 'vingt-et-un', 21],
    ['fr', 'dix neuf cent quatre vingt', 1980],
    ['fr', 'trois milliards deux cent mille', 3_000_200_000],
    ['es', 'mil millones', 1_000_000_000],
    ['es', 'tres mil millones doscientos', 3_000_000_200],
    ['es', 'cuarenta y una', 41],
    ['de', 'ein und zwanzig', 21],
    ['de', 'zwei hundert vier und fünfzig', 254],
    ['de', 'neunzehn hundert vierundachtzig', 1984],
    ['de', 'zweimillionen', 2_000_000],
    ['en', 'one hundred thousand million', 100_000_000_000],
    ['en', 'nineteen hundred eighty', 1980],
    ['it', 'cento venti tre', 123],
    ['it', 'due milioni trecentomila', 2_300_000],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(read(locale, text)).toEqual([value, 0])
  })

  it('ends where the next one begins', () => {
    expect(read('fr', 'vingt quatre vingt')).toEqual([24, 1])
    expect(read('en', 'two three')).toEqual([2, 1])
    expect(read('it', 'cento duecento')).toEqual([100, 1])
    expect(read('de', 'zwanzig dreißig')).toEqual([20, 1])
    expect(read('es', 'diez y cinco')).toEqual([10, 2])
  })

  it('is none in an article', () => {
    expect(read('es', 'una')).toBeUndefined()
    expect(read('de', 'ein')).toBeUndefined()
    expect(read('it', 'un')).toBeUndefined()
  })
})

describe('an ordinal in words', () => {
  it.each([
    ['fr', 'vingt et unième', 21],
    ['fr', 'quatre-vingt-dixième', 90],
    ['fr', 'deux centième', 200],
    ['es', 'vigésimo primero', 21],
    ['es', 'décimo tercer', 13],
    ['es', 'centésimo vigésimo tercero', 123],
    ['de', 'einundzwanzigste', 21],
    ['de', 'siebzehnten', 17],
    ['de', 'hundertdritte', 103],
    ['en', 'one hundred and first', 101],
    ['en', 'two hundredth', 200],
    ['it', 'centoventisettesimo', 127],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(read(locale, text, true)).toEqual([value, 0])
  })
})
