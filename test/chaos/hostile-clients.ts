import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { SeededRandom } from '../sim/random.ts'

/** What a hostile connection gets to say before it is ended from here. */
const HEARD_MS = 500
const STORM_MS_MAX = 10_000

/** So many sockets at once, spread over the nodes that listen, each greeted and closed again. */
export async function storm(
  nodes: readonly { readonly port: number; readonly isUp: boolean }[],
  token: string,
  count: number,
): Promise<void> {
  const up = nodes.filter((node) => node.isUp)
  const target = up[0]
  if (target === undefined) return
  await Promise.all(Array.from({ length: count }, (_, i) => greeted((up[i % up.length] ?? target).port, token)))
}

function greeted(port: number, token: string): Promise<void> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/v1/ws`, ['parley.v1.json'], { perMessageDeflate: false })
    const late = setTimeout(() => ws.terminate(), STORM_MS_MAX)
    ws.on('error', () => undefined) // the close follows
    ws.on('open', () => ws.send(JSON.stringify({ v: 1, t: 'hello', id: '1', d: { token } })))
    ws.on('message', () => ws.close())
    ws.on('close', () => {
      clearTimeout(late)
      resolve()
    })
  })
}

/** Frames and bytes that no client of the protocol sends, each on a connection of its own. */
export async function sendGarbage(port: number, token: string, random: SeededRandom): Promise<void> {
  const hello = JSON.stringify({ v: 1, t: 'hello', id: '1', d: { token } })
  const frames: readonly (readonly (string | Buffer)[])[] = [
    [hello, 'x'.repeat(1024 * 1024)],
    [hello, JSON.stringify({ t: 'msg.send', id: '2', cid: 'x', d: { mid: 'm', kind: 'text', body: 'y'.repeat(30_000) } })],
    [hello, '['.repeat(20_000)],
    [hello, '{"t":"msg.send","d":{"__proto__":{"x":1}}}'],
    [hello, ...Array.from({ length: 30 }, () => noise(random, 200).toString('latin1'))],
    [noise(random, 20_000)],
    [hello, noise(random, 500)],
    [],
  ]
  const raw = [
    Buffer.from('GET / HTTP/9\r\n\r\n'),
    noise(random, 70_000),
    Buffer.from(`GET /v1/ws HTTP/1.1\r\n${'a: b\r\n'.repeat(9_000)}`),
  ]
  await Promise.all([...frames.map((list) => said(port, list)), ...raw.map((bytes) => written(port, bytes))])
}

async function said(port: number, frames: readonly (string | Buffer)[]): Promise<void> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/v1/ws`, ['parley.v1.json'], { perMessageDeflate: false })
  ws.on('error', () => undefined) // the close follows
  ws.on('open', () => {
    for (const frame of frames) ws.send(frame)
  })
  const closed = new Promise((resolve) => ws.once('close', resolve))
  await Promise.race([closed, pause(HEARD_MS)])
  ws.terminate()
}

async function written(port: number, bytes: Buffer): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => undefined) // the close follows
  socket.on('connect', () => socket.write(bytes))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await Promise.race([closed, pause(HEARD_MS)])
  socket.destroy()
}

function noise(random: SeededRandom, bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, () => random.below(256)))
}
