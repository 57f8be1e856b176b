import { beforeEach, describe, expect, it } from 'vitest'
import { ShardKeeper } from '../../test/fixtures/shard-keeper.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { AppError } from '../kernel/rejection.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import { LocalBroker } from './local/broker.ts'
import { LocalDirectoryStore } from './local/directory.ts'
import { bestOf } from './placement.ts'
import { subjectsOf } from './subjects.ts'
import { TIMINGS } from './timings.ts'
import { packed, unpacked } from './wire.ts'

const ALL = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
const OF_B = ALL.filter(
  (shard) =>
    bestOf(shard, [
      { id: 'a', node: 'a' },
      { id: 'b', node: 'b' },
    ])?.id === 'b',
)
const subjects = subjectsOf()

describe('hand-overs', () => {
  let clock: VirtualClock
  let broker: LocalBroker
  let journal: MemoryJournal
  let a: ShardKeeper

  const keeper = async (id: string): Promise<ShardKeeper> => {
    const made = new ShardKeeper({ broker, clock, journal, directory }, id)
    await made.begin()
    return made
  }
  let directory: LocalDirectoryStore
  const until = async (what: () => boolean, msMax: number, stepMs = 20): Promise<number> => {
    const fromMs = clock.mono()
    while (!what()) {
      if (clock.mono() - fromMs >= msMax) throw new Error(`not within ${msMax} ms`)
      await clock.advance(stepMs)
    }
    return clock.mono() - fromMs
  }
  const letter = async (to: ShardKeeper, content: unknown): Promise<unknown> => {
    const bus = broker.connect()
    const asked = bus.request(subjects.handoff(to.id), packed(content), { timeoutMs: 100 }).then(
      ({ data }) => unpacked(data),
      (error: { fault: string }) => error.fault,
    )
    await settle()
    await clock.advance(150)
    return asked
  }

  beforeEach(async () => {
    clock = new VirtualClock()
    broker = new LocalBroker({ clock, pendingBytesMax: 64 * 1024 * 1024 })
    journal = new MemoryJournal({ clock })
    directory = new LocalDirectoryStore()
    a = await keeper('a')
    await clock.advance(2000)
  })

  it('give a node that came its share, and nothing else, and no shard is lost on the way', async () => {
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    expect(b.shards).toEqual(OF_B)
    expect(a.owned).toBe(SHARD_COUNT - OF_B.length)
    expect(a.host.dropped.sort((x, y) => x - y)).toEqual(OF_B)
    expect(b.cluster.epochOf(OF_B[0] as number)).toBe(2)
    expect(a.cluster.ownerOf(OF_B[0] as number)).toEqual({ id: 'b', epoch: 2 })
  })

  it('give a node nothing before it has been there for a while', async () => {
    const b = await keeper('b')
    await clock.advance(TIMINGS.settleMs - 200)
    expect(b.owned).toBe(0)
    expect(a.owned).toBe(SHARD_COUNT)
  })

  it('give nothing while membership is in doubt', async () => {
    const b = await keeper('b')
    await clock.advance(TIMINGS.settleMs - 200)
    clock.jump(TIMINGS.loopGapMs + 200)
    await clock.advance(TIMINGS.settleMs - 300)
    expect(b.owned).toBe(0)
    await until(() => b.owned === OF_B.length, 4000)
  })

  it('leave the taker to expect what it accepted, until it has it', async () => {
    const b = await keeper('b')
    let release: () => void = () => undefined
    a.host.beforeDrain = () =>
      new Promise<void>((resolve) => {
        release = resolve
      })
    const moving = (): number | undefined => OF_B.find((shard) => b.cluster.expects(shard))
    await until(() => moving() !== undefined, 4000)
    const shard = moving() as number
    expect([a.cluster.serves(shard), a.cluster.expects(shard), b.cluster.serves(shard)]).toEqual([false, true, false])
    a.host.beforeDrain = () => undefined
    release()
    await settle()
    expect([a.cluster.serves(shard), a.cluster.expects(shard), b.cluster.serves(shard)]).toEqual([false, false, true])
  })

  it('are not wanted by a node that is unconfirmed, or has the shard', async () => {
    expect(await letter(a, { op: 'offer', from: 'x', shards: [1] })).toEqual([])
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    const [own, other] = [OF_B[0] as number, a.shards[0] as number]
    expect(await letter(b, { op: 'offer', from: 'x', shards: [own, other] })).toEqual([other])
    b.bus.deaf = () => true
    b.bus.loses = (subject) => subject.endsWith('.hb')
    await clock.advance(TIMINGS.selfFenceMs + 100)
    b.bus.deaf = (subject) => subject.endsWith('.hb')
    expect(await letter(b, { op: 'offer', from: 'x', shards: [other] })).toEqual([])
  })

  it('take a shard at the epoch that the letter names only', async () => {
    const [shard] = a.shards as [number]
    const b = await keeper('b')
    expect(await letter(b, { op: 'take', from: 'a', shards: [[shard, 7]] })).toEqual([])
    expect(a.cluster.serves(shard)).toBe(true)
  })

  it.each([
    ['of no known kind', { op: 'keep', from: 'x', shards: [1] }],
    ['without shards', { op: 'offer', from: 'x' }],
    ['that takes what are no pairs', { op: 'take', from: 'x', shards: [1, 2] }],
    ['that offers what are no shards', { op: 'offer', from: 'x', shards: [99_999, 'x', -1] }],
    ['that takes what are no shards', { op: 'take', from: 'x', shards: [[99_999, 1]] }],
    ['that is a text', 'take'],
  ])('pass over a letter %s', async (_what, content) => {
    const b = await keeper('b')
    expect(await letter(b, content)).toBe('timeout')
    expect(b.cluster.expects(99_999)).toBe(false)
  })

  it('are taken up again by the giver when the taker dies in between', async () => {
    const b = await keeper('b')
    b.host.beforeAdopt = async () => {
      await b.crash()
      return new Promise<void>(() => undefined)
    }
    await until(() => b.bus.published.length > 0 && a.host.dropped.length > 0, 8000)
    const ms = await until(() => a.owned === SHARD_COUNT && ALL.every((shard) => a.cluster.serves(shard)), 8000)
    expect(ms).toBeLessThan(2500)
  })

  it('keep nobody waiting for a giver that dies after its offer', async () => {
    const b = await keeper('b')
    a.host.beforeDrain = async () => {
      await a.crash()
      return new Promise<void>(() => undefined)
    }
    await until(() => OF_B.some((shard) => b.cluster.expects(shard)), 4000)
    const ms = await until(() => b.owned === SHARD_COUNT, 8000)
    expect(ms).toBeLessThan(2500)
  })

  it('that the taker could not finish come back to the giver', async () => {
    const b = await keeper('b')
    const away = new AppError('storage.unavailable', 'away', { retry: 'later' })
    const claim = journal.claim.bind(journal)
    journal.claim = (shards, owner, options) => (owner === 'b' ? Promise.reject(away) : claim(shards, owner, options))
    await clock.advance(4000)
    expect(b.owned).toBe(0)
    await until(() => ALL.every((shard) => a.cluster.serves(shard)), 1000)
    journal.claim = claim
    await until(() => b.owned === OF_B.length, 8000)
  })

  it('that broke off before the release leave no shard standing still', async () => {
    const b = await keeper('b')
    a.bus.drainFails = new Error('the connection is closing')
    await clock.advance(3000)
    a.bus.drainFails = undefined
    await until(() => b.owned === OF_B.length && OF_B.every((shard) => b.cluster.serves(shard)), 8000)
    expect(ALL.filter((shard) => a.cluster.serves(shard) || b.cluster.serves(shard))).toHaveLength(SHARD_COUNT)
  })

  it('warn once of a node that does not answer, not at every look', async () => {
    const b = await keeper('b')
    await until(() => b.owned > 0, 6000)
    await b.crash()
    a.log.warnings.length = 0
    await until(() => a.owned === SHARD_COUNT, 6000)
    expect(a.log.warnings.filter((msg) => msg.includes('not answered')).length).toBeLessThan(2)
  })

  it('give everything to the others when a node leaves, and are quick about it', async () => {
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    const fromMs = clock.mono()
    let doneMs = 0
    void b.cluster.handOver(5000).then(() => {
      doneMs = clock.mono()
    })
    await until(() => doneMs > 0, 5000)
    expect(doneMs - fromMs).toBeLessThan(1500)
    expect([a.owned, b.owned]).toEqual([SHARD_COUNT, 0])
    expect(b.cluster.ready).toBe(false)
  })

  it('give everything back to the journal when nobody is there', async () => {
    let done = false
    void a.cluster.handOver(5000).then(() => {
      done = true
    })
    await settle()
    expect(done).toBe(true)
    expect(await journal.holders([0, 1023])).toMatchObject([
      { owner: '', released: true },
      { owner: '', released: true },
    ])
  })

  it('take no longer than they may when a node leaves, though the taker froze in between', async () => {
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    a.host.beforeAdopt = () => new Promise<void>(() => undefined)
    let done = false
    void b.cluster.handOver(1000).then(() => {
      done = true
    })
    await until(() => done, 1500)
    expect(b.owned).toBe(0)
  })

  it('tell the others of what nobody took: they need not find it by looking', async () => {
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    void b.cluster.handOver(0)
    const ms = await until(() => ALL.every((shard) => a.cluster.serves(shard)), 6000)
    expect(ms).toBeLessThan(500)
  })

  it('pass over rows that are none', async () => {
    const bus = broker.connect()
    for (const rows of [[7], [['x', 1]], [[99_999, 1]], [[1, null]]]) {
      bus.publish(subjects.rows, packed(['', rows]))
      bus.publish(subjects.rows, packed(['x', rows]))
    }
    await clock.advance(1000)
    expect(ALL.filter((shard) => a.cluster.serves(shard))).toHaveLength(SHARD_COUNT)
    expect(a.log.warnings).toEqual([])
  })

  it('wait for nobody when all nodes leave at once', async () => {
    const b = await keeper('b')
    const c = await keeper('c')
    await clock.advance(10_000)
    const fromMs = clock.mono()
    const doneMs: number[] = []
    for (const node of [a, b, c]) {
      void node.cluster
        .handOver(6000)
        .then(() => node.cluster.leave())
        .then(() => doneMs.push(clock.mono() - fromMs))
    }
    await until(() => doneMs.length === 3, 8000)
    expect(Math.max(...doneMs)).toBeLessThan(500)
    const holders = await journal.holders(ALL)
    expect(holders.filter(({ released }) => !released)).toEqual([])
  })

  it('are refused by a node that leaves, also those that it had accepted before', async () => {
    const b = await keeper('b')
    await until(() => b.owned === OF_B.length, 6000)
    const [shard] = a.shards as [number]
    expect(await letter(b, { op: 'offer', from: 'a', shards: [shard] })).toEqual([shard])
    void b.cluster.handOver(0)
    await settle()
    expect(await letter(b, { op: 'offer', from: 'a', shards: [shard] })).toEqual([])
    const epoch = a.cluster.epochOf(shard)
    expect(await letter(b, { op: 'take', from: 'a', shards: [[shard, epoch]] })).toEqual([])
  })

  it('give back what was claimed for a node that began to leave meanwhile', async () => {
    const b = await keeper('b')
    const claim = journal.claim.bind(journal)
    let answer: () => void = () => undefined
    journal.claim = async (shards, owner, options) => {
      const claims = await claim(shards, owner, options)
      if (owner === 'b')
        await new Promise<void>((resolve) => {
          answer = resolve
        })
      return claims
    }
    await until(() => OF_B.some((shard) => b.cluster.expects(shard)), 4000)
    await clock.advance(300)
    void b.cluster.handOver(1000)
    await settle()
    answer()
    journal.claim = claim
    await until(() => ALL.every((shard) => a.cluster.serves(shard)), 1500)
    expect(b.owned).toBe(0)
  })
})
