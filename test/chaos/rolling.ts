import { setTimeout as pause } from 'node:timers/promises'
import { type RunOptions, type RunResult, runCluster, type Stage } from './run.ts'

const BETWEEN_MS = 3_000
/** Clients come back within the spread that the server asks for; what is lost later is another loss. */
const AFTER_MS = 6_000

export interface Restart {
  readonly node: string
  readonly fromMs: number
  /** The process ended … */
  readonly stoppedMs: number
  /** … and its successor listened. */
  readonly readyMs: number
  /** Clients by how often they lost a connection in this time. */
  readonly reconnects: ReadonlyMap<number, number>
}

/** All nodes restarted in turn, in order, again and again. */
export function runRolling(options: RunOptions): Promise<RunResult<readonly Restart[]>> {
  return runCluster(options, { steady: true, idleCloseMs: 3_600_000, attemptMs: 5_000 }, restartAll)
}

async function restartAll({ options, cluster, crowd }: Stage): Promise<readonly Restart[]> {
  const untilMs = performance.now() + options.minutes * 60_000
  const restarts: Restart[] = []
  do {
    for (const node of cluster.nodes) {
      const fromMs = Date.now()
      await node.stop(300)
      const stoppedMs = Date.now()
      await node.ready()
      const readyMs = Date.now()
      await pause(Math.max(BETWEEN_MS, stoppedMs + AFTER_MS - Date.now()))
      const counts = crowd.sockets.map(({ lostMs }) => lostMs.filter((at) => at >= fromMs && at <= Date.now()).length)
      const reconnects = new Map([...Map.groupBy(counts, (count) => count)].map(([count, list]) => [count, list.length]))
      restarts.push({ node: node.name, fromMs, stoppedMs, readyMs, reconnects })
      options.tell(
        `${node.name} restarted: ${stoppedMs - fromMs} ms to stop, ${readyMs - stoppedMs} ms to listen; ${countsText(reconnects)}`,
      )
    }
  } while (performance.now() < untilMs)
  return restarts
}

/** `80 clients 0 times, 40 clients 1 time`. */
export function countsText(counts: ReadonlyMap<number, number>): string {
  const parts = [...counts].sort((a, b) => a[0] - b[0])
  return parts.map(([times, clients]) => `${clients} clients reconnected ${times} times`).join(', ')
}
