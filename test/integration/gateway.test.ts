import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { GatewayConfig } from '../../src/gateway/config.ts'
import type { Metrics } from '../../src/kernel/metrics.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { jsonCodec, msgpackCodec } from '../../src/protocol/codec.ts'
import { type FakeServer, type FakeServerOptions, startFakeServer } from '../fixtures/gateway-server.ts'
import { WireClient, type WireOptions } from '../fixtures/wire-client.ts'

let server: FakeServer | undefined

async function start(config: Partial<GatewayConfig> = {}, more: FakeServerOptions = {}): Promise<FakeServer> {
  server = await startFakeServer({ ...more, config })
  return server
}

afterEach(async () => {
  await server?.stop()
  server = undefined
})

async function greeted(
  running: FakeServer,
  options: WireOptions = {},
  hello: Readonly<Record<string, unknown>> = {},
): Promise<WireClient> {
  const client = await WireClient.open(running, options)
  await client.hello(await running.token(), hello)
  return client
}

const text = (mid: string, body: string) => ({ mid, kind: 'text', body })

/** The status line of an upgrade that is refused. */
function refusedUpgrade(running: FakeServer, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(running.port, running.host, () => {
      const head = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
      socket.write(`${[...head, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='].join('\r\n')}\r\n\r\n`)
    })
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes.toString()
    })
    socket.on('end', () => {
      socket.end()
      resolve(answer)
    })
    socket.on('error', reject)
  })
}

describe('the socket', () => {
  it.each([jsonCodec, msgpackCodec])('holds a conversation in $name', async (codec) => {
    const client = await greeted(await start(), { codec })
    expect(client.ws.protocol).toBe(codec.subprotocol)
    const opened = await client.call('conv.open', { template: 'date-of-birth' })
    expect((await client.nextOf('msg.new')).d).toMatchObject({ body: 'What is your date of birth?' })
    expect(await client.call('msg.send', text('m1', 'yes'), opened.cid)).toMatchObject({ t: 'msg.ok', seq: 2 })
    expect((await client.nextOf('data.result')).d).toMatchObject({ values: { birthDate: '1980-12-14' } })
  })

  it('speaks JSON when no subprotocol is offered, and the first that it knows of several', async () => {
    const running = await start()
    const bare = await greeted(running, { subprotocols: [] })
    expect(bare.ws.protocol).toBe('')
    const several = await WireClient.open(running, { subprotocols: ['soap', 'parley.v1.msgpack', 'parley.v1.json'] })
    expect(several.ws.protocol).toBe('parley.v1.msgpack')
  })

  it.each([
    ['parley.v2.json', 4007],
    ['soap', 4000],
  ])('closes a client that only speaks %s with %i', async (subprotocol, code) => {
    const client = await WireClient.open(await start(), { subprotocols: [subprotocol] })
    expect(await client.closed()).toBe(code)
  })

  it('writes msg.ok and what the turn says in one piece', async () => {
    const running = await start()
    const client = await greeted(running)
    const { cid } = await client.call('conv.open', { template: 'date-of-birth' })
    await client.nextOf('msg.new')
    const pieces: number[] = []
    const stream = (client.ws as unknown as { _socket: NodeJS.EventEmitter })._socket
    stream.on('data', (bytes: Buffer) => pieces.push(bytes.length))
    for (let n = 0; n < 5; n++) {
      client.send({ t: 'msg.send', id: `s${n}`, ...(cid === undefined ? {} : { cid }), d: text(`m${n}`, 'hm') })
      await client.nextOf('msg.ok')
      await client.nextOf('msg.new')
    }
    expect(pieces).toHaveLength(5)
  })

  it('sends a tick as one array to a client with batch', async () => {
    const client = await greeted(await start(), {}, { caps: ['batch', 'data'] })
    await client.call('conv.open', { template: 'date-of-birth' })
    await client.nextOf('msg.new')
    client.messages.length = 0
    await client.call('msg.send', text('m1', 'december 1980'))
    await client.nextOf('data.update')
    expect(client.messages).toEqual([3])
  })

  it.each([
    ['a binary frame to JSON', jsonCodec, Buffer.from('{}'), 1003],
    ['a text frame to msgpack', msgpackCodec, '{}', 1003],
    ['a frame over the bound', jsonCodec, 'x'.repeat(40_000), 1009],
    ['a frame over the bound, before hello', jsonCodec, `{"t":"hello","d":{"token":"${'x'.repeat(40_000)}"}}`, 1009],
  ])('closes on %s', async (_what, codec, data, code) => {
    const client = await WireClient.open(await start(), { codec })
    client.sendRaw(data)
    expect(await client.closed()).toBe(code)
  })

  it('takes a frame of exactly the bound, and long messages both ways', async () => {
    const running = await start({ frameBytesMax: 80_000, textCharsMax: 70_000 })
    const client = await greeted(running)
    await client.call('conv.open', { template: 'date-of-birth' })
    await client.nextOf('msg.new')
    for (const length of [100, 126, 4000, 65_000, 70_000]) {
      await client.call('msg.send', text(`m${length}`, 'è'.repeat(length / 2)))
      expect((await client.nextOf('msg.new')).d).toMatchObject({ body: `You said: ${'è'.repeat(length / 2)}` })
    }
    const frame = JSON.stringify({ t: 'ping', id: 'big', d: { pad: '' } })
    client.sendRaw(frame.replace('""', `"${'x'.repeat(80_000 - frame.length)}"`))
    expect((await client.next((one) => one.re === 'big')).t).toBe('pong')
  })

  it('closes when hello is late, and when a token ends on an open socket', async () => {
    const running = await start({ helloTimeoutMs: 60 })
    const late = await WireClient.open(running)
    expect(await late.closed()).toBe(4006)
    const short = await WireClient.open(running)
    await short.hello(await running.token('ada', 1900))
    expect((await short.nextOf('auth.expiring')).d).toMatchObject({ inMs: expect.any(Number) })
    expect(await short.closed()).toBe(4001)
  })

  it('goes on past the end of the first token with a refreshed one', async () => {
    const running = await start({ helloTimeoutMs: 100 })
    const short = await running.token('ada', 1500)
    const [stays, ends] = [await WireClient.open(running), await WireClient.open(running)]
    await stays.hello(short)
    await ends.hello(short)
    expect((await stays.call('auth.refresh', { token: await running.token('ada') })).t).toBe('auth.ok')
    expect(await ends.closed()).toBe(4001)
    expect((await stays.call('ping')).t).toBe('pong')
  })

  it('closes with 1007 on text that is not UTF-8', async () => {
    const client = await greeted(await start())
    client.ws.send(Buffer.of(0x22, 0xff, 0xfe, 0x22), { binary: false })
    expect(await client.closed()).toBe(1007)
  })

  it('is pinged, and closed with 4102 when it does not answer', async () => {
    const running = await start({ pingEveryMs: 100, pingTimeoutMs: 100 })
    const [mute, alive] = [await greeted(running), await greeted(running)]
    mute.ws.pong = () => {}
    ;(mute.ws as unknown as { _autoPong: boolean })._autoPong = false
    expect(await mute.closed()).toBe(4102)
    expect(alive.closeCode).toBeUndefined()
  })
})

describe('the door', () => {
  it('closes a page of another origin with 4003, and lets its own and listed ones in', async () => {
    const running = await start({ origins: ['https://app.example'] })
    const foreign = await WireClient.open(running, { origin: 'https://evil.example' })
    expect(await foreign.closed()).toBe(4003)
    for (const origin of ['https://app.example', `http://${running.host}:${running.port}`]) {
      expect((await greeted(running, { origin })).closeCode).toBeUndefined()
    }
  })

  it('answers 404 elsewhere, and 503 when it has all the sockets it takes', async () => {
    const running = await start({ socketsMax: 1 })
    expect(await refusedUpgrade(running, '/v2/ws')).toMatch(/^HTTP\/1.1 404 /)
    const only = await greeted(running)
    const refused = await refusedUpgrade(running, '/v1/ws')
    expect(refused).toMatch(/^HTTP\/1.1 503 .*retry-after: 1\r\n/s)
    expect(refused).toContain('"name":"unavailable"')
    await only.leave()
    expect((await greeted(running)).closeCode).toBeUndefined()
  })

  it('refuses a tenant that is not there with 403 and 4002', async () => {
    const running = await start({}, { knownTenant: (tenant) => tenant === 'acme' })
    const client = await WireClient.open(running)
    expect(await client.hello(await running.token())).toMatchObject({ t: 'error', d: { code: 403, name: 'forbidden' } })
    expect(await client.closed()).toBe(4002)
  })
})

describe('a client that does not read', () => {
  it('is closed with 4103 and costs the others nothing', async () => {
    const running = await start({ outboxBytesMax: 100_000 })
    const slow = await greeted(running)
    const other = await greeted(running)
    const { cid } = await slow.call('conv.open', { template: 'date-of-birth' })
    const conversation = running.router.find('demo', cid ?? '')
    slow.ws.pause()
    const body = 'x'.repeat(50_000)
    for (let n = 0; n < 2000 && conversation.watchers.size > 0; n++) {
      running.router.emit(conversation, [{ t: 'msg.new', d: { mid: `x${n}`, from: 'agent', kind: 'text', body } }])
      if (n % 10 === 0) await other.call('ping')
    }
    expect(conversation.watchers.size).toBe(0)
    slow.ws.resume()
    expect([4103, 1006]).toContain(await slow.closed())
    const seqs = slow.frames.filter((frame) => frame.t === 'msg.new').map((frame) => frame.seq)
    expect(seqs).toEqual(seqs.map((_seq, index) => index + 1))
    expect((await other.call('ping')).t).toBe('pong')
  })
})

describe('a client that joins in a loop and reads nothing', () => {
  it('holds one catch-up and what the bound leaves beside it, no more', async () => {
    let outboxBytes = (): number => 0
    const metrics: Metrics = {
      ...noMetrics,
      observed(name, _help, read) {
        if (name === 'parley_outbox_bytes') outboxBytes = read
      },
    }
    const outboxBytesMax = 200_000
    const running = await start({ outboxBytesMax, framesPerSecondMax: 100_000 }, { metrics })
    const client = await greeted(running)
    const other = await greeted(running)
    const { cid = '' } = await client.call('conv.open', { template: 'date-of-birth' })
    const conversation = running.router.find('demo', cid)
    const body = 'x'.repeat(8000)
    for (let n = 0; n < 50; n++) {
      running.router.emit(conversation, [{ t: 'msg.new', d: { mid: `x${n}`, from: 'agent', kind: 'text', body } }])
      await client.nextOf('msg.new')
    }
    client.ws.pause()
    let most = 0
    for (let n = 0; n < 4000 && conversation.watchers.size > 0; n++) {
      client.send({ t: 'conv.join', id: `j${n}`, cid, d: {} })
      if (n % 20 === 0) await other.call('ping')
      most = Math.max(most, outboxBytes())
    }
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(3 * outboxBytesMax + 50 * 8200)
    client.ws.terminate()
  })
})

describe('a planned end', () => {
  it('says bye with its spread, answers what is in flight, closes with 4200, and takes no new sockets', async () => {
    const running = await start({ byeSpreadMs: 700 })
    const client = await greeted(running)
    const { cid } = await client.call('conv.open', { template: 'date-of-birth' })
    running.router.hold()
    client.send({ t: 'msg.send', id: 'last', ...(cid === undefined ? {} : { cid }), d: text('m1', 'hm') })
    while (running.router.heldCount === 0) await client.call('ping')
    const drained = running.gateway.drain(5000)
    expect((await client.nextOf('bye')).d).toMatchObject({ code: 4200, spreadMs: 700, afterMs: 0, resume: true })
    expect(await refusedUpgrade(running, '/v1/ws')).toMatch(/^HTTP\/1.1 503 /)
    expect((await fetch(`http://${running.host}:${running.port}/ready`)).status).toBe(425)
    running.router.release()
    expect((await client.next((frame) => frame.re === 'last')).t).toBe('msg.ok')
    expect(await client.closed()).toBe(4200)
    await drained
  })
})

describe('a client that is silent', () => {
  const silent = async (running: FakeServer): Promise<WireClient> => {
    const client = await greeted(running)
    ;(client.ws as unknown as { _socket: { pause(): void } })._socket.pause()
    return client
  }

  it('holds neither the end of a drain nor of the server', async () => {
    const running = await start()
    const client = await silent(running)
    const startMs = performance.now()
    await running.gateway.drain(5000)
    await running.gateway.close()
    expect(performance.now() - startMs).toBeLessThan(1000)
    client.ws.terminate()
  })

  it('does not hold a close at once', async () => {
    const running = await start()
    const client = await silent(running)
    const turned = await WireClient.open(running, { subprotocols: ['soap'] })
    const startMs = performance.now()
    await running.gateway.close()
    expect(performance.now() - startMs).toBeLessThan(500)
    client.ws.terminate()
    await turned.closed()
  })

  it('leaves health to be asked while the drain goes on', async () => {
    const running = await start()
    const client = await greeted(running)
    running.router.hold()
    client.send({ t: 'conv.open', id: '1', d: { template: 'date-of-birth' } })
    while (running.router.heldCount === 0) await client.call('ping')
    const drained = running.gateway.drain(5000)
    await client.nextOf('bye')
    expect((await fetch(`http://${running.host}:${running.port}/health`)).status).toBe(200)
    expect((await fetch(`http://${running.host}:${running.port}/health/deep`)).status).toBe(200)
    running.router.release()
    await drained
  })

  it('does not hold the server with an upgrade that was refused', async () => {
    const running = await start()
    const socket = connect({ port: running.port, host: running.host, allowHalfOpen: true })
    const head = 'GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    const answered = new Promise((resolve) => socket.once('data', resolve))
    socket.write(head)
    await answered
    const startMs = performance.now()
    await running.gateway.close()
    expect(performance.now() - startMs).toBeLessThan(500)
    socket.destroy()
  })
})
