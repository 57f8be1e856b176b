import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRejection } from '../../src/kernel/rejection.ts'
import { DiskJournal } from '../../src/storage/disk/journal.ts'
import { LmdbDocuments } from '../../src/storage/lmdb/documents.ts'
import { identitySeal, type Seal } from '../../src/storage/port.ts'
import { anna, bruno, Recorder, TestNode } from '../fixtures/node.ts'
import { ScramblingSeal } from '../fixtures/scrambling-seal.ts'

/** Values as two people would type them, and an answer that no template takes, which stays in the history as it is. */
const PLANTED = {
  'id-1': ['giuseppina.quattrocchi@posta-privata.example', '+39 347 765 4321', 'Giuseppina Quattrocchi', 'my cat Pallottola'],
  'id-2': ['ermenegildo@altra-posta.example', '+39 340 112 2334', 'Ermenegildo Frangipane', 'my dog Birillone'],
} as const
const TRACES =
  /quattrocchi|giuseppina|posta-privata|7654321|765 4321|pallottola|ermenegildo|frangipane|altra-posta|1122334|112 2334|birillone/gi
/** More message ids than a conversation remembers in memory: the oldest go to the documents. */
const MIDS = 1100

let dir: string
let closing: (() => Promise<void>)[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-seal-'))
  closing = []
})

afterEach(async () => {
  await closeAll()
  rmSync(dir, { recursive: true, force: true })
})

async function closeAll(): Promise<void> {
  for (const close of closing.splice(0)) await close()
}

async function start(seal: Seal): Promise<TestNode> {
  const journal = await DiskJournal.open(join(dir, 'journal'), {
    fatal: (error) => {
      throw error
    },
  })
  const documents = new LmdbDocuments(join(dir, 'documents'))
  const node = await new TestNode({ seal, journal, documents }).start()
  closing.push(async () => {
    await node.writeBehind.stop()
    await journal.close()
    await documents.close()
  })
  return node
}

/** Two people's conversations, with answers that are taken and others that are not, and so many messages that ids are evicted. */
async function talk(node: TestNode): Promise<void> {
  for (const [cid, texts] of Object.entries(PLANTED)) {
    const mine = cid === 'id-2' ? { caller: bruno } : {}
    expect(isRejection(await node.open(cid, 'contact', mine))).toBe(false)
    for (const [index, text] of texts.entries()) await node.send(cid, `m${index}`, text, mine.caller)
  }
}

/** What of the planted values stands readable in the files below the folder, in any encoding that keeps letters. */
function traces(): string[] {
  const found = new Set<string>()
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    for (const encoding of ['latin1', 'utf16le'] as const) {
      for (const [trace] of bytes.toString(encoding).matchAll(TRACES)) found.add(`${entry.name}: ${trace.toLowerCase()}`)
    }
  }
  return [...found]
}

test('the search finds what was not sealed, in the journal and in the documents', async () => {
  const node = await start(identitySeal)
  await talk(node)
  expect(traces().join()).toMatch(/journal-.*quattrocchi/)
  await node.writeBehind.flush()
  expect(traces().join()).toMatch(/\.mdb: quattrocchi/)
})

test('no value and no text stands readable on the disk, before the flush, after it, and after a restart', async () => {
  const seal = new ScramblingSeal()
  const first = await start(seal)
  await talk(first)
  expect(traces()).toEqual([])
  await first.writeBehind.flush()
  await first.open('id-3', 'contact')
  for (let i = 0; i < MIDS; i++)
    await first.send('id-3', `again-${i}`, i % 2 ? 'giuseppina@posta-privata.example' : 'no, Giuseppina Quattrocchi')
  await first.writeBehind.flush()
  const mids = await first.documents.page('demo', { collection: 'mids', limit: 10 })
  expect(mids).not.toEqual([])
  for (const { doc } of mids) expect(doc).toMatchObject({ subject: 'anna', sealed: expect.any(Uint8Array) })
  expect(traces()).toEqual([])
  expect(seal.subjects).toEqual(['demo/anna', 'demo/bruno'])
  await closeAll()

  const second = await start(seal)
  const joined = await second.ask('id-1', { type: 'join', caller: anna, watcher: new Recorder() })
  expect(JSON.stringify(joined)).toContain('Quattrocchi')
  await second.said('id-2', 'm9', 'bruno@nuova-posta.example')
  await second.writeBehind.flush()
  expect(traces()).toEqual([])
})

test('without its key a conversation cannot be opened, and the others can', async () => {
  const seal = new ScramblingSeal()
  const first = await start(seal)
  await talk(first)
  await first.writeBehind.flush()
  await closeAll()
  seal.destroy('demo', 'anna')
  const second = await start(seal)
  expect(await second.send('id-1', 'm9', 'hello')).toMatchObject({ rejected: 'unavailable' })
  expect(isRejection(await second.send('id-2', 'm9', 'hello', bruno))).toBe(false)
})
