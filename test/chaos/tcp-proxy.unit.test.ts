import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TcpProxy } from './tcp-proxy.ts'

let echo: Server
let proxy: TcpProxy
let atService = ''

beforeEach(async () => {
  atService = ''
  echo = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      atService += chunk
      socket.write(chunk)
    })
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = await TcpProxy.listen((echo.address() as AddressInfo).port)
})

afterEach(async () => {
  await proxy.close()
  await new Promise((resolve) => echo.close(resolve))
})

/** A connection through the proxy, with what came back so far. */
async function client(): Promise<{ socket: Socket; got: () => string; closed: () => boolean }> {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  let text = ''
  let isClosed = false
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    text += chunk
  })
  socket.on('close', () => {
    isClosed = true
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, got: () => text, closed: () => isClosed }
}

const comes = (value: () => unknown) => expect.poll(value, { timeout: 5_000, interval: 5 })

test('bytes pass both ways', async () => {
  const { socket, got } = await client()
  socket.write('hello')
  await comes(got).toBe('hello')
})

test('what is sent into a cut arrives in order when it heals', async () => {
  const { socket, got } = await client()
  socket.write('a')
  await comes(got).toBe('a')
  proxy.cut('both')
  socket.write('b')
  const other = await client()
  other.socket.write('x')
  expect(atService).toBe('a')
  proxy.heal()
  socket.write('c')
  await comes(got).toBe('abc')
  await comes(other.got).toBe('x')
})

test('a cut of one way lets the other through', async () => {
  const { socket, got } = await client()
  proxy.cut('down')
  socket.write('one')
  await comes(() => atService).toBe('one')
  expect(got()).toBe('')
  proxy.heal()
  await comes(got).toBe('one')
})

test('a slow link takes its time, once each way, and keeps the order', async () => {
  const { socket, got } = await client()
  proxy.slow(40)
  const begun = performance.now()
  socket.write('1')
  socket.write('2')
  await comes(got).toBe('12')
  expect(performance.now() - begun).toBeGreaterThanOrEqual(79)
})

test('a narrow link takes as long as its bytes', async () => {
  const { socket, got } = await client()
  proxy.narrow(100_000)
  const begun = performance.now()
  socket.write('x'.repeat(20_000))
  await comes(() => got().length).toBe(20_000)
  expect(performance.now() - begun).toBeGreaterThanOrEqual(199)
})

test('a reset ends every connection, and new ones work', async () => {
  const { socket, got, closed } = await client()
  socket.write('a')
  await comes(got).toBe('a')
  proxy.reset()
  await comes(closed).toBe(true)
  const again = await client()
  again.socket.write('b')
  await comes(again.got).toBe('b')
})
