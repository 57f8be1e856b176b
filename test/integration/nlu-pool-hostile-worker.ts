import type { Interpretation } from '../../src/dialogue/interpretation.ts'
import { createInlineNlu } from '../../src/nlu/inline.ts'
import { runBatch } from '../../src/nlu/pool/run-batch.ts'
import type { WorkerAnswer, WorkerTask } from '../../src/nlu/pool/wire.ts'
import type { NluRequest } from '../../src/nlu/port.ts'

const nlu = createInlineNlu()

/** Does what a defect could do, when the text asks for it: never return, take long, end the thread, throw. */
function hostile(request: NluRequest): Interpretation {
  if (request.text.startsWith('STUCK')) for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
  if (request.text.startsWith('SLOW')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
  if (request.text.startsWith('CRASH')) process.exit(1)
  if (request.text.startsWith('THROW')) throw new TypeError('planted')
  return nlu.one(request)
}

/** A pool worker for tests. */
export default function interpretBatch(task: WorkerTask): WorkerAnswer {
  return runBatch(task, hostile)
}
