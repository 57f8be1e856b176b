import { Binary, BSON } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_BYTES_MAX, decodeValue, encodeDocument, type MongoValue } from './document-value.ts'

/** Through real BSON, as the adapter's client reads it. */
function overTheWire(doc: unknown): { v: MongoValue; doc: unknown } {
  const bytes = BSON.serialize(encodeDocument('a', 1, doc, 3, 9), { ignoreUndefined: false })
  const { v } = BSON.deserialize(bytes, { promoteBuffers: false }) as { v: MongoValue }
  return { v, doc: decodeValue(v) }
}

describe('a document in BSON', () => {
  it('begins with what decides which of two is newer', () => {
    const { v } = encodeDocument('a', 1, { text: 'x' }, 3, 9)
    expect(Object.entries(v).slice(0, 2)).toEqual([
      ['rev', 3],
      ['left', 9],
    ])
  })

  it.each([
    ['plain values', { text: 'ünï 🎉', list: [1, -2.5, null, true, { a: {} }], big: 2 ** 60, whole: Number.MAX_SAFE_INTEGER }],
    ['bytes', { sealed: Buffer.from([1, 2]), inner: [{ none: Buffer.alloc(0) }] }],
    ['a lone text', 'text'],
  ])('stays readable where nothing is lost: %s', (_what, doc) => {
    const { v, doc: back } = overTheWire(doc)
    expect(v.msgpack).toBeUndefined()
    expect(back).toStrictEqual(doc)
  })

  it.each([
    ['undefined', { a: undefined }],
    ['keys that databases read', { 'a.b': 1, $set: 2, '': 3 }],
    ['an inner _id', { _id: 1 }],
    ['dates', { at: new Date(5) }],
    ['numbers that are none', { a: Number.NaN, b: Number.POSITIVE_INFINITY }],
    ['lists in lists', { a: [[1], [[2]]] }],
    ['what pretends to be of the driver', { _bsontype: 'ObjectId', id: 1 }],
    ['deep values', Array.from({ length: 80 }).reduce<object>((inner) => ({ inner }), { end: 1 })],
  ])('is kept as msgpack where BSON or a database would change it: %s', (_what, doc) => {
    const { v, doc: back } = overTheWire(doc)
    expect(v.doc).toBeUndefined()
    expect(back).toStrictEqual(doc)
  })

  it('shares no memory with what was handed over, nor with the reply', () => {
    const bytes = Buffer.from([1, 2, 3])
    const doc = { list: [{ bytes }] }
    const encoded = encodeDocument('a', 1, doc, 1, 1)
    bytes.fill(0)
    doc.list.length = 0
    const copy = (encoded.v.doc as { list: { bytes: Binary }[] }).list[0]?.bytes
    expect([...(copy?.buffer ?? [])]).toEqual([1, 2, 3])
    const back = decodeValue({ rev: 1, left: 1, doc: new Binary(Buffer.from([7])) }) as Buffer
    expect(back.buffer.byteLength).toBe(1)
  })

  it.each([
    ['text', { text: 'x'.repeat(DOCUMENT_BYTES_MAX) }],
    ['many values', { list: Array.from({ length: 1_500_000 }, () => 1.5) }],
    ['msgpack', { at: new Date(1), text: 'x'.repeat(DOCUMENT_BYTES_MAX) }],
  ])('is refused for good above the limit: %s', (_what, doc) => {
    expect(() => encodeDocument('a', 1, doc, 1, 1)).toThrow(expect.objectContaining({ code: 'storage.corrupt', retry: 'never' }))
  })

  it('is corrupt when it is none of ours', () => {
    for (const v of [undefined, {}, { rev: 1, left: 1 }, { rev: 1, left: 1, msgpack: new Binary(Buffer.from([0xd9, 5])) }])
      expect(() => decodeValue(v as MongoValue)).toThrow(expect.objectContaining({ code: 'storage.corrupt', retry: 'never' }))
  })
})
