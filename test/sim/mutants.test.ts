import { describe, expect, test } from 'vitest'
import type { FaultKind } from './faults.ts'
import type { Mutant } from './mutants.ts'
import { runSeed } from './run.ts'
import { failures } from './seeds.ts'
import type { Rule } from './violations.ts'

interface Planted {
  readonly mutant: Mutant
  /** Faults that bring it out. */
  readonly kinds: readonly FaultKind[]
  /** Seeds from 1 on within which it must be found. */
  readonly seeds: number
  /** What it breaks, at least one of them. */
  readonly breaks: readonly Rule[]
}

const PLANTED: readonly Planted[] = [
  {
    mutant: 'no-fence',
    // Membership keeps two owners apart so well that it takes many kinds, and some luck, to make them meet.
    kinds: [
      'pause',
      'suspend',
      'cut-broker',
      'cut-broker-one-way',
      'cut-pair',
      'bus-loss',
      'cut-journal',
      'crash',
      'false-nobody',
    ],
    seeds: 60,
    breaks: ['fence', 'lost', 'gapless'],
  },
  { mutant: 'no-dedup', kinds: ['crash', 'pause', 'disconnect-all', 'journal-lossy'], seeds: 5, breaks: ['once'] },
  { mutant: 'ack-before-commit', kinds: ['crash', 'journal-lossy'], seeds: 3, breaks: ['gate'] },
  {
    mutant: 'timeout-is-failure',
    kinds: ['journal-lossy', 'journal-slow', 'journal-frozen', 'cut-journal-one-way'],
    seeds: 5,
    breaks: ['documents', 'gapless', 'once'],
  },
  {
    mutant: 'no-restore',
    kinds: ['documents-down', 'documents-slow', 'journal-loses'],
    seeds: 10,
    breaks: ['lost', 'documents', 'resume'],
  },
]

describe('a planted fault is found by the checkers', () => {
  test.each(PLANTED)('$mutant, within $seeds seeds', async ({ mutant, kinds, seeds, breaks }) => {
    const broken = new Set<Rule>()
    for (let seed = 1; seed <= seeds && !breaks.some((rule) => broken.has(rule)); seed++) {
      const report = await runSeed({ seed, shape: 'cluster', mutant, kinds })
      for (const { rule } of report.violations) broken.add(rule)
    }
    expect(breaks.filter((rule) => broken.has(rule))).not.toEqual([])
  })

  test.each(PLANTED)('and without $mutant the same seeds are clean', async ({ kinds, seeds }) => {
    expect(await failures({ first: 1, count: seeds }, { shape: 'cluster', kinds })).toEqual([])
  })
})
