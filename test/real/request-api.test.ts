import { fileURLToPath } from 'node:url'
import { createInbox, connect as natsConnect, headers as natsHeaders } from '@nats-io/transport-node'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { NatsBus } from '../../src/cluster/nats/bus.ts'
import { runRequestExamples } from '../integration/request-api-examples.ts'
import { type Buses, RequestPlace } from '../integration/request-api-place.ts'
import { natsBinaries } from '../services/binaries.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { natsOptions } from './nats-place.ts'

const PAGE = fileURLToPath(new URL('../../docs/REQUEST-API.md', import.meta.url))
const soon = { timeout: 10_000, interval: 5 }
const OPEN = { template: 'date-of-birth', user: 'anna', locale: 'en' }

for (const { path, version } of natsBinaries()) {
  describe(`the request API on NATS ${version.join('.')}`, () => {
    let server: Promise<NatsService> | undefined
    const open: NatsBus[] = []
    const connect = async (): Promise<NatsBus> => {
      server ??= startNats({ binary: path, jetstream: false })
      const bus = await NatsBus.open(natsOptions(await server))
      open.push(bus)
      return bus
    }
    const buses = async (): Promise<Buses> => ({ server: await connect(), client: await connect() })

    afterEach(async () => {
      for (const bus of open.splice(0)) await bus.close()
    })
    afterAll(async () => (await server)?.stop())

    it('answers the examples of docs/REQUEST-API.md', async () => {
      const place = await RequestPlace.start({}, await buses())
      await runRequestExamples(PAGE, place)
      await place.stop()
    })

    it('notices that nobody listens to a watch any more', async () => {
      const place = await RequestPlace.start({ limits: { tenantWatchesMax: 1 } }, await buses())
      const { body } = await place.ask('conv.open', OPEN)
      const headers = { 'Parley-Auth': await place.token() }
      const start = () => place.stream('parley.v1.demo.conv.watch', { cid: body.cid }, headers)
      const watch = start()
      await watch.next()
      watch.close()
      await place.buses.client.flush()
      await place.ask('conv.inject', { cid: body.cid, mid: 'i1', body: 'anybody there?' })
      await expect.poll(async () => (await start().next()).body.code, soon).toBeUndefined()
      await place.stop()
    })

    it('shares requests within the queue group, and answers every request while one of two nodes stops', async () => {
      const place = await RequestPlace.start({}, await buses())
      const other = await place.another({ node: 'n2', bus: await connect() })
      const nodes: unknown[] = []
      const errors: unknown[] = []
      let stopping: Promise<void> | undefined
      for (let i = 0; i < 300; i++) {
        if (i === 100) stopping = other.stop()
        const batch = Array.from({ length: 4 }, () => place.ask('tpl.list', {}))
        for (const settled of await Promise.allSettled(batch)) {
          if (settled.status === 'fulfilled') nodes.push(settled.value.body.node)
          else errors.push(settled.reason)
        }
      }
      await stopping
      expect(errors).toEqual([])
      expect([...new Set(nodes)].sort()).toEqual(['n1', 'n2'])
      expect(new Set(nodes.slice(-100))).toEqual(new Set(['n1']))
      await place.stop()
      await expect(place.ask('tpl.list', {})).rejects.toMatchObject({ fault: 'no_responders' })
    })

    it('is understood by an ordinary client: answers, refusals in headers, a stream of chunks', async () => {
      const place = await RequestPlace.start({}, await buses())
      const nc = await natsConnect({ servers: (await (server as Promise<NatsService>)).url })
      const headers = natsHeaders()
      headers.set('Parley-Auth', await place.token())
      headers.set('Parley-Id', 'r1')
      const ask = (verb: string, body: object) =>
        nc.request(`parley.v1.demo.${verb}`, JSON.stringify(body), { timeout: 5000, headers })
      const { cid } = (await ask('conv.open', OPEN)).json<{ cid: string }>()
      const refused = await ask('conv.get', { cid: 'nowhere' })
      expect(refused.headers?.get('Nats-Service-Error-Code')).toBe('404')
      expect(refused.headers?.get('Nats-Service-Error')).toBe('not_found: no such conversation')
      expect(refused.headers?.get('Parley-Id')).toBe('r1')
      const inbox = createInbox()
      const chunks = nc.subscribe(inbox, { max: 3 })
      nc.publish('parley.v1.demo.conv.watch', JSON.stringify({ cid }), { reply: inbox, headers })
      const streams: string[] = []
      for await (const chunk of chunks) {
        streams.push(chunk.headers?.get('Parley-Stream') ?? '')
        if (streams.length === 1) await ask('conv.close', { cid })
      }
      expect(streams).toEqual(['1', '2', 'end'])
      await nc.close()
      await place.stop()
    })

    it('is found by the discovery: every node, each with its own id', async () => {
      const place = await RequestPlace.start({}, await buses())
      const other = await place.another({ node: 'n2', bus: await connect() })
      const found = place.stream('$SRV.INFO.parley-conv', {}, {})
      await found.holds(2)
      expect(new Set(found.told.map(({ body }) => body.id)).size).toBe(2)
      expect(found.told.map(({ body }) => (body.metadata as { node: string }).node).sort()).toEqual(['n1', 'n2'])
      await other.stop()
      await place.stop()
    })
  })
}
