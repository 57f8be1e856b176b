import { describe, expect, it } from 'vitest'
import { FrameWriter } from './ws-frame.ts'

const writer = new FrameWriter()
const frameMessages = (messages: readonly (string | Uint8Array)[]): Buffer => writer.write(messages)

describe('messages framed for the wire', () => {
  it('have the head that RFC 6455 wants for their length', () => {
    expect([...frameMessages(['Hello'])]).toEqual([0x81, 5, ...Buffer.from('Hello')])
    expect([...frameMessages([Buffer.of(1, 2)])]).toEqual([0x82, 2, 1, 2])
    expect([...frameMessages(['']).subarray(0, 2)]).toEqual([0x81, 0])
    expect([...frameMessages(['x'.repeat(125)]).subarray(0, 2)]).toEqual([0x81, 125])
    expect([...frameMessages(['x'.repeat(126)]).subarray(0, 4)]).toEqual([0x81, 126, 0, 126])
    expect([...frameMessages([Buffer.alloc(65_535)]).subarray(0, 4)]).toEqual([0x82, 126, 255, 255])
    expect([...frameMessages([Buffer.alloc(65_536)]).subarray(0, 10)]).toEqual([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0])
  })

  it('count bytes, not characters', () => {
    expect([...frameMessages(['è'])]).toEqual([0x81, 2, 0xc3, 0xa8])
  })

  it('follow each other in one buffer', () => {
    expect(frameMessages(['a', Buffer.of(7), 'b']).toString('hex')).toBe('8101618201078101' + '62')
  })

  it('stay what they were while others follow, slab after slab', () => {
    const texts = Array.from({ length: 400 }, (_, i) => '€'.repeat(i % 130) + 'x'.repeat(i * 3))
    const framed = texts.map((text) => frameMessages([text]))
    for (const [i, text] of texts.entries()) {
      const bytes = Buffer.byteLength(text)
      expect(framed[i]?.subarray(bytes < 126 ? 2 : 4).toString()).toBe(text)
    }
  })

  it('may be longer than a slab, also by their bytes alone', () => {
    for (const text of ['x'.repeat(100_000), '€'.repeat(30_000), '€'.repeat(21_845), 'x'.repeat(65_526)]) {
      const bytes = Buffer.byteLength(text)
      const framed = frameMessages(['a', text])
      expect(framed.subarray(0, 3).toString('hex')).toBe('810161')
      expect(framed.subarray(framed.length - bytes).toString()).toBe(text)
      expect(framed.length).toBe(3 + (bytes < 65_536 ? 4 : 10) + bytes)
    }
  })
})
