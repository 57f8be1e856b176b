import { type Codec, jsonCodec, MALFORMED, msgpackCodec } from '../../protocol/codec.ts'
import type { Frame } from '../../protocol/frames.ts'

/** Bodies of requests and answers: the codecs of the chat protocol, on bytes. */
export interface Encoding {
  readonly name: 'json' | 'msgpack'
  readonly codec: Codec
  encode(body: object): Uint8Array
  /** `MALFORMED` for what cannot be read; an empty body is an empty object. */
  decode(bytes: Uint8Array): unknown
}

const encoder = new TextEncoder()
const EMPTY = Object.freeze({})

function encodingOf(codec: Codec): Encoding {
  return {
    name: codec.name,
    codec,
    encode(body) {
      const encoded = codec.encode(body as Frame)
      return typeof encoded === 'string' ? encoder.encode(encoded) : encoded
    },
    decode(bytes) {
      if (bytes.length === 0) return EMPTY
      return codec.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    },
  }
}

export { MALFORMED }
export const JSON_ENCODING = encodingOf(jsonCodec)
const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ['json', JSON_ENCODING],
  ['msgpack', encodingOf(msgpackCodec)],
])

/** Undefined for a name that this server does not speak. */
export const namedEncoding = (name: string): Encoding | undefined => ENCODINGS.get(name)
