import { describe, expect, it } from 'vitest'
import { errorOf, sessionBench } from '../../test/fixtures/fake-session.ts'
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

  it('that takes too long to answer closes with 4100, for another try', () => {
    const { clock, verifier, connect } = sessionBench()
    verifier.waiting = []
    const peer = connect()
    clock.advance(4000)
    peer.send({ t: 'hello', d: { token: 'ada' } })
    clock.advance(9000)
    expect(peer.closeCode).toBeUndefined()
    clock.advance(2000)
    expect(peer.closeCode).toBe(4100)
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
