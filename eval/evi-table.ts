import type { Outcome } from './evi-caller.ts'

const ATTEMPTS = [1, 2, 3] as const

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`)

export const COLUMNS = [
  'item',
  'n',
  'right',
  'wrong taken',
  'of these unasked',
  'given up',
  'turns',
  ...ATTEMPTS.map((attempt) => `right by ${attempt}`),
] as const

/** One line of the table, in the order of `COLUMNS`. */
export function rowOf(item: string, outcomes: readonly Outcome[]): string[] {
  const n = outcomes.length
  const count = (test: (outcome: Outcome) => boolean): number => outcomes.filter(test).length
  const turns = outcomes.reduce((sum, outcome) => sum + outcome.turns, 0)
  const wrong = (outcome: Outcome): boolean => outcome.end === 'taken' && !outcome.right
  return [
    item,
    String(n),
    percent(
      count((outcome) => outcome.right),
      n,
    ),
    percent(count(wrong), n),
    percent(
      count((outcome) => wrong(outcome) && outcome.unconfirmed),
      n,
    ),
    percent(
      count((outcome) => outcome.end === 'givenUp'),
      n,
    ),
    n === 0 ? '-' : (turns / n).toFixed(2),
    ...ATTEMPTS.map((attempt) =>
      percent(
        count((outcome) => outcome.right && outcome.attempts <= attempt),
        n,
      ),
    ),
  ]
}

/** A table in Markdown, its columns padded. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [COLUMNS as readonly string[], ...rows]
  const widths = COLUMNS.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width))).join(' | ')} |`
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [line(COLUMNS), rule, ...rows.map(line)].join('\n')
}
