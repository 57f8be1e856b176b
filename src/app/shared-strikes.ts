import type { ConversationRouter } from '../actors/port.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { isRejection } from '../kernel/rejection.ts'
import type { Documents } from '../storage/port.ts'
import { STRIKES_MAX, type Strikes } from './slot-file.ts'

export interface SharedStrikesOptions {
  readonly documents: Documents
  readonly router: ConversationRouter
  readonly clock: Clock
  readonly log: Log
  /** This incarnation: each counts once. */
  readonly node: string
}

const strikeId = (cid: string): string => `strike.${cid}`

/**
 * A conversation that ends the process handling it moves to the next node and ends that one too. So the nodes count together, in the
 * tenant's documents: the third unclean stop with the same conversation in hand puts it into quarantine, wherever it lives then.
 * Failing to count is logged and no more: the node has to start.
 */
export async function tellStrike(last: Strikes['last'], options: SharedStrikesOptions): Promise<void> {
  if (!last) return
  const { tenant, cid } = last
  const { documents, router, clock, log, node } = options
  try {
    const doc = { node, at: clock.now() }
    await documents.put(tenant, [{ collection: 'audit', id: strikeId(cid), n: clock.now(), doc }])
    const strikes = await documents.page(tenant, { collection: 'audit', id: strikeId(cid), limit: STRIKES_MAX })
    if (strikes.length < STRIKES_MAX) return
    const caller = { tenant, user: 'quarantine', role: 'service' } as const
    const answer = await new Promise((resolve) => router.deliver(tenant, cid, { type: 'quarantine', caller }, resolve))
    if (isRejection(answer))
      log.warn({ tenant, conversation: cid, rejected: answer.rejected }, 'the conversation was not quarantined')
    else log.error({ tenant, conversation: cid }, 'quarantined: it ended the processes that handled it three times')
  } catch (error) {
    log.error({ tenant, conversation: cid, err: error }, 'a strike could not be counted for the other nodes')
  }
}
