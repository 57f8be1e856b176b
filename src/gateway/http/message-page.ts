import type { Caller, ConversationRouter } from '../../actors/port.ts'
import { isRejection, type Rejection } from '../../kernel/rejection.ts'
import type { DurableEvent, MessageBody } from '../../protocol/frames.ts'
import { ask } from './ask.ts'

export interface PageQuery {
  readonly before?: number
  readonly after?: number
  /** Messages. */
  readonly limit: number
}

export type Message = { readonly seq: number; readonly ts: number } & MessageBody

export interface MessagePage {
  readonly messages: readonly Message[]
  /** seq of the first and the last event that the page stands for; 0 when there is none. */
  readonly first: number
  readonly last: number
  /** Whether events follow in the direction asked: below `first`, or with `after` above `last`. */
  readonly more: boolean
}

/** Reads of the history for one page; a conversation where this many bring no full page is answered with what was found. */
const READS_MAX = 8

export const messagesOf = (events: readonly DurableEvent[]): Message[] =>
  events.flatMap((event) => (event.t === 'msg.new' ? [{ seq: event.seq, ts: event.ts, ...event.d }] : []))

/** `limit` messages in order, whatever other events stand between them: after a position, else the last ones before one. */
export async function messagePage(
  router: ConversationRouter,
  caller: Caller,
  cid: string,
  query: PageQuery,
): Promise<MessagePage | Rejection> {
  const forward = query.after !== undefined
  // In the direction asked.
  const taken: DurableEvent[] = []
  let messages = 0
  let more = true
  for (let read = 0; read < READS_MAX && more && messages < query.limit; read++) {
    const page = await ask(router, caller.tenant, cid, { type: 'history', caller, ...query, ...positionAfter(taken, forward) })
    if (isRejection(page)) return page
    more = page.more
    for (const event of forward ? page.items : page.items.toReversed()) {
      const message = event.t === 'msg.new'
      if (message && messages === query.limit) {
        more = true
        break
      }
      if (message) messages++
      taken.push(event)
    }
    if (page.items.length === 0) break
  }
  if (!forward) taken.reverse()
  return { messages: messagesOf(taken), first: taken[0]?.seq ?? 0, last: taken.at(-1)?.seq ?? 0, more }
}

function positionAfter(taken: readonly DurableEvent[], forward: boolean): { after?: number; before?: number } {
  const seq = taken.at(-1)?.seq
  if (seq === undefined) return {}
  return forward ? { after: seq } : { before: seq }
}
