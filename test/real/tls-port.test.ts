import { copyFileSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { get } from 'node:https'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { GATEWAY_DEFAULTS } from '../../src/gateway/config.ts'
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts'
import { signToken, TokenVerifier } from '../../src/gateway/identity.ts'
import { wsSockets } from '../../src/gateway/use/ws.ts'
import type { Log } from '../../src/kernel/log.ts'
import { PromMetrics } from '../../src/telemetry/metrics.ts'
import { type Authority, type IssuedCertificate, makeAuthority } from '../fixtures/certificates.ts'
import { FakeRouter } from '../fixtures/fake-router.ts'
import { TEST_SECRET } from '../fixtures/gateway-server.ts'
import { ManualClock } from '../fixtures/manual-clock.ts'

/** More than the pause between two looks at the files. */
const LOOKED_MS = 11_000

let dir: string
let authority: Authority
let stranger: Authority
let first: IssuedCertificate
let second: IssuedCertificate
const clock = new ManualClock(Date.now())
const lines: string[] = []
const running: Gateway[] = []

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-tls-'))
  authority = makeAuthority(dir)
  stranger = makeAuthority(dir, 'stranger')
  first = authority.issue('first', { days: 30 })
  second = authority.issue('second', { days: 30 })
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()))
  lines.length = 0
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function gatewayWith(
  files: { tlsCert?: string; tlsKey?: string },
  metrics = new PromMetrics({ processMetrics: false }),
): Gateway {
  const note = (level: string) => (fields: object, msg: string) => void lines.push(`${level} ${msg} ${faultOf(fields)}`)
  const log: Log = { debug() {}, debugging: false, info: note('info'), warn: note('warn'), error: note('error') }
  return createGateway({
    config: { ...GATEWAY_DEFAULTS, port: 0, ...files },
    router: new FakeRouter(),
    identity: new TokenVerifier({ keys: { secret: TEST_SECRET }, clock }),
    sockets: wsSockets,
    clock,
    log,
    metrics,
    templates: () => [],
    probe: () => Promise.resolve({ ok: true, ms: 1 }),
    metricsText: () => metrics.text(),
    node: 'n1',
    version: '0.0.0',
  })
}

function faultOf(fields: object): string {
  return 'err' in fields && fields.err instanceof Error ? fields.err.message : ''
}

async function start({ certFile, keyFile }: IssuedCertificate): Promise<number> {
  const gateway = gatewayWith({ tlsCert: certFile, tlsKey: keyFile })
  running.push(gateway)
  return (await gateway.listen()).port
}

/** A pair of files that the test replaces, as a renewal does. */
function renewable(name: string): IssuedCertificate {
  const files = { certFile: join(dir, `${name}.crt`), keyFile: join(dir, `${name}.key`) }
  copyFileSync(first.certFile, files.certFile)
  copyFileSync(first.keyFile, files.keyFile)
  return files
}

/** The name in the certificate that a new connection is shown. */
function shown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca: authority.ca }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

function body(port: number, at: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: at, ca: authority.ca, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += String(chunk)
      })
      response.once('end', () => resolve(text))
    }).once('error', reject)
  })
}

/** A socket that has been welcomed; rejects with the error that ended the connection. */
function joined(url: string, ca?: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'parley.v1.json', ca === undefined ? {} : { ca })
    socket.once('error', reject)
    socket.once('message', (data) => {
      const { t } = JSON.parse(String(data)) as { t: string }
      if (t === 'welcome') resolve(socket)
      else reject(new Error(t))
    })
    socket.once('open', async () => {
      const token = await signToken(TEST_SECRET, { tenant: 'demo', user: 'ada' }, clock.now(), 60_000)
      socket.send(JSON.stringify({ t: 'hello', d: { token } }))
    })
  })
}

describe('a port with a certificate', () => {
  test('speaks wss to a client that knows the authority', async () => {
    const socket = await joined(`wss://127.0.0.1:${await start(first)}/v1/ws`, authority.ca)
    expect(socket.protocol).toBe('parley.v1.json')
    socket.terminate()
  })

  test('is not trusted by a client that knows no authority, or another', async () => {
    const url = `wss://127.0.0.1:${await start(first)}/v1/ws`
    const untrusted = { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }
    await expect(joined(url)).rejects.toMatchObject(untrusted)
    await expect(joined(url, stranger.ca)).rejects.toMatchObject(untrusted)
  })

  test('answers https, and tells how long the certificate lasts', async () => {
    const port = await start(first)
    expect(JSON.parse(await body(port, '/health'))).toMatchObject({ ok: true })
    const seconds = Number(/^parley_tls_expires_seconds (\S+)$/m.exec(await body(port, '/metrics'))?.[1])
    expect(seconds).toBeGreaterThan(29 * 86_400)
    expect(seconds).toBeLessThan(31 * 86_400)
  })

  test('closes what speaks no TLS, and goes on', async () => {
    const port = await start(first)
    const plain = await new Promise((resolve) => {
      httpGet({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => resolve(response.statusCode)).once(
        'error',
        (error: NodeJS.ErrnoException) => resolve(error.code),
      )
    })
    expect(plain).toBe('ECONNRESET')
    await new Promise<void>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port }, () => socket.end('not a hello of any kind\r\n'))
      socket
        .resume()
        .on('error', () => {})
        .once('close', () => resolve())
    })
    expect(await shown(port)).toBe('first')
  })
})

describe('renewed files', () => {
  test('serve new connections without a restart, and open sockets stay', async () => {
    const files = renewable('renewed')
    const port = await start(files)
    const socket = await joined(`wss://127.0.0.1:${port}/v1/ws`, authority.ca)
    copyFileSync(second.certFile, files.certFile)
    copyFileSync(second.keyFile, files.keyFile)
    expect(await shown(port)).toBe('first')
    clock.advance(LOOKED_MS)
    expect(await shown(port)).toBe('second')
    expect(lines).toEqual(['info the certificate was renewed '])
    const pong = new Promise((resolve) => socket.once('pong', resolve))
    socket.ping()
    await pong
    socket.terminate()
  })

  test('are seen behind a symbolic link that is turned to another folder', async () => {
    const link = join(dir, 'current.crt')
    const keyLink = join(dir, 'current.key')
    symlinkSync(first.certFile, link)
    symlinkSync(first.keyFile, keyLink)
    const port = await start({ certFile: link, keyFile: keyLink })
    for (const file of [link, keyLink]) unlinkSync(file)
    symlinkSync(second.certFile, link)
    symlinkSync(second.keyFile, keyLink)
    clock.advance(LOOKED_MS)
    expect(await shown(port)).toBe('second')
  })

  test('that do not fit yet are told once, and taken when they do', async () => {
    const files = renewable('halfway')
    const port = await start(files)
    copyFileSync(second.certFile, files.certFile)
    clock.advance(3 * LOOKED_MS)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('is not the key of PARLEY_TLS_CERT')
    expect(await shown(port)).toBe('first')
    copyFileSync(second.keyFile, files.keyFile)
    clock.advance(LOOKED_MS)
    expect(await shown(port)).toBe('second')
  })

  test('are no longer looked for once the port is closed', async () => {
    const files = renewable('closed')
    await start(files)
    await running.pop()?.close()
    writeFileSync(files.certFile, 'no certificate')
    clock.advance(LOOKED_MS)
    expect(lines).toEqual([])
  })
})

describe('a start is refused', () => {
  const missing = '/nowhere/cert.pem'
  test('where a file is missing', () => {
    expect(() => gatewayWith({ tlsCert: missing, tlsKey: first.keyFile })).toThrow(
      /^PARLEY_TLS_CERT="\/nowhere\/cert.pem" cannot be read \(ENOENT/,
    )
  })

  test('where the key is that of another certificate', () => {
    expect(() => gatewayWith({ tlsCert: first.certFile, tlsKey: second.keyFile })).toThrow(
      /^PARLEY_TLS_KEY=".*" is not the key of PARLEY_TLS_CERT=".*" \(.*key values mismatch\)$/,
    )
  })

  test('where a file holds something else, and its content is not repeated', () => {
    const file = join(dir, 'notes.txt')
    writeFileSync(file, 'the secret recipe')
    const refused = (): unknown => gatewayWith({ tlsCert: file, tlsKey: first.keyFile })
    expect(refused).toThrow(/is not a PEM certificate/)
    expect(refused).not.toThrow(/recipe/)
    expect(() => gatewayWith({ tlsCert: first.certFile, tlsKey: file })).not.toThrow(/recipe/)
  })

  test('where one of the two is not named', () => {
    expect(() => gatewayWith({ tlsCert: first.certFile })).toThrow('PARLEY_TLS_CERT and PARLEY_TLS_KEY come together')
  })
})

test('a certificate that ends within a week is warned about', () => {
  const { certFile, keyFile } = authority.issue('short', { days: 3 })
  gatewayWith({ tlsCert: certFile, tlsKey: keyFile })
  expect(lines).toEqual(['warn the certificate of this port has ended or ends within a week '])
})
