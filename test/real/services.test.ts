import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect as connectNats } from '@nats-io/transport-node'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority } from '../fixtures/certificates.ts'
import { natsBinaries } from '../services/binaries.ts'
import { startMongo } from '../services/mongo.ts'
import { startNats } from '../services/nats.ts'
import { startRedis } from '../services/redis.ts'
import { type Service, startedServices } from '../services/service.ts'
import type { TlsFiles } from '../services/tls.ts'

afterEach(async () => {
  for (const service of startedServices()) await service.stop()
})

describe('NATS', () => {
  test.each(natsBinaries())('$version has JetStream when it is started, and its streams after a crash', async ({ path }) => {
    const nats = await startNats({ binary: path })
    await addStream(nats.url, 1)
    const { pid } = nats
    await nats.kill()
    await nats.restart()
    expect(nats.pid).not.toBe(pid)
    expect(await streams(nats.url)).toEqual(['kept'])
  })

  test('goes without JetStream, and with further configuration', async () => {
    const nats = await startNats({ jetstream: false, config: 'max_payload: 4096' })
    const connection = await connectNats({ servers: nats.url })
    expect(connection.info).toMatchObject({ max_payload: 4_096 })
    expect(connection.info?.jetstream ?? false).toBe(false)
    await connection.close()
  })

  test('of three servers keeps a stream on all of them while one is gone', async () => {
    const nats = await startNats({ cluster: 3 })
    await addStream(nats.url, 3)
    await nats.servers[0]?.kill()
    const others = nats.servers.slice(1).map(({ url }) => url)
    await expect.poll(() => streams(others.join(',')).catch(() => []), { timeout: 60_000 }).toEqual(['kept'])
    await nats.servers[0]?.restart()
    expect(nats.isRunning).toBe(true)
  })
})

describe('Redis', () => {
  test('has after a crash what it acknowledged, and never evicts', async () => {
    const service = await startRedis({ appendfsync: 'always', maxmemory: '64mb' })
    await withRedis(service, (redis) => redis.set('k', 'v'))
    await service.restart()
    await withRedis(service, async (redis) => {
      expect(await redis.get('k')).toBe('v')
      expect(await redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always'])
      expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    })
  })

  test('answers nothing while it is frozen, and everything after', async () => {
    const service = await startRedis()
    await withRedis(service, async (redis) => {
      await redis.ping()
      service.freeze()
      const answer = redis.ping()
      await expect(Promise.race([answer, timer(200)])).resolves.toBe('nothing')
      service.thaw()
      expect(await answer).toBe('PONG')
    })
  })

  test('that cannot start says why and where its log is', async () => {
    const failed = startRedis({ extra: ['--no-such-option', 'yes'] })
    const { message } = await failed.then(
      () => new Error('it started'),
      (error: Error) => error,
    )
    const told = /^redis-server on port \d+ ended by itself \(code 1\); its log is (\S+)\/log:\n[\s\S]*no-such-option/
    expect(message).toMatch(told)
    const [, folder = ''] = told.exec(message) ?? []
    expect(existsSync(join(folder, 'log'))).toBe(true)
    rmSync(folder, { recursive: true })
  })
})

test('a MongoDB server has after a crash what it acknowledged', async () => {
  const service = await startMongo()
  await withMongo(service, (mongo) => mongo.db('a').collection<{ _id: string }>('b').insertOne({ _id: 'x' }))
  await service.restart()
  await withMongo(service, async (mongo) => {
    expect(await mongo.db('a').collection('b').find().toArray()).toEqual([{ _id: 'x' }])
  })
})

describe('with certificates', () => {
  let dir: string
  let ca: string
  let tls: TlsFiles

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'parley-certificates-'))
    const authority = makeAuthority(dir)
    const { certFile, keyFile } = authority.issue('server')
    ca = authority.ca
    tls = { ca: authority.caFile, cert: certFile, key: keyFile }
  })

  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test('NATS, Redis and MongoDB speak TLS alone', async () => {
    const [nats, redis, mongo] = await Promise.all([startNats({ tls }), startRedis({ tls }), startMongo({ tls })])
    const connection = await connectNats({ servers: nats.url, tls: { ca } })
    await connection.flush()
    await connection.close()
    const client = new Redis(redis.url, { tls: { ca }, retryStrategy: () => null })
    expect(await client.ping()).toBe('PONG')
    client.disconnect()
    const documents = new MongoClient(mongo.url, { ca, serverSelectionTimeoutMS: 5_000 })
    expect(await documents.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
    await documents.close()
    const plain = new Redis(redis.url.replace('rediss', 'redis'), { retryStrategy: () => null, maxRetriesPerRequest: 0 })
    plain.on('error', () => undefined)
    await expect(plain.ping()).rejects.toThrow()
    plain.disconnect()
  })
})

test('a stopped server leaves nothing behind', async () => {
  const service = await startRedis()
  await service.stop()
  expect(service.isRunning).toBe(false)
  expect(existsSync(service.dir)).toBe(false)
  expect(existsSync(service.log)).toBe(false)
  expect(startedServices()).toEqual([])
})

test('a server does not outlive the process that started it, even one that is killed', async () => {
  const starter = spawn(process.execPath, [fileURLToPath(new URL('forgetful-process.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(starter.stdout.setEncoding('utf8'), 'data')) as [string]
  const { pid, dir } = JSON.parse(line) as { pid: number; dir: string }
  expect(isAlive(pid)).toBe(true)
  starter.kill('SIGKILL')
  await expect.poll(() => isAlive(pid) || existsSync(dir), { timeout: 10_000 }).toBe(false)
})

async function addStream(url: string, replicas: number): Promise<void> {
  const connection = await connectNats({ servers: url.split(',') })
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'kept', subjects: ['kept.>'], num_replicas: replicas })
  await connection.close()
}

async function streams(url: string): Promise<readonly string[]> {
  const connection = await connectNats({ servers: url.split(',') })
  try {
    const manager = await jetstreamManager(connection)
    return (await manager.streams.list().next()).map(({ config }) => config.name)
  } finally {
    await connection.close()
  }
}

async function withRedis(service: Service, use: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(service.url, { retryStrategy: () => null })
  try {
    await use(redis)
  } finally {
    redis.disconnect()
  }
}

async function withMongo(service: Service, use: (mongo: MongoClient) => Promise<unknown>): Promise<void> {
  const mongo = new MongoClient(service.url, { serverSelectionTimeoutMS: 5_000 })
  try {
    await use(mongo)
  } finally {
    await mongo.close()
  }
}

function timer(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'nothing'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
