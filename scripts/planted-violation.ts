// Proves that the rules bite: lints and compiles test/fixtures/violation as if it were the project, in a temporary folder, with
// the project's own configuration. A line ending in `// expect: a b` must be complained about by exactly these rules, every
// other line by none. Anything else fails.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string
    readonly location: { readonly path: string; readonly start: { readonly line: number } }
  }[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'parley-violation-'))

try {
  cpSync(join(root, 'test/fixtures/violation'), copy, { recursive: true })
  for (const file of ['biome.json', 'tsconfig.json', 'package.json', 'src/dialogue/tsconfig.json']) {
    cpSync(join(root, file), join(copy, file))
  }
  const expected = expectations()
  const found = new Set([...(await lint()), ...(await compile())])
  const bare = globSync('*/', { cwd: join(root, 'src') }).filter((folder) => !existsSync(join(copy, 'src', folder, 'planted.ts')))
  for (const folder of bare) expected.add(`src/${folder}: no planted.ts; give the folder its rules in biome.json`)
  const missed = [...expected].filter((complaint) => !found.has(complaint)).map((complaint) => `not caught: ${complaint}`)
  const surplus = [...found].filter((complaint) => !expected.has(complaint)).map((complaint) => `not expected: ${complaint}`)
  if (expected.size === 0 || missed.length + surplus.length > 0) {
    console.error([...missed, ...surplus, `${missed.length} of ${expected.size} planted violations were not caught`].join('\n'))
    process.exitCode = 1
  } else console.log(`${expected.size} planted violations, all caught`)
} finally {
  rmSync(copy, { recursive: true, force: true })
}

/** `path:line rule`, of every expectation written in the fixtures. */
function expectations(): Set<string> {
  const all = new Set<string>()
  for (const file of globSync('**/*.ts', { cwd: copy })) {
    for (const [at, line] of readFileSync(join(copy, file), 'utf8').split('\n').entries()) {
      const rules = /\/\/ expect: (.+)$/.exec(line)?.[1]?.split(' ') ?? []
      for (const rule of rules) all.add(`${file}:${at + 1} ${rule}`)
    }
  }
  return all
}

async function lint(): Promise<string[]> {
  const args = ['lint', '--reporter=json', '--vcs-enabled=false', '--max-diagnostics=none', '.']
  const report = JSON.parse(await output('biome', args)) as BiomeReport
  return report.diagnostics.map(({ category, location }) => {
    return `${location.path}:${location.start.line} ${category.split('/').at(-1)}`
  })
}

/** The dialogue's compiler settings on the one file that uses Node's globals; the types of Node lie within reach. */
async function compile(): Promise<string[]> {
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const settings = { extends: './src/dialogue/tsconfig.json', files: ['src/dialogue/node-global.ts'], include: [] }
  writeFileSync(join(copy, 'tsconfig.planted.json'), JSON.stringify(settings))
  const text = await output('tsc', ['-p', 'tsconfig.planted.json', '--pretty', 'false'])
  return [...text.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+)/gm)].map(([, file, line, code]) => `${file}:${line} ${code}`)
}

/** What a tool prints; that it complains is what we want, that it cannot start is not. */
function output(tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, fail) => {
    execFile(join(root, 'node_modules/.bin', tool), args, { cwd: copy, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error && typeof error.code !== 'number') fail(error)
      else resolve(stdout)
    })
  })
}
