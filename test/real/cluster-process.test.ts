import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, headers } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WireClient } from '../fixtures/wire-client.ts'
import { ServerProcess } from '../integration/server-process.ts'
import { startMongo } from '../services/mongo.ts'
import { startNats } from '../services/nats.ts'
import { startRedis } from '../services/redis.ts'
import { type Service, startedServices } from '../services/service.ts'

let services: { nats: Service; redis: Service; mongo: Service }
let dir: string
const nodes: ServerProcess[] = []

beforeAll(async () => {
  const [nats, redis, mongo] = await Promise.all([startNats(), startRedis(), startMongo()])
  services = { nats, redis, mongo }
  dir = await mkdtemp(join(tmpdir(), 'parley-nodes-'))
}, 60_000)
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()))
})
afterAll(async () => {
  for (const service of startedServices()) await service.stop()
  await rm(dir, { recursive: true, force: true })
})

/** A node of one cluster; all have the same secret, so that a token of one is good on the others. */
function startNode(
  name: string,
  args: readonly string[] = [],
  prefix = 'parley',
  more: Readonly<Record<string, string>> = {},
): ServerProcess {
  const data = join(dir, name)
  mkdirSync(data, { recursive: true })
  const node = new ServerProcess(
    {
      PORT: '0',
      PARLEY_NODE: name,
      PARLEY_DATA_DIR: data,
      PARLEY_NATS_URL: services.nats.url,
      PARLEY_REDIS_URL: services.redis.url,
      PARLEY_REDIS_PREFIX: prefix,
      PARLEY_MONGO_URL: services.mongo.url,
      PARLEY_TENANTS: 'demo',
      PARLEY_AUTH_SECRET: 'a secret that all nodes of this test share',
      ...more,
    },
    args,
  )
  nodes.push(node)
  return node
}

async function tokenFor(user: string, role = 'user'): Promise<string> {
  const { SignJWT } = await import('jose')
  const token = new SignJWT({ tenant: 'demo', role }).setProtectedHeader({ alg: 'HS256' }).setSubject(user)
  return token.setExpirationTime('1h').sign(new TextEncoder().encode('a secret that all nodes of this test share'))
}

interface Said {
  readonly conversationId: string
  readonly messages: readonly { readonly body: string }[]
  readonly state: string
}

async function say(base: string, token: string, body: object): Promise<{ status: number; answer: Said & { name?: string } }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(`${base}/api/v2/chat/message`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, answer: (await response.json()) as Said & { name?: string } }
}

const lastBody = ({ answer }: { answer: Said }): string | undefined => answer.messages.at(-1)?.body

describe('nodes as processes', () => {
  it('split by roles: clients talk to one, conversations live on the other', async () => {
    const actors = startNode('actors', ['--roles', 'actors'], 'roles')
    const gateway = startNode('gateway', ['--roles=gateway'], 'roles')
    const [there, here] = await Promise.all([actors.ready, gateway.ready])
    const token = await tokenFor('anna')
    const opened = await say(here, token, {
      template: 'date-of-birth',
      locale: 'en',
      mid: 'm1',
      kind: 'text',
      body: 'december 1980',
    })
    expect(opened.status).toBe(200)
    expect(lastBody(opened)).toBe('And the day?')
    const { conversationId } = opened.answer
    expect(lastBody(await say(here, token, { conversationId, mid: 'm2', kind: 'text', body: 'the 14th' }))).toContain(
      '14 December 1980',
    )
    expect((await say(there, token, { conversationId, mid: 'm3', kind: 'text', body: 'yes' })).status).toBe(503)
    const handoff = { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } }
    const url = `${there}/api/v2/chat/conversations/${conversationId}/handoff`
    expect((await fetch(url, { ...handoff, body: '{"mid":"h1","action":"take"}' })).status).toBe(503)
    const metrics = await (await fetch(`${there}/metrics`)).text()
    expect(metrics).toMatch(/^parley_cluster_owned_shards(\{.*\})? 1024$/m)
    await expect(
      new Promise((_, fail) => {
        new WebSocket(`${there.replace('http', 'ws')}/v1/ws`).onerror = fail
      }),
    ).rejects.toBeDefined()
  }, 60_000)

  it('hold one conversation over both, hand over to a person on either, and go on when one ends', async () => {
    const [a, b] = await Promise.all([startNode('a').ready, startNode('b').ready])
    const anna = await tokenFor('anna')
    const olga = await tokenFor('olga', 'operator')
    const opened = await say(a, anna, { template: 'date-of-birth', locale: 'en', mid: 'm1', kind: 'text', body: 'december 1980' })
    const { conversationId } = opened.answer
    const post = (base: string, path: string, body: object) =>
      fetch(`${base}/api/v2/chat/conversations/${conversationId}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${olga}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post(b, 'handoff', { mid: 'h1', action: 'take', agent: 'Olga' })).status).toBe(200)
    expect((await post(a, 'messages', { mid: 'h2', from: 'agent', body: 'Hello, Olga here.' })).status).toBe(200)
    expect((await post(b, 'handoff', { mid: 'h3', action: 'give' })).status).toBe(200)
    expect(lastBody(await say(b, anna, { conversationId, mid: 'm2', kind: 'text', body: 'the 14th' }))).toContain(
      '14 December 1980',
    )
    expect(await (nodes[0] as ServerProcess).stop()).toMatchObject({ code: 0 })
    const done = await say(b, anna, { conversationId, mid: 'm3', kind: 'text', body: 'yes' })
    expect(done).toMatchObject({ status: 200, answer: { state: 'closed' } })
  }, 60_000)

  it('take nothing from the others when their port is taken', async () => {
    const a = await startNode('first', [], 'port').ready
    const owned = async () =>
      /^parley_cluster_owned_shards(?:\{.*\})? (\d+)$/m.exec(await (await fetch(`${a}/metrics`)).text())?.[1]
    await expect.poll(owned, { timeout: 10_000 }).toBe('1024')
    const b = startNode('second', [], 'port', { PORT: new URL(a).port })
    expect(await b.exit).toEqual({ code: 1, signal: null })
    expect(b.output).toMatch(/^parley: PORT=\d+: another process listens there/m)
    expect(await owned()).toBe('1024')
  }, 60_000)

  it('say goodbye to clients and end in time, though Redis hangs and requests over NATS have no answer yet', async () => {
    const node = startNode('stuck', [], 'stuck')
    const { hostname, port } = new URL(await node.ready)
    const client = await WireClient.open({ host: hostname, port: Number(port) })
    expect((await client.hello(await tokenFor('anna'))).t).toBe('welcome')
    const nats = await connect({ servers: services.nats.url })
    const ask = async (verb: string, body: object): Promise<Record<string, unknown>> => {
      const head = headers()
      head.set('Parley-Auth', await tokenFor('crm', 'service'))
      const answer = await nats.request(`stuck.v1.demo.${verb}`, JSON.stringify(body), { timeout: 20_000, headers: head })
      return answer.json()
    }
    const told = async (service: string): Promise<unknown> =>
      (await nats.request(`$SRV.STATS.${service}`)).json<{ endpoints: { data: unknown }[] }>().endpoints[0]?.data
    expect(await told('parley-gateway')).toMatchObject({ sockets: 1, draining: false })
    expect(await told('parley-nlu')).toMatchObject({ workers: expect.any(Number), queued: 0 })
    const { cid } = await ask('conv.open', { template: 'date-of-birth', user: 'anna' })
    services.redis.freeze()
    const asked = ask('conv.send', { cid, user: 'anna', mid: 'm1', body: 'help' })
    await expect
      .poll(
        async () =>
          (await (await fetch(`http://${hostname}:${port}/metrics`)).text()).match(/^parley_requests_in_flight\S* (\d+)/m)?.[1],
      )
      .toBe('1')
    const ended = await node.stop()
    services.redis.thaw()
    expect(ended).toEqual({ code: 0, signal: null })
    expect(client.frames.map(({ t }) => t)).toContain('bye')
    expect(client.closeCode).toBe(4200)
    expect(await asked).toMatchObject({ code: 503, name: 'unavailable' })
    await nats.close()
  }, 60_000)

  it('go on by themselves when NATS, Redis and MongoDB come back one after the other', async () => {
    const [a, b] = await Promise.all([startNode('c').ready, startNode('d').ready])
    const anna = await tokenFor('anna')
    const { conversationId } = (
      await say(a, anna, { template: 'registration', locale: 'en', mid: 'm0', kind: 'text', body: 'Ada Lovelace' })
    ).answer
    let n = 0
    for (const service of [services.nats, services.redis, services.mongo]) {
      await service.kill()
      await service.restart()
      const mid = `m${++n}`
      await expect
        .poll(async () => (await say(n % 2 === 0 ? a : b, anna, { conversationId, mid, kind: 'text', body: 'what?' })).status, {
          timeout: 20_000,
          interval: 200,
        })
        .toBe(200)
    }
    const headers = { authorization: `Bearer ${anna}` }
    const view = (await (await fetch(`${a}/api/v2/chat/conversations/${conversationId}`, { headers })).json()) as {
      messages: { mid: string }[]
    }
    expect(view.messages.map(({ mid }) => mid).filter((mid) => mid.startsWith('m'))).toEqual(['m0', 'm1', 'm2', 'm3'])
  }, 120_000)
})
