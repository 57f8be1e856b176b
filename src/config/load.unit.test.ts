import { describe, expect, test } from 'vitest'
import { type Loaded, loadConfig } from './load.ts'
import { problemText } from './problem.ts'
import type { Config } from './schema.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

function configOf(env: Record<string, string>): Config {
  const loaded = loadConfig(env)
  if (!loaded.ok) throw new Error(textOf(loaded))
  return loaded.config
}

function textOf(loaded: Loaded): string {
  return loaded.ok ? '' : loaded.problems.map(problemText).join('\n')
}

describe('an empty environment', () => {
  test('gives the documented defaults', () => {
    expect(configOf({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      journal: 'disk',
      authSecret: undefined,
      authKeys: undefined,
      tenants: [],
      country: '',
      origins: [],
      logLevel: 'info',
      residentsMax: 50_000,
      passivateMs: 180_000,
      idleCloseMs: 86_400_000,
      mailboxMax: 128,
      shardMailboxMax: 4_096,
      frameBytesMax: 32_768,
      textCharsMax: 8_000,
      messagesPerWindow: 20,
      windowMs: 10_000,
      framesPerSecondMax: 200,
      inFlightMax: 64,
      outboxBytesMax: 1_048_576,
      helloTimeoutMs: 5_000,
      pingEveryMs: 25_000,
      pingTimeoutMs: 20_000,
      socketsMax: 20_000,
      byeSpreadMs: 5_000,
      drainMs: 10_000,
      nluWorkers: 1,
      nluQueueMax: 1_024,
      nluDeadlineMs: 2_000,
      nluInlineCharsMax: 500,
      segmentBytes: 67_108_864,
      flushMs: 200,
      unflushedMax: 200_000,
      watchdogMs: 2_000,
      clustered: false,
      roles: ['gateway', 'actors'],
      natsUrls: [],
      natsReplicas: 1,
      redisUrls: [],
      redisReplicasMin: 0,
      redisPrefix: 'parley',
      mongoUrls: [],
      mongoConnectionsMax: 64,
      tlsCa: undefined,
      events: 'on',
      heartbeatMs: 500,
      selfFenceMs: 2_000,
      deadMs: 3_000,
      appendTimeoutMs: 500,
    })
  })

  test('is development mode, which a secret or a key set ends', () => {
    expect(configOf({}).development).toBe(true)
    expect(configOf({ PARLEY_AUTH_SECRET: SECRET }).development).toBe(false)
    expect(configOf({ PARLEY_AUTH_KEYS: 'keys.json' }).development).toBe(false)
  })

  test('finds the factory templates beside the sources, wherever it is started from', () => {
    expect(configOf({}).templatesDir).toMatch(/[/\\]templates[/\\]$/)
  })

  test('is what empty variables mean too', () => {
    expect(configOf({ PORT: '', PARLEY_AUTH_SECRET: '', PARLEY_TENANTS: '  ' })).toEqual(configOf({}))
  })
})

describe('values', () => {
  test('are read by type, with spaces around them ignored', () => {
    const config = configOf({ PORT: ' 0 ', PARLEY_COUNTRY: 'gb', PARLEY_TENANTS: 'acme, demo ,acme', PARLEY_JOURNAL: 'memory' })
    expect(config).toMatchObject({ port: 0, country: 'GB', tenants: ['acme', 'demo'], journal: 'memory' })
  })

  test('keep the spaces of a secret', () => {
    expect(configOf({ PARLEY_AUTH_SECRET: ` ${SECRET} ` }).authSecret).toBe(` ${SECRET} `)
  })

  test('cannot be changed afterwards', () => {
    expect(Object.isFrozen(configOf({}))).toBe(true)
  })

  test.each([
    ['PORT', 'abc', 'PORT="abc": expected an integer from 0 to 65535'],
    ['PORT', '65536', 'PORT="65536": expected an integer from 0 to 65535'],
    ['PORT', '-1', 'PORT="-1": expected an integer from 0 to 65535'],
    ['PORT', '80.5', 'PORT="80.5": expected an integer from 0 to 65535'],
    ['PORT', '1e3', 'PORT="1e3": expected an integer from 0 to 65535'],
    ['HOST', 'two words', 'HOST="two words": expected a host name or an IP address'],
    ['PARLEY_JOURNAL', 'tape', 'PARLEY_JOURNAL="tape": expected one of disk, memory, redis'],
    ['PARLEY_LOG_LEVEL', 'loud', 'PARLEY_LOG_LEVEL="loud": expected one of debug, info, warn, error, silent'],
    ['PARLEY_COUNTRY', 'ITA', 'PARLEY_COUNTRY="ITA": expected an ISO 3166 country code of two letters'],
    ['PARLEY_COUNTRY', 'QX', 'PARLEY_COUNTRY="QX": expected an ISO 3166 country code of two letters'],
    ['PARLEY_WATCHDOG_MS', '5', 'PARLEY_WATCHDOG_MS="5": expected an integer from 200 to 600000, or 0 for off'],
    ['PARLEY_NODE', 'a.b', 'PARLEY_NODE="a.b": expected a name of the shape [A-Za-z0-9_-]{1,64}'],
  ])('%s=%s is refused with name, value and what was expected', (name, value, text) => {
    expect(textOf(loadConfig({ [name]: value }))).toBe(text)
  })

  test.each(['factory', 'health', 'Acme', 'a b', '-a', 'demo,,acme', 'x'.repeat(41)])('%s is no tenant', (tenants) => {
    expect(textOf(loadConfig({ PARLEY_TENANTS: tenants }))).toContain('PARLEY_TENANTS=')
  })

  test.each(['chat.example.com', 'https://chat.example.com/', 'https://chat.example.com/x', 'ftp://a', 'https://'])(
    '%s is no origin',
    (origins) => {
      expect(textOf(loadConfig({ PARLEY_ORIGINS: origins }))).toContain('PARLEY_ORIGINS=')
    },
  )

  test('let origins be listed, or be any', () => {
    expect(configOf({ PARLEY_ORIGINS: 'https://a.example, http://localhost:3000' }).origins).toHaveLength(2)
    expect(configOf({ PARLEY_ORIGINS: '*' }).origins).toEqual(['*'])
  })

  test('take keys from a file or over https, in the clear from this machine only', () => {
    const accepted = ['/etc/parley/jwks.json', 'https://login.example/keys', 'http://127.0.0.1:9/keys', 'http://[::1]:9/keys']
    for (const keys of accepted) expect(configOf({ PARLEY_AUTH_KEYS: keys }).authKeys).toBe(keys)
    expect(textOf(loadConfig({ PARLEY_AUTH_KEYS: 'http://login.example/keys' }))).toContain('PARLEY_AUTH_KEYS=')
  })

  test('let the watchdog be turned off', () => {
    expect(configOf({ PARLEY_WATCHDOG_MS: '0' }).watchdogMs).toBe(0)
  })
})

describe('problems', () => {
  test('are told all at once', () => {
    expect(textOf(loadConfig({ PORT: 'x', PARLEY_JOURNAL: 'y', PARLEY_FLUSH_MS: '0' })).split('\n')).toHaveLength(3)
  })

  test('never show a secret', () => {
    const text = textOf(loadConfig({ PARLEY_AUTH_SECRET: 'too-short-secret' }))
    expect(text).toBe('PARLEY_AUTH_SECRET=(16 characters, not shown): expected a text of at least 32 characters')
  })

  test('show neither endless values nor control characters', () => {
    const text = textOf(loadConfig({ PORT: `\u001b[31m${'9'.repeat(5_000)}` }))
    expect(text.length).toBeLessThan(250)
    expect(text).not.toContain('\u001b')
  })
})

describe('across fields', () => {
  test.each(['0.0.0.0', '::', '192.168.1.5', 'chat.example.com'])('%s needs a secret or keys', (host) => {
    expect(textOf(loadConfig({ HOST: host }))).toMatch(/^HOST=.*loopback.*PARLEY_AUTH_SECRET or PARLEY_AUTH_KEYS.*token$/)
    expect(configOf({ HOST: host, PARLEY_AUTH_SECRET: SECRET }).host).toBe(host)
  })

  test.each(['127.0.0.1', '127.3.2.1', '::1', 'localhost'])('%s needs none', (host) => {
    expect(configOf({ HOST: host }).host).toBe(host)
  })

  test.each([
    ['a secret beside keys', { PARLEY_AUTH_SECRET: SECRET, PARLEY_AUTH_KEYS: 'keys.json' }, 'PARLEY_AUTH_KEYS'],
    ['a mailbox larger than its shard', { PARLEY_MAILBOX_MAX: '5000' }, 'PARLEY_MAILBOX_MAX'],
    ['passivation after the close', { PARLEY_IDLE_CLOSE_MS: '60000' }, 'PARLEY_PASSIVATE_MS'],
    ['frames too small for a text', { PARLEY_TEXT_CHARS_MAX: '20000' }, 'PARLEY_FRAME_BYTES_MAX'],
    ['an outbox too small for frames', { PARLEY_OUTBOX_BYTES_MAX: '40000' }, 'PARLEY_OUTBOX_BYTES_MAX'],
    ['a pong later than the next ping', { PARLEY_PING_EVERY_MS: '10000' }, 'PARLEY_PING_TIMEOUT_MS'],
    ['a journal of less than four segments', { PARLEY_JOURNAL_BYTES_MAX: '1048576' }, 'PARLEY_JOURNAL_BYTES_MAX'],
    ['a queue smaller than its workers', { PARLEY_NLU_WORKERS: '8', PARLEY_NLU_QUEUE_MAX: '4' }, 'PARLEY_NLU_QUEUE_MAX'],
  ] as const)('%s is refused', (_what, env, name) => {
    expect(textOf(loadConfig(env))).toMatch(new RegExp(`^${name}="`))
  })
})

test('a small journal is fine with segments to match, and in memory', () => {
  const small = { PARLEY_JOURNAL_BYTES_MAX: '1048576' }
  expect(configOf({ ...small, PARLEY_SEGMENT_BYTES: '262144' }).journalBytesMax).toBe(1_048_576)
  expect(configOf({ ...small, PARLEY_JOURNAL: 'memory' }).journalBytesMax).toBe(1_048_576)
})

describe('unknown variables', () => {
  test('are warned about with the nearest name and do not stop the start', () => {
    const loaded = loadConfig({ PARLEY_TENANT: 'x', PARLEY_PORT: '1', PARLEY_PASIVATE_MS: '5', PATH: '/bin' })
    expect(loaded.ok).toBe(true)
    expect(loaded.warnings).toEqual([
      'PARLEY_PASIVATE_MS is not an option and was ignored; the nearest is PARLEY_PASSIVATE_MS',
      'PARLEY_PORT is not an option and was ignored; the nearest is PORT',
      'PARLEY_TENANT is not an option and was ignored; the nearest is PARLEY_TENANTS',
    ])
  })
})
