import type { Fault } from './faults.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
/** How long a node may take to stop in good order before it is killed. */
const STOP_MS = 6000

/** Carries out a schedule of faults on a world. */
export class Nemesis {
  readonly #world: World
  readonly #ends = new Set<() => void>()

  constructor(world: World) {
    this.#world = world
  }

  start(faults: readonly Fault[]): void {
    const { sim } = this.#world
    for (const fault of faults) {
      sim.plan(fault.atMs - sim.nowMs, undefined, 'world', () => {
        const undo = this.#begin(fault)
        if (!undo) return
        let done = false
        const end = (): void => {
          if (done) return
          done = true
          this.#ends.delete(end)
          undo()
        }
        this.#ends.add(end)
        sim.plan(fault.lastsMs, undefined, 'world', end)
      })
    }
  }

  /** Everything is well again. */
  stop(): void {
    for (const end of [...this.#ends]) end()
  }

  /** Begins a fault; gives what ends it. */
  #begin(fault: Fault): (() => void) | undefined {
    const world = this.#world
    const { slots, weather, broker, clients } = world
    const slot = slots[fault.node % slots.length] as World['slots'][number]
    const { name } = slot.machine
    const { amount } = fault
    switch (fault.kind) {
      case 'crash':
        world.kill(slot)
        return () => world.start(slot)
      case 'pause':
        slot.process?.pause()
        return () => slot.process?.resume(0)
      case 'suspend': {
        slot.process?.pause()
        const since = world.sim.nowMs
        const { process } = slot
        return () => process?.resume(world.sim.nowMs - since)
      }
      case 'stop':
        world.stop(slot, STOP_MS, fault.lastsMs)
        return undefined
      case 'clock-jump': {
        const byMs = Math.round((amount - 0.5) * 2 * (amount > 0.9 || amount < 0.1 ? HOUR_MS : 20_000))
        slot.machine.jump(byMs)
        return () => slot.machine.jump(-byMs)
      }
      case 'disconnect-all':
        for (const client of clients) client.disconnect()
        return undefined
      case 'broker-restart':
        broker.restart(fault.lastsMs)
        return undefined
      case 'cut-pair':
      case 'cut-pair-one-way':
        return this.#cutPair(fault, name)
      case 'bus-loss':
        return level(weather, 'busLoss', 0.02 + amount * 0.3)
      case 'bus-twice':
        return level(weather, 'busTwice', 0.05 + amount * 0.3)
      case 'bus-slow':
        return level(weather, 'busSlow', 0.02 + amount * 0.2)
      case 'false-nobody':
        return level(weather, 'falseNobody', 0.05 + amount * 0.3)
      default:
        return this.#beginAtEngine(fault, name)
    }
  }

  #beginAtEngine(fault: Fault, name: string): (() => void) | undefined {
    const { engines } = this.#world.weather
    const { kind, amount } = fault
    const { journal, documents, directory } = engines
    switch (kind) {
      case 'cut-broker':
      case 'cut-journal':
      case 'cut-documents': {
        const engine = kind.slice('cut-'.length)
        return this.#cut([name, engine], [engine, name])
      }
      case 'cut-broker-one-way':
      case 'cut-journal-one-way': {
        const engine = kind.slice('cut-'.length, -'-one-way'.length)
        return this.#cut(amount < 0.5 ? [name, engine] : [engine, name])
      }
      case 'journal-down':
        return this.#down('journal')
      case 'documents-down':
        return this.#down('documents')
      case 'directory-down':
        return this.#down('directory')
      case 'journal-frozen':
        return this.#freeze()
      case 'journal-lossy':
        return both(
          level(journal, 'requestLost', amount * 0.2),
          level(journal, 'replyLost', 0.05 + amount * 0.25),
          level(journal, 'late', amount * 0.1),
        )
      case 'documents-lossy':
        return both(level(documents, 'requestLost', amount * 0.2), level(documents, 'replyLost', 0.05 + amount * 0.25))
      case 'journal-slow':
        return level(journal, 'slowMs', 20 + amount * 400)
      case 'documents-slow':
        return level(documents, 'slowMs', 50 + amount * 3000)
      case 'journal-loses':
        return this.#lose(fault)
      case 'directory-stale':
        this.#world.directory.freezeRows()
        return () => this.#world.directory.current()
      case 'directory-lost':
        this.#world.directory.lose()
        return undefined
      default:
        return void directory
    }
  }

  #cutPair(fault: Fault, name: string): (() => void) | undefined {
    const others = this.#world.slots.filter(({ machine }) => machine.name !== name)
    const other = others[fault.other % Math.max(others.length, 1)]?.machine.name
    if (other === undefined) return undefined
    return fault.kind === 'cut-pair' ? this.#cut([name, other], [other, name]) : this.#cut([name, other])
  }

  #cut(...ways: readonly (readonly [string, string])[]): () => void {
    const { weather } = this.#world
    for (const [from, to] of ways) weather.cut(from, to)
    return () => {
      for (const [from, to] of ways) weather.heal(from, to)
    }
  }

  #down(engine: 'journal' | 'documents' | 'directory'): () => void {
    const state = this.#world.weather.engines[engine]
    if (state.down) return () => {}
    state.down = true
    return () => {
      state.down = false
    }
  }

  #freeze(): () => void {
    const { weather, journal } = this.#world
    const state = weather.engines.journal
    if (state.frozen) return () => {}
    state.frozen = true
    return () => {
      state.frozen = false
      journal.world.wire.thaw()
    }
  }

  /** The journal's engine dies and comes back, a little poorer. */
  #lose(fault: Fault): (() => void) | undefined {
    const { weather, journal } = this.#world
    const state = weather.engines.journal
    if (state.down) return undefined
    state.down = true
    const count = Math.floor((fault.amount * 10) % 4)
    const claims = fault.amount > 0.7
    return () => {
      state.down = false
      void journal.restart(count, claims)
    }
  }
}

/** Raises one number of the weather; overlapping faults add up and end apart. */
function level<K extends string>(of: Record<K, number>, key: K, by: number): () => void {
  of[key] += by
  return () => {
    of[key] -= by
    if (Math.abs(of[key]) < 1e-9) of[key] = 0 as Record<K, number>[K]
  }
}

function both(...ends: readonly (() => void)[]): () => void {
  return () => {
    for (const end of ends) end()
  }
}
