import { beforeEach, describe, expect, it } from 'vitest'
import { FaultyBus } from '../../test/fixtures/faulty-bus.ts'
import { settle } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { Links } from './links.ts'
import { LocalBroker } from './local/broker.ts'
import type { Heartbeat } from './membership.ts'
import { subjectsOf } from './subjects.ts'
import { packed, unpacked } from './wire.ts'

const subjects = subjectsOf('t')

/** One end, and what it was told. */
class End {
  readonly bus: FaultyBus
  readonly links: Links
  readonly told: [string, unknown][] = []
  onItem: (item: unknown) => void = () => undefined
  readonly #self: string

  constructor(broker: LocalBroker, self: string) {
    this.#self = self
    this.bus = new FaultyBus(broker.connect())
    this.links = new Links({
      self,
      bus: this.bus,
      subjects,
      log: silentLog,
      metrics: noMetrics,
      events: {
        item: (from, item) => {
          this.onItem(item)
          this.told.push([from, item])
        },
        gap: (from) => this.told.push([from, 'GAP']),
        unheard: (to) => this.told.push([to, 'UNHEARD']),
      },
    })
    this.links.start()
  }

  heartbeat(): Heartbeat {
    const id = this.#self
    return { id, node: id, roles: [], n: 1, seen: {}, draining: false, unfit: false, left: false, links: this.links.positions() }
  }
}

describe('links between two nodes', () => {
  let broker: LocalBroker
  let a: End
  let b: End

  beforeEach(() => {
    broker = new LocalBroker()
    a = new End(broker, 'a')
    b = new End(broker, 'b')
  })

  const send = async (...items: unknown[]): Promise<void> => {
    for (const item of items) a.links.send('b', item)
    await settle()
  }

  it('bring items in the order in which they were sent, one frame for what was sent within one round', async () => {
    await send(1, 'two', { three: [3] })
    await send(4)
    expect(b.told).toEqual([
      ['a', 1],
      ['a', 'two'],
      ['a', { three: [3] }],
      ['a', 4],
    ])
    expect(a.bus.published.filter((subject) => subject === subjects.turns('b'))).toHaveLength(2)
  })

  it('do not wait for the end of the round with very many items', async () => {
    await send(...Array.from({ length: 600 }, (_, i) => i))
    expect(b.told.map(([, item]) => item)).toEqual(Array.from({ length: 600 }, (_, i) => i))
    expect(a.links.positions()).toEqual({ b: [1, 3] })
  })

  it('drop a frame that comes twice', async () => {
    const frames: Uint8Array[] = []
    a.bus.loses = (subject, data) => {
      if (subject === subjects.turns('b')) frames.push(Uint8Array.from(data))
      return false
    }
    await send('once')
    await send('then')
    a.bus.loses = () => false
    for (const frame of frames) a.bus.publish(subjects.turns('b'), frame)
    await settle()
    expect(b.told).toEqual([
      ['a', 'once'],
      ['a', 'then'],
    ])
  })

  it('tell of a hole when the next frame comes, before its items', async () => {
    await send(1)
    a.bus.loses = () => true
    await send(2)
    a.bus.loses = () => false
    await send(3)
    expect(b.told).toEqual([
      ['a', 1],
      ['a', 'GAP'],
      ['a', 3],
    ])
  })

  it('notice a lost last frame by the second heartbeat, once', async () => {
    await send(1)
    a.bus.loses = () => true
    await send(2)
    a.bus.loses = () => false
    b.links.heard(a.heartbeat())
    expect(b.told).toEqual([['a', 1]])
    b.links.heard(a.heartbeat())
    b.links.heard(a.heartbeat())
    expect(b.told).toEqual([
      ['a', 1],
      ['a', 'GAP'],
    ])
  })

  it('take a frame that is only slower than the heartbeat for no loss', async () => {
    await send(1)
    const late: Uint8Array[] = []
    a.bus.loses = (_subject, data) => late.push(Uint8Array.from(data)) > 0
    await send(2)
    a.bus.loses = () => false
    b.links.heard(a.heartbeat())
    for (const frame of late) a.bus.publish(subjects.turns('b'), frame)
    await settle()
    b.links.heard(a.heartbeat())
    expect(b.told).toEqual([
      ['a', 1],
      ['a', 2],
    ])
  })

  it('pass over what comes after it was given up, so that nothing comes out of order', async () => {
    await send(1)
    const late: Uint8Array[] = []
    a.bus.loses = (_subject, data) => late.push(Uint8Array.from(data)) > 0
    await send(2)
    a.bus.loses = () => false
    await send(3)
    for (const frame of late) a.bus.publish(subjects.turns('b'), frame)
    await settle()
    expect(b.told.map(([, item]) => item)).toEqual([1, 'GAP', 3])
  })

  it('carry what is larger than a frame in parts', async () => {
    const large = 'x'.repeat(700_000)
    await send(large, 'small')
    await send('after')
    expect(b.told.map(([, item]) => item)).toEqual([large, 'small', 'after'])
    expect(a.links.positions()).toEqual({ b: [1, 4] })
  })

  it.each([1, 2, 3])('lose the whole of it when part %i of three is lost, and go on after it', async (lost) => {
    let frame = 0
    a.bus.loses = (subject) => subject === subjects.turns('b') && ++frame === lost
    await send('x'.repeat(700_000))
    await send('after')
    expect(b.told.map(([, item]) => item)).toEqual(['GAP', 'after'])
  })

  it('tell of a sender that begins anew', async () => {
    await send(1)
    a.links.forget('b')
    await send(2)
    expect(b.told.map(([, item]) => item)).toEqual([1, 'GAP', 2])
  })

  it('tell of what was missed while this side had forgotten the sender', async () => {
    await send(1)
    await send(2)
    b.links.forget('a')
    await send(3)
    expect(b.told.map(([, item]) => item)).toEqual([1, 2, 'GAP', 3])
  })

  it('pass over frames from before the sender began anew', async () => {
    const frames: Uint8Array[] = []
    a.bus.loses = (_subject, data) => {
      frames.push(Uint8Array.from(data))
      return false
    }
    await send('old')
    a.links.forget('b')
    await send('new')
    a.bus.publish(subjects.turns('b'), frames[0] as Uint8Array)
    await settle()
    expect(b.told.map(([, item]) => item)).toEqual(['old', 'GAP', 'new'])
  })

  it('tell the sender when nobody listens', async () => {
    a.links.send('c', 1)
    await settle()
    expect(a.told).toEqual([['c', 'UNHEARD']])
  })

  it('send what waits when they stop, and hear nothing more', async () => {
    a.links.send('b', 'last')
    a.links.stop()
    await settle()
    b.links.send('a', 'too late')
    await settle()
    expect(b.told).toEqual([
      ['a', 'last'],
      ['a', 'UNHEARD'],
    ])
    expect(a.told).toEqual([])
  })

  it.each([
    ['no msgpack', new Uint8Array([0xc1])],
    ['no frame', packed('hello')],
    ['a frame without payload', packed(['a', 1, 1, 0, false, 'text'])],
    ['a payload without items', packed(['z', 1, 1, 0, false, packed('hello')])],
  ])('pass over %s', async (_what, data) => {
    a.bus.publish(subjects.turns('b'), data)
    await settle()
    await send(1)
    expect(b.told.filter(([, item]) => item !== 'GAP')).toEqual([['a', 1]])
  })

  it('go on with the next item after one that could not be handled', async () => {
    b.onItem = (item) => {
      if (item === 'bad') throw new TypeError('from a newer version')
    }
    await send(1, 'bad', 2)
    expect(b.told.map(([, item]) => item)).toEqual([1, 2])
  })

  it('keep nothing of nodes that are no members any more', async () => {
    const members = new Set(['b'])
    await send(1)
    a.links.send('dead', 1)
    a.bus.publish(subjects.turns('a'), packed(['dead', 1, 1, 0, false, packed([1])]))
    await settle()
    a.links.prune((id) => members.has(id))
    expect(Object.keys(a.links.positions()).sort()).toEqual(['b', 'dead'])
    a.links.prune((id) => members.has(id))
    expect(a.links.positions()).toEqual({ b: [1, 1] })
    expect(a.links.size).toBe(1)
  })

  it('forget no link of a node that became a member meanwhile', async () => {
    const members = new Set<string>()
    await send(1)
    a.links.prune((id) => members.has(id))
    members.add('b')
    a.links.prune((id) => members.has(id))
    members.clear()
    a.links.prune((id) => members.has(id))
    await send(2)
    expect(b.told.map(([, item]) => item)).toEqual([1, 2])
  })

  it('say in numbers what the wire carries', async () => {
    let frame: unknown
    a.bus.loses = (_subject, data) => {
      frame = unpacked(data)
      return false
    }
    await send('hi')
    expect(frame).toEqual(['a', 1, 1, 0, false, expect.any(Uint8Array)])
  })
})
