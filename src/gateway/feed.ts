import type { JoinedAnswer, Push } from '../actors/port.ts'
import type { Codec, Encoded } from '../protocol/codec.ts'
import type { OpenedBody } from '../protocol/frames.ts'
import type { Attachment } from './attachments.ts'
import type { Outbox } from './outbox.ts'
import { dataFrame, eventFrame, type PushEncoder, receiptFrame } from './push-encoder.ts'

/** What a client asked to see besides the durable events. */
export interface Wants {
  readonly data: boolean
  readonly receipts: boolean
}

/** `live`: in step. `closed`: the conversation ended with this. `lost`: events are missing, the session has to join again. */
export type Fed = 'live' | 'closed' | 'lost'

/** The position before the first event that follows. */
export const positionBefore = (joined: JoinedAnswer): number => {
  const first = joined.events[0]
  return first === undefined ? joined.seq : first.seq - 1
}

/** The body of `conv.opened`: its `seq` is the position before the events that follow it. */
export function openedBody(joined: JoinedAnswer): OpenedBody {
  const { cid, inc, state, flow, locale, participants, existing } = joined
  return { cid, inc, seq: positionBefore(joined), state, flow, locale, participants, existing }
}

/**
 * What a join found, as frames: `sync` (unless the conversation is new), the events in order, the newest progress per datum
 * and the newest receipts.
 */
export function catchUpFrames(codec: Codec, wants: Wants, joined: JoinedAnswer, ts: number): readonly Encoded[] {
  const { cid } = joined
  const frames: Encoded[] = []
  if (joined.existing) {
    const d = {
      cid,
      from: positionBefore(joined) + 1,
      to: joined.events.at(-1)?.seq ?? joined.seq,
      count: joined.events.length,
      ...(joined.gap ? { gap: true } : undefined),
      ...(joined.more ? { more: true } : undefined),
    }
    frames.push(codec.encode({ v: 1, t: 'sync', cid, inc: joined.inc, ts, d }))
  }
  for (const event of joined.events) frames.push(eventFrame(codec, cid, joined.inc, event))
  if (wants.data) for (const update of joined.data) frames.push(dataFrame(codec, cid, ts, update))
  if (wants.receipts) for (const receipt of joined.receipts) frames.push(receiptFrame(codec, cid, ts, receipt))
  return frames
}

/**
 * Writes one push: durable events that the client does not have yet, in order, then what is ephemeral. The sender's own
 * message is left out for the session that sent it, which has it as `msg.ok`.
 */
export function feedPush(
  out: Outbox,
  encoder: PushEncoder,
  wants: Wants,
  attachment: Attachment,
  watcherId: string,
  push: Push,
  ts: number,
): Fed {
  const encoded = encoder.of(push, out.codec, ts)
  const mine = push.origin === watcherId
  let fed: Fed = 'live'
  if (push.events.length > 0) {
    if (push.inc !== attachment.inc) return 'lost'
    for (let i = 0; i < push.events.length; i++) {
      const event = push.events[i]
      if (event === undefined || event.seq <= attachment.seq) continue
      if (event.seq !== attachment.seq + 1) return 'lost'
      attachment.seq = event.seq
      if (!mine || event.seq !== push.originSeq) out.sendEncoded(encoded.event(i, event))
      if (event.t === 'conv.state' && event.d.state === 'closed') fed = 'closed'
    }
  }
  if (wants.data) {
    for (let i = 0; i < push.data.length; i++) {
      const update = push.data[i]
      if (update !== undefined) out.offerEncoded(encoded.data(i, update))
    }
  }
  if (wants.receipts && push.receipt !== undefined) out.offerEncoded(encoded.receipt(push.receipt))
  if (push.typing !== undefined && !mine) out.offerEncoded(encoded.typing(push.typing))
  return fed
}
