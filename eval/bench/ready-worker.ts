import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { createInlineNlu } from '../../src/nlu/inline.ts'
import { requestOf, slot, UTTERANCES } from './utterances.ts'

/** A worker as the pool starts it, which tells its heap once every extractor has run in every language it is asked in. */
const nlu = createInlineNlu()
nlu.warm()
for (const [type, said] of Object.entries(UTTERANCES))
  for (const [locale, text] of said) nlu.one(requestOf(locale, text, [slot(type as Parameters<typeof slot>[0])]))
parentPort?.postMessage(getHeapStatistics().used_heap_size)
