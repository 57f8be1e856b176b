import { describe, expect, test } from 'vitest'
import { clusterOptions } from './cluster-options.ts'

describe('clusterOptions', () => {
  test('measures everything three times by default', () => {
    expect(clusterOptions([])).toMatchObject({
      measures: ['redis', 'crossing', 'pair'],
      rounds: 3,
      measureMs: 8_000,
      warmUpMs: 4_000,
      crossingPerSecond: 500,
      profile: false,
    })
  })

  test('takes what is to be measured in any order', () => {
    expect(clusterOptions(['--only', 'pair, redis'])).toMatchObject({ measures: ['redis', 'pair'] })
  })

  test.each([
    [['--only', 'nats'], '--only nats: expected a list of redis, crossing, pair'],
    [['--rounds', '0'], '--rounds 0: expected a whole number from 1 to 99'],
    [['--seconds', '1.5'], '--seconds 1.5: expected a whole number from 1 to 3600'],
  ])('%j is refused with a sentence', (args, message) => {
    expect(() => clusterOptions(args)).toThrow(message)
  })

  test('gives help when asked', () => {
    expect(clusterOptions(['--help'])).toBe('help')
  })
})
