import type { SimProcess } from './process.ts'
import type { SeededRandom } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Engine, EngineWeather, Weather } from './weather.ts'

/** How a call ended. `refused`: nothing was carried out. `unknown`: maybe. */
export type CallFault = 'refused' | 'unknown'

export class CallError extends Error {
  override readonly name = 'CallError'
  readonly fault: CallFault

  constructor(engine: Engine, fault: CallFault) {
    super(`${engine}: ${fault === 'refused' ? 'connection refused' : 'no answer'}`)
    this.fault = fault
  }
}

const LATE_MS = 1500
const AGAIN_MS = 5

/** The wire between the nodes and one engine (journal, documents, directory): calls in order per node, with the weather's faults. */
export class EngineWire {
  readonly #sim: Simulation
  readonly #weather: Weather
  readonly #engine: Engine
  readonly #random: SeededRandom
  /** When the last request of a process arrived, and the last reply to it. */
  readonly #last = new Map<string, { request: number; reply: number }>()
  /** Calls that wait for the engine to thaw. */
  #frozen: (() => void)[] = []

  constructor(sim: Simulation, weather: Weather, engine: Engine, random: SeededRandom) {
    this.#sim = sim
    this.#weather = weather
    this.#engine = engine
    this.#random = random.fork(engine)
  }

  get state(): EngineWeather {
    return this.#weather.engines[this.#engine]
  }

  /** What waited while the engine stood still is carried out now. */
  thaw(): void {
    const waiting = this.#frozen
    this.#frozen = []
    for (const run of waiting) this.#sim.plan(this.#random.between(0, 5), undefined, 'world', run)
  }

  /** A crashed engine forgets what it had not carried out. */
  forget(): void {
    this.#frozen = []
  }

  call<T>(process: SimProcess, timeoutMs: number, carryOut: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let settled = false
      const settle = (finish: () => void): void => {
        if (settled) return
        settled = true
        cancel()
        finish()
      }
      const cancel = process.clock.setTimer(timeoutMs, () => settle(() => reject(new CallError(this.#engine, 'unknown'))))
      const refuse = (): void => settle(() => reject(new CallError(this.#engine, 'refused')))
      this.#send(process, carryOut, refuse, (finish) => settle(() => finish(resolve, reject)))
    })
  }

  #send<T>(
    process: SimProcess,
    carryOut: () => Promise<T>,
    refuse: () => void,
    answer: (finish: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) => void,
  ): void {
    const { state } = this
    const random = this.#random
    if (random.chance(state.requestLost)) return
    const late = random.chance(state.late)
    const afterMs = late ? random.between(100, LATE_MS) : this.#inOrder(process, 'request', random.delay(0.2, state.slowMs))
    this.#sim.plan(afterMs, undefined, 'world', () => {
      if (!this.#weather.passes(process.name, this.#engine)) return
      if (this.state.down) {
        this.#sim.plan(random.delay(0.2, 2), process, 'input', refuse)
        return
      }
      this.#carryOut(process, carryOut, answer)
    })
  }

  #carryOut<T>(
    process: SimProcess,
    carryOut: () => Promise<T>,
    answer: (finish: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) => void,
  ): void {
    if (this.state.frozen) {
      this.#frozen.push(() => this.#carryOut(process, carryOut, answer))
      return
    }
    const reply = (finish: Parameters<typeof answer>[0]): void => {
      if (this.#random.chance(this.state.replyLost)) return
      const afterMs = this.#inOrder(process, 'reply', this.#random.delay(0.2, this.state.slowMs))
      this.#sim.plan(afterMs, process, 'input', () => {
        if (this.#weather.passes(this.#engine, process.name)) answer(finish)
      })
    }
    carryOut().then(
      (value) => reply((resolve) => resolve(value)),
      (error) => reply((_resolve, reject) => reject(error)),
    )
  }

  /** Milliseconds from now, not before what went the same way earlier. */
  #inOrder(process: SimProcess, way: 'request' | 'reply', afterMs: number): number {
    let last = this.#last.get(process.id)
    if (!last) {
      last = { request: 0, reply: 0 }
      this.#last.set(process.id, last)
    }
    const atMs = Math.max(last[way] + AGAIN_MS / 1000, this.#sim.nowMs + afterMs)
    last[way] = atMs
    return atMs - this.#sim.nowMs
  }
}
