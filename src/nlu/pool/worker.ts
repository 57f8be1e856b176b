import { createInlineNlu } from '../inline.ts'
import type { NluAnswer } from '../port.ts'
import { runBatch } from './run-batch.ts'
import type { WorkerTask } from './wire.ts'

const nlu = createInlineNlu()
nlu.warm()

/** Entry of a pool worker. */
export default function interpretBatch(task: WorkerTask): NluAnswer[] {
  return runBatch(task, nlu.one)
}
