import type { Caller, ConversationRouter } from '../actors/port.ts'
import { isRejection, type Rejection } from '../kernel/rejection.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import { ask } from './http/ask.ts'

const REPEATED_EVENTS_MAX = 50

/**
 * The events of the delivery whose first one is `seq`, for the answer to its repeat: those of the same moment, up to the next
 * message that is not the bot's.
 */
export async function repeatedEvents(
  router: ConversationRouter,
  caller: Caller,
  cid: string,
  seq: number,
): Promise<readonly DurableEvent[] | Rejection> {
  const page = await ask(router, caller.tenant, cid, { type: 'history', caller, after: seq - 1, limit: REPEATED_EVENTS_MAX })
  if (isRejection(page)) return page
  const [first, ...rest] = page.items
  if (first === undefined) return []
  const next = rest.findIndex(({ ts, t, d }) => ts !== first.ts || (t === 'msg.new' && d.from !== 'bot'))
  return [first, ...rest.slice(0, next === -1 ? undefined : next)]
}
