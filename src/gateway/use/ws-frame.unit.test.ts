import { describe, expect, it } from 'vitest'
import { frameMessages } from './ws-frame.ts'

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
})
