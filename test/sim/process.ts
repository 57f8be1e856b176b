import type { Cancel, Clock } from '../../src/kernel/clock.ts'
import type { Simulation } from './simulation.ts'

/** What lasts over restarts of a node: its name, and its hardware's idea of the time. */
export class Machine {
  readonly name: string
  /** Wall clock at virtual time zero. */
  readonly #startMs: number
  /** Seconds gained per second, of both clocks: quartz is off by up to 1e-4. */
  readonly drift: number
  #jumpedMs = 0

  constructor(name: string, startMs: number, drift: number) {
    this.name = name
    this.#startMs = startMs
    this.drift = drift
  }

  /** The wall clock is set. */
  jump(byMs: number): void {
    this.#jumpedMs += byMs
  }

  wallMs(simMs: number): number {
    return this.#startMs + this.#jumpedMs + simMs * (1 + this.drift)
  }
}

/** `paused`: stopped by a signal or suspended; what happens to it waits. `dead`: nothing happens to it any more. */
export type ProcessState = 'up' | 'paused' | 'dead'

/** One incarnation of a node's process. */
export class SimProcess {
  readonly id: string
  readonly machine: Machine
  readonly clock: Clock
  state: ProcessState = 'up'
  readonly #sim: Simulation
  readonly #startedMs: number
  /** Time that the monotonic clock did not see: it stands still while the machine is suspended. */
  #missedMs = 0
  readonly #onEnd: (() => void)[] = []

  constructor(sim: Simulation, machine: Machine, id: string) {
    this.#sim = sim
    this.machine = machine
    this.id = id
    this.#startedMs = sim.nowMs
    this.clock = {
      now: () => Math.floor(machine.wallMs(sim.nowMs)),
      mono: () => this.#monoMs(),
      setTimer: (afterMs, run) => this.#setTimer(afterMs, run),
    }
  }

  get name(): string {
    return this.machine.name
  }

  get isDead(): boolean {
    return this.state === 'dead'
  }

  /** Called once, when the process ends. */
  onEnd(run: () => void): void {
    this.#onEnd.push(run)
  }

  /** `kill -9`: what was planned for it never happens. */
  kill(): void {
    if (this.isDead) return
    this.state = 'dead'
    for (const run of this.#onEnd.splice(0)) run()
  }

  pause(): void {
    if (this.state === 'up') this.state = 'paused'
  }

  /** After a suspend the monotonic clock has missed `missedMs`. */
  resume(missedMs: number): void {
    if (this.state !== 'paused') return
    this.#missedMs += missedMs
    this.state = 'up'
    this.#sim.release(this)
  }

  #monoMs(): number {
    return (this.#sim.nowMs - this.#startedMs - this.#missedMs) * (1 + this.machine.drift)
  }

  #setTimer(afterMs: number, run: () => void): Cancel {
    const dueMs = this.#monoMs() + Math.max(0, afterMs)
    let cancel = (): void => {}
    const arm = (): void => {
      // Real timers are a little late.
      const waitMs = (dueMs - this.#monoMs()) / (1 + this.machine.drift) + this.#sim.random.delay(0, 1.5)
      cancel = this.#sim.plan(waitMs, this, 'timer', () => {
        if (this.#monoMs() + 1e-6 < dueMs) arm()
        else run()
      })
    }
    arm()
    return () => cancel()
  }
}
