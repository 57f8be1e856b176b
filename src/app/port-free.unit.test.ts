import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { portFree } from './port-free.ts'

it('resolves for a port that nobody listens on, and leaves it free', async () => {
  const host = '127.0.0.1'
  const other = createServer()
  await new Promise<void>((resolve) => other.listen({ host, port: 0 }, resolve))
  const { port } = other.address() as AddressInfo
  await expect(portFree({ host, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await new Promise((resolve) => other.close(resolve))
  await portFree({ host, port })
  await portFree({ host, port })
})
