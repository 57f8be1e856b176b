import { describe, expect, it } from 'vitest'
import { errorOf, sessionBench } from '../../test/fixtures/fake-session.ts'
import { reject } from '../kernel/rejection.ts'

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

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

  it('refused to open or to join again is followed as before, with what happened meanwhile', () => {
    const { router, connect } = sessionBench()
    const [one, two] = [connect(), connect()]
    one.hello()
    two.hello()
    const cid = one.open({ clientKey: 'page' })
    two.call('conv.join', {}, cid)
    one.fresh()
    router.refuseNext(reject('unavailable', 'store down'))
    expect(errorOf(one.call('conv.open', { template: 'x', clientKey: 'page' }))).toMatchObject({ code: 503 })
    router.refuseNext(reject('unavailable', 'store down'))
    expect(errorOf(one.call('conv.join', {}, cid))).toMatchObject({ code: 503 })
    one.fresh()
    two.call('msg.send', text('m1', 'hello'), cid)
    expect(one.fresh().map((frame) => frame.seq)).toEqual([2, 3])
    expect(one.call('typing', { on: true }, cid).t).toBe('ok')
  })

  it('that is joined twice at once gets each catch-up, and what was pushed meanwhile once', () => {
    const { router, connect } = sessionBench()
    const peer = connect()
    peer.hello()
    const cid = peer.open()
    peer.fresh()
    router.hold()
    peer.send({ t: 'conv.join', id: 'a', cid, d: { since: { inc: 'k1', seq: 1 } } })
    peer.send({ t: 'conv.join', id: 'b', cid, d: { since: { inc: 'k1', seq: 1 } } })
    router.emit(router.find('demo', cid), [{ t: 'msg.new', d: { mid: 'x', from: 'agent', kind: 'text', body: 'x' } }])
    expect(peer.types()).toEqual([])
    router.release()
    expect(peer.fresh().map((frame) => [frame.t, frame.re ?? frame.seq])).toEqual([
      ['conv.opened', 'a'],
      ['sync', undefined],
      ['msg.new', 2],
      ['conv.opened', 'b'],
      ['sync', undefined],
      ['msg.new', 2],
    ])
  })

  it('that ended and is refused to open again still answers a repeat, and 410 to a new message', () => {
    const { router, connect } = sessionBench()
    const [peer, later] = [connect(), connect()]
    peer.hello()
    later.hello()
    const cid = peer.open({ clientKey: 'page' })
    peer.call('msg.send', text('m1', 'yes'), cid)
    for (const socket of [peer, later]) {
      expect(socket.call('conv.open', { template: 'x', clientKey: 'page' })).toMatchObject({ t: 'error', d: { code: 410 } })
      expect(socket.call('msg.send', text('m1', 'yes'), cid)).toMatchObject({ t: 'msg.ok', seq: 2, d: { dup: true } })
      expect(errorOf(socket.call('msg.send', text('m2', 'more'), cid))).toMatchObject({ code: 410, name: 'closed' })
    }
    expect(router.find('demo', cid).watchers.size).toBe(0)
    for (let n = 0; n < 64; n++) expect(peer.call('conv.open', { template: 'x' }).t).toBe('conv.opened')
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
