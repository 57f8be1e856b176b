import { readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { SeededRandom } from '../sim/random.ts'
import type { ChaosCluster } from './chaos-cluster.ts'
import type { ChaosNode, ServiceName } from './chaos-node.ts'
import type { ChaosSocket } from './chaos-socket.ts'
import type { Fault, FaultKind } from './fault-kinds.ts'
import { sendGarbage, storm } from './hostile-clients.ts'

export interface Scene {
  readonly cluster: ChaosCluster
  /** Those that are connected now, or try to be. */
  readonly sockets: () => readonly ChaosSocket[]
  readonly token: string
}

type Injection = (scene: Scene, fault: Fault) => Promise<void>

/** Injects the fault, waits as long as it lasts, and takes it back; resolves when what was stopped runs again. */
export function inject(scene: Scene, fault: Fault): Promise<void> {
  return INJECTIONS[fault.kind](scene, fault)
}

const INJECTIONS: Readonly<Record<FaultKind, Injection>> = {
  'node killed': (scene, fault) => killed([nodeOf(scene, fault)], fault.lastsMs),
  'two nodes killed': ({ cluster }, { node = 0, lastsMs }) => {
    const { nodes } = cluster
    return killed(
      [...new Set([nodes[node], nodes[(node + 1) % nodes.length]])].flatMap((one) => one ?? []),
      lastsMs,
    )
  },
  'all nodes killed': ({ cluster }, { lastsMs }) => killed(cluster.nodes, lastsMs),
  'node in a crash loop': async (scene, fault) => {
    const node = nodeOf(scene, fault)
    for (let i = 0; i < (fault.amount ?? 1); i++) {
      await killed([node], 100)
      await pause(fault.lastsMs)
    }
  },
  'node frozen': async (scene, fault) => {
    const node = nodeOf(scene, fault)
    node.freeze()
    await pause(fault.lastsMs)
    node.thaw()
  },
  'node restarted': async (scene, fault) => {
    const node = nodeOf(scene, fault)
    await node.stop(fault.lastsMs)
    await node.ready()
  },
  'rolling restart': async ({ cluster }, { lastsMs }) => {
    for (const node of cluster.nodes) {
      await node.stop(lastsMs)
      await node.ready()
    }
  },
  'node away (3 to 2 to 3)': async (scene, fault) => {
    const node = nodeOf(scene, fault)
    await node.stop(Number.POSITIVE_INFINITY)
    await pause(fault.lastsMs)
    node.start()
    await node.ready()
  },
  'cut from NATS': linkCut,
  'cut from Redis': linkCut,
  'cut from MongoDB': linkCut,
  'cut one way': linkCut,
  'link reset': async (scene, fault) => linkOf(scene, fault).reset(),
  'slow link': (scene, fault) => linkChanged(scene, fault, (link) => link.slow(fault.amount ?? 100)),
  'narrow link': (scene, fault) => linkChanged(scene, fault, (link) => link.narrow(fault.amount ?? 100_000)),
  'NATS killed': async ({ cluster }, { lastsMs, amount = 0 }) => {
    const { servers } = cluster.nats
    const server = servers[amount % servers.length]
    await server?.kill()
    await pause(lastsMs)
    await server?.restart()
  },
  'NATS frozen': ({ cluster }, { lastsMs }) => frozen(cluster.nats, lastsMs),
  'Redis killed': async ({ cluster: { redis } }, { lastsMs }) => {
    await redis.kill()
    await pause(lastsMs)
    await redis.restart()
  },
  'Redis frozen': ({ cluster }, { lastsMs }) => frozen(cluster.redis, lastsMs),
  'Redis log cut': async ({ cluster: { redis } }, { lastsMs, amount = 0 }) => {
    await redis.kill()
    cutTail(join(redis.dir, 'appendonlydir'), amount)
    await pause(lastsMs)
    await redis.restart()
  },
  'Redis scripts flushed': (scene) => withRedis(scene, (redis) => redis.script('FLUSH')),
  'Redis connections closed': (scene) =>
    withRedis(scene, (redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')),
  'Redis full': async (scene, { lastsMs }) => {
    await withRedis(scene, (redis) => redis.config('SET', 'maxmemory', '1mb'))
    await pause(lastsMs)
    await withRedis(scene, (redis) => redis.config('SET', 'maxmemory', '0'))
  },
  'MongoDB killed': mongoKilled,
  'MongoDB down for long': mongoKilled,
  'MongoDB frozen': ({ cluster }, { lastsMs }) => frozen(cluster.mongo, lastsMs),
  'clock of a node moved': async ({ cluster }, { lastsMs, amount = 0 }) => {
    const nodes = cluster.nodes.filter((node) => node.hasClock)
    for (const node of nodes) node.setClock(amount)
    await pause(lastsMs)
    for (const node of nodes) node.setClock(0)
  },
  'all clients reconnect': async ({ cluster, sockets, token }, { amount = 100 }) => {
    for (const socket of sockets()) socket.drop()
    await storm(cluster.nodes, token, amount)
  },
  'clients stop reading': async ({ sockets }, { lastsMs, amount = 10 }) => {
    const all = sockets()
    const some = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / amount)) === 0)
    for (const socket of some) socket.pauseReading()
    await pause(lastsMs)
    for (const socket of some) socket.resumeReading()
  },
  'invalid frames': (scene, fault) => sendGarbage(nodeOf(scene, fault).port, scene.token, new SeededRandom(fault.amount ?? 0)),
}

async function killed(nodes: readonly ChaosNode[], downMs: number): Promise<void> {
  await Promise.all(nodes.map((node) => node.kill(downMs)))
  await Promise.all(nodes.map((node) => node.ready()))
}

async function linkCut(scene: Scene, fault: Fault): Promise<void> {
  await linkChanged(scene, fault, (link) => link.cut(fault.direction ?? 'both'))
}

async function linkChanged(scene: Scene, fault: Fault, change: (link: ReturnType<typeof linkOf>) => void): Promise<void> {
  const link = linkOf(scene, fault)
  change(link)
  await pause(fault.lastsMs)
  link.heal()
}

async function frozen(service: { freeze(): void; thaw(): void }, ms: number): Promise<void> {
  service.freeze()
  await pause(ms)
  service.thaw()
}

async function mongoKilled({ cluster: { mongo } }: Scene, { lastsMs }: Fault): Promise<void> {
  await mongo.kill()
  await pause(lastsMs)
  await mongo.restart()
}

/** What the engine had acknowledged last is gone when it starts again. */
function cutTail(dir: string, bytes: number): void {
  const newest = readdirSync(dir)
    .filter((name) => name.endsWith('.incr.aof'))
    .sort()
    .at(-1)
  if (newest === undefined) throw new Error(`no append-only file in ${dir}`)
  const file = join(dir, newest)
  truncateSync(file, Math.max(0, statSync(file).size - bytes))
}

async function withRedis(scene: Scene, use: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(scene.cluster.redis.port, '127.0.0.1')
  try {
    await use(redis)
  } finally {
    redis.disconnect()
  }
}

function nodeOf({ cluster }: Scene, { node = 0 }: Fault): ChaosNode {
  const found = cluster.nodes[node]
  if (found === undefined) throw new RangeError(`there is no node ${node}`)
  return found
}

function linkOf(scene: Scene, fault: Fault) {
  return nodeOf(scene, fault).links[fault.service as ServiceName]
}
