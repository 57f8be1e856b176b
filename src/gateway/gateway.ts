import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConversationRouter } from '../actors/port.ts'
import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { isLoopback } from '../kernel/loopback.ts'
import type { Metrics } from '../kernel/metrics.ts'
import { AppError, reject } from '../kernel/rejection.ts'
import { codecOf, jsonCodec } from '../protocol/codec.ts'
import { CLOSE, type CloseCode, ERRORS } from '../protocol/codes.ts'
import { FrameChecker } from '../protocol/schemas.ts'
import type { GatewayConfig } from './config.ts'
import type { Development } from './development.ts'
import type { TemplatesLister } from './http/chat-routes.ts'
import { createHttp } from './http/server.ts'
import type { Probe } from './http/system-routes.ts'
import type { IdentityVerifier } from './identity-port.ts'
import { RateWindows } from './limits.ts'
import { GatewayMetrics } from './metrics.ts'
import { isAdmitted } from './origin.ts'
import { errorBody } from './outbox.ts'
import { PushEncoder } from './push-encoder.ts'
import { Sessions } from './sessions.ts'
import type { Socket, SocketEvents, SocketServer, SocketServerFactory } from './socket.ts'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly router: ConversationRouter
  readonly identity: IdentityVerifier
  /** What carries the sockets: `wsSockets` of `use/ws.ts`. */
  readonly sockets: SocketServerFactory
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly templates: TemplatesLister
  readonly probe: Probe
  readonly metricsText: () => string | Promise<string>
  /** Name of this node, told in `welcome`. */
  readonly node: string
  readonly version: string
  /** Whether the rest of the process can take conversations; the gateway adds its own draining. */
  readonly ready?: () => boolean
  /** Needed when `config.development` is set, forbidden otherwise. */
  readonly development?: Development
  /** Counts the messages of a conversation; shared where the process has other doors too. */
  readonly rates?: RateWindows
}

export interface Gateway {
  /** Resolves when connections are taken. Rejects when the address is taken or not allowed. */
  listen(): Promise<{ host: string; port: number }>
  /**
   * Takes no new sockets, is not ready any more, says `bye` to all, closes each with 4200 once its turns are answered.
   * Resolves when all are gone, or after `deadlineMs`, when the rest were closed; a client that does not answer the closing
   * is not waited for. HTTP goes on until `close`.
   */
  drain(deadlineMs: number): Promise<void>
  /**
   * Cut off from the other nodes: closes every socket with 4104 and turns new ones away with 503, since clients are better served
   * elsewhere. False: takes them again.
   */
  isolate(isolated: boolean): void
  /** For operators: the sockets that are open, and the bytes that wait for them. */
  numbers(): { readonly sockets: number; readonly socketsMax: number; readonly outboxBytes: number; readonly draining: boolean }
  /** Ends everything at once, waiting for no client; resolves when the port is free. */
  close(): Promise<void>
}

export const SOCKET_PATH = '/v1/ws'
/** TCP connections beside the sockets: HTTP, and upgrades that are about to be refused. Beyond them none is accepted. */
const HTTP_CONNECTIONS_MAX = 2000

/** How long a drain waits for its clients to answer the closing. */
const CLOSING_MS = 250

export function createGateway(options: GatewayOptions): Gateway {
  const { config, clock, development } = options
  if (config.development !== (development !== undefined)) {
    throw new AppError('gateway.mode', 'development mode and its secret come together', { retry: 'never' })
  }
  if (config.development && !isLoopback(config.host)) {
    throw new AppError('gateway.host', `development mode listens on loopback only, not on ${config.host}: set a secret`, {
      retry: 'never',
    })
  }
  const checker = new FrameChecker(config)
  const rates = options.rates ?? new RateWindows(config.messagesPerWindow, config.windowMs, clock.mono())
  const metrics = new GatewayMetrics(options.metrics, { sockets: () => sessions.size, outboxBytes: () => sessions.outboxBytes })
  const sessions = new Sessions({ ...options, metrics, checker, rates, pushes: new PushEncoder() })
  const door = new Door(config, sessions, options.sockets)
  const ready = (): boolean => !door.draining && (options.ready?.() ?? true)
  const http = createHttp({ ...options, development, checker, rates, ready })
  http.server.maxConnections = config.socketsMax + HTTP_CONNECTIONS_MAX
  http.server.on('upgrade', (request, stream, head) => door.upgrade(request, stream, head))
  return {
    async listen() {
      await http.listen({ host: config.host, port: config.port })
      const { address, port } = http.server.address() as AddressInfo
      return { host: address, port }
    },
    numbers: () => ({
      sockets: sessions.size,
      socketsMax: config.socketsMax,
      outboxBytes: sessions.outboxBytes,
      draining: door.draining,
    }),
    isolate(isolated) {
      door.isolated = isolated
      if (isolated) sessions.disperse()
    },
    async drain(deadlineMs) {
      door.draining = true
      metrics.draining.set(1)
      const startMs = clock.mono()
      await sessions.drain(deadlineMs)
      const leftMs = deadlineMs - (clock.mono() - startMs)
      await within(clock, Math.max(0, Math.min(CLOSING_MS, leftMs)), door.empty())
    },
    async close() {
      door.draining = true
      sessions.close()
      door.terminate()
      await http.close()
    },
  }
}

/** Decides who may open a socket. */
class Door {
  readonly #config: GatewayConfig
  readonly #sessions: Sessions
  readonly #server: SocketServer
  draining = false
  isolated = false

  constructor(config: GatewayConfig, sessions: Sessions, sockets: SocketServerFactory) {
    this.#config = config
    this.#sessions = sessions
    this.#server = sockets({ frameBytesMax: config.frameBytesMax, choose })
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const path = request.url?.split('?', 1)[0]
    if (path !== SOCKET_PATH) refuse(stream, 'not_found', `sockets are at ${SOCKET_PATH}`)
    else if (!this.#config.roles.includes('gateway')) refuse(stream, 'unavailable', 'this node takes no clients')
    else if (this.isolated) refuse(stream, 'unavailable', 'this node is cut off from the others')
    else if (this.draining) refuse(stream, 'unavailable', 'this node is draining')
    else if (this.#sessions.size >= this.#config.socketsMax)
      refuse(stream, 'unavailable', 'this node has all the sockets it takes')
    else this.#server.upgrade(request, stream, head, (socket, name) => this.#attach(request, socket, name))
  }

  empty(): Promise<void> {
    return this.#server.empty()
  }

  terminate(): void {
    this.#server.terminate()
  }

  /** Refusals that a browser page has to understand come as close codes, since it cannot see a status. */
  #attach(request: IncomingMessage, socket: Socket, subprotocol: string): SocketEvents {
    if (!isAdmitted(request.headers, this.#config)) return turnedAway(socket, CLOSE.forbiddenOrigin, 'origin')
    const codec = subprotocol === '' ? jsonCodec : codecOf(subprotocol)
    if (codec !== undefined) return this.#sessions.start(socket, codec)
    const otherVersion = /^parley\.v\d+\./.test(subprotocol)
    return turnedAway(socket, otherVersion ? CLOSE.unsupportedVersion : CLOSE.badProtocol, 'subprotocol')
  }
}

/** Resolves with `done`, or after `ms`. */
async function within(clock: Clock, ms: number, done: Promise<void>): Promise<void> {
  let cancel: Cancel | undefined
  const late = new Promise<void>((resolve) => {
    cancel = clock.setTimer(ms, resolve)
  })
  await Promise.race([done, late])
  cancel?.()
}

/** The first offered subprotocol that is spoken here; if none is, the first of all, to close with a code that tells. */
function choose(offered: ReadonlySet<string>): string {
  let first = ''
  for (const name of offered) {
    if (codecOf(name) !== undefined) return name
    if (first === '') first = name
  }
  return first
}

const ignored: SocketEvents = { message() {}, pong() {}, failed() {}, closed() {} }

function turnedAway(socket: Socket, code: CloseCode, reason: string): SocketEvents {
  socket.close(code, reason)
  return ignored
}

function refuse(stream: Duplex, name: 'not_found' | 'unavailable', msg: string): void {
  const { code } = ERRORS[name]
  const body = JSON.stringify(errorBody(reject(name, msg, name === 'unavailable' ? { retryMs: 1000 } : {})))
  const head = `HTTP/1.1 ${code} ${name}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n`
  stream.on('error', () => stream.destroy())
  // A peer that does not close its end must not keep the connection.
  stream.once('finish', () => stream.destroy())
  stream.end(`${head}${name === 'unavailable' ? 'retry-after: 1\r\n' : ''}\r\n${body}`)
}
