import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { type BenchOptions, mainOf } from './bench-options.ts'
import { JOBS, runJob } from './measure.ts'
import { printable, readProfile, summarize } from './profile.ts'
import { RESULTS_DIR, startParley } from './server.ts'

const SAMPLE_MICROSECONDS = 400

/** Saturates the durable server under V8's CPU profiler, prints the largest costs, and keeps the profile. */
export async function profileSaturated(options: BenchOptions): Promise<void> {
  mkdirSync(RESULTS_DIR, { recursive: true })
  const profileDir = mkdtempSync(`${RESULTS_DIR}profile-`)
  const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-interval=${SAMPLE_MICROSECONDS}`]
  const server = await startParley({ journal: 'disk', nodeFlags, ...mainOf(options) })
  const run = await runJob(server, JOBS.many(options)).finally(() => server.stop())
  const main = readdirSync(profileDir).find((name) => MAIN_THREAD.test(name))
  if (main === undefined) throw new Error(`no profile of the main thread in ${profileDir}`)
  const path = `${profileDir}/${main}`
  const perSecond = Math.round((run.turns * 1000) / run.elapsedMs)
  const perTurn = ((run.serverCpuMs * 1000) / run.turns).toFixed(1)
  console.log(`${perSecond} turns/s while profiled, ${perTurn} µs of server CPU per turn; ${run.errors} errors`)
  console.log(`${printable(summarize(readProfile(path)))}\n\n${path}`)
  if (run.errors > 0) throw new Error(run.errorSamples.join(' | '))
}

/** CPU.<date>.<time>.<pid>.<thread>.<number>.cpuprofile; the main thread is 0. */
const MAIN_THREAD = /\.0\.\d+\.cpuprofile$/
