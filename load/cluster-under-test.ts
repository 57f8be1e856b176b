import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMongo } from '../test/services/mongo.ts'
import { startNats } from '../test/services/nats.ts'
import { startRedis } from '../test/services/redis.ts'
import type { Service } from '../test/services/service.ts'
import { metricOf } from './measure.ts'
import { canPin, SERVER_CORE } from './pinned-process.ts'
import { prioritize } from './priority.ts'
import { freshDir, type Server, startParley } from './server.ts'

/** One node of a cluster under measurement. */
export interface NodePlan {
  readonly name: string
  readonly roles: 'gateway' | 'gateway,actors'
}

export interface ClusterUnderTest {
  readonly nodes: readonly Server[]
  /** Processes by name: nodes and services. */
  readonly pids: Readonly<Record<string, number>>
  /** Which of them takes the documents, later than the turns. */
  readonly documents: string
  stop(): Promise<void>
}

export interface ClusterPlan {
  readonly nodes: readonly NodePlan[]
  /** All on the server's core; otherwise wherever the kernel puts them. */
  readonly pinned: boolean
  /** Of the services; of the nodes it is this process's. */
  readonly nice?: number | undefined
  readonly nodeFlags?: readonly string[]
}

const SHARDS = 1024
const SHARE_LEAST = 0.8
const SETTLE_MS_MAX = 30_000
const SETTLE_POLL_MS = 100
const SECRET_BYTES = 32
/** No run is long enough for a rewrite of the file to say something about it: it would only hit one row or another. */
const NO_REWRITE = ['--auto-aof-rewrite-percentage', '0']

export async function startBenchRedis(nice: number | undefined): Promise<Service> {
  const redis = await startRedis({ appendfsync: 'everysec', extra: NO_REWRITE })
  pin(redis)
  if (nice !== undefined) prioritize(redis.pid, nice)
  return redis
}

/** NATS, Redis and a MongoDB server with these nodes, once every shard has its owner. */
export async function startCluster({ nodes: plans, pinned, nice, nodeFlags = [] }: ClusterPlan): Promise<ClusterUnderTest> {
  const services = await Promise.all([startNats(), startRedis({ extra: NO_REWRITE }), startMongo()])
  const [nats, redis, mongo] = services
  const nodes: Server[] = []
  const dirs: string[] = []
  const stop = async () => {
    // A stand-in for MongoDB may be minutes behind, and all goes with its services: only a profile takes an orderly end.
    for (const node of nodes) await (nodeFlags.length > 0 ? stopped(node) : node.process.kill())
    await Promise.all(services.map((service) => service.stop()))
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
  }
  try {
    if (pinned) for (const service of services) pin(service)
    if (nice !== undefined) for (const service of services) prioritize(service.pid, nice)
    // Documents come after the turn, and elsewhere where it matters; a stand-in for MongoDB would take a core for itself.
    prioritize(mongo.pid, constants.priority.PRIORITY_LOW)
    const secret = randomBytes(SECRET_BYTES)
    for (const { name, roles } of plans) {
      const dataDir = freshDir()
      dirs.push(dataDir)
      // Each takes the tokens of the others.
      writeFileSync(join(dataDir, 'dev-secret'), secret, { mode: 0o600 })
      const env = {
        PARLEY_NODE: name,
        PARLEY_ROLES: roles,
        PARLEY_NATS_URL: nats.url,
        PARLEY_REDIS_URL: redis.url,
        PARLEY_MONGO_URL: mongo.url,
        // A slow stand-in for MongoDB must not end a closed loop: what it has not taken stays in the journal.
        PARLEY_UNFLUSHED_MAX: '10000000',
      }
      nodes.push(await startParley({ journal: 'redis', unpinned: !pinned, dataDir, env, nodeFlags }))
    }
    await settled(nodes, plans)
    const named = plans.map(({ name }, i) => [name, nodes[i]?.process.pid ?? 0])
    const pids = { ...Object.fromEntries(named), redis: redis.pid, nats: nats.pid, [mongo.kind]: mongo.pid }
    return { nodes, pids, documents: mongo.kind, stop }
  } catch (error) {
    await stop().catch((late: unknown) => console.error(late))
    throw error
  }
}

/** What the documents' server has not taken by the end of the drain stays in the journal. */
async function stopped(node: Server): Promise<void> {
  await node.stop().catch((error: unknown) => console.error(error instanceof Error ? error.message : error))
}

/** All threads of a service on the server's core, also those that it begins later. */
function pin({ name, pid }: Service): void {
  if (!canPin) return
  const { status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', String(SERVER_CORE), String(pid)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} could not be kept on core ${SERVER_CORE}: ${stderr}`)
}

async function settled(nodes: readonly Server[], plans: readonly NodePlan[]): Promise<void> {
  const leastOwned = (SHARE_LEAST * SHARDS) / plans.filter(({ roles }) => roles !== 'gateway').length
  const untilMs = performance.now() + SETTLE_MS_MAX
  for (;;) {
    const owned = await Promise.all(nodes.map((node) => metricOf(node, 'parley_cluster_owned_shards')))
    const members = await Promise.all(nodes.map((node) => metricOf(node, 'parley_cluster_members')))
    const all = owned.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    // Until a node has most of its share, more is on its way to it.
    const shared = plans.every(({ roles }, i) => roles === 'gateway' || (owned[i] ?? 0) >= leastOwned)
    if (all === SHARDS && shared && members.every((count) => count === nodes.length)) return
    if (performance.now() > untilMs) throw new Error(`after ${SETTLE_MS_MAX / 1000} s ${owned.join(' + ')} shards are owned`)
    await sleep(SETTLE_POLL_MS)
  }
}
