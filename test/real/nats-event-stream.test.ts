import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { NatsEventStream } from '../../src/cluster/nats/event-stream.ts'
import type { StreamEvent } from '../../src/cluster/port.ts'
import { eventStreamSuite } from '../conformance/event-stream.suite.ts'
import { natsBinaries } from '../services/binaries.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { startedServices } from '../services/service.ts'
import { natsOptions } from './nats-place.ts'

const soon = { timeout: 30_000, interval: 10 }
const event = (n: number): StreamEvent => ({ subject: 'parley.evt.v1.acme.audit', id: `${n}`, data: Buffer.from(`${n}`) })

/** What both streams hold; `lose` removes them afterwards. */
async function kept(nats: Pick<NatsService, 'url'>, lose = false): Promise<readonly StreamEvent[]> {
  const nc = await connect({ servers: nats.url })
  const manager = await jetstreamManager(nc)
  const events: StreamEvent[] = []
  for await (const name of manager.streams.names()) {
    const { state } = await manager.streams.info(name)
    const seqs = Array.from(
      { length: state.messages === 0 ? 0 : state.last_seq - state.first_seq + 1 },
      (_, i) => state.first_seq + i,
    )
    for (const stored of await Promise.all(seqs.map((seq) => manager.streams.getMessage(name, { seq })))) {
      if (stored === null) continue
      const headers = Object.fromEntries(stored.header.keys().map((key) => [key, stored.header.get(key)]))
      events.push({ subject: stored.subject, id: headers['Nats-Msg-Id'] ?? '', data: stored.data, headers })
    }
    if (!lose) continue
    // Emptied first: a server of 2.15 sometimes finds the old events when a stream is made again right after it was deleted.
    await manager.streams.purge(name)
    await manager.streams.delete(name)
  }
  await nc.close()
  return events
}

for (const { path, version } of natsBinaries()) {
  describe(`on NATS ${version.join('.')}`, () => {
    let nats: Promise<NatsService> | undefined
    afterAll(async () => (await nats)?.stop())

    eventStreamSuite(`NATS ${version.join('.')}`, {
      place: async () => {
        nats ??= startNats({ binary: path })
        const server = await nats
        await kept(server, true)
        return {
          open: () => NatsEventStream.open(natsOptions(server)),
          kept: () => kept(server),
          dispose: async () => undefined,
        }
      },
    })
  })
}

describe('the event stream on NATS', () => {
  const streams: NatsEventStream[] = []
  const open = async (nats: NatsService): Promise<NatsEventStream> => {
    const stream = await NatsEventStream.open(natsOptions(nats))
    streams.push(stream)
    return stream
  }

  afterEach(async () => {
    for (const stream of streams.splice(0)) await stream.close()
    for (const service of startedServices()) await service.stop()
  })

  it('makes its streams with limits, and again when they are lost', async () => {
    const nats = await startNats()
    const stream = await open(nats)
    await kept(nats, true)
    await stream.publish([event(1)])
    expect((await kept(nats)).map(({ id }) => id)).toEqual(['1'])
    const nc = await connect({ servers: nats.url })
    const { config } = await (await jetstreamManager(nc)).streams.info('parley_events')
    await nc.close()
    expect(config).toMatchObject({ max_age: 604_800e9, duplicate_window: 120e9, max_bytes: 1024 ** 3, num_replicas: 1 })
  })

  it('loses nothing and doubles nothing when the server dies under it and the caller publishes again', async () => {
    const nats = await startNats()
    const stream = await open(nats)
    const events = Array.from({ length: 2000 }, (_, n) => event(n))
    const first = stream.publish(events).then(
      () => 'all',
      (err) => err.code,
    )
    await nats.kill()
    expect(await first).toBe('events.unavailable')
    await nats.restart()
    const again = (): Promise<string> =>
      stream.publish(events).then(
        () => 'all',
        (err) => err.code,
      )
    await expect.poll(again, soon).toBe('all')
    expect((await kept(nats)).map(({ id }) => Number(id)).sort((x, y) => x - y)).toEqual(events.map(({ id }) => Number(id)))
  })

  it('says how JetStream is switched on where it is off', async () => {
    const nats = await startNats({ jetstream: false })
    const refused = await NatsEventStream.open(natsOptions(nats)).catch((err: Error) => err)
    expect(refused).toMatchObject({ code: 'events.unavailable' })
    expect((refused as Error).message).toContain('start nats-server with -js')
  })
})
