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

export const dataFrame = (codec: Codec, cid: string, ts: number, update: DataUpdate): Encoded =>
  codec.encode({ v: 1, t: 'data.update', cid, ts, d: update })

export const receiptFrame = (codec: Codec, cid: string, ts: number, receipt: Receipt): Encoded =>
  codec.encode({ v: 1, t: 'receipt', cid, ts, d: receipt })

/** One push in one codec. Each frame is encoded when its first watcher needs it, and never again. */
export class EncodedPush {
  readonly #push: Push
  readonly #codec: Codec
  readonly #ts: number
  readonly #events: Encoded[] = []
  readonly #data: Encoded[] = []
  #receipt: Encoded | undefined
  #typing: Encoded | undefined

  constructor(push: Push, codec: Codec, ts: number) {
    this.#push = push
    this.#codec = codec
    this.#ts = ts
  }

  event(index: number, event: DurableEvent): Encoded {
    this.#events[index] ??= eventFrame(this.#codec, this.#push.cid, this.#push.inc, event)
    return this.#events[index]
  }

  data(index: number, update: DataUpdate): Encoded {
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
