/*
 * What a cluster costs and gives on this machine, against what a hand-written server reaches in the same run; see docs/PERFORMANCE.md.
 * `node load/cluster.bench.ts --help` lists the options. Writes all figures as JSON under bench-results/. Exits with 1 when any
 * answer was wrong or missing.
 */
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { CLUSTER_HELP, type ClusterOptions, clusterOptions } from './cluster-options.ts'
import { crossingTable, failuresOf, pairTable, pathTable } from './cluster-report.ts'
import { measureCrossing, measurePairs, measurePaths } from './cluster-rows.ts'
import { describeMachine } from './machine.ts'
import { prioritize } from './priority.ts'
import { printable, readProfile, summarize } from './profile.ts'
import { recordSetup } from './recorded-setup.ts'
import { RESULTS_DIR } from './server.ts'

const SAMPLE_MICROSECONDS = 400

async function main(): Promise<void> {
  const options = clusterOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(CLUSTER_HELP)
    return
  }
  if (options.nice !== undefined) prioritize(process.pid, options.nice)
  mkdirSync(RESULTS_DIR, { recursive: true })
  const machine = describeMachine(RESULTS_DIR)
  const profileDir = options.profile ? mkdtempSync(`${RESULTS_DIR}profile-`) : undefined
  const nodeFlags =
    profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-interval=${SAMPLE_MICROSECONDS}`]
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB · Linux ${machine.kernel} · Node ${machine.node}\n` +
      `${machine.date} · commit ${machine.commit}${machine.changed ? ' with changes' : ''} · load average before ${loadavg()[0]?.toFixed(1)}`,
  )
  const found = await measured(options, nodeFlags)
  const path = `${RESULTS_DIR}cluster-${machine.date.replace(/[:.]/g, '-')}.json`
  writeFileSync(path, `${JSON.stringify({ machine, options, ...found }, null, 2)}\n`)
  console.log(`\nAll figures: ${path}`)
  if (profileDir !== undefined) printProfiles(profileDir)
  const failed = failuresOf(found.runs)
  if (failed.length === 0) return
  console.error(`\nThe run failed:\n${failed.map((line) => `- ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function measured(options: ClusterOptions, nodeFlags: readonly string[]) {
  const { measures } = options
  const paths = measures.includes('redis') ? await measurePaths(await recordSetup(), options, nodeFlags) : undefined
  if (paths !== undefined) console.log(`\n${pathTable(paths, options)}`)
  const crossing = measures.includes('crossing') ? await measureCrossing(options, nodeFlags) : undefined
  if (crossing !== undefined) console.log(`\n${crossingTable(crossing, options)}`)
  const pairs = measures.includes('pair') ? await measurePairs(options) : undefined
  if (pairs !== undefined) console.log(`\n${pairTable(pairs, options)}`)
  const ofPaths = Object.values(paths ?? {}).flatMap(({ few, many, rate }) => [...few, ...many, ...rate])
  const runs = [...ofPaths, ...(crossing?.local ?? []), ...(crossing?.crossing ?? []), ...(pairs ?? []).map(({ run }) => run)]
  return { paths, crossing, pairs, runs }
}

/** Of each process's main thread. */
function printProfiles(dir: string): void {
  for (const name of readdirSync(dir).filter((each) => /\.0\.\d+\.cpuprofile$/.test(each))) {
    console.log(`\n${dir}/${name}\n${printable(summarize(readProfile(`${dir}/${name}`)))}`)
  }
}

await main()
