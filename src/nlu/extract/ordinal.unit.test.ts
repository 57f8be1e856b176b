import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

describe('a place in an order', () => {
  it.each([
    ['en', 'the third', 3],
    ['en', '3rd floor', 3],
    ['en', 'twenty-second', 22],
    ['en', 'thirty—first', 31],
    ['en', 'two hundred and third', 203],
    ['en', 'a hundredth', 100],
    ['en', 'number three', 3],
    ['en', '5', 5],
    ['en', 'hello', undefined],
    ['it', 'la terza', 3],
    ['it', 'al secondo piano', 2],
    ['it', '3° piano', 3],
    ['it', 'quarantatreesimo', 43],
    ['it', '21esima', 21],
    ['it', 'numero tre', 3],
    ['es', 'el tercero', 3],
    ['es', 'al primer piso', 1],
    ['es', '3er piso', 3],
    ['es', '4ta', 4],
    ['es', 'vigésimo segundo', 22],
    ['es', 'decimoquinto', 15],
    ['es', 'trescientos milésimo ducentésimo cuarto', 300_204],
    ['fr', 'la première', 1],
    ['fr', '3e étage', 3],
    ['fr', 'trente et unième', 31],
    ['fr', 'soixante-dixième', 70],
    ['fr', 'quatre-vingt-unième', 81],
    ['fr', 'deux centième', 200],
    ['de', 'der dritte', 3],
    ['de', '3. Stock', 3],
    ['de', 'zweiundzwanzigster', 22],
    ['de', 'hundertdritten', 103],
    ['de', 'im ersten Stock', 1],
    ['de', 'der siebte', 7],
    ['de', 'Nummer drei', 3],
  ])('is read from %s "%s"', (locale, text, value) => {
    expect(take('ordinal', locale, text)).toBe(value)
  })

  it('keeps within its bounds', () => {
    expect(take('ordinal', 'en', 'the ninth', { max: 5 })).toBe('out-of-range')
  })

  it('is less sure as a bare number', () => {
    const sure = (text: string): number | undefined => understand(text, { slots: [slot('ordinal')] }).candidates[0]?.confidence
    expect(sure('third')).toBeGreaterThan(sure('3') as number)
  })
})
