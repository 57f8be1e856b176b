import { describe, expect, test } from 'vitest'
import { loadConfig } from './load.ts'
import { problemText } from './problem.ts'
import type { Config } from './schema.ts'

const services = {
  PARLEY_NATS_URL: 'nats://127.0.0.1:4222',
  PARLEY_REDIS_URL: 'redis://127.0.0.1:6379',
  PARLEY_MONGO_URL: 'mongodb://127.0.0.1:27017',
}

function configOf(env: Record<string, string>): Config {
  const loaded = loadConfig(env)
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  return loaded.config
}

function faultsOf(env: Record<string, string>): string {
  const loaded = loadConfig(env)
  return loaded.ok ? '' : loaded.problems.map(problemText).join('\n')
}

describe('a node of a cluster', () => {
  test('is what PARLEY_NATS_URL makes, with its journal in Redis', () => {
    expect(configOf(services)).toMatchObject({
      clustered: true,
      roles: ['gateway', 'actors'],
      journal: 'redis',
      natsUrls: ['nats://127.0.0.1:4222'],
      redisUrls: ['redis://127.0.0.1:6379'],
      mongoUrls: [{ alias: 'default', url: 'mongodb://127.0.0.1:27017' }],
    })
  })

  test('needs Redis and MongoDB, and says so of each', () => {
    expect(faultsOf({ PARLEY_NATS_URL: 'nats://a' }).split('\n')).toEqual([
      'PARLEY_REDIS_URL="": expected the URL of Redis, because PARLEY_NATS_URL makes this process a node of a cluster and all nodes share a journal',
      'PARLEY_MONGO_URL="": expected the URL of MongoDB, because PARLEY_NATS_URL makes this process a node of a cluster and all nodes share documents',
    ])
  })

  test('has no journal of its own', () => {
    expect(faultsOf({ ...services, PARLEY_JOURNAL: 'disk' })).toMatch(/^PARLEY_JOURNAL="disk": expected redis, or nothing, /)
    expect(configOf({ ...services, PARLEY_JOURNAL: 'redis' }).journal).toBe('redis')
  })

  test('takes one role or both, in whatever order', () => {
    expect(configOf({ ...services, PARLEY_ROLES: 'gateway' }).roles).toEqual(['gateway'])
    expect(configOf({ ...services, PARLEY_ROLES: 'actors, gateway' }).roles).toEqual(['gateway', 'actors'])
    expect(faultsOf({ ...services, PARLEY_ROLES: 'worker' })).toBe(
      'PARLEY_ROLES="worker": expected a list between commas of gateway, actors',
    )
  })

  test('keeps one copy in NATS or three', () => {
    expect(configOf({ ...services, PARLEY_NATS_REPLICAS: '3' }).natsReplicas).toBe(3)
    expect(faultsOf({ ...services, PARLEY_NATS_REPLICAS: '2' })).toBe('PARLEY_NATS_REPLICAS="2": expected 1 or 3')
  })
})

describe('a process alone', () => {
  test('has both roles', () => {
    expect(faultsOf({ PARLEY_ROLES: 'gateway' })).toMatch(/^PARLEY_ROLES="gateway": expected gateway,actors, or nothing/)
  })

  test('may have its journal in Redis and its documents in MongoDB', () => {
    const { PARLEY_REDIS_URL, PARLEY_MONGO_URL } = services
    expect(configOf({ PARLEY_REDIS_URL, PARLEY_MONGO_URL })).toMatchObject({ clustered: false, journal: 'redis' })
    expect(configOf({ PARLEY_REDIS_URL, PARLEY_JOURNAL: 'memory' }).journal).toBe('memory')
    expect(faultsOf({ PARLEY_JOURNAL: 'redis' })).toBe('PARLEY_JOURNAL="redis": expected PARLEY_REDIS_URL beside it')
  })
})

describe('certificate and key', () => {
  test('come together', () => {
    expect(configOf({ PARLEY_TLS_CERT: 'c.pem', PARLEY_TLS_KEY: 'k.pem' })).toMatchObject({ tlsCert: 'c.pem', tlsKey: 'k.pem' })
    expect(faultsOf({ PARLEY_TLS_CERT: 'c.pem' })).toBe('PARLEY_TLS_KEY="": expected the private key of PARLEY_TLS_CERT')
    expect(faultsOf({ PARLEY_TLS_KEY: 'k.pem' })).toBe('PARLEY_TLS_CERT="": expected the certificate of PARLEY_TLS_KEY')
  })
})

describe('the timings', () => {
  test('leave a node that is cut off the time to stop before others take over', () => {
    expect(configOf({ PARLEY_DEAD_MS: '2701' }).deadMs).toBe(2_701)
    expect(faultsOf({ PARLEY_DEAD_MS: '2700' })).toMatch(/^PARLEY_DEAD_MS="2700": expected more than 2700, so that /)
    expect(faultsOf({ PARLEY_APPEND_TIMEOUT_MS: '1000' })).toMatch(/^PARLEY_DEAD_MS="3000": expected more than 3200, /)
    // 1.05 × 2,010 ms is no whole number.
    expect(configOf({ PARLEY_SELF_FENCE_MS: '2010', PARLEY_DEAD_MS: '2711' }).deadMs).toBe(2_711)
    expect(faultsOf({ PARLEY_SELF_FENCE_MS: '2010', PARLEY_DEAD_MS: '2710' })).toContain('more than 2710, ')
  })

  test('let two heartbeats fall within the time after which a node stops', () => {
    expect(faultsOf({ PARLEY_HEARTBEAT_MS: '1001' })).toBe(
      'PARLEY_HEARTBEAT_MS="1001": expected at most half of PARLEY_SELF_FENCE_MS, which is 2000',
    )
  })
})

test.each(['PARLEY_NATS_URL', 'PARLEY_REDIS_URL', 'PARLEY_MONGO_URL'])('a wrong %s is not printed', (name) => {
  const text = faultsOf({ [name]: 'mysql://me:hunter2@10.0.0.7:1' })
  expect(text).toMatch(new RegExp(`^${name}=\\(29 characters, not shown\\): expected a`))
  expect(text).not.toContain('hunter2')
})
