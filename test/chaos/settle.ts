import { setTimeout as pause } from 'node:timers/promises'
import type { ChaosCluster } from './chaos-cluster.ts'
import type { History } from './history.ts'
import { unflushed } from './journal-check.ts'
import type { Monitor } from './monitor.ts'

const LOOK_MS = 100
const READY_MS_MAX = 60_000
const FLUSHED_MS_MAX = 120_000
const QUIET_MS = 1_500
const QUIET_MS_MAX = 30_000

/** Everything that a fault could have left behind is taken back; resolves when every node says that it is ready. */
export async function heal(cluster: ChaosCluster): Promise<void> {
  for (const service of cluster.services) service.thaw()
  for (const service of [...cluster.nats.servers, cluster.redis, cluster.mongo]) if (!service.isRunning) await service.restart()
  for (const node of cluster.nodes) {
    for (const link of Object.values(node.links)) link.heal()
    node.setClock(0)
    node.thaw()
    node.start()
  }
  for (const node of cluster.nodes) await until(`${node.name} is ready`, READY_MS_MAX, () => answersReady(node.port))
}

/** Resolves when everything is in the documents and nothing more is on its way to a client. */
export async function settled(monitor: Monitor, history: History): Promise<void> {
  await until('the journal is in the documents', FLUSHED_MS_MAX, async () => {
    const shards = await monitor.shards()
    return shards !== undefined && unflushed(shards) === 0
  })
  let frames = -1
  let sinceMs = performance.now()
  await until('clients get nothing more', QUIET_MS_MAX, async () => {
    if (history.counts.frames !== frames) sinceMs = performance.now()
    frames = history.counts.frames
    return performance.now() - sinceMs > QUIET_MS
  })
}

async function answersReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(1_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false // not yet
  }
}

/** Rejects with what was waited for. */
export async function until(what: string, msMax: number, is: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + msMax
  while (!(await is())) {
    if (performance.now() > endMs) throw new Error(`not within ${msMax} ms: ${what}`)
    await pause(LOOK_MS)
  }
}
