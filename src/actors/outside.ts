import { type Rejection, reject } from '../kernel/rejection.ts'
import type { MessageBody } from '../protocol/frames.ts'
import type { Change, Of } from './change.ts'
import type { Caller, InjectedMessage } from './port.ts'
import type { Snapshot } from './record.ts'
import { bodyHash } from './view.ts'

/** Where a conversation waits that nobody named a queue for. */
const QUEUE = 'operator'

/** Variables of one conversation, however they came. */
const VARS_MAX = 256

type FromOutside = Of<'handoff'> | Of<'inject'>

/** What tells a repeat from another delivery with the same id. */
export function outsideHash(delivery: FromOutside): number {
  if (delivery.type === 'inject') return bodyHash('inject', entriesOf(delivery.what))
  const { action, agent, queue, note } = delivery
  return bodyHash('handoff', entriesOf({ action, agent, queue, note }))
}

/** The same for the same content, in whatever order its fields came. */
function entriesOf(fields: object): unknown {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'object' ? entriesOf(value) : value])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}

/** What an operator's or a service's delivery changes in an open conversation. */
export function changeFromOutside(
  delivery: FromOutside,
  snapshot: Snapshot,
  localNow: string,
): Pick<Change, 'kind' | 'input' | 'told'> | Rejection {
  const { mid } = delivery
  if (delivery.type === 'handoff') return handoff(delivery, snapshot, localNow)
  const { what, caller } = delivery
  if ('vars' in what) {
    const names = new Set([...Object.keys(snapshot.dialogue.vars), ...Object.keys(what.vars)])
    if (names.size > VARS_MAX) return reject('too_large', `a conversation has at most ${VARS_MAX} variables`, { field: 'vars' })
    return { kind: 'inject', input: { type: 'variablesGiven', values: what.vars, localNow }, told: { mid } }
  }
  const message = injectedMessage(mid, what, caller, snapshot.turns)
  return { kind: 'inject', input: { type: 'agentMessage', text: what.body, localNow }, told: { mid, message } }
}

function handoff(
  delivery: Of<'handoff'>,
  snapshot: Snapshot,
  localNow: string,
): Pick<Change, 'kind' | 'input' | 'told'> | Rejection {
  const { mid, note, caller } = delivery
  const told = { mid, note }
  const waits = snapshot.state === 'handoff'
  if (delivery.action === 'give') {
    if (!waits)
      return reject('conflict', 'no human speaks in this conversation: there is nothing to give back', { field: 'action' })
    return { kind: 'handoff', input: { type: 'handedBack', localNow }, told }
  }
  const queue = delivery.queue ?? (waits ? snapshot.reason : undefined) ?? QUEUE
  const agent = delivery.agent ?? caller.user
  return { kind: 'handoff', input: { type: 'transferred', queue, agent, localNow }, told }
}

function injectedMessage(mid: string, what: InjectedMessage, caller: Caller, turn: number): MessageBody {
  const { from, body } = what
  const user = from === 'agent' ? (what.agent ?? caller.user) : undefined
  return { mid, from, kind: 'text', body, user, turn } as MessageBody
}
