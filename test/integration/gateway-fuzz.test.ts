import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Codec, jsonCodec, msgpackCodec } from '../../src/protocol/codec.ts'
import type { Frame } from '../../src/protocol/frames.ts'
import { type FakeServer, startFakeServer } from '../fixtures/gateway-server.ts'
import { WireClient } from '../fixtures/wire-client.ts'

let server: FakeServer
let witness: WireClient
let token: string

beforeAll(async () => {
  server = await startFakeServer({ config: { messagesPerWindow: 100_000, framesPerSecondMax: 100_000, inFlightMax: 64 } })
  token = await server.token('mallory')
  witness = await WireClient.open(server)
  await witness.hello(await server.token('witness'))
  await witness.call('conv.open', { template: 'date-of-birth' })
  await witness.nextOf('msg.new')
})

afterAll(() => server.stop())

let turns = 0
/** A connection that was there before holds its conversation as if nothing had happened. */
async function expectUndisturbed(): Promise<void> {
  const mid = `w${++turns}`
  expect(await witness.call('msg.send', { mid, kind: 'text', body: mid })).toMatchObject({ t: 'msg.ok' })
  expect((await witness.nextOf('msg.new')).d).toMatchObject({ body: `You said: ${mid}` })
}

/** Sends, then asks for a sign of life: the server answers it or has closed with a code of the table. */
async function attack(codec: Codec, payloads: readonly (string | Buffer)[], greet: boolean): Promise<void> {
  const client = await WireClient.open(server, { codec })
  if (greet) await client.hello(token)
  for (const payload of payloads) client.sendRaw(payload)
  client.send({ t: 'ping', id: 'alive' })
  const end = await Promise.race([client.next((frame) => frame.re === 'alive').catch(() => undefined), client.closed()])
  if (typeof end === 'number') expect([1003, 1007, 1009, 4000, 4001, 4002]).toContain(end)
  if (client.closeCode === undefined) await client.leave()
}

const RUNS = { numRuns: 60 } as const
const types = [
  'hello',
  'auth.refresh',
  'conv.open',
  'conv.join',
  'conv.leave',
  'conv.close',
  'msg.send',
  'history.get',
  'typing',
  'read',
  'feedback',
]
const json = fc.jsonValue({ maxDepth: 3 })
const strangeFrame = fc.record(
  {
    v: fc.oneof(fc.constant(1), json),
    t: fc.oneof(fc.constantFrom(...types), fc.string(), json),
    id: fc.oneof(fc.string({ maxLength: 40 }), json),
    cid: fc.oneof(fc.constantFrom('a', '__proto__', 'constructor', '../x'), json),
    d: fc.oneof(
      json,
      fc.record(
        {
          token: json,
          template: json,
          mid: json,
          kind: json,
          body: json,
          since: json,
          vars: json,
          on: json,
          upto: json,
          resume: json,
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['t'] },
)

describe.each([jsonCodec, msgpackCodec])('over $name the server survives', (codec) => {
  it.each([true, false])('random bytes (greeted: %s)', async (greet) => {
    const bytes = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(bytes, async (all) => {
        await attack(
          codec,
          all.map((one) => (codec.binary ? Buffer.from(one) : Buffer.from(one).toString('latin1'))),
          greet,
        )
        await expectUndisturbed()
      }),
      RUNS,
    )
  })

  it('frames of wrong types in every place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(strangeFrame, { minLength: 1, maxLength: 9 }), async (frames) => {
        await attack(
          codec,
          frames.map((frame) => codec.encode(frame as Frame) as string | Buffer),
          true,
        )
        await expectUndisturbed()
      }),
      RUNS,
    )
  })

  it.each([
    ['huge', (length: number) => 'x'.repeat(length)],
    ['deep', (length: number) => '['.repeat(length)],
  ])('%s frames', async (_what, make) => {
    for (const length of [100, 30_000, 32_768, 32_769, 1_000_000]) {
      const payload = codec.binary ? Buffer.alloc(length, 0x91) : make(length)
      await attack(codec, [payload], true)
    }
    await expectUndisturbed()
  })

  it('valid frames cut short and with a changed byte', async () => {
    const frame = { v: 1, t: 'msg.send', id: '1', d: { mid: 'm1', kind: 'form', body: { values: { a: { b: [1, 2] } } } } }
    const whole = Buffer.from(codec.encode(frame) as Uint8Array)
    const position = fc.nat(whole.length - 1)
    await fc.assert(
      fc.asyncProperty(position, position, fc.nat(255), async (cut, at, value) => {
        const changed = Buffer.from(whole)
        changed[at] = value
        const payloads = [whole.subarray(0, cut), changed].map((bytes) => (codec.binary ? bytes : bytes.toString('latin1')))
        await attack(codec, payloads, true)
      }),
      RUNS,
    )
    await expectUndisturbed()
  })
})

describe('below the protocol the server survives', () => {
  it('bytes that are no HTTP, no upgrade, no frame', async () => {
    const upgrade = [
      'GET /v1/ws HTTP/1.1',
      `Host: ${server.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ].join('\r\n')
    const tails = fc.uint8Array({ minLength: 1, maxLength: 200 })
    const heads = fc.constantFrom(
      '',
      'GET ',
      `${upgrade}\r\n\r\n`,
      `${upgrade}\r\nSec-WebSocket-Protocol: \u0001\r\n\r\n`,
      `${upgrade}\r\nOrigin: x\r\n\r\n`,
    )
    await fc.assert(
      fc.asyncProperty(heads, tails, async (head, tail) => {
        await new Promise<void>((resolve) => {
          const socket = connect(server.port, server.host, () => {
            socket.write(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(tail)]))
            socket.end()
          })
          socket.on('error', () => socket.destroy())
          socket.on('close', () => resolve())
          socket.resume()
        })
        await expectUndisturbed()
      }),
      RUNS,
    )
  })
})
