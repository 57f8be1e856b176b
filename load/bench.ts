/**
 * `npm run bench`: raw `ws`, durable Parley and Parley on the memory journal, measured in one run, server and generator on a
 * core each; prints one table with ratios and writes all figures as JSON under bench-results/. Exits with 1 when any answer
 * was wrong, late beyond bounds, or missing.
 */
import { writeFileSync } from 'node:fs'
import { BENCH_HELP, type BenchOptions, benchOptions, mainOf, type ServerName } from './bench-options.ts'
import { type Findings, noFindings } from './findings.ts'
import { describeMachine } from './machine.ts'
import { JOBS, runHttpJob, runJob, writeBehindLag } from './measure.ts'
import { profileSaturated } from './profile-run.ts'
import { recordSetup } from './recorded-setup.ts'
import { failures, table } from './report.ts'
import { RESULTS_DIR, type Server, startParley, startRaw, startSketch } from './server.ts'

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(BENCH_HELP)
    return
  }
  if (options.profile) {
    await profileSaturated(options)
    return
  }
  const found = await measureAll(options)
  const path = `${RESULTS_DIR}bench-${found.machine.date.replace(/[:.]/g, '-')}.json`
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`)
  console.log(table(found))
  console.log(`\nAll figures: ${path}`)
  const failed = failures(found)
  if (failed.length === 0) return
  console.error(`\nThe run failed:\n${failed.map((line) => `- ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function measureAll(options: BenchOptions): Promise<Findings> {
  const setup = await recordSetup(mainOf(options))
  const found = noFindings(describeMachine(RESULTS_DIR), options)
  const start = (name: ServerName) => {
    if (name === 'raw') return startRaw(setup)
    if (isSketch(name)) return startSketch(setup, name === 'sketch' ? 'disk' : 'memory')
    return startParley({ journal: name, ...mainOf(options) })
  }
  const products = options.servers.filter((name) => !isSketch(name))
  const each = async (
    what: string,
    measure: (server: Server, name: ServerName) => Promise<void>,
    names: readonly ServerName[] = products,
  ) => {
    for (const name of names) {
      console.error(`${what}: ${name}`)
      const server = await start(name)
      found.servers[name].startMs.push(server.startMs)
      try {
        await measure(server, name)
        if (name !== 'raw' && !isSketch(name)) found.servers[name].lag.push((await writeBehindLag(server)) ?? null)
      } finally {
        await server.stop()
      }
    }
  }
  if (options.measures.includes('ws')) {
    for (let round = 1; round <= options.rounds; round++) {
      const closed = async (server: Server, name: ServerName) => {
        found.servers[name].few.push(await runJob(server, JOBS.few(options)))
        found.servers[name].many.push(await runJob(server, JOBS.many(options)))
      }
      await each(`closed loops, round ${round} of ${options.rounds}`, closed, options.servers)
    }
  }
  if (options.measures.includes('rate')) {
    await each('fixed rate', async (server, name) => {
      found.servers[name].rate.push(await runJob(server, JOBS.rate(options)))
    })
  }
  if (options.measures.includes('cold')) {
    await each('cold starts', async (server, name) => {
      found.servers[name].cold.push(await runJob(server, JOBS.cold(options)))
    })
  }
  if (options.measures.includes('memory')) {
    await each('memory', async (server, name) => {
      found.servers[name].held.push(await runJob(server, JOBS.held(options)))
    })
  }
  if (options.measures.includes('http')) {
    await each('HTTP', async (server, name) => {
      found.servers[name].http.push(await runHttpJob(server, options))
    })
  }
  return found
}

/** The sketches say what a turn takes at least; they take part in the closed loops only. */
function isSketch(name: ServerName): name is 'sketch' | 'sketch-memory' {
  return name === 'sketch' || name === 'sketch-memory'
}

await main()
