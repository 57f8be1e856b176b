import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checkCredentials, readAuthorities } from '../../src/app/tls.ts'
import { NatsBus } from '../../src/cluster/nats/bus.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { MongoDocuments } from '../../src/storage/mongo/documents.ts'
import { RedisJournal } from '../../src/storage/redis/journal.ts'
import { type Authority, makeAuthority } from '../fixtures/certificates.ts'
import { makeNatsCredentials } from '../fixtures/nats-credentials.ts'
import { findMongo } from '../services/binaries.ts'
import { type MongoService, startMongo } from '../services/mongo.ts'
import { type NatsService, startNats } from '../services/nats.ts'
import { startRedis } from '../services/redis.ts'
import type { Service } from '../services/service.ts'
import type { TlsFiles } from '../services/tls.ts'

const PASSWORD = 'Xq7correct0horse'
const WRONG = 'Zk9wrong0battery'
const common = { clock: systemClock, log: silentLog, metrics: noMetrics } as const

const FERRET_USER = ['--test-enable-new-auth', '--setup-username=node', `--setup-password=${PASSWORD}`, '--setup-database=admin']

let dir: string
let authority: Authority
let stranger: Authority
let tls: TlsFiles
const closing: (() => Promise<void>)[] = []

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-tls-'))
  authority = makeAuthority(dir)
  stranger = makeAuthority(dir, 'stranger')
  const { certFile: cert, keyFile: key } = authority.issue('server')
  tls = { ca: authority.caFile, cert, key }
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Everything that a fault tells, through all its causes. */
async function faultOf(failing: Promise<unknown>): Promise<string> {
  const error: unknown = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const told: string[] = []
  for (let at = error; at instanceof Error; at = at.cause) told.push(`${'code' in at ? at.code : ''} ${at.message}`)
  const text = told.join(' < ')
  expect(text).not.toBe('')
  for (const secret of [PASSWORD, WRONG]) expect(text).not.toContain(secret)
  return text
}

/** The user of docker-compose.yml, and nobody else. */
async function makeRedisUser(url: string, ca: string): Promise<void> {
  const admin = new Redis(url, { tls: { ca } })
  try {
    const rights = ['~parley*', '+@all', '-@admin', '-@dangerous', '+info', '+config|get']
    await admin.acl('SETUSER', 'parley', 'reset', 'on', `>${PASSWORD}`, ...rights)
    await admin.acl('SETUSER', 'default', 'off')
  } finally {
    admin.disconnect()
  }
}

/** The first user, whom anybody on the server's own machine may make. */
async function makeMongoUser(url: string, ca: string): Promise<void> {
  const client = new MongoClient(url, { ca })
  try {
    await client.db('admin').command({ createUser: 'node', pwd: PASSWORD, roles: ['readWriteAnyDatabase', 'dbAdminAnyDatabase'] })
  } finally {
    await client.close()
  }
}

describe('NATS over TLS', () => {
  let server: NatsService
  beforeAll(async () => {
    server = await startNats({ tls, config: `authorization { user: node, password: ${PASSWORD} }` })
  })
  afterAll(() => server.stop())

  function open(credentials: string, caFile: string | undefined): Promise<NatsBus> {
    const nats = readAuthorities(caFile)?.nats
    const url = server.url.replace('://', `://${credentials}@`)
    const opening = NatsBus.open({ urls: [url], name: 'test', ...common, ...(nats && { tls: nats }) })
    return opening.then((bus) => {
      closing.push(() => bus.close())
      return bus
    })
  }

  test('carries messages for a user with the right password, whose authority is known', async () => {
    const bus = await open(`node:${PASSWORD}`, authority.caFile)
    const heard = new Promise((resolve) => void bus.subscribe('greeting', ({ data }) => resolve(Buffer.from(data).toString())))
    await bus.flush()
    bus.publish('greeting', Buffer.from('hello'))
    expect(await heard).toBe('hello')
  })

  test('is refused where the authority is another, or the system knows none', async () => {
    expect(await faultOf(open(`node:${PASSWORD}`, stranger.caFile))).toMatch(/nats\.unavailable no NATS server at .* certificate/)
    expect(await faultOf(open(`node:${PASSWORD}`, undefined))).toMatch(/nats\.unavailable .*certificate/)
  })

  test('is refused with a wrong password, which the fault does not repeat', async () => {
    expect(await faultOf(open(`node:${WRONG}`, authority.caFile))).toMatch(/nats\.unavailable .*authorization violation/i)
  })
})

describe('NATS over TLS with a credentials file', () => {
  const { config, creds, seed } = makeNatsCredentials()
  let server: NatsService
  beforeAll(async () => {
    server = await startNats({ tls, jetstream: false, config })
  })
  afterAll(() => server.stop())

  function open(credsFile?: string): Promise<NatsBus> {
    checkCredentials(credsFile)
    const nats = readAuthorities(authority.caFile)?.nats
    return NatsBus.open({
      urls: [server.url],
      name: 'test',
      ...common,
      ...(nats && { tls: nats }),
      ...(credsFile && { credsFile }),
    })
  }

  test('lets its user in', async () => {
    const file = join(dir, 'node.creds')
    writeFileSync(file, creds)
    const bus = await open(file)
    closing.push(() => bus.close())
    await bus.flush()
    expect(bus.connected).toBe(true)
  })

  test("lets nobody in without one, or with another operator's, whose seed the fault does not repeat", async () => {
    expect(await faultOf(open())).toMatch(/nats\.unavailable .*authorization violation/i)
    const file = join(dir, 'other.creds')
    const other = makeNatsCredentials()
    writeFileSync(file, other.creds)
    const told = await faultOf(open(file))
    expect(told).toMatch(/nats\.unavailable .*authorization violation/i)
    for (const hidden of [seed, other.seed]) expect(told).not.toContain(hidden)
  })
})

describe('Redis over TLS', () => {
  let server: Service
  beforeAll(async () => {
    server = await startRedis({ tls })
    await makeRedisUser(server.url, authority.ca)
  })
  afterAll(() => server.stop())

  async function open(credentials: string, caFile: string | undefined): Promise<RedisJournal> {
    const ca = readAuthorities(caFile)?.redis
    const urls = [server.url.replace('://', `://${credentials}@`)]
    const journal = await RedisJournal.open({ urls, ...common, ...(ca && { ca }) })
    closing.push(() => journal.close())
    return journal
  }

  test('keeps the journal for a user with the right password and the rights of the example', async () => {
    const journal = await open(`parley:${PASSWORD}`, authority.caFile)
    const [claimed] = await journal.claim([17], 'n1')
    const token = claimed?.token ?? ''
    const entries = [{ tenant: 'acme', cid: 'c1', n: 1, data: { said: 'hello' }, timers: [{ name: 'idle', dueMs: 5 }] }]
    const appended = await journal.append([{ shard: 17, token, expectedTail: 0, batchId: 'b1', entries }])
    expect(appended).toEqual([{ ok: true, tail: 1 }])
    expect(await journal.read(17, 0)).toMatchObject([{ cid: 'c1', data: { said: 'hello' } }])
    expect(await journal.timers(17, 10)).toHaveLength(1)
    await journal.trim([{ shard: 17, token, watermark: 1 }])
    await journal.release([{ shard: 17, token }])
  })

  test('is refused where the authority is another, or the system knows none, and with a wrong password, which the fault does not repeat', async () => {
    const [other, none, wrong] = await Promise.all([
      faultOf(open(`parley:${PASSWORD}`, stranger.caFile)),
      faultOf(open(`parley:${PASSWORD}`, undefined)),
      faultOf(open(`parley:${WRONG}`, authority.caFile)),
    ])
    expect(other).toMatch(/storage\.unavailable .*certificate/)
    expect(none).toMatch(/storage\.unavailable .*certificate/)
    expect(wrong).toMatch(/storage\.unavailable .*WRONGPASS/)
  })
})

describe('MongoDB over TLS', () => {
  let server: MongoService
  beforeAll(async () => {
    server = await startMongo({ tls, extra: findMongo()?.name === 'mongod' ? ['--auth'] : FERRET_USER })
    if (server.kind === 'mongod') await makeMongoUser(server.url, authority.ca)
  })
  afterAll(() => server.stop())

  function open(caFile: string | undefined, password = PASSWORD): MongoDocuments {
    const ca = readAuthorities(caFile)?.mongo
    const url = `${server.url.replace('://', `://node:${password}@`)}&authSource=admin`
    const boundsMs = { selection: 500, connect: 500 }
    const documents = new MongoDocuments({ urls: { default: url }, connectionsMax: 4, boundsMs, ...common, ...(ca && { ca }) })
    closing.push(() => documents.close())
    return documents
  }

  test('keeps documents for a node that knows the authority', async () => {
    const documents = open(authority.caFile)
    await documents.put('acme', [{ collection: 'users', id: 'ada', n: 1, doc: { name: 'Ada' } }])
    expect(await documents.get('acme', 'users', { id: 'ada', n: 1 })).toMatchObject({ doc: { name: 'Ada' } })
  })

  test('is refused where the authority is another, or the system knows none', async () => {
    expect(await faultOf(open(stranger.caFile).ping())).toMatch(/storage\.unavailable .*certificate/)
    expect(await faultOf(open(undefined).ping())).toMatch(/storage\.unavailable .*certificate/)
  })

  test('is refused with a wrong password, which the fault does not repeat', async () => {
    const documents = open(authority.caFile, WRONG)
    expect(await faultOf(documents.get('acme', 'users', { id: 'ada', n: 1 }))).toMatch(
      /storage\.unavailable .*authentication failed/i,
    )
  })
})

describe('the files', () => {
  test('of authorities may be several in one, and are left out where none is named', () => {
    const bundle = join(dir, 'bundle.pem')
    writeFileSync(bundle, `# ours\n${authority.ca}\n# theirs\n${stranger.ca}`)
    expect(readAuthorities(bundle)?.redis).toBe(bundle)
    expect(readAuthorities(undefined)).toBeUndefined()
  })

  test('are named in the fault when they are missing or something else, without what they hold', () => {
    const file = join(dir, 'recipe.txt')
    writeFileSync(file, 'the secret recipe')
    expect(() => readAuthorities('/nowhere/ca.pem')).toThrow(/^PARLEY_TLS_CA="\/nowhere\/ca.pem" cannot be read \(ENOENT/)
    expect(() => readAuthorities(file)).toThrow(/^PARLEY_TLS_CA=".*recipe.txt" holds no PEM certificate$/)
    expect(() => readAuthorities(tls.cert)).toThrow(/holds the certificate "CN=server", which is no authority's$/)
    expect(() => checkCredentials('/nowhere/node.creds')).toThrow(
      /^PARLEY_NATS_CREDS="\/nowhere\/node.creds" cannot be read \(ENOENT/,
    )
    expect(() => checkCredentials(file)).toThrow(/^PARLEY_NATS_CREDS=".*recipe.txt" is no credentials file of NATS/)
  })
})
