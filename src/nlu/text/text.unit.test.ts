import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gluedItalian, gluedItalianOrdinal } from '../lexicon/it/glued.ts'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { editDistance, similarity } from './distance.ts'
import { fold } from './fold.ts'
import { KIND, READ, Scan } from './scan.ts'

describe('a scan', () => {
  const scan = new Scan()
  const read = (text: string): string[] => {
    scan.read(text, lexiconOf('en'))
    return scan.folded.slice(0, scan.size)
  }

  it('splits words, figures and marks, and folds case and accents', () => {
    expect(read("I'm Però, 14th (3pm)")).toEqual(['i', 'm', 'pero', ',', '14', 'th', '(', '3', 'pm', ')'])
    expect(read('Straße Pero\u0300')).toEqual(['strasse', 'pero'])
  })

  it('keeps an emoji whole, its skin tone aside', () => {
    expect(read('👍🏽ok')).toEqual(['👍', 'ok'])
    expect(scan.source(0, 1)).toBe('👍🏽')
  })

  it('points into the original text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        scan.read(text, lexiconOf('it'))
        let last = 0
        for (let i = 0; i < scan.size; i++) {
          expect(scan.startOf(i)).toBeGreaterThanOrEqual(last)
          expect(scan.endOf(i + 1)).toBeGreaterThan(scan.startOf(i))
          last = scan.endOf(i + 1)
          if (scan.kindAt(i) === KIND.number) expect(scan.source(i, i + 1)).toBe(scan.at(i))
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('stops at 200 tokens', () => {
    expect(read('a '.repeat(500)).length).toBe(READ.tokensMax)
  })
})

describe('Italian numbers written as one', () => {
  it.each([
    ['ventuno', 21],
    ['ventotto', 28],
    ['trentatre', 33],
    ['centouno', 101],
    ['centotto', 108],
    ['centottanta', 180],
    ['trecentosessantanove', 369],
    ['millenovecentottanta', 1980],
    ['duemilaventisei', 2026],
    ['centomila', 100_000],
  ])('%s is %i', (word, value) => {
    expect(gluedItalian(word)).toBe(value)
  })

  it.each(['venticinquesei', 'unun', 'centocento', 'trentadieci', 'mario', 'settembre', 'noveccc', 'ottone'])(
    '%s is none',
    (word) => {
      expect(gluedItalian(word)).toBe(-1)
    },
  )

  it('has ordinals', () => {
    expect(gluedItalianOrdinal('ventunesimo')).toBe(21)
    expect(gluedItalianOrdinal('trentesimo')).toBe(30)
    expect(gluedItalianOrdinal('centesimo')).toBe(100)
    expect(gluedItalianOrdinal('battesimo')).toBe(-1)
  })
})

describe('likeness of words', () => {
  it('counts inserts, deletes, replacements and swaps of neighbours', () => {
    expect(editDistance('rossi', 'rossi', 2)).toBe(0)
    expect(editDistance('rosi', 'rossi', 2)).toBe(1)
    expect(editDistance('rossi', 'rosis', 2)).toBe(1)
    expect(editDistance('rossi', 'bianchi', 2)).toBe(3)
  })

  it('is the same both ways, and 1 only for equal words', () => {
    const word = fc.string({ maxLength: 12 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 12)).toBe(editDistance(b, a, 12))
        expect(similarity(a, b) === 1).toBe(a === b && a !== '')
      }),
    )
  })
})

describe('folding', () => {
  it('drops case and accents', () => {
    expect(fold('ÀÉÎõü ŁŒ')).toBe('aeiou loe')
  })
})
