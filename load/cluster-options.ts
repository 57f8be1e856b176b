import { parseArgs } from 'node:util'

export const CLUSTER_MEASURES = ['redis', 'crossing', 'pair'] as const
export type ClusterMeasure = (typeof CLUSTER_MEASURES)[number]

/** What one run of the cluster's bench does; times in milliseconds. */
export interface ClusterOptions {
  readonly measures: readonly ClusterMeasure[]
  /** How often each row is measured, rows in turn; medians are compared. */
  readonly rounds: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** Sockets of the large closed loops and of the fixed rate on one server. */
  readonly sockets: number
  readonly socketsFew: number
  readonly perSecond: number
  /** Of the load whose turns cross nodes. */
  readonly crossingSockets: number
  readonly crossingPerSecond: number
  /** The generator sleeps between sends of the crossing load, up to a millisecond too long. */
  readonly sparing: boolean
  /** Nice value of everything that is measured. */
  readonly nice?: number
  /** Profile Parley's processes; figures are then not comparable. */
  readonly profile: boolean
}

export const CLUSTER_HELP = `node load/cluster.bench.ts [options]

  --only LIST       of ${CLUSTER_MEASURES.join(', ')}
                    (redis: raw ws, hand-written ws + Redis, Parley with its journal in Redis; crossing: sockets on another node
                    than their conversations; pair: one node, two nodes, and a gateway before a node)
  --rounds N        how often each row is measured (3)
  --seconds N       length of each measurement (8)
  --warm-up N       seconds before each (4)
  --rate N          turns a second of the crossing load (500)
  --sparing         the generator of the crossing load sleeps between sends, instead of taking its core whole
  --nice=N          nice value of all that is measured, from -20 to 19: on a machine shared with others, as root
  --profile         CPU profiles of Parley's processes, their largest costs printed
`

/** Reads the command line. Throws `Error` with a sentence for the user on what it does not know. */
export function clusterOptions(args: readonly string[]): ClusterOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      'warm-up': { type: 'string', default: '4' },
      rate: { type: 'string', default: '500' },
      sparing: { type: 'boolean', default: false },
      nice: { type: 'string' },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    measures: measuresOf(values.only),
    rounds: count('--rounds', values.rounds, 99),
    warmUpMs: count('--warm-up', values['warm-up'], 600) * 1000,
    measureMs: count('--seconds', values.seconds, 3_600) * 1000,
    sockets: 1_000,
    socketsFew: 64,
    perSecond: 2_000,
    crossingSockets: 250,
    crossingPerSecond: count('--rate', values.rate, 100_000),
    sparing: values.sparing,
    ...(values.nice === undefined ? {} : { nice: niceOf(values.nice) }),
    profile: values.profile,
  }
}

function measuresOf(given: string | undefined): readonly ClusterMeasure[] {
  if (given === undefined) return CLUSTER_MEASURES
  const wanted = given.split(',').map((word) => word.trim())
  const unknown = wanted.find((word) => !CLUSTER_MEASURES.some((known) => known === word))
  if (unknown !== undefined) throw new Error(`--only ${unknown}: expected a list of ${CLUSTER_MEASURES.join(', ')}`)
  return CLUSTER_MEASURES.filter((known) => wanted.includes(known))
}

function niceOf(given: string): number {
  const value = Number(given)
  if (!Number.isInteger(value) || value < -20 || value > 19)
    throw new Error(`--nice ${given}: expected a whole number from -20 to 19`)
  return value
}

function count(name: string, given: string, max: number): number {
  const value = Number(given)
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new Error(`${name} ${given}: expected a whole number from 1 to ${max}`)
  return value
}
