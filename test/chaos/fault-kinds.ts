import type { SeededRandom } from '../sim/random.ts'
import { SERVICES, type ServiceName } from './chaos-node.ts'
import type { Direction } from './tcp-proxy.ts'

/** One fault, as the seed drew it: nothing about it is decided later. */
export interface Fault {
  readonly kind: FaultKind
  /** From the start of the faults. */
  readonly atMs: number
  readonly lastsMs: number
  readonly node?: number
  readonly service?: ServiceName
  readonly direction?: Direction
  readonly amount?: number
}

type Drawn = Omit<Fault, 'kind' | 'atMs'>

interface Kind {
  /** How often it comes, beside the others. */
  readonly weight: number
  readonly draw: (random: SeededRandom, nodes: number) => Drawn
  /** What it takes for itself; `*` is all there is but for clients. */
  readonly touches: (drawn: Drawn) => readonly string[]
  /** Time to leave alone what it touched, after it ended. */
  readonly restMs?: number
}

const node = (random: SeededRandom, nodes: number): number => random.below(nodes)
const whole = (random: SeededRandom, low: number, high: number): number => Math.round(random.between(low, high))
const onNode = ({ node: index }: Drawn): string[] => [`node ${index}`]
const onLink = ({ node: index, service }: Drawn): string[] => [`node ${index}`, `link ${service}`]
const DIRECTIONS: readonly Direction[] = ['up', 'down']

const link = (low: number, high: number, amounts?: readonly [number, number]) => (random: SeededRandom, nodes: number) => ({
  node: node(random, nodes),
  service: random.pick(SERVICES),
  lastsMs: whole(random, low, high),
  ...(amounts ? { amount: whole(random, ...amounts) } : {}),
})
const cut = (service: ServiceName) => (random: SeededRandom, nodes: number) => ({
  node: node(random, nodes),
  service,
  direction: 'both' as const,
  lastsMs: whole(random, 1_000, 8_000),
})

/**
 * A loss in Redis together with the death of the owner, or with a move before the repair, is the one case that is not promised:
 * what may lose entries there (a tail that is cut off; a kill, since the file is synced each second) has nodes and NATS for itself.
 */
const REDIS_ALONE = ['redis', 'nats', 'link redis', 'link nats', 'nodes'] as const

export const FAULT_KINDS = {
  'node killed': {
    weight: 4,
    draw: (random, nodes) => ({ node: node(random, nodes), lastsMs: whole(random, 200, 3_000) }),
    touches: onNode,
  },
  'two nodes killed': {
    weight: 1,
    draw: (random, nodes) => ({ node: node(random, nodes), amount: 1, lastsMs: whole(random, 200, 2_000) }),
    touches: () => ['nodes'],
  },
  'all nodes killed': {
    weight: 1,
    draw: (random) => ({ lastsMs: whole(random, 200, 1_000) }),
    touches: () => ['nodes'],
  },
  'node in a crash loop': {
    weight: 1,
    draw: (random, nodes) => ({ node: node(random, nodes), amount: 3, lastsMs: whole(random, 300, 1_500) }),
    touches: onNode,
  },
  'node frozen': {
    weight: 4,
    draw: (random, nodes) => ({ node: node(random, nodes), lastsMs: whole(random, 800, 8_000) }),
    touches: onNode,
  },
  'node restarted': {
    weight: 2,
    draw: (random, nodes) => ({ node: node(random, nodes), lastsMs: 300 }),
    touches: onNode,
  },
  'rolling restart': { weight: 1, draw: () => ({ lastsMs: 300 }), touches: () => ['nodes'] },
  'node away (3 to 2 to 3)': {
    weight: 1,
    draw: (random, nodes) => ({ node: node(random, nodes), lastsMs: whole(random, 5_000, 12_000) }),
    touches: onNode,
  },
  'cut from NATS': { weight: 2, draw: cut('nats'), touches: onLink },
  'cut from Redis': { weight: 2, draw: cut('redis'), touches: onLink },
  'cut from MongoDB': { weight: 1, draw: cut('mongo'), touches: onLink },
  'cut one way': {
    weight: 3,
    draw: (random, nodes) => ({ ...link(1_000, 6_000)(random, nodes), direction: random.pick(DIRECTIONS) }),
    touches: onLink,
  },
  'link reset': { weight: 2, draw: link(0, 0), touches: onLink },
  'slow link': { weight: 2, draw: link(2_000, 8_000, [20, 250]), touches: onLink },
  'narrow link': { weight: 1, draw: link(2_000, 6_000, [20_000, 200_000]), touches: onLink },
  'NATS killed': {
    weight: 2,
    draw: (random) => ({ lastsMs: whole(random, 0, 3_000), amount: random.below(3) }),
    touches: () => ['nats', 'link nats'],
  },
  'NATS frozen': { weight: 1, draw: (random) => ({ lastsMs: whole(random, 500, 5_000) }), touches: () => ['nats', 'link nats'] },
  'Redis killed': {
    weight: 2,
    draw: (random) => ({ lastsMs: whole(random, 0, 2_000) }),
    touches: () => REDIS_ALONE,
    restMs: 8_000,
  },
  'Redis frozen': {
    weight: 1,
    draw: (random) => ({ lastsMs: whole(random, 300, 5_000) }),
    touches: () => ['redis', 'link redis'],
  },
  'Redis log cut': {
    weight: 2,
    draw: (random) => ({ lastsMs: whole(random, 0, 1_000), amount: whole(random, 500, 30_000) }),
    touches: () => REDIS_ALONE,
    restMs: 10_000,
  },
  'Redis scripts flushed': { weight: 1, draw: () => ({ lastsMs: 0 }), touches: () => ['redis'] },
  'Redis connections closed': { weight: 1, draw: () => ({ lastsMs: 0 }), touches: () => ['redis'] },
  'Redis full': { weight: 1, draw: (random) => ({ lastsMs: whole(random, 500, 3_000) }), touches: () => ['redis'] },
  'MongoDB killed': {
    weight: 2,
    draw: (random) => ({ lastsMs: whole(random, 0, 4_000) }),
    touches: () => ['mongo', 'link mongo'],
  },
  'MongoDB frozen': {
    weight: 1,
    draw: (random) => ({ lastsMs: whole(random, 500, 8_000) }),
    touches: () => ['mongo', 'link mongo'],
  },
  'MongoDB down for long': {
    weight: 0.5,
    draw: (random) => ({ lastsMs: whole(random, 20_000, 45_000) }),
    touches: () => ['mongo', 'link mongo'],
  },
  'clock of a node moved': {
    weight: 1,
    draw: (random) => ({ lastsMs: whole(random, 2_000, 6_000), amount: random.pick([-3_600, -30, 30, 3_600]) }),
    touches: () => ['clock'],
  },
  'all clients reconnect': { weight: 1, draw: () => ({ lastsMs: 0, amount: 300 }), touches: () => ['clients'] },
  'clients stop reading': {
    weight: 1,
    draw: (random) => ({ lastsMs: whole(random, 2_000, 8_000), amount: whole(random, 5, 20) }),
    touches: () => ['clients'],
  },
  'invalid frames': {
    weight: 1,
    draw: (random, nodes) => ({ node: node(random, nodes), lastsMs: 0, amount: random.below(1_000_000) }),
    touches: () => ['clients'],
  },
} as const satisfies Record<string, Kind>

export type FaultKind = keyof typeof FAULT_KINDS

export const kindOf = (kind: FaultKind): Kind => FAULT_KINDS[kind]

/** Whether two sets of what faults touch exclude each other: `nodes` is each of them. */
export function collide(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => one === other || covers(one, other) || covers(other, one)))
}

function covers(all: string, one: string): boolean {
  return all === 'nodes' && one.startsWith('node ')
}

export function faultText({ kind, node: index, service, direction, amount, lastsMs }: Fault): string {
  const parts: string[] = [kind]
  if (index !== undefined) parts.push(`node-${index + 1}`)
  if (service !== undefined) parts.push(`${direction === undefined || direction === 'both' ? '' : `${direction} `}${service}`)
  if (amount !== undefined) parts.push(`amount ${amount}`)
  parts.push(`${lastsMs} ms`)
  return parts.join(', ')
}
