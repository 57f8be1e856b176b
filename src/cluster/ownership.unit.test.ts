import { beforeEach, describe, expect, it } from 'vitest'
import { ShardKeeper } from '../../test/fixtures/shard-keeper.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { AppError } from '../kernel/rejection.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import { HELD_MS } from '../storage/port.ts'
import { LocalBroker } from './local/broker.ts'
import { LocalDirectoryStore } from './local/directory.ts'
import { bestOf, ranking } from './placement.ts'
import { subjectsOf } from './subjects.ts'
import { TIMINGS } from './timings.ts'
import { packed } from './wire.ts'

const ALL = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
const candidates = (...names: string[]) => names.map((node) => ({ id: node, node }))
const bestOfTwo = (shard: number): string | undefined => bestOf(shard, candidates('a', 'b'))?.id
const away = (): AppError => new AppError('storage.unavailable', 'away', { retry: 'later' })

describe('the ownership of shards', () => {
  let clock: VirtualClock
  let broker: LocalBroker
  let journal: MemoryJournal
  let directory: LocalDirectoryStore

  beforeEach(() => {
    clock = new VirtualClock()
    broker = new LocalBroker({ clock, pendingBytesMax: 64 * 1024 * 1024 })
    journal = new MemoryJournal({ clock })
    directory = new LocalDirectoryStore()
  })

  const keeper = async (id: string, node = id): Promise<ShardKeeper> => {
    const made = new ShardKeeper({ broker, clock, journal, directory }, id, node)
    await made.begin()
    return made
  }
  /** Both have their share. */
  const two = async (): Promise<[ShardKeeper, ShardKeeper]> => {
    const a = await keeper('a')
    const b = await keeper('b')
    await clock.advance(4000)
    return [a, b]
  }
  const holderOf = async (shard: number) => (await journal.holders([shard]))[0]
  /** Advances in steps until it holds. */
  const until = async (what: () => boolean, msMax: number, stepMs = 20): Promise<number> => {
    const fromMs = clock.mono()
    while (!what()) {
      if (clock.mono() - fromMs >= msMax) throw new Error(`not within ${msMax} ms`)
      await clock.advance(stepMs)
    }
    return clock.mono() - fromMs
  }

  it('gives all shards to a node that is alone, once it has listened for others', async () => {
    const a = await keeper('a')
    await clock.advance(TIMINGS.heartbeatMs * 2)
    expect(a.owned).toBe(0)
    await clock.advance(TIMINGS.heartbeatMs)
    expect(a.owned).toBe(SHARD_COUNT)
    expect(a.cluster.serves(7)).toBe(true)
    expect(a.cluster.ownerOf(7)).toEqual({ id: 'a', epoch: 1 })
  })

  it('shares between two that start together, each with what the placement gives it', async () => {
    const [a, b] = await two()
    expect(a.shards).toEqual(ALL.filter((shard) => bestOfTwo(shard) === 'a'))
    expect(b.shards).toEqual(ALL.filter((shard) => bestOfTwo(shard) === 'b'))
    for (const shard of [1, 2, 3]) expect(a.cluster.ownerOf(shard)?.id).toBe(bestOfTwo(shard))
  })

  it('takes what a crashed node had, within a moment when it is found gone', async () => {
    const [a, b] = await two()
    await b.crash()
    const ms = await until(() => a.owned === SHARD_COUNT, 5000)
    expect(ms).toBeLessThan(1500)
    expect(a.host.dropped).toEqual([])
  })

  it('takes nothing from a node that is only busy', async () => {
    const [a, b] = await two()
    const before = a.owned
    b.bus.loses = () => true
    await clock.advance(TIMINGS.deadMs - 700)
    expect(a.owned).toBe(before)
    b.bus.loses = () => false
    await clock.advance(3000)
    expect([a.owned, b.owned]).toEqual([before, SHARD_COUNT - before])
  })

  it('serves nothing from when nobody confirms it any more, before another node may take it', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    b.bus.loses = () => true
    b.bus.deaf = () => true
    const fenced = await until(() => !b.cluster.serves(shard), TIMINGS.selfFenceMs + 100, 10)
    expect(fenced).toBeGreaterThan(TIMINGS.selfFenceMs - 2 * TIMINGS.heartbeatMs)
    expect(a.owned + b.owned).toBe(SHARD_COUNT)
    await until(() => a.cluster.serves(shard), 8000)
    expect(b.cluster.serves(shard)).toBe(false)
  })

  it('never has two nodes serve one shard, whoever comes, goes, freezes or crashes', async () => {
    const a = await keeper('a')
    const all = [a]
    const some = [3, 99, 512, 700, 1001]
    const check = async (ms: number): Promise<void> => {
      for (let step = 0; step < ms; step += 50) {
        await clock.advance(50)
        const holders = await journal.holders(some)
        for (const [i, shard] of some.entries()) {
          const serving = all.filter(({ cluster }) => cluster.serves(shard))
          expect(serving.length).toBeLessThan(2)
          const [only] = serving
          if (!only) continue
          expect(holders[i]).toMatchObject({ owner: only.id, epoch: only.cluster.epochOf(shard) })
        }
      }
    }
    await check(2000)
    const b = await keeper('b')
    all.push(b)
    await check(4000)
    const c = await keeper('c')
    all.push(c)
    await check(3000)
    b.bus.loses = () => true
    b.bus.deaf = () => true
    await check(5000)
    b.bus.loses = () => false
    b.bus.deaf = () => false
    await check(4000)
    await c.crash()
    all.pop()
    await check(4000)
    const left = b.cluster.handOver(3000)
    await check(2000)
    await left
    expect(all.map(({ owned }) => owned)).toEqual([SHARD_COUNT, 0])
  }, 30_000)

  it('waits with a shard that another is meant to have, the longer the farther down its rank', async () => {
    const a = await keeper('a')
    const b = await keeper('b')
    const c = await keeper('c')
    await clock.advance(8000)
    expect(a.owned + b.owned + c.owned).toBe(SHARD_COUNT)
    // Nobody but the second of the ranking can take it.
    const shard = c.shards.find((one) => ranking(one, candidates('a', 'b')).at(0)?.id === 'a') as number
    a.host.beforeAdopt = () => {
      throw away()
    }
    const claim = journal.claim.bind(journal)
    journal.claim = (shards, owner, options) => (owner === 'a' ? Promise.reject(away()) : claim(shards, owner, options))
    await c.crash()
    await until(() => a.cluster.ownerOf(shard) === undefined, 3000)
    const ms = await until(() => b.cluster.serves(shard), 3000)
    expect(ms).toBeGreaterThan(TIMINGS.rankMs - 100)
  })

  it('claims no shard that a node it does not hear holds, until that one is dead for sure', async () => {
    const stranger = broker.connect()
    const [claim] = await journal.claim([5], 'stranger')
    stranger.subscribe(subjectsOf().ping('stranger'), ({ reply }) => {
      if (reply) stranger.publish(reply, packed('stranger'))
    })
    const a = await keeper('a')
    await clock.advance(TIMINGS.heartbeatMs * 3)
    expect(a.owned).toBe(SHARD_COUNT - 1)
    expect(await holderOf(5)).toMatchObject({ owner: 'stranger', epoch: claim?.epoch })
    await clock.advance(TIMINGS.deadMs + 1000)
    expect(a.owned).toBe(SHARD_COUNT)
  })

  it('claims at once what an owner left that the broker does not know', async () => {
    await journal.claim(ALL, 'of-yesterday')
    const a = await keeper('a')
    await clock.advance(2000)
    expect(a.owned).toBe(SHARD_COUNT)
  })

  it('does not believe that a shard is free which has a log but no holder, before its owner is quiet for long', async () => {
    const [claimed] = await journal.claim([5], 'x')
    await journal.append([
      {
        shard: 5,
        token: claimed?.token ?? '',
        expectedTail: 0,
        batchId: 'b',
        entries: [{ tenant: 'demo', cid: 'c', n: 1, data: 1 }],
      },
    ])
    journal.lose(0, { claims: true })
    const a = await keeper('a')
    await clock.advance(1600)
    expect(await holderOf(5)).toMatchObject({ owner: '', released: false, tail: 1 })
    expect(a.owned).toBe(SHARD_COUNT - 1)
    await clock.advance(TIMINGS.deadMs)
    expect(a.owned).toBe(SHARD_COUNT)
  })

  it('goes on with a shard whose outcome is unknown, where nobody came between', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    await a.host.append(5)
    a.cluster.lost(5)
    expect(a.cluster.serves(5)).toBe(false)
    expect(a.cluster.expects(5)).toBe(true)
    await until(() => a.cluster.serves(5), 500)
    expect(a.host.dropped).toEqual([5])
    expect(a.cluster.epochOf(5)).toBe(2)
    expect(a.host.claims.get(5)?.tail).toBe(1)
  })

  it('gives up a shard that another node got behind its back', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    await journal.claim([shard], 'a')
    expect(await b.cluster.verify(shard)).toBe(false)
    await settle()
    expect(b.cluster.serves(shard)).toBe(false)
    // The other does not know of its claim: the shard is free for whom it is meant.
    await until(() => b.cluster.serves(shard) || a.cluster.serves(shard), 8000)
    expect((await holderOf(shard))?.epoch).toBeGreaterThan(2)
  })

  it('says that a shard is still its own when the journal says so', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    expect(await a.cluster.verify(5)).toBe(true)
    expect(a.cluster.serves(5)).toBe(true)
  })

  it('hears of a higher epoch and lets go', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    a.bus.publish(subjectsOf().rows, packed(['a', [[shard, 50]]]))
    await settle()
    expect(b.cluster.serves(shard)).toBe(false)
  })

  it('writes again what the journal lost of an acknowledged shard, before it serves', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    journal.lose(2)
    expect(a.cluster.serves(5)).toBe(false)
    await until(() => a.cluster.serves(5), 1000)
    expect(a.host.mended).toEqual([5])
    expect((await journal.read(5, 0)).map(({ at }) => at)).toEqual([1, 2, 3])
    expect(a.cluster.serves(6)).toBe(true)
  })

  it('writes it again also where the journal lost the claim with it', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    journal.lose(2, { claims: true })
    await until(() => a.cluster.serves(5), 1000)
    expect(a.host.mended).toEqual([5])
    expect(a.cluster.epochOf(5)).toBeGreaterThan(1)
  })

  it('writes it again also where the journal refused it before it was known to have begun anew', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    const { promise, resolve } = Promise.withResolvers<void>()
    const holders = journal.holders.bind(journal)
    journal.holders = (shards) => promise.then(() => holders(shards))
    journal.lose(2, { claims: true })
    // The append that came between: its token is not the journal's.
    a.cluster.lost(5)
    await settle()
    resolve()
    await until(() => a.cluster.serves(5), 1500)
    expect(a.host.mended).toEqual([5])
  })

  it('writes it again also where the journal, without the claim, believes that the owner before gave it back', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    const b = await keeper('b')
    await clock.advance(6000)
    const shard = b.shards[0] as number
    expect(b.cluster.epochOf(shard)).toBe(2)
    for (let i = 0; i < 3; i++) await b.host.append(shard)
    journal.lose(2, { claims: true })
    expect(await holderOf(shard)).toMatchObject({ epoch: 1, released: true })
    await until(() => b.cluster.serves(shard), 1500)
    expect(b.host.mended).toEqual([shard])
    expect(a.cluster.serves(shard)).toBe(false)
  })

  it('is left the time for it by the others, who know of its newer claim', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    const b = await keeper('b')
    await clock.advance(6000)
    const shard = b.shards[0] as number
    for (let i = 0; i < 3; i++) await b.host.append(shard)
    const claim = journal.claim.bind(journal)
    journal.claim = (shards, owner, options) => (owner === 'b' ? Promise.reject(away()) : claim(shards, owner, options))
    journal.lose(2, { claims: true })
    broker.connect().publish(subjectsOf().rows, packed(['', [[shard, 0]]]))
    await clock.advance(TIMINGS.deadMs - 500)
    expect(await holderOf(shard)).toMatchObject({ epoch: 1, released: true })
    journal.claim = claim
    await until(() => b.cluster.serves(shard), 1500)
    expect(b.host.mended).toContain(shard)
    expect(a.cluster.serves(shard)).toBe(false)
  })

  it('is left no more time than a dead node is waited for', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    const b = await keeper('b')
    await clock.advance(6000)
    const shard = b.shards[0] as number
    const claim = journal.claim.bind(journal)
    journal.claim = (shards, owner, options) => (owner === 'b' ? Promise.reject(away()) : claim(shards, owner, options))
    journal.lose(2, { claims: true })
    await until(() => a.cluster.serves(shard), 5000 + TIMINGS.deadMs + 1000)
  })

  it('writes it again also where the answer to its claim was lost', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    const claim = journal.claim.bind(journal)
    journal.claim = async (shards, owner, options) => {
      await claim(shards, owner, options)
      journal.claim = claim
      throw away()
    }
    journal.lose(2, { claims: true })
    await until(() => a.cluster.serves(5), 1500)
    expect(a.host.mended).toEqual([5])
  })

  it('takes no shard back from a live owner that came after it, though at a lower epoch', async () => {
    const [a, b] = await two()
    const shard = a.shards.find((one) => bestOfTwo(one) === 'a') as number
    for (let i = 0; i < 4; i++) {
      a.cluster.lost(shard)
      await until(() => a.cluster.serves(shard), 500)
    }
    journal.lose(0, { claims: 3 })
    await journal.claim([shard], 'b')
    a.bus.deaf = (subject) => subject.endsWith('.handoff')
    const holders = journal.holders.bind(journal)
    journal.holders = () => Promise.reject(away())
    await clock.advance(HELD_MS + 200)
    journal.holders = holders
    for (let i = 0; i < 40; i++) {
      await clock.advance(50)
      expect(await holderOf(shard)).toMatchObject({ owner: 'b' })
    }
    expect(a.cluster.serves(shard)).toBe(false)
    expect(b.cluster.members()).toHaveLength(2)
  })

  it('keeps what it holds of a shard while it cannot be claimed', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    const claim = journal.claim.bind(journal)
    journal.claim = () => Promise.reject(away())
    journal.lose(2, { claims: true })
    await clock.advance(3000)
    expect(a.owned).toBe(0)
    journal.claim = claim
    await until(() => a.cluster.serves(5), 2000)
    expect(a.host.mended).toContain(5)
    expect((await journal.read(5, 0)).map(({ at }) => at)).toEqual([1, 2, 3])
  })

  it('asks once more after a doubt that came while the journal was being asked', async () => {
    const a = await keeper('a')
    await clock.advance(2000)
    for (let i = 0; i < 3; i++) await a.host.append(5)
    const holders = journal.holders.bind(journal)
    let answer: () => void = () => undefined
    journal.holders = async (shards) => {
      const found = await holders(shards)
      journal.holders = holders
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return found
    }
    journal.lose(0)
    await settle()
    // The first question is answered from before this.
    journal.lose(2)
    answer()
    await settle()
    expect(a.cluster.serves(5)).toBe(false)
    await until(() => a.cluster.serves(5), 1000)
    expect(a.host.mended).toEqual([5])
  })

  it('goes on with everything after the broker was away, without claiming anew', async () => {
    const [a, b] = await two()
    const epochs = a.shards.map((shard) => a.cluster.epochOf(shard))
    broker.stop()
    await clock.advance(TIMINGS.selfFenceMs + 100)
    expect(a.cluster.serves(a.shards[0] as number)).toBe(false)
    broker.start()
    await clock.advance(1500)
    expect(a.shards.map((shard) => a.cluster.epochOf(shard))).toEqual(epochs)
    expect([...a.shards, ...b.shards].every((shard) => a.cluster.serves(shard) || b.cluster.serves(shard))).toBe(true)
    expect([a.host.dropped, b.host.dropped]).toEqual([[], []])
  })

  it('tries again what the journal could not be asked, or the host not read', async () => {
    const holders = journal.holders.bind(journal)
    journal.holders = () => Promise.reject(away())
    const a = await keeper('a')
    let reads = 0
    a.host.beforeAdopt = () => {
      if (reads++ < 3) throw away()
    }
    await clock.advance(3000)
    expect(a.owned).toBe(0)
    journal.holders = holders
    await clock.advance(7000)
    expect(a.owned).toBe(SHARD_COUNT)
    expect(reads).toBeGreaterThan(3)
  })

  it('does not serve what it lost while it was read', async () => {
    const a = await keeper('a')
    let resume: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      resume = resolve
    })
    a.host.beforeAdopt = (claims) => (claims.some(({ shard }) => shard === 5) ? held : undefined)
    await clock.advance(1500)
    a.cluster.lost(5)
    await settle()
    const claimed = a.host.dropped.length
    expect(claimed).toBe(1)
    resume()
    a.host.beforeAdopt = () => undefined
    await settle()
    expect(a.host.dropped.filter((shard) => shard === 5)).toHaveLength(2)
    await until(() => a.cluster.serves(5), 8000)
  })

  it('is not believed to be elsewhere by a node that missed who came after the journal lost epochs', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    // Known everywhere at a high epoch, which the journal then loses together with its owner.
    b.cluster.lost(shard)
    await until(() => b.cluster.serves(shard), 500)
    const c = await keeper('c')
    await clock.advance(4000)
    const owner = [a, b, c].find(({ cluster }) => cluster.serves(shard)) as ShardKeeper
    const others = [a, b, c].filter((one) => one !== owner)
    const best = bestOf(shard, candidates(...others.map(({ id }) => id)))?.id
    const heir = others.find(({ id }) => id === best) as ShardKeeper
    const other = others.find(({ id }) => id !== best) as ShardKeeper
    const before = owner.cluster.epochOf(shard)
    const claim = journal.claim.bind(journal)
    journal.claim = (shards, id, options) => (id === owner.id ? Promise.reject(away()) : claim(shards, id, options))
    await owner.crash()
    journal.lose(0, { claims: 3 })
    // It hears nothing of who takes it.
    other.bus.deaf = (subject) => subject === subjectsOf().rows
    await until(() => heir.cluster.serves(shard), 12_000)
    expect(heir.cluster.epochOf(shard)).toBeLessThan(before)
    other.bus.deaf = () => false
    await clock.advance(6000)
    for (const one of others) expect(one.cluster.ownerOf(shard)?.id).toBe(heir.id)
  })

  it('tells who asks that it serves a shard, and is found', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    a.cluster.doubt(shard, 'b')
    expect(a.cluster.ownerOf(shard)).toBeUndefined()
    a.cluster.find(shard)
    a.cluster.find(shard)
    await settle()
    expect(a.cluster.ownerOf(shard)).toEqual({ id: 'b', epoch: b.cluster.epochOf(shard) })
    expect(a.bus.published.filter((subject) => subject === subjectsOf().shard(shard))).toHaveLength(1)
  })

  it('protects an owner that was at work a moment ago from one that only thinks it dead', async () => {
    const [a, b] = await two()
    const shard = b.shards[0] as number
    b.bus.loses = (subject) => subject.endsWith('.hb')
    const working = async (): Promise<void> => {
      await b.host.append(shard)
      await clock.advance(HELD_MS / 4)
    }
    for (let i = 0; i < 24; i++) await working()
    expect(a.cluster.members().map(({ id }) => id)).toEqual(['a'])
    expect(a.cluster.serves(shard)).toBe(false)
    expect(await holderOf(shard)).toMatchObject({ owner: 'b' })
  })
})
