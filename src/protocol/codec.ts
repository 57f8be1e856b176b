import { Packr, Unpackr } from 'msgpackr'
import { type Frame, SUBPROTOCOL_JSON, SUBPROTOCOL_MSGPACK } from './frames.ts'
import { isPlainMsgpack } from './msgpack-scan.ts'

/** A frame on its way out: text for JSON, bytes for msgpack. */
export type Encoded = string | Uint8Array

/** Maps and lists inside each other, the frame itself counted. */
export const DEPTH_MAX = 16

/** What `decode` answers for bytes that are no message: the sender gets `bad_request`. */
export const MALFORMED: unique symbol = Symbol('malformed')

/** One subprotocol's way to put frames on the wire. Stateless: any frame can be read without those before it. */
export interface Codec {
  readonly name: 'json' | 'msgpack'
  readonly subprotocol: string
  /** Binary WebSocket frames; otherwise text frames. */
  readonly binary: boolean
  encode(frame: Frame): Encoded
  /** Joins two or more encoded frames into one array. */
  join(frames: readonly Encoded[]): Encoded
  /** Never throws. Refuses what nests deeper than `DEPTH_MAX` or has a `__proto__` key. */
  decode(bytes: Buffer): unknown
}

export const jsonCodec: Codec = {
  name: 'json',
  subprotocol: SUBPROTOCOL_JSON,
  binary: false,
  encode: (frame) => JSON.stringify(frame),
  join: (frames) => `[${frames.join(',')}]`,
  decode(bytes) {
    try {
      const text = bytes.toString('utf8')
      const value: unknown = JSON.parse(text)
      return isPlainlyTame(text) || isTame(value, DEPTH_MAX) ? value : MALFORMED
    } catch {
      return MALFORMED
    }
  },
}

/** So short of brackets that it cannot nest too deep, and without the forbidden key: seen without a walk through the value. */
function isPlainlyTame(text: string): boolean {
  if (text.includes('\\') || text.includes('__proto__')) return false
  let opened = 0
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) if (++opened > DEPTH_MAX) return false
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) if (++opened > DEPTH_MAX) return false
  return true
}

/** Plain maps with string keys, no records, no extension types: any msgpack library reads and writes them. */
const packr = new Packr({ useRecords: false, variableMapSize: true, moreTypes: false, encodeUndefinedAsNil: true })
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number', moreTypes: false })

export const msgpackCodec: Codec = {
  name: 'msgpack',
  subprotocol: SUBPROTOCOL_MSGPACK,
  binary: true,
  encode: (frame) => packr.pack(frame),
  join(frames) {
    const count = frames.length
    const head = count < 16 ? Buffer.of(0x90 | count) : Buffer.of(0xdc, count >> 8, count & 255)
    return Buffer.concat([head, ...(frames as readonly Uint8Array[])])
  },
  decode(bytes) {
    if (!isPlainMsgpack(bytes, DEPTH_MAX)) return MALFORMED
    try {
      const value: unknown = unpackr.unpack(bytes)
      return isTame(value, DEPTH_MAX) ? value : MALFORMED
    } catch {
      return MALFORMED
    }
  },
}

const codecs: ReadonlyMap<string, Codec> = new Map([jsonCodec, msgpackCodec].map((codec) => [codec.subprotocol, codec]))

/** The codec of a subprotocol name; undefined when this server does not speak it. */
export const codecOf = (subprotocol: string): Codec | undefined => codecs.get(subprotocol)

/** Whether a value nests `depth` deep at most, and has no `__proto__` key. */
export function isTame(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isTame(item, depth - 1)) return false
    return true
  }
  for (const key in value) {
    if (key === '__proto__' || !isTame((value as Record<string, unknown>)[key], depth - 1)) return false
  }
  return true
}
