import { crc32 } from 'node:zlib'

/**
 * A frame: magic, number, kind, length, checksum (each u32, little endian), then the payload. The checksum covers number,
 * kind, length and payload. Numbers rise by one along the log, over its segments, so a missing piece shows
 * (they wrap at 2^32).
 */
export const FRAME_HEADER_BYTES = 20
/** What one call may encode (16 MiB), and room for what rides along. */
export const FRAME_PAYLOAD_BYTES_MAX = 24 * 1024 * 1024

/** Begins with a byte that UTF-8 never has, so no text inside a payload looks like a frame. */
const MAGIC = 0x4c4a50ff

/** `defining` is a record with the structure definitions it needs in front; both in one frame, so that one write is one frame. */
export const FrameKind = { head: 1, record: 2, defining: 3 } as const
export type FrameKindNumber = (typeof FrameKind)[keyof typeof FrameKind]

export interface Frame {
  readonly kind: number
  readonly number: number
  readonly payload: Buffer
  /** Offset just after the frame. */
  readonly end: number
}

/** A frame ready to be written, as chunks: its header, then the payload's. */
export function frameOf(number: number, kind: FrameKindNumber, payload: readonly Uint8Array[]): Uint8Array[] {
  let length = 0
  for (const chunk of payload) length += chunk.length
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES)
  header.writeUInt32LE(MAGIC, 0)
  header.writeUInt32LE(number, 4)
  header.writeUInt32LE(kind, 8)
  header.writeUInt32LE(length, 12)
  let sum = crc32(header.subarray(4, 16))
  for (const chunk of payload) sum = crc32(chunk, sum)
  header.writeUInt32LE(sum, 16)
  return [header, ...payload]
}

/** The whole frame at `offset`, or undefined when there is none with a right checksum. */
export function frameAt(bytes: Buffer, offset: number): Frame | undefined {
  const start = offset + FRAME_HEADER_BYTES
  if (start > bytes.length || bytes.readUInt32LE(offset) !== MAGIC) return undefined
  const length = bytes.readUInt32LE(offset + 12)
  const end = start + length
  if (length > FRAME_PAYLOAD_BYTES_MAX || end > bytes.length) return undefined
  const payload = bytes.subarray(start, end)
  if (crc32(payload, crc32(bytes.subarray(offset + 4, offset + 16))) !== bytes.readUInt32LE(offset + 16)) return undefined
  return { kind: bytes.readUInt32LE(offset + 8), number: bytes.readUInt32LE(offset + 4), payload, end }
}

const MAGIC_BYTES = Buffer.from([0xff, 0x50, 0x4a, 0x4c])

/** Whether any whole frame stands at or after `offset`: then what is broken before it is no torn tail. */
export function hasFrameAfter(bytes: Buffer, offset: number): boolean {
  for (let at = bytes.indexOf(MAGIC_BYTES, offset); at !== -1; at = bytes.indexOf(MAGIC_BYTES, at + 1)) {
    if (frameAt(bytes, at) !== undefined) return true
  }
  return false
}

/** Whether only zeros (space written ahead) follow. */
export function isBlank(bytes: Buffer, offset: number): boolean {
  for (let at = offset; at < bytes.length; at += ZEROS.length) {
    const end = Math.min(at + ZEROS.length, bytes.length)
    if (bytes.compare(ZEROS, 0, end - at, at, end) !== 0) return false
  }
  return true
}

const ZEROS = Buffer.alloc(64 * 1024)
