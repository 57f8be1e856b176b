import { loadConfig, problemText } from '../config/load.ts'
import { helpText } from '../config/print.ts'
import type { Config } from '../config/schema.ts'
import { AppError } from '../kernel/rejection.ts'
import { createLog } from '../telemetry/log.ts'
import { type Server, serve } from './serve.ts'

const [argument] = process.argv.slice(2)
if (argument === '--help' || argument === '-h') {
  console.log(helpText())
  process.exit(0)
}
if (argument !== undefined) {
  console.error(`parley: unknown argument ${JSON.stringify(argument)}; options are environment variables, see --help`)
  process.exit(2)
}

const loaded = loadConfig(process.env)
for (const warning of loaded.warnings) console.error(`parley: ${warning}`)
if (!loaded.ok) {
  for (const problem of loaded.problems) console.error(`parley: ${problemText(problem)}`)
  process.exit(2)
}
await run(loaded.config)

async function run(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel, node: config.node })
  const fatal = (error: AppError): void => {
    log.error({ err: error }, 'the disk failed under the journal: ending the process')
    process.exit(70)
  }
  let server: Server
  try {
    server = await serve(config, log, fatal)
  } catch (error) {
    console.error(`parley: ${startFault(error, config)}`)
    process.exit(1)
  }
  process.once('SIGTERM', () => void stop(server, config))
  process.once('SIGINT', () => void stop(server, config))
  announce(config, server)
}

async function stop(server: Server, config: Config): Promise<void> {
  const late = setTimeout(() => {
    console.error(`parley: not finished within ${config.drainMs} ms; what is unwritten stays in the journal`)
    process.exit(1)
  }, config.drainMs)
  late.unref()
  await server.stop()
  process.exit(0)
}

function startFault(error: unknown, config: Config): string {
  if (error instanceof AppError) return error.message
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `PORT=${config.port}: another process listens there; set PORT to a free one (0 takes any)`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function announce(config: Config, server: Server): void {
  const url = `http://${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`
  const where = config.journal === 'disk' ? config.dataDir : 'memory: nothing survives the process'
  console.log(`Parley listens on ${url}`)
  console.log(`  chat page   ${url}/`)
  console.log(`  WebSocket   ${url.replace('http', 'ws')}/v1/ws`)
  console.log(`  HTTP API    ${url}/api/v2/openapi.json`)
  console.log(`  data        ${where}`)
  if (config.development) {
    console.log(
      '  DEVELOPMENT MODE: anybody on this machine gets a token. Set PARLEY_AUTH_SECRET or PARLEY_AUTH_KEYS for anything else.',
    )
  }
}
