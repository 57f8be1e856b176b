import { readArguments } from '../config/arguments.ts'
import { loadConfig } from '../config/load.ts'
import { helpText } from '../config/print.ts'
import { type Problem, problemText } from '../config/problem.ts'
import type { Config } from '../config/schema.ts'
import { AppError } from '../kernel/rejection.ts'
import { maskText } from '../nlu/pii/personal.ts'
import { createLog } from '../telemetry/log.ts'
import { preflight } from './preflight.ts'
import { type Server, serve } from './serve.ts'

const given = readArguments(process.argv.slice(2))
if ('help' in given) {
  console.log(helpText())
  process.exit(0)
}
if ('wrong' in given) {
  console.error(`parley: ${given.wrong}`)
  process.exit(2)
}

const loaded = loadConfig({ ...process.env, ...given.env })
for (const warning of loaded.warnings) console.error(`parley: ${warning}`)
if (!loaded.ok) refuse(loaded.problems)
const problems = await preflight(loaded.config)
if (problems.length > 0) refuse(problems)
await run(loaded.config)

function refuse(wrong: readonly Problem[]): never {
  for (const problem of wrong) console.error(`parley: ${problemText(problem)}`)
  process.exit(2)
}

async function run(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel, node: config.node, mask: maskText })
  const fatal = (error: AppError): void => {
    log.error({ err: error }, 'the disk failed under the journal: ending the process')
    end()
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
    if (server.written) process.exit(0)
    console.error(`parley: not finished within ${config.drainMs} ms; what is unwritten stays in the journal`)
    end()
  }, config.drainMs)
  late.unref()
  try {
    await server.stop()
  } catch (error) {
    console.error(`parley: the stop failed; what is unwritten stays in the journal: ${faultText(error)}`)
    process.exit(1)
  }
  process.exit(0)
}

/**
 * Ends at once, by a signal: an orderly exit would wait for the document store's threads, which may be waiting for the very disk
 * that failed. What was acknowledged is in the journal.
 */
function end(): void {
  process.kill(process.pid, 'SIGKILL')
}

function startFault(error: unknown, config: Config): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `PORT=${config.port}: another process listens there; set PORT to a free one (0 takes any)`
  if (code === 'EACCES' && (error as NodeJS.ErrnoException).syscall === 'listen') {
    return `PORT=${config.port}: this process may not listen there; set PORT to one above 1023 (0 takes any)`
  }
  return faultText(error)
}

/** A stack only for what is our fault: what the operating system refuses says enough by itself. */
function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = error instanceof AppError || typeof (error as NodeJS.ErrnoException).syscall === 'string'
  return isExpected ? error.message : (error.stack ?? error.message)
}

function announce(config: Config, server: Server): void {
  const scheme = config.tlsCert === undefined ? 'http' : 'https'
  const url = `${scheme}://${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`
  const where = dataPlace(config)
  console.log(`Parley listens on ${url}`)
  console.log(`  chat page   ${url}/`)
  console.log(`  WebSocket   ${url.replace('http', 'ws')}/v1/ws`)
  console.log(`  HTTP API    ${url}/api/v2/openapi.json`)
  console.log(`  data        ${where}`)
  if (server.tenants === 0) {
    console.log('  NO TENANT: every token will be refused with 403. Name the tenants to create in PARLEY_TENANTS.')
  }
  if (config.development) {
    console.log(
      '  DEVELOPMENT MODE: anybody on this machine gets a token. Set PARLEY_AUTH_SECRET or PARLEY_AUTH_KEYS for anything else.',
    )
  }
}

function dataPlace(config: Config): string {
  const journal = { disk: config.dataDir, memory: 'memory: nothing survives the process', redis: 'Redis' }[config.journal]
  const documents = config.mongoUrls.length > 0 ? 'MongoDB' : config.journal === 'memory' ? journal : config.dataDir
  return journal === documents ? journal : `${journal}, ${documents}`
}
