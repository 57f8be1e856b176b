import { parseArgs } from 'node:util'

export const USAGE = `Runs a cluster of real servers and nodes under faults, and checks afterwards that nothing was lost, doubled or reordered.

  npm run chaos -- [options]

  --minutes N    how long faults are injected (30)
  --seed N       of the faults and of what clients say; drawn and printed when left out
  --nodes N      2 to 5 (3)
  --nats N       servers of NATS, 1 or 3 (1)
  --users N      who talk at the same time (200)
  --rate N       turns in a second, all users together (60)
  --report FILE  Markdown
  --only WHAT    failover, rolling, mongo-down: a measurement in place of the mixed faults
  --keep         leaves the logs of nodes and clients where they are; those of a run that failed stay in any case
  --help         this text`

export const MODES = ['all', 'failover', 'rolling', 'mongo-down'] as const
export type Mode = (typeof MODES)[number]

export interface ChaosOptions {
  readonly minutes: number
  readonly seed: number
  readonly nodes: number
  readonly nats: 1 | 3
  readonly users: number
  readonly rate: number
  readonly report: string | undefined
  readonly mode: Mode
  readonly keep: boolean
}

/** The options, `help`, or what is wrong with them. */
export function readOptions(argv: readonly string[], drawnSeed: number): ChaosOptions | 'help' | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        minutes: { type: 'string', default: '30' },
        seed: { type: 'string', default: String(drawnSeed) },
        nodes: { type: 'string', default: '3' },
        nats: { type: 'string', default: '1' },
        users: { type: 'string', default: '200' },
        rate: { type: 'string', default: '60' },
        report: { type: 'string' },
        only: { type: 'string', default: 'all' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return 'help'
    const mode = MODES.find((one) => one === values.only)
    if (mode === undefined) return { wrong: `--only must be one of ${MODES.slice(1).join(', ')}` }
    const nats = number('nats', values.nats, 1, 3)
    if (nats === 2) return { wrong: '--nats must be 1 or 3' }
    return {
      mode,
      nats: nats as 1 | 3,
      minutes: number('minutes', values.minutes, 0.1, 10_000),
      seed: number('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
      nodes: number('nodes', values.nodes, 2, 5),
      users: number('users', values.users, 1, 5_000),
      rate: number('rate', values.rate, 0.1, 10_000),
      report: values.report,
      keep: values.keep,
    }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}

function number(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new RangeError(`--${name} must be a number from ${min} to ${max}`)
  return value
}
