import type { Directory, MemberRow, ShardRow } from '../../src/cluster/port.ts'
import { AppError } from '../../src/kernel/rejection.ts'
import { CallError, type EngineWire } from './engine.ts'
import type { SimProcess } from './process.ts'
import type { Simulation } from './simulation.ts'
import type { Weather } from './weather.ts'

const TIMEOUT_MS = 2000
const WATCH_SLOW_MS = 40

/** The directory's engine. Readers may be given rows of an earlier moment; a lost store is empty. */
export class DirectoryEngine {
  readonly wire: EngineWire
  readonly #sim: Simulation
  readonly #weather: Weather
  #rows = new Map<number, ShardRow>()
  /** What a reader gets while the store answers from behind. */
  #stale: readonly ShardRow[] | undefined
  #members = new Map<string, MemberRow>()
  readonly #watchers = new Set<{ readonly process: SimProcess; readonly listener: (row: ShardRow) => void }>()

  constructor(sim: Simulation, weather: Weather, wire: EngineWire) {
    this.#sim = sim
    this.#weather = weather
    this.wire = wire
  }

  connect(process: SimProcess): Directory {
    return new SimDirectory(this, process)
  }

  /** From now on readers get what stands now, until `current`. */
  freezeRows(): void {
    this.#stale = this.rows()
  }

  current(): void {
    this.#stale = undefined
  }

  lose(): void {
    this.#rows = new Map()
    this.#members = new Map()
    this.#stale = undefined
  }

  rows(): readonly ShardRow[] {
    return this.#stale ?? [...this.#rows.values()]
  }

  put(rows: readonly ShardRow[]): void {
    for (const row of rows) {
      const known = this.#rows.get(row.shard)
      if (known && known.epoch > row.epoch) continue
      this.#rows.set(row.shard, row)
      for (const watcher of this.#watchers) this.#tell(watcher, row)
    }
  }

  watch(process: SimProcess, listener: (row: ShardRow) => void): () => void {
    const watcher = { process, listener }
    this.#watchers.add(watcher)
    process.onEnd(() => this.#watchers.delete(watcher))
    return () => {
      this.#watchers.delete(watcher)
    }
  }

  members(): readonly MemberRow[] {
    return [...this.#members.values()]
  }

  join(member: MemberRow): void {
    this.#members.set(member.id, member)
  }

  leave(id: string): void {
    this.#members.delete(id)
  }

  #tell(watcher: { readonly process: SimProcess; readonly listener: (row: ShardRow) => void }, row: ShardRow): void {
    const { process, listener } = watcher
    if (this.wire.state.down || !this.#weather.passes('directory', process.name)) return
    this.#sim.plan(this.#sim.random.delay(0.3, WATCH_SLOW_MS), process, 'input', () => {
      if (this.#watchers.has(watcher)) listener(row)
    })
  }
}

class SimDirectory implements Directory {
  readonly #engine: DirectoryEngine
  readonly #process: SimProcess

  constructor(engine: DirectoryEngine, process: SimProcess) {
    this.#engine = engine
    this.#process = process
  }

  rows(): Promise<readonly ShardRow[]> {
    return this.#call(async () => this.#engine.rows())
  }

  put(rows: readonly ShardRow[]): Promise<void> {
    const taken = [...rows]
    return this.#call(async () => this.#engine.put(taken))
  }

  watch(listener: (row: ShardRow) => void): () => void {
    return this.#engine.watch(this.#process, listener)
  }

  members(): Promise<readonly MemberRow[]> {
    return this.#call(async () => this.#engine.members())
  }

  join(member: MemberRow): Promise<void> {
    return this.#call(async () => this.#engine.join(member))
  }

  leave(id: string): Promise<void> {
    return this.#call(async () => this.#engine.leave(id))
  }

  async close(): Promise<void> {}

  async #call<T>(carryOut: () => Promise<T>): Promise<T> {
    try {
      return await this.#engine.wire.call(this.#process, TIMEOUT_MS, carryOut)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      throw new AppError('directory.unavailable', error.message, { retry: 'later', cause: error })
    }
  }
}
