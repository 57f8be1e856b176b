import { setTimeout as pause } from 'node:timers/promises'
import { collide, type Fault, faultText, kindOf } from './fault-kinds.ts'
import { inject, type Scene } from './injection.ts'

/** A fault as it was injected; times are this machine's wall clock. */
export interface Injected {
  readonly fault: Fault
  readonly startedMs: number
  endedMs: number
  /** Why it could not be done. */
  failure?: string
}

/** A fault that cannot be taken back would end the run: it is told, with what hangs. */
const FAULT_MS_MAX = 120_000

/** Injects the faults of a plan, each at its time, several at once where the plan lets them overlap. */
export class Nemesis {
  readonly injected: Injected[] = []
  readonly #scene: Scene
  readonly #tell: (line: string) => void
  readonly #running = new Map<Fault, Promise<void>>()

  constructor(scene: Scene, tell: (line: string) => void) {
    this.#scene = scene
    this.#tell = tell
  }

  /** Resolves when the last fault was taken back. */
  async run(plan: readonly Fault[], forMs: number): Promise<void> {
    const startMs = performance.now()
    /** Faults that last longer than was planned move all that follow. */
    let lateMs = 0
    for (const fault of plan) {
      const leftMs = startMs + fault.atMs + lateMs - performance.now()
      if (leftMs > 0) await pause(leftMs)
      await this.#clear(fault)
      lateMs = Math.max(lateMs, performance.now() - startMs - fault.atMs)
      if (performance.now() - startMs > forMs) break
      const running = this.#inject(fault).finally(() => this.#running.delete(fault))
      this.#running.set(fault, running)
    }
    await Promise.all(this.#running.values())
  }

  /** Waits for those that hold what this one touches: they may last longer than was planned. */
  async #clear(fault: Fault): Promise<void> {
    const touches = kindOf(fault.kind).touches(fault)
    for (;;) {
      const others = [...this.#running].filter(([other]) => collide(touches, kindOf(other.kind).touches(other)))
      if (others.length === 0) return
      await Promise.race(others.map(([, running]) => running))
    }
  }

  async #inject(fault: Fault): Promise<void> {
    const injected: Injected = { fault, startedMs: Date.now(), endedMs: Number.POSITIVE_INFINITY }
    this.injected.push(injected)
    this.#tell(`${faultText(fault)}`)
    const late = setTimeout(() => {
      throw new Error(`${faultText(fault)} was not taken back within ${FAULT_MS_MAX} ms`)
    }, FAULT_MS_MAX)
    try {
      await inject(this.#scene, fault)
      const { restMs = 0 } = kindOf(fault.kind)
      injected.endedMs = Date.now()
      await pause(restMs)
    } catch (error) {
      injected.failure = error instanceof Error ? error.message : String(error)
      this.#tell(`${faultText(fault)}: could not be injected: ${injected.failure}`)
    } finally {
      clearTimeout(late)
    }
  }
}
