import { describe, expect, it } from 'vitest'
import { type Bench, type Peer, sessionBench } from '../../test/fixtures/fake-session.ts'
import { reject } from '../kernel/rejection.ts'
import type { Frame } from '../protocol/frames.ts'

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

/** A conversation of five events: the bot's opening, and two turns. */
function talked(bench: Bench): { cid: string; peer: Peer } {
  const peer = bench.connect()
  peer.hello('ada', { caps: ['data', 'receipts'] })
  const cid = peer.open()
  peer.call('msg.send', text('m1', 'december 1980'), cid)
  peer.call('msg.send', text('m2', 'hm'), cid)
  peer.fresh()
  return { cid, peer }
}

const resumed = (welcome: Frame): unknown => (welcome.d as { resumed: unknown }).resumed

describe('hello with positions', () => {
  it.each([0, 1, 2, 3, 4, 5])('from seq %i brings exactly what is missing, in order, after the welcome', (seq) => {
    const bench = sessionBench()
    const { cid } = talked(bench)
    const peer = bench.connect()
    const welcome = peer.hello('ada', { resume: [{ cid, inc: 'k1', seq }] })
    expect(resumed(welcome)).toEqual([{ cid, ok: true, inc: 'k1', seq, state: 'active', reason: 'ok' }])
    const [first, sync, ...events] = peer.fresh()
    expect(first?.t).toBe('welcome')
    expect(sync).toMatchObject({ t: 'sync', cid, inc: 'k1', d: { cid, from: seq + 1, to: 5, count: 5 - seq } })
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5].slice(seq))
  })

  it('subscribes, so that live events follow', () => {
    const bench = sessionBench()
    const { cid, peer: other } = talked(bench)
    const peer = bench.connect()
    peer.hello('ada', { resume: [{ cid, inc: 'k1', seq: 5 }] })
    peer.fresh()
    other.call('msg.send', text('m3', 'more'), cid)
    expect(peer.fresh().map((frame) => frame.seq)).toEqual([6, 7])
  })

  it('sends the newest progress and receipts again', () => {
    const bench = sessionBench()
    const { cid, peer: other } = talked(bench)
    other.call('read', { upto: 3 }, cid)
    const peer = bench.connect()
    peer.hello('ada', { caps: ['data', 'receipts'], resume: [{ cid, inc: 'k1', seq: 5 }] })
    expect(peer.types()).toEqual(['welcome', 'sync', 'data.update', 'receipt'])
  })

  it('of another incarnation is an explicit gap with the newest page', () => {
    const bench = sessionBench()
    const { cid } = talked(bench)
    bench.router.reset(bench.router.find('demo', cid), 'k2')
    const peer = bench.connect()
    const welcome = peer.hello('ada', { resume: [{ cid, inc: 'k1', seq: 4 }] })
    expect(resumed(welcome)).toMatchObject([{ cid, ok: false, inc: 'k2', reason: 'incarnation' }])
    expect(peer.fresh()[1]).toMatchObject({ t: 'sync', inc: 'k2', d: { gap: true, from: 1, to: 5, count: 5 } })
  })

  it('tells what is gone, what is denied, and what may be tried again', () => {
    const bench = sessionBench()
    const { cid } = talked(bench)
    const entry = (id: string) => ({ cid: id, inc: 'k1', seq: 1 })
    const welcome = bench.connect().hello('bob', { resume: [entry('nowhere'), entry(cid)] })
    expect(resumed(welcome)).toMatchObject([
      { ok: false, reason: 'gone' },
      { ok: false, reason: 'denied' },
    ])
    bench.router.refuseNext(reject('no_owner', 'moving'))
    const other = bench.connect().hello('ada', { resume: [entry(cid)] })
    expect(resumed(other)).toMatchObject([{ ok: false, reason: 'unavailable', inc: 'k1', seq: 1 }])
  })

  it('holds live pushes back until the catch-up is out, and repeats none', () => {
    const bench = sessionBench()
    const { cid, peer: other } = talked(bench)
    const second = other.open()
    const peer = bench.connect()
    const passing = bench.router.deliver.bind(bench.router)
    let answerSecond = (): void => {}
    bench.router.deliver = (tenant, id, delivery, reply) => {
      if (delivery.type === 'join' && id === second) answerSecond = () => passing(tenant, id, delivery, reply)
      else passing(tenant, id, delivery, reply)
    }
    const positions = [cid, second].map((id) => ({ cid: id, inc: 'k1', seq: 1 }))
    peer.send({ t: 'hello', id: '1', d: { token: 'ada', resume: positions } })
    other.call('msg.send', text('m3', 'meanwhile'), cid)
    expect(peer.types()).toEqual([])
    answerSecond()
    const mine = peer.fresh().filter((frame) => frame.cid === cid && frame.seq !== undefined)
    expect(mine.map((frame) => frame.seq)).toEqual([2, 3, 4, 5, 6, 7])
  })
})

describe('conv.join with a position', () => {
  it('answers with it, then brings what is missing', () => {
    const bench = sessionBench()
    const { cid } = talked(bench)
    const peer = bench.connect()
    peer.hello()
    peer.fresh()
    expect(peer.call('conv.join', { since: { inc: 'k1', seq: 3 } }, cid)).toMatchObject({
      t: 'conv.opened',
      cid,
      seq: 3,
      d: { existing: true },
    })
    expect(peer.fresh().map((frame) => [frame.t, frame.seq])).toEqual([
      ['conv.opened', 3],
      ['sync', undefined],
      ['msg.new', 4],
      ['msg.new', 5],
    ])
  })

  it('of an ended conversation shows its end and watches no longer', () => {
    const bench = sessionBench()
    const { cid, peer: other } = talked(bench)
    other.call('conv.close', {}, cid)
    const peer = bench.connect()
    peer.hello()
    peer.call('conv.join', {}, cid)
    expect(peer.fresh().at(-1)).toMatchObject({ t: 'conv.state', d: { state: 'closed' } })
    expect(bench.router.find('demo', cid).watchers.size).toBe(0)
  })
})

describe('an owner that lets go', () => {
  it('is followed by a join from the last position, unseen by the client', () => {
    const bench = sessionBench()
    const { cid, peer } = talked(bench)
    const conversation = bench.router.find('demo', cid)
    bench.router.letGo(conversation)
    expect(conversation.watchers.size).toBe(1)
    expect(peer.fresh().filter((frame) => frame.seq !== undefined)).toEqual([])
    peer.call('msg.send', text('m9', 'still here'), cid)
    expect(peer.fresh().map((frame) => [frame.t, frame.seq])).toContainEqual(['msg.new', 7])
  })

  it('is asked again while the new one is not there yet, then the client is told to resume', () => {
    const bench = sessionBench()
    const { cid, peer } = talked(bench)
    const conversation = bench.router.find('demo', cid)
    const passing = bench.router.deliver.bind(bench.router)
    let refusals = 3
    bench.router.deliver = (tenant, id, delivery, reply) => {
      if (delivery.type === 'join' && refusals-- > 0) reply(reject('no_owner', 'moving'))
      else passing(tenant, id, delivery, reply)
    }
    bench.router.letGo(conversation)
    bench.clock.advance(2000)
    expect(conversation.watchers.size).toBe(1)
    refusals = 100
    bench.router.letGo(conversation)
    bench.clock.advance(10_000)
    expect(peer.closeCode).toBe(4202)
  })
})

describe('a push that skips events', () => {
  it('makes the session fetch what it missed, in order', () => {
    const bench = sessionBench()
    const { cid, peer } = talked(bench)
    const conversation = bench.router.find('demo', cid)
    const watchers = [...conversation.watchers]
    conversation.watchers.clear()
    bench.router.emit(conversation, [{ t: 'msg.new', d: { mid: 'x1', from: 'agent', kind: 'text', body: 'lost' } }])
    for (const [id, watcher] of watchers) conversation.watchers.set(id, watcher)
    bench.router.emit(conversation, [{ t: 'msg.new', d: { mid: 'x2', from: 'agent', kind: 'text', body: 'seen' } }])
    const events = peer.fresh().filter((frame) => frame.seq !== undefined)
    expect(events.map((frame) => frame.seq)).toEqual([6, 7])
  })
})
