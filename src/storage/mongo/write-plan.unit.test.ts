import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentWrite } from '../port.ts'
import { idOf, rangeOf } from './document-key.ts'
import { planWrites } from './write-plan.ts'

const write = (n: number, doc: unknown, rev?: number): DocumentWrite => ({
  collection: 'turns',
  id: 'a',
  n,
  doc,
  ...(rev === undefined ? {} : { rev }),
})

describe('the key of a document', () => {
  it('sorts as id, then number', () => {
    const id = fc.string({
      minLength: 1,
      maxLength: 3,
      unit: fc.constantFrom('\u0001', ' ', '!', '"', '-', '.', 'A', 'a', '~', 'é'),
    })
    const key = fc.record({ id, n: fc.nat() })
    fc.assert(
      fc.property(key, key, (a, b) => {
        const order = a.id === b.id ? Math.sign(a.n - b.n) : a.id < b.id ? -1 : 1
        const [left, right] = [idOf(a.id, a.n), idOf(b.id, b.n)]
        expect(left === right ? 0 : left < right ? -1 : 1).toBe(order)
      }),
    )
  })

  it('reads well for the ids that Parley makes', () => {
    expect(idOf('C7-x_Y', 42)).toBe('C7-x_Y 0000000000000042')
    expect(rangeOf({ collection: 'turns', id: 'C7', fromN: 1, toN: 2, limit: 1 })).toEqual({
      _id: { $gte: 'C7 0000000000000001', $lte: 'C7 0000000000000002' },
    })
  })

  it('refuses half a character', () => {
    expect(() => idOf('\ud800', 1)).toThrow(RangeError)
  })
})

describe('the plan of a put', () => {
  it('touches a document once in a batch, in the order of the writes', () => {
    const batches = planWrites([write(1, 'x'), write(1, null), write(2, 'y'), write(1, 'z')])
    expect(batches.map(({ steps }) => steps.map(({ id }) => id))).toEqual([
      [idOf('a', 1), idOf('a', 2)],
      [idOf('a', 1)],
      [idOf('a', 1)],
    ])
  })

  it('keeps of two revs the higher, and of equals the first', () => {
    const [batch, ...others] = planWrites([
      write(1, 'five', 5),
      write(1, 'four', 4),
      write(1, 'six', 6),
      write(1, 'six again', 6),
    ])
    expect(others).toEqual([])
    expect(batch?.steps).toMatchObject([{ rev: 6, first: { insertOne: { document: { v: { rev: 6, doc: 'six' } } } } }])
  })

  it('asks for one key and nothing else, except where a delete has a rev', () => {
    const filters = planWrites([write(1, 'x', 1), write(2, 'y'), write(3, null), write(4, null, 7)]).flatMap(({ steps }) =>
      steps.map(({ again }) =>
        'updateMany' in again ? again.updateMany.filter : 'deleteOne' in again ? again.deleteOne.filter : undefined,
      ),
    )
    const _id = (n: number): string => idOf('a', n)
    expect(filters).toEqual([{ _id: _id(1) }, { _id: _id(2) }, { _id: _id(3) }, { _id: _id(4), 'v.rev': { $lt: 7 } }])
  })

  it('lets a later write of the same rev be the smaller value', () => {
    const leftOf = (doc: string): number => {
      const [batch] = planWrites([write(1, doc, 5)])
      const first = batch?.steps[0]?.first
      return first !== undefined && 'insertOne' in first ? first.insertOne.document.v.left : Number.NaN
    }
    const [one, two] = [leftOf('one'), leftOf('two')]
    expect(two).toBeLessThan(one)
    expect(Number.isSafeInteger(two)).toBe(true)
  })
})
