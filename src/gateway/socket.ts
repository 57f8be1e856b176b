import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Encoded } from '../protocol/codec.ts'
import type { CloseCode } from '../protocol/codes.ts'

/** One connected WebSocket, whichever library carries it. Nothing here throws, also when the peer is gone. */
export interface Socket {
  /** Bytes handed to `send` that the kernel has not taken yet. */
  readonly bufferedBytes: number
  /** Set for a client that takes several envelopes in one array: joins what a tick sends into one message. */
  join: ((messages: readonly Encoded[]) => Encoded) | undefined
  /** Queues one message: text when a string, binary otherwise. All messages of a tick leave in one write, in order. */
  send(message: Encoded): void
  /** RFC 6455 ping; `pong` of the events answers. */
  ping(): void
  /** What was sent before still leaves. The peer has `CLOSE_GRACE_MS` to answer, then the connection is cut. */
  close(code: CloseCode, reason: string): void
  /** Cuts the connection at once. */
  terminate(): void
}

export const CLOSE_GRACE_MS = 2000

/** What a socket tells its session, in order; `closed` is the last and comes exactly once. */
export interface SocketEvents {
  message(data: Buffer, binary: boolean): void
  pong(): void
  /** The peer broke the framing or the connection broke, by the library's code; `closed` follows. */
  failed(code: string): void
  closed(): void
}

export interface SocketServerOptions {
  /** Bytes of one message; above it the socket closes with 1009. */
  readonly frameBytesMax: number
  /** Chooses the subprotocol from what the client offered, in its order; it offered at least one. */
  choose(offered: ReadonlySet<string>): string
}

/** Turns upgrade requests of an HTTP server into sockets. */
export interface SocketServer {
  /** `attach` is called once, before any message, when the upgrade is well formed; a malformed one is answered and dropped. */
  upgrade(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    attach: (socket: Socket, subprotocol: string) => SocketEvents,
  ): void
  /** Resolves when no connection is left, those with a closing handshake under way counted. */
  empty(): Promise<void>
  /** Cuts every connection that is left, also those with a closing handshake under way. */
  terminate(): void
}

export type SocketServerFactory = (options: SocketServerOptions) => SocketServer
