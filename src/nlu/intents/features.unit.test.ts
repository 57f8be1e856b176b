import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEATURES_MAX, FeatureReader, GROUP } from './features.ts'
import { LANGUAGES } from './intent-set.ts'
import { thesaurusOf } from './thesaurus.ts'
import { stemmerOf, WORDS_MAX, wordsOf } from './words.ts'

const read = (reader: FeatureReader, text: string): number[] => {
  reader.read(text)
  return [...reader.hash.subarray(0, reader.size)]
}

describe('the words of a text', () => {
  it.each([
    ["I don't know, what's up?", 'i don not know what s up ?'],
    ["I'm sure we've paid and they'll call", 'i am sure we have paid and they will call'],
    ["l'età dell'oro", 'l eta dell oro'],
    ['Straße 12, 5 € or $100', 'strasse 00 0 € or $ 000'],
    ['2026 and 123456', '000 and 000'],
    ['', ''],
    [' .,;: ', ''],
  ])('of "%s" are %s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words)
  })

  it('are at most a hundred', () => {
    expect(wordsOf('word '.repeat(1_000))).toHaveLength(WORDS_MAX)
  })

  it.each([
    ['en', 'card cards', 1],
    ['en', 'charge charged charging charges', 1],
    ['en', 'cancel cancelled', 2],
    ['en', 'topping top', 1],
    ['en', 'city cities', 1],
    ['it', 'pagare pagato pagata paga', 1],
    ['it', 'bolletta bollette', 1],
    ['es', 'tarjeta tarjetas', 1],
    ['es', 'cancelar cancelado cancelando', 1],
    ['fr', 'carte cartes', 1],
    ['de', 'karte karten', 1],
  ] as const)('come down to few stems: %s "%s"', (language, words, stems) => {
    const stem = stemmerOf(language)
    expect(new Set(words.split(' ').map(stem)).size).toBe(stems)
  })

  it('never lose all their letters', () => {
    for (const language of LANGUAGES)
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), (word) => {
          const stem = stemmerOf(language)(word)
          expect(stem.length).toBeGreaterThan(0)
          expect(stem.length).toBeLessThanOrEqual(word.length)
        }),
      )
  })
})

describe('the thesaurus', () => {
  it('has one name for a concept in all languages', () => {
    const concepts = [
      ['en', 'invoice'],
      ['it', 'bolletta'],
      ['es', 'factura'],
      ['fr', 'facture'],
      ['de', 'rechnung'],
    ] as const
    for (const [language, word] of concepts) {
      const thesaurus = thesaurusOf([language])
      expect(thesaurus.conceptsOf(thesaurus.stem(word))).toContain('bill')
    }
  })

  it('knows nothing of names and of object keys', () => {
    for (const word of ['anna', 'constructor', '__proto__', '']) expect(thesaurusOf(['en']).conceptsOf(word)).toBeUndefined()
  })
})

describe('the features of a text', () => {
  const reader = new FeatureReader(thesaurusOf(['en']))

  it('are the same whatever was read before', () => {
    const first = read(reader, 'where is my new card')
    read(reader, 'something else altogether')
    expect(read(reader, 'where is my new card')).toEqual(first)
    expect(read(new FeatureReader(thesaurusOf(['en'])), 'where is my new card')).toEqual(first)
  })

  it('share concepts where words differ', () => {
    const concepts = (text: string): Set<number> => {
      reader.read(text)
      return new Set([...reader.hash.subarray(0, reader.size)].filter((_, i) => reader.group[i] === GROUP.concept))
    }
    expect([...concepts('cash')].some((concept) => concepts('money').has(concept))).toBe(true)
    expect([...concepts('cash')].some((concept) => concepts('pizza').has(concept))).toBe(false)
  })

  it('are bounded, and never zero, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        const hashes = read(reader, text)
        expect(hashes.length).toBeLessThanOrEqual(FEATURES_MAX)
        expect(hashes.includes(0)).toBe(false)
      }),
    )
    expect(read(reader, 'right last plan next '.repeat(10_000)).length).toBeLessThanOrEqual(FEATURES_MAX)
    expect(read(reader, 'x'.repeat(100_000)).length).toBeLessThanOrEqual(FEATURES_MAX)
    expect(read(reader, '')).toEqual([])
  })

  it('are read again after many other words', () => {
    const first = read(reader, 'where is my new card')
    for (let i = 0; i < 100; i++)
      read(reader, Array.from({ length: 100 }, (_, k) => `w${'x'.repeat(i % 9)}y${'z'.repeat(k)}`).join(' '))
    expect(read(reader, 'where is my new card')).toEqual(first)
  })
})
