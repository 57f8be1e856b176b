import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Document } from 'mongodb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Commands } from './commands.ts'
import { Store } from './store.ts'

let dir: string
let file: string
let store: Store
let commands: Commands

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-store-'))
  file = join(dir, 'documents.bson')
  open()
})

afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true })
})

function open(): void {
  store = new Store(file)
  commands = new Commands(store)
}

const insert = (...documents: Document[]): Document => commands.answer({ insert: 'turns', documents, $db: 'a' })
const update = (_id: string, u: Document): Document =>
  commands.answer({ update: 'turns', updates: [{ q: { _id }, u, upsert: true, multi: true }], $db: 'a' })
const find = (more: Document = {}): Document[] =>
  commands.answer({ find: 'turns', ...more, $db: 'a' }).cursor.firstBatch as Document[]

test('a document is inserted once', () => {
  expect(insert({ _id: 'x', n: 1 }, { _id: 'y', n: 1 })).toMatchObject({ n: 2 })
  expect(insert({ _id: 'x', n: 2 }, { _id: 'z', n: 1 })).toMatchObject({ n: 1, writeErrors: [{ index: 0, code: 11_000 }] })
  expect(find().map(({ _id }) => _id)).toEqual(['x', 'y', 'z'])
})

test('the larger value stays, whichever came last', () => {
  const value = (rev: number, left: number) => ({ $max: { v: { rev, left } }, $setOnInsert: { id: 'x' } })
  expect(update('x', value(3, 5))).toMatchObject({ n: 1, upserted: [{ index: 0, _id: 'x' }] })
  expect(update('x', value(2, 9))).toMatchObject({ n: 1, nModified: 0 })
  expect(update('x', value(3, 4))).toMatchObject({ nModified: 0 })
  expect(update('x', value(4, 1))).toMatchObject({ nModified: 1 })
  expect(find()).toEqual([{ _id: 'x', id: 'x', v: { rev: 4, left: 1 } }])
})

test('ids are found by range, in order, forwards and backwards, and page by page', () => {
  insert(...['c', 'a', 'b', 'd'].map((_id) => ({ _id })))
  const ids = (more: Document): string[] => find(more).map(({ _id }) => _id)
  expect(ids({ filter: { _id: { $gte: 'b', $lte: 'c' } } })).toEqual(['b', 'c'])
  expect(ids({ sort: { _id: -1 }, limit: 2 })).toEqual(['d', 'c'])
  expect(ids({ filter: { _id: { $in: ['a', 'z'] } } })).toEqual(['a'])
  const { cursor } = commands.answer({ find: 'turns', batchSize: 3, $db: 'a' })
  const more = commands.answer({ getMore: cursor.id, batchSize: 3, $db: 'a' })
  expect(more.cursor).toMatchObject({ id: 0n, nextBatch: [{ _id: 'd' }] })
})

test('what was written is there after a restart, and a torn end is cut off', () => {
  insert({ _id: 'x', n: 1 }, { _id: 'y', n: 1 })
  commands.answer({ delete: 'turns', deletes: [{ q: { _id: 'y' }, limit: 1 }], $db: 'a' })
  store.close()
  appendFileSync(file, Buffer.from([200, 0, 0, 0, 1]))
  open()
  expect(find()).toEqual([{ _id: 'x', n: 1 }])
  insert({ _id: 'z', n: 1 })
  store.close()
  open()
  expect(find()).toHaveLength(2)
})

test('a database that is dropped is gone', () => {
  insert({ _id: 'x' })
  expect(commands.answer({ listDatabases: 1, $db: 'admin' }).databases).toEqual([{ name: 'a' }])
  commands.answer({ dropDatabase: 1, $db: 'a' })
  expect(commands.answer({ listDatabases: 1, $db: 'admin' }).databases).toEqual([])
})

test('an unknown command is refused', () => {
  expect(commands.answer({ mapReduce: 'x', $db: 'a' })).toMatchObject({ ok: 0, code: 59 })
})
