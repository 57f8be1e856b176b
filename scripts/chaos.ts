// `npm run chaos`: a cluster of real servers and nodes under faults, and the checks that nothing was lost.
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { runFailover } from '../test/chaos/failover.ts'
import { failoverReport, mongoDownReport, rollingReport } from '../test/chaos/measurement-report.ts'
import { runMixed } from '../test/chaos/mixed.ts'
import { runMongoDown } from '../test/chaos/mongo-down.ts'
import { type ChaosOptions, readOptions, USAGE } from '../test/chaos/options.ts'
import { runReport } from '../test/chaos/report.ts'
import { runRolling } from '../test/chaos/rolling.ts'
import type { RunResult } from '../test/chaos/run.ts'
import { missingServices } from '../test/services/binaries.ts'

const SEEDS = 1_000_000

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`chaos: ${line}\n`)

const given = readOptions(process.argv.slice(2), randomInt(SEEDS))
if (given === 'help') write(USAGE)
else if ('wrong' in given) {
  complain(`${given.wrong}\n\n${USAGE}`)
  process.exitCode = 2
} else process.exit(await main(given))

async function main(options: ChaosOptions): Promise<number> {
  const missing = missingServices()
  for (const sentence of missing) complain(sentence)
  if (missing.length > 0) return 1
  const { report, result } = await run(options)
  if (options.report === undefined) write(report)
  else writeFileSync(options.report, report)
  const { violationCount, dir } = result
  write(violationCount === 0 ? 'Nothing was violated.' : `${violationCount} violations; logs in ${dir}`)
  return violationCount === 0 ? 0 : 1
}

async function run(options: ChaosOptions): Promise<{ readonly report: string; readonly result: RunResult<unknown> }> {
  const begun = performance.now()
  const tell = (line: string): void => write(`${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${line}`)
  const told = { ...options, tell }
  switch (options.mode) {
    case 'failover': {
      const result = await runFailover(told)
      return { result, report: failoverReport(told, result) }
    }
    case 'rolling': {
      const result = await runRolling(told)
      return { result, report: rollingReport(told, result) }
    }
    case 'mongo-down': {
      const result = await runMongoDown(told)
      return { result, report: mongoDownReport(told, result) }
    }
    case 'all': {
      const result = await runMixed(told)
      return { result, report: runReport(told, result) }
    }
  }
}
