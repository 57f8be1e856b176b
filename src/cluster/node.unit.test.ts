import { beforeEach, describe, expect, it } from 'vitest'
import { ShardKeeper } from '../../test/fixtures/shard-keeper.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import { LocalBroker } from './local/broker.ts'
import { LocalDirectoryStore } from './local/directory.ts'
import type { Heartbeat } from './membership.ts'
import { subjectsOf } from './subjects.ts'
import { unpacked } from './wire.ts'

describe('a node of a cluster', () => {
  let clock: VirtualClock
  let broker: LocalBroker
  let journal: MemoryJournal
  let directory: LocalDirectoryStore
  let a: ShardKeeper
  let b: ShardKeeper

  const keeper = async (id: string, node = id): Promise<ShardKeeper> => {
    const made = new ShardKeeper({ broker, clock, journal, directory }, id, node)
    await made.begin()
    return made
  }
  const lastHeartbeat = async (of: ShardKeeper): Promise<Heartbeat> => {
    let last: unknown
    const subscription = broker.connect().subscribe(subjectsOf().heartbeat(of.id), ({ data }) => {
      last = unpacked(data)
    })
    await clock.advance(600)
    subscription.unsubscribe()
    return last as Heartbeat
  }

  beforeEach(async () => {
    clock = new VirtualClock()
    broker = new LocalBroker({ clock, pendingBytesMax: 64 * 1024 * 1024 })
    journal = new MemoryJournal({ clock })
    directory = new LocalDirectoryStore()
    a = await keeper('a')
    b = await keeper('b')
    await clock.advance(4000)
  })

  it.each(['a.b', '', 'x y', '>'])('refuses the id %j, which would become a subject', (id) => {
    expect(() => new ShardKeeper({ broker, clock, journal, directory }, id)).toThrow(RangeError)
  })

  it('knows its members, itself first', () => {
    expect(a.cluster.members()).toMatchObject([
      { id: 'a', draining: false },
      { id: 'b', draining: false },
    ])
    expect([a.cluster.ready, b.cluster.ready]).toEqual([true, true])
  })

  it('sends items to another node', async () => {
    a.cluster.send('b', 'hello')
    await settle()
    expect(b.told).toEqual(['a: hello'])
  })

  it('tells who died, and keeps no link to it', async () => {
    a.cluster.send('b', 'hello')
    await settle()
    await b.crash()
    await clock.advance(3000)
    expect(a.told).toEqual(['died b'])
    expect((await lastHeartbeat(a)).links).toEqual({})
  })

  it('says of a node that is no member, and hears nothing, that it is dead, however late it is asked something', async () => {
    await b.crash()
    await clock.advance(3000)
    a.told.length = 0
    a.cluster.send('b', 'an answer to its last words')
    await settle()
    expect(a.told).toEqual(['died b'])
    expect((await lastHeartbeat(a)).links).toEqual({})
  })

  it('forgets the link to a node that was silent for long and takes what is sent, but is no member', async () => {
    const silent = broker.connect()
    silent.subscribe(subjectsOf().turns('c'), () => undefined)
    a.cluster.send('c', 'hello')
    await clock.advance(300)
    await clock.advance(1500)
    expect((await lastHeartbeat(a)).links).toEqual({})
  })

  it('finds nobody for a shard that nobody serves, and may ask again', async () => {
    const free = b.shards[0] as number
    await b.crash()
    a.cluster.doubt(free, 'b')
    a.cluster.find(free)
    a.cluster.find(free)
    await settle()
    a.cluster.find(free)
    await settle()
    expect(a.cluster.ownerOf(free)).toBeUndefined()
    expect(a.bus.published.filter((subject) => subject === subjectsOf().shard(free))).toHaveLength(2)
  })

  it('believes about its own shards nobody but the journal', () => {
    const shard = a.shards[0] as number
    a.cluster.learn({ shard, owner: 'b', epoch: 99 })
    expect(a.cluster.ownerOf(shard)?.id).toBe('a')
  })

  it('names no owner that is not a member', () => {
    const shard = a.shards[0] as number
    b.cluster.learn({ shard, owner: 'z', epoch: 99 })
    expect(b.cluster.ownerOf(shard)).toBeUndefined()
  })

  it('says goodbye: the others have everything, and nothing of it is left', async () => {
    let left = false
    void b.cluster
      .handOver(3000)
      .then(() => b.cluster.leave())
      .then(() => {
        left = true
      })
    for (let i = 0; i < 100 && !left; i++) await clock.advance(50)
    await settle()
    expect(a.owned).toBe(SHARD_COUNT)
    expect(a.cluster.members()).toHaveLength(1)
    expect([...directory.members.keys()]).toEqual(['a'])
    const published = b.bus.published.length
    await clock.advance(5000)
    expect(b.bus.published.length).toBe(published)
  })
})
