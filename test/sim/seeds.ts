import { failureText, type RunOptions, runSeed } from './run.ts'

export interface SeedRange {
  readonly first: number
  readonly count: number
}

/** What broke, seed by seed, with the command to see each again; empty where nothing did. */
export async function failures(range: SeedRange, options: Omit<RunOptions, 'seed'>): Promise<string[]> {
  const failed: string[] = []
  for (let seed = range.first; seed < range.first + range.count; seed++) {
    const report = await runSeed({ ...options, seed })
    if (report.violationCount > 0) failed.push(failureText(report))
  }
  return failed
}

/** `count` seeds from `first` on in equal batches, each a test of its own. */
export function batches(first: number, count: number, size: number): SeedRange[] {
  return Array.from({ length: count / size }, (_, i) => ({ first: first + i * size, count: size }))
}
