import type { BenchOptions, ServerName } from './bench-options.ts'
import type { HttpResult } from './http-run.ts'
import type { JobResult } from './job.ts'
import type { Machine } from './machine.ts'
import type { Lag } from './measure.ts'

/** Everything measured on one server, in the order it was. */
export interface ServerFindings {
  readonly startMs: number[]
  readonly few: JobResult[]
  readonly many: JobResult[]
  readonly rate: JobResult[]
  readonly cold: JobResult[]
  readonly held: JobResult[]
  readonly http: HttpResult[]
  /** After each measure; null where the server did not tell. */
  readonly lag: (Lag | null)[]
}

/** What a bench run writes as JSON. */
export interface Findings {
  readonly machine: Machine
  readonly options: BenchOptions
  readonly servers: Readonly<Record<ServerName, ServerFindings>>
}

export function noFindings(machine: Machine, options: BenchOptions): Findings {
  const none = (): ServerFindings => ({ startMs: [], few: [], many: [], rate: [], cold: [], held: [], http: [], lag: [] })
  return { machine, options, servers: { raw: none(), sketch: none(), 'sketch-memory': none(), disk: none(), memory: none() } }
}
