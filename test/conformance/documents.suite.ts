import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Documents, DocumentWrite, PageRequest, StoredDocument } from '../../src/storage/port.ts'

export interface DocumentsPlace {
  open(): Promise<Documents>
  /** Closes and opens again. Undefined when nothing outlives the object. */
  readonly reopen?: (documents: Documents) => Promise<Documents>
  dispose(): Promise<void>
}

const turn = (id: string, n: number, doc: unknown = { text: `${id} ${n}` }, rev?: number): DocumentWrite => ({
  collection: 'turns',
  id,
  n,
  doc,
  ...(rev === undefined ? {} : { rev }),
})

const placeOf = ({ id, n }: StoredDocument): string => `${id}:${n}`

export function documentsSuite(
  name: string,
  options: { readonly place: () => Promise<DocumentsPlace>; readonly runs?: number },
): void {
  describe(`documents, ${name}`, () => {
    let place: DocumentsPlace
    let documents: Documents

    beforeEach(async () => {
      place = await options.place()
      documents = await place.open()
    })
    afterEach(async () => {
      await documents.close()
      await place.dispose()
    })

    const page = async (request: Omit<PageRequest, 'collection'>): Promise<string[]> =>
      (await documents.page('demo', { collection: 'turns', ...request })).map(placeOf)

    it('gives back what was put, and nothing that was not', async () => {
      const doc = { text: 'ünïcode 🎉', list: [1, -2, 2.5, null, true], nested: { a: { b: [] } }, big: 2 ** 45 }
      await documents.put('demo', [turn('a', 1, doc, 3)])
      expect(await documents.get('demo', 'turns', { id: 'a', n: 1 })).toEqual({ id: 'a', n: 1, rev: 3, doc })
      expect(await documents.get('demo', 'turns', { id: 'a', n: 2 })).toBeUndefined()
      expect(await documents.get('demo', 'mids', { id: 'a', n: 1 })).toBeUndefined()
      expect(await documents.get('other', 'turns', { id: 'a', n: 1 })).toBeUndefined()
    })

    it('gives back values that a database might change, exactly', async () => {
      const docs = [
        { sealed: Buffer.from([0, 1, 255]), inner: [{ bytes: Buffer.alloc(0) }] },
        { large: 2 ** 60, larger: 1.5e300, safe: Number.MAX_SAFE_INTEGER, int: 2 ** 31, small: -0.1 },
        { 'a.b': 1, $set: { $gt: '' }, '': 0, _id: 'inner' },
        { missing: undefined, nothing: null, lists: [[1, [2]], [], [undefined]] },
        { infinite: Number.POSITIVE_INFINITY, nan: Number.NaN },
        Array.from({ length: 80 }).reduce<object>((inner) => ({ inner }), { end: 1 }),
        'text',
        false,
        [],
        {},
      ]
      await documents.put(
        'demo',
        docs.map((doc, n) => turn('a', n, doc)),
      )
      const found = await documents.page('demo', { collection: 'turns', id: 'a', limit: 100 })
      expect(found.map(({ doc }) => doc)).toStrictEqual(docs)
    })

    it('keeps no reference to what the caller handed over', async () => {
      const doc = { value: 'before' }
      const put = documents.put('demo', [turn('a', 1, doc)])
      doc.value = 'after'
      await put
      expect((await documents.get('demo', 'turns', { id: 'a', n: 1 }))?.doc).toEqual({ value: 'before' })
    })

    it('writes only over a lower rev, within one put and over several', async () => {
      await documents.put('demo', [turn('a', 1, 'five', 5), turn('a', 1, 'four', 4)])
      await documents.put('demo', [turn('a', 1, 'five again', 5)])
      expect(await documents.get('demo', 'turns', { id: 'a', n: 1 })).toMatchObject({ rev: 5, doc: 'five' })
      await documents.put('demo', [turn('a', 1, 'six', 6)])
      expect(await documents.get('demo', 'turns', { id: 'a', n: 1 })).toMatchObject({ rev: 6, doc: 'six' })
      await documents.put('demo', [turn('a', 1, 'without')])
      expect((await documents.get('demo', 'turns', { id: 'a', n: 1 }))?.doc).toBe('without')
    })

    it('takes puts at once in any order of rev', async () => {
      const revs = [3, 9, 1, 7, 10, 2]
      await Promise.all(revs.map((rev) => documents.put('demo', [turn('a', 1, `rev ${rev}`, rev)])))
      expect((await documents.get('demo', 'turns', { id: 'a', n: 1 }))?.doc).toBe('rev 10')
    })

    it('deletes with null, unless the rev is too low', async () => {
      await documents.put('demo', [turn('a', 1, 'x', 5), turn('a', 2, 'y', 5)])
      await documents.put('demo', [turn('a', 1, null, 4), turn('a', 2, null, 6), turn('never', 1, null)])
      expect(await page({ limit: 10 })).toEqual(['a:1'])
    })

    it('pages one id by number, both ways, within inclusive bounds', async () => {
      await documents.put(
        'demo',
        [1, 2, 3, 10, 20, 256, 70_000, 2 ** 40].map((n) => turn('b', n)),
      )
      await documents.put('demo', [turn('a', 5), turn('bb', 5), turn('c', 5)])
      expect(await page({ id: 'b', limit: 3 })).toEqual(['b:1', 'b:2', 'b:3'])
      expect(await page({ id: 'b', limit: 3, reverse: true })).toEqual([`b:${2 ** 40}`, 'b:70000', 'b:256'])
      expect(await page({ id: 'b', fromN: 3, toN: 20, limit: 10 })).toEqual(['b:3', 'b:10', 'b:20'])
      expect(await page({ id: 'b', fromN: 3, toN: 20, limit: 2, reverse: true })).toEqual(['b:20', 'b:10'])
      expect(await page({ id: 'b', fromN: 4, toN: 9, limit: 10 })).toEqual([])
      expect(await page({ id: 'none', limit: 10 })).toEqual([])
    })

    it('pages all ids of a collection, both ways, on from an id', async () => {
      await documents.put('demo', [turn('a', 1), turn('b', 2), turn('b', 1), turn('ba', 1), turn('Z', 1), turn('_', 1)])
      await documents.put('demo', [{ collection: 'mids', id: 'a', n: 1, doc: 'other' }])
      await documents.put('demo', [{ collection: 'users', id: 'a', n: 1, doc: 'other' }])
      expect(await page({ limit: 10 })).toEqual(['Z:1', '_:1', 'a:1', 'b:1', 'b:2', 'ba:1'])
      expect(await page({ limit: 10, reverse: true })).toEqual(['ba:1', 'b:2', 'b:1', 'a:1', '_:1', 'Z:1'])
      expect(await page({ afterId: 'a', limit: 2 })).toEqual(['b:1', 'b:2'])
      expect(await page({ afterId: 'b', limit: 2 })).toEqual(['ba:1'])
      expect(await page({ afterId: 'b', limit: 2, reverse: true })).toEqual(['a:1', '_:1'])
      expect(await page({ afterId: 'ax', limit: 1 })).toEqual(['b:1'])
    })

    it('keeps tenants apart and lists them', async () => {
      await documents.put('one', [turn('a', 1, 'one')])
      await documents.put('two', [turn('a', 1, 'two')])
      expect(await documents.tenants()).toEqual(['one', 'two'])
      expect((await documents.get('two', 'turns', { id: 'a', n: 1 }))?.doc).toBe('two')
    })

    it('drops a tenant whole, and takes it again empty', async () => {
      await documents.put('one', [turn('a', 1)])
      await documents.put('two', [turn('a', 1)])
      await documents.drop('one')
      expect(await documents.tenants()).toEqual(['two'])
      expect(await documents.get('one', 'turns', { id: 'a', n: 1 })).toBeUndefined()
      await documents.put('one', [turn('b', 1)])
      expect((await documents.page('one', { collection: 'turns', limit: 10 })).map(placeOf)).toEqual(['b:1'])
      await documents.drop('none')
    })

    it('takes 10,000 writes at once, and repeats of them', async () => {
      const writes = Array.from({ length: 10_000 }, (_, i) =>
        turn(`c${i % 100}`, i, { text: `number ${i}`, [`key${i % 300}`]: i }, 1),
      )
      await documents.put('demo', writes)
      await documents.put('demo', writes)
      expect(await page({ id: 'c7', fromN: 9900, limit: 1000 })).toEqual(['c7:9907'])
      expect((await documents.get('demo', 'turns', { id: 'c42', n: 4242 }))?.doc).toEqual({ text: 'number 4242', key42: 4242 })
      await expect((async () => documents.put('demo', [...writes, turn('x', 1)]))()).rejects.toThrow(RangeError)
    })

    it('takes documents of megabytes', async () => {
      const doc = { text: 'ä'.repeat(3 << 20) }
      await documents.put('demo', [turn('a', 1, doc)])
      expect((await documents.get('demo', 'turns', { id: 'a', n: 1 }))?.doc).toEqual(doc)
    })

    it('refuses what is no tenant, no key or no page', async () => {
      for (const tenant of ['', '../x', 'A', 'a/b', 'a\0', '__proto__'])
        await expect((async () => documents.put(tenant, []))()).rejects.toThrow(RangeError)
      for (const [id, n] of [
        ['', 1],
        ['a\0b', 1],
        ['x'.repeat(201), 1],
        ['a', -1],
        ['a', 1.5],
      ] as const)
        await expect((async () => documents.put('demo', [turn(id, n)]))()).rejects.toThrow(RangeError)
      for (const limit of [0, 1001, 1.5]) await expect((async () => page({ limit }))()).rejects.toThrow(RangeError)
    })

    it('agrees with the model over any sequence of calls', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
          const own = await options.place()
          try {
            await runModel(own, steps)
          } finally {
            await own.dispose()
          }
        }),
        { numRuns: options.runs ?? 40 },
      )
    }, 60_000)
  })
}

const write = fc.record({
  collection: fc.constantFrom('conversations' as const, 'turns' as const),
  id: fc.constantFrom('a', 'b', 'ab', '_', '-'),
  n: fc.constantFrom(0, 1, 2, 255, 256),
  doc: fc.oneof(
    fc.constant(null),
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 3 }).filter((key) => key !== '__proto__'),
      fc.integer(),
    ),
  ),
  rev: fc.integer({ min: 1, max: 6 }),
})
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      tenant: fc.constantFrom('one', 'two'),
      writes: fc.array(write, { maxLength: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), tenant: fc.constantFrom('one', 'two') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function runModel(place: DocumentsPlace, steps: readonly Step[]): Promise<void> {
  let documents = await place.open()
  const model = new Map<string, { tenant: string; collection: string; stored: StoredDocument }>()
  try {
    for (const each of steps) {
      if (each.do === 'reopen') documents = (await place.reopen?.(documents)) ?? documents
      else if (each.do === 'drop') {
        await documents.drop(each.tenant)
        for (const [key, { tenant }] of model) if (tenant === each.tenant) model.delete(key)
      } else {
        await documents.put(each.tenant, each.writes)
        for (const { collection, id, n, doc, rev } of each.writes) {
          const key = `${each.tenant} ${collection} ${id} ${n}`
          if ((model.get(key)?.stored.rev ?? 0) >= rev) continue
          if (doc === null) model.delete(key)
          else model.set(key, { tenant: each.tenant, collection, stored: { id, n, rev, doc } })
        }
      }
    }
    for (const tenant of ['one', 'two']) {
      for (const collection of ['conversations', 'turns'] as const) {
        const expected = [...model.values()]
          .filter((each) => each.tenant === tenant && each.collection === collection)
          .map(({ stored }) => stored)
          .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.n - b.n))
        expect(await documents.page(tenant, { collection, limit: 1000 })).toEqual(expected)
      }
    }
  } finally {
    await documents.close()
  }
}
