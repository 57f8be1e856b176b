import { describe, expect, it } from 'vitest'
import { createInlineNlu } from '../inline.ts'
import { requestFor, slot } from '../testing/ask.ts'
import { runBatch } from './run-batch.ts'
import { decodeRequest, encodeRequest } from './wire.ts'

describe('a request on its way to a worker', () => {
  it('comes out as it went in', () => {
    const request = requestFor('14 december', { slots: [slot('date', { current: { month: 12 } })], yesNo: true })
    expect(decodeRequest(structuredClone(encodeRequest(request)))).toEqual(request)
  })

  it('carries a long list once, in shared memory, and finds it again whatever else varies', () => {
    const values = Array.from({ length: 3_000 }, (_, i) => ({ id: `p${i}`, label: { en: `place number ${i}` } }))
    const contract = { values }
    const asked = (current: string): ReturnType<typeof requestFor> =>
      requestFor('place number 7', { slots: [slot('email'), slot('choice', { contract, current })] })
    const first = asked('p1')
    const wire = encodeRequest(first)
    expect(wire.expectations.length).toBeLessThan(2_000)
    const one = decodeRequest(structuredClone(wire))
    const two = decodeRequest(structuredClone(encodeRequest(asked('p2'))))
    expect(one).toEqual(first)
    expect(two.expectations.slots[1]?.contract).toBe(one.expectations.slots[1]?.contract)
    expect(two.expectations.slots[1]?.current).toBe('p2')
  })

  it('shares equal expectations with the one before', () => {
    const first = decodeRequest(encodeRequest(requestFor('a', { slots: [slot('email')] })))
    const second = decodeRequest(encodeRequest(requestFor('b', { slots: [slot('email')] })))
    expect(second.expectations).toBe(first.expectations)
  })

  it('forgets the oldest when many others came after it', () => {
    const key = (i: number): ReturnType<typeof requestFor> => requestFor('a', { slots: [slot('email', { slot: `s${i}` })] })
    const first = decodeRequest(encodeRequest(key(-1)))
    for (let i = 0; i < 200; i++) decodeRequest(encodeRequest(key(i)))
    const again = decodeRequest(encodeRequest(key(-1)))
    expect(again.expectations).not.toBe(first.expectations)
    expect(again).toEqual(first)
  })
})

describe('a batch in a worker', () => {
  it('is answered in order, tells its progress, and fails only what threw', () => {
    const nlu = createInlineNlu()
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const seen: number[] = []
    const requests = ['a@example.com', 'THROW', 'b@example.com'].map((text) =>
      encodeRequest(requestFor(text, { slots: [slot('email')] })),
    )
    const { answers, tookMs } = runBatch({ requests, progress }, (request) => {
      seen.push(Atomics.load(progress, 0))
      if (request.text === 'THROW') throw new TypeError('planted')
      return nlu.one(request)
    })
    expect(answers).toMatchObject([
      { candidates: [{ value: 'a@example.com' }] },
      { refused: 'failed' },
      { candidates: [{ value: 'b@example.com' }] },
    ])
    expect(tookMs).toHaveLength(3)
    expect([...seen, Atomics.load(progress, 0)]).toEqual([1, 2, 3, 4])
  })
})
