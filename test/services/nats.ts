import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBinary, MISSING } from './binaries.ts'
import { freePort } from './free-port.ts'
import { type Service, ServiceProcess, type ServiceSetup, startService } from './service.ts'
import type { TlsFiles } from './tls.ts'

const PROBE_MS_MAX = 1_000
const CLUSTER_TRIES_MAX = 3

export interface NatsOptions {
  /** On unless false. */
  readonly jetstream?: boolean
  /** Servers, one when absent. */
  readonly cluster?: 1 | 3
  /** Of `natsBinaries`; the newest when absent. */
  readonly binary?: string
  /** Appended to the configuration file. */
  readonly config?: string
  readonly tls?: TlsFiles
}

/** One server, or three that are dealt with as one: `url` lists all, `pid`, `port`, `dir` and `log` are the first one's. */
export interface NatsService extends Service {
  /** Each by itself. */
  readonly servers: readonly Service[]
}

/** NATS; with JetStream it answers only once that is ready, in a cluster once there is a leader. */
export async function startNats(options: NatsOptions = {}): Promise<NatsService> {
  const binary = options.binary ?? findBinary('nats-server')
  if (binary === undefined) throw new Error(MISSING.nats)
  const { cluster = 1 } = options
  if (cluster === 1) {
    const monitor = await freePort()
    const server = await startService((port) => setup(options, binary, { index: 0, port, monitor }, []))
    return Object.assign(server, { servers: [server] })
  }
  for (let tries = 1; ; tries++) {
    const members = await startMembers(options, binary, cluster)
    try {
      await Promise.all(members.map((member) => member.answers()))
      return asOne(members)
    } catch (error) {
      if (tries === CLUSTER_TRIES_MAX) for (const member of members) member.keepFiles()
      await Promise.all(members.map((member) => member.stop()))
      if (tries === CLUSTER_TRIES_MAX) throw error
    }
  }
}

interface Place {
  readonly index: number
  readonly port: number
  readonly monitor: number
  readonly route?: number
}

async function startMembers(options: NatsOptions, binary: string, count: number): Promise<readonly ServiceProcess[]> {
  const places: Required<Place>[] = []
  for (let index = 0; index < count; index++) {
    places.push({ index, port: await freePort(), monitor: await freePort(), route: await freePort() })
  }
  const routes = places.map(({ route }) => `nats://127.0.0.1:${route}`)
  return places.map((place) => new ServiceProcess(setup(options, binary, place, routes)))
}

function setup(options: NatsOptions, binary: string, place: Place, routes: readonly string[]): ServiceSetup {
  const { port, monitor } = place
  return {
    name: 'nats-server',
    binary,
    port,
    url: `${options.tls ? 'tls' : 'nats'}://127.0.0.1:${port}`,
    args: (dir) => {
      const file = join(dir, 'nats.conf')
      writeFileSync(file, configuration(options, place, routes, dir))
      return ['--config', file]
    },
    probe: () => isHealthy(monitor),
  }
}

function configuration(options: NatsOptions, place: Place, routes: readonly string[], dir: string): string {
  const { jetstream = true, tls, config = '' } = options
  const lines = [
    `server_name: n${place.index + 1}`,
    `listen: "127.0.0.1:${place.port}"`,
    `http: "127.0.0.1:${place.monitor}"`,
    'max_connections: 1000',
  ]
  if (jetstream) lines.push(`jetstream { store_dir: ${JSON.stringify(join(dir, 'jetstream'))} }`)
  if (place.route !== undefined) {
    lines.push(`cluster { name: parley, listen: "127.0.0.1:${place.route}", routes: ${JSON.stringify(routes)} }`)
  }
  if (tls) lines.push(`tls { cert_file: ${JSON.stringify(tls.cert)}, key_file: ${JSON.stringify(tls.key)} }`)
  return `${[...lines, config].join('\n')}\n`
}

async function isHealthy(monitor: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${monitor}/healthz`, { signal: AbortSignal.timeout(PROBE_MS_MAX) })
  await answer.body?.cancel()
  return answer.ok
}

/** Each verb goes to all of them. */
function asOne(servers: readonly ServiceProcess[]): NatsService {
  const [first] = servers
  if (first === undefined) throw new RangeError('a cluster has servers')
  const all = async (verb: (server: ServiceProcess) => Promise<void>): Promise<void> => {
    await Promise.all(servers.map(verb))
  }
  return {
    servers,
    name: first.name,
    url: servers.map(({ url }) => url).join(','),
    port: first.port,
    dir: first.dir,
    log: first.log,
    get pid() {
      return first.pid
    },
    get isRunning() {
      return servers.every(({ isRunning }) => isRunning)
    },
    kill: () => all((server) => server.kill()),
    freeze: () => servers.forEach((server) => void server.freeze()),
    thaw: () => servers.forEach((server) => void server.thaw()),
    restart: () => all((server) => server.restart()),
    stop: () => all((server) => server.stop()),
    keepFiles: () => servers.forEach((server) => void server.keepFiles()),
  }
}
