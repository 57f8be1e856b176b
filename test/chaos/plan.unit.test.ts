import { expect, test } from 'vitest'
import { collide, type Fault, kindOf } from './fault-kinds.ts'
import { planFaults } from './plan.ts'

const HALF_AN_HOUR_MS = 30 * 60_000
const plan = (seed: number): Fault[] => planFaults({ seed, forMs: HALF_AN_HOUR_MS, nodes: 3 })

test('one seed means one plan', () => {
  expect(plan(7)).toEqual(plan(7))
  expect(plan(7)).not.toEqual(plan(8))
})

test('half an hour has more than a hundred faults of nearly all kinds', () => {
  for (const seed of [1, 2, 3]) {
    const faults = plan(seed)
    expect(faults.length).toBeGreaterThan(100)
    expect(new Set(faults.map(({ kind }) => kind)).size).toBeGreaterThan(25)
  }
})

test('faults overlap, but not two on the same thing', () => {
  const faults = plan(5)
  const pairs = faults.flatMap((a, i) => faults.slice(i + 1).map((b) => [a, b] as const))
  const overlapping = pairs.filter(([a, b]) => a.atMs < b.atMs + b.lastsMs && b.atMs < a.atMs + a.lastsMs)
  expect(overlapping.length).toBeGreaterThan(10)
  for (const [a, b] of overlapping) expect(collide(kindOf(a.kind).touches(a), kindOf(b.kind).touches(b))).toBe(false)
})

test('what may cost Redis entries has nodes and NATS for itself until it is repaired', () => {
  for (const loss of plan(9).filter(({ kind }) => kind === 'Redis log cut' || kind === 'Redis killed')) {
    const { restMs = 0 } = kindOf(loss.kind)
    expect(restMs).toBeGreaterThanOrEqual(8_000)
    const others = plan(9).filter(({ atMs }) => atMs > loss.atMs && atMs < loss.atMs + loss.lastsMs + restMs)
    expect(others.filter(({ kind }) => /^node|nodes|NATS|rolling|^Redis/.test(kind))).toEqual([])
  }
})
