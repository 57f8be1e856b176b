import { describe, expect, it } from 'vitest'
import { PATTERN_LIMITS } from '../../dialogue/template.ts'
import { take } from '../testing/ask.ts'
import { compiledPattern, isSmallPattern } from './pattern-cache.ts'

/** Patterns made to be slow on engines that backtrack, and on those that do not. */
const HOSTILE = [
  '(a+)+$',
  '(a|aa)+$',
  '(a*)*b',
  '([a-zA-Z]+)*!',
  '(.*)(.*)(.*)(.*)(.*)x',
  '(A?){30}A{30}',
  '[AB]*A[AB]{25}',
  '(([AB]?){8}A){12}',
  '(([A-Z]?[A-Z0-9]?){6}){8}',
  '((A?){5}){12}(B?A?){30}',
  '(X|XX|XXX|XXXX)*Y',
]

describe("tenants' patterns", () => {
  it.each(HOSTILE)('%s costs milliseconds at most on a text made to tire it', (pattern) => {
    const text = `${'AB'.repeat(11)} ${'a'.repeat(40)}! ${'X '.repeat(60)}${'AAAAAAAA '.repeat(20)}`
    take('pattern', 'en', text, { pattern })
    const began = performance.now()
    take('pattern', 'en', text, { pattern })
    expect(performance.now() - began).toBeLessThan(250)
  })

  it("are matched on the caller's thread only where they and the text are small", () => {
    expect(isSmallPattern('acme', '[A-Z]{2}[0-9]{6}', 40)).toBe(true)
    expect(isSmallPattern('acme', '[A-Z]{2}[0-9]{6}', 500)).toBe(false)
    expect(isSmallPattern('acme', '[A-Z0-9]{1,100}', 10)).toBe(false)
  })

  it('match nothing when they are too large or do not compile, as the template compiler refuses them', () => {
    expect(compiledPattern('acme', '(((a?){10}){10}){10}')).toBeUndefined()
    expect(compiledPattern('acme', '(')).toBeUndefined()
    expect(compiledPattern('acme', 'a'.repeat(PATTERN_LIMITS.charsMax + 1))).toBeUndefined()
    expect(take('pattern', 'en', 'AAAA', { pattern: '(((A?){10}){10}){10}' })).toBeUndefined()
  })

  it('are kept by tenant: one with many pushes out its own only', () => {
    const kept = compiledPattern('quiet', '[A-Z]{3}')
    for (let i = 0; i < 300; i++) compiledPattern('many', `[A-Z]{3}${i}`)
    expect(compiledPattern('quiet', '[A-Z]{3}')).toBe(kept)
    const first = compiledPattern('many', '[A-Z]{3}299')
    expect(compiledPattern('many', '[A-Z]{3}299')).toBe(first)
  })
})
