import { enableCompileCache } from 'node:module'
import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'

/** A worker as the pool starts it, which tells its heap once every extractor has run in every language it is asked in. */
enableCompileCache()
const { createInlineNlu } = await import('../../src/nlu/inline.ts')
const { requestOf, slot, UTTERANCES } = await import('./utterances.ts')

const nlu = createInlineNlu()
nlu.warm()
parentPort?.postMessage({ ready: true })
for (const [type, said] of Object.entries(UTTERANCES))
  for (const [locale, text] of said) nlu.one(requestOf(locale, text, [slot(type as Parameters<typeof slot>[0])]))
parentPort?.postMessage({ heapBytes: getHeapStatistics().used_heap_size })
