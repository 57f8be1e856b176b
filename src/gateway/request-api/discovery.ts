import type { Bus, BusMessage, Subscription } from '../../cluster/port.ts'
import { JSON_ENCODING } from './encoding.ts'
import { isReply, published } from './exchange.ts'
import type { EndpointStats } from './service-stats.ts'

export interface Service {
  /** `[A-Za-z0-9_-]+` */
  readonly name: string
  readonly description: string
  readonly endpoints: readonly EndpointStats[]
}

export interface DiscoveryOptions {
  readonly bus: Bus
  readonly services: readonly Service[]
  /** Of this process: tells instances of one service apart. */
  readonly id: string
  /** SemVer. */
  readonly version: string
  readonly metadata: Readonly<Record<string, string>>
  readonly startedMs: number
  /** `$SRV`, unless accounts map it. */
  readonly prefix: string
  /** First token of the API's own subjects: nothing is answered there. */
  readonly ownPrefix: string
}

/**
 * Answers PING, INFO and STATS as NATS services do (ADR-32): to all, by name, and by name and id. Plain subscriptions: every
 * instance answers, and who asks gathers.
 */
export function serveDiscovery(options: DiscoveryOptions): readonly Subscription[] {
  const { bus, services, id, prefix } = options
  const subscriptions: Subscription[] = []
  for (const verb of ['PING', 'INFO', 'STATS'] as const) {
    const subject = `${prefix}.${verb}`
    const answer = (service: Service, message: BusMessage): void => {
      const { reply } = message
      if (isReply(reply, options.ownPrefix)) published(bus, reply, JSON_ENCODING.encode(responseOf(verb, service, options)), {})
    }
    const toAll = (message: BusMessage): void => {
      for (const service of services) answer(service, message)
    }
    subscriptions.push(bus.subscribe(subject, toAll))
    for (const service of services) {
      const toOne = (message: BusMessage): void => answer(service, message)
      subscriptions.push(bus.subscribe(`${subject}.${service.name}`, toOne))
      subscriptions.push(bus.subscribe(`${subject}.${service.name}.${id}`, toOne))
    }
  }
  return subscriptions
}

function responseOf(verb: 'PING' | 'INFO' | 'STATS', service: Service, options: DiscoveryOptions): object {
  const { id, version, metadata, startedMs } = options
  const { name, description, endpoints } = service
  const base = { type: `io.nats.micro.v1.${verb.toLowerCase()}_response`, name, id, version, metadata }
  if (verb === 'PING') return base
  if (verb === 'INFO') return { ...base, description, endpoints: endpoints.map((endpoint) => endpoint.info()) }
  return { ...base, started: new Date(startedMs).toISOString(), endpoints: endpoints.map((endpoint) => endpoint.stats()) }
}
