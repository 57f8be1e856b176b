import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Violation, Violations } from '../sim/violations.ts'
import { checkActors, readActors } from './actor-check.ts'
import { ChaosCluster } from './chaos-cluster.ts'
import type { NodeExit } from './chaos-node.ts'
import { type Checked, checkHistory } from './client-check.ts'
import { readCommitted } from './committed.ts'
import { Crowd } from './crowd.ts'
import { History } from './history.ts'
import { checkJournal, checkOwners } from './journal-check.ts'
import { Monitor, type Sample } from './monitor.ts'
import { heal, settled, until } from './settle.ts'
import { checkTimers } from './timer-check.ts'

const TENANTS = ['acme', 'beta'] as const
const WARM_UP_MS = 3_000
const TIMER_GRACE_MS = 30_000

export interface RunOptions {
  readonly seed: number
  readonly minutes: number
  readonly nodes: number
  readonly nats: 1 | 3
  readonly users: number
  readonly rate: number
  readonly keep?: boolean
  readonly tell: (line: string) => void
}

/** What a mode sets for its own. */
export interface Setting {
  /** Conversations on different shards that never end, in place of mixed ones. */
  readonly steady: boolean
  /** Of each node, beside what the harness sets. */
  readonly env?: Readonly<Record<string, string>>
  readonly idleCloseMs: number
  /** How long a client waits for an answer before it sends again. */
  readonly attemptMs: number
}

/** A cluster under load, for what a mode does to it. */
export interface Stage {
  readonly options: RunOptions
  readonly cluster: ChaosCluster
  readonly monitor: Monitor
  readonly history: History
  readonly crowd: Crowd
  /** A token for connections that are nobody's. */
  readonly token: string
}

export interface RunResult<T> {
  readonly history: History
  readonly acted: T
  readonly exits: readonly NodeExit[]
  readonly samples: readonly Sample[]
  readonly checked: Checked
  /** Journal entries that were compared with the documents. */
  readonly journaled: number
  readonly timers: number
  /** Conversations of which the actors were asked. */
  readonly actors: number
  readonly violations: readonly Violation[]
  readonly violationCount: number
  readonly startedMs: number
  readonly actedMs: number
  /** Logs of nodes and clients; removed where all was well. */
  readonly dir: string
  readonly mongo: string
}

/** A cluster under load; what the mode does to it; then healing, an orderly end, and the checks. */
export async function runCluster<T>(
  options: RunOptions,
  setting: Setting,
  act: (stage: Stage) => Promise<T>,
): Promise<RunResult<T>> {
  const { seed, nodes, nats, users, rate, tell } = options
  const { steady, env = {}, idleCloseMs, attemptMs } = setting
  const dir = mkdtempSync(join(tmpdir(), 'parley-chaos-'))
  const violations = new Violations(() => performance.now())
  const history = new History(join(dir, 'clients.jsonl'), violations)
  tell(`seed ${seed}; logs in ${dir}`)
  const cluster = await ChaosCluster.start({ nodes, nats, dir, tenants: TENANTS, idleCloseMs, env })
  const monitor = new Monitor(cluster, violations)
  const crowd = new Crowd({ cluster, history, seed, users, rate, tenants: TENANTS, steady, attemptMs })
  const startedMs = Date.now()
  const progress = setInterval(() => tell(progressLine(history, violations)), 10_000)
  try {
    const token = await cluster.token(TENANTS[0], 'stranger')
    await crowd.start()
    await pause(WARM_UP_MS)
    const acted = await act({ options, cluster, monitor, history, crowd, token })
    const actedMs = Date.now()
    tell('ending')
    await heal(cluster)
    await crowd.end()
    await attempt(violations, () => timersFired(history, idleCloseMs))
    await attempt(violations, () => settled(monitor, history))
    const actors = await readActors(cluster, history, TENANTS)
    checkOwners((await monitor.shards()) ?? [], violations)
    await crowd.close()
    await cluster.stopNodes()
    tell('checking')
    const data = await readCommitted(cluster.mongo.url, TENANTS)
    const journaled = await checkJournal(monitor.redis, data, violations)
    return {
      history,
      acted,
      journaled,
      checked: checkHistory(history, data),
      timers: checkTimers(history, data, idleCloseMs),
      actors: checkActors(history, actors, data),
      exits: cluster.exits,
      samples: monitor.samples,
      violations: violations.all,
      violationCount: violations.count,
      startedMs,
      actedMs,
      dir,
      mongo: cluster.mongo.kind,
    }
  } finally {
    clearInterval(progress)
    await crowd.close()
    await monitor.stop()
    if (violations.count > 0) for (const service of cluster.services) service.keepFiles()
    await cluster.stop()
    await history.close()
    if (violations.count === 0 && options.keep !== true) rmSync(dir, { recursive: true, force: true })
  }
}

/** What does not come true in time is a violation, and the checks go on. */
async function attempt(violations: Violations, wait: () => Promise<void>): Promise<void> {
  try {
    await wait()
  } catch (error) {
    violations.add('settled', error instanceof Error ? error.message : String(error))
  }
}

/** Those who say nothing are closed by their timers, late perhaps. */
async function timersFired(history: History, idleCloseMs: number): Promise<void> {
  const silent = history.opened.filter((one) => one.silent)
  const lastMs = Math.max(0, ...silent.map(({ openedMs }) => openedMs))
  const leftMs = Math.max(0, lastMs + idleCloseMs - Date.now())
  const cids = new Set(silent.map(({ cid }) => cid))
  const streams = history.streams.filter(({ cid }) => cids.has(cid))
  // Opened with one message; closing adds at least the state.
  await until('every silent conversation was closed by its timer', leftMs + TIMER_GRACE_MS, async () =>
    streams.every(({ keys }) => keys.length > 1),
  )
}

function progressLine({ sends, counts, opened }: History, violations: Violations): string {
  const settledCount = sends.filter(({ outcome }) => outcome !== undefined)
  const of = (wanted: string): number => settledCount.filter(({ outcome }) => outcome === wanted).length
  return `${opened.length} conversations; ${of('ok')} ok, ${of('fail')} fail, ${of('unknown')} unknown, ${sends.length - settledCount.length} under way; ${counts.reconnects} reconnects; ${violations.count} violations${violations.count > 0 ? `, the last: ${violations.all.at(-1)?.what.slice(0, 200)}` : ''}`
}
