import { readFileSync } from 'node:fs'

/** The rows of the Markdown table whose first heading is `heading`: cell texts without backquotes. */
export function readTable(path: string, heading: string): string[][] {
  const lines = readFileSync(path, 'utf8').split('\n')
  const start = lines.findIndex((line) => cells(line)[0] === heading)
  if (start < 0) throw new Error(`${path} has no table that begins with ${heading}`)
  const rows: string[][] = []
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('|')) break
    rows.push(cells(line))
  }
  return rows
}

const cells = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replace(/^`|`$/g, ''))
    : []
