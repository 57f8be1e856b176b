import { SeededRandom } from '../sim/random.ts'
import { collide, FAULT_KINDS, type Fault, type FaultKind, kindOf } from './fault-kinds.ts'

/** Between the end of one fault and the beginning of the next. */
const PAUSE_MS = { min: 500, max: 3_500 } as const
const OVERLAPS = 0.3
/** Starting and stopping take time that the faults do not name. */
const AROUND_MS = 3_000
const KINDS = Object.keys(FAULT_KINDS) as FaultKind[]

export interface PlanOptions {
  readonly seed: number
  readonly forMs: number
  readonly nodes: number
  readonly kinds?: readonly FaultKind[]
}

/** The faults of a seed, by time. Every kind comes before any comes again as often as its weight lets it. */
export function planFaults({ seed, forMs, nodes, kinds = KINDS }: PlanOptions): Fault[] {
  const random = new SeededRandom(seed, 'faults')
  const faults: Fault[] = []
  let bag: FaultKind[] = []
  let atMs = 2_000
  for (;;) {
    if (bag.length === 0) bag = fullBag(random, kinds)
    const kind = bag.pop() as FaultKind
    const drawn = kindOf(kind).draw(random, nodes)
    const previous = faults.at(-1)
    const overlaps = previous !== undefined && random.chance(OVERLAPS)
    const afterMs = overlaps ? previous.atMs + random.between(100, 1_500) : atMs + random.between(PAUSE_MS.min, PAUSE_MS.max)
    const fault: Fault = { kind, ...drawn, atMs: Math.round(free(faults, kind, drawn, afterMs)) }
    if (fault.atMs + fault.lastsMs > forMs) return faults
    faults.push(fault)
    faults.sort((a, b) => a.atMs - b.atMs)
    atMs = Math.max(atMs, fault.atMs + fault.lastsMs)
  }
}

/** As many of each kind as it weighs; a fraction is a chance. The rare ones are not all at the end. */
function fullBag(random: SeededRandom, kinds: readonly FaultKind[]): FaultKind[] {
  const bag: FaultKind[] = []
  for (const kind of kinds) {
    const { weight } = kindOf(kind)
    const count = Math.floor(weight) + (random.chance(weight % 1) ? 1 : 0)
    for (let i = 0; i < count; i++) bag.push(kind)
  }
  for (let i = bag.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swapped = bag[i] as FaultKind
    bag[i] = bag[j] as FaultKind
    bag[j] = swapped
  }
  return bag
}

/** The first time from `fromMs` on at which nothing else holds what this one touches. */
function free(faults: readonly Fault[], kind: FaultKind, drawn: Omit<Fault, 'kind' | 'atMs'>, fromMs: number): number {
  const touches = kindOf(kind).touches(drawn)
  const restMs = kindOf(kind).restMs ?? 0
  let atMs = fromMs
  for (let moved = true; moved; ) {
    moved = false
    for (const other of faults) {
      if (!collide(touches, kindOf(other.kind).touches(other))) continue
      const othersEndMs = other.atMs + other.lastsMs + AROUND_MS + (kindOf(other.kind).restMs ?? 0)
      if (atMs < othersEndMs && other.atMs < atMs + drawn.lastsMs + AROUND_MS + restMs) {
        atMs = othersEndMs
        moved = true
      }
    }
  }
  return atMs
}
