import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DurableEvent } from '../src/protocol/frames.ts'
import { Sequence } from './sequence.ts'

const event = (seq: number): DurableEvent => ({ seq, ts: seq, t: 'conv.state', d: { state: 'active' } })

describe('the order of events', () => {
  it('gives out each event once and in order, whatever comes twice or too early', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 })
    fc.assert(
      fc.property(arrivals, (seqs) => {
        const sequence = new Sequence()
        sequence.restart('a', 0)
        const out = seqs.flatMap((seq) => sequence.take(event(seq)).map((due) => due.seq))
        expect(out).toEqual(out.map((_, index) => index + 1))
        expect(sequence.last).toBe(out.length)
        const seen = new Set(seqs)
        expect(seen.has(out.length + 1)).toBe(false)
        expect(sequence.incomplete).toBe([...seen].some((seq) => seq > out.length))
      }),
    )
  })

  it('starts at the first event when no position is known', () => {
    const sequence = new Sequence()
    expect(sequence.take(event(51)).map((due) => due.seq)).toEqual([51])
    expect(sequence.take(event(50))).toEqual([])
  })

  it('holds a bounded number of early events and says that more must be fetched', () => {
    const sequence = new Sequence()
    sequence.restart('a', 0)
    for (let seq = 2; seq <= 300; seq++) sequence.take(event(seq))
    expect(sequence.take(event(1)).length).toBe(257)
    expect(sequence.incomplete).toBe(true)
    sequence.caughtUp()
    expect(sequence.incomplete).toBe(false)
  })
})
