import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { type BenchOptions, mainOf } from './bench-options.ts'
import type { JobResult } from './job.ts'
import { JOBS, runJob } from './measure.ts'
import { threadCpuMs } from './process-stats.ts'
import { printable, readProfile, summarize } from './profile.ts'
import { RESULTS_DIR, startParley } from './server.ts'

const SAMPLE_MICROSECONDS = 400

/** Saturates the durable server under V8's CPU profiler, prints the largest costs, and keeps the profile. */
export async function profileSaturated(options: BenchOptions): Promise<void> {
  mkdirSync(RESULTS_DIR, { recursive: true })
  const profileDir = mkdtempSync(`${RESULTS_DIR}profile-`)
  const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-interval=${SAMPLE_MICROSECONDS}`]
  const server = await startParley({ journal: 'disk', nodeFlags, ...mainOf(options) })
  let run: JobResult
  let threads: readonly string[]
  try {
    const before = threadCpuMs(server.process.pid)
    run = await runJob(server, JOBS.many(options))
    threads = spentBy(before, threadCpuMs(server.process.pid))
  } finally {
    await server.stop()
  }
  const main = readdirSync(profileDir).find((name) => MAIN_THREAD.test(name))
  if (main === undefined) throw new Error(`no profile of the main thread in ${profileDir}`)
  const path = `${profileDir}/${main}`
  const perSecond = Math.round((run.turns * 1000) / run.elapsedMs)
  const perTurn = ((run.serverCpuMs * 1000) / run.turns).toFixed(1)
  console.log(`${perSecond} turns/s while profiled, ${perTurn} µs of server CPU per turn; ${run.errors} errors`)
  console.log(`processor time by thread: ${threads.join(', ')}`)
  console.log(`${printable(summarize(readProfile(path)))}\n\n${path}`)
  if (run.errors > 0) throw new Error(run.errorSamples.join(' | '))
}

function spentBy(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return Array.from(after, ([name, ms]) => ({ name, ms: ms - (before.get(name) ?? 0) }))
    .filter(({ ms }) => ms > 0)
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(2)} s`)
}

/** CPU.<date>.<time>.<pid>.<thread>.<number>.cpuprofile; the main thread is 0. */
const MAIN_THREAD = /\.0\.\d+\.cpuprofile$/
