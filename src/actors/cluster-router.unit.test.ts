import { beforeEach, describe, expect, it } from 'vitest'
import { anna, Recorder } from '../../test/fixtures/node.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import type { Cluster, ShardRow } from '../cluster/port.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { type Rejection, type RejectionCode, reject } from '../kernel/rejection.ts'
import { shardOf } from '../kernel/shard.ts'
import { ClusterRouter } from './cluster-router.ts'
import type { Answer, Delivery, Push, SentAnswer } from './port.ts'
import { packAnswer, packPush } from './remote-items.ts'

const CID = 'c1'
const SHARD = shardOf('demo', CID)
const sent = (mid: string, seq = 2): SentAnswer => ({ mid, seq, dup: false, state: 'active', events: [] })
const view = { cid: CID, inc: 'i', seq: 1, state: 'active', template: { id: 't', version: 1 }, locale: 'en', data: [] } as const

/** A cluster that is what it is told to be, and notes what is sent. */
class FakeCluster implements Cluster {
  readonly self = 'me'
  readonly out: { to: string; item: readonly unknown[] }[] = []
  readonly asked: string[] = []
  serving = new Set<number>()
  expecting = new Set<number>()
  owned = 0
  readonly rows = new Map<number, { id: string; epoch: number }>()

  serves(shard: number): boolean {
    return this.serving.has(shard)
  }
  expects(shard: number): boolean {
    return this.expecting.has(shard)
  }
  epochOf(shard: number): number {
    return this.serving.has(shard) ? 7 : 0
  }
  ownerOf(shard: number): { id: string; epoch: number } | undefined {
    return this.rows.get(shard)
  }
  learn({ shard, owner, epoch }: ShardRow): void {
    this.rows.set(shard, { id: owner, epoch })
  }
  doubt(shard: number, owner: string): void {
    this.asked.push(`doubt ${owner}`)
    if (this.rows.get(shard)?.id === owner) this.rows.delete(shard)
  }
  find(shard: number): void {
    this.asked.push(`find ${shard}`)
  }
  send(to: string, item: unknown): void {
    this.out.push({ to, item: item as readonly unknown[] })
  }
  suspect(id: string): void {
    this.asked.push(`suspect ${id}`)
  }

  /** Asks sent, as `to: mid or type`, and their ids. */
  get asks(): string[] {
    return this.out
      .filter(({ item }) => item[0] === 'ask')
      .map(({ to, item }) => `${to}: ${(item[4] as { mid?: string; type: string }).mid ?? (item[4] as { type: string }).type}`)
  }
  get lastId(): number {
    return this.out.filter(({ item }) => item[0] === 'ask').at(-1)?.item[1] as number
  }
}

/** Conversations here, which answer when they are told to. */
class FakeLocal {
  readonly delivered: { cid: string; delivery: Delivery; reply: (answer: Answer | Rejection) => void }[] = []
  readonly unwatched: string[] = []
  deliver(_tenant: string, cid: string, delivery: Delivery, reply: (answer: never) => void): void {
    this.delivered.push({ cid, delivery, reply: reply as (answer: Answer | Rejection) => void })
  }
  unwatch(id: string): void {
    this.unwatched.push(id)
  }
}

describe('the router of a cluster', () => {
  let clock: VirtualClock
  let cluster: FakeCluster
  let local: FakeLocal
  let router: ClusterRouter
  let answers: string[]

  beforeEach(() => {
    clock = new VirtualClock()
    cluster = new FakeCluster()
    local = new FakeLocal()
    answers = []
    let id = 0
    router = new ClusterRouter({
      cluster,
      local,
      clock,
      random: () => 0.5,
      log: silentLog,
      metrics: noMetrics,
      newId: () => `id${id++}`,
    })
    cluster.rows.set(SHARD, { id: 'b', epoch: 3 })
  })

  const note =
    (name: string) =>
    (answer: Answer | Rejection): void => {
      if ('rejected' in answer) answers.push(`${name}: ${answer.rejected}${answer.unknown ? ' unknown' : ''}`)
      else answers.push(`${name}: ${'mid' in answer ? answer.seq : 'ok'}`)
    }
  const send = (mid: string, cid = CID, body = 'what?'): void =>
    router.deliver('demo', cid, { type: 'send', caller: anna, mid, kind: 'text', body }, note(mid))
  const get = (name = 'get'): void => router.deliver('demo', CID, { type: 'get', caller: anna }, note(name))
  const join = (watcher: Recorder): void =>
    router.deliver('demo', CID, { type: 'join', caller: anna, watcher }, note(`join ${watcher.id}`))
  const answer = (from: string, id: number, epoch: number, what: Answer | Rejection): void =>
    router.item(from, ['answer', id, epoch, packAnswer(what)])
  const joined = { ...view, existing: true, flow: { id: 't', version: 1 }, events: [], gap: false, more: false, receipts: [] }
  const push = (seq: number): Push => ({
    tenant: 'demo',
    cid: CID,
    inc: 'i',
    data: [],
    events: [{ seq, ts: 1, t: 'msg.new', d: { body: 'hi' } } as unknown as Push['events'][number]],
  })

  it('calls a conversation of this node directly', () => {
    cluster.serving.add(SHARD)
    send('m1')
    expect(cluster.out).toEqual([])
    local.delivered[0]?.reply(sent('m1'))
    expect(answers).toEqual(['m1: 2'])
  })

  it('sends a delivery to the node that owns the conversation, and passes its answer on', () => {
    send('m1')
    expect(cluster.asks).toEqual(['b: m1'])
    answer('b', cluster.lastId, 3, sent('m1'))
    expect(answers).toEqual(['m1: 2'])
  })

  it('passes a refusal on that is meant for the asker', () => {
    send('m1')
    answer('b', cluster.lastId, 3, reject('closed', 'it ended'))
    expect(answers).toEqual(['m1: closed'])
  })

  it.each<[RejectionCode, boolean]>([
    ['no_owner', false],
    ['fenced', false],
    ['not_ready', false],
    ['unavailable', true],
  ])('sends the same again after %s (unknown: %s), until it has an answer', async (code, unknown) => {
    send('m1')
    answer('b', cluster.lastId, 3, reject(code, 'moved', unknown ? { unknown: true } : {}))
    expect(answers).toEqual([])
    await clock.advance(100)
    expect(cluster.asks).toEqual(['b: m1', 'b: m1'])
    answer('b', cluster.lastId, 3, sent('m1'))
    expect(answers).toEqual(['m1: 2'])
  })

  it('asks the new owner at once when the shard moves', () => {
    send('m1')
    cluster.rows.set(SHARD, { id: 'c', epoch: 4 })
    router.moved(SHARD)
    expect(cluster.asks).toEqual(['b: m1', 'c: m1'])
    answer('b', cluster.lastId, 3, sent('m1', 9))
    expect(answers).toEqual([])
    answer('c', cluster.lastId, 4, sent('m1'))
    expect(answers).toEqual(['m1: 2'])
  })

  it('believes no answer of an older epoch than the one it knows', async () => {
    send('m1')
    cluster.rows.set(SHARD, { id: 'b', epoch: 5 })
    answer('b', cluster.lastId, 3, sent('m1', 9))
    expect(answers).toEqual([])
    await clock.advance(100)
    answer('b', cluster.lastId, 5, sent('m1'))
    expect(answers).toEqual(['m1: 2'])
  })

  it('goes where it is told to go', () => {
    send('m1')
    router.item('b', ['elsewhere', cluster.lastId, 'c', 4])
    expect(cluster.asks).toEqual(['b: m1', 'c: m1'])
  })

  it('looks for the owner when the one asked knows of none', async () => {
    send('m1')
    router.item('b', ['elsewhere', cluster.lastId, '', 0])
    expect(cluster.asked).toEqual(['doubt b'])
    await clock.advance(40)
    expect(cluster.asked).toContain(`find ${SHARD}`)
    cluster.rows.set(SHARD, { id: 'c', epoch: 4 })
    router.moved(SHARD)
    expect(cluster.asks).toEqual(['b: m1', 'c: m1'])
  })

  it('sends again what nobody heard, and doubts the owner the second time', async () => {
    send('m1')
    router.unheard('b')
    expect(cluster.asked).toEqual(['suspect b'])
    await clock.advance(30)
    expect(cluster.asks).toEqual(['b: m1', 'b: m1'])
    router.unheard('b')
    expect(cluster.asked).toContain('doubt b')
  })

  it('sends again at once what may have been lost on the way', () => {
    send('m1')
    router.gap('b')
    expect(cluster.asks).toEqual(['b: m1', 'b: m1'])
    router.gap('c')
    expect(cluster.asks).toHaveLength(2)
  })

  it('sends again what has no answer within a second', async () => {
    send('m1')
    await clock.advance(900)
    expect(cluster.asks).toHaveLength(1)
    await clock.advance(200)
    expect(cluster.asks).toHaveLength(2)
  })

  it('says unknown after ten seconds, never that it did not happen', async () => {
    send('m1')
    await clock.advance(9900)
    expect(answers).toEqual([])
    await clock.advance(200)
    expect(answers).toEqual(['m1: unavailable unknown'])
  })

  it('says that nobody owns it where it was never handed to anybody', async () => {
    cluster.rows.clear()
    send('m1')
    await clock.advance(10_100)
    expect(answers).toEqual(['m1: no_owner'])
  })

  it('spares the next node what the ones before died of, and says that the outcome is unknown', () => {
    send('m1')
    router.died('c')
    router.died('b')
    expect(cluster.asks).toEqual(['b: m1', 'b: m1'])
    router.died('b')
    expect(cluster.asks).toHaveLength(2)
    expect(answers).toEqual(['m1: unavailable unknown'])
  })

  it('keeps the order of a conversation over every resend', async () => {
    for (const mid of ['m1', 'm2', 'm3']) send(mid)
    expect(cluster.asks).toEqual(['b: m1'])
    router.gap('b')
    answer('b', cluster.lastId, 3, reject('fenced', 'moved'))
    await clock.advance(100)
    answer('b', cluster.lastId, 3, sent('m1'))
    answer('b', cluster.lastId, 3, sent('m2'))
    answer('b', cluster.lastId, 3, sent('m3'))
    expect(answers).toEqual(['m1: 2', 'm2: 2', 'm3: 2'])
    expect(cluster.asks).toEqual(['b: m1', 'b: m1', 'b: m1', 'b: m2', 'b: m3'])
  })

  it('lets what is asked here later wait for what was sent elsewhere before', () => {
    send('m1')
    cluster.serving.add(SHARD)
    send('m2')
    expect(local.delivered).toEqual([])
    answer('b', cluster.lastId, 3, sent('m1'))
    expect(local.delivered.map(({ delivery }) => (delivery as { mid: string }).mid)).toEqual(['m2'])
  })

  it('lets a read pass what waits', () => {
    send('m1')
    get()
    expect(cluster.asks).toEqual(['b: m1', 'b: get'])
  })

  it('asks elsewhere for what was refused here because the shard went', async () => {
    cluster.serving.add(SHARD)
    send('m1')
    send('m2')
    cluster.serving.clear()
    for (const { reply } of local.delivered) reply(reject('fenced', 'moved'))
    expect(cluster.asks).toEqual(['b: m1'])
    answer('b', cluster.lastId, 3, sent('m1'))
    expect(cluster.asks).toEqual(['b: m1', 'b: m2'])
  })

  it('looks for a conversation that it may have opened before', () => {
    const open = {
      type: 'open',
      caller: anna,
      template: 't',
      locale: 'en',
      tz: 'UTC',
      channel: 'test',
      keyed: false,
    } as const
    router.item('x', ['ask', 1, 'demo', CID, open, false, 1])
    cluster.serving.add(SHARD)
    router.item('x', ['ask', 2, 'demo', CID, open, false, 1])
    router.item('x', ['ask', 3, 'demo', CID, open, false, 2])
    expect(local.delivered.map(({ delivery }) => (delivery as { keyed: boolean }).keyed)).toEqual([false, true])
  })

  it('parks what has no owner up to a bound, whatever conversation it is for, and refuses the rest before it runs', () => {
    cluster.rows.clear()
    const cids: string[] = []
    for (let i = 0; cids.length < 300; i++) if (shardOf('demo', `x${i}`) === SHARD) cids.push(`x${i}`)
    for (const [i, cid] of cids.entries()) send(`m${i}`, cid)
    expect(answers).toHaveLength(300 - 257)
    expect(new Set(answers.map((text) => text.split(': ')[1]))).toEqual(new Set(['unavailable']))
  })

  it('refuses the message that makes a line too long, and no other', () => {
    for (let i = 0; i <= 257; i++) send(`m${i}`)
    expect(answers).toEqual(['m257: unavailable'])
  })

  it('refuses more text than a shard may have waiting', () => {
    for (let i = 0; i < 5; i++) send(`m${i}`, CID, 'x'.repeat(1024 * 1024))
    expect(answers).toEqual(['m3: unavailable', 'm4: unavailable'])
  })

  it('gives up at once what is asked when it stops, sends nothing more of it, and takes nothing new', () => {
    send('m1')
    send('m2')
    router.stop()
    expect(answers).toEqual(['m1: unavailable unknown', 'm2: no_owner'])
    expect(cluster.asks).toEqual(['b: m1'])
    send('m3')
    expect(answers.at(-1)).toBe('m3: not_ready')
  })

  it('makes ids of conversations that will live here', () => {
    expect(router.newId('demo', 0)).toBe('id0')
    cluster.owned = 1
    for (let i = 5; i < 10; i++) cluster.serving.add(shardOf('demo', `id${i}`))
    const id = router.newId('demo', 0)
    expect(cluster.serves(shardOf('demo', id))).toBe(true)
  })

  describe('follows conversations of other nodes', () => {
    const watcher = (id = 'w1'): Recorder => {
      const made = new Recorder(id)
      join(made)
      answer('b', cluster.lastId, 3, joined as unknown as Answer)
      return made
    }

    it('passes on what their owner pushes', () => {
      const one = watcher()
      router.item('b', ['push', packPush(push(4))])
      expect(one.seqs).toEqual([4])
    })

    it('passes on nothing that another node pushes', () => {
      const one = watcher()
      router.item('c', ['push', packPush(push(4))])
      expect(one.seqs).toEqual([])
    })

    it('tells a node that pushes what nobody here wants', () => {
      router.item('b', ['push', packPush(push(4))])
      expect(cluster.out.at(-1)).toEqual({ to: 'b', item: ['unwatch', 'demo', CID] })
    })

    it('tells the owner when the last of them leaves, not before', () => {
      watcher('w1')
      watcher('w2')
      const leave = (id: string): void =>
        router.deliver('demo', CID, { type: 'leave', caller: anna, watcherId: id }, note(`leave ${id}`))
      leave('w1')
      expect(cluster.out.filter(({ item }) => item[0] === 'unwatch')).toEqual([])
      leave('w2')
      expect(cluster.out.filter(({ item }) => item[0] === 'unwatch')).toHaveLength(1)
      expect(answers.slice(-2)).toEqual(['leave w1: ok', 'leave w2: ok'])
    })

    it.each(['gone', 'gap', 'died', 'moved'])('sends them off to join again after %s', (what) => {
      const one = watcher()
      if (what === 'gone') router.item('b', ['gone', 'demo', CID])
      if (what === 'gap') router.gap('b')
      if (what === 'died') router.died('b')
      if (what === 'moved') {
        cluster.rows.set(SHARD, { id: 'c', epoch: 4 })
        router.moved(SHARD)
      }
      expect(one.lost).toEqual([CID])
      router.item('b', ['push', packPush(push(4))])
      expect(one.seqs).toEqual([])
    })

    it('keeps them while the same owner goes on under the same epoch', () => {
      const one = watcher()
      router.moved(SHARD)
      expect(one.lost).toEqual([])
    })

    it('tells the owner who types, for who follows only', () => {
      watcher('w1')
      const type = (origin: string): void =>
        router.deliver('demo', CID, { type: 'typing', caller: anna, on: true, ttlMs: 100, origin }, note('typing'))
      type('w9')
      expect(cluster.out.filter(({ item }) => item[0] === 'typing')).toEqual([])
      type('w1')
      expect(cluster.out.at(-1)).toMatchObject({ to: 'b', item: ['typing', 'demo', CID, { origin: 'w1', on: true }] })
    })
  })

  describe('serves other nodes', () => {
    const ask = (id: number, from = 'x', mid = `m${id}`): void =>
      router.item(from, ['ask', id, 'demo', CID, { type: 'send', caller: anna, mid, kind: 'text', body: 'hi' }, false, 1])
    const outOf = (kind: string) => cluster.out.filter(({ item }) => item[0] === kind)

    it('answers with the epoch under which it did it', () => {
      cluster.serving.add(SHARD)
      ask(1)
      local.delivered[0]?.reply(sent('m1'))
      expect(outOf('answer')).toEqual([{ to: 'x', item: ['answer', 1, 7, { ...sent('m1'), events: [] }] }])
    })

    it('says where the conversation is when it is not here', () => {
      ask(1)
      expect(outOf('elsewhere')).toEqual([{ to: 'x', item: ['elsewhere', 1, 'b', 3] }])
    })

    it('keeps what comes for a shard that it is about to serve, once each, in the order of their last askings', () => {
      cluster.expecting.add(SHARD)
      ask(1)
      ask(2)
      ask(1)
      expect(cluster.out).toEqual([])
      cluster.serving.add(SHARD)
      router.moved(SHARD)
      expect(local.delivered.map(({ delivery }) => (delivery as { mid: string }).mid)).toEqual(['m2', 'm1'])
    })

    it('sends it on when the shard does not come after all', async () => {
      cluster.expecting.add(SHARD)
      ask(1)
      cluster.expecting.clear()
      await clock.advance(50)
      expect(outOf('elsewhere')).toHaveLength(1)
    })

    it('keeps a bounded number of them, and refuses the rest', () => {
      cluster.expecting.add(SHARD)
      for (let id = 0; id < 260; id++) ask(id)
      expect(outOf('answer').map(({ item }) => (item[3] as Rejection).rejected)).toEqual(Array(4).fill('unavailable'))
    })

    it('forgets them when whoever asked has asked again long since', async () => {
      cluster.expecting.add(SHARD)
      ask(1)
      await clock.advance(2000)
      cluster.serving.add(SHARD)
      router.moved(SHARD)
      await settle()
      expect(local.delivered).toEqual([])
    })

    it('lets a node that is gone watch nothing any more', () => {
      cluster.serving.add(SHARD)
      router.item('x', ['ask', 1, 'demo', CID, { type: 'join', caller: anna }, true, 1])
      const [{ delivery }] = local.delivered as [(typeof local.delivered)[number]]
      const { watcher } = delivery as Delivery & { watcher: Recorder }
      watcher.push(push(4))
      watcher.gone('demo', CID)
      expect(cluster.out.map(({ to, item }) => [to, item[0]])).toEqual([
        ['x', 'push'],
        ['x', 'gone'],
      ])
      router.died('x')
      expect(local.unwatched).toEqual([watcher.id])
    })

    it.each([
      ['no item', 'hello'],
      ['an unknown kind', ['wish', 1]],
      ['an ask of no tenant', ['ask', 1, '../x', CID, {}, false, 1]],
      ['an ask of no conversation', ['ask', 1, 'demo', 'a b', {}, false, 1]],
      ['an ask without a delivery', ['ask', 1, 'demo', CID]],
      ['an answer without content', ['answer', 1, 3]],
      ['a push without content', ['push']],
      ['a push whose events are none', ['push', { tenant: 'demo', cid: CID, events: [7] }]],
    ])('passes over %s', (_what, item) => {
      cluster.serving.add(SHARD)
      send('m1', 'c2')
      expect(() => router.item('x', item)).not.toThrow()
      expect(answers).toEqual([])
    })
  })
})
