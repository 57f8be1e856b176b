import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../kernel/rejection.ts'

/** What development mode runs on: loopback only, one tenant, a secret of the server's own. */
export interface Development {
  readonly secret: Uint8Array
  readonly tenant: string
  readonly tokenForMs: number
}

const SECRET_FILE = 'dev-secret'
const SECRET_BYTES = 32
const TOKEN_FOR_MS = 24 * 3_600_000
export const DEVELOPMENT_TENANT = 'demo'

/** The secret kept in the data directory (mode 0600), made at the first start, so that tokens outlive a restart. */
export function developmentMode(dataDir: string): Development {
  return { secret: keptSecret(dataDir), tenant: DEVELOPMENT_TENANT, tokenForMs: TOKEN_FOR_MS }
}

function keptSecret(dataDir: string): Uint8Array {
  const path = join(dataDir, SECRET_FILE)
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(path, randomBytes(SECRET_BYTES), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  const secret = readFileSync(path)
  if (secret.length !== SECRET_BYTES) {
    throw new AppError('gateway.secret', `${path} is not a secret of ${SECRET_BYTES} bytes: remove it to have a new one made`, {
      retry: 'never',
    })
  }
  return secret
}

/** The host name of a `Host` header or an origin's authority, without port. */
export function hostName(authority: string): string {
  const end = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.lastIndexOf(':')
  return (end > 0 ? authority.slice(0, end) : authority).toLowerCase()
}
