import type { Gateway } from '../gateway/gateway.ts'
import type { RequestApi } from '../gateway/request-api/request-api.ts'
import { HEALTH_TENANT } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Nlu } from '../nlu/port.ts'
import type { Documents, Journal } from '../storage/port.ts'
import type { WriteBehind } from '../storage/write-behind.ts'
import { inTurn } from './in-turn.ts'
import type { Shape } from './shape.ts'
import type { Store } from './store.ts'

/** Of the time for a stop, what clients get to close their sockets; the rest is for writing down. */
const SOCKETS_SHARE = 0.4
/** And what handing conversations over to other nodes may take, while requests over the bus get their answers. */
export const HAND_OVER_SHARE = 0.4

/** What a running server is made of. */
export interface Running {
  readonly log: Log
  /** For all of it. */
  readonly drainMs: number
  readonly requests: Pick<RequestApi, 'stop'> | undefined
  readonly shape: Pick<Shape, 'handOver' | 'stop' | 'close'>
  readonly gateway: Pick<Gateway, 'drain' | 'close'>
  readonly writeBehind: Pick<WriteBehind, 'stop'>
  readonly journal: Pick<Journal, 'close'>
  readonly nlu: Pick<Nlu, 'close'>
  readonly documents: Pick<Documents, 'drop' | 'close'>
  readonly events: { close(): Promise<void> } | undefined
  readonly store: Pick<Store, 'unlock'>
  /** Whether what probes left is removed. */
  readonly forgetProbes: boolean
  /** Everything is written down; what follows is only tidying up. */
  readonly written: () => void
  /** Ends what looks after the process. */
  readonly idle: () => Promise<void>
}

/**
 * Ends a server in the order that refuses nothing needlessly: conversations go to other nodes, requests over the bus and then sockets
 * get their answers, and what was accepted is written down before anything is closed. A step that fails keeps none of the later ones
 * from running; rejects with the first fault at the end.
 */
export function stopAll(running: Running): Promise<void> {
  const { log, drainMs, requests, shape, gateway, writeBehind, journal, nlu, documents, events, store } = running
  return inTurn(log, [
    // Both at once: what waits for an answer over the bus is answered by whichever node owns its conversation then.
    async () => {
      const both = [requests?.stop(), shape.handOver(drainMs * HAND_OVER_SHARE)]
      await Promise.allSettled(both)
      await Promise.all(both)
    },
    () => gateway.drain(drainMs * SOCKETS_SHARE),
    async () => {
      await inTurn(log, [() => shape.stop(), () => writeBehind.stop(), () => journal.close()])
      running.written()
    },
    () => gateway.close(),
    () => nlu.close(),
    async () => {
      if (running.forgetProbes) await documents.drop(HEALTH_TENANT)
    },
    () => documents.close(),
    async () => events?.close(),
    () => shape.close(),
    () => running.idle(),
    () => store.unlock(),
  ])
}
