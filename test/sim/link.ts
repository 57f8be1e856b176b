import type { SimProcess } from './process.ts'
import type { SeededRandom } from './random.ts'
import type { Simulation } from './simulation.ts'

const HOP_MS = { low: 0.5, high: 8 } as const
const STEP_MS = 0.001
const CLOSE_SEEN_MS = { low: 5, high: 60 } as const
/** A gateway sees at once that a socket was closed, or only when its pings stay unanswered. */
const LEFT_SEEN_MS = { low: 1, high: 3000 } as const

/** A socket between a client and a process: in order both ways until it closes. */
export class Link<S extends { leaveAll(): void }> {
  readonly process: SimProcess
  /** At the process's end. */
  session: S | undefined
  open = true
  readonly #sim: Simulation
  readonly #random: SeededRandom
  readonly #onClose: () => void
  #last = { up: 0, down: 0 }

  constructor(sim: Simulation, process: SimProcess, random: SeededRandom, onClose: () => void) {
    this.#sim = sim
    this.process = process
    this.#random = random
    this.#onClose = onClose
    process.onEnd(() => {
      sim.plan(random.between(CLOSE_SEEN_MS.low, CLOSE_SEEN_MS.high), undefined, 'world', () => this.close())
    })
    // Dialled just when the process ended.
    if (process.isDead) sim.plan(CLOSE_SEEN_MS.high, undefined, 'world', () => this.close())
  }

  up(run: () => void): void {
    if (this.open) this.#plan('up', this.process, run)
  }

  down(run: () => void): void {
    if (!this.open) return
    this.#plan('down', undefined, () => {
      if (this.open) run()
    })
  }

  /** The client is told at once, the session when the process sees it. */
  close(): void {
    if (!this.open) return
    this.open = false
    this.#onClose()
    this.#sim.plan(this.#random.delay(LEFT_SEEN_MS.low, LEFT_SEEN_MS.high), this.process, 'input', () => this.session?.leaveAll())
  }

  #plan(way: 'up' | 'down', process: SimProcess | undefined, run: () => void): void {
    const atMs = Math.max(this.#last[way] + STEP_MS, this.#sim.nowMs + this.#random.delay(HOP_MS.low, HOP_MS.high))
    this.#last[way] = atMs
    this.#sim.plan(atMs - this.#sim.nowMs, process, 'input', run)
  }
}
