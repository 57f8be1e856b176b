import type { Encoded } from '../../protocol/codec.ts'

const FIN_TEXT = 0x81
const FIN_BINARY = 0x82
const SLAB_BYTES = 64 * 1024
const HEAD_BYTES_MAX = 10
/** The most bytes that UTF-8 takes for one UTF-16 unit. */
const BYTES_PER_CHAR = 3
/** From here on a head has four bytes, up to there too. */
const MEDIUM = 126
const LARGE = 65_536

/**
 * Lays messages out as unmasked RFC 6455 server frames, one after another in one buffer, so that a tick's messages become a
 * single write of a single chunk. The chunks are cut from slabs, each byte written once. A chunk that waits keeps its whole slab
 * alive, so what will wait is laid out apart: a socket that does not read keeps one slab alive at most.
 */
export class FrameWriter {
  #slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
  #at = 0

  /** The bytes are the caller's; nothing is written over them. */
  write(messages: readonly Encoded[]): Buffer {
    let most = 0
    for (const message of messages) most += HEAD_BYTES_MAX + message.length * (typeof message === 'string' ? BYTES_PER_CHAR : 1)
    if (most > SLAB_BYTES) return whole(messages)
    if (this.#at + most > SLAB_BYTES) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      this.#at = 0
    }
    const start = this.#at
    for (const message of messages) this.#at = put(this.#slab, this.#at, message)
    return this.#slab.subarray(start, this.#at)
  }

  /** The same in a buffer of its own, for a socket of which something waits already. */
  writeApart(messages: readonly Encoded[]): Buffer {
    return whole(messages)
  }
}

/** In a buffer of their own, as long as they are. */
function whole(messages: readonly Encoded[]): Buffer {
  let total = 0
  for (const message of messages) {
    const length = typeof message === 'string' ? Buffer.byteLength(message) : message.length
    total += length + headBytes(length)
  }
  const out = Buffer.allocUnsafeSlow(total)
  let at = 0
  for (const message of messages) at = put(out, at, message)
  return out
}

const headBytes = (length: number): number => (length < MEDIUM ? 2 : length < LARGE ? 4 : 10)

function put(out: Buffer, start: number, message: Encoded): number {
  if (typeof message !== 'string') {
    const body = start + putHead(out, start, FIN_BINARY, message.length)
    out.set(message, body)
    return body + message.length
  }
  // Characters tell the head's size but for short texts and very long ones: mostly the text is measured by writing it.
  const chars = message.length
  const guess = chars >= MEDIUM && chars * BYTES_PER_CHAR < LARGE ? 4 : headBytes(Buffer.byteLength(message))
  const length = out.write(message, start + guess)
  putHead(out, start, FIN_TEXT, length)
  return start + guess + length
}

function putHead(out: Buffer, start: number, kind: number, length: number): number {
  out[start] = kind
  if (length < MEDIUM) {
    out[start + 1] = length
    return 2
  }
  if (length < LARGE) {
    out[start + 1] = 126
    out[start + 2] = length >> 8
    out[start + 3] = length & 255
    return 4
  }
  out[start + 1] = 127
  out.writeUInt32BE(0, start + 2)
  out.writeUInt32BE(length, start + 6)
  return 10
}
