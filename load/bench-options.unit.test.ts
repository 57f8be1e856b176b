import { describe, expect, test } from 'vitest'
import { type BenchOptions, benchOptions } from './bench-options.ts'

function options(...args: string[]): BenchOptions {
  const read = benchOptions(args)
  if (read === 'help') throw new Error('help was asked for')
  return read
}

describe('benchOptions', () => {
  test('measures everything on every server by default', () => {
    expect(options()).toMatchObject({
      measures: ['ws', 'rate', 'cold', 'memory', 'http'],
      servers: ['raw', 'sketch', 'sketch-memory', 'disk', 'memory'],
      sockets: 1000,
      perSecond: 2000,
      held: 10_000,
      rateWarmUpMs: 10_000,
      profile: false,
    })
  })

  test('runs 5 s when quick and 60 s when long, unless the seconds are given', () => {
    expect(options('--quick').measureMs).toBe(5_000)
    expect(options('--long').rateMeasureMs).toBe(60_000)
    expect(options('--quick', '--seconds', '2')).toMatchObject({ measureMs: 2_000, rateMeasureMs: 2_000 })
  })

  test('takes lists in any order', () => {
    expect(options('--only', 'http, ws').measures).toEqual(['ws', 'http'])
    expect(options('--servers', 'disk').servers).toEqual(['disk'])
  })

  test.each([
    [['--only', 'web'], '--only web: expected a list of ws, rate, cold, memory, http'],
    [['--sockets', '0'], '--sockets 0: expected a whole number from 1 to 20000'],
    [['--seconds', 'x'], '--seconds x: expected a whole number from 1 to 3600'],
    [['--quick', '--long'], '--quick and --long exclude each other'],
  ])('%j is refused with a sentence', (args, message) => {
    expect(() => benchOptions(args)).toThrow(message)
  })

  test('gives help when asked', () => {
    expect(benchOptions(['--help'])).toBe('help')
  })
})
