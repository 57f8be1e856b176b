import { createInlineNlu } from '../inline.ts'
import { runBatch } from './run-batch.ts'
import type { WorkerAnswer, WorkerTask } from './wire.ts'

const nlu = createInlineNlu()
nlu.warm()

/** Entry of a pool worker. */
export default function interpretBatch(task: WorkerTask): WorkerAnswer {
  return runBatch(task, nlu.one)
}
