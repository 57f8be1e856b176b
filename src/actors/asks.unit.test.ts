import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { shardOf } from '../kernel/shard.ts'
import { type Ask, Asks } from './asks.ts'
import type { WireDelivery } from './remote-items.ts'

const caller = { tenant: 'demo', user: 'anna', role: 'user' } as const
const LIMITS = { parkedMax: 3, parkedBytesMax: 1000, shardMax: 6 }

let nextId = 1
function ask(cid: string, type: 'send' | 'get' = 'send', bytes = 10): Ask {
  const id = nextId++
  const delivery: WireDelivery = type === 'get' ? { type, caller } : { type, caller, mid: `m${id}`, kind: 'text', body: 'what?' }
  const state = { attempts: 0, looks: 0, deaths: 0, sentTo: undefined, sentMs: 0, retryAtMs: 0, queued: false }
  return { id, tenant: 'demo', cid, shard: shardOf('demo', cid), delivery, reply: () => undefined, bytes, startedMs: 0, ...state }
}

describe('asks under way', () => {
  let asks: Asks

  beforeEach(() => {
    asks = new Asks(LIMITS)
  })

  it('lets one change of a conversation out at a time, in the order asked', () => {
    const [first, second, third] = [ask('c1'), ask('c1'), ask('c1')]
    expect([first, second, third].map((one) => asks.add(one))).toEqual(['go', 'wait', 'wait'])
    expect(asks.parked).toBe(2)
    expect(asks.remove(first)).toBe(second)
    expect(second.queued).toBe(false)
    expect(asks.remove(second)).toBe(third)
    expect(asks.remove(third)).toBeUndefined()
    expect([asks.size, asks.parked, asks.isLined('demo', 'c1'), asks.has(first.shard)]).toEqual([0, 0, false, false])
  })

  it('holds no read back behind a change', () => {
    expect(asks.add(ask('c1'))).toBe('go')
    expect(asks.add(ask('c1', 'get'))).toBe('go')
  })

  it('starts no line for a read', () => {
    const read = ask('c1', 'get')
    asks.add(read)
    expect(asks.isLined('demo', 'c1')).toBe(false)
    expect(asks.add(ask('c1'))).toBe('go')
    expect(asks.remove(read)).toBeUndefined()
    expect(asks.isLined('demo', 'c1')).toBe(true)
  })

  it('keeps the lines of conversations apart, also of the same id in another tenant', () => {
    asks.add(ask('c1'))
    expect(asks.add({ ...ask('c1'), tenant: 'other' })).toBe('go')
    expect(asks.add(ask('c2'))).toBe('go')
  })

  it('lets one that waits go out of the middle of its line', () => {
    const [first, second, third] = [ask('c1'), ask('c1'), ask('c1')]
    for (const one of [first, second, third]) asks.add(one)
    expect(asks.remove(second)).toBeUndefined()
    expect(asks.remove(first)).toBe(third)
    expect(asks.parked).toBe(0)
  })

  it('refuses what would make a line too long, and takes it again when there is room', () => {
    const all = [ask('c1'), ask('c1'), ask('c1'), ask('c1')]
    expect(all.map((one) => asks.add(one))).toEqual(['go', 'wait', 'wait', 'wait'])
    expect(asks.add(ask('c1'))).toBe('full')
    asks.remove(all[0] as Ask)
    expect(asks.add(ask('c1'))).toBe('wait')
  })

  it('refuses more asks of a shard than it may have, reads included', () => {
    for (let i = 0; i < LIMITS.shardMax; i++) expect(asks.add(ask('c1', 'get'))).toBe('go')
    expect(asks.add(ask('c1', 'get'))).toBe('full')
    expect(asks.add(ask('c9', 'get'))).toBe(shardOf('demo', 'c9') === shardOf('demo', 'c1') ? 'full' : 'go')
  })

  it('refuses more bytes of a shard than it may have', () => {
    const big = ask('c1', 'get', 900)
    expect(asks.add(big)).toBe('go')
    expect(asks.add(ask('c1', 'get', 200))).toBe('full')
    asks.remove(big)
    expect(asks.add(ask('c1', 'get', 200))).toBe('go')
  })

  it('knows them by id and by shard', () => {
    const one = ask('c1')
    asks.add(one)
    expect(asks.get(one.id)).toBe(one)
    expect(asks.of(one.shard)).toEqual([one])
    expect(asks.all()).toEqual([one])
    asks.remove(one)
    expect(asks.get(one.id)).toBeUndefined()
    expect(asks.of(one.shard)).toEqual([])
  })

  it('answers whatever comes: every line stays in order, and nothing is left when all have their answers', () => {
    const step = fc.record({ cid: fc.constantFrom('c1', 'c2', 'c3'), read: fc.boolean(), answer: fc.boolean(), pick: fc.nat(50) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const under = new Asks({ parkedMax: 4, parkedBytesMax: 200, shardMax: 8 })
        const out = new Set<Ask>()
        const went = new Map<string, number>()
        const goes = (one: Ask): void => {
          out.add(one)
          if (one.delivery.type === 'get') return
          expect(one.id).toBeGreaterThan(went.get(one.cid) ?? 0)
          went.set(one.cid, one.id)
          const ofLine = [...out].filter(({ cid, delivery }) => cid === one.cid && delivery.type !== 'get')
          expect(ofLine).toEqual([one])
        }
        const settle = (one: Ask): void => {
          out.delete(one)
          const next = under.remove(one)
          if (next) goes(next)
        }
        for (const { cid, read, answer, pick } of steps) {
          const all = [...out]
          if (answer && all.length > 0) settle(all[pick % all.length] as Ask)
          else {
            const one = ask(cid, read ? 'get' : 'send')
            if (under.add(one) === 'go') goes(one)
          }
        }
        while (out.size > 0) settle([...out][0] as Ask)
        expect([under.size, under.parked]).toEqual([0, 0])
      }),
    )
  })
})
