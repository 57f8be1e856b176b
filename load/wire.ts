/**
 * The client half of RFC 6455, as little of it as a load generator needs: masked frames out, whole unfragmented frames in.
 * No compression is offered. Pure: bytes in, bytes out.
 */

export const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** Longest frame that is taken from a server; a longer one is a fault of the bench. */
const PAYLOAD_BYTES_MAX = 4 * 1024 * 1024

/** Not zero, so that the server pays for unmasking as it does with browsers. */
const MASK = [0x37, 0xfa, 0x21, 0x3d] as const

/** One masked frame. `payload` must be latin1 and, where a peer checks UTF-8, ASCII. */
export function clientFrame(opcode: number, payload: string): Buffer {
  const length = payload.length
  const head = length < 126 ? 6 : length < 65_536 ? 8 : 14
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = 0x80 | opcode
  if (head === 6) frame[1] = 0x80 | length
  else if (head === 8) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeUInt32BE(0, 2)
    frame.writeUInt32BE(length, 6)
  }
  const [a, b, c, d] = MASK
  frame[head - 4] = a
  frame[head - 3] = b
  frame[head - 2] = c
  frame[head - 1] = d
  for (let i = 0; i < length; i++) frame[head + i] = payload.charCodeAt(i) ^ MASK[(i & 3) as 0 | 1 | 2 | 3]
  return frame
}

export interface FrameHandler {
  /** One whole frame's payload as latin1 text. The strings are the handler's to keep. */
  frame(opcode: number, payload: string): void
}

/**
 * Cuts what arrives on one socket into frames, in order. A frame split over reads is kept until its rest arrives.
 * Throws `Error` on what no server may send here (masked, fragmented, or more than 4 MiB): drop the socket.
 */
export class FrameReader {
  private rest: Buffer | undefined
  private readonly handler: FrameHandler

  constructor(handler: FrameHandler) {
    this.handler = handler
  }

  /** `bytes` may be a buffer that is used again after the call: what is kept is copied. */
  push(bytes: Buffer): void {
    const input = this.rest === undefined ? bytes : Buffer.concat([this.rest, bytes])
    this.rest = undefined
    let at = 0
    while (at < input.length) {
      const next = this.take(input, at)
      if (next < 0) {
        this.rest = Buffer.from(input.subarray(at))
        return
      }
      at = next
    }
  }

  /** Handles the frame at `at` and gives the offset after it, or -1 when it is not whole yet. */
  private take(input: Buffer, at: number): number {
    const have = input.length - at
    if (have < 2) return -1
    const first = input[at] ?? 0
    const second = input[at + 1] ?? 0
    if ((first & 0xf0) !== 0x80 || second & 0x80) throw new Error('the server sent a fragmented, extended or masked frame')
    let length = second
    let body = at + 2
    if (second === 126) {
      if (have < 4) return -1
      length = input.readUInt16BE(at + 2)
      body = at + 4
    } else if (second === 127) {
      if (have < 10) return -1
      length = input.readUInt32BE(at + 2) === 0 ? input.readUInt32BE(at + 6) : Number.POSITIVE_INFINITY
      body = at + 10
    }
    if (length > PAYLOAD_BYTES_MAX) throw new Error(`the server sent a frame of more than ${PAYLOAD_BYTES_MAX} bytes`)
    const end = body + length
    if (end > input.length) return -1
    this.handler.frame(first & 0x0f, input.toString('latin1', body, end))
    return end
  }
}
