import { beforeEach, describe, expect, it } from 'vitest'
import { ShardMap } from './shard-map.ts'

describe('the shard map', () => {
  let map: ShardMap
  let changed: number[]

  beforeEach(() => {
    map = new ShardMap()
    changed = []
    map.onChange((shard) => changed.push(shard))
  })

  it('knows nobody at first', () => {
    expect(map.ownerOf(5)).toBeUndefined()
    expect(map.epochOf(5)).toBe(0)
    expect(map.of('a')).toEqual([])
  })

  it('believes the higher epoch, whatever comes later', () => {
    expect(map.learn({ shard: 5, owner: 'a', epoch: 2 })).toBe(true)
    expect(map.learn({ shard: 5, owner: 'b', epoch: 3 })).toBe(true)
    expect(map.learn({ shard: 5, owner: 'a', epoch: 2 })).toBe(false)
    expect([map.ownerOf(5), map.epochOf(5)]).toEqual(['b', 3])
    expect(changed).toEqual([5, 5])
  })

  it('tells nobody about what was known already', () => {
    map.learn({ shard: 5, owner: 'a', epoch: 2 })
    expect(map.learn({ shard: 5, owner: 'a', epoch: 2 })).toBe(false)
    expect(changed).toEqual([5])
  })

  it('forgets an owner in doubt, and takes the same word for new afterwards', () => {
    map.learn({ shard: 5, owner: 'a', epoch: 2 })
    map.doubt(5, 'a')
    expect(map.ownerOf(5)).toBeUndefined()
    expect(map.epochOf(5)).toBe(2)
    expect(map.learn({ shard: 5, owner: 'a', epoch: 2 })).toBe(true)
    expect(changed).toEqual([5, 5, 5])
  })

  it('does not doubt an owner for what another one did', () => {
    map.learn({ shard: 5, owner: 'a', epoch: 2 })
    map.doubt(5, 'b')
    expect(map.ownerOf(5)).toBe('a')
    expect(changed).toEqual([5])
  })

  it('goes back to a lower epoch only when it is told to replace', () => {
    map.learn({ shard: 5, owner: 'a', epoch: 9 })
    map.replace({ shard: 5, owner: 'b', epoch: 4 })
    expect([map.ownerOf(5), map.epochOf(5)]).toEqual(['b', 4])
  })

  it.each([-1, 1024, 1.5, Number.NaN, '5' as unknown as number])('passes over the shard %s', (shard) => {
    expect(map.learn({ shard, owner: 'a', epoch: 2 })).toBe(false)
    map.replace({ shard, owner: 'a', epoch: 2 })
    expect(changed).toEqual([])
  })

  it('passes over an epoch that is no number', () => {
    expect(map.learn({ shard: 5, owner: 'a', epoch: Number.NaN })).toBe(false)
    expect(map.learn({ shard: 5, owner: 'a', epoch: undefined as unknown as number })).toBe(false)
  })

  it('lists the shards of an owner, and tells of one that serves again', () => {
    for (const shard of [3, 8, 700]) map.learn({ shard, owner: 'a', epoch: 1 })
    map.learn({ shard: 8, owner: 'b', epoch: 2 })
    expect(map.of('a')).toEqual([3, 700])
    changed.length = 0
    map.touch(3)
    expect(changed).toEqual([3])
  })
})
