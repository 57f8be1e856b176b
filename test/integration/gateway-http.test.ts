import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { developmentMode } from '../../src/gateway/development.ts'
import { signToken } from '../../src/gateway/identity.ts'
import { type FakeServer, startFakeServer, TEST_SECRET } from '../fixtures/gateway-server.ts'
import { WireClient } from '../fixtures/wire-client.ts'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function call(server: FakeServer, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`http://${server.host}:${server.port}${path}`, init)
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.startsWith('application/json') === true
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : { text } }
}

/** A request whose path and headers go out exactly as given. */
function raw(server: FakeServer, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: server.host, port: server.port, path, headers, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('what operators do', () => {
  const place = async (roles: readonly string[]) => {
    const server = await startFakeServer({ config: { roles } })
    const bearer = async (role: 'user' | 'operator', user: string) =>
      `Bearer ${await signToken(TEST_SECRET, { tenant: 'demo', user, role }, Date.now(), 60_000)}`
    const post = async (path: string, body: object, role: 'user' | 'operator' = 'operator', user = 'olga'): Promise<Answer> =>
      call(server, `/api/v2/chat/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await bearer(role, user) },
        body: JSON.stringify(body),
      })
    return { server, post }
  }

  it('is done once, told to the user, and refused to users', async () => {
    const { server, post } = await place(['gateway'])
    const first = { template: 'date-of-birth', mid: 'm1', kind: 'text', body: 'hm' }
    const { conversationId } = (await post('message', first, 'user', 'ada')).body
    const path = `conversations/${conversationId}`
    for (const [where, body] of [
      ['handoff', { mid: 'h0', action: 'take' }],
      ['messages', { mid: 'h0', body: 'I am the agent now' }],
    ] as const) {
      expect(await post(`${path}/${where}`, body, 'user', 'ada'), where).toMatchObject({ status: 403 })
    }
    expect(await post(`${path}/handoff`, { mid: 'h1', action: 'give' })).toMatchObject({ status: 409 })
    const taken = await post(`${path}/handoff`, { mid: 'h1', action: 'take', agent: 'Olga' })
    expect(taken).toMatchObject({ status: 200, body: { conversationId, seq: 4, dup: false, state: 'handoff' } })
    const again = await post(`${path}/handoff`, { mid: 'h1', action: 'take', agent: 'Olga' })
    expect(again).toMatchObject({ status: 200, body: { seq: 4, dup: true } })
    expect(await post(`${path}/messages`, { mid: 'a1', body: 'Hello.' })).toMatchObject({ status: 200, body: { seq: 5 } })
    expect(await post(`${path}/messages`, { mid: 'a1', body: 'Something else.' })).toMatchObject({ status: 409 })
    await server.stop()
  })

  it('is not served where no client is', async () => {
    const { server, post } = await place(['actors'])
    for (const path of ['message', 'conversations/c/handoff', 'conversations/c/messages']) {
      expect(await post(path, { mid: 'm1', action: 'take', kind: 'text', body: 'x', template: 't' }), path).toMatchObject({
        status: 503,
        body: { name: 'unavailable', msg: 'this node takes no clients' },
      })
    }
    expect(server.router.deliveries).toEqual([])
    await server.stop()
  })
})

describe('the chat API', () => {
  let server: FakeServer
  let token: string
  beforeAll(async () => {
    server = await startFakeServer({ config: { httpBodyBytesMax: 20_000 } })
    token = await server.token('ada')
  })
  afterAll(() => server.stop())

  const post = (body: unknown, bearer = token): Promise<Answer> =>
    call(server, '/api/v2/chat/message', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const get = (path: string, bearer = token): Promise<Answer> =>
    call(server, path, { headers: { authorization: `Bearer ${bearer}` } })
  const first = (mid: string, body = 'december 1980') => ({ template: 'date-of-birth', mid, kind: 'text', body })

  it('opens a conversation with the first message and answers it', async () => {
    const { status, body } = await post(first('a1'))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      conversationId: expect.stringMatching(/^[A-Z2-7]{26}$/),
      seq: 2,
      state: 'active',
      messages: [
        { seq: 1, from: 'bot', body: 'What is your date of birth?' },
        { seq: 3, from: 'bot', body: 'And the day?' },
      ],
      data: [{ node: 'birthDate', status: 'partial', missing: ['day'] }],
    })
  })

  it('goes on by conversationId, to its end', async () => {
    const { conversationId } = (await post(first('b1'))).body
    const { body } = await post({ conversationId, mid: 'b2', kind: 'text', body: 'yes' })
    expect(body).toMatchObject({ conversationId, seq: 4, state: 'closed', messages: [{ body: 'Thank you.' }] })
    const late = await post({ conversationId, mid: 'b3', kind: 'text', body: 'hello?' })
    expect(late).toMatchObject({ status: 410, body: { code: 410, name: 'closed', conversationId } })
  })

  it('tells the locale of the first words with the message that follows them', async () => {
    const { body } = await post({ ...first('l1', 'buongiorno, non parlo inglese'), locale: 'en' })
    expect(body).toMatchObject({ messages: [{ seq: 1 }, { seq: 3, locale: 'it' }] })
    const shown = await get(`/api/v2/chat/conversations/${(body as { conversationId: string }).conversationId}`)
    expect(shown.body).toMatchObject({ locale: 'it' })
  })

  it('answers a repeated request with the same messages and does nothing twice', async () => {
    const once = await post(first('c1'))
    const again = await post(first('c1'))
    expect(again.body).toEqual(once.body)
    const ended = await post(first('c2', 'yes'))
    expect(ended.body).toMatchObject({ state: 'closed', messages: [{ seq: 1 }, { seq: 3, body: 'Thank you.' }] })
    expect((await post(first('c2', 'yes'))).body).toEqual(ended.body)
    expect(await post(first('c2', 'no'))).toMatchObject({ status: 409 })
  })

  it('is watched by the sockets of the conversation', async () => {
    const client = await WireClient.open(server)
    await client.hello(token)
    const { cid } = await client.call('conv.open', { template: 'date-of-birth' })
    await client.nextOf('msg.new')
    await post({ conversationId: cid, mid: 'd1', kind: 'text', body: 'hm' })
    expect((await client.nextOf('msg.new')).d).toMatchObject({ from: 'user', mid: 'd1' })
    await client.leave()
  })

  it('shows a conversation with its data and pages of messages', async () => {
    const { conversationId } = (await post(first('e1'))).body
    const all = await get(`/api/v2/chat/conversations/${conversationId}`)
    expect(all.body).toMatchObject({
      conversationId,
      state: 'active',
      seq: 3,
      template: { id: 'date-of-birth', version: 1 },
      locale: 'en',
      messages: [{ seq: 1 }, { seq: 2, from: 'user' }, { seq: 3 }],
      first: 1,
      last: 3,
      more: false,
    })
    expect((await get(`/api/v2/chat/conversations/${conversationId}?after=1&limit=1`)).body).toMatchObject({
      first: 2,
      last: 2,
      more: true,
    })
    expect((await get(`/api/v2/chat/conversations/${conversationId}?before=2`)).body).toMatchObject({ messages: [{ seq: 1 }] })
    expect((await get(`/api/v2/chat/conversations/${conversationId}`, await server.token('bob'))).status).toBe(403)
    expect((await get('/api/v2/chat/conversations/nowhere')).body).toMatchObject({ code: 404, name: 'not_found' })
  })

  it('lists the templates', async () => {
    expect((await get('/api/v2/chat/templates')).body).toEqual({
      templates: [
        {
          id: 'date-of-birth',
          label: { en: 'Date of birth', it: 'Data di nascita' },
          locales: ['en', 'it'],
          data: [{ id: 'birthDate', label: { en: 'Date of birth', it: 'Data di nascita' } }],
        },
      ],
    })
  })

  it.each([
    [{ kind: 'text', body: 'x', template: 'x' }, 400, 'body.mid'],
    [{ mid: 'x', kind: 'song', body: 'x', template: 'x' }, 400, 'body.kind'],
    [{ mid: 'x', kind: 'text', body: '', template: 'x' }, 400, 'body.body'],
    [{ mid: 'x', kind: 'text', body: 'x' }, 400, 'body.template'],
    [{ mid: 'x', kind: 'text', body: 'x', template: 'x', tz: 'Mars' }, 400, 'body.tz'],
    [{ mid: 'x', kind: 'text', body: 'x', conversationId: '../x' }, 400, 'body.conversationId'],
    [{ mid: 'x', kind: 'text', body: 'x'.repeat(8001), template: 'x' }, 413, 'body.body'],
    ['{"mid":', 400, undefined],
    [`"${'x'.repeat(20_000)}"`, 413, undefined],
  ])('refuses %j with %i, naming %s', async (body, status, field) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ code: status, temporary: false, msg: expect.any(String) })
    expect(answer.body.field).toBe(field)
  })

  it('refuses what nests too deep with 400, naming the field', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const form = (levels: number) => `{"template":"x","mid":"deep${levels}","kind":"form","body":{"values":${deep(levels)}}}`
    expect((await post(form(13))).status).toBe(200)
    for (const levels of [14, 3000]) {
      expect(await post(form(levels))).toMatchObject({ status: 400, body: { name: 'bad_request', field: 'body.body' } })
    }
  })

  it.each([
    ['text/plain', 415, 'unsupported'],
    ['application/xml', 415, 'unsupported'],
  ])('takes no %s', async (type, status, name) => {
    const answer = await call(server, '/api/v2/chat/message', {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${token}` },
      body: 'x',
    })
    expect(answer).toMatchObject({ status, body: { code: status, name, temporary: false } })
  })

  it.each(['after=1e999', 'before=1e999', 'after=-1', 'limit=0', 'limit=201', 'after=x'])(
    'refuses a page of ?%s',
    async (query) => {
      expect(await get(`/api/v2/chat/conversations/c1?${query}`)).toMatchObject({
        status: 400,
        body: { name: 'bad_request', field: `querystring.${query.split('=')[0]}` },
      })
    },
  )

  it('answers a path that is none in the shape of all errors', async () => {
    expect(await call(server, '/%zz')).toMatchObject({ status: 400, body: { code: 400, name: 'bad_request', temporary: false } })
  })

  it('answers what is no HTTP in the same shape', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, server.host, () => socket.write('nonsense\r\n\r\n'))
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString()
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 400, name: 'bad_request', temporary: false })
  })

  it('fills a page with as many messages as were asked for, whatever stands between them', async () => {
    const { conversationId } = (await post(first('p1', 'hm'))).body
    const conversation = server.router.find('demo', String(conversationId))
    for (let n = 0; n < 9; n++) {
      server.router.emit(conversation, [
        { t: 'conv.state', d: { state: 'waiting' } },
        { t: 'handoff', d: { queue: 'q' } },
        { t: 'msg.new', d: { mid: `x${n}`, from: 'agent', kind: 'text', body: `${n}` } },
      ])
    }
    const page = async (query: string) => (await get(`/api/v2/chat/conversations/${conversationId}?${query}`)).body
    const seqs = (body: Record<string, unknown>) => (body.messages as { seq: number }[]).map(({ seq }) => seq)
    const newest = await page('limit=4')
    expect(seqs(newest)).toEqual([21, 24, 27, 30])
    expect(newest).toMatchObject({ first: 19, last: 30, more: true })
    const older = await page(`limit=4&before=${newest.first}`)
    expect(seqs(older)).toEqual([9, 12, 15, 18])
    const oldest = await page(`limit=20&before=${older.first}`)
    expect(seqs(oldest)).toEqual([1, 2, 3, 6])
    expect(oldest).toMatchObject({ first: 1, more: false })
    const forward = await page('limit=4&after=3')
    expect(seqs(forward)).toEqual([6, 9, 12, 15])
    expect(forward).toMatchObject({ first: 4, last: 15, more: true })
    expect(await page('limit=20&after=27')).toMatchObject({ first: 28, last: 30, more: false })
    expect(await page('after=30')).toMatchObject({ messages: [], first: 0, last: 0, more: false })
  })

  it('wants a bearer token', async () => {
    expect(await post(first('f1'), 'nonsense')).toMatchObject({ status: 401, body: { name: 'unauthorized' } })
    const none = await call(server, '/api/v2/chat/templates')
    expect(none.status).toBe(401)
    expect(none.headers.get('www-authenticate')).toBe('Bearer')
    expect((await get('/api/v2/chat/templates', await server.token('ada', -5000))).body).toMatchObject({
      name: 'token_expired',
      temporary: true,
    })
  })

  it('holds the message rate of a conversation', async () => {
    const { conversationId } = (await post(first('g0'))).body
    const rest = Array.from({ length: 20 }, (_, n) => ({ conversationId, mid: `g${n + 1}`, kind: 'text', body: 'x' }))
    const answers = await Promise.all(rest.map((body) => post(body)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
  })
})

describe('the system paths', () => {
  let server: FakeServer
  afterEach(() => server.stop())

  it('tell health, readiness and metrics', async () => {
    server = await startFakeServer()
    expect((await call(server, '/health')).body).toEqual({ ok: true, node: 'n1' })
    expect((await call(server, '/ready')).status).toBe(200)
    expect((await call(server, '/health/deep')).body).toEqual({ ok: true, ms: 1 })
    const metrics = await call(server, '/metrics')
    expect(metrics.headers.get('content-type')).toContain('text/plain')
    expect(metrics.body.text).toContain('parley_sockets')
  })

  it('run one synthetic turn a second at most, whoever asks', async () => {
    let probes = 0
    server = await startFakeServer({
      probe: async () => ({ ok: true, ms: ++probes }),
    })
    const answers = []
    for (let n = 0; n < 5; n++) answers.push((await call(server, '/health/deep')).body)
    expect(answers).toEqual(Array(5).fill({ ok: true, ms: 1 }))
    await expect
      .poll(async () => (await call(server, '/health/deep')).body, { timeout: 5000, interval: 200 })
      .toEqual({ ok: true, ms: 2 })
  })

  it('describe the synthetic turn as it is answered', async () => {
    server = await startFakeServer()
    const { body } = await call(server, '/api/v2/openapi.json')
    expect(JSON.stringify((body.paths as Record<string, unknown>)['/health/deep'])).toMatch(/"required":\["ok","ms"\]/)
  })

  it('say 503 when a synthetic turn fails', async () => {
    server = await startFakeServer({ probeOk: false })
    expect(await call(server, '/health/deep')).toMatchObject({ status: 503, body: { ok: false, error: 'deadline' } })
  })

  it('serve an OpenAPI 3.1 document of all API routes', async () => {
    server = await startFakeServer()
    const { body } = await call(server, '/api/v2/openapi.json')
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Parley', version: '0.0.0' } })
    const paths = body.paths as Record<string, Record<string, Record<string, unknown>>>
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v2/chat/conversations/{id}',
      '/api/v2/chat/conversations/{id}/handoff',
      '/api/v2/chat/conversations/{id}/messages',
      '/api/v2/chat/message',
      '/api/v2/chat/templates',
      '/health',
      '/health/deep',
      '/metrics',
      '/ready',
    ])
    const operations = Object.values(paths).flatMap((path) => Object.values(path))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const operation of operations) {
      expect(operation).toMatchObject({
        summary: expect.any(String),
        responses: expect.any(Object),
        parameters: expect.any(Array),
      })
      for (const response of Object.values(operation.responses as object)) expect(response).toHaveProperty('description')
    }
    const one = paths['/api/v2/chat/conversations/{id}']?.get
    expect(one).toMatchObject({
      security: [{ bearer: [] }],
      parameters: [{ name: 'id', in: 'path', required: true }, {}, {}, {}],
    })
    expect(paths['/api/v2/chat/message']?.post).toMatchObject({
      requestBody: { required: true, content: { 'application/json': { schema: { required: ['mid', 'kind', 'body'] } } } },
    })
  })
})

describe('the page', () => {
  let server: FakeServer
  let dir: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'parley-page-'))
    for (const folder of ['page/view', 'terminal', 'testing']) mkdirSync(join(dir, 'client', folder), { recursive: true })
    const files = {
      'secret.json': '{}',
      'client/index.ts': "import type { A } from './a.ts'\nexport { deep } from './deep.ts'\nexport const n: number = 1\n",
      'client/deep.ts': 'export const deep = 1',
      'client/a.ts': 'export type A = string',
      'client/chat.ts': "import './index.ts'",
      'client/tsconfig.json': '{}',
      'client/terminal/lines.ts': 'export {}',
      'client/testing/fake-server.ts': 'export {}',
      'client/index.unit.test.ts': 'export {}',
      'client/notes.txt': 'x',
      'client/.hidden.js': 'x',
      'client/page/index.html': '<!doctype html><title>x</title>',
      'client/page/main.ts': "import { n } from '../index.ts'\nconsole.log(n as number)\n",
      'client/page/view/style.css': 'p{}',
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
    symlinkSync(join(dir, 'secret.json'), join(dir, 'client', 'link.json'))
    server = await startFakeServer({ config: { clientDir: join(dir, 'client') } })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(dir, { recursive: true })
  })

  it('is HTML under a policy that lets nothing foreign in', async () => {
    const { status, headers } = await call(server, '/')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('answers HEAD like GET, without the body', async () => {
    const { status, headers, body } = await call(server, '/', { method: 'HEAD' })
    expect(status).toBe(200)
    expect(headers.get('etag')).toBe((await call(server, '/')).headers.get('etag'))
    expect(body.text).toBe('')
  })

  it('serves its modules and those of the library as JavaScript', async () => {
    const page = await call(server, '/main.ts')
    expect(page.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(page.body.text).toContain('console.log(n')
    expect(page.body.text).not.toContain('as number')
    const library = await call(server, '/index.ts')
    expect(library.body.text).not.toContain('import type')
    expect((await call(server, '/view/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect((await call(server, '/deep.ts')).body.text).toContain('deep = 1')
  })

  it('is answered 304 to who has it, and anew when the file has changed', async () => {
    const path = join(dir, 'client', 'page', 'main.ts')
    const etag = (await call(server, '/main.ts')).headers.get('etag') ?? ''
    expect((await call(server, '/main.ts', { headers: { 'if-none-match': etag } })).status).toBe(304)
    writeFileSync(path, 'export const changed = true')
    expect((await call(server, '/main.ts', { headers: { 'if-none-match': etag } })).body.text).toContain('changed')
  })

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/view/..%2f..%2f..%2fsecret.json',
    '/link.json',
    '/.hidden.js',
    '/notes.txt',
    '/index.unit.test.ts',
    '/src/protocol/schemas.ts',
    '/src/protocol/codes.ts',
    '/a.ts',
    '/chat.ts',
    '/tsconfig.json',
    '/terminal/lines.ts',
    '/testing/fake-server.ts',
    '/view',
    '/view/',
    '//etc/passwd',
    '/%00.js',
    '/main.ts%00.css',
    '/%zz.js',
    '/nothing.js',
  ])('does not serve %s', async (path) => {
    expect([400, 404]).toContain(await raw(server, path))
  })
})

describe('development mode', () => {
  let server: FakeServer
  let dir: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'parley-dev-'))
    server = await startFakeServer({ development: developmentMode(join(dir, 'data')) })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(dir, { recursive: true })
  })

  it('hands out tokens of the tenant demo that open a conversation', async () => {
    const { body, headers } = await call(server, '/api/v2/dev/token?user=grace')
    expect(body).toMatchObject({ tenant: 'demo', user: 'grace' })
    expect(headers.get('cache-control')).toBe('no-store')
    const client = await WireClient.open(server)
    expect(await client.hello(String(body.token))).toMatchObject({ t: 'welcome', d: { tenant: 'demo', user: 'grace' } })
    await client.leave()
    expect((await call(server, '/api/v2/dev/token?user=a/b')).body).toMatchObject({
      code: 400,
      field: 'querystring.user',
      msg: 'querystring.user must be [A-Za-z0-9_-]{1,64}',
    })
  })

  it('keeps its secret for the next start, readable by its owner alone', () => {
    const again = developmentMode(join(dir, 'data'))
    expect(again.secret).toEqual(developmentMode(join(dir, 'data')).secret)
    expect(statSync(join(dir, 'data', 'dev-secret')).mode & 0o777).toBe(0o600)
  })

  it('refuses a secret file that is none', () => {
    const other = join(dir, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'dev-secret'), 'short')
    expect(() => developmentMode(other)).toThrow(/dev-secret is not a secret of 32 bytes/)
  })

  it('answers this machine only, by name and by origin', async () => {
    expect(await raw(server, '/health', { host: 'evil.example' })).toBe(403)
    expect(await raw(server, '/health', { host: `localhost:${server.port}`, origin: 'http://evil.example' })).toBe(403)
    expect(await raw(server, '/health', { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` })).toBe(
      200,
    )
    const rebound = await WireClient.open(server, { headers: { host: 'evil.example' } })
    expect(await rebound.closed()).toBe(4003)
  })

  it('does not listen beyond loopback', async () => {
    await expect(
      startFakeServer({ development: developmentMode(join(dir, 'data')), config: { host: '0.0.0.0' } }),
    ).rejects.toMatchObject({
      code: 'gateway.host',
    })
  })

  it('is the only one with that path', async () => {
    const plain = await startFakeServer()
    expect((await call(plain, '/api/v2/dev/token?user=grace')).status).toBe(404)
    await plain.stop()
  })
})
