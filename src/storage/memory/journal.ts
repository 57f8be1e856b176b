import { Packr } from 'msgpackr'
import { SHARD_COUNT } from '../../kernel/shard.ts'
import { LiveTimers } from '../live-timers.ts'
import type {
  AppendBatch,
  AppendResult,
  Claimed,
  ClaimOptions,
  Holder,
  Journal,
  JournalEntry,
  LiveTimer,
  Restore,
  StoredEntry,
  TimerChange,
  Token,
  TrimMark,
} from '../port.ts'
import { ShardTable } from '../shard-table.ts'

export interface MemoryJournalOptions {
  /** True (the default): entries cross msgpack both ways, so that no reference to a caller's object survives. False: kept by reference. */
  readonly copy?: boolean
  /** Appends answer `full` above this. Without `copy` an entry counts as 512 bytes. */
  readonly bytesMax?: number
  /** For `Holder.quietMs`; the system's monotonic clock by default. */
  readonly clock?: { mono(): number }
}

interface Held {
  readonly at: number
  readonly bytes: number
  /** A packed entry, or the entry itself without `copy`. */
  readonly held: Buffer | JournalEntry
  /** Of the batch that ended with this entry, else empty. */
  readonly batchId: string
  /** How the entry's timers stood before it. */
  readonly undo: readonly TimerChange[] | undefined
}

const ENTRY_BYTES_GUESS = 512

/**
 * The reference journal: no I/O, gone with the process. Every answer comes in a later microtask, as with any other journal. `lose`
 * makes it behave like an engine of its own that came back without the newest of what it had acknowledged.
 */
export class MemoryJournal implements Journal {
  readonly #shards: ShardTable
  readonly #timers = new LiveTimers()
  readonly #logs = new Map<number, Held[]>()
  readonly #listeners: (() => void)[] = []
  readonly #copy: boolean
  readonly #bytesMax: number
  readonly #packr = new Packr({ structures: [], saveStructures: () => undefined, maxSharedStructures: 512 })
  #bytes = 0

  constructor(options: MemoryJournalOptions = {}) {
    const { clock } = options
    this.#shards = new ShardTable(clock === undefined ? undefined : () => clock.mono(), true)
    this.#copy = options.copy ?? true
    this.#bytesMax = options.bytesMax ?? Number.POSITIVE_INFINITY
  }

  async claim(shards: readonly number[], owner: string, options?: ClaimOptions): Promise<readonly Claimed[]> {
    for (const shard of shards) ShardTable.check(shard)
    const claims: Claimed[] = []
    for (const shard of new Set(shards)) {
      const epoch = this.#shards.epochFor(shard, owner, options)
      if (epoch !== undefined) claims.push(this.#shards.grant(shard, epoch, owner))
    }
    return claims
  }

  async holders(shards: readonly number[]): Promise<readonly Holder[]> {
    for (const shard of shards) ShardTable.check(shard)
    return shards.map((shard) => this.#shards.holder(shard))
  }

  async release(claims: readonly { readonly shard: number; readonly token: Token }[]): Promise<void> {
    for (const { shard, token } of claims) this.#shards.revoke(shard, token)
  }

  async append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    return batches.map((batch) => this.#append(batch))
  }

  async read(shard: number, from: number): Promise<readonly StoredEntry[]> {
    const found: StoredEntry[] = []
    for (const { at, held } of this.#logs.get(shard) ?? []) {
      if (at > from) found.push({ at, ...this.#entry(held) })
    }
    return found
  }

  async timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]> {
    return this.#timers.due(shard, untilMs)
  }

  async trim(marks: readonly TrimMark[]): Promise<void> {
    for (const { shard, token, watermark, aside } of marks) {
      if (this.#shards.holds(shard, token) && this.#shards.trim(shard, watermark, aside ?? [])) this.#keepWanted(shard)
    }
  }

  async restore(what: Restore): Promise<AppendResult> {
    const { shard, token, entries } = what
    ShardTable.check(shard)
    if (!this.#shards.holds(shard, token)) return fenced(shard)
    const before = this.#shards.tailOf(shard)
    if (what.tail <= before) return { ok: true, tail: before }
    for (const { at, ...entry } of entries) if (at > before && at <= what.tail) this.#push(shard, at, entry, '')
    this.#shards.appended(shard, what.tail, '')
    this.#shards.worked(shard)
    return { ok: true, tail: what.tail }
  }

  onReset(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /**
   * For tests: the engine came back without the newest `count` entries of every shard and, asked for, without its newest claim (or
   * so many of them, up to eight).
   */
  lose(count: number, { claims = false }: { readonly claims?: boolean | number } = {}): void {
    for (let shard = 0; shard < SHARD_COUNT; shard++) {
      const kept = Math.max(0, this.#shards.tailOf(shard) - count)
      const log = this.#logs.get(shard) ?? []
      while ((log.at(-1)?.at ?? 0) > kept) this.#undo(shard, log.pop())
      const newest = log.at(-1)
      this.#shards.loseEntries(shard, kept, newest?.at === kept ? newest.batchId : '')
      for (let lost = 0; lost < Number(claims); lost++) this.#shards.loseClaim(shard)
    }
    for (const listener of this.#listeners) listener()
  }

  bytes(): number {
    return this.#bytes
  }

  async close(): Promise<void> {}

  #entry(held: Buffer | JournalEntry): JournalEntry {
    return Buffer.isBuffer(held) ? (this.#packr.unpack(held) as JournalEntry) : (held as JournalEntry)
  }

  #append(batch: AppendBatch): AppendResult {
    const { shard } = batch
    const refused = this.#shards.judge(batch, this.#shards.tailOf(shard), this.#shards.lastBatch[shard] ?? '')
    if (refused !== undefined) return refused
    if (this.#bytes >= this.#bytesMax)
      return { ok: false, reason: 'full', msg: `the journal's budget of ${this.#bytesMax} bytes is spent` }
    const tail = batch.expectedTail + batch.entries.length
    let at = batch.expectedTail
    for (const entry of batch.entries) this.#push(shard, ++at, entry, at === tail ? batch.batchId : '')
    this.#shards.appended(shard, tail, batch.batchId)
    this.#shards.worked(shard)
    return { ok: true, tail }
  }

  #push(shard: number, at: number, entry: JournalEntry, batchId: string): void {
    const held = this.#copy ? this.#packr.pack(entry) : entry
    const bytes = Buffer.isBuffer(held) ? held.length : ENTRY_BYTES_GUESS
    const { tenant, cid, timers } = entry
    const undo = timers?.map(({ name }) => ({ name, dueMs: this.#timers.dueMs(tenant, cid, name) })).reverse()
    if (timers !== undefined) this.#timers.apply(shard, tenant, cid, timers, 0)
    this.#bytes += bytes
    const log = this.#logs.get(shard)
    if (log === undefined) this.#logs.set(shard, [{ at, bytes, held, batchId, undo }])
    else log.push({ at, bytes, held, batchId, undo })
  }

  #undo(shard: number, lost: Held | undefined): void {
    if (lost === undefined) return
    this.#bytes -= lost.bytes
    if (lost.undo === undefined) return
    const { tenant, cid } = this.#entry(lost.held)
    this.#timers.apply(shard, tenant, cid, lost.undo, 0)
  }

  #keepWanted(shard: number): void {
    const kept: Held[] = []
    for (const held of this.#logs.get(shard) ?? []) {
      if (this.#shards.wants(shard, held.at)) kept.push(held)
      else this.#bytes -= held.bytes
    }
    if (kept.length > 0) this.#logs.set(shard, kept)
    else this.#logs.delete(shard)
  }
}

function fenced(shard: number): AppendResult {
  return { ok: false, reason: 'fenced', msg: `shard ${shard} is not held by this token` }
}
