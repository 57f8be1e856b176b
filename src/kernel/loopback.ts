import { isIP } from 'node:net'

/** Whether nothing but this machine can reach a socket bound to `host`: 127.0.0.0/8, ::1 (in brackets or not), localhost. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))
}
