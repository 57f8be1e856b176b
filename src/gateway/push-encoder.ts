import type { Push } from '../actors/port.ts'
import type { Codec, Encoded } from '../protocol/codec.ts'
import type { DataUpdate, DurableEvent, Receipt } from '../protocol/frames.ts'
import { bodyText } from '../protocol/recorded-event.ts'

/** The event's body is text already where a turn has just made it: JSON sockets take that. */
export function eventFrame(codec: Codec, cid: string, inc: string, event: DurableEvent): Encoded {
  const { t, seq, ts } = event
  if (codec.name !== 'json') return codec.encode({ v: 1, t, cid, inc, seq, ts, d: event.d })
  return `{"v":1,"t":"${t}","cid":"${cid}","inc":"${inc}","seq":${seq},"ts":${ts},"d":${bodyText(event)}}`
}

/** What `msg.ok` says. Ids other than the frame's own were checked and need no escapes. */
export interface Accepted {
  readonly re: string | undefined
  readonly cid: string
  /** Empty where the session has not been brought to a position yet. */
  readonly inc: string
  readonly seq: number
  readonly ts: number
  readonly mid: string
  readonly dup: boolean
}

export function acceptedFrame(codec: Codec, { re, cid, inc, seq, ts, mid, dup }: Accepted): Encoded {
  if (codec.name !== 'json') {
    const answered = re === undefined ? undefined : { re }
    const placed = inc === '' ? undefined : { inc }
    const d = dup ? { mid, seq, dup } : { mid, seq }
    return codec.encode({ v: 1, t: 'msg.ok', ...answered, cid, ...placed, seq, ts, d })
  }
  const answered = re === undefined ? '' : `"re":${JSON.stringify(re)},`
  const placed = inc === '' ? '' : `"inc":"${inc}",`
  const repeat = dup ? ',"dup":true' : ''
  return `{"v":1,"t":"msg.ok",${answered}"cid":"${cid}",${placed}"seq":${seq},"ts":${ts},"d":{"mid":"${mid}","seq":${seq}${repeat}}}`
}

export const dataFrame = (codec: Codec, cid: string, ts: number, update: DataUpdate): Encoded =>
  codec.encode({ v: 1, t: 'data.update', cid, ts, d: update })

export const receiptFrame = (codec: Codec, cid: string, ts: number, receipt: Receipt): Encoded =>
  codec.encode({ v: 1, t: 'receipt', cid, ts, d: receipt })

/** One push in one codec. Each frame is encoded when its first watcher needs it, and never again. */
export class EncodedPush {
  readonly #push: Push
  readonly #codec: Codec
  readonly #ts: number
  readonly #events: (Encoded | undefined)[]
  #data: Encoded[] | undefined
  #receipt: Encoded | undefined
  #typing: Encoded | undefined

  constructor(push: Push, codec: Codec, ts: number) {
    this.#push = push
    this.#codec = codec
    this.#ts = ts
    this.#events = new Array(push.events.length)
  }

  event(index: number, event: DurableEvent): Encoded {
    const known = this.#events[index]
    if (known !== undefined) return known
    const encoded = eventFrame(this.#codec, this.#push.cid, this.#push.inc, event)
    this.#events[index] = encoded
    return encoded
  }

  data(index: number, update: DataUpdate): Encoded {
    this.#data ??= []
    this.#data[index] ??= dataFrame(this.#codec, this.#push.cid, this.#ts, update)
    return this.#data[index]
  }

  receipt(receipt: Receipt): Encoded {
    this.#receipt ??= receiptFrame(this.#codec, this.#push.cid, this.#ts, receipt)
    return this.#receipt
  }

  typing(typing: NonNullable<Push['typing']>): Encoded {
    this.#typing ??= this.#codec.encode({ v: 1, t: 'typing', cid: this.#push.cid, ts: this.#ts, d: typing })
    return this.#typing
  }
}

/** Remembers the push in hand, since a router gives one push to all its watchers in a row. */
export class PushEncoder {
  #push: Push | undefined
  #json: EncodedPush | undefined
  #msgpack: EncodedPush | undefined

  of(push: Push, codec: Codec, ts: number): EncodedPush {
    if (this.#push !== push) {
      this.#push = push
      this.#json = undefined
      this.#msgpack = undefined
    }
    if (codec.name === 'json') {
      this.#json ??= new EncodedPush(push, codec, ts)
      return this.#json
    }
    this.#msgpack ??= new EncodedPush(push, codec, ts)
    return this.#msgpack
  }
}
