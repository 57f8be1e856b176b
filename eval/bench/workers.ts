import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { createInlineNlu } from '../../src/nlu/inline.ts'
import { createPooledNlu, type PooledNlu } from '../../src/nlu/pool/pool.ts'
import type { NluRequest } from '../../src/nlu/port.ts'
import { row, timings } from './timing.ts'
import { requestOf, slot } from './utterances.ts'

const WORKERS = 4

export function pooled(workers: number, inlineCharsMax: number): PooledNlu {
  return createPooledNlu({
    inline: createInlineNlu(),
    workers,
    queueMax: 1_024,
    inlineCharsMax,
    deadlineMs: 5_000,
    killAfterMs: 5_000,
    clock: systemClock,
    log: silentLog,
    metrics: noMetrics,
  })
}

/** What a worker costs in memory once it has interpreted, and how soon it is ready. */
export async function benchWorkers(print: (line: string) => void): Promise<void> {
  const readyMs: number[] = []
  const heaps: number[] = []
  const before = process.memoryUsage().rss
  const threads: Worker[] = []
  for (let i = 0; i < WORKERS; i++) {
    const began = performance.now()
    const worker = new Worker(new URL('./ready-worker.ts', import.meta.url))
    await once(worker, 'message')
    readyMs.push(performance.now() - began)
    const [{ heapBytes }] = (await once(worker, 'message')) as [{ heapBytes: number }]
    heaps.push(heapBytes)
    threads.push(worker)
  }
  const mib = (process.memoryUsage().rss - before) / WORKERS / 2 ** 20
  for (const worker of threads) await worker.terminate()
  print(
    `a worker: ready in ${readyMs.map((ms) => ms.toFixed(0)).join(', ')} ms, ` +
      `${mib.toFixed(1)} MiB of the process, heap ${(Math.max(...heaps) / 2 ** 20).toFixed(1)} MiB`,
  )
}

/** One request, and 32 at once, to a worker and back, beside the same work done at once. */
export async function benchHop(print: (line: string) => void): Promise<void> {
  const nlu = pooled(1, 0)
  const inline = createInlineNlu()
  const request = requestOf('en', 'the fourteenth of december nineteen eighty', [slot('date')])
  const batch = Array.from({ length: 32 }, () => request)
  for (let i = 0; i < 300; i++) await nlu.interpret(batch)
  print(
    row(
      'inline, one request',
      timings(() => inline.interpret([request]), 4_000),
    ),
  )
  print(row('a hop to a worker and back, one request', await hops(nlu, [request], 400)))
  print(row('a hop, batch of 32 (whole batch)', await hops(nlu, batch, 400)))
  await nlu.close()
}

async function hops(nlu: PooledNlu, batch: readonly NluRequest[], rounds: number): Promise<Float64Array> {
  const took = new Float64Array(rounds)
  for (let i = 0; i < rounds; i++) {
    const began = performance.now()
    await nlu.interpret(batch)
    took[i] = (performance.now() - began) * 1_000
  }
  return took.sort()
}
