import { AppError } from '../../src/kernel/rejection.ts'
import { SHARD_COUNT } from '../../src/kernel/shard.ts'
import { MemoryJournal } from '../../src/storage/memory/journal.ts'
import type {
  AppendBatch,
  AppendResult,
  Claimed,
  ClaimOptions,
  Holder,
  Journal,
  LiveTimer,
  Restore,
  StoredEntry,
  Token,
  TrimMark,
} from '../../src/storage/port.ts'
import { CallError, type EngineWire } from './engine.ts'
import type { Booked, Ledger } from './ledger.ts'
import type { JournalMutant } from './mutants.ts'
import type { SimProcess } from './process.ts'
import type { Simulation } from './simulation.ts'
import type { Violations } from './violations.ts'
import type { Weather } from './weather.ts'

/** The client's patience with one append, and with other calls. */
export const APPEND_TIMEOUT_MS = 500
const CALL_TIMEOUT_MS = 1000
const RECONNECT_MS = 50

export interface JournalWorld {
  readonly sim: Simulation
  readonly wire: EngineWire
  readonly weather: Weather
  readonly ledger: Ledger
  readonly violations: Violations
  readonly isInDocuments: (booked: Booked) => boolean
  readonly mutant: JournalMutant | undefined
}

/** The journal's engine: the reference journal behind a wire, which may come back without its newest entries. */
export class JournalEngine {
  readonly world: JournalWorld
  readonly journal: MemoryJournal
  /** Rises when the engine starts anew. */
  run = 1
  readonly #connections = new Set<SimJournal>()
  /** Up to where each shard's trims were looked at. */
  readonly #trimmed = new Map<number, number>()

  constructor(world: JournalWorld) {
    this.world = world
    this.journal = new MemoryJournal({ clock: { mono: () => world.sim.nowMs } })
  }

  connect(process: SimProcess): SimJournal {
    const connection = new SimJournal(this, process)
    this.#connections.add(connection)
    process.onEnd(() => this.#connections.delete(connection))
    return connection
  }

  /** A restart. With `count`, without the newest entries of every shard; with `claims`, without the newest claims. */
  async restart(count: number, claims: boolean): Promise<void> {
    this.run++
    this.world.wire.forget()
    if (count > 0 || claims) {
      this.journal.lose(count, { claims })
      const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
      const holders = await this.journal.holders(shards)
      this.world.ledger.lost((shard) => holders[shard]?.tail ?? 0, claims)
    }
    for (const connection of this.#connections) connection.lookAgain()
  }

  async trim(marks: readonly TrimMark[], process: string): Promise<void> {
    const { ledger, violations, isInDocuments } = this.world
    for (const { shard, token, watermark, aside } of marks) {
      if (token !== ledger.newestToken(shard)) continue
      for (const booked of ledger.between(shard, this.#trimmed.get(shard) ?? 0, watermark)) {
        if (aside?.includes(booked.at) || isInDocuments(booked)) continue
        violations.add('documents', `${process} trimmed shard ${shard} to ${watermark}: position ${booked.at} is in no document`)
      }
      this.#trimmed.set(shard, Math.max(this.#trimmed.get(shard) ?? 0, Math.min(watermark, aside?.[0] ?? watermark)))
    }
    await this.journal.trim(marks)
  }

  async append(batches: readonly AppendBatch[], process: string): Promise<readonly AppendResult[]> {
    const { ledger, mutant } = this.world
    const results: AppendResult[] = []
    for (const given of batches) {
      let batch = given
      const before = (await this.journal.holders([batch.shard]))[0] as Holder
      if (mutant === 'no-fence') batch = { ...batch, token: ledger.newestToken(batch.shard) ?? batch.token }
      if (mutant === 'timeout-is-failure') batch = { ...batch, expectedTail: before.tail }
      const result = (await this.journal.append([batch]))[0] as AppendResult
      const tail = batch.expectedTail + batch.entries.length
      if (result.ok && before.tail === batch.expectedTail && result.tail === tail) ledger.appended(given, process)
      results.push(result.ok && batch !== given ? { ok: true, tail: given.expectedTail + given.entries.length } : result)
    }
    return results
  }
}

/** One process's connection to the journal's engine. */
export class SimJournal implements Journal {
  readonly #engine: JournalEngine
  readonly #process: SimProcess
  readonly #listeners: (() => void)[] = []
  #run: number
  #appending = false
  readonly restore?: NonNullable<Journal['restore']>
  readonly onReset?: NonNullable<Journal['onReset']>

  constructor(engine: JournalEngine, process: SimProcess) {
    this.#engine = engine
    this.#process = process
    this.#run = engine.run
    if (engine.world.mutant === 'no-restore') return
    this.restore = (what) => this.#restore(what)
    this.onReset = (listener) => {
      this.#listeners.push(listener)
    }
  }

  claim(shards: readonly number[], owner: string, options?: ClaimOptions): Promise<readonly Claimed[]> {
    return this.#call(async () => {
      const claims = await this.#engine.journal.claim(shards, owner, options)
      this.#engine.world.ledger.claimed(claims, this.#process.id)
      return claims
    })
  }

  holders(shards: readonly number[]): Promise<readonly Holder[]> {
    return this.#call(() => this.#engine.journal.holders(shards))
  }

  release(claims: readonly { readonly shard: number; readonly token: Token }[]): Promise<void> {
    return this.#call(async () => {
      await this.#engine.journal.release(claims)
      for (const { shard, token } of claims) this.#engine.world.ledger.released(shard, token)
    })
  }

  async append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    const { violations, mutant, wire } = this.#engine.world
    if (this.#appending) violations.add('sound', `${this.#process.id}: an append began before the last one ended`)
    this.#appending = true
    try {
      const carriedOut = wire.call(this.#process, APPEND_TIMEOUT_MS, () => this.#engine.append(batches, this.#process.id))
      if (mutant === 'ack-before-commit') {
        carriedOut.catch(() => {})
        return batches.map(({ expectedTail, entries }) => ({ ok: true, tail: expectedTail + entries.length }))
      }
      const results = await carriedOut
      this.#noticeRun()
      return results
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      const reason = mutant === 'timeout-is-failure' ? 'full' : 'unavailable'
      return batches.map(() => ({ ok: false, reason, msg: error.message }))
    } finally {
      this.#appending = false
    }
  }

  read(shard: number, from: number): Promise<readonly StoredEntry[]> {
    return this.#call(() => this.#engine.journal.read(shard, from))
  }

  timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]> {
    return this.#call(() => this.#engine.journal.timers(shard, untilMs))
  }

  trim(marks: readonly TrimMark[]): Promise<void> {
    return this.#call(() => this.#engine.trim(marks, this.#process.id))
  }

  bytes(): number {
    return this.#engine.journal.bytes()
  }

  async close(): Promise<void> {}

  /** The engine is another one: the process notices when it reaches it. */
  lookAgain(): void {
    const { sim, weather } = this.#engine.world
    const { down, frozen } = weather.engines.journal
    const reached =
      !down && !frozen && weather.passes(this.#process.name, 'journal') && weather.passes('journal', this.#process.name)
    sim.plan(sim.random.between(1, RECONNECT_MS), this.#process, 'input', () => {
      if (reached) this.#noticeRun()
      else this.lookAgain()
    })
  }

  #noticeRun(): void {
    if (this.#run === this.#engine.run) return
    this.#run = this.#engine.run
    for (const listener of this.#listeners) listener()
  }

  #restore(what: Restore): Promise<AppendResult> {
    return this.#call(async () => {
      const result = await this.#engine.journal.restore(what)
      if (result.ok && result.tail === what.tail) this.#engine.world.ledger.restored(what, this.#process.id)
      return result
    })
  }

  async #call<T>(carryOut: () => Promise<T>): Promise<T> {
    try {
      const answer = await this.#engine.world.wire.call(this.#process, CALL_TIMEOUT_MS, carryOut)
      this.#noticeRun()
      return answer
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      throw new AppError('storage.unavailable', error.message, { retry: 'later', cause: error })
    }
  }
}
