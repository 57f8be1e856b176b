import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ports from which the system serves outgoing connections: one of those could take a port while its server restarts. */
const PORT_MIN = 20_000
const PORT_END = 32_000
const TRIES_MAX = 50

/** A port of 127.0.0.1 on which nobody listens. Somebody may take it before you do: then try again. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = randomInt(PORT_MIN, PORT_END)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port from ${PORT_MIN} to ${PORT_END} in ${TRIES_MAX} tries`)
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve(true)))
  })
}
