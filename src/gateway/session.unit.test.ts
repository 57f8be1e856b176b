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

  it('of too many frames counts bad ones too', () => {
    const peer = sessionBench({ framesPerSecondMax: 5 }).connect()
    peer.hello()
    for (let i = 0; i < 4; i++) peer.raw('{')
    peer.fresh()
    peer.send({ t: 'conv.dance', id: 'x' })
    expect(peer.fresh()).toMatchObject([{ t: 'error', re: 'x', d: { code: 429 } }])
    for (let i = 0; i < 5; i++) peer.raw('{')
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
    const resumeAt = after.findIndex((frame) => frame.t === 'flow')
    expect(after.slice(0, resumeAt).filter((frame) => frame.t === 'msg.ok')).toHaveLength(2)
    expect(after[resumeAt]).toMatchObject({ d: { queue: 2 } })
  })

  it('of too much in flight is told to go on also while it reads slowly', () => {
    const { router, connect } = sessionBench({ inFlightMax: 4, outboxBytesMax: 20_000 })
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    router.hold()
    for (let i = 0; i < 5; i++) peer.send({ t: 'msg.send', id: `s${i}`, cid, d: text(`m${i}`, 'x') })
    peer.fresh()
    peer.socket.stalled = true
    peer.socket.bufferedBytes = 12_000
    router.release()
    expect(peer.fresh().filter((frame) => frame.t === 'flow')).toMatchObject([{ d: { state: 'resume' } }])
  })

  it('is told from good: a frame that waited for the welcome counts once', () => {
    const { verifier, connect } = sessionBench()
    const peer = connect()
    let [frames, bytes] = [0, 0]
    Object.assign(peer.session.host.metrics, {
      framesIn: { inc: () => frames++ },
      bytesIn: { inc: (by: number) => (bytes += by) },
    })
    verifier.waiting = []
    const sent = [
      { t: 'hello', id: '1', d: { token: 'ada' } },
      { t: 'ping', id: '2' },
    ]
    for (const frame of sent) peer.send(frame)
    for (const answer of verifier.waiting) answer()
    expect(peer.types()).toEqual(['welcome', 'pong'])
    expect([frames, bytes]).toEqual([2, sent.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0)])
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

describe('a client that asks for much and reads nothing', () => {
  const long = (n: number) => ({
    t: 'msg.new' as const,
    d: { mid: `x${n}`, from: 'agent' as const, kind: 'text' as const, body: 'x'.repeat(900) },
  })

  function withLongConversation(outboxBytesMax: number, conversations = 1) {
    const bench = sessionBench({ outboxBytesMax })
    const writer = bench.connect()
    writer.hello()
    const cids = Array.from({ length: conversations }, () => writer.open())
    for (const cid of cids) for (let n = 0; n < 8; n++) bench.router.emit(bench.router.find('demo', cid), [long(n)])
    return { ...bench, writer, cids, cid: cids[0] ?? '' }
  }

  it('gets one catch-up, then 429 with a time, and no more bytes than that', () => {
    const { connect, cid } = withLongConversation(3000)
    const peer = connect()
    peer.hello()
    peer.socket.stalled = true
    peer.call('conv.join', {}, cid)
    const bytes = peer.socket.bufferedBytes
    peer.fresh()
    for (let n = 0; n < 100; n++) {
      peer.send({ t: 'conv.join', id: `j${n}`, cid, d: {} })
      peer.send({ t: 'history.get', id: `h${n}`, cid, d: {} })
    }
    const answers = peer.fresh()
    expect(answers.length).toBeGreaterThan(4)
    for (const answer of answers) expect(errorOf(answer)).toMatchObject({ code: 429, name: 'rate_limited', retryMs: 500 })
    expect(peer.socket.bufferedBytes - bytes).toBeLessThanOrEqual(3000)
    expect(peer.closeCode).toBe(4103)
  })

  it('is answered 429 where many joins were on the way at once', () => {
    const { router, connect, cids } = withLongConversation(3000, 6)
    const peer = connect()
    peer.hello()
    peer.fresh()
    peer.socket.stalled = true
    router.hold()
    for (const cid of cids) peer.send({ t: 'conv.join', id: cid, cid, d: {} })
    router.release()
    const answers = peer.fresh().filter((frame) => frame.re !== undefined)
    expect(answers.map((frame) => frame.t)).toEqual(['conv.opened', ...Array(5).fill('error')])
    expect(peer.closeCode).toBeUndefined()
    expect(cids.map((cid) => router.find('demo', cid).watchers.has(peer.session.id))).toEqual([true, ...Array(5).fill(false)])
  })

  it('resumes as much as fits; the rest is unavailable for now', () => {
    const { router, connect, cids } = withLongConversation(3000, 3)
    const peer = connect()
    peer.socket.stalled = true
    const welcome = peer.hello('ada', { resume: cids.map((cid) => ({ cid, inc: 'k1', seq: 0 })) })
    expect(welcome.d).toMatchObject({
      resumed: [{ ok: true }, { ok: false, reason: 'unavailable' }, { ok: false, reason: 'unavailable' }],
    })
    expect(peer.types().filter((t) => t === 'sync')).toHaveLength(1)
    expect(peer.closeCode).toBeUndefined()
    expect(cids.map((cid) => router.find('demo', cid).watchers.has(peer.session.id))).toEqual([true, false, false])
  })

  it('still gets progress and receipts with a large catch-up', () => {
    const { connect, writer, cid } = withLongConversation(3000)
    writer.call('read', { upto: 3 }, cid)
    const peer = connect()
    peer.socket.stalled = true
    peer.hello('ada', { caps: ['data', 'receipts'], resume: [{ cid, inc: 'k1', seq: 0 }] })
    expect(peer.types().slice(-2)).toEqual(['data.update', 'receipt'])
  })

  it('that reads gets its history in pages of a quarter of the outbox, and all of it', () => {
    const { connect, cid } = withLongConversation(8000)
    const peer = connect()
    peer.hello()
    const back: number[] = []
    for (let before: number | undefined, more = true; more; ) {
      const page = peer.call('history.get', { limit: 200, ...(before === undefined ? {} : { before }) }, cid)
      const d = page.d as { items: { seq: number }[]; first: number; last: number; more: boolean }
      expect(JSON.stringify(page).length).toBeLessThan(2600)
      expect([d.first, d.last]).toEqual([d.items[0]?.seq, d.items.at(-1)?.seq])
      back.unshift(...d.items.map((item) => item.seq))
      before = d.first
      more = d.more
    }
    expect(back).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(peer.call('history.get', { after: 2, limit: 200 }, cid).d).toMatchObject({ first: 3, last: 4, more: true })
    expect(peer.closeCode).toBeUndefined()
  })

  it('that reads gets one event that is larger than the outbox', () => {
    const { router, connect, cid } = withLongConversation(3000)
    router.emit(router.find('demo', cid), [
      { t: 'msg.new', d: { mid: 'big', from: 'agent', kind: 'text', body: 'x'.repeat(5000) } },
    ])
    const peer = connect()
    peer.hello()
    peer.fresh()
    peer.socket.stalled = true
    expect(peer.call('history.get', { limit: 1 }, cid)).toMatchObject({ t: 'history.page', d: { first: 10, last: 10 } })
    expect(peer.closeCode).toBeUndefined()
  })
})

describe('the end', () => {
  it('by bye waits for the answers to what was asked before, refuses the rest, and closes with 1000', () => {
    const { router, connect } = sessionBench()
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    router.hold()
    peer.send({ t: 'msg.send', id: '1', cid, d: text('m1', 'x') })
    peer.send({ t: 'bye', id: '2' })
    peer.send({ t: 'read', id: '3', cid, d: { upto: 1 } })
    expect(peer.closeCode).toBeUndefined()
    router.release()
    expect(peer.fresh().filter((frame) => frame.re !== undefined)).toMatchObject([
      { t: 'ok', re: '2' },
      { t: 'error', re: '3', d: { code: 409 } },
      { t: 'msg.ok', re: '1' },
    ])
    expect(peer.closeCode).toBe(1000)
  })

  it('by bye comes in time also when an answer does not', () => {
    const { clock, router, connect } = sessionBench({ turnDeadlineMs: 3000 })
    const peer = connect()
    peer.hello()
    router.hold()
    peer.send({ t: 'conv.open', id: '1', d: { template: 'x' } })
    peer.send({ t: 'bye', id: '2' })
    clock.advance(2000)
    expect(peer.closeCode).toBeUndefined()
    clock.advance(3000)
    expect(peer.closeCode).toBe(1000)
  })

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
