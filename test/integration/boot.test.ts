import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OPTIONS } from '../../src/config/schema.ts'
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
