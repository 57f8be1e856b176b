import { setTimeout as pause } from 'node:timers/promises'
import { unflushed } from './journal-check.ts'
import { type RunOptions, type RunResult, runCluster, type Stage } from './run.ts'
import { until } from './settle.ts'

const BEFORE_MS = 10_000
const WRITTEN_MS_MAX = 300_000
const PASSIVATE_MS = 180_000

export interface MongoDown {
  readonly fromMs: number
  readonly backMs: number
  readonly writtenMs: number
  /** Entries that waited when it came back. */
  readonly waited: number
}

/** The document server away for as long as was asked for, under an even load. */
export function runMongoDown(options: RunOptions): Promise<RunResult<MongoDown>> {
  const env = { PARLEY_PASSIVATE_MS: String(PASSIVATE_MS) }
  return runCluster(options, { steady: true, idleCloseMs: 3_600_000 * 20, attemptMs: 5_000, env }, takeAway)
}

async function takeAway({ options, cluster, monitor }: Stage): Promise<MongoDown> {
  await pause(BEFORE_MS)
  await cluster.mongo.kill()
  const fromMs = Date.now()
  options.tell('MongoDB is down')
  await pause(options.minutes * 60_000)
  const waited = unflushed((await monitor.shards()) ?? [])
  await cluster.mongo.restart()
  const backMs = Date.now()
  options.tell(`MongoDB is back; ${waited} entries wait`)
  // Turns go on: written is what was waiting then.
  const goals = ((await monitor.shards()) ?? []).map(({ tail }) => tail)
  await until('what waited is written', WRITTEN_MS_MAX, async () => {
    const shards = await monitor.shards()
    return shards?.every(({ watermark }, shard) => watermark >= (goals[shard] ?? 0)) === true
  })
  options.tell(`written after ${Date.now() - backMs} ms`)
  return { fromMs, backMs, writtenMs: Date.now(), waited }
}
