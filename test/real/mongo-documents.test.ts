import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryDocuments } from '../../src/storage/memory/documents.ts'
import type { MongoDocuments } from '../../src/storage/mongo/documents.ts'
import { documentsSuite } from '../conformance/documents.suite.ts'
import { mongoPlace } from '../fixtures/mongo-place.ts'
import { type MongoService, startMongo } from '../services/mongo.ts'

let mongo: MongoService

beforeAll(async () => {
  mongo = await startMongo()
})
afterAll(() => mongo?.stop())

documentsSuite('mongo', { place: async () => mongoPlace(mongo.url), runs: 8 })

describe('documents in MongoDB', () => {
  const withDocuments = async (run: (documents: MongoDocuments) => Promise<void>): Promise<void> => {
    const place = mongoPlace(mongo.url)
    const documents = await place.open()
    try {
      await run(documents)
    } finally {
      await documents.close()
      await place.dispose()
    }
  }

  it('come back as the reference gives them, also where BSON would have changed them', () =>
    withDocuments(async (documents) => {
      const values = [
        { deep: [{ bytes: new Uint8Array([0, 1, 255]) }], none: new Uint8Array(0) },
        { big: 2 ** 60, bigger: 1.5e300, small: -0.1, safe: Number.MAX_SAFE_INTEGER, int: 2 ** 31 },
        { 'a.b': 1, $set: { $gt: '' }, '': 0 },
        { missing: undefined, list: [undefined, [1, [2]]], nothing: null },
        { zero: -0, infinite: Number.POSITIVE_INFINITY, nan: Number.NaN },
        { when: new Date(1_790_000_000_123), _id: 'inner', half: '\ud800' },
        'text',
        7,
        false,
        [],
        {},
      ]
      const writes = values.map((doc, n) => ({ collection: 'turns', id: 'a', n, doc }) as const)
      const reference = new MemoryDocuments()
      for (const each of [documents, reference]) await each.put('demo', writes)
      const all = { collection: 'turns', id: 'a', limit: 100 } as const
      expect(await documents.page('demo', all)).toStrictEqual(await reference.page('demo', all))
    }))

  it('keep ids in order whatever characters they hold', () =>
    withDocuments(async (documents) => {
      const ids = ['!', ' ', 'a', 'a ', 'a!', 'a-', 'a.b', 'ab', 'é', '\u0001', 'a\u0001', '~', '"']
      await documents.put(
        'demo',
        ids.map((id) => ({ collection: 'users', id, n: 1, doc: id })),
      )
      const paged: string[] = []
      for (let afterId = ''; ; afterId = paged.at(-1) ?? '') {
        const [next] = await documents.page('demo', { collection: 'users', afterId, limit: 1 })
        if (next === undefined) break
        paged.push(next.id)
      }
      expect(paged).toEqual([...ids].sort())
    }))

  it('refuse a document above 16 MB for good, and take one just below', () =>
    withDocuments(async (documents) => {
      const doc = { text: 'x'.repeat(17 << 20) }
      const put = documents.put('demo', [{ collection: 'turns', id: 'a', n: 1, doc }])
      await expect(put).rejects.toMatchObject({ code: 'storage.corrupt', retry: 'never' })
      await documents.put('demo', [{ collection: 'turns', id: 'a', n: 2, doc: { text: 'x'.repeat(16_700_000) } }])
      expect((await documents.page('demo', { collection: 'turns', limit: 10 })).map(({ n }) => n)).toEqual([2])
    }))

  it('end with the newer of two writers, whoever comes last', () =>
    withDocuments(async (owner) => {
      const write = (collection: 'turns' | 'conversations', rev: number) =>
        ({ collection, id: 'a', n: 0, doc: `rev ${rev}`, rev }) as const
      await owner.put('demo', [write('conversations', 8), write('turns', 8)])
      const place = mongoPlace(mongo.url)
      const zombie = await place.open()
      await zombie.put('demo', [write('conversations', 5)])
      await owner.put('demo', [write('conversations', 5), write('turns', 5)])
      expect((await owner.get('demo', 'conversations', { id: 'a', n: 0 }))?.doc).toBe('rev 8')
      expect((await owner.get('demo', 'turns', { id: 'a', n: 0 }))?.doc).toBe('rev 8')
      await zombie.close()
      await place.dispose()
    }))
})
