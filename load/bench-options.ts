import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const MEASURES = ['ws', 'rate', 'cold', 'memory', 'http'] as const
export type Measure = (typeof MEASURES)[number]
export const SERVERS = ['raw', 'sketch', 'sketch-memory', 'disk', 'memory'] as const
export type ServerName = (typeof SERVERS)[number]

/** What one bench run does; times in milliseconds. */
export interface BenchOptions {
  readonly measures: readonly Measure[]
  readonly servers: readonly ServerName[]
  /** How often the closed loops are run in turn over all servers; their means are compared. */
  readonly rounds: number
  readonly warmUpMs: number
  readonly measureMs: number
  readonly rateWarmUpMs: number
  readonly rateMeasureMs: number
  /** Sockets of the large closed loop and of the fixed rate. */
  readonly sockets: number
  readonly socketsFew: number
  readonly perSecond: number
  readonly coldLanes: number
  readonly httpConnections: number
  /** Conversations whose memory is measured. */
  readonly held: number
  /** Profile the saturated durable server instead of measuring. */
  readonly profile: boolean
  /** The server's program, to measure another checkout; this one's when absent. */
  readonly main?: string
}

export const BENCH_HELP = `npm run bench -- [options]

  --quick           runs of 5 s, one round
  --long            runs of 60 s, one round
  --seconds N       length of each run
  --only LIST       of ${MEASURES.join(', ')}
  --servers LIST    of ${SERVERS.join(', ')}
                    (raw: bare ws; sketch: the least that a durable turn takes, sketch-memory: the same without a journal;
                    disk: durable Parley; memory: Parley on the memory journal)
  --sockets N       sockets of the large closed loop and the fixed rate (1000)
  --rate N          turns a second of the fixed rate (2000)
  --held N          conversations whose memory is measured (10000)
  --main FILE       the server's program (src/app/main.ts)
  --profile         a CPU profile of the saturated durable server, its largest costs printed
`

const PRESETS = {
  standard: { rounds: 2, warmUpMs: 5_000, measureMs: 8_000, rateWarmUpMs: 10_000, rateMeasureMs: 12_000 },
  quick: { rounds: 1, warmUpMs: 2_000, measureMs: 5_000, rateWarmUpMs: 5_000, rateMeasureMs: 5_000 },
  long: { rounds: 1, warmUpMs: 10_000, measureMs: 60_000, rateWarmUpMs: 10_000, rateMeasureMs: 60_000 },
} as const

/** Reads the command line. Throws `Error` with a sentence for the user on what it does not know. */
export function benchOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      only: { type: 'string' },
      servers: { type: 'string' },
      sockets: { type: 'string' },
      rate: { type: 'string' },
      held: { type: 'string' },
      main: { type: 'string' },
    },
  })
  if (values.help) return 'help'
  if (values.quick && values.long) throw new Error('--quick and --long exclude each other')
  const preset = PRESETS[values.quick ? 'quick' : values.long ? 'long' : 'standard']
  const seconds = values.seconds === undefined ? undefined : count('--seconds', values.seconds, 3_600) * 1000
  return {
    ...preset,
    ...(seconds === undefined ? {} : { measureMs: seconds, rateMeasureMs: seconds }),
    measures: listed('--only', values.only, MEASURES),
    servers: listed('--servers', values.servers, SERVERS),
    sockets: values.sockets === undefined ? 1_000 : count('--sockets', values.sockets, 20_000),
    socketsFew: 64,
    perSecond: values.rate === undefined ? 2_000 : count('--rate', values.rate, 1_000_000),
    coldLanes: 64,
    httpConnections: 64,
    held: values.held === undefined ? 10_000 : count('--held', values.held, 19_000),
    profile: values.profile,
    ...(values.main === undefined ? {} : { main: resolve(values.main) }),
  }
}

/** The program to start, as `startParley` takes it. */
export function mainOf(options: BenchOptions): { readonly main?: string } {
  return options.main === undefined ? {} : { main: options.main }
}

function count(name: string, given: string, max: number): number {
  const value = Number(given)
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new Error(`${name} ${given}: expected a whole number from 1 to ${max}`)
  return value
}

function listed<T extends string>(name: string, given: string | undefined, known: readonly T[]): readonly T[] {
  if (given === undefined) return known
  const wanted = given.split(',').map((word) => word.trim())
  const unknown = wanted.find((word) => !known.includes(word as T))
  if (unknown !== undefined) throw new Error(`${name} ${unknown}: expected a list of ${known.join(', ')}`)
  return known.filter((word) => wanted.includes(word))
}
