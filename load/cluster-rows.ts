import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterOptions } from './cluster-options.ts'
import { type ClusterUnderTest, startBenchRedis, startCluster } from './cluster-under-test.ts'
import type { JobResult } from './job.ts'
import { type Lag, runJob, type Shape, writeBehindLag } from './measure.ts'
import { cpuMs } from './process-stats.ts'
import type { RawServerSetup } from './raw-server.ts'
import { type Server, startBaseline, startParley, startRaw } from './server.ts'

export const PATHS = ['raw ws', 'ws + Redis by hand', 'Parley, journal in Redis'] as const
export type PathName = (typeof PATHS)[number]

/** One server on one core, with its Redis on the same. */
export interface PathRuns {
  readonly few: JobResult[]
  readonly many: JobResult[]
  readonly rate: JobResult[]
  readonly lag: (Lag | undefined)[]
}

const say = (line: string): void => console.error(line)

export async function measurePaths(
  setup: RawServerSetup,
  options: ClusterOptions,
  nodeFlags: readonly string[],
): Promise<Record<PathName, PathRuns>> {
  const none = (): PathRuns => ({ few: [], many: [], rate: [], lag: [] })
  const found = { 'raw ws': none(), 'ws + Redis by hand': none(), 'Parley, journal in Redis': none() }
  for (let round = 1; round <= options.rounds; round++) {
    for (const name of PATHS) {
      say(`${name}, round ${round} of ${options.rounds}`)
      const redis = name === 'raw ws' ? undefined : await startBenchRedis(options.nice)
      const url = redis?.url ?? ''
      const server = await startPath(name, setup, url, nodeFlags)
      try {
        const more = redis === undefined ? {} : { beside: { redis: redis.pid } }
        const run = (shape: Shape) => runJob(server, shape, more)
        // The fixed rate first, on a server that is warm by its own warm-up alone, as a user meets it.
        found[name].rate.push(await run({ ...closed(options, options.sockets), mode: 'rate', perSecond: options.perSecond }))
        found[name].few.push(await run(closed(options, options.socketsFew)))
        found[name].many.push(await run(closed(options, options.sockets)))
        found[name].lag.push(await lagOf(name, server))
      } finally {
        await server.stop()
        await redis?.stop()
      }
    }
  }
  return found
}

/** Documents in LMDB: what is compared is the way of a turn, and the documents come after it. */
function startPath(name: PathName, setup: RawServerSetup, redisUrl: string, nodeFlags: readonly string[]): Promise<Server> {
  if (name === 'raw ws') return startRaw(setup)
  if (name === 'ws + Redis by hand') return startBaseline(setup, redisUrl)
  return startParley({ journal: 'redis', nodeFlags, env: { PARLEY_REDIS_URL: redisUrl } })
}

function lagOf(name: PathName, server: Server): Promise<Lag | undefined> {
  return name === 'Parley, journal in Redis' ? writeBehindLag(server) : Promise.resolve(undefined)
}

function closed({ warmUpMs, measureMs }: ClusterOptions, sockets: number): Shape {
  return { mode: 'closed', sockets, warmUpMs, measureMs }
}

export interface CrossingRuns {
  /** Sockets on the node of their conversations. */
  readonly local: JobResult[]
  /** Sockets on the gateway before it. */
  readonly crossing: JobResult[]
  /** CPU of each process without any load, milliseconds a second; without the documents' server, which catches up. */
  readonly idle: Readonly<Record<string, number>>
}

const IDLE_MS = 5000
const WARM_UP_PER_SECOND = 2000

/** Two nodes with their services on one core; a node with the role of a gateway alone makes all its turns cross. */
export async function measureCrossing(options: ClusterOptions, nodeFlags: readonly string[]): Promise<CrossingRuns> {
  const local: JobResult[] = []
  const crossing: JobResult[] = []
  const cluster = await startCluster({
    nodes: [
      { name: 'owner', roles: 'gateway,actors' },
      { name: 'gateway', roles: 'gateway' },
    ],
    pinned: true,
    nice: options.nice,
    nodeFlags,
  })
  try {
    const [owner, gateway] = cluster.nodes as [Server, Server]
    const shape: Shape = {
      ...closed(options, options.crossingSockets),
      mode: 'rate',
      perSecond: options.crossingPerSecond,
      sparing: options.sparing,
    }
    const { owner: _, ...beside } = cluster.pids
    const run = (sockets: Server) => runJob(owner, shape, { targets: [sockets.target], beside })
    say('both nodes, warming up')
    // At a higher rate: at this one it would take minutes until everything is compiled.
    const warmUp = { ...shape, sparing: false, perSecond: Math.max(WARM_UP_PER_SECOND, options.crossingPerSecond) }
    for (const { target } of [owner, gateway]) await runJob(owner, warmUp, { targets: [target] })
    const idle = await idleCpu(cluster)
    for (let round = 1; round <= options.rounds; round++) {
      say(`turns on their own node and across nodes, round ${round} of ${options.rounds}`)
      local.push(await run(owner))
      crossing.push(await run(gateway))
    }
    return { local, crossing, idle }
  } finally {
    await cluster.stop()
  }
}

async function idleCpu({ nodes, pids, documents }: ClusterUnderTest): Promise<Record<string, number>> {
  for (const node of nodes) await writeBehindLag(node)
  const others = Object.entries(pids).filter(([name]) => name !== documents)
  const before = others.map(([name, pid]) => [name, cpuMs(pid)] as const)
  await sleep(IDLE_MS)
  return Object.fromEntries(before.map(([name, ms]) => [name, ((cpuMs(pids[name] ?? 0) - ms) * 1000) / IDLE_MS]))
}

export const PAIRS = ['one node', 'two nodes', 'two nodes, every turn across'] as const
export type PairName = (typeof PAIRS)[number]

export interface PairRun {
  readonly name: PairName
  readonly run: JobResult
  /** Of all processes but the generator, by name. */
  readonly cpuMs: Readonly<Record<string, number>>
}

/** Whole clusters and their generator on all cores, as the kernel likes it. */
export async function measurePairs(options: ClusterOptions): Promise<readonly PairRun[]> {
  const runs: PairRun[] = []
  for (let round = 1; round <= options.rounds; round++) {
    for (const name of PAIRS) {
      say(`${name}, round ${round} of ${options.rounds}`)
      const second = name === 'two nodes' ? 'gateway,actors' : 'gateway'
      const nodes = [
        { name: 'first', roles: 'gateway,actors' } as const,
        ...(name === 'one node' ? [] : [{ name: 'second', roles: second } as const]),
      ]
      const cluster = await startCluster({ nodes, pinned: false, nice: options.nice })
      try {
        const [first] = cluster.nodes as [Server]
        const { first: pid, ...beside } = cluster.pids
        const targets = cluster.nodes.map((node) => node.target).slice(name === 'two nodes, every turn across' ? 1 : 0)
        const run = await runJob(first, closed(options, options.sockets), { targets, beside })
        runs.push({ name, run, cpuMs: { first: run.serverCpuMs, ...run.besideCpuMs } })
      } finally {
        await cluster.stop()
      }
    }
  }
  return runs
}
