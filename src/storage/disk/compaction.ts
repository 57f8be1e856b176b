import type { Log } from '../../kernel/log.ts'
import { AppError } from '../../kernel/rejection.ts'
import type { LiveTimers } from '../live-timers.ts'
import type { ShardTable } from '../shard-table.ts'
import type { LogRecord, PackedEntry } from './codec.ts'
import { scanSegment } from './recovery.ts'
import type { Segment } from './segment.ts'
import { NoSpace, type SegmentLog } from './segment-log.ts'

/** Written again per frame, so that appends wait only shortly. */
const MOVED_PER_FRAME = 1000
/** Segments after which entries that are still wanted will not go by themselves. */
const FLUSHED_AFTER = 2
/** About what a timer takes in the log. */
const TIMER_BYTES = 64

/** How the journal writes at the end of its log. Each builds nothing before it is its turn, and takes note of the new place. */
export interface Mover {
  /** Writes again up to `max` of the live timers that stand in the segment. */
  moveTimers(segment: Segment, max: number): Promise<void>
  moveEntries(entries: readonly PackedEntry[]): Promise<void>
  /** Begins a new segment, if the active one is still this one. */
  roll(active: Segment): Promise<void>
}

/**
 * Drops segments from the oldest on. What is still wanted in one (entries above their watermark or set aside, live timers)
 * is written again at the end of the log first, when that is worth it: when it is at most half of the segment, or more than
 * half of the whole log is waste. So the log stays below twice what is wanted plus a few segments. Where even the one segment
 * that is left takes half of the budget and is mostly waste, a new one begins early so that it can go.
 */
export class Compaction {
  readonly #segments: SegmentLog
  readonly #shards: ShardTable
  readonly #timers: LiveTimers
  readonly #log: Log
  readonly #mover: Mover
  readonly #bytesMax: number
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(segments: SegmentLog, shards: ShardTable, timers: LiveTimers, log: Log, bytesMax: number, mover: Mover) {
    this.#segments = segments
    this.#shards = shards
    this.#timers = timers
    this.#log = log
    this.#bytesMax = bytesMax
    this.#mover = mover
  }

  /** Resolves when all that can be dropped now is dropped, or there is no room to do it. Runs once at a time. */
  run(): Promise<void> {
    this.#again = true
    this.#running ??= this.#loop().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Whether the log takes half of its budget: then it is worth a look even if no watermark has moved. */
  get pressed(): boolean {
    return this.#segments.bytes >= this.#bytesMax / 2
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running?.catch(() => undefined)
  }

  async #loop(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        await this.#dropAll()
        const { active } = this.#segments
        if (!this.#rollsEarly(active)) continue
        await this.#mover.roll(active)
        await this.#dropAll()
      } catch (error) {
        if (!(error instanceof NoSpace)) throw error
        this.#log.warn(
          { segment: this.#segments.segments[0]?.number },
          'no space to write again what is wanted of the oldest journal segment; it stays',
        )
        return
      }
    }
  }

  /** Only those that are there now: what is written again meanwhile waits for the next run, or the log would run in a circle. */
  async #dropAll(): Promise<void> {
    const until = this.#segments.active.number
    for (let oldest = this.#droppable(until); oldest !== undefined; oldest = this.#droppable(until)) {
      await this.#moveTimers(oldest)
      if (oldest.wanted(this.#shards) > 0) await this.#moveEntries(oldest)
      await this.#segments.dropOldest()
    }
  }

  #rollsEarly(active: Segment): boolean {
    if (this.#stopped || !this.pressed || this.#segments.segments.length > 1 || active.recordBytes === 0) return false
    return this.#wantedBytes(active) <= active.recordBytes / 2
  }

  /** The oldest segment, when it stands before `until` and is worth the work. */
  #droppable(until: number): Segment | undefined {
    const oldest = this.#segments.segments[0]
    if (this.#stopped || oldest === undefined || oldest.number >= until) return undefined
    if (this.#isFlushing(oldest)) return undefined
    const wanted = this.#wantedBytes(oldest)
    if (wanted <= oldest.recordBytes / 2) return oldest
    let wantedInAll = this.#timers.size * TIMER_BYTES
    let recordBytes = 0
    for (const segment of this.#segments.segments) {
      wantedInAll += entryBytes(segment, this.#shards)
      recordBytes += segment.recordBytes
    }
    return wantedInAll < recordBytes / 2 ? oldest : undefined
  }

  /**
   * The segment has just been left: its entries are on their way to the documents, and soon it goes without a read. Reading and
   * writing again what is left of it after a second would hold up the turns for a tenth of one.
   */
  #isFlushing(segment: Segment): boolean {
    return !this.pressed && this.#segments.active.number - segment.number < FLUSHED_AFTER && segment.wanted(this.#shards) > 0
  }

  #wantedBytes(segment: Segment): number {
    const entries = entryBytes(segment, this.#shards)
    return entries > segment.recordBytes / 2 ? entries : entries + this.#timers.placed(segment.number).length * TIMER_BYTES
  }

  async #moveTimers(segment: Segment): Promise<void> {
    while (this.#timers.placed(segment.number).length > 0) await this.#mover.moveTimers(segment, MOVED_PER_FRAME)
  }

  async #moveEntries(segment: Segment): Promise<void> {
    const bytes = (await this.#segments.read(segment)).subarray(0, segment.bytes)
    const wanted: PackedEntry[] = []
    const take = (shard: number, at: number, entry: PackedEntry[2]): void => {
      if (this.#shards.wants(shard, at)) wanted.push([shard, at, entry])
    }
    const record = (each: LogRecord): void => {
      for (const [shard, first, , entries] of each.batches ?? []) {
        for (const [index, entry] of entries.entries()) take(shard, first + index, entry)
      }
      for (const [shard, at, entry] of each.kept ?? []) take(shard, at, entry)
    }
    scanSegment(bytes, segment.name, { head: () => undefined, record }, undefined)
    for (let from = 0; from < wanted.length; from += MOVED_PER_FRAME) await this.#move(wanted.slice(from, from + MOVED_PER_FRAME))
  }

  async #move(entries: readonly PackedEntry[]): Promise<void> {
    try {
      await this.#mover.moveEntries(entries)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'storage.too_large' || entries.length === 1) throw error
      const half = entries.length >> 1
      await this.#move(entries.slice(0, half))
      await this.#move(entries.slice(half))
    }
  }
}

function entryBytes(segment: Segment, shards: ShardTable): number {
  return segment.entries === 0 ? 0 : (segment.wanted(shards) / segment.entries) * segment.recordBytes
}
