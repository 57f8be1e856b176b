import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { findBinary, MISSING } from './binaries.ts'
import { type Service, startService } from './service.ts'
import type { TlsFiles } from './tls.ts'

const PROBE_MS_MAX = 1_000

export interface RedisOptions {
  /** When what was acknowledged is on the disk: each second when absent. */
  readonly appendfsync?: 'everysec' | 'always' | 'no'
  /** As redis-server takes it: `64mb`. Without bound when absent; nothing is ever evicted. */
  readonly maxmemory?: string
  /** Further arguments: `['--cluster-enabled', 'yes']`. */
  readonly extra?: readonly string[]
  readonly tls?: TlsFiles
}

/** A Redis with an append-only file. */
export async function startRedis({ appendfsync = 'everysec', maxmemory, extra = [], tls }: RedisOptions = {}): Promise<Service> {
  const binary = findBinary('redis-server')
  if (binary === undefined) throw new Error(MISSING.redis)
  return startService((port) => ({
    name: 'redis-server',
    binary,
    port,
    url: `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    args: (dir) => [
      ...['--bind', '127.0.0.1', ...(tls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)])],
      ...(tls ? ['--tls-cert-file', tls.cert, '--tls-key-file', tls.key, '--tls-ca-cert-file', tls.ca] : []),
      ...(tls ? ['--tls-auth-clients', 'no'] : []),
      ...['--dir', dir, '--save', '', '--appendonly', 'yes', '--appendfsync', appendfsync],
      ...['--maxmemory-policy', 'noeviction', ...(maxmemory ? ['--maxmemory', maxmemory] : [])],
      ...extra,
    ],
    probe: () => pings(port, tls),
  }))
}

/** False while it loads its file. */
function pings(port: number, tls: TlsFiles | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const address = { host: '127.0.0.1', port }
    const socket: Socket = tls ? connectTls({ ...address, ca: readFileSync(tls.ca) }) : connect(address)
    const done = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.setTimeout(PROBE_MS_MAX, () => done(false))
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')))
    socket.write('PING\r\n')
  })
}
