import { describe, expect, it } from 'vitest'
import { errorOf, sessionBench } from '../../test/fixtures/fake-session.ts'
import { reject } from '../kernel/rejection.ts'
import { msgpackCodec } from '../protocol/codec.ts'

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

describe('bad behaviour', () => {
  it('of the wrong frame kind closes with 1003', () => {
    const { connect } = sessionBench()
    const [json, pack] = [connect(), connect(msgpackCodec)]
    json.raw('{}', true)
    pack.raw(Buffer.of(0x80), false)
    expect([json.closeCode, pack.closeCode]).toEqual([1003, 1003])
  })

  it('ten times in a row closes with 1007; a good frame starts the count anew', () => {
    const peer = sessionBench().connect()
    peer.hello()
    for (let i = 0; i < 9; i++) peer.raw('{')
    peer.call('ping')
    for (let i = 0; i < 9; i++) peer.send({ t: 'nope' })
    expect(peer.closeCode).toBeUndefined()
    peer.send({ t: 'ping', d: { n: 'x' } })
    expect(peer.closeCode).toBe(1007)
  })

  it('of too many frames is 429 with a time, then 4101', () => {
    const peer = sessionBench({ framesPerSecondMax: 5 }).connect()
    peer.hello()
    for (let i = 0; i < 4; i++) peer.call('ping')
    const told = errorOf(peer.call('ping'))
    expect(told).toMatchObject({ code: 429, name: 'rate_limited' })
    expect(told.retryMs).toBeGreaterThan(0)
    for (let i = 0; i < 5; i++) peer.send({ t: 'ping' })
    expect(peer.closeCode).toBe(4101)
  })

  it('of too many messages in one conversation is 429 for that conversation, whichever socket sends', () => {
    const { clock, connect } = sessionBench({ messagesPerWindow: 3 })
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open()
    two.call('conv.join', {}, cid)
    for (const [i, peer] of [one, two, one].entries()) expect(peer.call('msg.send', text(`m${i}`, 'x'), cid).t).toBe('msg.ok')
    const told = errorOf(two.call('msg.send', text('m9', 'x'), cid))
    expect(told).toMatchObject({ code: 429, name: 'rate_limited' })
    expect(two.call('msg.send', text('n1', 'x'), two.open()).t).toBe('msg.ok')
    clock.advance(told.retryMs ?? 0)
    expect(two.call('msg.send', text('m9', 'x'), cid).t).toBe('msg.ok')
  })

  it('is announced by a rate hint before it is refused', () => {
    const peer = sessionBench({ messagesPerWindow: 4 }).connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    for (let i = 0; i < 3; i++) peer.call('msg.send', text(`m${i}`, 'x'), cid)
    expect(peer.fresh().filter((frame) => frame.t === 'rate')).toMatchObject([
      { d: { limit: 4, remaining: 1, scope: 'conversation' } },
    ])
  })

  it('of too much in flight pauses the client, answers 429, and lets it go on at half', () => {
    const { router, connect } = sessionBench({ inFlightMax: 4 })
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    router.hold()
    for (let i = 0; i < 6; i++) peer.send({ t: 'msg.send', id: `s${i}`, cid, d: text(`m${i}`, 'x') })
    expect(peer.fresh()).toMatchObject([
      { t: 'flow', d: { state: 'pause', queue: 4 } },
      { t: 'error', re: 's4', d: { code: 429 } },
      { t: 'error', re: 's5', d: { code: 429 } },
    ])
    router.release()
    const after = peer.fresh()
    expect(after.filter((frame) => frame.t === 'flow')).toMatchObject([{ d: { state: 'resume' } }])
    expect(after.filter((frame) => frame.t === 'msg.ok')).toHaveLength(4)
  })
})

describe('time', () => {
  it('pings a silent client and closes with 4102 when nothing comes back', () => {
    const { clock, connect } = sessionBench()
    const [silent, alive] = [connect(), connect()]
    silent.hello()
    alive.hello()
    clock.advance(26_000)
    expect([silent.socket.pings, alive.socket.pings]).toEqual([1, 1])
    alive.session.pong()
    clock.advance(21_000)
    expect([silent.closeCode, alive.closeCode]).toEqual([4102, undefined])
  })

  it('warns 60 s before the token ends, and closes with 4001 when it does', () => {
    const { clock, connect } = sessionBench()
    const peer = connect()
    peer.hello('short:ada')
    peer.fresh()
    clock.advance(31_000)
    expect(peer.fresh()).toMatchObject([{ t: 'auth.expiring' }])
    for (let i = 0; i < 3; i++) {
      peer.session.pong()
      clock.advance(19_000)
    }
    expect(peer.types()).toEqual([])
    clock.advance(3000)
    expect(peer.closeCode).toBe(4001)
  })

  it('goes on with a refreshed token of the same user, and of no other', () => {
    const { clock, connect } = sessionBench()
    const peer = connect()
    peer.hello('short:ada')
    expect(errorOf(peer.call('auth.refresh', { token: 'bob' }))).toMatchObject({ code: 403 })
    expect(errorOf(peer.call('auth.refresh', { token: 'ada@t2' }))).toMatchObject({ code: 403 })
    expect(errorOf(peer.call('auth.refresh', { token: 'wrong' }))).toMatchObject({ code: 401 })
    expect(peer.call('auth.refresh', { token: 'ada' })).toMatchObject({ t: 'auth.ok', d: { expMs: clock.now() + 3_600_000 } })
    for (let i = 0; i < 5; i++) {
      clock.advance(20_000)
      peer.call('ping')
    }
    expect(peer.closeCode).toBeUndefined()
  })
})

describe('a slow client', () => {
  it('loses ephemeral frames first and is closed with 4103 when durable ones do not fit', () => {
    const { router, connect } = sessionBench({ outboxBytesMax: 4000 })
    const peer = connect()
    peer.hello('ada', { caps: ['data', 'receipts'] })
    const conversation = router.find('demo', peer.open())
    peer.socket.stalled = true
    peer.fresh()
    const say = (n: number) =>
      router.emit(conversation, [{ t: 'msg.new', d: { mid: `x${n}`, from: 'agent', kind: 'text', body: 'x'.repeat(900) } }])
    for (let n = 0; n < 2; n++) say(n)
    router.emit(conversation, [], { typing: { who: 'bob', on: true, ttlMs: 1000 } })
    router.emit(conversation, [], {
      data: [{ node: 'birthDate', status: 'done' }],
      receipt: { who: 'bob', kind: 'read', upto: 1 },
    })
    expect(peer.types()).toEqual(['msg.new', 'msg.new'])
    say(2)
    expect(peer.types()).toEqual(['msg.new'])
    say(3)
    expect(peer.closeCode).toBe(4103)
    expect(conversation.watchers.size).toBe(0)
  })

  it('gets a whole catch-up, also when that is more than the outbox', () => {
    const { router, connect } = sessionBench({ outboxBytesMax: 3000 })
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open()
    const conversation = router.find('demo', cid)
    for (let n = 0; n < 8; n++)
      router.emit(conversation, [{ t: 'msg.new', d: { mid: `x${n}`, from: 'agent', kind: 'text', body: 'x'.repeat(900) } }])
    two.socket.stalled = true
    two.fresh()
    two.call('conv.join', {}, cid)
    expect(two.closeCode).toBeUndefined()
    expect(two.types().filter((t) => t === 'msg.new')).toHaveLength(9)
    two.socket.bufferedBytes = 0
    one.call('msg.send', text('m1', 'x'), cid)
    expect(two.types()).toEqual(['msg.new', 'msg.new'])
  })
})

describe('the end', () => {
  it('of the socket leaves all conversations, and late answers are dropped', () => {
    const { router, connect, sessions } = sessionBench()
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    router.hold()
    peer.send({ t: 'msg.send', id: '1', cid, d: text('m1', 'x') })
    peer.session.closed()
    router.release()
    expect(peer.types()).toEqual([])
    expect(router.find('demo', cid).watchers.size).toBe(0)
    expect(sessions.size).toBe(0)
    peer.raw('{}')
    peer.session.closed()
    expect(peer.types()).toEqual([])
  })

  it('by drain says bye, answers what was asked, refuses the rest, and closes with 4200', async () => {
    const { router, connect, sessions } = sessionBench()
    const [busy, idle, fresh] = [connect(), connect(), connect()]
    busy.hello()
    idle.hello()
    const cid = busy.open()
    busy.fresh()
    idle.fresh()
    router.hold()
    busy.send({ t: 'msg.send', id: '1', cid, d: text('m1', 'x') })
    const drained = sessions.drain(10_000)
    expect(idle.fresh()).toMatchObject([{ t: 'bye', d: { code: 4200, reconnect: true, resume: true, spreadMs: 5000 } }])
    expect([idle.closeCode, fresh.closeCode, busy.closeCode]).toEqual([4200, 4200, undefined])
    busy.send({ t: 'read', id: '2', d: { upto: 1 } })
    router.release()
    expect(busy.fresh()).toMatchObject([{ t: 'bye' }, { t: 'error', re: '2', d: { code: 425 } }, { t: 'msg.ok', re: '1' }])
    expect(busy.closeCode).toBe(4200)
    await drained
  })

  it('by drain comes at the deadline also to those that still wait', async () => {
    const { clock, router, connect, sessions } = sessionBench()
    const peer = connect()
    peer.hello()
    router.hold()
    peer.send({ t: 'conv.open', id: '1', d: { template: 'x' } })
    const drained = sessions.drain(3000)
    clock.advance(3000)
    await drained
    expect(peer.closeCode).toBe(4200)
  })
})

describe('a router that fails', () => {
  it('by throwing is answered with 500, and the session goes on', () => {
    const { connect } = sessionBench({}, (router) => ({
      deliver: (tenant, cid, delivery, reply) => {
        if (delivery.type === 'typing') throw new Error('defect')
        router.deliver(tenant, cid, delivery, reply)
      },
    }))
    const peer = connect()
    peer.hello()
    peer.open()
    expect(errorOf(peer.call('typing', { on: true }))).toMatchObject({ code: 500, name: 'internal' })
    expect(peer.call('ping').t).toBe('pong')
    expect(peer.session.inFlight).toBe(0)
  })

  it('by refusing passes the refusal on, with its time', () => {
    const { router, connect } = sessionBench()
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    router.refuseNext(reject('unavailable', 'store down', { retryMs: 300 }))
    expect(errorOf(peer.call('msg.send', text('m1', 'x'), cid))).toMatchObject({ code: 503, name: 'unavailable', retryMs: 300 })
  })
})
