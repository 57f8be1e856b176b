import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SUBPROTOCOL_JSON } from '../src/protocol/frames.ts'
import { PinnedProcess, SERVER_CORE } from './pinned-process.ts'
import type { RawServerSetup } from './raw-server.ts'
import type { RedisBaselineSetup } from './redis-baseline.ts'
import type { SketchServerSetup } from './sketch-server.ts'
import type { Target } from './wire-socket.ts'

const main = fileURLToPath(new URL('../src/app/main.ts', import.meta.url))
const rawMain = fileURLToPath(new URL('raw-server.ts', import.meta.url))
const baselineMain = fileURLToPath(new URL('redis-baseline.ts', import.meta.url))
const sketchMain = fileURLToPath(new URL('sketch-server.ts', import.meta.url))
/** Results and data of the bench: within the project, so that the journal meets a real disk and no file system in memory. */
export const RESULTS_DIR = fileURLToPath(new URL('../bench-results/', import.meta.url))

const READY_MS_MAX = 60_000
const STOP_MS_MAX = 20_000
const LISTENING = /http:\/\/127\.0\.0\.1:(\d+)/
const USERS = 200

/** A server under measurement. */
export interface Server {
  readonly target: Target
  readonly process: PinnedProcess
  /** From exec of node to the line that says it listens. */
  readonly startMs: number
  /** Recorded answers: ids are not compared. */
  readonly recorded: boolean
  readonly tokens: readonly string[]
  /** Stops it and removes its data. Throws when it did not end by itself with code 0. */
  stop(): Promise<void>
}

export interface ParleyOptions {
  /** `redis` takes PARLEY_REDIS_URL. */
  readonly journal: 'disk' | 'memory' | 'redis'
  /** Not kept on the server's core. */
  readonly unpinned?: boolean
  /** The program; this checkout's when absent. */
  readonly main?: string
  /** Users to get tokens for; 200 when absent. */
  readonly users?: number
  /** Flags of node before the program. */
  readonly nodeFlags?: readonly string[]
  /** Kept after the stop when given, made and removed when not. */
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Limits out of the way of a bench: the checks stay on, their bounds are high. */
const RAISED_LIMITS = {
  PARLEY_MESSAGES_PER_WINDOW: '1000000000',
  PARLEY_FRAMES_PER_SECOND_MAX: '1000000000',
  PARLEY_IN_FLIGHT_MAX: '65536',
  PARLEY_SOCKETS_MAX: '100000',
} as const

export async function startParley(options: ParleyOptions): Promise<Server> {
  const dataDir = options.dataDir ?? freshDir()
  const server = new PinnedProcess(
    options.unpinned === true ? undefined : SERVER_CORE,
    [...(options.nodeFlags ?? []), options.main ?? main],
    {
      HOST: '127.0.0.1',
      PORT: '0',
      PARLEY_DATA_DIR: dataDir,
      PARLEY_JOURNAL: options.journal,
      PARLEY_LOG_LEVEL: 'warn',
      ...RAISED_LIMITS,
      ...options.env,
    },
  )
  const removeData = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const { port, startMs } = await listening(server)
    const tokens = await Promise.all(Array.from({ length: options.users ?? USERS }, (_, i) => tokenOf(port, `bench-${i}`)))
    return {
      target: targetAt(port),
      process: server,
      startMs,
      recorded: false,
      tokens,
      stop: () => stopped(server).finally(removeData),
    }
  } catch (error) {
    await server.kill()
    removeData()
    throw error
  }
}

export async function startRaw(setup: RawServerSetup): Promise<Server> {
  const server = new PinnedProcess(SERVER_CORE, [rawMain])
  server.feed(JSON.stringify(setup))
  const { port, startMs } = await listening(server)
  const tokens = [setup.token]
  return { target: targetAt(port), process: server, startMs, recorded: true, tokens, stop: () => stopped(server) }
}

/** The sketch, with its journal beside the bench's other data or with none. */
export async function startSketch(setup: RawServerSetup, journal: 'disk' | 'memory'): Promise<Server> {
  const dataDir = freshDir()
  const server = new PinnedProcess(SERVER_CORE, [sketchMain])
  const { transcript, token } = setup
  const given: SketchServerSetup = journal === 'disk' ? { transcript, journal: `${dataDir}/journal` } : { transcript }
  server.feed(JSON.stringify(given))
  const { port, startMs } = await listening(server)
  return {
    target: targetAt(port),
    process: server,
    startMs,
    recorded: false,
    tokens: [token],
    stop: () => stopped(server).finally(() => rmSync(dataDir, { recursive: true, force: true })),
  }
}

/** The hand-written server on `ws` and that Redis. */
export async function startBaseline({ transcript, token }: RawServerSetup, redisUrl: string): Promise<Server> {
  const server = new PinnedProcess(SERVER_CORE, [baselineMain])
  const given: RedisBaselineSetup = { transcript, redisUrl }
  server.feed(JSON.stringify(given))
  const { port, startMs } = await listening(server)
  return { target: targetAt(port), process: server, startMs, recorded: false, tokens: [token], stop: () => stopped(server) }
}

/** A new empty folder for a server's data. */
export function freshDir(): string {
  mkdirSync(RESULTS_DIR, { recursive: true })
  return mkdtempSync(`${RESULTS_DIR}data-`)
}

async function listening(server: PinnedProcess): Promise<{ port: number; startMs: number }> {
  const match = await server.printed(LISTENING, READY_MS_MAX)
  return { port: Number(match[1]), startMs: performance.now() - server.startedMs }
}

async function stopped(server: PinnedProcess): Promise<void> {
  const early = server.hasEnded
  const code = await server.stop(STOP_MS_MAX)
  if (early || code !== 0) {
    throw new Error(
      `the server ${early ? 'had ended before it was stopped' : 'did not stop by itself'}: ${code}\n${server.errorText}`,
    )
  }
}

async function tokenOf(port: number, user: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v2/dev/token?user=${user}`)
  if (!response.ok) throw new Error(`no token for ${user}: ${response.status} ${await response.text()}`)
  const { token } = (await response.json()) as { token: string }
  return token
}

function targetAt(port: number): Target {
  return { host: '127.0.0.1', port, path: '/v1/ws', subprotocol: SUBPROTOCOL_JSON }
}
