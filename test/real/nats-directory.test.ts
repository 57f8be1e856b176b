import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { NatsDirectory } from '../../src/cluster/nats/directory.ts'
import type { ShardRow } from '../../src/cluster/port.ts'
import { directorySuite } from '../conformance/directory.suite.ts'
import { natsBinaries } from '../services/binaries.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { startedServices } from '../services/service.ts'
import { natsOptions } from './nats-place.ts'

const soon = { timeout: 60_000, interval: 10 }
const row = (shard: number, owner: string, epoch: number): ShardRow => ({ shard, owner, epoch })

/** As if somebody had removed the buckets. */
async function loseBuckets(nats: Pick<NatsService, 'url'>): Promise<void> {
  const nc = await connect({ servers: nats.url.split(',') })
  const manager = await jetstreamManager(nc)
  for await (const name of manager.streams.names()) {
    // Emptied first: a server of 2.15 sometimes finds the old rows when a stream is made again right after it was deleted.
    await manager.streams.purge(name)
    await manager.streams.delete(name)
  }
  await nc.close()
}

for (const { path, version } of natsBinaries()) {
  describe(`on NATS ${version.join('.')}`, () => {
    let nats: Promise<NatsService> | undefined
    afterAll(async () => (await nats)?.stop())

    directorySuite(`NATS ${version.join('.')}`, {
      place: async () => {
        nats ??= startNats({ binary: path })
        const server = await nats
        await loseBuckets(server)
        return { open: () => NatsDirectory.open(natsOptions(server)), dispose: async () => undefined }
      },
    })
  })
}

describe('the directory on NATS', () => {
  const directories: NatsDirectory[] = []
  const open = async (...args: Parameters<typeof NatsDirectory.open>): Promise<NatsDirectory> => {
    const directory = await NatsDirectory.open(...args)
    directories.push(directory)
    return directory
  }

  afterEach(async () => {
    for (const directory of directories.splice(0)) await directory.close()
    for (const service of startedServices()) await service.stop()
  })

  it('makes lost buckets again, while watchers go on', async () => {
    const nats = await startNats()
    const directory = await open(natsOptions(nats))
    const watcher = await open(natsOptions(nats))
    const seen: ShardRow[] = []
    watcher.watch((change) => seen.push(change))
    await watcher.rows()
    await directory.put([row(1, 'n1', 1)])
    await loseBuckets(nats)
    expect(await directory.rows()).toEqual([])
    await directory.put([row(1, 'n1', 2)])
    await loseBuckets(nats)
    await directory.put([row(1, 'n1', 3)])
    await loseBuckets(nats)
    await directory.join({ id: 'i1', node: 'n1', roles: [], startedMs: 1 })
    await loseBuckets(nats)
    await directory.leave('i1')
    await directory.put(Array.from({ length: 1024 }, (_, shard) => row(shard, 'n1', 4)))
    expect((await watcher.rows()).length).toBe(1024)
    await expect.poll(() => seen.length, soon).toBe(1027)
  })

  it('answers again after the server was killed, with its rows, and watches on', async () => {
    const nats = await startNats()
    const directory = await open(natsOptions(nats))
    const seen: ShardRow[] = []
    directory.watch((change) => seen.push(change))
    await directory.put([row(7, 'n1', 1)])
    await nats.kill()
    await expect.poll(() => directory.rows().catch((err) => err.code), soon).toBe('directory.unavailable')
    await expect(directory.put([row(7, 'n1', 2)])).rejects.toMatchObject({ code: 'directory.unavailable', retry: 'later' })
    await nats.restart()
    await expect.poll(() => directory.rows().catch(() => []), soon).toEqual([row(7, 'n1', 1)])
    await directory.put([row(7, 'n1', 2)])
    await expect.poll(() => seen, soon).toEqual([row(7, 'n1', 1), row(7, 'n1', 2)])
  })

  it('keeps three copies and goes on when one of three servers dies', async () => {
    const nats = await startNats({ cluster: 3 })
    const directory = await open({ ...natsOptions(nats), replicas: 3 })
    await directory.put([row(1, 'n1', 1)])
    await nats.servers[0]?.kill()
    const written = (): Promise<string> =>
      directory.put([row(1, 'n1', 2)]).then(
        () => 'yes',
        (err) => err.code,
      )
    await expect.poll(written, soon).toBe('yes')
    await expect.poll(() => directory.rows().catch(() => []), soon).toEqual([row(1, 'n1', 2)])
  })

  it('keeps clusters apart that have another root', async () => {
    const nats = await startNats()
    const one = await open({ ...natsOptions(nats), root: 'one' })
    const two = await open({ ...natsOptions(nats), root: 'two' })
    const seen: ShardRow[] = []
    two.watch((change) => seen.push(change))
    await two.rows()
    await one.put([row(1, 'n1', 1)])
    await one.join({ id: 'i1', node: 'n1', roles: [], startedMs: 1 })
    await two.put([row(2, 'n2', 1)])
    expect([await two.rows(), await two.members()]).toEqual([[row(2, 'n2', 1)], []])
    await expect.poll(() => seen, soon).toEqual([row(2, 'n2', 1)])
    await expect(NatsDirectory.open({ ...natsOptions(nats), root: 'a.b' })).rejects.toBeInstanceOf(RangeError)
  })

  it('leaves nothing behind of members that left', async () => {
    const nats = await startNats()
    const directory = await open(natsOptions(nats))
    for (let start = 0; start < 20; start++) await directory.join({ id: `i${start}`, node: 'n1', roles: [], startedMs: start })
    await directory.leave('i19')
    const nc = await connect({ servers: nats.url })
    const { state } = await (await jetstreamManager(nc)).streams.info('KV_parley_members')
    await nc.close()
    expect(state.messages).toBe(0)
  })

  it('says how JetStream is switched on where it is off', async () => {
    const nats = await startNats({ jetstream: false })
    const refused = await NatsDirectory.open(natsOptions(nats)).catch((err: Error) => err)
    expect(refused).toMatchObject({ code: 'directory.unavailable', retry: 'later' })
    expect((refused as Error).message).toContain('start nats-server with -js')
  })

  it('passes over what somebody else wrote into the buckets', async () => {
    const nats = await startNats()
    const directory = await open(natsOptions(nats))
    const seen: ShardRow[] = []
    directory.watch((change) => seen.push(change))
    await directory.put([row(1, 'n1', 1)])
    const nc = await connect({ servers: nats.url })
    for (const value of ['', '{', '[]', 'null', '{"shard":1}', '{"shard":1,"owner":"a.b","epoch":9}']) {
      nc.publish('$KV.parley_shards.s.2', value)
    }
    await nc.close()
    await directory.put([row(3, 'n1', 1)])
    await expect.poll(() => seen, soon).toEqual([row(1, 'n1', 1), row(3, 'n1', 1)])
    expect((await directory.rows()).length).toBe(2)
  })
})
