import { describe, expect, test } from 'vitest'
import { Pace } from './pace.ts'

describe('Pace', () => {
  test('gives nothing before it is due', () => {
    const pace = new Pace(1000, 100, 10)
    expect(pace.take(99.9)).toBeUndefined()
    expect(pace.take(100)).toBe(100)
    expect(pace.take(100.5)).toBeUndefined()
    expect(pace.take(101)).toBe(101)
  })

  test('keeps the intended times of a round that comes late', () => {
    const pace = new Pace(2000, 0, 1000)
    const taken: number[] = []
    for (let at = pace.take(2); at !== undefined; at = pace.take(2)) taken.push(at)
    expect(taken).toEqual([0, 0.5, 1, 1.5, 2])
  })

  test('ends after rate times length sends', () => {
    const pace = new Pace(2000, 0, 1000)
    while (pace.take(5000) !== undefined);
    expect(pace.count).toBe(2000)
    expect(pace.isOver).toBe(true)
  })

  test('does not drift: the millionth send is on its time', () => {
    const pace = new Pace(3000, 0, 1_000_000)
    let last = 0
    for (let i = 0; i < 1_000_000; i++) last = pace.take(Number.POSITIVE_INFINITY) ?? -1
    expect(last).toBeCloseTo(999_999 / 3, 6)
  })

  test('refuses a rate of nothing', () => {
    expect(() => new Pace(0, 0, 1)).toThrow(RangeError)
    expect(() => new Pace(Number.NaN, 0, 1)).toThrow(RangeError)
  })
})
