import type { Crew } from './crew.ts'
import type { Job, JobResult } from './job.ts'
import type { Latencies } from './latencies.ts'
import type { MeasuredWindow } from './measured-window.ts'

/** What a run has in its hands at its end. */
export interface Measured {
  readonly turns: number
  readonly latencies: Latencies
  readonly window: MeasuredWindow
  readonly crew: Crew
}

export function result(job: Job, measured: Measured, residentKiB?: { before: number; after: number }): JobResult {
  const { turns, latencies, window, crew } = measured
  return {
    mode: job.mode,
    turns,
    elapsedMs: window.elapsedMs,
    latency: latencies.summary(),
    serverCpuMs: window.serverCpuMs,
    generatorCpuMs: window.generatorCpuMs,
    besideCpuMs: window.besideCpuMs,
    othersCpuMs: window.othersCpuMs,
    ...(residentKiB === undefined ? {} : { residentKiB }),
    errors: crew.errors,
    errorSamples: crew.errorSamples,
  }
}
