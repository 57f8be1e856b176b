import type { Encoded } from '../../protocol/codec.ts'

const FIN_TEXT = 0x81
const FIN_BINARY = 0x82

/**
 * Lays messages out as unmasked RFC 6455 server frames, one after another in one buffer, so that a tick's messages
 * become a single write of a single chunk.
 */
export function frameMessages(messages: readonly Encoded[]): Buffer {
  let total = 0
  for (const message of messages) {
    const length = lengthOf(message)
    total += length + headLength(length)
  }
  const out = Buffer.allocUnsafe(total)
  let at = 0
  for (const message of messages) at = put(out, at, message)
  return out
}

const lengthOf = (message: Encoded): number => (typeof message === 'string' ? Buffer.byteLength(message) : message.length)

const headLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10)

function put(out: Buffer, start: number, message: Encoded): number {
  const text = typeof message === 'string'
  const length = lengthOf(message)
  let at = start
  out[at++] = text ? FIN_TEXT : FIN_BINARY
  if (length < 126) {
    out[at++] = length
  } else if (length < 65_536) {
    out[at++] = 126
    at = out.writeUInt16BE(length, at)
  } else {
    out[at++] = 127
    at = out.writeUInt32BE(0, at)
    at = out.writeUInt32BE(length, at)
  }
  if (text) out.write(message, at)
  else out.set(message, at)
  return at + length
}
