import type { LatencySummary } from './latencies.ts'
import type { Target } from './wire-socket.ts'

/** What the bench asks of one generator process; JSON on its stdin. */
export interface Job {
  /**
   * `closed`: each socket says the next thing as soon as it was answered. `rate`: turns begin by a timetable, whatever the
   * server does. `cold`: lanes connect, open, take one turn, and close. `hold`: sockets open, take one turn, and stay.
   * `fill`: each socket opens `conversations` one after the other, takes one turn in each, and leaves them open.
   */
  readonly mode: 'closed' | 'rate' | 'cold' | 'hold' | 'fill'
  readonly target: Target
  /** Several servers, taken by the sockets in turn, in place of `target`. */
  readonly targets?: readonly Target[]
  /** One per user; sockets share them in turn. */
  readonly tokens: readonly string[]
  readonly recorded: boolean
  /** Sockets, or lanes of `cold`. */
  readonly sockets: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** Per socket; `fill` only. */
  readonly conversations?: number
  /** Turns a second; `rate` only. */
  readonly perSecond?: number
  /** Sleeps between sends, up to a millisecond too long, instead of taking a core whole; `rate` only. */
  readonly sparing?: boolean
  /** Whose processor time and memory are read. */
  readonly serverPid: number
  /** Further processes whose processor time is read, by name. */
  readonly beside?: Readonly<Record<string, number>>
}

/** What a generator process found; the only line on its stdout. */
export interface JobResult {
  readonly mode: Job['mode']
  /** Turns (or cold starts) completed within the window, which lasted `elapsedMs`. */
  readonly turns: number
  readonly elapsedMs: number
  /** From the intended begin of the turn (or of the connection) to the bot's answer. */
  readonly latency: LatencySummary
  /** Processor time of the server within the window. */
  readonly serverCpuMs: number
  /** The same of the generator: near `elapsedMs` in a closed loop, the generator was the bound. */
  readonly generatorCpuMs: number
  /** Of the further processes. */
  readonly besideCpuMs: Readonly<Record<string, number>>
  /** Of everything else on the machine: what disturbed the run. */
  readonly othersCpuMs: number
  /** Of the server, in KiB: before the first socket of a `hold`, and when its memory had settled with all of them. */
  readonly residentKiB?: { readonly before: number; readonly after: number }
  /** Of a `fill`: the last conversation of each socket, the token that owns it, and its newest acknowledged event. */
  readonly filled?: readonly { readonly cid: string; readonly token: number; readonly seq: number }[]
  /** Any makes the run fail. */
  readonly errors: number
  readonly errorSamples: readonly string[]
}
