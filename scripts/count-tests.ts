// Adds up vitest's JSON reports given as arguments and prints `N passed, N failed`, a line of its own. A report that is missing,
// a file that could not be loaded and a test that was skipped or left to do count as failed; so do `--also-failed=N` other steps.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

const { values, positionals } = parseArgs({
  options: { 'also-failed': { type: 'string', default: '0' } },
  allowPositionals: true,
})
let passed = 0
let failed = Number(values['also-failed'])
for (const file of positionals) {
  if (!existsSync(file)) {
    console.log(`no test report at ${file}`)
    failed++
    continue
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const unloaded = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0)
  const bad = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded.length
  passed += report.numPassedTests
  failed += bad === 0 && !report.success ? 1 : bad
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
