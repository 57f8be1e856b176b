import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveTimers } from './live-timers.ts'

describe('live timers', () => {
  it('agree with a map over any sequence of changes', () => {
    const change = fc.record({
      shard: fc.constantFrom(0, 1, 1023),
      cid: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      name: fc.constantFrom('idle', 'noInput'),
      dueMs: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 100 })),
      place: fc.constantFrom(1, 2, 3),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const timers = new LiveTimers()
        const model = new Map<
          string,
          { shard: number; tenant: string; cid: string; name: string; dueMs: number; place: number }
        >()
        for (const { shard, cid: id, name, dueMs, place } of changes) {
          const cid = `${id}${shard}`
          timers.apply(shard, 'demo', cid, [{ name, dueMs }], place)
          if (dueMs === null) model.delete(`${cid} ${name}`)
          else model.set(`${cid} ${name}`, { shard, tenant: 'demo', cid, name, dueMs, place })
        }
        expect(timers.size).toBe(model.size)
        const all = [...model.values()]
        const bare = ({ shard, tenant, cid, name, dueMs }: (typeof all)[number]) => ({ shard, tenant, cid, name, dueMs })
        for (const shard of [0, 1, 1023]) {
          const expected = all.filter((each) => each.shard === shard && each.dueMs <= 50).map(bare)
          expect(timers.due(shard, 50)).toEqual(expect.arrayContaining(expected))
          expect(timers.due(shard, 50)).toHaveLength(expected.length)
        }
        for (const place of [1, 2, 3]) {
          const expected = all.filter((each) => each.place === place).map(bare)
          expect(timers.placed(place)).toEqual(expect.arrayContaining(expected))
          expect(timers.placed(place)).toHaveLength(expected.length)
        }
      }),
    )
  })
})
