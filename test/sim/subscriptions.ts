import type { BusMessage } from '../../src/cluster/port.ts'
import type { SimProcess } from './process.ts'

/** What a client wants to hear. */
export interface Wanted {
  readonly subject: string
  readonly pattern: readonly string[]
  readonly queue: string | undefined
  readonly handler: (message: BusMessage) => void
  /** As the broker is told of it on the current connection. */
  sub: Sub | undefined
}

/** A connection, as the broker sees it. */
export interface BusClient {
  readonly process: SimProcess
  /** The broker has a message for one of its subscriptions; on its way for so long, else as long as the weather lets it take. */
  arriving(sub: Sub, sent: Sent, laterMs?: number, noResponders?: boolean): void
  /** The connection breaks now. */
  broken(): void
}

/** A subscription on one connection. */
export interface Sub {
  readonly client: BusClient
  readonly connection: number
  readonly wanted: Wanted
}

export interface Sent {
  readonly subject: string
  readonly data: Uint8Array
  readonly reply: string | undefined
  readonly headers: ReadonlyMap<string, string> | undefined
}
