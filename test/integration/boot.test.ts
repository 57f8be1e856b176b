import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OPTIONS } from '../../src/config/schema.ts'
import { WireClient } from '../fixtures/wire-client.ts'
import { ServerProcess, temporaryData } from './server-process.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

let data: Awaited<ReturnType<typeof temporaryData>>
const started: ServerProcess[] = []

beforeEach(async () => {
  data = await temporaryData()
})

afterEach(async () => {
  for (const server of started) server.kill('SIGKILL')
  await Promise.all(started.splice(0).map((server) => server.exit))
  await data.remove()
})

function start(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): ServerProcess {
  const server = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir, ...env }, args)
  started.push(server)
  return server
}

describe('npm start', () => {
  test('prints where to go, answers there, and exits 0 on SIGTERM', async () => {
    const server = start()
    const base = await server.ready
    expect((await fetch(`${base}/health`)).status).toBe(200)
    expect((await fetch(`${base}/`)).headers.get('content-type')).toContain('text/html')
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })

  test('exits 0 on SIGINT too, and starts again on what the first one left', async () => {
    const first = start()
    await first.ready
    first.kill('SIGINT')
    expect(await first.exit).toEqual({ code: 0, signal: null })
    const second = start()
    await second.ready
    expect(await second.stop()).toEqual({ code: 0, signal: null })
  })

  test.each(['300', '1500'])('exits 0 in time with a client that never answers, within %s ms', async (drainMs) => {
    const server = start({ PARLEY_DRAIN_MS: drainMs })
    const base = await server.ready
    const { token } = (await (await fetch(`${base}/api/v2/dev/token?user=ann`)).json()) as { token: string }
    const client = await WireClient.open({ host: '127.0.0.1', port: Number(new URL(base).port) })
    client.ws.on('error', () => undefined)
    await client.hello(token)
    client.ws.pause()
    try {
      expect(await server.stop()).toEqual({ code: 0, signal: null })
    } finally {
      client.ws.terminate()
    }
  })

  test('says loudly that it is in development mode, and does not with a secret', async () => {
    const open = start()
    await open.ready
    await open.stop()
    expect(open.output.toLowerCase()).toContain('development mode')
    const closed = start({ PARLEY_AUTH_SECRET: SECRET })
    const base = await closed.ready
    expect((await fetch(`${base}/api/v2/dev/token?user=ann`)).status).toBe(404)
    await closed.stop()
    expect(closed.output.toLowerCase()).not.toContain('development mode')
    expect(closed.output).not.toContain(SECRET)
  })

  test('works on the memory journal', async () => {
    const server = start({ PARLEY_JOURNAL: 'memory' })
    expect((await fetch(`${await server.ready}/ready`)).status).toBe(200)
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })

  test('prints no warnings of the runtime', async () => {
    const server = start()
    await server.ready
    await server.stop()
    expect(server.output).not.toMatch(/ExperimentalWarning|DeprecationWarning|MaxListeners/)
  })
})

describe('a second process on the same data folder', () => {
  test('is refused with the reason and leaves the first one alone', async () => {
    const first = start()
    const base = await first.ready
    const second = start()
    const { code } = await second.exit
    expect(code).toBeGreaterThan(0)
    expect(second.output).toContain(data.dir)
    expect(second.output).toMatch(/in use|already|another process/i)
    expect((await fetch(`${base}/health`)).status).toBe(200)
  })
})

describe('the configuration', () => {
  test.each([
    ['a wrong value', { PORT: 'abc' }, ['PORT', 'abc', 'an integer from 0 to 65535']],
    ['an open address without a secret', { HOST: '0.0.0.0' }, ['HOST', '0.0.0.0', 'PARLEY_AUTH_SECRET']],
    ['two wrong values at once', { PARLEY_COUNTRY: 'Italy', PARLEY_FLUSH_MS: '-1' }, ['PARLEY_COUNTRY', 'PARLEY_FLUSH_MS']],
  ])('stops the start at %s with name, value and what was expected', async (_what, env, texts) => {
    const server = start(env)
    const { code } = await server.exit
    expect(code).toBeGreaterThan(0)
    for (const text of texts) expect(server.output).toContain(text)
    expect(server.output).not.toMatch(/^\s+at /m)
  })

  /** A file below the data folder, which the afterEach removes. */
  const file = (name: string, text: string): string => {
    mkdirSync(join(data.dir, 'given'), { recursive: true })
    writeFileSync(join(data.dir, 'given', name), text)
    return join(data.dir, 'given', name)
  }
  const folder = (name: string, text?: string): string => {
    const path = join(data.dir, name)
    mkdirSync(path)
    if (text !== undefined) writeFileSync(join(path, 'one.json'), text)
    return path
  }
  const oneKey = (key: object): string => JSON.stringify({ keys: [key] })

  test.each([
    ['keys that are not there', () => ({ PARLEY_AUTH_KEYS: join(data.dir, 'none.json') })],
    ['keys that are no JSON', () => ({ PARLEY_AUTH_KEYS: file('keys.json', 'secret!') })],
    ['keys that are no key set', () => ({ PARLEY_AUTH_KEYS: file('keys.json', '{"keys": 7}') })],
    ['no keys', () => ({ PARLEY_AUTH_KEYS: file('keys.json', '{"keys": []}') })],
    ['keys of another kind only', () => ({ PARLEY_AUTH_KEYS: file('keys.json', oneKey({ kty: 'oct', k: 'AAAA' })) })],
    ['a damaged key', () => ({ PARLEY_AUTH_KEYS: file('keys.json', oneKey({ kty: 'OKP', crv: 'Ed25519', x: '!' })) })],
    ['templates that are not there', () => ({ PARLEY_TEMPLATES_DIR: join(data.dir, 'none') })],
    ['a file for templates', () => ({ PARLEY_TEMPLATES_DIR: file('one.json', '{}') })],
    ['a folder without templates', () => ({ PARLEY_TEMPLATES_DIR: folder('empty') })],
    ['a template that is no JSON', () => ({ PARLEY_TEMPLATES_DIR: folder('templates', '{') })],
    [
      'a template that does not compile',
      () => ({ PARLEY_TEMPLATES_DIR: folder('templates', '{"id":"x","data":[{"name":"y","type":"none"}],"texts":{}}') }),
    ],
    ['a file for a data folder', () => ({ PARLEY_DATA_DIR: file('data', '') })],
    ['a data folder below a file', () => ({ PARLEY_DATA_DIR: join(file('data', ''), 'below') })],
    ['a data folder where none can be made', () => ({ PARLEY_DATA_DIR: '/proc/parley' })],
    ["another machine's address", () => ({ HOST: '192.0.2.1', PARLEY_AUTH_SECRET: SECRET })],
    ['authorities that are not there', () => ({ PARLEY_TLS_CA: join(data.dir, 'none.pem') })],
    ['authorities that are no certificates', () => ({ PARLEY_TLS_CA: file('ca.pem', 'a recipe') })],
    ['credentials that are none', () => ({ PARLEY_NATS_CREDS: file('node.creds', 'a recipe') })],
    [
      'a key that is none',
      () => ({ PARLEY_TLS_KEY: file('key.pem', 'a recipe'), PARLEY_TLS_CERT: file('cert.pem', 'a recipe') }),
    ],
    ['a journal smaller than its segments', () => ({ PARLEY_JOURNAL_BYTES_MAX: '2000000' })],
  ])('stops the start at %s with one sentence and exit code 2', async (_what, given) => {
    const env: Record<string, string> = given()
    const server = start(env)
    expect(await server.exit).toEqual({ code: 2, signal: null })
    const [name = ''] = Object.keys(env)
    expect(server.output).toMatch(new RegExp(`^parley: ${name}="[^\n]*": expected [^\n]+\n$`))
  })

  test('says loudly that nobody can come in where no tenant is known', async () => {
    const closed = start({ PARLEY_AUTH_SECRET: SECRET })
    await closed.ready
    await closed.stop()
    expect(closed.output).toMatch(/NO TENANT.*403.*PARLEY_TENANTS/)
    const named = start({ PARLEY_AUTH_SECRET: SECRET, PARLEY_TENANTS: 'acme' })
    await named.ready
    await named.stop()
    expect(named.output).not.toContain('NO TENANT')
    const stored = start({ PARLEY_AUTH_SECRET: SECRET })
    await stored.ready
    await stored.stop()
    expect(stored.output).not.toContain('NO TENANT')
  })

  test('does not print a wrong secret', async () => {
    const server = start({ PARLEY_AUTH_SECRET: 'hunter2' })
    expect((await server.exit).code).toBeGreaterThan(0)
    expect(server.output).toContain('PARLEY_AUTH_SECRET')
    expect(server.output).not.toContain('hunter2')
  })

  test('warns about a name that it does not know, with the nearest one', async () => {
    const server = start({ PARLEY_TENANT: 'acme' })
    await server.ready
    await server.stop()
    expect(server.output).toMatch(/PARLEY_TENANT .*PARLEY_TENANTS/)
  })

  test('is printed whole by --help, which starts nothing', async () => {
    const server = start({}, ['--help'])
    expect(await server.exit).toEqual({ code: 0, signal: null })
    for (const { option } of OPTIONS) expect(server.stdout).toContain(option.env)
  })
})
