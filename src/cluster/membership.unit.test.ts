import { beforeEach, describe, expect, it } from 'vitest'
import { FaultyBus } from '../../test/fixtures/faulty-bus.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { LocalBroker } from './local/broker.ts'
import { type Heartbeat, Membership } from './membership.ts'
import { subjectsOf } from './subjects.ts'
import { TIMINGS } from './timings.ts'
import { packed, unpacked } from './wire.ts'

const subjects = subjectsOf('t')

class Member {
  readonly bus: FaultyBus
  readonly membership: Membership
  readonly told: string[] = []

  constructor(broker: LocalBroker, clock: VirtualClock, id: string, node = id) {
    this.bus = new FaultyBus(broker.connect())
    this.membership = new Membership({
      self: { id, node, roles: ['actors'], startedMs: 0 },
      bus: this.bus,
      subjects,
      clock,
      timings: TIMINGS,
      log: silentLog,
      metrics: noMetrics,
      links: () => ({}),
      events: {
        joined: (peer) => this.told.push(`${peer.id} joined`),
        died: (peer, how) => this.told.push(`${peer.id} ${how}`),
        doubted: () => this.told.push('doubt'),
        turned: (peer) => this.told.push(`${peer.id} ${peer.unfit ? 'unfit' : 'fit'}`),
        heard: () => undefined,
      },
    })
  }

  get peers(): string[] {
    return this.membership
      .peers()
      .map(({ id }) => id)
      .sort()
  }

  pings(id: string): number {
    return this.bus.published.filter((subject) => subject === subjects.ping(id)).length
  }

  /** As kill -9: the broker knows nobody under its name any more. */
  async crash(): Promise<void> {
    await this.bus.close()
  }
}

describe('membership', () => {
  let clock: VirtualClock
  let broker: LocalBroker
  let a: Member
  let b: Member

  const join = async (id: string, node = id): Promise<Member> => {
    const member = new Member(broker, clock, id, node)
    await Promise.all([member.membership.start(), settle()])
    return member
  }

  beforeEach(async () => {
    clock = new VirtualClock()
    broker = new LocalBroker({ clock })
    a = await join('a')
    b = await join('b')
    await clock.advance(3050)
  })

  it('greets who is there within one heartbeat, both ways', () => {
    expect(a.told).toEqual(['b joined'])
    expect(b.told).toEqual(['a joined'])
    expect([a.peers, b.peers]).toEqual([['b'], ['a']])
  })

  it('is fresh while a peer names its heartbeats', () => {
    expect(a.membership.fresh).toBe(true)
    expect(a.membership.unnamed).toBe(false)
  })

  it('is fresh alone only when the journal confirms too', async () => {
    await b.membership.stop()
    await clock.advance(3000)
    expect(a.membership.unnamed).toBe(true)
    expect(a.membership.fresh).toBe(false)
    a.membership.verified(a.membership.now())
    expect(a.membership.fresh).toBe(true)
    await clock.advance(TIMINGS.selfFenceMs)
    expect(a.membership.fresh).toBe(false)
  })

  it('lets a node go at once that says goodbye, and hears no late heartbeat of it', async () => {
    const last: Uint8Array[] = []
    b.bus.loses = (subject, data) => {
      if (subject === subjects.heartbeat('b') && !(unpacked(data) as Heartbeat).left) last.push(Uint8Array.from(data))
      return false
    }
    await clock.advance(1000)
    await b.membership.stop()
    await settle()
    expect(a.told).toEqual(['b joined', 'b left'])
    expect(last.length).toBeGreaterThan(0)
    for (const heartbeat of last) a.bus.publish(subjects.heartbeat('b'), heartbeat)
    await clock.advance(1000)
    expect(a.told).toEqual(['b joined', 'b left'])
    expect(a.peers).toEqual([])
  })

  it('finds a crashed node gone as soon as somebody is not heard by it, long before its silence is long enough', async () => {
    await b.crash()
    a.membership.suspect('b')
    await clock.advance(100)
    expect(a.told).toEqual(['b joined', 'b gone'])
  })

  it('asks a suspect twice before it believes that it is gone', async () => {
    await b.crash()
    a.membership.suspect('b')
    await settle()
    expect(a.pings('b')).toBe(1)
    expect(a.peers).toEqual(['b'])
    await clock.advance(100)
    expect(a.pings('b')).toBe(2)
    expect(a.peers).toEqual([])
  })

  it('tells everybody whom it suspects, and they look themselves', async () => {
    const c = await join('c')
    await clock.advance(3000)
    await b.crash()
    a.membership.suspect('b')
    await clock.advance(100)
    expect(c.told).toContain('b gone')
  })

  it('keeps a suspect that answers', async () => {
    a.membership.suspect('b')
    await clock.advance(1000)
    expect(a.peers).toEqual(['b'])
    expect(a.pings('b')).toBe(1)
  })

  it('finds a crashed node gone by itself soon after its heartbeats end', async () => {
    await b.crash()
    await clock.advance(TIMINGS.heartbeatMs * 2 + 200)
    expect(a.told).toEqual(['b joined', 'b gone'])
  })

  it('takes a frozen node for dead after its silence, not before', async () => {
    b.bus.loses = () => true
    await clock.advance(TIMINGS.deadMs - 600)
    expect(a.peers).toEqual(['b'])
    await clock.advance(800)
    expect(a.told).toEqual(['b joined', 'b silent'])
  })

  it('welcomes a node again that was only silent', async () => {
    b.bus.loses = () => true
    await clock.advance(4000)
    b.bus.loses = () => false
    await clock.advance(600)
    expect(a.told).toEqual(['b joined', 'b silent', 'b joined'])
  })

  it('doubts everything after its loop stood still, and buries nobody for what it did not hear meanwhile', async () => {
    b.bus.loses = () => true
    await clock.advance(2800)
    clock.jump(20_000)
    await clock.advance(200)
    expect(a.told).toEqual(['b joined', 'doubt'])
    expect(a.membership.fresh).toBe(false)
    await clock.advance(TIMINGS.deadMs - 400)
    expect(a.peers).toEqual(['b'])
    await clock.advance(600)
    expect(a.told).toEqual(['b joined', 'doubt', 'b silent'])
  })

  it('takes no ordinary pause for a stall', async () => {
    clock.jump(TIMINGS.loopGapMs - 50)
    await clock.advance(200)
    expect(a.told).toEqual(['b joined'])
  })

  it('doubts everything after the broker was away, and is confirmed again by the next heartbeats', async () => {
    broker.stop()
    await clock.advance(1000)
    broker.start()
    expect(a.told).toEqual(['b joined', 'doubt'])
    expect(a.membership.fresh).toBe(false)
    expect(a.membership.steadyMs).toBe(0)
    await clock.advance(1100)
    expect(a.membership.fresh).toBe(true)
    expect(a.peers).toEqual(['b'])
  })

  it('never finds anybody gone right after a doubt: subscriptions of the others may not stand yet', async () => {
    broker.stop()
    await clock.advance(200)
    broker.start()
    await b.crash()
    a.membership.suspect('b')
    await clock.advance(TIMINGS.selfFenceMs - 300)
    expect(a.peers).toEqual(['b'])
    await clock.advance(1000)
    expect(a.told.at(-1)).toBe('b gone')
  })

  it('buries nobody while the broker is away, however long', async () => {
    broker.stop()
    await clock.advance(TIMINGS.selfFenceMs + 500)
    a.membership.suspect('b')
    await clock.advance(200)
    expect(a.peers).toEqual(['b'])
  })

  it('suspects the former incarnation of a node that came back', async () => {
    await b.crash()
    await join('b2', 'b')
    await clock.advance(200)
    expect(a.peers).toEqual(['b2'])
    expect(a.told).toEqual(['b joined', 'b2 joined', 'b gone'])
  })

  it('knows when a peer gives its shards away, at once', async () => {
    b.membership.drain()
    await settle()
    expect(a.membership.peer('b')?.draining).toBe(true)
    expect(b.membership.draining).toBe(true)
  })

  it('asks whether a stranger is there, and does not know while the broker is away', async () => {
    const absent = a.membership.absent('nobody')
    await clock.advance(100)
    expect(await absent).toBe(true)
    expect(await a.membership.absent('b')).toBe(false)
    broker.stop()
    expect(await a.membership.absent('b')).toBeUndefined()
  })

  it('sets no timer any more once it stopped', async () => {
    await a.membership.stop()
    const sent = a.bus.published.length
    await clock.advance(5000)
    expect(a.bus.published.length).toBe(sent)
  })

  it('knows a bounded number of others', async () => {
    for (let i = 0; i < 1100; i++)
      b.bus.publish(subjects.heartbeat(`x${i}`), packed({ ...heartbeat, id: `x${i}`, node: `x${i}` }))
    await settle()
    expect(a.peers).toHaveLength(1024)
  })

  const heartbeat = { id: 'x', node: 'x', roles: [], n: 1, seen: {}, draining: false, left: false, links: {} }
  it.each([
    ['no msgpack', new Uint8Array([0xc1])],
    ['a text', packed('hello')],
    ['one without id', packed({ ...heartbeat, id: undefined })],
    ['one whose id cannot be a subject', packed({ ...heartbeat, id: 'x.>' })],
    ['one whose number is none', packed({ ...heartbeat, n: 'one' })],
    ['one whose number is NaN', packed({ ...heartbeat, n: Number.NaN })],
  ])('passes over a heartbeat that is none: %s', async (_what, data) => {
    b.bus.publish(subjects.heartbeat('x'), data)
    await settle()
    expect(a.peers).toEqual(['b'])
  })
})
