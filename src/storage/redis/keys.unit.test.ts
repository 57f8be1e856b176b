import { describe, expect, it } from 'vitest'
import { SHARD_COUNT } from '../../kernel/shard.ts'
import { keysOf, slotOf, TAG_COUNT, tagOf } from './keys.ts'

describe('the keys of a shard', () => {
  it('begin with the prefix and name the tag that the shard shares with its neighbours', () => {
    const keys = keysOf('parley:')
    expect(keys).toHaveLength(SHARD_COUNT)
    expect(keys[17]).toEqual({
      meta: 'parley:j:{g1}:17:m',
      log: 'parley:j:{g1}:17:l',
      timers: 'parley:j:{g1}:17:t',
      side: 'parley:j:{g1}:17:a',
    })
    expect(new Set(keys.map((_, shard) => tagOf(shard))).size).toBe(TAG_COUNT)
  })

  it('refuse a prefix that would move them to other slots, or none at all', () => {
    for (const prefix of ['', '{a}', 'a b', 'x'.repeat(65)]) expect(() => keysOf(prefix)).toThrow(/key prefix/)
  })

  it('lie where Redis Cluster looks for them', () => {
    // As CLUSTER KEYSLOT answers for them.
    expect([slotOf(0), slotOf(1), slotOf(17), slotOf(63)]).toEqual(SLOTS)
  })
})

const SLOTS = [9454, 13_519, 12_011, 14_328]
