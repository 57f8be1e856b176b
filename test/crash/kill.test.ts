import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { readPage } from '../../client/catch-up.ts'
import { type Conversation, ParleyClient } from '../../client/index.ts'
import { platform } from '../../client/runtime.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import { ServerProcess, temporaryData } from '../integration/server-process.ts'

const CLIENTS = 200
const KILLS = 20
/** Between two kills: long enough to start and to serve, short enough to hit starts and drains too. */
const LIFE_MS = { min: 250, max: 1500 }
const SILENT = 40
/** Longer than any client waits between two tries. */
/** More than a client waits at most before it connects again (30 s): a talker that was unlucky must not find its conversation ended. */
const IDLE_CLOSE_MS = 45_000
/** Clients come back after a tenth of the usual wait at most, so that many are there at every kill. */
const impatient = { ...platform, random: () => Math.random() / 10 }
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

/** What one client was told about one conversation. */
interface Log {
  readonly client: ParleyClient
  readonly conversation: Conversation
  /** mid → the seq it was acknowledged with. */
  readonly acked: Map<string, number>
  readonly seen: number[]
  gaps: number
  /** What the client waits for. */
  step: string
}

/** One that says nothing: its timer must close it, once. */
interface Silent {
  readonly client: ParleyClient
  readonly cid: string
  readonly openedMs: number
}

/** After the last restart everybody must come to an end within this time. */
const PATIENCE_MS = 45_000

const data = await temporaryData()
const port = await freePort()
const env = {
  PORT: String(port),
  PARLEY_DATA_DIR: data.dir,
  PARLEY_LOG_LEVEL: 'warn',
  PARLEY_MESSAGES_PER_WINDOW: '100000',
  PARLEY_FRAMES_PER_SECOND_MAX: '100000',
  PARLEY_IDLE_CLOSE_MS: String(IDLE_CLOSE_MS),
  PARLEY_PASSIVATE_MS: '1000',
  PARLEY_SEGMENT_BYTES: '262144',
}
const base = `http://127.0.0.1:${port}`
let server = new ServerProcess(env)
await server.ready
afterAll(async () => {
  server.kill('SIGKILL')
  await server.exit
  await data.remove()
})

it(`loses, repeats and reorders nothing over ${KILLS} kills under load (CRASH_SEED=${SEED})`, { timeout: 180_000 }, async () => {
  const random = mulberry(SEED)
  const logs: Log[] = []
  const silent = await Promise.all(Array.from({ length: SILENT }, (_, i) => openSilent(`silent${i}`)))
  let over = false
  const talkers = Array.from({ length: CLIENTS }, (_, i) => talk(`user${i}`, logs, () => over))
  const failed = Promise.all(talkers)
  failed.catch(() => undefined)
  for (let kill = 0; kill < KILLS; kill++) {
    await elapsed(LIFE_MS.min + random() * (LIFE_MS.max - LIFE_MS.min))
    server.kill('SIGKILL')
    await server.exit
    server = new ServerProcess(env)
    if (random() < 0.8) await server.ready
  }
  await server.ready
  over = true
  const clients = await Promise.race([failed, elapsed(PATIENCE_MS).then(() => stuck(logs))])
  const acked = logs.reduce((sum, log) => sum + log.acked.size, 0)
  console.log(`${logs.length} conversations, ${acked} acknowledged messages, ${KILLS} kills`)
  expect(acked).toBeGreaterThan(CLIENTS * 3)
  for (const log of logs) await check(log)
  await checkTimers(silent)
  for (const client of [...clients, ...silent.map((one) => one.client)]) client.close()
})

/** Holds the contact conversation again and again until told to end; each to its end. */
async function talk(user: string, logs: Log[], isOver: () => boolean): Promise<ParleyClient> {
  const client = await connected(user)
  for (let round = 0; !isOver(); round++) {
    const log: Log = {
      client,
      conversation: await client.open({ template: 'contact' }),
      acked: new Map(),
      seen: [],
      gaps: 0,
      step: 'opened',
    }
    logs.push(log)
    const { conversation, acked, seen } = log
    const ended = new Promise<void>((resolve) => {
      conversation.on('message', (message) => seen.push(message.seq))
      conversation.on('result', (result) => seen.push(result.seq))
      conversation.on('gap', () => log.gaps++)
      conversation.on('state', (state) => {
        seen.push(state.seq)
        if (state.state === 'closed') resolve()
      })
    })
    for (const text of [`Mario Rossi`, `mario.rossi${round}@example.com`, 'yes']) {
      log.step = `sending ${text}`
      const { mid, accepted } = conversation.send(text)
      acked.set(mid, await accepted)
    }
    log.step = 'waiting for the end'
    await ended
    log.step = 'done'
    conversation.leave()
  }
  return client
}

/** Says who waits for what, and with which position and connection. */
function stuck(logs: readonly Log[]): never {
  const waiting = logs.filter((log) => log.step !== 'done')
  const lines = waiting.slice(0, 20).map(({ conversation, step, seen }) => {
    const { cid, state, position, pending } = conversation
    return JSON.stringify({ cid, step, state, position, seen, pending: pending.map((message) => message.state) })
  })
  throw new Error(`${waiting.length} conversations came to no end:\n${lines.join('\n')}`)
}

async function connected(user: string): Promise<ParleyClient> {
  const client = new ParleyClient({
    url: `${base.replace('http', 'ws')}/v1/ws`,
    token: () => token(user),
    requestTimeoutMs: 60_000,
    runtime: impatient,
  })
  await client.connect()
  return client
}

const tokens = new Map<string, string>()

/** Development tokens outlive restarts. */
async function token(user: string): Promise<string> {
  const known = tokens.get(user)
  if (known !== undefined) return known
  const response = await fetch(`${base}/api/v2/dev/token?user=${user}`)
  const fresh = ((await response.json()) as { token: string }).token
  tokens.set(user, fresh)
  return fresh
}

async function openSilent(user: string): Promise<Silent> {
  const client = await connected(user)
  const openedMs = Date.now()
  const { cid } = await client.open({ template: 'date-of-birth' })
  return { client, cid, openedMs }
}

/** The conversation as the server has it now. */
async function stored(client: ParleyClient, cid: string): Promise<readonly DurableEvent[]> {
  return readPage(await client.call('history.get', cid, { limit: 200 })).items
}

async function check(log: Log): Promise<void> {
  const { conversation, acked, seen, gaps } = log
  const { cid } = conversation
  expect(gaps, `${cid}: gaps`).toBe(0)
  const events = await stored(log.client, cid)
  const seqs = events.map((event) => event.seq)
  expect(seqs, `${cid}: a gapless order`).toEqual(seqs.map((_, i) => i + 1))
  expect(seen, `${cid}: the client saw what is stored, once, in order`).toEqual(seqs)
  for (const [mid, seq] of acked) {
    const own = events.filter((event) => event.t === 'msg.new' && event.d.mid === mid)
    expect(
      own.map((event) => event.seq),
      `${cid}: ${mid} is there once, with its acknowledged seq`,
    ).toEqual([seq])
    const turn = own[0]?.t === 'msg.new' ? own[0].d.turn : undefined
    const answers = events.filter((event) => event.t === 'msg.new' && event.d.from === 'bot' && event.d.turn === turn)
    expect(answers.length, `${cid}: turn ${turn} is answered once`).toBe(1)
  }
}

async function checkTimers(silent: readonly Silent[]): Promise<void> {
  for (const { client, cid, openedMs } of silent) {
    const closings = async () => (await stored(client, cid)).filter((event) => event.t === 'conv.state')
    await expect.poll(closings, { timeout: IDLE_CLOSE_MS + 15_000, interval: 200 }).toHaveLength(1)
    const [closing] = await closings()
    expect(closing?.d).toEqual({ state: 'closed', reason: 'idle' })
    expect(closing?.ts, 'never early').toBeGreaterThanOrEqual(openedMs + IDLE_CLOSE_MS)
  }
}

/** The one place where time itself is the condition: how long a server lives before it is killed. */
function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo
      probe.close(() => resolve(free))
    })
  })
}

/** mulberry32: a small seeded generator, so that a failure's schedule can be repeated. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
