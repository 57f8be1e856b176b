import type { IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as nextRound } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Socket } from '../socket.ts'
import { wsSockets } from './ws.ts'

const request = {
  method: 'GET',
  headers: {
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    'sec-websocket-protocol': 'p',
  },
} as unknown as IncomingMessage

/** The connection of a client that reads, or of one that does not: then no write ends. */
class Connection extends Duplex {
  readonly chunks: Buffer[] = []
  readonly #reads: boolean

  constructor(reads: boolean) {
    super()
    this.#reads = reads
  }

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.#reads) done()
  }

  override write(...args: unknown[]): boolean {
    if (Buffer.isBuffer(args[0])) this.chunks.push(args[0])
    return super.write(...(args as Parameters<Duplex['write']>))
  }
}

describe('a socket that does not read', () => {
  it('keeps little more memory alive than what waits for it', async () => {
    const server = wsSockets({ frameBytesMax: 1000, choose: () => 'p' })
    const upgraded = async (connection: Connection): Promise<Socket> => {
      const { promise, resolve } = Promise.withResolvers<Socket>()
      server.upgrade(request, connection, Buffer.alloc(0), (socket) => {
        resolve(socket)
        return { message: () => {}, pong: () => {}, failed: () => {}, closed: () => {} }
      })
      return promise
    }
    const slow = new Connection(false)
    const slowSocket = await upgraded(slow)
    const fastSocket = await upgraded(new Connection(true))
    slow.chunks.length = 0
    for (let i = 0; i < 100; i++) {
      slowSocket.send(`{"seq":${i},"text":"${'x'.repeat(200)}"}`)
      fastSocket.send('y'.repeat(16_000))
      await nextRound()
    }
    expect(slow.chunks.length).toBe(100)
    const held = new Set(slow.chunks.map((chunk) => chunk.buffer))
    const bytes = [...held].reduce((sum, buffer) => sum + buffer.byteLength, 0)
    expect(bytes).toBeLessThan(2 * slow.writableLength + 2 * 65_536)
    for (const [i, chunk] of slow.chunks.entries()) expect(chunk.subarray(4).toString()).toMatch(new RegExp(`^{"seq":${i},`))
    server.terminate()
  })
})
