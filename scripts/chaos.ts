// `npm run chaos`: a cluster of real servers and nodes under faults, and the checks that nothing was lost.
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readOptions, USAGE } from '../test/chaos/options.ts'
import { runReport } from '../test/chaos/report.ts'
import { runChaos } from '../test/chaos/run.ts'
import { missingServices } from '../test/services/binaries.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const begun = performance.now()
const tell = (line: string): void => write(`${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${line}`)

const options = readOptions(process.argv.slice(2), randomInt(1_000_000))
if (options === 'help') write(USAGE)
else if ('wrong' in options) {
  process.stderr.write(`chaos: ${options.wrong}\n\n${USAGE}\n`)
  process.exitCode = 2
} else {
  const missing = missingServices()
  for (const sentence of missing) process.stderr.write(`chaos: ${sentence}\n`)
  if (missing.length > 0) process.exit(1)
  const result = await runChaos({ ...options, tell })
  const report = runReport({ ...options, tell }, result)
  if (options.report === undefined) write(report)
  else writeFileSync(options.report, report)
  write(result.violationCount === 0 ? 'Nothing was violated.' : `${result.violationCount} violations; logs in ${result.dir}`)
  process.exit(result.violationCount === 0 ? 0 : 1)
}
