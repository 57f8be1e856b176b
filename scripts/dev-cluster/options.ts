import { parseArgs } from 'node:util'

const NODES_MAX = 9
const DEFAULT_PORTS = [8_081, 8_082, 8_083]

export const USAGE = `Runs a cluster on this machine: NATS, Redis, a MongoDB server and three nodes, on data that is removed at the end.

  npm run dev:cluster -- [options]

  --ports LIST   a port for each node, between commas, ${NODES_MAX} at most (${DEFAULT_PORTS.join(',')}); 0 takes a free one
  --help         this text`

export interface Options {
  /** One for each node; 0 for a free one. */
  readonly ports: readonly number[]
}

/** The options, `help`, or what is wrong with them. */
export function readOptions(argv: readonly string[]): Options | 'help' | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { ports: { type: 'string', default: DEFAULT_PORTS.join(',') }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true) return 'help'
    const ports = values.ports.split(',').map((port) => (/^\d{1,5}$/.test(port.trim()) ? Number(port) : -1))
    const fixed = ports.filter((port) => port !== 0)
    const isRight = ports.every((port) => port >= 0 && port <= 65_535) && new Set(fixed).size === fixed.length
    if (isRight && ports.length <= NODES_MAX) return { ports }
    return { wrong: `--ports must be a list between commas of at most ${NODES_MAX} different ports, not "${values.ports}"` }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}
