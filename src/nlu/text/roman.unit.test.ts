import { describe, expect, it } from 'vitest'
import { take } from '../testing/ask.ts'
import { romanOf } from './roman.ts'

describe('a Roman number', () => {
  it.each([
    ['XXI', 21],
    ['MCMLXXXIV', 1984],
    ['XXIe', 21],
    ['XIXème', 19],
    ['IX', 9],
  ])('%s is %d', (text, value) => {
    expect(romanOf(text)).toBe(value)
  })

  it.each(['IIX', 'VX', 'IIII', 'Mi', 'xxi', '', 'DIVO', 'X'.repeat(40)])('is none in "%s"', (text) => {
    expect(romanOf(text)).toBe(0)
  })

  it('is an ordinal only where one is asked, and not among capitals', () => {
    expect(take('ordinal', 'es', 'Luis XIV')).toBe(14)
    expect(take('ordinal', 'de', 'XXI.')).toBe(21)
    expect(take('number', 'es', 'Luis XIV')).toBeUndefined()
    expect(take('ordinal', 'it', 'VI HO DETTO NO')).toBeUndefined()
  })

  it('does not keep figures in groups from being an ordinal', () => {
    expect(take('ordinal', 'en', '1,000th')).toBe(1000)
    expect(take('ordinal', 'de', 'die 1.000ste')).toBe(1000)
  })
})
