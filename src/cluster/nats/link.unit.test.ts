import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nkeys } from '@nats-io/transport-node'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import { noMetrics } from '../../kernel/metrics.ts'
import { NatsLink } from './link.ts'
import type { NatsOptions } from './options.ts'

/** Greets as a NATS server of some version, and answers pings. */
class Greeter {
  version: string
  readonly sockets = new Set<Socket>()
  /** What clients said of themselves. */
  readonly connects: Record<string, unknown>[] = []
  readonly #server: Server = createServer((socket) => {
    this.sockets.add(socket)
    const info = { server_id: 'x', version: this.version, headers: true, max_payload: 1000, proto: 1, nonce: 'abc' }
    socket.write(`INFO ${JSON.stringify(info)}\r\n`)
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n')) {
        if (line === 'PING') socket.write('PONG\r\n')
        if (line.startsWith('CONNECT ')) this.connects.push(JSON.parse(line.slice(8)))
      }
    })
  })

  constructor(version: string) {
    this.version = version
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `nats://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

describe('a link to NATS', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const told: string[] = []
  const log = {
    ...silentLog,
    warn: (_: unknown, msg: string) => told.push(`warn: ${msg}`),
    error: (_: unknown, msg: string) => told.push(`error: ${msg}`),
  }
  const greeter = async (version: string): Promise<{ server: Greeter; options: NatsOptions }> => {
    const server = new Greeter(version)
    const url = await server.listen()
    closing.push(() => server.close())
    told.length = 0
    return { server, options: { urls: [url], name: 'test', clock: systemClock, log, metrics: noMetrics } }
  }

  it('refuses a server older than 2.9', async () => {
    const { options } = await greeter('2.8.4')
    await expect(NatsLink.open(options)).rejects.toMatchObject({
      code: 'nats.unfit',
      message: 'NATS server 2.8.4 is too old: 2.9 or newer is needed',
    })
  })

  it('warns of a server older than 2.11, and says nothing of a newer one', async () => {
    const old = await greeter('2.10.7')
    const link = await NatsLink.open(old.options)
    expect(told).toEqual([expect.stringContaining('expiry of single messages')])
    await link.close()
    const { options } = await greeter('2.11.0')
    const other = await NatsLink.open(options)
    expect(told).toEqual([])
    expect(other.payloadMax).toBe(1000)
    await other.close()
  })

  it('cries out when it finds itself on a server that is too old after a reconnect', async () => {
    const { server, options } = await greeter('2.11.0')
    const link = await NatsLink.open(options)
    closing.push(() => link.close())
    const statuses: boolean[] = []
    link.onStatus((up) => statuses.push(up))
    server.version = '2.8.0'
    for (const socket of server.sockets) socket.destroy()
    await expect.poll(() => statuses).toEqual([false, true])
    expect(told).toContain('error: NATS server 2.8.0 is too old: 2.9 or newer is needed')
  })

  it('refuses URLs that name no host, and none at all', async () => {
    const { options } = await greeter('2.11.0')
    for (const urls of [[], ['nats://'], ['http://127.0.0.1:4222']]) {
      await expect(NatsLink.open({ ...options, urls })).rejects.toMatchObject({ code: 'nats.unfit', retry: 'never' })
    }
  })

  it('signs in with the credentials of its file, as they are at each connect', async () => {
    const { server, options } = await greeter('2.11.0')
    const dir = await mkdtemp(join(tmpdir(), 'parley-creds-'))
    closing.push(() => rm(dir, { recursive: true }))
    const credsFile = join(dir, 'user.creds')
    const seed = new TextDecoder().decode(nkeys.createUser().getSeed())
    const write = (jwt: string): Promise<void> =>
      writeFile(
        credsFile,
        `-----BEGIN NATS USER JWT-----\n${jwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
      )
    await expect(NatsLink.open({ ...options, credsFile })).rejects.toMatchObject({ code: 'nats.unfit' })
    await write('first')
    const link = await NatsLink.open({ ...options, credsFile })
    closing.push(() => link.close())
    const statuses: boolean[] = []
    link.onStatus((up) => statuses.push(up))
    await write('second')
    for (const socket of server.sockets) socket.destroy()
    await expect.poll(() => statuses).toEqual([false, true])
    await rm(credsFile)
    for (const socket of server.sockets) socket.destroy()
    await expect.poll(() => statuses).toEqual([false, true, false, true])
    expect(server.connects.map(({ jwt }) => jwt)).toEqual(['first', 'second', 'second'])
    expect(server.connects.every(({ sig }) => typeof sig === 'string' && sig.length > 0)).toBe(true)
    expect(told).toContain('warn: the NATS credentials cannot be read: those read before are used')
  })

  it('takes user and password, or a token, from the first URL', async () => {
    const { server, options } = await greeter('2.11.0')
    for (const login of ['us%20er:p%40ss', 'tok%2Fen']) {
      const urls = options.urls.map((url) => url.replace('//', `//${login}@`))
      await (await NatsLink.open({ ...options, urls })).close()
    }
    expect(server.connects).toMatchObject([{ user: 'us er', pass: 'p@ss' }, { auth_token: 'tok/en' }])
    expect(server.connects.every(({ echo }) => echo !== false)).toBe(true)
  })
})
