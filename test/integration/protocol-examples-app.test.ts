import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { serve } from '../../src/app/serve.ts'
import { loadConfig } from '../../src/config/load.ts'
import { silentLog } from '../../src/kernel/log.ts'
import type { RunningServer } from '../fixtures/gateway-server.ts'
import { runExamples } from './protocol-examples.ts'

/** The whole server on a free port, with its data in a folder of its own. */
async function startApp(): Promise<RunningServer> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-examples-'))
  const loaded = loadConfig({ PARLEY_DATA_DIR: dir })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ name }) => name).join(', '))
  const server = await serve({ ...loaded.config, port: 0 }, silentLog, (error) => {
    throw error
  })
  return {
    host: server.host,
    port: server.port,
    async token(user = 'ada') {
      const answer = await fetch(`http://${server.host}:${server.port}/api/v2/dev/token?user=${user}`)
      return ((await answer.json()) as { token: string }).token
    },
    async stop() {
      await server.stop()
      rmSync(dir, { recursive: true })
    },
  }
}

describe('the whole server runs the examples of docs/PROTOCOL.md', () => {
  runExamples(fileURLToPath(new URL('../../docs/PROTOCOL.md', import.meta.url)), startApp)
})
