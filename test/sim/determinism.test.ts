import { afterEach, expect, test, vi } from 'vitest'
import { runSeed, type Shape } from './run.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const SHAPES: readonly Shape[] = ['alone', 'cluster']

test.each(SHAPES)('the same seed gives the same trace (%s)', async (shape) => {
  const first = await runSeed({ seed: 7, shape, talkMs: 8000 })
  const second = await runSeed({ seed: 7, shape, talkMs: 8000 })
  expect([second.hash, second.events, second.counts]).toEqual([first.hash, first.events, first.counts])
  expect(first.events).toBeGreaterThan(1000)
})

test('another seed gives another trace', async () => {
  const first = await runSeed({ seed: 8, shape: 'cluster', talkMs: 3000 })
  const second = await runSeed({ seed: 9, shape: 'cluster', talkMs: 3000 })
  expect(second.hash).not.toBe(first.hash)
})

test.each(SHAPES)('neither the machine’s clock nor its randomness is asked (%s)', async (shape) => {
  const asked = [
    vi.spyOn(Math, 'random'),
    vi.spyOn(Date, 'now'),
    vi.spyOn(performance, 'now'),
    vi.spyOn(globalThis, 'setTimeout'),
  ]
  await runSeed({ seed: 10, shape, talkMs: 5000 })
  expect(asked.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 0])
})
