import type { Log } from '../../kernel/log.ts'
import { silentLog } from '../../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../../kernel/metrics.ts'
import { noMetrics } from '../../kernel/metrics.ts'
import { AppError } from '../../kernel/rejection.ts'
import { SHARD_COUNT } from '../../kernel/shard.ts'
import type { LiveTimers } from '../live-timers.ts'
import type {
  AppendBatch,
  AppendResult,
  Claimed,
  ClaimOptions,
  Holder,
  Journal,
  LiveTimer,
  StoredEntry,
  Token,
  TrimMark,
} from '../port.ts'
import { ShardTable } from '../shard-table.ts'
import { storedAt } from '../stored-at.ts'
import type { LogRecord, PackedBatch, PackedClaim, PackedEntry, PackedMark } from './codec.ts'
import { Compaction } from './compaction.ts'
import { type FilePort, NodeFilePort } from './file-port.ts'
import { inOrder, recover, scanSegment } from './recovery.ts'
import type { Segment } from './segment.ts'
import { NoSpace, SegmentLog } from './segment-log.ts'

export interface DiskJournalOptions {
  /** A new segment begins when the newest has this many bytes. */
  readonly segmentBytes?: number
  /** Appends answer `full` above this many bytes of log. */
  readonly bytesMax?: number
  /** Zeros are written ahead in steps of this (0: never). */
  readonly aheadBytes?: number
  /**
   * The disk failed under the log: end the process. Nothing is acknowledged after that; every append answers `unavailable`.
   * Called once, possibly before the failed append answers.
   */
  readonly fatal: (error: AppError) => void
  readonly log?: Log
  readonly metrics?: Metrics
}

/** One append call under way. */
interface Call {
  readonly batches: readonly PackedBatch[]
  /** Of each batch its index in `results`. */
  readonly places: readonly number[]
  readonly results: AppendResult[]
  /** Shards of which a batch was refused. */
  readonly gaps: Set<number>
}

const EMPTY_RECORD: LogRecord = { batches: null, claims: null, marks: null, kept: null, timers: null }
const DEFAULTS = { segmentBytes: 64 * 1024 * 1024, aheadBytes: 1024 * 1024 } as const
const NOTHING: readonly number[] = []
const SECONDS = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.5, 2]
const ENTRIES = [1, 4, 16, 64, 256, 1024, 4096]

/**
 * The journal on disk: one append-only log of checksummed frames for all shards, in segments. An append call is one write
 * and one sync. Entries are not kept in memory but for those found at opening, which the first `read` of a shard hands over.
 */
export class DiskJournal implements Journal {
  readonly #shards: ShardTable
  readonly #timers: LiveTimers
  readonly #recovered: Map<number, StoredEntry[]>
  /** 1 until the first read or append of a shard: till then what was found at opening is all there is. */
  readonly #untouched = new Uint8Array(SHARD_COUNT).fill(1)
  readonly #segments: SegmentLog
  readonly #compaction: Compaction
  readonly #bytesMax: number
  readonly #log: Log
  /** Shards whose watermark rose since it was last written; it rides on the next append. */
  readonly #marked = new Set<number>()
  #lock: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined
  #closed = false
  /** Where each shard's log ends within the call in hand; valid where `#stamp` is this call's. */
  readonly #tail = new Float64Array(SHARD_COUNT)
  readonly #batchId: string[] = new Array<string>(SHARD_COUNT).fill('')
  readonly #stamp = new Uint32Array(SHARD_COUNT)
  #call = 0
  readonly #commitSeconds: Histogram
  readonly #groupEntries: Histogram
  readonly #full: Counter

  private constructor(
    recovered: { shards: ShardTable; timers: LiveTimers; entries: Map<number, StoredEntry[]> },
    segments: SegmentLog,
    options: DiskJournalOptions,
  ) {
    this.#shards = recovered.shards
    this.#timers = recovered.timers
    this.#recovered = recovered.entries
    this.#segments = segments
    this.#bytesMax = options.bytesMax ?? Number.POSITIVE_INFINITY
    const log = options.log ?? silentLog
    this.#log = log
    this.#compaction = new Compaction(segments, recovered.shards, recovered.timers, log, this.#bytesMax, {
      moveTimers: (segment, max) => this.#exclusive(() => this.#moveTimers(segment, max)),
      moveEntries: (entries) => this.#exclusive(() => this.#moveEntries(entries)),
      roll: (active) => this.#exclusive(() => this.#roll(active)),
    })
    const metrics = options.metrics ?? noMetrics
    this.#commitSeconds = metrics.histogram('parley_journal_commit_seconds', 'Write and sync of one group', SECONDS)
    this.#groupEntries = metrics.histogram('parley_journal_group_entries', 'Entries in one group', ENTRIES)
    this.#full = metrics.counter('parley_journal_full_total', 'Groups refused because there was no room')
    metrics.observed('parley_journal_bytes', 'Bytes of log held', () => this.bytes())
    metrics.observed('parley_journal_timers', 'Timers that are set', () => recovered.timers.size)
  }

  /** Opens or makes the log in `dir` (made if missing). AppError `storage.corrupt` when it is damaged in the middle. */
  static async open(dir: string, options: DiskJournalOptions): Promise<DiskJournal> {
    return DiskJournal.on(await NodeFilePort.at(dir), options)
  }

  /** The same on any file port. */
  static async on(files: FilePort, options: DiskJournalOptions): Promise<DiskJournal> {
    const segmentBytes = options.segmentBytes ?? DEFAULTS.segmentBytes
    const aheadBytes = Math.min(options.aheadBytes ?? DEFAULTS.aheadBytes, segmentBytes)
    const recovered = await recover(files).catch(asAppError)
    if (recovered.tornBytes > 0)
      options.log?.warn({ bytes: recovered.tornBytes }, 'the journal ended in an unfinished write, never acknowledged; cut off')
    const log = await SegmentLog.open(
      { files, segmentBytes, aheadBytes, fatal: options.fatal },
      recovered.segments,
      recovered.frame,
      recovered.shards,
    ).catch(asAppError)
    return new DiskJournal(recovered, log, options)
  }

  claim(shards: readonly number[], owner: string, options?: ClaimOptions): Promise<readonly Claimed[]> {
    return this.#exclusive(async () => {
      for (const shard of shards) ShardTable.check(shard)
      const claims: PackedClaim[] = []
      for (const shard of new Set(shards)) {
        const epoch = this.#shards.epochFor(shard, owner, options)
        if (epoch !== undefined) claims.push([shard, epoch])
      }
      if (claims.length === 0) return []
      try {
        await this.#write({ ...EMPTY_RECORD, claims })
      } catch (error) {
        throw error instanceof NoSpace ? new AppError('storage.full', error.message, { retry: 'later', cause: error }) : error
      }
      this.#compactIfPressed()
      return claims.map(([shard, epoch]) => this.#shards.grant(shard, epoch, owner))
    })
  }

  async holders(shards: readonly number[]): Promise<readonly Holder[]> {
    for (const shard of shards) ShardTable.check(shard)
    return shards.map((shard) => this.#shards.holder(shard))
  }

  async release(claims: readonly { readonly shard: number; readonly token: Token }[]): Promise<void> {
    for (const { shard, token } of claims) this.#shards.revoke(shard, token)
  }

  append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    return this.#exclusive(() => this.#append(batches))
  }

  read(shard: number, from: number): Promise<readonly StoredEntry[]> {
    return this.#exclusive(async () => {
      ShardTable.check(shard)
      if (from >= this.#shards.tailOf(shard)) return []
      if (this.#untouched[shard] === 0) return this.#readFiles(shard, from)
      const recovered = this.#recovered.get(shard) ?? []
      this.#touch(shard)
      return (recovered[0]?.at ?? 0) > from ? recovered : recovered.filter(({ at }) => at > from)
    })
  }

  async timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]> {
    return this.#timers.due(shard, untilMs)
  }

  /** Resolves when the segments that can go are gone. */
  async trim(marks: readonly TrimMark[]): Promise<void> {
    for (const { shard, token, watermark, aside } of marks) {
      if (this.#shards.holds(shard, token) && this.#shards.trim(shard, watermark, aside ?? NOTHING)) this.#marked.add(shard)
    }
    await this.#compaction.run()
  }

  bytes(): number {
    return this.#segments.bytes
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#compaction.stop()
    await this.#exclusive(async () => {
      try {
        if (this.#marked.size > 0 && this.#segments.broken === undefined) await this.#write(EMPTY_RECORD)
      } catch (error) {
        // The watermark only saves work at the next start.
        if (!(error instanceof NoSpace)) throw error
      } finally {
        this.#closed = true
        await this.#segments.close()
      }
    })
  }

  async #append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    const results: AppendResult[] = []
    const accepted: PackedBatch[] = []
    const places: number[] = []
    this.#call = (this.#call + 1) >>> 0
    for (const batch of batches) {
      const { shard } = batch
      const first = this.#stamp[shard] !== this.#call
      const tail = first ? this.#shards.tailOf(shard) : (this.#tail[shard] ?? 0)
      const refused = this.#shards.judge(batch, tail, (first ? this.#shards.lastBatch[shard] : this.#batchId[shard]) ?? '')
      if (refused !== undefined) {
        results.push(refused)
        continue
      }
      this.#stamp[shard] = this.#call
      this.#tail[shard] = tail + batch.entries.length
      this.#batchId[shard] = batch.batchId
      accepted.push([shard, tail + 1, batch.batchId, batch.entries])
      places.push(results.length)
      results.push({ ok: true, tail: tail + batch.entries.length })
    }
    if (accepted.length === 0) return results
    await this.#commit({ batches: accepted, places, results, gaps: new Set() }, 0, accepted.length)
    return results
  }

  /** Writes the batches from `from` to `to`: in halves where one frame is too small for them. Refusals replace the answers. */
  async #commit(call: Call, from: number, to: number): Promise<void> {
    const isWhole = to - from === call.batches.length
    const indexes = isWhole ? [] : range(from, to).filter((index) => !this.#isAfterGap(call, index))
    let refusal: AppendResult | undefined
    try {
      refusal = await this.#commitAtOnce(isWhole ? call.batches : indexes.map((index) => call.batches[index] as PackedBatch))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'storage.too_large') throw error
      if (to - from > 1) {
        const middle = (from + to) >> 1
        await this.#commit(call, from, middle)
        return this.#commit(call, middle, to)
      }
      this.#full.inc()
      refusal = { ok: false, reason: 'full', msg: error.message }
    }
    if (refusal === undefined) return
    for (const index of isWhole ? range(from, to) : indexes) refuse(call, index, refusal)
  }

  /** A batch of the shard was refused before it in the same call: it would leave a hole. */
  #isAfterGap(call: Call, index: number): boolean {
    const shard = call.batches[index]?.[0] ?? 0
    if (!call.gaps.has(shard)) return false
    refuse(call, index, { ok: false, reason: 'tail', msg: `shard ${shard}: the batch before this one was refused` })
    return true
  }

  /** Undefined when it is durable, else the answer for all that was in it. Throws AppError `storage.too_large`. */
  async #commitAtOnce(accepted: readonly PackedBatch[]): Promise<AppendResult | undefined> {
    if (accepted.length === 0) return undefined
    if (this.#segments.bytes >= this.#bytesMax) {
      this.#full.inc()
      this.#compactIfPressed()
      return { ok: false, reason: 'full', msg: `the journal's budget of ${this.#bytesMax} bytes is spent` }
    }
    const startedMs = performance.now()
    try {
      await this.#write({ ...EMPTY_RECORD, batches: accepted })
    } catch (error) {
      if (error instanceof NoSpace) {
        this.#full.inc()
        return { ok: false, reason: 'full', msg: error.message }
      }
      if (this.#segments.broken !== undefined) return { ok: false, reason: 'unavailable', msg: this.#segments.broken.message }
      throw error
    }
    this.#commitSeconds.observe((performance.now() - startedMs) / 1000)
    let entries = 0
    const segment = this.#segments.active
    for (const [shard, first, batchId, list] of accepted) {
      const last = first + list.length - 1
      entries += list.length
      if (this.#untouched[shard] === 1) this.#touch(shard)
      this.#shards.appended(shard, last, batchId)
      this.#shards.worked(shard)
      segment.appended(shard, first, last)
      for (const entry of list) {
        if (entry.timers !== undefined) this.#timers.apply(shard, entry.tenant, entry.cid, entry.timers, segment.number)
      }
    }
    this.#groupEntries.observe(entries)
    return undefined
  }

  async #roll(active: Segment): Promise<void> {
    if (!this.#closed && this.#segments.active === active) await this.#segments.roll(this.#shards)
  }

  /** In the background: a budget that is spent must be won back also where no watermark moves any more. */
  #compactIfPressed(): void {
    if (!this.#compaction.pressed) return
    this.#compaction.run().catch((error: unknown) => this.#log.error({ err: error }, 'the journal could not be compacted'))
  }

  /** Asks for the timers only now: appends went on meanwhile, and an old timer after a newer one would undo it. */
  async #moveTimers(from: Segment, max: number): Promise<void> {
    const timers = this.#timers.placed(from.number).slice(0, max)
    if (timers.length === 0) return
    await this.#write({ ...EMPTY_RECORD, timers })
    const place = this.#segments.active.number
    for (const timer of timers) this.#timers.apply(timer.shard, timer.tenant, timer.cid, [timer], place)
  }

  async #moveEntries(kept: readonly PackedEntry[]): Promise<void> {
    await this.#write({ ...EMPTY_RECORD, kept })
    const segment = this.#segments.active
    for (const [shard, at] of kept) segment.kept(shard, at)
  }

  /** Writes a record with the watermarks that changed. */
  async #write(record: LogRecord): Promise<void> {
    if (this.#closed) throw new AppError('storage.unavailable', 'the journal is closed', { retry: 'never' })
    let marks: PackedMark[] | null = null
    if (this.#marked.size > 0) {
      marks = []
      for (const shard of this.#marked) marks.push([shard, this.#shards.watermark[shard] ?? 0, this.#shards.aside(shard)])
    }
    // Cleared first: a watermark that rises during the write is for the next one.
    const written = marks === null ? NOTHING : [...this.#marked]
    this.#marked.clear()
    try {
      await this.#segments.write(marks === null ? record : { ...record, marks }, this.#shards)
    } catch (error) {
      for (const shard of written) this.#marked.add(shard)
      throw error
    }
  }

  #touch(shard: number): void {
    this.#untouched[shard] = 0
    this.#recovered.delete(shard)
  }

  async #readFiles(shard: number, from: number): Promise<StoredEntry[]> {
    const found: StoredEntry[] = []
    for (const segment of this.#segments.segments) {
      if (!segment.mayHold(shard, from)) continue
      const bytes = (await this.#segments.read(segment)).subarray(0, segment.bytes)
      const record = (each: LogRecord): void => {
        for (const [owner, first, , entries] of each.batches ?? []) {
          if (owner === shard) for (const [index, entry] of entries.entries()) found.push(storedAt(first + index, entry))
        }
        for (const [owner, at, entry] of each.kept ?? []) if (owner === shard) found.push(storedAt(at, entry))
      }
      scanSegment(bytes, segment.name, { head: () => undefined, record }, undefined)
    }
    return inOrder(found).filter(({ at }) => at > from && this.#shards.wants(shard, at))
  }

  #exclusive<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#lock.then(run)
    this.#lock = result.catch(() => undefined)
    return result
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

function refuse(call: Call, index: number, refusal: AppendResult): void {
  call.gaps.add(call.batches[index]?.[0] ?? 0)
  call.results[call.places[index] ?? 0] = refusal
}

function asAppError(error: unknown): never {
  if (error instanceof AppError) throw error
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof NoSpace ? 'storage.full' : 'storage.unavailable'
  throw new AppError(code, `the journal cannot be opened: ${message}`, { retry: 'later', cause: error })
}
