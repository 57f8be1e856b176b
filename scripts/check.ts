// `npm run check`: everything that must be right before a commit, two steps at a time. Prints the output of what failed.
// With an argument only the steps whose names begin with it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Step {
  readonly name: string
  readonly command: readonly [tool: string, ...args: string[]]
}

const AT_ONCE = 2
const root = fileURLToPath(new URL('..', import.meta.url))
const PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`

const types = ['.', 'src/dialogue', 'client', 'client/terminal'].filter((folder) =>
  existsSync(join(root, folder, 'tsconfig.json')),
)
const steps: Step[] = [
  { name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'] },
  ...types.map((folder): Step => ({ name: `types ${folder}`, command: ['tsc', '-p', folder] })),
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'planted violations', command: ['node', 'scripts/planted-violation.ts'] },
  { name: 'deployment files', command: ['node', 'scripts/lint-deploy.ts'] },
  { name: 'dead files and exports', command: ['knip'] },
]

function run({ name, command: [tool, ...args] }: Step): Promise<boolean> {
  const start = performance.now()
  return new Promise((resolve) => {
    const child = spawn(tool, args, { cwd: root, env: { ...process.env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (text: string): void => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.once('error', (error) => collect(`${error.message}\n`))
    child.once('close', (code) => {
      const seconds = ((performance.now() - start) / 1_000).toFixed(1)
      if (code !== 0) console.log(output)
      console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
      resolve(code === 0)
    })
  })
}

const wanted = steps.filter(({ name }) => name.startsWith(process.argv[2] ?? ''))
const waiting = wanted.values()
let failed = 0
async function lane(): Promise<void> {
  for (const step of waiting) if (!(await run(step))) failed++
}

await Promise.all(Array.from({ length: AT_ONCE }, lane))
if (failed > 0) {
  console.error(`${failed} of ${wanted.length} checks failed`)
  process.exitCode = 1
}
