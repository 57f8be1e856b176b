import type { Service } from './discovery.ts'
import { OPERATIONS, type Operation } from './schemas.ts'
import { EndpointStats } from './service-stats.ts'

/** What the discovery tells beside the endpoints' own numbers: asked when STATS is. */
export interface ServiceData {
  /** Connections and the like of this node's gateway. */
  readonly gateway?: () => unknown
  /** Shards and members as this node sees them. */
  readonly cluster?: () => unknown
  /** The interpreter: queue, workers. */
  readonly nlu?: () => unknown
}

/** Queue group of every endpoint. */
export const QUEUE = 'q'

export interface Services {
  readonly all: readonly Service[]
  readonly endpoints: ReadonlyMap<Operation, EndpointStats>
}

/** The services of a node. Those that answer no requests of their own have one endpoint, which is where their STATS is asked. */
export function servicesOf(subjects: string, discovery: string, data: ServiceData): Services {
  const endpoints = new Map<Operation, EndpointStats>()
  for (const operation of OPERATIONS) {
    const queue = operation === 'conv.watch.cancel' ? '' : QUEUE
    endpoints.set(operation, new EndpointStats(operation.replaceAll('.', '-'), `${subjects}.*.${operation}`, queue))
  }
  const of = (family: string): readonly EndpointStats[] =>
    [...endpoints].flatMap(([operation, stats]) => (operation.startsWith(`${family}.`) ? [stats] : []))
  const told = (name: string, description: string, read: (() => unknown) | undefined): Service => {
    const endpoint = new EndpointStats('stats', `${discovery}.STATS.${name}`, '', read ?? (() => ({})))
    return { name, description, endpoints: [endpoint] }
  }
  const all = [
    { name: 'parley-conv', description: 'Conversations: open, send, read, watch, hand over', endpoints: of('conv') },
    { name: 'parley-template', description: "A tenant's templates", endpoints: of('tpl') },
    told('parley-gateway', 'Sockets of this node', data.gateway),
    told('parley-cluster', 'Shards and members as this node sees them', data.cluster),
    told('parley-nlu', 'Interpretation of texts on this node', data.nlu),
  ]
  return { all, endpoints }
}
