import { readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { NatsBus } from '../../src/cluster/nats/bus.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { PromMetrics } from '../../src/telemetry/metrics.ts'
import { busSuite } from '../conformance/bus.suite.ts'
import { natsBinaries } from '../services/binaries.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { type Service, startedServices } from '../services/service.ts'
import { natsOptions } from './nats-place.ts'

const soon = { timeout: 20_000, interval: 5 }
const bytes = (value: string): Uint8Array => Buffer.from(value)
const servers = new Map<string, Promise<NatsService>>()

/** Signals take a moment. */
async function freeze(nats: Service): Promise<void> {
  nats.freeze()
  await expect.poll(() => readFileSync(`/proc/${nats.pid}/stat`, 'utf8'), soon).toContain(') T ')
}

/** One server of each kind for all tests that leave it as it was. */
function shared(binary: string): Promise<NatsService> {
  const server = servers.get(binary) ?? startNats({ binary, jetstream: false })
  servers.set(binary, server)
  return server
}

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop()
})

for (const { path, version } of natsBinaries()) {
  busSuite(`NATS ${version.join('.')}`, {
    place: async () => {
      const nats = await shared(path)
      return {
        connect: () => NatsBus.open(natsOptions(nats)),
        stop: () => nats.kill(),
        start: () => nats.restart(),
        dispose: async () => undefined,
      }
    },
  })
}

describe('the bus on NATS', () => {
  const buses: NatsBus[] = []
  const open = async (...args: Parameters<typeof natsOptions>): Promise<NatsBus> => {
    const bus = await NatsBus.open(natsOptions(...args))
    buses.push(bus)
    return bus
  }

  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.close()
    const kept = new Set(await Promise.all([...servers.values()]))
    for (const service of startedServices()) if (![...kept].some(({ pid }) => pid === service.pid)) await service.stop()
  })

  it('gives up a server that is frozen, even with its buffers full, and comes back when it runs again', async () => {
    const nats = await startNats({ jetstream: false })
    const bus = await open(nats, { connectMs: 500 })
    const heard: string[] = []
    bus.subscribe('f.small', (message) => heard.push(Buffer.from(message.data).toString()))
    await bus.flush()
    await freeze(nats)
    const block = new Uint8Array(256 * 1024)
    let sent = 0
    while (bus.publish('f.big', block)) {
      sent += block.length
      await turn()
    }
    expect(sent).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    await expect.poll(() => bus.connected, soon).toBe(false)
    expect(bus.publish('f.small', bytes('lost'))).toBe(false)
    nats.thaw()
    await expect.poll(() => bus.connected, soon).toBe(true)
    bus.publish('f.small', bytes('again'))
    await expect.poll(() => heard, soon).toEqual(['again'])
  })

  it('closes while the server is frozen', async () => {
    const nats = await startNats({ jetstream: false })
    const bus = await open(nats)
    await freeze(nats)
    bus.publish('f.x', bytes('lost'))
    const asked = bus.request('f.x', bytes('lost'), { timeoutMs: 60_000 }).catch((err) => err.fault)
    await bus.close()
    expect(await asked).toBe('closed')
    nats.thaw()
  })

  it('settles flushes and drains when the server dies under them', async () => {
    const nats = await startNats({ jetstream: false })
    const bus = await open(nats)
    const subscription = bus.subscribe('k.x', () => undefined)
    await bus.flush()
    await freeze(nats)
    const flushed = bus.flush().catch((err) => err.fault)
    const drained = subscription.drain()
    await nats.kill()
    expect(await flushed).toBe('closed')
    await drained
    await nats.restart()
    await expect.poll(() => bus.connected, soon).toBe(true)
  })

  it('moves to another server of a cluster when its own dies, with all subscriptions', async () => {
    const nats = await startNats({ cluster: 3, jetstream: false })
    const [a, b] = [await open(nats), await open(nats)]
    const heard = new Set<string>()
    b.subscribe('m.x', (message) => heard.add(Buffer.from(message.data).toString()))
    await b.flush()
    await expect.poll(() => a.publish('m.x', bytes('before')) && heard.has('before'), soon).toBe(true)
    for (const server of nats.servers.slice(0, 2)) {
      await server.kill()
      const mark = `after ${server.port}`
      await expect.poll(() => a.publish('m.x', bytes(mark)) && heard.has(mark), soon).toBe(true)
      await server.restart()
    }
  })

  it('leaves a frozen server for another of its cluster, though it was told of the frozen one only', async () => {
    const nats = await startNats({ cluster: 3, jetstream: false })
    const [first, second] = nats.servers
    if (first === undefined || second === undefined) throw new Error('the cluster has three servers')
    const a = await open(first, { connectMs: 500 })
    const b = await open(second)
    const heard = new Set<string>()
    b.subscribe('m.x', (message) => heard.add(Buffer.from(message.data).toString()))
    await b.flush()
    await expect.poll(() => a.publish('m.x', bytes('before')) && heard.has('before'), soon).toBe(true)
    const statuses: boolean[] = []
    a.onStatus((connected) => statuses.push(connected))
    await freeze(first)
    await expect.poll(() => statuses, soon).toEqual([false, true])
    await expect.poll(() => a.publish('m.x', bytes('after')) && heard.has('after'), soon).toBe(true)
    first.thaw()
  })

  it('goes on after a listener has thrown', async () => {
    const nats = await startNats({ jetstream: false })
    const bus = await open(nats)
    const statuses: boolean[] = []
    bus.onStatus(() => {
      throw new Error('a fault of the listener')
    })
    bus.onStatus((connected) => statuses.push(connected))
    await nats.restart()
    await expect.poll(() => statuses, soon).toEqual([false, true])
  })

  it('says what is wrong when no server lets it in', async () => {
    await expect(NatsBus.open(natsOptions({ url: 'nats://127.0.0.1:9' }))).rejects.toMatchObject({ code: 'nats.unavailable' })
    await expect(NatsBus.open(natsOptions({ url: 'nats://' }))).rejects.toMatchObject({ code: 'nats.unfit' })
    const nats = await startNats({ jetstream: false, config: 'authorization { user: u, password: "p@ss" }' })
    await expect(NatsBus.open(natsOptions(nats))).rejects.toMatchObject({ code: 'nats.unavailable' })
    const bus = await open({ url: nats.url.replace('//', '//u:p%40ss@') })
    expect(bus.connected).toBe(true)
  })

  it('refuses a server without headers', async () => {
    const nats = await startNats({ jetstream: false, config: 'no_header_support: true' })
    await expect(NatsBus.open(natsOptions(nats))).rejects.toMatchObject({ code: 'nats.unfit', retry: 'never' })
  })

  it('warns of an older server once connected', async () => {
    const old = natsBinaries().find(({ version }) => version[0] === 2 && version[1] < 11)
    const nats = await shared((old ?? natsBinaries()[0])?.path ?? '')
    const warnings: string[] = []
    await open(nats, { log: { ...silentLog, warn: (_fields, msg) => warnings.push(msg) } })
    expect(warnings.length).toBe(old === undefined ? 0 : 1)
  })

  it('logs a subscription that permissions refuse, and goes on', async () => {
    const permissions = 'permissions: { subscribe: ["_INBOX_acme.>", "ok.>"], publish: ">" }'
    const nats = await startNats({
      jetstream: false,
      config: `authorization { users: [{ user: u, password: p, ${permissions} }] }`,
    })
    const errors: unknown[] = []
    const url = nats.url.replace('//', '//u:p@')
    const warnings: string[] = []
    const warn = (_: object, msg: string): number => warnings.push(msg)
    const log = { ...silentLog, warn, error: (fields: object) => errors.push(fields) }
    const bus = await open({ url }, { inboxPrefix: '_INBOX_acme', log })
    bus.subscribe('secret.>', () => undefined)
    bus.subscribe('ok.x', (message) => void bus.publish(message.reply ?? '', bytes('fine')))
    await bus.flush()
    expect(errors).toEqual([expect.objectContaining({ subject: 'secret.>' })])
    await expect.poll(() => warnings, soon).toEqual(['the NATS server reported an error'])
    const answer = await bus.request('ok.x', bytes('?'), { timeoutMs: 5000 })
    expect(Buffer.from(answer.data).toString()).toBe('fine')
  })

  it('counts what goes through it, what it refused, reconnects, and errors of the server', async () => {
    const nats = await startNats({ jetstream: false })
    const metrics = new PromMetrics({ processMetrics: false })
    const bus = await open(nats, { name: 'bus', metrics })
    const value = async (name: string): Promise<number> =>
      Number(new RegExp(`^parley_${name}{link="bus"} (\\S+)$`, 'm').exec(await metrics.text())?.[1])
    bus.subscribe('m.x', () => undefined)
    expect(bus.publish('m.x', bytes('12345'))).toBe(true)
    await bus.flush()
    expect([await value('bus_messages_out_total'), await value('bus_bytes_out_total')]).toEqual([1, 5])
    expect([await value('bus_messages_in_total'), await value('bus_bytes_in_total')]).toEqual([1, 5])
    expect([await value('nats_connected'), await value('nats_pending_bytes')]).toEqual([1, 0])
    await nats.kill()
    await expect.poll(() => bus.connected, soon).toBe(false)
    expect(bus.publish('m.x', bytes('lost'))).toBe(false)
    expect([await value('bus_refused_total'), await value('nats_connected')]).toEqual([1, 0])
    await nats.restart()
    await expect.poll(() => bus.connected, soon).toBe(true)
    expect([await value('nats_reconnects_total'), await value('nats_connected')]).toEqual([1, 1])
  })

  it('takes a thousand subscriptions in slices without holding up the loop', async () => {
    const bus = await open(await shared(natsBinaries()[0]?.path ?? ''))
    let longestMs = 0
    for (let shard = 0; shard < 1024; shard += 64) {
      const startMs = performance.now()
      for (let i = shard; i < shard + 64; i++) bus.subscribe(`s.shard.${i}`, () => undefined)
      longestMs = Math.max(longestMs, performance.now() - startMs)
      await turn()
    }
    await bus.flush()
    expect(longestMs).toBeLessThan(200)
  })
})
