import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LmdbDocuments } from '../../src/storage/lmdb/documents.ts'
import { MemoryDocuments } from '../../src/storage/memory/documents.ts'
import { type DocumentsPlace, documentsSuite } from './documents.suite.ts'

async function onLmdb(openMax: number): Promise<DocumentsPlace> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-documents-'))
  const open = async (): Promise<LmdbDocuments> => new LmdbDocuments(dir, { openMax })
  return {
    open,
    reopen: async (documents) => {
      await documents.close()
      return open()
    },
    dispose: () => rm(dir, { recursive: true, force: true }),
  }
}

documentsSuite('memory', { place: async () => ({ open: async () => new MemoryDocuments(), dispose: async () => undefined }) })

documentsSuite('lmdb', { place: () => onLmdb(64), runs: 20 })

documentsSuite('lmdb with one environment open at a time', { place: () => onLmdb(1), runs: 10 })
