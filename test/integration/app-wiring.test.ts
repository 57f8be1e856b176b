import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signToken } from '../../src/gateway/identity.ts'
import type { Frame } from '../../src/protocol/frames.ts'
import { WireClient } from '../fixtures/wire-client.ts'
import { ServerProcess, temporaryData } from './server-process.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const PRODUCTION = { PARLEY_AUTH_SECRET: SECRET, PARLEY_TENANTS: 'acme' } as const

let data: Awaited<ReturnType<typeof temporaryData>>
const started: ServerProcess[] = []
const clients: WireClient[] = []

beforeEach(async () => {
  data = await temporaryData()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate()
  for (const server of started) server.kill('SIGKILL')
  await Promise.all(started.splice(0).map((server) => server.exit))
  await data.remove()
})

async function start(env: Readonly<Record<string, string>> = {}): Promise<{ server: ServerProcess; base: string }> {
  const server = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir, ...PRODUCTION, ...env })
  started.push(server)
  return { server, base: await server.ready }
}

const tokenOf = (user: string, tenant = 'acme'): Promise<string> => signToken(SECRET, { tenant, user }, Date.now(), 60_000)

async function connect(base: string): Promise<WireClient> {
  const { hostname, port } = new URL(base)
  const client = await WireClient.open({ host: hostname, port: Number(port) })
  clients.push(client)
  return client
}

/** A greeted client with a conversation of its own. */
async function talking(base: string, user: string): Promise<{ client: WireClient; cid: string }> {
  const client = await connect(base)
  expect((await client.hello(await tokenOf(user))).t).toBe('welcome')
  const { cid = '' } = await client.call('conv.open', { template: 'date-of-birth' })
  await client.nextOf('msg.new')
  return { client, cid }
}

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

describe('with a secret and tenants', () => {
  test('tenants that are named are served, others are forbidden, and nobody gets a token for nothing', async () => {
    const { base } = await start()
    const templates = async (tenant: string) =>
      (await fetch(`${base}/api/v2/chat/templates`, { headers: { authorization: `Bearer ${await tokenOf('ada', tenant)}` } }))
        .status
    expect(await templates('acme')).toBe(200)
    expect(await templates('demo')).toBe(403)
    expect(await templates('other')).toBe(403)
    const foreign = await connect(base)
    expect(await foreign.hello(await tokenOf('ada', 'other'))).toMatchObject({ t: 'error', d: { code: 403, name: 'forbidden' } })
    expect(await foreign.closed()).toBe(4002)
    expect((await fetch(`${base}/api/v2/dev/token?user=ada`)).status).toBe(404)
    await talking(base, 'ada')
  })
})

describe('worker threads that have all they take', () => {
  test('make the rest of a burst 503 with a time; the same messages are accepted later and count once', async () => {
    const { base } = await start({ PARLEY_NLU_INLINE_CHARS_MAX: '0', PARLEY_NLU_QUEUE_MAX: '1' })
    const all = await Promise.all(Array.from({ length: 60 }, (_, n) => talking(base, `user${n}`)))
    const send = ({ client, cid }: { client: WireClient; cid: string }): Promise<Frame> =>
      client.call('msg.send', text('m1', 'december 1980'), cid)
    const first = await Promise.all(all.map(send))
    const refused = all.filter((_one, n) => first[n]?.t === 'error')
    expect(first.filter((frame) => frame.t === 'msg.ok').length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    for (const frame of first.filter(({ t }) => t === 'error')) {
      expect(frame.d).toMatchObject({ code: 503, name: 'unavailable', temporary: true, retryMs: expect.any(Number) })
    }
    for (const one of refused) {
      await expect.poll(async () => (await send(one)).t, { timeout: 5000, interval: 20 }).toBe('msg.ok')
    }
    // A turn that was refused did not happen: nobody is told that he was not understood, and the next question is the day's.
    for (const { client } of all) {
      const { d } = await client.nextOf('msg.new')
      expect(d).toMatchObject({ turn: 1, prompt: { node: 'birthDate.day', step: 'start', level: 1 } })
    }
  })
})

describe('SIGTERM with open sockets', () => {
  test('says bye with how to come back, closes with 4200, exits 0, and what was acknowledged is there after a restart', async () => {
    const { server, base } = await start({ PARLEY_BYE_SPREAD_MS: '700' })
    const { client, cid } = await talking(base, 'ada')
    expect(await client.call('msg.send', text('m1', 'december 1980'), cid)).toMatchObject({ t: 'msg.ok', seq: 2 })
    const exit = server.stop()
    expect((await client.nextOf('bye')).d).toMatchObject({ code: 4200, reconnect: true, afterMs: 0, spreadMs: 700, resume: true })
    expect(await client.closed()).toBe(4200)
    expect(await exit).toEqual({ code: 0, signal: null })
    const again = await start()
    const later = await connect(again.base)
    await later.hello(await tokenOf('ada'))
    expect((await later.call('conv.join', {}, cid)).t).toBe('conv.opened')
    const events = [await later.nextOf('msg.new'), await later.nextOf('msg.new'), await later.nextOf('msg.new')]
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(events[1]?.d).toMatchObject({ from: 'user', mid: 'm1', body: 'december 1980' })
    expect(await later.call('msg.send', text('m1', 'december 1980'), cid)).toMatchObject({ seq: 2, d: { dup: true } })
  })

  test('is not held up by a client that does not read, also with little time', async () => {
    const { server, base } = await start({ PARLEY_DRAIN_MS: '1500' })
    const { client } = await talking(base, 'ada')
    ;(client.ws as unknown as { _socket: { pause(): void } })._socket.pause()
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })
})
