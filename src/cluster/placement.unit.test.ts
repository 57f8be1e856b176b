import { describe, expect, it } from 'vitest'
import { SHARD_COUNT } from '../kernel/shard.ts'
import { bestOf, type Candidate, ranking } from './placement.ts'

const SHARDS = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
const nodes = (...names: string[]): Candidate[] => names.map((node) => ({ id: `${node}-1`, node }))
const owners = (candidates: readonly Candidate[]): (string | undefined)[] =>
  SHARDS.map((shard) => bestOf(shard, candidates)?.node)

describe('placement', () => {
  it('has nobody for a shard without candidates', () => {
    expect(bestOf(7, [])).toBeUndefined()
    expect(ranking(7, [])).toEqual([])
  })

  it('gives a node that comes only what it gets: no shard moves between the others', () => {
    const before = owners(nodes('a', 'b', 'c'))
    const after = owners(nodes('a', 'b', 'c', 'd'))
    for (const shard of SHARDS) if (after[shard] !== 'd') expect(after[shard]).toBe(before[shard])
    expect(after.filter((node) => node === 'd').length).toBeGreaterThan(SHARD_COUNT / 8)
  })

  it('takes from a node that goes only what it had, and spreads that over all others', () => {
    const before = owners(nodes('a', 'b', 'c', 'd'))
    const after = owners(nodes('a', 'b', 'd'))
    const heirs = new Set<string | undefined>()
    for (const shard of SHARDS) {
      if (before[shard] === 'c') heirs.add(after[shard])
      else expect(after[shard]).toBe(before[shard])
    }
    expect([...heirs].sort()).toEqual(['a', 'b', 'd'])
  })

  it.each([2, 3, 5, 8])('spreads all shards evenly over %i nodes', (count) => {
    const names = Array.from({ length: count }, (_, i) => `parley-${i}`)
    const placed = owners(nodes(...names))
    for (const name of names) {
      const share = placed.filter((node) => node === name).length / (SHARD_COUNT / count)
      expect(share).toBeGreaterThan(0.7)
      expect(share).toBeLessThan(1.35)
    }
  })

  it('is the same on every node, in whatever order the members are known there', () => {
    const all = nodes('a', 'b', 'c', 'd')
    const turned = [...all].reverse()
    for (const shard of SHARDS) {
      expect(bestOf(shard, turned)).toEqual(bestOf(shard, all))
      expect(ranking(shard, turned)).toEqual(ranking(shard, all))
    }
  })

  it('ranks every candidate once, the best of them first', () => {
    const all = nodes('a', 'b', 'c', 'd')
    for (const shard of SHARDS) {
      const ranked = ranking(shard, all)
      expect(ranked[0]).toEqual(bestOf(shard, all))
      expect(new Set(ranked.map(({ id }) => id)).size).toBe(4)
    }
  })

  it('gives a node that comes back under a new incarnation the shards that it had', () => {
    const again = [...nodes('a', 'c'), { id: 'b-2', node: 'b' }]
    expect(owners(again)).toEqual(owners(nodes('a', 'b', 'c')))
  })

  it('decides between two incarnations of one node by their ids', () => {
    const both = [
      { id: 'a-2', node: 'a' },
      { id: 'a-1', node: 'a' },
    ]
    for (const shard of SHARDS) expect(bestOf(shard, both)?.id).toBe('a-1')
  })
})
