import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecordDecoder, RecordEncoder } from './codec.ts'
import { FrameKind, frameAt, frameOf, hasFrameAfter, isBlank } from './frame.ts'

const frame = (number: number, text: string): Buffer => Buffer.concat(frameOf(number, FrameKind.record, [Buffer.from(text)]))
const EMPTY = { batches: null, claims: null, marks: null, kept: null, timers: null }

describe('a frame', () => {
  it('is read back whole, and where it ends', () => {
    const bytes = Buffer.concat([frame(7, 'hello'), frame(8, 'world')])
    const first = frameAt(bytes, 0)
    expect(first).toMatchObject({ number: 7, kind: FrameKind.record })
    expect(first?.payload.toString()).toBe('hello')
    expect(frameAt(bytes, first?.end ?? 0)?.payload.toString()).toBe('world')
    expect(frameAt(bytes, bytes.length)).toBeUndefined()
  })

  it('is none when any byte of it is wrong or missing', () => {
    const whole = frame(7, 'hello')
    for (let i = 0; i < whole.length; i++) {
      const wrong = Buffer.from(whole)
      wrong[i] = (wrong[i] ?? 0) ^ 1
      expect(frameAt(wrong, 0)).toBeUndefined()
      expect(frameAt(whole.subarray(0, i), 0)).toBeUndefined()
    }
  })

  it('is found behind a damaged one, but not inside text', () => {
    const torn = frame(7, 'hello').subarray(0, 22)
    expect(hasFrameAfter(Buffer.concat([torn, frame(8, 'x')]), 1)).toBe(true)
    expect(hasFrameAfter(frame(7, frame(8, 'x').toString()), 1)).toBe(false)
    expect(hasFrameAfter(Buffer.concat([torn, Buffer.alloc(100)]), 1)).toBe(false)
  })

  it('knows blank space', () => {
    expect(isBlank(Buffer.alloc(200_000), 3)).toBe(true)
    const bytes = Buffer.alloc(200_000)
    bytes[199_999] = 1
    expect(isBlank(bytes, 3)).toBe(false)
    expect(isBlank(bytes, 200_000)).toBe(true)
  })
})

describe('the record codec', () => {
  it('gives back any data, whatever its keys, also when writes fail and segments begin between', () => {
    // msgpackr renames this one key when it reads, so that nothing read can reach a prototype.
    const key = fc.string().filter((name) => name !== '__proto__')
    const step = fc.record({
      data: fc.array(fc.object({ maxDepth: 3, key, values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] })),
      what: fc.constantFrom('written', 'lost', 'segment'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const encoder = new RecordEncoder()
        let decoder = new RecordDecoder()
        for (const { data, what } of steps) {
          if (what === 'segment') {
            encoder.restart()
            decoder = new RecordDecoder()
          }
          const entries = data.map((each, i) => ({ tenant: 'demo', cid: 'c', n: i + 1, data: each }))
          const record = { ...EMPTY, batches: [[1, 1, 'b', entries]] as const }
          const packed = Buffer.from(encoder.pack(record))
          const definitions = encoder.definitions()
          // A frame that was lost with its definitions: the next one brings them again.
          if (what === 'lost') continue
          encoder.written()
          expect(JSON.stringify(decoder.unpack(Buffer.concat([...definitions, packed]), definitions.length > 0))).toBe(
            JSON.stringify(record),
          )
        }
      }),
      { numRuns: 200 },
    )
  })

  it('shares at most 512 key sets and writes the others inline', () => {
    const encoder = new RecordEncoder()
    const decoder = new RecordDecoder()
    for (let i = 0; i < 1500; i++) {
      const record = {
        ...EMPTY,
        batches: [[1, 1, 'b', [{ tenant: 'demo', cid: 'c', n: 1, data: { [`key${i}`]: { [`inner${i}`]: i } } }]]] as const,
      }
      const packed = encoder.pack(record)
      const definitions = encoder.definitions()
      encoder.written()
      expect(decoder.unpack(Buffer.concat([...definitions, packed]), definitions.length > 0)).toEqual(record)
    }
  })
})
