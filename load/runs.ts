/** The kinds of run a generator process can make of a job; see `Job`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Crew, clientOptions } from './crew.ts'
import { runFill, runHold } from './holding-runs.ts'
import type { Job, JobResult } from './job.ts'
import { result } from './job-result.ts'
import { Latencies } from './latencies.ts'
import { MeasuredWindow } from './measured-window.ts'
import { Pace } from './pace.ts'
import { ScriptedClient } from './scripted-client.ts'

export function run(job: Job): Promise<JobResult> {
  switch (job.mode) {
    case 'closed':
      return runClosed(job)
    case 'rate':
      return runRate(job)
    case 'cold':
      return runCold(job)
    case 'hold':
      return runHold(job)
    case 'fill':
      return runFill(job)
  }
}

async function runClosed(job: Job): Promise<JobResult> {
  const crew = new Crew(job)
  const window = new MeasuredWindow(job.serverPid, job.beside)
  const latencies = new Latencies()
  let turns = 0
  let stopping = false
  await crew.gather(job.sockets)
  crew.onReady = (client) => {
    if (!stopping) client.say(performance.now())
  }
  crew.onTurned = (client, more) => {
    const nowMs = performance.now()
    if (window.has(nowMs)) {
      turns++
      latencies.record(nowMs - client.intendedMs)
    }
    if (more && !stopping) client.say(nowMs)
  }
  for (const client of crew.clients) if (!client.isGone) client.say(performance.now())
  await sleep(job.warmUpMs)
  window.begin()
  await sleep(job.measureMs)
  window.end()
  stopping = true
  await crew.quiet()
  crew.dismiss()
  return result(job, { turns, latencies, window, crew })
}

async function runRate(job: Job): Promise<JobResult> {
  const crew = new Crew(job)
  const window = new MeasuredWindow(job.serverPid, job.beside)
  const latencies = new Latencies()
  let turns = 0
  await crew.gather(job.sockets)

  // A turn that is due while its socket still waits keeps its intended time until the socket is free.
  const due = new Map<ScriptedClient, number[]>(crew.clients.map((client) => [client, []]))
  const idle = new Set<ScriptedClient>(crew.clients.filter((client) => !client.isGone))
  const free = (client: ScriptedClient) => {
    const intendedMs = due.get(client)?.shift()
    if (intendedMs === undefined) idle.add(client)
    else client.say(intendedMs)
  }
  const startMs = performance.now()
  const measureFromMs = startMs + job.warmUpMs
  crew.onReady = free
  crew.onTurned = (client, more) => {
    if (client.intendedMs >= measureFromMs) {
      turns++
      latencies.record(performance.now() - client.intendedMs)
    }
    if (more) free(client)
  }
  const pace = new Pace(job.perSecond ?? 0, startMs, job.warmUpMs + job.measureMs)
  const turnsOver = spin(pace, job.sparing ? (round) => setTimeout(round, 1) : setImmediate, (intendedMs, n) => {
    const client = crew.clients[n % crew.clients.length] as ScriptedClient
    if (idle.delete(client)) client.say(intendedMs)
    else due.get(client)?.push(intendedMs)
  })
  await sleep(job.warmUpMs)
  window.begin()
  await turnsOver
  window.end()
  await crew.quiet()
  const unsaid = Array.from(due.values()).reduce((sum, times) => sum + times.length, 0)
  if (unsaid > 0) crew.note(`${unsaid} turns of the timetable were never sent`, unsaid)
  crew.dismiss()
  return result(job, { turns, latencies, window, crew })
}

/**
 * Sends what is due, on every round of the event loop: a timer would be up to a millisecond late, which is more than the
 * answers take. Resolves when the timetable is over.
 */
function spin(pace: Pace, next: (round: () => void) => unknown, send: (intendedMs: number, n: number) => void): Promise<void> {
  return new Promise((resolve) => {
    const round = () => {
      const nowMs = performance.now()
      for (let at = pace.take(nowMs); at !== undefined; at = pace.take(nowMs)) send(at, pace.count - 1)
      if (pace.isOver) resolve()
      else next(round)
    }
    round()
  })
}

/** Source addresses of cold starts: each has its own 28,000 ports, which stay taken for a minute after a close. */
const SOURCE_ADDRESSES = Array.from({ length: 50 }, (_, i) => `127.0.0.${i + 2}`)

async function runCold(job: Job): Promise<JobResult> {
  const crew = new Crew(job)
  const window = new MeasuredWindow(job.serverPid, job.beside)
  const latencies = new Latencies()
  let turns = 0
  let started = 0
  let lanes = job.sockets
  let stopping = false
  let finished: () => void = () => {}
  const allDone = new Promise<void>((resolve) => {
    finished = resolve
  })
  const endLane = () => {
    lanes--
    if (lanes === 0) finished()
  }
  const start = () => {
    if (stopping) {
      endLane()
      return
    }
    const index = started++
    const beginMs = performance.now()
    const localAddress = SOURCE_ADDRESSES[index % SOURCE_ADDRESSES.length] as string
    new ScriptedClient(
      { ...clientOptions(job, index), localAddress },
      {
        ready: (client) => client.say(beginMs),
        turned: (client) => {
          const nowMs = performance.now()
          if (window.has(nowMs)) {
            turns++
            latencies.record(nowMs - beginMs)
          }
          client.close()
        },
        failed: (_client, what) => {
          crew.note(what)
          endLane()
        },
        closed: start,
      },
    )
  }
  for (let lane = 0; lane < job.sockets; lane++) start()
  await sleep(job.warmUpMs)
  window.begin()
  await sleep(job.measureMs)
  window.end()
  stopping = true
  await Promise.race([allDone, sleep(LANES_END_MS_MAX).then(() => lanes > 0 && crew.note(`${lanes} lanes never ended`, lanes))])
  return result(job, { turns, latencies, window, crew })
}

const LANES_END_MS_MAX = 15_000
