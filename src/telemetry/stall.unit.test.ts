import { describe, expect, test } from 'vitest'
import { StallMeter } from './stall.ts'

/** Feeds ticks given as [beat, wall step, mono step] and tells at which the loop was found stuck (0: never). */
function foundAt(ticks: readonly (readonly [number, number, number])[]): number {
  const tick = { beat: 0, wallMs: 1_000_000, monoMs: 0 }
  const meter = new StallMeter(1_000, 250, { ...tick })
  for (const [at, [beat, wallStep, monoStep]] of ticks.entries()) {
    tick.beat = beat
    tick.wallMs += wallStep
    tick.monoMs += monoStep
    if (meter.stuck({ ...tick })) return at + 1
  }
  return 0
}

const still = (times: number) => Array.from({ length: times }, () => [0, 250, 250] as const)

describe('a loop', () => {
  test('without a beat for the whole time is stuck', () => {
    expect(foundAt(still(6))).toBe(4)
  })

  test('that beats now and then is not', () => {
    expect(foundAt([...still(3), [1, 250, 250], [1, 250, 250], [1, 250, 250], [1, 250, 250], [2, 250, 250]])).toBe(0)
  })

  test('is given the whole time again after a suspend, seen by the wall clock alone', () => {
    expect(foundAt([...still(3), [0, 3_600_000, 250], ...still(3)])).toBe(0)
  })

  test('is given the whole time again after the watcher stood still itself', () => {
    expect(foundAt([...still(3), [0, 5_000, 5_000], ...still(3)])).toBe(0)
  })

  test('is given the whole time again when the wall clock is set back', () => {
    expect(foundAt([...still(3), [0, -10_000, 250], ...still(3)])).toBe(0)
  })

  test('that stays stuck after a suspend is found', () => {
    expect(foundAt([...still(3), [0, 3_600_000, 250], ...still(5)])).toBe(8)
  })
})
