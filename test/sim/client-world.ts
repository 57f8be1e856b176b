import type { StreamRecord } from './client-history.ts'
import type { SimNode } from './node.ts'
import type { SeededRandom } from './random.ts'
import type { SessionWorld } from './session.ts'
import type { Simulation } from './simulation.ts'

export interface ClientWorld extends SessionWorld {
  readonly sim: Simulation
  /** A node that takes connections, as far as a load balancer knows. */
  readonly anyNode: (random: SeededRandom) => SimNode | undefined
  /** Every attempt gets an id of its own: the planted fault `no-dedup`. */
  readonly freshMids: boolean
}

/** A conversation as one client knows it. */
export interface Talk {
  readonly cid: string
  readonly keyed: boolean
  /** Followed over the current connection. */
  live: boolean
  asking: boolean
  opened: boolean
  closed: boolean
  inc: string
  seq: number
  stream: StreamRecord | undefined
}

/** Refusals after which a client sends the same again. */
export const RETRIED: ReadonlySet<string> = new Set([
  'unavailable',
  'no_owner',
  'fenced',
  'not_ready',
  'deadline',
  'rate_limited',
])
