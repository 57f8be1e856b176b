import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Violation, Violations } from '../sim/violations.ts'
import { ChaosCluster } from './chaos-cluster.ts'
import type { NodeExit } from './chaos-node.ts'
import { type Checked, checkHistory } from './client-check.ts'
import { readCommitted } from './committed.ts'
import { Crowd } from './crowd.ts'
import type { FaultKind } from './fault-kinds.ts'
import { History } from './history.ts'
import { checkJournal } from './journal-check.ts'
import { Monitor, type Sample } from './monitor.ts'
import { type Injected, Nemesis } from './nemesis.ts'
import { planFaults } from './plan.ts'
import { heal, settled, until } from './settle.ts'
import { checkTimers } from './timer-check.ts'

const TENANTS = ['acme', 'beta'] as const
const WARM_UP_MS = 3_000
const SILENT_SHARE = 0.1
const TIMER_GRACE_MS = 30_000

export interface RunOptions {
  readonly seed: number
  readonly minutes: number
  readonly nodes: number
  readonly nats: 1 | 3
  readonly users: number
  readonly rate: number
  readonly keep?: boolean
  readonly kinds?: readonly FaultKind[]
  readonly tell: (line: string) => void
}

export interface RunResult {
  readonly history: History
  readonly injected: readonly Injected[]
  readonly exits: readonly NodeExit[]
  readonly samples: readonly Sample[]
  readonly checked: Checked
  /** Journal entries that were compared with the documents. */
  readonly journaled: number
  readonly timers: number
  readonly violations: readonly Violation[]
  readonly violationCount: number
  readonly startedMs: number
  readonly faultsEndedMs: number
  readonly endedMs: number
  /** Logs of nodes and clients; removed where all was well. */
  readonly dir: string
  readonly mongo: string
}

/** A cluster under load and the faults of a seed, then the checks. */
export async function runChaos(options: RunOptions): Promise<RunResult> {
  const { seed, minutes, nodes, nats, users, rate, tell } = options
  const forMs = minutes * 60_000
  const idleCloseMs = Math.max(20_000, Math.min(60_000, forMs / 3))
  const dir = mkdtempSync(join(tmpdir(), 'parley-chaos-'))
  const violations = new Violations(() => performance.now())
  const history = new History(join(dir, 'clients.jsonl'), violations)
  tell(`seed ${seed}; logs in ${dir}`)
  const cluster = await ChaosCluster.start({ nodes, nats, dir, tenants: TENANTS, idleCloseMs })
  const monitor = new Monitor(cluster, violations)
  const crowd = new Crowd({ cluster, history, seed, users, rate, tenants: TENANTS })
  const token = await cluster.token(TENANTS[0], 'stranger')
  const startedMs = Date.now()
  const progress = setInterval(() => tell(progressLine(history, violations)), 10_000)
  try {
    await crowd.start()
    await crowd.openSilent(Math.ceil(users * SILENT_SHARE))
    await pause(WARM_UP_MS)
    const nemesis = new Nemesis({ cluster, sockets: () => crowd.sockets, token }, (line) => {
      if (line.startsWith('Redis')) monitor.redisLost()
      tell(line)
    })
    const later = setTimeout(() => void crowd.openSilent(Math.ceil(users * SILENT_SHARE)), forMs / 3)
    await nemesis.run(planFaults({ seed, forMs, nodes, ...(options.kinds ? { kinds: options.kinds } : {}) }), () => false)
    clearTimeout(later)
    const faultsEndedMs = Date.now()
    tell('the faults are over')
    await heal(cluster)
    await crowd.end()
    await attempt(violations, () => timersFired(history, idleCloseMs))
    await attempt(violations, () => settled(monitor, history))
    tell('checking')
    const data = await readCommitted(cluster.mongo.url, TENANTS)
    const checked = checkHistory(history, data)
    const journaled = await checkJournal(monitor.redis, data, violations)
    const timers = checkTimers(history, data, idleCloseMs)
    const byThemselves = cluster.exits
    return {
      history,
      injected: nemesis.injected,
      exits: byThemselves,
      samples: monitor.samples,
      checked,
      journaled,
      timers,
      violations: violations.all,
      violationCount: violations.count,
      startedMs,
      faultsEndedMs,
      endedMs: Date.now(),
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
  return `${opened.length} conversations; ${of('ok')} ok, ${of('fail')} fail, ${of('unknown')} unknown, ${sends.length - settledCount.length} under way; ${counts.reconnects} reconnects; ${violations.count} violations`
}
