import type { Fault } from './faults.ts'
import { type Report, type RunOptions, runSeed } from './run.ts'

/**
 * Fewer faults that still break one of the promises that the report says were broken: drops halves, then quarters, and so on down to
 * single faults, as long as that helps. `budget`: runs at most.
 */
export async function shrink(options: RunOptions, report: Report, budget = 80): Promise<Report> {
  const rules = new Set(report.violations.map(({ rule }) => rule))
  let best = report
  let runs = 0
  for (let size = Math.ceil(best.faults.length / 2); size >= 1 && runs < budget; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.faults.length && runs < budget; ) {
      const fewer: readonly Fault[] = best.faults.filter((_fault, i) => i < from || i >= from + size)
      const again = await runSeed({ ...options, faults: fewer })
      runs++
      if (again.violations.some(({ rule }) => rules.has(rule))) best = again
      else from += size
    }
  }
  return best
}
