import type { Interpretation } from '../../dialogue/interpretation.ts'
import type { NluAnswer, NluRequest } from '../port.ts'
import { decodeRequest, type WireRequest, type WorkerAnswer, type WorkerTask } from './wire.ts'

/** What a worker does with a batch: one request after the other, telling which it is at. A fault fails its own request only. */
export function runBatch(task: WorkerTask, one: (request: NluRequest) => Interpretation): WorkerAnswer {
  const answers: NluAnswer[] = []
  const tookMs: number[] = []
  let began = performance.now()
  for (let i = 0; i < task.requests.length; i++) {
    Atomics.store(task.progress, 0, i + 1)
    answers.push(guarded(task.requests[i] as WireRequest, one))
    const now = performance.now()
    tookMs.push(now - began)
    began = now
  }
  Atomics.store(task.progress, 0, task.requests.length + 1)
  return { answers, tookMs }
}

function guarded(request: WireRequest, one: (request: NluRequest) => Interpretation): NluAnswer {
  try {
    return one(decodeRequest(request))
  } catch (error) {
    return { refused: 'failed', msg: `interpretation failed: ${error instanceof Error ? error.name : 'unknown fault'}` }
  }
}
