import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FOLDS, foldsHeldOut, QUANTILES, quantilesOf, scoreOf } from './calibration.ts'

describe('a score', () => {
  const evenly = quantilesOf(Array.from({ length: 1_001 }, (_, i) => i / 1_000))

  it('is the share of known texts that are less sure', () => {
    for (const share of [0.05, 0.1, 0.5, 0.93]) expect(scoreOf(share, evenly)).toBeCloseTo(share, 2)
  })

  it('is 0 below all and 1 above all of them', () => {
    expect(scoreOf(-1, evenly)).toBe(0)
    expect(scoreOf(0, evenly)).toBe(0)
    expect(scoreOf(1, evenly)).toBe(1)
    expect(scoreOf(Number.NaN, evenly)).toBe(0)
  })

  it('rises with sureness, whatever the distribution', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 200 }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (values, sureness, more) => {
          const quantiles = quantilesOf(values)
          expect(quantiles).toHaveLength(QUANTILES)
          const score = scoreOf(sureness, quantiles)
          expect(score).toBeGreaterThanOrEqual(0)
          expect(scoreOf(sureness + more, quantiles)).toBeGreaterThanOrEqual(score)
        },
      ),
    )
  })
})

describe('the examples held out', () => {
  it('are all of few, and a fifth of many', () => {
    expect(foldsHeldOut(2)).toBe(FOLDS)
    expect(foldsHeldOut(300)).toBe(FOLDS)
    expect(foldsHeldOut(770)).toBe(2)
    expect(foldsHeldOut(1_500)).toBe(1)
    expect(foldsHeldOut(50_000)).toBe(1)
  })
})
