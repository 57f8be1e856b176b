import { describe, expect, it } from 'vitest'
import type { Push } from '../actors/port.ts'
import { type Codec, jsonCodec, msgpackCodec } from '../protocol/codec.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import { PushEncoder } from './push-encoder.ts'

const event: DurableEvent = { seq: 2, ts: 5, t: 'conv.state', d: { state: 'active' } }
const push = (): Push => ({ tenant: 'demo', cid: 'c1', inc: 'k1', events: [event], data: [{ node: 'a', status: 'done' }] })

/** A codec that counts what it encodes. */
function counted(codec: Codec): Codec & { count: number } {
  return {
    ...codec,
    count: 0,
    encode(frame) {
      this.count++
      return codec.encode(frame)
    },
  }
}

describe('a push to many watchers', () => {
  it('is encoded once per codec', () => {
    const encoder = new PushEncoder()
    const [json, msgpack] = [counted(jsonCodec), counted(msgpackCodec)]
    let stringified = 0
    const d = { state: 'active' as const, toJSON: () => ({ state: 'active', times: ++stringified }) }
    const one = { ...push(), events: [{ ...event, d } as DurableEvent] }
    for (let watcher = 0; watcher < 100; watcher++) {
      const codec = watcher % 2 === 0 ? json : msgpack
      const encoded = encoder.of(one, codec, 7)
      expect(codec.decode(Buffer.from(encoded.event(0, one.events[0] as DurableEvent) as Uint8Array))).toMatchObject({
        t: 'conv.state',
        cid: 'c1',
        seq: 2,
      })
    }
    // JSON of a durable event is put together from its body's text, not by the codec.
    expect([stringified, json.count, msgpack.count]).toEqual([1, 0, 1])
  })

  it('is encoded only as far as somebody wants it', () => {
    const encoder = new PushEncoder()
    const json = counted(jsonCodec)
    const encoded = encoder.of(push(), json, 7)
    expect(json.count).toBe(0)
    encoded.data(0, { node: 'a', status: 'done' })
    expect(json.count).toBe(1)
  })

  it('is not mistaken for the next one', () => {
    const encoder = new PushEncoder()
    const first = encoder.of(push(), jsonCodec, 7)
    expect(encoder.of(push(), jsonCodec, 7)).not.toBe(first)
  })
})
