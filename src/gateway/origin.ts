import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback } from '../kernel/loopback.ts'
import { hostName } from './development.ts'

export interface OriginRules {
  readonly origins: readonly string[]
  readonly development: boolean
}

/**
 * Whether a browser page may talk to this server: programs send no `Origin` and pass; a page passes from the server's own
 * host or from a listed origin. In development mode the host must be this machine, whatever a name server says of others.
 */
export function isAdmitted(headers: IncomingHttpHeaders, rules: OriginRules): boolean {
  const host = headers.host
  if (host === undefined) return false
  if (rules.development && !isLoopback(hostName(host))) return false
  const { origin } = headers
  if (origin === undefined || rules.origins.includes(origin)) return true
  if (rules.origins.includes('*')) return !rules.development
  return origin === `http://${host}` || origin === `https://${host}`
}
