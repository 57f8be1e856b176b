import { AppError } from '../../kernel/rejection.ts'
import type { Endpoint } from './connection.ts'

const PORT = 6379

/** `redis://[user:password@]host[:port]`, with TLS `rediss://…`. AppError `storage.config` for anything else; never tells the password. */
export function endpointOf(url: string, ca: string | undefined): Endpoint {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isTls = parsed?.protocol === 'rediss:'
  if (parsed === undefined || (!isTls && parsed.protocol !== 'redis:') || parsed.hostname === '')
    throw wrong('an address of Redis is not redis://[user:password@]host[:port] (rediss:// with TLS)')
  if (!['', '/', '/0'].includes(parsed.pathname)) throw wrong('the journal lives in database 0 of Redis: leave the path out')
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? PORT : Number(parsed.port),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    isTls,
    ca,
  }
}

const wrong = (msg: string): AppError => new AppError('storage.config', msg, { retry: 'never' })
