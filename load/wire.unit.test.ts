import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientFrame, FrameReader, OPCODE } from './wire.ts'

/** A server's frame: not masked. */
function serverFrame(opcode: number, payload: string): Buffer {
  const body = Buffer.from(payload, 'latin1')
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  if (body.length < 126) head[1] = body.length
  else if (body.length < 65_536) {
    head[1] = 126
    head.writeUInt16BE(body.length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(body.length), 2)
  }
  return Buffer.concat([head, body])
}

function readAll(chunks: readonly Buffer[]): string[] {
  const frames: string[] = []
  const reader = new FrameReader({ frame: (opcode, payload) => frames.push(`${opcode}:${payload}`) })
  for (const chunk of chunks) reader.push(chunk)
  return frames
}

describe('FrameReader', () => {
  test('gives the same frames wherever the stream is cut', () => {
    const payloads = ['', 'short', 'x'.repeat(125), 'y'.repeat(126), 'z'.repeat(65_535), 'w'.repeat(65_536)]
    const stream = Buffer.concat(payloads.map((payload) => serverFrame(OPCODE.text, payload)))
    const expected = payloads.map((payload) => `1:${payload}`)
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        const chunks = edges.slice(1).map((edge, i) => stream.subarray(edges[i], edge))
        expect(readAll(chunks)).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  test('keeps what it needs of a buffer that is used again', () => {
    const frames: string[] = []
    const reader = new FrameReader({ frame: (_opcode, payload) => frames.push(payload) })
    const frame = serverFrame(OPCODE.text, 'hello there')
    const shared = Buffer.from(frame.subarray(0, 5))
    reader.push(shared)
    shared.fill(0)
    reader.push(frame.subarray(5))
    expect(frames).toEqual(['hello there'])
  })

  test('refuses what a server may not send', () => {
    expect(() => readAll([clientFrame(OPCODE.text, 'masked')])).toThrow('masked')
    expect(() => readAll([Buffer.from([0x01, 1, 65])])).toThrow('fragmented')
    expect(() => readAll([Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0])])).toThrow('bytes')
  })
})

describe('clientFrame', () => {
  test.each([0, 1, 125, 126, 65_535, 65_536])('of %i characters unmasks to its payload', (length) => {
    const payload = 'abcdefghij'.repeat(Math.ceil(length / 10)).slice(0, length)
    const frame = clientFrame(OPCODE.text, payload)
    const head = frame.length - length
    const mask = frame.subarray(head - 4, head)
    const plain = frame.subarray(head).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
    expect(frame[0]).toBe(0x81)
    expect((frame[1] ?? 0) & 0x80).toBe(0x80)
    expect(mask.some((byte) => byte !== 0)).toBe(true)
    expect(Buffer.from(plain).toString('latin1')).toBe(payload)
  })
})
