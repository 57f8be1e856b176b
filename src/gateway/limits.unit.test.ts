import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RatePlace, RateWindows, TokenBucket } from './limits.ts'

describe('a token bucket', () => {
  it('gives a burst of a second, then as many a second', () => {
    const bucket = new TokenBucket(10, 0)
    for (let i = 0; i < 10; i++) expect(bucket.take(0)).toBeGreaterThanOrEqual(0)
    expect(bucket.take(0)).toBe(-1)
    expect(bucket.retryMs).toBe(200)
    expect(bucket.take(200)).toBeGreaterThanOrEqual(0)
  })

  it('never holds more than a second has', () => {
    const bucket = new TokenBucket(5, 0)
    expect(bucket.take(60_000)).toBe(4)
  })
})

describe('rate windows', () => {
  it('count each key for itself', () => {
    const rates = new RateWindows(2, 1000, 0)
    expect([rates.take('a', 0), rates.take('a', 0), rates.take('b', 0)]).toEqual([1, 0, 1])
    expect(rates.take('a', 0)).toBeLessThan(0)
  })

  it('count a key alike by its name and by places that remember it, window after window', () => {
    const max = 8
    const [byName, mixed] = [new RateWindows(max, 1000, 0), new RateWindows(max, 1000, 0)]
    const places = [new RatePlace('a'), new RatePlace('a')]
    for (let i = 0; i < 400; i++) {
      const now = i * 37 + (i % 90 === 0 ? 2500 : 0)
      const place = places[i % 3]
      expect(place === undefined ? mixed.take('a', now) : mixed.takeAt(place, now)).toBe(byName.take('a', now))
    }
  })

  it('forget gradually what the last window had', () => {
    const rates = new RateWindows(10, 1000, 0)
    for (let i = 0; i < 10; i++) rates.take('a', 900)
    expect(rates.take('a', 1100)).toBe(0)
    expect(rates.take('a', 1110)).toBeLessThan(0)
    expect(rates.take('a', 5000)).toBe(9)
  })

  it('refuse until the time they name, and not after it', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), arrivals, (max, gaps) => {
        const rates = new RateWindows(max, 1000, 0)
        let now = 0
        for (const gap of gaps) {
          now += gap
          const left = rates.take('a', now)
          if (left >= 0) continue
          now += -left
          expect(rates.take('a', now)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('never let more than twice the bound through in any window, and nearly the bound on the whole', () => {
    const rates = new RateWindows(20, 10_000, 0)
    const passed: number[] = []
    for (let now = 0; now < 60_000; now += 50) if (rates.take('a', now) >= 0) passed.push(now)
    for (const start of passed) {
      const inWindow = passed.filter((at) => at >= start && at < start + 10_000).length
      expect(inWindow).toBeLessThanOrEqual(40)
    }
    expect(passed.length).toBeGreaterThanOrEqual(5 * 20)
  })
})
