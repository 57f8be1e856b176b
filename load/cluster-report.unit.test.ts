import { describe, expect, test } from 'vitest'
import { clusterOptions } from './cluster-options.ts'
import { crossingTable, failuresOf, median, pairTable, pathTable } from './cluster-report.ts'
import type { JobResult } from './job.ts'

const options = clusterOptions([])
if (options === 'help') throw new Error('nobody asked for help')

/** 3,000 turns in six seconds. */
function run(more: Partial<JobResult> = {}): JobResult {
  const latency = { count: 3000, p50Ms: 1, p99Ms: 10, p999Ms: 20, maxMs: 30 }
  const cpu = { serverCpuMs: 600, generatorCpuMs: 300, besideCpuMs: {}, othersCpuMs: 60 }
  return { mode: 'closed', turns: 3000, elapsedMs: 6000, latency, ...cpu, errors: 0, errorSamples: [], ...more }
}

describe('the median', () => {
  test('is the value in the middle, of an even number the lower of two', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 2, 3])).toBe(2)
  })
})

describe('the table of one server with Redis', () => {
  test('compares with the hand-written server by turns and by the time of a core', () => {
    const runs = (serverCpuMs: number, turns: number) => {
      const each = run({ serverCpuMs, turns, besideCpuMs: { redis: 0 } })
      return { few: [each], many: [each], rate: [each], lag: [] }
    }
    const found = {
      'raw ws': runs(300, 6000),
      'ws + Redis by hand': runs(600, 3000),
      'Parley, journal in Redis': runs(600, 1500),
    }
    const text = pathTable(found, options)
    expect(text).toContain('| turns/s, 1,000 sockets | 1,000 | 500 (1.00 ×) | 250 (0.50 ×) |')
    expect(text).toContain('| turns that a second of a core gives, by that | 20,000 | 5,000 (1.00 ×) | 2,500 (0.50 ×) |')
  })
})

describe('the table of turns across nodes', () => {
  test('shares what both nodes spend more between them, without what they spend idle', () => {
    const local = run({ serverCpuMs: 960, besideCpuMs: { gateway: 60 } })
    const crossing = run({ serverCpuMs: 900, besideCpuMs: { gateway: 720 } })
    const text = crossingTable({ local: [local], crossing: [crossing], idle: { owner: 10, gateway: 10 } }, options)
    expect(text).toContain('| CPU µs per turn, owner | 300 | 280 | −20 |')
    expect(text).toContain('| CPU µs per turn, gateway | 0 | 220 | +220 |')
    expect(text).toContain('| extra per turn and node |  |  | 100 µs |')
    expect(text).toContain('| the same per delivery, as the open of each conversation crosses too |  |  | 75 µs |')
  })
})

describe('the table of clusters', () => {
  test('says what each process took of a core', () => {
    const one = { name: 'one node', run: run(), cpuMs: { first: 3000, redis: 600 } } as const
    const two = { name: 'two nodes', run: run(), cpuMs: { first: 3000, second: 1500, redis: 600 } } as const
    const lines = pairTable([one, two], options).split('\n')
    expect(lines).toContain('| one node | 500 | 1 | 10 | 1,000 | 50 | – | 10 | 5 | 1–1 |')
    expect(lines).toContain('| two nodes | 500 | 1 | 10 | 1,500 | 50 | 25 | 10 | 5 | 1–1 |')
  })
})

test('a wrong answer fails the bench', () => {
  expect(failuresOf([run(), run({ errors: 2, errorSamples: ['another prompt'] })])).toEqual([
    'closed: 2 errors, such as: another prompt',
  ])
})
