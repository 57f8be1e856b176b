import { maskValue } from '../dialogue/value.ts'
import type { DurableEvent, MessageBody } from '../protocol/frames.ts'
import { plainEvent } from '../protocol/recorded-event.ts'
import type { EntryData } from './record.ts'

/** One message of the event stream. `body` is JSON when it leaves; docs/REQUEST-API.md shows it. */
export interface EventRecord {
  /** `parley.evt.v1.<tenant>.message.inbound`, `.message.outbound` or `.conversation.events`. */
  readonly subject: string
  /** `Nats-Msg-Id`: `<tenant>.<cid>.<seq>`, the same however often the entry is published; the opening has seq 0. */
  readonly id: string
  readonly body: {
    readonly v: 1
    readonly tenant: string
    readonly cid: string
    readonly inc: string
    readonly seq: number
    /** Milliseconds since the epoch. */
    readonly ts: number
    readonly type: DurableEvent['t'] | 'conv.opened'
    readonly tv: number
    readonly d: unknown
  }
}

/** What an entry alone does not say. */
export interface EntryPlace {
  readonly tenant: string
  readonly cid: string
  readonly inc: string
  /** The tenant's template version. */
  readonly tv: number
  /** Whether a datum is sensitive: a message that spoke of one leaves masked. */
  readonly isSensitive: (datum: string) => boolean
  /** First token of the subjects. */
  readonly prefix?: string
}

const encoder = new TextEncoder()

/** A record as the event stream takes it. */
export const streamed = ({ subject, id, body }: EventRecord): { subject: string; id: string; data: Uint8Array } => ({
  subject,
  id,
  data: encoder.encode(JSON.stringify(body)),
})

/** The records of one committed entry, in the order of their seq. Pure: the same entry gives equal records, always. */
export function eventRecords(entry: EntryData, place: EntryPlace): EventRecord[] {
  const { tenant, cid, inc, tv, prefix = 'parley' } = place
  const record = (subject: string, seq: number, ts: number, type: EventRecord['body']['type'], d: unknown): EventRecord => ({
    subject: `${prefix}.evt.v1.${tenant}.${subject}`,
    id: `${tenant}.${cid}.${seq}`,
    body: { v: 1, tenant, cid, inc, seq, ts, type, tv, d },
  })
  const records: EventRecord[] = []
  if (entry.opening) {
    const { owner: user, template, version, locale, tz, channel } = entry.opening
    const d = { user, template: { id: template, version }, locale, tz, channel }
    records.push(record('conversation.events', 0, entry.at, 'conv.opened', d))
  }
  const secret = spokeOfSensitive(entry, place)
  for (const event of entry.events) {
    const { seq, ts, t, d } = plainEvent(event)
    if (t !== 'msg.new') records.push(record('conversation.events', seq, ts, t, d))
    else if (d.from === 'user') records.push(record('message.inbound', seq, ts, t, masked(d, secret, place)))
    else records.push(record('message.outbound', seq, ts, t, d))
  }
  return records
}

/** A fact names a sensitive datum: something about it was understood, refused or asked for again. */
function spokeOfSensitive({ facts }: EntryData, { isSensitive }: EntryPlace): boolean {
  return facts.some((fact) => 'datum' in fact && fact.datum !== null && isSensitive(fact.datum))
}

function masked(d: MessageBody, secret: boolean, { isSensitive }: EntryPlace): MessageBody {
  const { body } = d
  if (typeof body === 'string') return secret ? { ...d, body: maskValue('') } : d
  const values = Object.entries(body.values).map(([datum, value]) => [datum, isSensitive(datum) ? maskValue('') : value])
  return { ...d, body: { values: Object.fromEntries(values) } }
}
