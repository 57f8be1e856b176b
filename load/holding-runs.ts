/** The runs that leave conversations open: to weigh them, and to fill a journal with them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Crew } from './crew.ts'
import type { Job, JobResult } from './job.ts'
import { result } from './job-result.ts'
import { Latencies } from './latencies.ts'
import { MeasuredWindow } from './measured-window.ts'
import { residentKiB } from './process-stats.ts'
import type { ScriptedClient } from './scripted-client.ts'

/** Sockets of a first round that only warms the server up, so that what it compiles and caches once is not charged to conversations. */
const HOLD_WARM_UP_SOCKETS = 200

export async function runHold(job: Job): Promise<JobResult> {
  const window = new MeasuredWindow(job.serverPid, job.beside)
  const latencies = new Latencies()
  const warmUp = new Crew(job)
  await takeOneTurnEach(warmUp, HOLD_WARM_UP_SOCKETS)
  warmUp.dismiss()
  const before = await settledKiB(job.serverPid)
  const crew = new Crew(job)
  window.begin()
  await takeOneTurnEach(crew, job.sockets)
  window.end()
  const after = await settledKiB(job.serverPid)
  crew.dismiss()
  if (warmUp.errors > 0) crew.note(`in the warm-up: ${warmUp.errorSamples[0]}`, warmUp.errors)
  return result(job, { turns: job.sockets, latencies, window, crew }, { before, after })
}

async function takeOneTurnEach(crew: Crew, sockets: number): Promise<void> {
  await crew.gather(sockets)
  for (const client of crew.clients) if (!client.isGone) client.say(performance.now())
  await crew.quiet()
}

const FILL_MS_MAX = 100_000

export async function runFill(job: Job): Promise<JobResult> {
  const crew = new Crew(job)
  const window = new MeasuredWindow(job.serverPid, job.beside)
  const latencies = new Latencies()
  const opened = new Map<ScriptedClient, number>()
  let turns = 0
  await crew.gather(job.sockets)
  crew.onReady = (client) => {
    opened.set(client, (opened.get(client) ?? 0) + 1)
    client.say(performance.now())
  }
  crew.onTurned = (client) => {
    turns++
    latencies.record(performance.now() - client.intendedMs)
    if ((opened.get(client) ?? 0) < (job.conversations ?? 1)) client.openAnother()
  }
  window.begin()
  for (const client of crew.clients) if (!client.isGone) crew.onReady(client)
  await crew.quiet(FILL_MS_MAX)
  window.end()
  const filled = crew.clients.map((client, i) => ({ cid: client.cid, token: i % job.tokens.length, seq: client.seq }))
  crew.dismiss()
  return { ...result(job, { turns, latencies, window, crew }), filled }
}

const SETTLE_SAMPLES = 30
const SETTLE_SAMPLE_MS = 1000
const SETTLE_KIB = 1024
const SETTLE_MS_MAX = 60_000

/** Memory once it has not moved by more than 1 MiB in 5 s, or its latest value after 40 s. Nothing forces a collection. */
async function settledKiB(pid: number): Promise<number> {
  const untilMs = performance.now() + SETTLE_MS_MAX
  const samples: number[] = []
  for (;;) {
    const sample = residentKiB(pid)
    samples.push(sample)
    if (samples.length > SETTLE_SAMPLES) samples.shift()
    const spread = Math.max(...samples) - Math.min(...samples)
    if ((samples.length === SETTLE_SAMPLES && spread <= SETTLE_KIB) || performance.now() > untilMs) return sample
    await sleep(SETTLE_SAMPLE_MS)
  }
}
