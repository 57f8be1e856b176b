import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Authenticator, credsAuthenticator, type NodeConnectionOptions } from '@nats-io/transport-node'
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Metrics } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'

export interface NatsOptions {
  /** `nats://host:port` or `tls://…`, one or more servers of one cluster. The first may carry `user:password@` or `token@`, for all. */
  readonly urls: readonly string[]
  /** Shown by the server's monitoring. */
  readonly name: string
  /** Where answers come; give each set of permissions its own. */
  readonly inboxPrefix?: string
  /** Read again at each connect, so it may be replaced while the process runs. */
  readonly credsFile?: string
  /** `{}` asks for TLS with the system's authorities. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string }
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** For one attempt to connect, up to the server's greeting. */
  readonly connectMs?: number
  /** Bytes that may wait for a slow server, from which on nothing more is sent. */
  readonly pendingBytesMax?: number
}

const WAIT_FIRST_MS = 100
const WAIT_MAX_MS = 2000
const PING_MS = 1000
const PINGS_MAX = 2

/** Waits between attempts: 50 to 100 ms first, doubled up to two seconds, each with half of it random. */
export class Pace {
  #attempts = 0
  waitMs = WAIT_FIRST_MS

  next(): void {
    const most = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** Math.min(this.#attempts++, 10))
    this.waitMs = randomInt(most / 2, most + 1)
  }

  reset(): void {
    this.#attempts = 0
  }
}

/** What the URLs say. */
export interface Servers {
  readonly hosts: readonly string[]
  readonly credentials: { readonly user?: string; readonly pass?: string; readonly token?: string }
  readonly tls: boolean
}

/** AppError `nats.unfit` for URLs that are none. */
export function serversOf(urls: readonly string[]): Servers {
  const parsed = urls.map((url) => {
    const full = url.includes('://') ? url : `nats://${url}`
    const parts = URL.canParse(full) ? new URL(full) : undefined
    if (!parts?.hostname || !['nats:', 'tls:'].includes(parts.protocol)) {
      throw new AppError('nats.unfit', 'a NATS URL looks like nats://host:4222 or tls://host:4222', { retry: 'never' })
    }
    return parts
  })
  const first = parsed[0]
  if (first === undefined) throw new AppError('nats.unfit', 'give at least one NATS URL, as nats://host:4222', { retry: 'never' })
  const user = decodeURIComponent(first.username)
  const pass = decodeURIComponent(first.password)
  return {
    hosts: parsed.map((url) => `${url.hostname}:${url.port || 4222}`),
    credentials: user === '' ? {} : pass === '' ? { token: user } : { user, pass },
    tls: parsed.some((url) => url.protocol === 'tls:'),
  }
}

/** The client's own options. AppError `nats.unfit` when the credentials cannot be read. */
export function connectionOptions(options: NatsOptions, servers: Servers, pace: Pace): NodeConnectionOptions {
  const tls = options.tls ?? (servers.tls ? {} : undefined)
  return {
    servers: [...servers.hosts],
    ...servers.credentials,
    ...(tls === undefined ? {} : { tls: { ...tls } }),
    ...(options.credsFile === undefined ? {} : { authenticator: credentialsOf(options.credsFile, options.log) }),
    ...(options.inboxPrefix === undefined ? {} : { inboxPrefix: options.inboxPrefix }),
    name: options.name,
    noEcho: false,
    noAsyncTraces: true,
    ignoreAuthErrorAbort: true,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => pace.waitMs,
    pingInterval: PING_MS,
    maxPingOut: PINGS_MAX,
    timeout: options.connectMs ?? 2000,
  }
}

/** The file as it is now; as it was, where it cannot be read during a reconnect. */
function credentialsOf(file: string, log: Log): Authenticator {
  let creds = firstRead(file)
  return (nonce) => {
    try {
      creds = readFileSync(file)
    } catch (err) {
      log.warn({ err }, 'the NATS credentials cannot be read: those read before are used')
    }
    return credsAuthenticator(creds)(nonce)
  }
}

function firstRead(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (err) {
    throw new AppError('nats.unfit', `the NATS credentials cannot be read: ${err instanceof Error ? err.message : String(err)}`, {
      retry: 'never',
      cause: err,
    })
  }
}
