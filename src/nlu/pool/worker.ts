import { enableCompileCache } from 'node:module'
import type { WorkerAnswer, WorkerTask } from './wire.ts'

/** Before the rest is loaded: a worker that takes the place of a killed one is ready in half the time. */
enableCompileCache()
const { createInlineNlu } = await import('../inline.ts')
const { runBatch } = await import('./run-batch.ts')

const nlu = createInlineNlu()
nlu.warm()

/** Entry of a pool worker. */
export default function interpretBatch(task: WorkerTask): WorkerAnswer {
  return runBatch(task, nlu.one)
}
