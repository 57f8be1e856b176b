import { isId, isStoredTenant } from '../kernel/ids.ts'
import { isRejection, type Rejection } from '../kernel/rejection.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import { bodyText, RecordedEvent } from '../protocol/recorded-event.ts'
import type { Answer, Delivery, HistoryPage, Push } from './port.ts'

/** A durable event between nodes: its body stays the text that it is. */
type EventItem = readonly [seq: number, ts: number, t: DurableEvent['t'], text: string]

/** A delivery without its watcher; `deadlineMs` is what is left of it, since wall clocks differ. */
export type WireDelivery = Exclude<Delivery, { type: 'leave' }>

/** What nodes tell each other about conversations. */
export type Item =
  | readonly [kind: 'ask', id: number, tenant: string, cid: string, delivery: WireDelivery, watch: boolean, attempt: number]
  | readonly [kind: 'answer', id: number, epoch: number, answer: unknown]
  /** Not here; empty when unknown where. */
  | readonly [kind: 'elsewhere', id: number, owner: string, epoch: number]
  | readonly [kind: 'push', push: unknown]
  | readonly [kind: 'gone', tenant: string, cid: string]
  /** Nobody over there watches it any more. */
  | readonly [kind: 'unwatch', tenant: string, cid: string]
  | readonly [kind: 'typing', tenant: string, cid: string, delivery: Extract<Delivery, { type: 'typing' }>]

/** Undefined for what is no item: from a newer version of the code. */
export function itemOf(value: unknown): Item | undefined {
  if (!Array.isArray(value)) return undefined
  const [kind, second, third, fourth, fifth] = value as unknown[]
  switch (kind) {
    case 'ask':
      return typeof second === 'number' && isStoredTenant(third) && isId(fourth) && isObject(fifth)
        ? (value as unknown as Item)
        : undefined
    case 'typing':
      return isStoredTenant(second) && isId(third) && isObject(fourth) ? (value as unknown as Item) : undefined
    case 'gone':
    case 'unwatch':
      return isStoredTenant(second) && isId(third) ? (value as unknown as Item) : undefined
    case 'answer':
      return typeof second === 'number' && typeof third === 'number' && isObject(fourth) ? (value as unknown as Item) : undefined
    case 'elsewhere':
      return typeof second === 'number' && typeof third === 'string' && typeof fourth === 'number'
        ? (value as unknown as Item)
        : undefined
    case 'push':
      return value as unknown as Item
    default:
      return undefined
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

export function packDelivery(delivery: WireDelivery, nowMs: number): WireDelivery {
  const { watcher: _, ...plain } = delivery as Extract<Delivery, { type: 'open' }>
  return withDeadline(plain as WireDelivery, -nowMs)
}

export function unpackDelivery(delivery: WireDelivery, nowMs: number): WireDelivery {
  return withDeadline(delivery, nowMs)
}

function withDeadline(delivery: WireDelivery, byMs: number): WireDelivery {
  const { deadlineMs } = delivery as { deadlineMs?: number }
  return deadlineMs === undefined ? delivery : ({ ...delivery, deadlineMs: deadlineMs + byMs } as WireDelivery)
}

const packEvents = (events: readonly DurableEvent[]): EventItem[] =>
  events.map((event) => [event.seq, event.ts, event.t, bodyText(event)])

const unpackEvents = (items: readonly EventItem[]): DurableEvent[] =>
  items.map(([seq, ts, t, text]) => RecordedEvent.ofText(seq, ts, t, text))

const plainEvents = (items: readonly EventItem[]): DurableEvent[] =>
  items.map(([seq, ts, t, text]) => ({ seq, ts, t, d: JSON.parse(text) }) as DurableEvent)

export function packAnswer(answer: Answer | Rejection): unknown {
  if (isRejection(answer)) return answer
  if ('events' in answer) return { ...answer, events: packEvents(answer.events) }
  if ('items' in answer) return { ...answer, items: packEvents(answer.items) }
  return answer
}

export function unpackAnswer(packed: unknown): Answer | Rejection {
  const answer = packed as Answer | Rejection
  if (isRejection(answer)) return answer
  if ('events' in answer) return { ...answer, events: unpackEvents(answer.events as unknown as EventItem[]) }
  // A page is encoded whole, whatever the codec: its events must be plain.
  if ('items' in answer) return { ...answer, items: plainEvents(answer.items as unknown as EventItem[]) } as HistoryPage
  return answer
}

export function packPush(push: Push): unknown {
  const { tenant, cid, inc, events, origin, originSeq, data, receipt, typing } = push
  return { tenant, cid, inc, events: packEvents(events), origin, originSeq, data, receipt, typing }
}

export function unpackPush(packed: unknown): Push | undefined {
  const push = packed as (Omit<Push, 'events'> & { events: EventItem[] }) | undefined
  if (!isStoredTenant(push?.tenant) || !isId(push?.cid) || !Array.isArray(push?.events)) return undefined
  if (!push.events.every(Array.isArray)) return undefined
  return { ...push, events: unpackEvents(push.events) }
}

/** An open that was asked for before may have happened: the conversation has to be looked for. */
export function repeated(delivery: WireDelivery, attempt: number): WireDelivery {
  return delivery.type === 'open' && attempt > 1 && !delivery.keyed ? { ...delivery, keyed: true } : delivery
}
