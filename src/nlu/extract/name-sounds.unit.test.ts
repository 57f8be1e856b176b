import { describe, expect, it } from 'vitest'
import { FAMILY, GIVEN } from '../lexicon/names/names.ts'
import { spellingCost } from './name-align.ts'
import { soundOf } from './name-sounds.ts'

describe('how a name sounds', () => {
  it.each([
    ['stephen', 'steven'],
    ['catherine', 'kathryn'],
    ['gemma', 'jemma'],
    ['lowe', 'low'],
    ['carr', 'car'],
    ['clark', 'clarke'],
    ['knight', 'night'],
    ['phillips', 'filips'],
    ['rees', 'reece'],
  ])('"%s" is as "%s"', (one, other) => {
    expect(soundOf(one)).toBe(soundOf(other))
  })

  it.each([
    ['mark', 'mary'],
    ['jones', 'james'],
    ['smith', 'smart'],
    ['allen', 'len'],
  ])('"%s" is not as "%s"', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other))
  })
})

describe('the lists of names', () => {
  it('know which names sound alike, the commoner ones first', () => {
    expect(GIVEN.soundingLike('steven')).toContain('stephen')
    expect(FAMILY.soundingLike('low')[0]).toBe('lee')
    expect(GIVEN.commonness('james')).toBeGreaterThan(GIVEN.commonness('tamsin'))
    expect(GIVEN.commonness('qwertz')).toBe(0)
  })

  it('have names of five languages', () => {
    for (const name of ['gareth', 'giuseppe', 'lucia', 'camille', 'jurgen']) expect(GIVEN.has(name)).toBe(true)
    for (const name of ['pugh', 'esposito', 'fernandez', 'moreau', 'schneider']) expect(FAMILY.has(name)).toBe(true)
  })
})

describe('what a spelling costs', () => {
  it('is nothing to the letter, little for a letter heard twice or for one that sounds alike, and more for another', () => {
    expect(spellingCost('frost', 'frost')).toBe(0)
    const twice = spellingCost('frosst', 'frost')
    const alike = spellingCost('frosp', 'frost')
    const other = spellingCost('froyt', 'frost')
    expect(twice).toBeLessThan(alike)
    expect(alike).toBeLessThan(other)
  })

  it('leaves the rest to others where it is open', () => {
    expect(spellingCost('garethpugh', 'gareth', true)).toBe(0)
    expect(spellingCost('garethpugh', 'gareth')).toBeGreaterThan(2)
  })
})
