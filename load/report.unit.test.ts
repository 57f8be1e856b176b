import { describe, expect, test } from 'vitest'
import { benchOptions } from './bench-options.ts'
import { type Findings, noFindings } from './findings.ts'
import type { JobResult } from './job.ts'
import { failures, table } from './report.ts'

const machine = {
  cpu: 'cpu',
  cores: 2,
  memoryGiB: 8,
  kernel: '6',
  node: 'v24',
  date: '2026-01-01',
  commit: 'abc',
  changed: false,
  pinned: true,
  dataInMemory: false,
}
const latency = { count: 1, p50Ms: 6, p99Ms: 20, p999Ms: 200, maxMs: 300 }

function run(mode: JobResult['mode'], turns: number, more: Partial<JobResult> = {}): JobResult {
  return {
    mode,
    turns,
    elapsedMs: 1000,
    latency,
    serverCpuMs: 1000,
    generatorCpuMs: 500,
    besideCpuMs: {},
    othersCpuMs: 0,
    errors: 0,
    errorSamples: [],
    ...more,
  }
}

function findings(): Findings {
  const options = benchOptions(['--quick'])
  if (options === 'help') throw new Error('no options')
  return noFindings(machine, options)
}

function row(found: Findings, label: string): string {
  return (
    table(found)
      .split('\n')
      .find((line) => line.startsWith(`| ${label}`)) ?? ''
  )
}

describe('the table', () => {
  test('gives throughput beside its ratio to raw, judged by the ratio', () => {
    const found = findings()
    found.servers.raw.many.push(run('closed', 20_000))
    found.servers.disk.many.push(run('closed', 11_000))
    found.servers.memory.many.push(run('closed', 11_000))
    expect(row(found, 'turns/s, 1,000')).toBe(
      '| turns/s, 1,000 sockets | 20,000 | – | – | 11,000 (55 %) | 11,000 (55 %) | 50 % / 65 % | least, memory: **missed** |',
    )
    expect(row(found, 'server CPU µs per turn, 1,000')).toContain('| 50.0 | – | – | 90.9 (55 %) |')
  })

  test('takes the mean of the rounds', () => {
    const found = findings()
    found.servers.raw.few.push(run('closed', 1_000), run('closed', 3_000))
    expect(row(found, 'turns/s, 64')).toContain('| 2,000 | – | – | – | – |')
  })

  test('says what the product adds to the sketch with the same journal', () => {
    const found = findings()
    found.servers.sketch.many.push(run('closed', 20_000))
    found.servers.disk.many.push(run('closed', 10_000))
    found.servers.memory.many.push(run('closed', 10_000))
    expect(row(found, 'µs over the sketch, 1,000')).toBe('| µs over the sketch, 1,000 sockets | – | – | – | 50.0 | – |  |  |')
  })

  test('judges latencies each by its own bound', () => {
    const found = findings()
    found.servers.disk.rate.push(run('rate', 2_000))
    expect(row(found, 'p50 ms')).toContain('| 8 / 5 | least |')
    expect(row(found, 'p99 ms')).toContain('| 50 / 25 | goal |')
    expect(row(found, 'p99.9 ms')).toContain('| 100 / 60 | **missed** |')
  })

  test('divides the grown memory by the conversations', () => {
    const found = findings()
    found.servers.disk.held.push(run('hold', 10_000, { residentKiB: { before: 100_000, after: 240_000 } }))
    expect(row(found, 'KiB (anonymous memory) per open conversation')).toContain('| 14.0 |')
  })

  test('tells the worst lag, and leaves out what was not measured', () => {
    const found = findings()
    found.servers.disk.lag.push({ entries: 5, drainedMs: 100 }, null, { entries: 9, drainedMs: 2_600 })
    expect(row(found, 'write-behind lag')).toContain('| 2.60 |')
    expect(row(found, 'write-behind lag')).toContain('**missed**')
    expect(row(found, 'cold starts')).toBe('')
  })
})

test('a run fails when any answer was wrong, and says on which server', () => {
  const found = findings()
  found.servers.raw.cold.push(run('cold', 10))
  expect(failures(found)).toEqual([])
  found.servers.disk.cold.push(run('cold', 10, { errors: 2, errorSamples: ['a msg.ok too many'] }))
  expect(failures(found)).toEqual(['disk, cold: 2 errors, such as: a msg.ok too many'])
})
