import { isIP } from 'node:net'
import { isLoopback } from '../kernel/loopback.ts'

const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

export function isHost(value: string): boolean {
  return value.length <= 253 && (isIP(value) !== 0 || HOST_NAME.test(value))
}

/** Upper case ISO 3166 alpha-2, nothing for nothing, or `undefined` when there is no such country. */
export function asCountry(value: string): string | undefined {
  if (value === '') return ''
  const code = value.toUpperCase()
  return /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined ? code : undefined
}

/** `scheme://host[:port]` exactly as a browser sends it, or `*`. */
export function isOrigin(value: string): boolean {
  if (value === '*') return true
  const url = URL.parse(value)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === value
}

/** A file's path, or an https URL; http only to this machine. */
export function isKeySource(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(value)) return true
  const url = URL.parse(value)
  if (url === null) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
