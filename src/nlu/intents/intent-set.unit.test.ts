import { describe, expect, it } from 'vitest'
import { checkIntentSet, INTENT_LIMITS, type IntentSet, intentSetHash } from './intent-set.ts'
import { BANK, setOf } from './testing/sets.ts'

const faultsOf = (set: unknown): string[] => checkIntentSet(set).map(({ code, field }) => `${code} ${field}`)
const two = (...examples: readonly unknown[]): unknown =>
  setOf([
    { name: 'first', examples: examples as string[] },
    { name: 'second', examples: ['other'] },
  ])

describe('an intent set', () => {
  it('is sound with two intents and an example each', () => {
    expect(faultsOf(two('one'))).toEqual([])
    expect(faultsOf(setOf(BANK))).toEqual([])
  })

  it.each([
    ['nothing', undefined, ['type ']],
    ['a list', [], ['type ']],
    ['a tenant that is no name', setOf(BANK, { tenant: '../etc' }), ['tenant tenant']],
    ['a reserved tenant', setOf(BANK, { tenant: 'factory' }), ['tenant tenant']],
    ['version 0', setOf(BANK, { version: 0 }), ['version version']],
    ['half a version', setOf(BANK, { version: 1.5 }), ['version version']],
    ['no language', setOf(BANK, { languages: [] }), ['language languages']],
    ['an unknown language', setOf(BANK, { languages: ['en', 'xx'] } as unknown as IntentSet), ['language languages[1]']],
    ['a language twice', setOf(BANK, { languages: ['en', 'en'] }), ['duplicate languages[1]']],
    ['no intents', setOf([]), ['too-few intents']],
    ['one intent', setOf(BANK.slice(0, 1)), ['too-few intents']],
    ['intents that are none', setOf(['a', 'b'] as never), ['type intents[0]', 'type intents[1]']],
    ['a name twice', setOf([...BANK, { name: 'balance', examples: ['x'] }]), ['duplicate intents[4].name']],
    ['the name of all that is none', setOf([...BANK, { name: 'oos', examples: ['x'] }]), ['name intents[4].name']],
    ['a name with a line break', setOf([...BANK, { name: 'a\nb', examples: ['x'] }]), ['name intents[4].name']],
    ['an empty name', setOf([...BANK, { name: '', examples: ['x'] }]), ['name intents[4].name']],
    ['a long name', setOf([...BANK, { name: 'n'.repeat(65), examples: ['x'] }]), ['name intents[4].name']],
    ['no examples', two(), ['too-few intents[0].examples']],
    ['an example that is no text', two('one', 2), ['type intents[0].examples[1]']],
    ['a blank example', two('one', ' \t'), ['empty intents[0].examples[1]']],
    ['a long example', two('x'.repeat(501)), ['too-long intents[0].examples[0]']],
    ['too many examples', two(...Array(INTENT_LIMITS.examplesMax + 1).fill('x')), ['too-many intents']],
  ])('is refused with %s, naming the field', (_, set, faults) => {
    expect(faultsOf(set)).toEqual(faults)
  })

  it('is refused with a long description and with too many intents', () => {
    expect(faultsOf(setOf([{ ...BANK[0], description: 'd'.repeat(501) } as never, BANK[1] as never]))).toEqual([
      'too-long intents[0].description',
    ])
    const many = Array.from({ length: INTENT_LIMITS.intentsMax + 1 }, (_, i) => ({ name: `n${i}`, examples: ['x'] }))
    expect(faultsOf(setOf(many))).toEqual(['too-many intents'])
  })

  it('lists at most twenty faults', () => {
    expect(faultsOf(two(...Array(100).fill('')))).toHaveLength(20)
  })

  it('takes names that are keys of every object', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    expect(faultsOf(setOf(names.map((name) => ({ name, examples: ['x'] }))))).toEqual([])
  })

  it('has a hash of its languages and intents, whatever tenant and version', () => {
    const hash = intentSetHash(setOf(BANK))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(intentSetHash(setOf(BANK, { tenant: 'other', version: 7 }))).toBe(hash)
    expect(intentSetHash(setOf(BANK, { languages: ['it'] }))).not.toBe(hash)
    expect(intentSetHash(setOf(BANK.slice(1)))).not.toBe(hash)
  })
})
