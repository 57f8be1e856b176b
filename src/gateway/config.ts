/** What the gateway is told. Every bound is held with the behaviour stated beside it. */
export interface GatewayConfig {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  /**
   * Files of a certificate chain and of its key, both PEM: with them the port speaks https and wss, and nothing else. One without the
   * other is refused. Renewed files are taken without a restart.
   */
  readonly tlsCert?: string | undefined
  readonly tlsKey?: string | undefined
  /** Bytes of one client frame; above it the socket closes with 1009. */
  readonly frameBytesMax: number
  /** Characters of one text; above it 413. */
  readonly textCharsMax: number
  /** Messages per conversation and window, whoever sends them; above it 429 with `retryMs`. */
  readonly messagesPerWindow: number
  readonly windowMs: number
  /** Frames a second from one socket, and the burst; above it 429, at twice that 4101. */
  readonly framesPerSecondMax: number
  /** Frames of one socket that wait for their answer; above it `flow` pause and 429. */
  readonly inFlightMax: number
  /** Bytes waiting for one socket: over half of it ephemeral frames are dropped, over all of it 4103. */
  readonly outboxBytesMax: number
  /** Conversations that one socket follows; above it 429. */
  readonly conversationsMax: number
  /** From the handshake to a `hello`; later 4006. */
  readonly helloTimeoutMs: number
  /** Silence after which the server pings, and how long it waits for a sign of life; later 4102. */
  readonly pingEveryMs: number
  readonly pingTimeoutMs: number
  /** Open sockets; above it the upgrade is answered 503. */
  readonly socketsMax: number
  /** Origins of pages, besides the server's own, that may connect (`https://app.example`); `*` admits any. */
  readonly origins: readonly string[]
  /** Over how long clients spread their return after a drain. */
  readonly byeSpreadMs: number
  /** How old a message may get before its turn starts; later it is refused with `deadline`. */
  readonly turnDeadlineMs: number
  /** Bytes of one HTTP request body; above it 413. */
  readonly httpBodyBytesMax: number
  /** Loopback only, with a secret of the server's own and a path that hands out tokens. */
  readonly development: boolean
  /** The folder with the client library and, in `page/`, the chat page. */
  readonly clientDir: string
  /** Used where neither `conv.open` nor `hello` names one. */
  readonly defaultLocale: string
  readonly defaultTz: string
  /** What this node does: without `gateway` it takes no sockets and no chat over HTTP, but tells how it is. */
  readonly roles: readonly string[]
}

export const GATEWAY_DEFAULTS = {
  host: '127.0.0.1',
  port: 8080,
  frameBytesMax: 32_768,
  textCharsMax: 8000,
  messagesPerWindow: 20,
  windowMs: 10_000,
  framesPerSecondMax: 200,
  inFlightMax: 64,
  outboxBytesMax: 1_048_576,
  conversationsMax: 64,
  helloTimeoutMs: 5000,
  pingEveryMs: 25_000,
  pingTimeoutMs: 20_000,
  socketsMax: 20_000,
  origins: [],
  byeSpreadMs: 5000,
  turnDeadlineMs: 10_000,
  httpBodyBytesMax: 65_536,
  development: false,
  clientDir: 'client',
  defaultLocale: 'en',
  defaultTz: 'UTC',
  roles: ['gateway', 'actors'],
} as const satisfies GatewayConfig
