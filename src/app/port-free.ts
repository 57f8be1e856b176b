import { createServer } from 'node:net'

/** Rejects as listening there would, with EADDRINUSE where another process does; resolves when the port is free again. */
export function portFree({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host, port }, () => probe.close(() => resolve()))
  })
}
