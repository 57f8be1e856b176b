import { type NamedOption, OPTIONS } from './schema.ts'

const WIDTH = 100

/** What `--help` prints: usage, then a table of every option; lines of at most 100 characters. */
export function helpText(): string {
  const nameWidth = Math.max(...OPTIONS.map(({ option }) => option.env.length)) + 2
  const lines = [
    'Parley, a server that holds conversations.',
    '',
    '  npm start                        run it',
    '  npm start -- --roles gateway     run only a part of it in this process: see PARLEY_ROLES',
    '  npm start -- --help              print this',
    '',
    'Options are environment variables: PORT=9000 npm start',
  ]
  for (const [group, options] of grouped()) {
    lines.push('', group)
    for (const { option } of options) {
      const width = WIDTH - nameWidth - 2
      const [first = '', ...rest] = wrap(option.about, width)
      const facts = wrap(`default ${option.fallbackText}; ${option.expected}`, width)
      lines.push(`  ${option.env.padEnd(nameWidth)}${first}`)
      for (const line of [...rest, ...facts]) lines.push(' '.repeat(nameWidth + 2) + line)
    }
  }
  return `${lines.join('\n')}\n`
}

/** docs/CONFIGURATION.md, whole. */
export function configMarkdown(): string {
  const lines = [
    '# Configuration',
    '',
    'Options are environment variables. An unset or empty variable means the default. A wrong value stops the start with its',
    'name, the value and what was expected; an unknown `PARLEY_…` variable is warned about. `npm start -- --help` prints the',
    'same list. The values of addresses are never printed, as they may hold passwords.',
    '',
    'This page is written by `npm run config:docs` from `src/config/schema.ts`; a test fails when it is out of date.',
  ]
  for (const [group, options] of grouped()) {
    lines.push('', `## ${group}`, '', '| Variable | Default | Expected | Meaning |', '|---|---|---|---|')
    for (const { option } of options) {
      const cells = [`\`${option.env}\``, option.fallbackText, option.expected, option.about]
      lines.push(`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('*', '\\*')).join(' | ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

function grouped(): Map<string, NamedOption[]> {
  return Map.groupBy(OPTIONS, ({ group }) => group)
}

/** Breaks at spaces; a word longer than `width` stands alone on its line. */
function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
