/**
 * npm run sim -- [--seeds 200] [--first-seed 1] [--minutes 5] [--shape cluster|alone] [--mutant NAME] [--faults kind,kind]
 *                [--talk-ms 20000] [--workers 2] [--shrink] [--log]
 *
 * Runs seeds of the simulation, on all cores. Ends with 1 when a seed broke a promise; every such seed is printed with what broke, the
 * faults, and the command that runs it again. `--log` prints the nodes' logs; `--shrink` looks for fewer faults that break it too.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { FAULTS, type FaultKind } from '../test/sim/faults.ts'
import { MUTANTS, type Mutant } from '../test/sim/mutants.ts'
import { failureText, type Report, type RunOptions, runSeed, type Shape } from '../test/sim/run.ts'
import { shrink } from '../test/sim/shrink.ts'

interface Job {
  readonly options: Omit<RunOptions, 'seed' | 'log'>
  readonly first: number
  readonly count: number
  readonly stride: number
  readonly untilMs: number
  readonly shrinks: boolean
}

type Told = { readonly report: Report; readonly text: string }

const FAILURES_SHOWN = 10

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      'first-seed': { type: 'string', default: '1' },
      minutes: { type: 'string' },
      shape: { type: 'string', default: 'cluster' },
      mutant: { type: 'string' },
      faults: { type: 'string' },
      'talk-ms': { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      shrink: { type: 'boolean', default: false },
      log: { type: 'boolean', default: false },
    },
  })
  const count = wholeNumber('seeds', values.seeds)
  const first = wholeNumber('first-seed', values['first-seed'])
  const minutes = values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes)
  const options = {
    shape: oneOf<Shape>('shape', values.shape, ['alone', 'cluster']),
    ...(values.mutant === undefined ? {} : { mutant: oneOf<Mutant>('mutant', values.mutant, MUTANTS) }),
    ...(values['talk-ms'] === undefined ? {} : { talkMs: wholeNumber('talk-ms', values['talk-ms']) }),
    ...(values.faults === undefined
      ? {}
      : { kinds: values.faults.split(',').map((kind) => oneOf<FaultKind>('faults', kind, FAULTS)) }),
  }
  const untilMs = Date.now() + minutes * 60_000
  const stride = values.log ? 1 : Math.min(wholeNumber('workers', values.workers), count)
  const tally = new Tally()
  const jobs = Array.from({ length: stride }, (_, i): Job => {
    return { options, first: first + i, count: Math.ceil((count - i) / stride), stride, untilMs, shrinks: values.shrink }
  })
  if (values.log) await work(jobs[0] as Job, (told) => tally.take(told), console.log)
  else await Promise.all(jobs.map((job) => threaded(job, (told) => tally.take(told))))
  tally.print()
  return tally.failed.length === 0 ? 0 : 1
}

async function work(job: Job, tell: (told: Told) => void, log?: (line: string) => void): Promise<void> {
  const { options, first, count, stride, untilMs, shrinks } = job
  for (let i = 0; i < count && Date.now() < untilMs; i++) {
    const run = { ...options, seed: first + i * stride, ...(log ? { log } : {}) }
    const report = await runSeed(run)
    let text = ''
    if (report.violationCount > 0) {
      text = failureText(report)
      if (shrinks) text += `\nfewer faults do too:\n${failureText(await shrink({ ...options, seed: run.seed }, report))}`
    }
    tell({ report, text })
  }
}

function threaded(job: Job, take: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: job })
    worker.on('message', take)
    worker.on('error', reject)
    worker.on('exit', () => resolve())
  })
}

class Tally {
  readonly failed: Report[] = []
  readonly #startedMs = Date.now()
  readonly #totals = new Map<string, number>()
  #seeds = 0
  #virtualMs = 0
  #events = 0

  take({ report, text }: Told): void {
    this.#seeds++
    this.#virtualMs += report.virtualMs
    this.#events += report.events
    for (const [name, count] of Object.entries(report.counts)) this.#totals.set(name, (this.#totals.get(name) ?? 0) + count)
    for (const { kind } of report.faults) this.#totals.set(`fault ${kind}`, (this.#totals.get(`fault ${kind}`) ?? 0) + 1)
    if (report.violationCount === 0) return
    this.failed.push(report)
    if (this.failed.length <= FAILURES_SHOWN) console.log(`${text}\n`)
  }

  print(): void {
    const seconds = (Date.now() - this.#startedMs) / 1000
    for (const [name, count] of this.#totals) console.log(`${name.padEnd(28)} ${count}`)
    const hours = (this.#virtualMs / 3_600_000).toFixed(1)
    console.log(`${this.#seeds} seeds, ${this.#events} events, ${hours} h of virtual time in ${seconds.toFixed(0)} s`)
    const seeds = this.failed.map(({ seed }) => seed).sort((a, b) => a - b)
    console.log(seeds.length === 0 ? 'no promise was broken' : `${seeds.length} seeds broke promises: ${seeds.join(' ')}`)
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`--${name} takes a whole number from 1, not "${text}"`)
  return value
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text)
  if (found === undefined) throw new RangeError(`--${name} is one of ${allowed.join(', ')}, not "${text}"`)
  return found
}

const USAGE = `Runs simulated clusters under faults and checks that no promise was broken.

  npm run sim -- [options]

  --seeds N        how many (200)
  --first-seed N   from which on (1)
  --minutes N      goes on with further seeds for so long
  --shape WHAT     cluster or alone (cluster)
  --faults A,B     only these kinds
  --mutant NAME    with a planted fault, which has to be found
  --talk-ms N      virtual time of talk and faults
  --workers N      threads
  --shrink         looks for fewer faults that break it too
  --log            what the nodes said`

/** Wrong options end with the usage, faults of ours with their stack. */
async function run(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  try {
    return await main()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!(error instanceof RangeError) && !code.startsWith('ERR_PARSE_ARGS')) throw error
    console.error(`sim: ${(error as Error).message}\n\n${USAGE}`)
    return 2
  }
}

if (isMainThread) process.exitCode = await run()
else await work(workerData as Job, (told) => parentPort?.postMessage(told))
