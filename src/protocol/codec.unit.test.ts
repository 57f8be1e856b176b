import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { codecOf, DEPTH_MAX, jsonCodec, MALFORMED, msgpackCodec } from './codec.ts'
import type { Frame } from './frames.ts'

const other = new Packr({ useRecords: false, variableMapSize: true })
const bytesOf = (message: string | Uint8Array): Buffer => Buffer.from(message as Uint8Array)
const frames = fc.record({
  v: fc.constant(1),
  t: fc.string(),
  seq: fc.nat(),
  ts: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  d: fc.jsonValue({ maxDepth: 4 }),
})
const free = (value: unknown): boolean => !JSON.stringify(value).includes('"__proto__"')

describe.each([jsonCodec, msgpackCodec])('$name', (codec) => {
  it('gives back every frame it encoded, as JSON would', () => {
    const there = (frame: Frame): unknown => codec.decode(bytesOf(codec.encode(frame)))
    fc.assert(
      fc.property(frames.filter(free), (frame) => {
        expect(there(frame)).toEqual(JSON.parse(JSON.stringify(frame)))
      }),
    )
  })

  it.each([2, 15, 16, 40])('joins %i frames into one array', (count) => {
    const each = Array.from({ length: count }, (_, n) => ({ t: 'pong', d: { n } }))
    expect(codec.decode(bytesOf(codec.join(each.map((frame) => codec.encode(frame)))))).toEqual(each)
  })

  it('is found by its subprotocol', () => {
    expect(codecOf(codec.subprotocol)).toBe(codec)
  })

  it('refuses random bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const value = codec.decode(Buffer.from(bytes))
        expect(value === MALFORMED || typeof value !== 'symbol').toBe(true)
      }),
    )
  })

  it('takes nesting up to the bound and none beyond', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
    const encode = (value: unknown): Buffer => bytesOf(codec.encode(value as Frame))
    expect(codec.decode(encode(nested(DEPTH_MAX)))).toEqual(nested(DEPTH_MAX))
    expect(codec.decode(encode(nested(DEPTH_MAX + 1)))).toBe(MALFORMED)
    expect(codec.decode(encode(nested(200)))).toBe(MALFORMED)
  })
})

describe('json', () => {
  it('refuses a __proto__ key wherever it stands', () => {
    expect(jsonCodec.decode(Buffer.from('{"t":"x","d":[{"__proto__":{}}]}'))).toBe(MALFORMED)
  })

  it('survives thirty thousand brackets', () => {
    expect(jsonCodec.decode(Buffer.from('['.repeat(30_000)))).toBe(MALFORMED)
    expect(jsonCodec.decode(Buffer.from('['.repeat(15_000) + ']'.repeat(15_000)))).toBe(MALFORMED)
  })
})

describe('msgpack', () => {
  it('is read by any other reader and reads any other writer', () => {
    const frame = { v: 1, t: 'msg.send', d: { mid: 'm', kind: 'text', body: 'perché no' } }
    expect(other.unpack(msgpackCodec.encode(frame) as Uint8Array)).toEqual(frame)
    expect(msgpackCodec.decode(Buffer.from(other.pack(frame)))).toEqual(frame)
  })

  it.each([
    ['a list said to have four billion items', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map said to have four billion entries', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['a string longer than the message', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['a list that ends early', [0x92, 0x01]],
    ['bytes after the end', [0x01, 0x01]],
    ['an extension type', [0xd4, 0x01, 0x00]],
    ['the byte that is never used', [0xc1]],
    ['nothing', []],
    ['ten thousand lists inside each other', new Array<number>(10_000).fill(0x91)],
  ])('refuses %s', (_what, bytes) => {
    expect(msgpackCodec.decode(Buffer.from(bytes))).toBe(MALFORMED)
  })

  it('reads every number, string and list size that writers choose', () => {
    const sizes = [0, 1, 31, 32, 255, 256, 65_535, 65_536].map((length) => 'x'.repeat(length))
    const numbers = [
      0,
      127,
      128,
      255,
      65_535,
      65_536,
      2 ** 32,
      1_790_000_000_000,
      -1,
      -32,
      -33,
      -129,
      -40_000,
      -(2 ** 33),
      0.5,
      1e300,
    ]
    const lists = [15, 16, 70_000].map((length) => new Array<number>(length).fill(1))
    const maps = [15, 16, 70_000].map((length) => Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, n])))
    for (const value of [...sizes, ...numbers, ...lists, ...maps, null, true, false]) {
      expect(msgpackCodec.decode(Buffer.from(other.pack(value)))).toEqual(value)
    }
  })
})
