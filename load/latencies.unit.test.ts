import { describe, expect, test } from 'vitest'
import { Latencies } from './latencies.ts'

describe('Latencies', () => {
  test('gives percentiles in milliseconds to three digits', () => {
    const latencies = new Latencies()
    for (let i = 1; i <= 1000; i++) latencies.record(i / 10)
    const { count, p50Ms, p99Ms, p999Ms, maxMs } = latencies.summary()
    expect(count).toBe(1000)
    expect(p50Ms).toBeCloseTo(50, 0)
    expect(p99Ms).toBeCloseTo(99, 0)
    expect(p999Ms).toBeCloseTo(99.9, 0)
    expect(maxMs).toBeCloseTo(100, 0)
  })

  test('tells a stall that most turns did not see', () => {
    const latencies = new Latencies()
    for (let i = 0; i < 990; i++) latencies.record(1)
    for (let i = 0; i < 10; i++) latencies.record(500)
    expect(latencies.summary().p50Ms).toBeCloseTo(1, 1)
    expect(latencies.summary().p999Ms).toBeGreaterThan(499)
  })

  test('counts a negative wait as none and an endless one as a minute', () => {
    const latencies = new Latencies()
    latencies.record(-0.001)
    latencies.record(10_000_000)
    expect(latencies.summary().count).toBe(2)
    expect(latencies.summary().maxMs).toBeCloseTo(60_000, -2)
  })

  test('is all zero without a value', () => {
    expect(new Latencies().summary()).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 })
  })
})
