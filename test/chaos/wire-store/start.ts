import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Service, startService } from '../../services/service.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const PROBE_MS_MAX = 1_000

/** The document server of our own, as a process that can be killed, frozen and started again on its data. */
export async function startWireStore(): Promise<Service & { readonly kind: 'own' }> {
  const service = await startService((port) => ({
    name: 'wire-store',
    binary: process.execPath,
    port,
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    args: (dir) => ['--disable-warning=ExperimentalWarning', main, '--port', String(port), '--file', join(dir, 'documents.bson')],
    probe: () => listens(port),
  }))
  return Object.assign(service, { kind: 'own' as const })
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const done = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.setTimeout(PROBE_MS_MAX, () => done(false))
    socket.once('error', () => done(false))
    socket.once('connect', () => done(true))
  })
}
