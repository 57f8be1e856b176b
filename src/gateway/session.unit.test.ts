import { describe, expect, it } from 'vitest'
import { errorOf, sessionBench } from '../../test/fixtures/fake-session.ts'
import { reject } from '../kernel/rejection.ts'
import { msgpackCodec } from '../protocol/codec.ts'

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

describe('the handshake', () => {
  it('welcomes a token, with limits, capabilities and the way to ping', () => {
    const welcome = sessionBench()
      .connect()
      .hello('ada', { caps: ['data', 'delta', 'nonsense'] })
    expect(welcome).toMatchObject({
      t: 'welcome',
      d: { user: 'ada', tenant: 'demo', caps: ['data'], node: 'n1', resumed: [], ping: { everyMs: 25_000, timeoutMs: 20_000 } },
    })
    expect(welcome.d).toMatchObject({
      limits: { frameBytes: 32_768, textChars: 8000, messages: 20, windowMs: 10_000, inFlight: 64 },
    })
  })

  it.each([
    ['expired', 'token_expired', 4001],
    ['wrong', 'unauthorized', 4002],
    ['stranger', 'forbidden', 4002],
    ['later', 'unavailable', 1013],
  ])('turns the token "%s" away with %s and %i', (token, name, code) => {
    const peer = sessionBench().connect()
    expect(errorOf(peer.hello(token)).name).toBe(name)
    expect(peer.closeCode).toBe(code)
  })

  it('must be the first frame', () => {
    const peer = sessionBench().connect()
    expect(errorOf(peer.call('ping'))).toMatchObject({ code: 401, name: 'unauthorized' })
    expect(peer.closeCode).toBe(4000)
  })

  it('closes with 4000 for a first frame that cannot be read', () => {
    const peer = sessionBench().connect()
    peer.raw('{')
    expect(peer.closeCode).toBe(4000)
  })

  it('is said once', () => {
    const peer = sessionBench().connect()
    peer.hello()
    expect(errorOf(peer.hello()).name).toBe('conflict')
  })

  it('comes in time or the socket closes with 4006', () => {
    const { clock, connect } = sessionBench()
    const late = connect()
    clock.advance(4000)
    expect(late.closeCode).toBeUndefined()
    clock.advance(2000)
    expect(late.closeCode).toBe(4006)
  })

  it('keeps frames that follow at once until the token is checked, in order', () => {
    const { verifier, connect } = sessionBench()
    verifier.waiting = []
    const peer = connect()
    peer.send({ t: 'hello', id: '1', d: { token: 'ada' } })
    peer.send({ t: 'ping', id: '2' })
    peer.send({ t: 'ping', id: '3' })
    expect(peer.types()).toEqual([])
    for (const answer of verifier.waiting) answer()
    expect(peer.fresh().map((frame) => frame.re)).toEqual(['1', '2', '3'])
  })

  it('bounds what it keeps meanwhile', () => {
    const { verifier, connect } = sessionBench()
    verifier.waiting = []
    const peer = connect()
    peer.send({ t: 'hello', d: { token: 'ada' } })
    for (let i = 0; i < 65; i++) peer.send({ t: 'ping' })
    expect(peer.closeCode).toBe(4101)
  })

  it('drops a token check that ends after the socket', () => {
    const { verifier, sessions, connect } = sessionBench()
    verifier.waiting = []
    const peer = connect()
    peer.send({ t: 'hello', d: { token: 'ada' } })
    peer.session.closed()
    for (const answer of verifier.waiting) answer()
    expect(peer.types()).toEqual([])
    expect(sessions.size).toBe(0)
  })
})

describe('a conversation', () => {
  it('opens with its position before the first event, then the events', () => {
    const peer = sessionBench().connect()
    peer.hello()
    peer.fresh()
    const cid = peer.open({ locale: 'it' })
    expect(peer.fresh()).toMatchObject([
      { t: 'conv.opened', cid, inc: 'k1', seq: 0, d: { cid, seq: 0, state: 'active', existing: false, locale: 'it' } },
      { t: 'msg.new', cid, inc: 'k1', seq: 1, d: { from: 'bot' } },
    ])
  })

  it('answers a message with msg.ok, then pushes what followed, without an echo', () => {
    const peer = sessionBench().connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    peer.send({ t: 'msg.send', id: '9', cid, d: text('m1', 'december 1980') })
    expect(peer.fresh()).toMatchObject([
      { t: 'msg.ok', re: '9', cid, inc: 'k1', seq: 2, d: { mid: 'm1', seq: 2 } },
      { t: 'msg.new', cid, inc: 'k1', seq: 3, d: { from: 'bot', body: 'And the day?' } },
    ])
  })

  it('shows the message to the other sockets of the conversation', () => {
    const { connect } = sessionBench()
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open()
    two.call('conv.join', {}, cid)
    two.fresh()
    one.call('msg.send', text('m1', 'hello'), cid)
    expect(two.fresh()).toMatchObject([
      { t: 'msg.new', seq: 2, d: { from: 'user', mid: 'm1', user: 'ada' } },
      { t: 'msg.new', seq: 3, d: { from: 'bot' } },
    ])
  })

  it('answers a repeat with the old seq and dup, and pushes nothing', () => {
    const peer = sessionBench().connect()
    peer.hello()
    const cid = peer.open()
    peer.call('msg.send', text('m1', 'hi'), cid)
    peer.fresh()
    expect(peer.call('msg.send', text('m1', 'hi'), cid)).toMatchObject({
      t: 'msg.ok',
      seq: 2,
      d: { mid: 'm1', seq: 2, dup: true },
    })
    expect(peer.types()).toEqual(['msg.ok'])
    expect(errorOf(peer.call('msg.send', text('m1', 'other'), cid))).toMatchObject({ code: 409, name: 'conflict' })
  })

  it('is meant when cid is left out and it is the only open one', () => {
    const peer = sessionBench().connect()
    peer.hello()
    expect(errorOf(peer.call('msg.send', text('m0', 'x')))).toMatchObject({ name: 'not_found', field: 'cid' })
    const cid = peer.open()
    expect(peer.call('msg.send', text('m1', 'x'))).toMatchObject({ t: 'msg.ok', cid })
    peer.open()
    expect(errorOf(peer.call('msg.send', text('m2', 'x')))).toMatchObject({ name: 'bad_request', field: 'cid' })
    peer.call('conv.leave', {}, cid)
    expect(peer.call('msg.send', text('m3', 'x')).t).toBe('msg.ok')
  })

  it('that ended still answers a repeat, and does not count as open', () => {
    const { router, connect } = sessionBench()
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    peer.call('msg.send', text('m1', 'yes'), cid)
    expect(peer.types().slice(-3)).toEqual(['msg.new', 'data.result', 'conv.state'])
    expect(router.find('demo', cid).watchers.size).toBe(0)
    expect(peer.call('msg.send', text('m1', 'yes'), cid)).toMatchObject({ t: 'msg.ok', d: { dup: true } })
    expect(errorOf(peer.call('msg.send', text('m2', 'more'), cid))).toMatchObject({ code: 410, name: 'closed' })
    const next = peer.open()
    expect(peer.call('msg.send', text('m3', 'x'))).toMatchObject({ t: 'msg.ok', cid: next })
  })

  it('with a client key is the same one again, with its events after sync', () => {
    const { connect } = sessionBench()
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open({ clientKey: 'page' })
    two.fresh()
    expect(two.open({ clientKey: 'page' })).toBe(cid)
    expect(two.fresh()).toMatchObject([
      { t: 'conv.opened', seq: 0, d: { existing: true } },
      { t: 'sync', cid, d: { cid, from: 1, to: 1, count: 1 } },
      { t: 'msg.new', seq: 1 },
    ])
  })

  it('that is closed behind a client key answers 410 with its cid', () => {
    const peer = sessionBench().connect()
    peer.hello()
    const cid = peer.open({ clientKey: 'page' })
    expect(peer.call('conv.close', {}, cid).t).toBe('ok')
    expect(peer.call('conv.open', { template: 'x', clientKey: 'page' })).toMatchObject({ t: 'error', cid, d: { code: 410 } })
  })

  it('of another user is forbidden, but not to an operator', () => {
    const { connect } = sessionBench()
    const [ada, bob, eve] = [connect(), connect(), connect()]
    ada.hello()
    bob.hello('bob')
    eve.hello('op:eve')
    const cid = ada.open()
    expect(errorOf(bob.call('conv.join', {}, cid))).toMatchObject({ code: 403 })
    expect(eve.call('conv.join', {}, cid).t).toBe('conv.opened')
  })

  it('of another tenant does not exist', () => {
    const { connect } = sessionBench()
    const [ada, other] = [connect(), connect()]
    ada.hello()
    other.hello('ada@t2')
    expect(errorOf(other.call('conv.join', {}, ada.open()))).toMatchObject({ code: 404 })
  })

  it('refused to open is not followed', () => {
    const peer = sessionBench().connect()
    peer.hello()
    expect(errorOf(peer.call('conv.open', { template: 'nothing' }))).toMatchObject({ code: 404, field: 'd.template' })
    expect(errorOf(peer.call('typing', { on: true })).name).toBe('not_found')
  })

  it('counts against the bound of a socket until it is left', () => {
    const peer = sessionBench({ conversationsMax: 2 }).connect()
    peer.hello()
    const first = peer.open()
    peer.open()
    expect(errorOf(peer.call('conv.open', { template: 'x' }))).toMatchObject({ code: 429 })
    peer.call('conv.leave', {}, first)
    expect(peer.call('conv.open', { template: 'x' }).t).toBe('conv.opened')
  })

  it('may be written to before its opening is answered', () => {
    const { router, connect } = sessionBench()
    const peer = connect()
    peer.hello()
    peer.fresh()
    router.hold()
    peer.send({ t: 'conv.open', id: 'a', d: { template: 'x' } })
    peer.send({ t: 'msg.send', id: 'b', d: text('m1', 'early') })
    router.release()
    expect(peer.types()).toEqual(['conv.opened', 'msg.new', 'msg.ok', 'msg.new'])
  })
})

describe('the other requests', () => {
  it('answer history by pages, read and feedback by ok', () => {
    const peer = sessionBench().connect()
    peer.hello()
    const cid = peer.open()
    peer.call('msg.send', text('m1', 'a'), cid)
    expect(peer.call('history.get', { limit: 2 }, cid)).toMatchObject({
      t: 'history.page',
      cid,
      d: { inc: 'k1', first: 2, last: 3, more: true },
    })
    expect(peer.call('history.get', { before: 2 }).d).toMatchObject({ first: 1, last: 1, more: false })
    expect(peer.call('read', { upto: 3 }, cid)).toMatchObject({ t: 'ok', cid })
    expect(peer.call('feedback', { about: 3, score: 1 }, cid).t).toBe('ok')
    expect(peer.call('ping', { n: 7 })).toMatchObject({ t: 'pong', d: { n: 7 } })
  })

  it('say typing to the others only, for ten seconds at most', () => {
    const { connect } = sessionBench()
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open()
    two.call('conv.join', {}, cid)
    one.fresh()
    two.fresh()
    expect(one.call('typing', { on: true, ttlMs: 60_000 }, cid).t).toBe('ok')
    expect(two.fresh()).toMatchObject([{ t: 'typing', cid, d: { who: 'ada', on: true, ttlMs: 10_000 } }])
    expect(one.types()).toEqual(['ok'])
  })

  it('without an id are not answered ok, but their errors are told', () => {
    const peer = sessionBench().connect()
    peer.hello()
    peer.open()
    peer.fresh()
    peer.send({ t: 'read', d: { upto: 1 } })
    expect(peer.types()).toEqual([])
    peer.send({ t: 'feedback', d: { about: 99, score: 1 } })
    expect(peer.fresh()).toMatchObject([{ t: 'error', d: { code: 404, field: 'd.about' } }])
  })

  it('end with bye, an ok and 1000', () => {
    const peer = sessionBench().connect()
    peer.hello()
    expect(peer.call('bye').t).toBe('ok')
    expect(peer.closeCode).toBe(1000)
  })

  it('of an unknown type are 404', () => {
    const peer = sessionBench().connect()
    peer.hello()
    expect(errorOf(peer.call('conv.dance'))).toMatchObject({ code: 404, name: 'unknown_type' })
  })
})

describe('capabilities', () => {
  it('data and receipts decide who gets data.update and receipt', () => {
    const { connect } = sessionBench()
    const [plain, rich] = [connect(), connect()]
    plain.hello()
    rich.hello('ada', { caps: ['data', 'receipts'] })
    const cid = plain.open()
    rich.call('conv.join', {}, cid)
    rich.fresh()
    plain.fresh()
    plain.call('msg.send', text('m1', 'december 1980'), cid)
    plain.call('read', { upto: 3 }, cid)
    expect(plain.types()).toEqual(['msg.ok', 'msg.new', 'ok'])
    expect(rich.types()).toEqual(['msg.new', 'msg.new', 'data.update', 'receipt'])
  })

  it('batch lets a client send an array, whose frames are answered one by one', () => {
    const peer = sessionBench().connect()
    peer.hello('ada', { caps: ['batch'] })
    peer.fresh()
    peer.send([
      { t: 'ping', id: 'a' },
      { t: 'ping', id: 'b' },
    ])
    expect(peer.fresh().map((frame) => frame.re)).toEqual(['a', 'b'])
    expect(peer.socket.join).toBeDefined()
  })

  it('without batch an array is a bad frame', () => {
    const peer = sessionBench().connect()
    peer.hello()
    peer.fresh()
    peer.send([{ t: 'ping', id: 'a' }])
    expect(peer.fresh()).toMatchObject([{ t: 'error', d: { code: 400 } }])
    expect(peer.socket.join).toBeUndefined()
  })

  it('msgpack says the same as JSON', () => {
    const bench = sessionBench()
    const frames = [bench.connect(), bench.connect(msgpackCodec)].map((peer) => {
      peer.hello('ada', { caps: ['data'] })
      peer.fresh()
      peer.open()
      peer.call('msg.send', text('m1', 'december 1980'))
      return JSON.parse(JSON.stringify(peer.fresh()).replace(/[0-9A-Z]{26}|bot-[0-9A-Z]{6}/g, 'x'))
    })
    expect(frames[1]).toEqual(frames[0])
  })
})

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
