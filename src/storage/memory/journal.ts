import { Packr } from 'msgpackr'
import { LiveTimers } from '../live-timers.ts'
import type {
  AppendBatch,
  AppendResult,
  Claimed,
  Journal,
  JournalEntry,
  LiveTimer,
  StoredEntry,
  Token,
  TrimMark,
} from '../port.ts'
import { ShardTable } from '../shard-table.ts'

export interface MemoryJournalOptions {
  /** True (the default): entries cross msgpack both ways, so that no reference to a caller's object survives. False: kept by reference. */
  readonly copy?: boolean
  /** Appends answer `full` above this. Without `copy` an entry counts as 512 bytes. */
  readonly bytesMax?: number
}

interface Held {
  readonly at: number
  readonly bytes: number
  /** A packed entry, or the entry itself without `copy`. */
  readonly held: Buffer | JournalEntry
}

const ENTRY_BYTES_GUESS = 512

/** The reference journal: no I/O, gone with the process. Every answer comes in a later microtask, as with any other journal. */
export class MemoryJournal implements Journal {
  readonly #shards = new ShardTable()
  readonly #timers = new LiveTimers()
  readonly #logs = new Map<number, Held[]>()
  readonly #copy: boolean
  readonly #bytesMax: number
  readonly #packr = new Packr({ structures: [], saveStructures: () => undefined, maxSharedStructures: 512 })
  #bytes = 0

  constructor(options: MemoryJournalOptions = {}) {
    this.#copy = options.copy ?? true
    this.#bytesMax = options.bytesMax ?? Number.POSITIVE_INFINITY
  }

  async claim(shards: readonly number[], owner: string): Promise<readonly Claimed[]> {
    for (const shard of shards) ShardTable.check(shard)
    return shards.map((shard) => this.#shards.grant(shard, (this.#shards.epoch[shard] ?? 0) + 1, owner))
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
      if (!this.#shards.holds(shard, token) || !this.#shards.trim(shard, watermark, aside ?? [])) continue
      const kept: Held[] = []
      for (const held of this.#logs.get(shard) ?? []) {
        if (this.#shards.wants(shard, held.at)) kept.push(held)
        else this.#bytes -= held.bytes
      }
      if (kept.length > 0) this.#logs.set(shard, kept)
      else this.#logs.delete(shard)
    }
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
    let log = this.#logs.get(shard)
    if (log === undefined) {
      log = []
      this.#logs.set(shard, log)
    }
    let at = batch.expectedTail
    for (const entry of batch.entries) {
      at++
      const held = this.#copy ? this.#packr.pack(entry) : entry
      const bytes = Buffer.isBuffer(held) ? held.length : ENTRY_BYTES_GUESS
      log.push({ at, bytes, held })
      this.#bytes += bytes
      if (entry.timers !== undefined) this.#timers.apply(shard, entry.tenant, entry.cid, entry.timers, 0)
    }
    this.#shards.appended(shard, at, batch.batchId)
    return { ok: true, tail: at }
  }
}
