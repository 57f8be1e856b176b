import { describe, expect, it } from 'vitest'
import { gist, slot, take, understand } from '../testing/ask.ts'

const code = (country: string, locale: string, text: string): unknown => take('post-code', locale, text, { country })

describe('a post code', () => {
  it.each([
    ['GB', 'en', 'SW1A 1AA', 'SW1A1AA'],
    ['GB', 'en', 'm1 1ae', 'M11AE'],
    ['GB', 'en', 'B33 8TH', 'B338TH'],
    ['GB', 'it', 'il codice è EC1A 1BB', 'EC1A1BB'],
    ['IT', 'it', 'CAP 20121', '20121'],
    ['ES', 'es', '28013', '28013'],
    ['ES', 'es', 'dos ocho cero uno tres', '28013'],
    ['FR', 'fr', 'F-75002', '75002'],
    ['DE', 'de', 'D-10115 Berlin', '10115'],
    ['US', 'en', '90210', '90210'],
    ['US', 'en', '20500-0003', '205000003'],
    ['CH', 'de', 'CH-8001', '8001'],
    ['AT', 'de', '1060 Wien', '1060'],
    ['BE', 'fr', '1000', '1000'],
    ['NL', 'en', '1012 AB', '1012AB'],
    ['PT', 'en', '1000-205', '1000205'],
    ['PL', 'en', '00-950', '00950'],
    ['CA', 'en', 'K1A 0B1', 'K1A0B1'],
    ['IE', 'en', 'D02 AF30', 'D02AF30'],
    ['SE', 'en', '114 55', '11455'],
  ])('of %s is read from %s "%s"', (country, locale, text, value) => {
    expect(code(country, locale, text)).toBe(value)
  })

  it.each([
    ['IT', 'it', '2012'],
    ['ES', 'es', '99013'],
    ['CH', 'de', '80010'],
    ['NL', 'en', '1012'],
    ['GB', 'en', 'QX1 1AA'],
    ['GB', 'en', 'I will come at 3 with two friends'],
    ['GB', 'en', 'set an alarm for three pm'],
    ['GB', 'en', 'what is it for'],
    ['GB', 'en', 'I do not know'],
  ])('of %s is not seen in %s "%s"', (country, locale, text) => {
    expect(code(country, locale, text)).toBeUndefined()
  })
})

describe('a spelled British post code', () => {
  it.each([
    ['g u 1 2 7 p y', 'GU127PY'],
    ['golf uniform one two seven papa yankee', 'GU127PY'],
    ['g for george u for umbrella 1 2 7 p for peter y for yellow', 'GU127PY'],
    ['g 4 george u 4 umbrella 12 7 py', 'GU127PY'],
    ['gee you one two seven pea why', 'GU127PY'],
    ['it is double s 3 nine are pee', 'SS39RP'],
    ['s w one a to a a', 'SW1A2AA'],
    ['b double three 8 t h', 'B338TH'],
    ['w c 2 n sorry w c 2 h 7 l t', 'WC2H7LT'],
    ['n 1 9 g u', 'N19GU'],
    ['e sixteen oh see sea', undefined],
  ])('"%s"', (text, value) => {
    expect(code('GB', 'en', text)).toBe(value)
  })

  it('corrects what cannot stand where it was heard', () => {
    // No inward half has a C, an M or a V; what they are taken for is what sounds like them.
    expect(code('GB', 'en', 'l s 6 2 m p')).toBe('LS62NP')
    // After the area stands a figure: "oh" is zero there, and V is five.
    expect(code('GB', 'en', 'l s v 2 n p')).toBe('LS52NP')
  })

  it('points at what it read', () => {
    const text = 'well my post code is g u 1 2 7 p y thanks'
    const [candidate] = understand(text, { slots: [slot('post-code', { contract: { country: 'GB' } })] }).candidates
    expect(text.slice(candidate?.start, candidate?.end)).toBe('g u 1 2 7 p y')
    expect(gist(candidate)).toBe('GU127PY')
  })
})
