import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { BenchOptions } from './bench-options.ts'
import type { HttpJob, HttpResult } from './http-run.ts'
import type { Job, JobResult } from './job.ts'
import { GENERATOR_CORE, PinnedProcess } from './pinned-process.ts'
import type { Server } from './server.ts'

const generator = fileURLToPath(new URL('generator.ts', import.meta.url))
const httpGenerator = fileURLToPath(new URL('http-run.ts', import.meta.url))

/** How far the documents were behind the journal when the load stopped. */
export interface Lag {
  readonly entries: number
  /** Until none was left; 30,000 when some still were. */
  readonly drainedMs: number
}

const LAG_MS_MAX = 30_000
const LAG_POLL_MS = 50

export type Shape = Pick<Job, 'mode' | 'sockets' | 'warmUpMs' | 'measureMs' | 'perSecond' | 'sparing'>

/** The jobs of a bench, by what they measure. */
export const JOBS = {
  few: (options: BenchOptions): Shape => ({
    mode: 'closed',
    sockets: options.socketsFew,
    warmUpMs: options.warmUpMs,
    measureMs: options.measureMs,
  }),
  many: (options: BenchOptions): Shape => ({
    mode: 'closed',
    sockets: options.sockets,
    warmUpMs: options.warmUpMs,
    measureMs: options.measureMs,
  }),
  rate: (options: BenchOptions): Shape => ({
    mode: 'rate',
    sockets: options.sockets,
    warmUpMs: options.rateWarmUpMs,
    measureMs: options.rateMeasureMs,
    perSecond: options.perSecond,
  }),
  cold: (options: BenchOptions): Shape => ({
    mode: 'cold',
    sockets: options.coldLanes,
    warmUpMs: options.warmUpMs,
    measureMs: options.measureMs,
  }),
  held: (options: BenchOptions): Shape => ({ mode: 'hold', sockets: options.held, warmUpMs: 0, measureMs: 0 }),
} as const

/** `more` is for loads of several servers. */
export function runJob(server: Server, shape: Shape, more: Pick<Job, 'targets' | 'beside'> = {}): Promise<JobResult> {
  const job: Job = {
    ...shape,
    ...more,
    target: server.target,
    tokens: server.tokens,
    recorded: server.recorded,
    serverPid: server.process.pid,
  }
  return runIn<JobResult>(generator, job)
}

export function runHttpJob(server: Server, options: BenchOptions): Promise<HttpResult> {
  const job: HttpJob = {
    port: server.target.port,
    token: server.tokens[0] ?? '',
    connections: options.httpConnections,
    warmUpMs: options.warmUpMs,
    measureMs: options.measureMs,
    serverPid: server.process.pid,
  }
  return runIn<HttpResult>(httpGenerator, job)
}

async function runIn<R>(program: string, job: Job | HttpJob): Promise<R> {
  const child = new PinnedProcess(GENERATOR_CORE, [program])
  child.feed(JSON.stringify(job))
  return JSON.parse(await child.finished()) as R
}

/** Waits until everything journaled is in the documents too. Undefined where the server does not tell. */
export async function writeBehindLag(server: Server): Promise<Lag | undefined> {
  const beginMs = performance.now()
  const entries = await metricOf(server, 'parley_write_behind_entries')
  if (entries === undefined) return undefined
  let left: number | undefined = entries
  while (left !== 0 && performance.now() - beginMs < LAG_MS_MAX) {
    await sleep(LAG_POLL_MS)
    left = await metricOf(server, 'parley_write_behind_entries')
  }
  return { entries, drainedMs: left === 0 ? performance.now() - beginMs : LAG_MS_MAX }
}

/** A metric of a server, summed over its labels; undefined where it is not told. */
export async function metricOf(server: Server, name: string): Promise<number | undefined> {
  const response = await fetch(`http://127.0.0.1:${server.target.port}/metrics`)
  return metricSum(await response.text(), name)
}

/** The sum of a metric over its labels, from Prometheus' text; undefined when it is not there. */
export function metricSum(text: string, name: string): number | undefined {
  let sum: number | undefined
  for (const line of text.split('\n')) {
    const next = line.charAt(name.length)
    if (line.startsWith(name) && (next === ' ' || next === '{')) {
      sum = (sum ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1))
    }
  }
  return sum
}
