import type { SeededRandom } from './random.ts'

export const FAULTS = [
  'crash',
  'pause',
  'suspend',
  'stop',
  'cut-broker',
  'cut-broker-one-way',
  'cut-journal',
  'cut-journal-one-way',
  'cut-documents',
  'cut-pair',
  'cut-pair-one-way',
  'broker-restart',
  'bus-loss',
  'bus-twice',
  'bus-slow',
  'false-nobody',
  'journal-down',
  'journal-frozen',
  'journal-lossy',
  'journal-slow',
  'journal-loses',
  'documents-down',
  'documents-lossy',
  'documents-slow',
  'directory-down',
  'directory-stale',
  'directory-lost',
  'clock-jump',
  'disconnect-all',
] as const

export type FaultKind = (typeof FAULTS)[number]

/** One fault of a schedule. Pure data: a schedule can be printed, cut down, and run again. */
export interface Fault {
  readonly atMs: number
  readonly kind: FaultKind
  readonly lastsMs: number
  /** Which node, of those there are, and which other one. */
  readonly node: number
  readonly other: number
  /** How much: a share, a count, milliseconds; each kind knows. */
  readonly amount: number
}

/** What can befall one server alone: it has no peers, no broker, and its journal is its own disk. */
export const ALONE_FAULTS: readonly FaultKind[] = [
  'crash',
  'pause',
  'suspend',
  'stop',
  'journal-down',
  'journal-frozen',
  'journal-lossy',
  'journal-slow',
  'documents-down',
  'documents-lossy',
  'documents-slow',
  'clock-jump',
  'disconnect-all',
]

const LASTS: Readonly<Partial<Record<FaultKind, readonly [number, number]>>> = {
  crash: [200, 2500],
  pause: [200, 7000],
  suspend: [500, 7000],
  stop: [200, 1500],
  'broker-restart': [100, 2500],
  'journal-down': [100, 3000],
  'journal-frozen': [100, 3000],
  'journal-loses': [50, 800],
}
const LASTS_OTHERWISE = [300, 6000] as const
const PAUSE_MS = { low: 300, high: 3500 } as const

/** Faults one after the other, often overlapping, from `fromMs` to `untilMs`. */
export function schedule(random: SeededRandom, kinds: readonly FaultKind[], fromMs: number, untilMs: number): Fault[] {
  const own = random.fork('faults')
  const faults: Fault[] = []
  if (kinds.length === 0) return faults
  for (let atMs = fromMs + own.between(0, PAUSE_MS.high); atMs < untilMs; atMs += own.between(PAUSE_MS.low, PAUSE_MS.high)) {
    const kind = own.pick(kinds)
    const [low, high] = LASTS[kind] ?? LASTS_OTHERWISE
    const lastsMs = Math.round(Math.min(own.delay(low, high), untilMs - atMs))
    faults.push({
      atMs: Math.round(atMs),
      kind,
      lastsMs,
      node: own.below(16),
      other: own.below(16),
      amount: own.below(1000) / 1000,
    })
  }
  return faults
}

export function faultText({ atMs, kind, lastsMs, node, other, amount }: Fault): string {
  return `${String(atMs).padStart(6)} ms  ${kind.padEnd(20)} for ${String(lastsMs).padStart(5)} ms  node ${node}, other ${other}, amount ${amount}`
}
