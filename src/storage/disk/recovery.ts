import { AppError } from '../../kernel/rejection.ts'
import { LiveTimers } from '../live-timers.ts'
import type { JournalEntry, StoredEntry } from '../port.ts'
import { ShardTable } from '../shard-table.ts'
import { storedAt } from '../stored-at.ts'
import { FORMAT, type LogRecord, RecordDecoder, type SegmentHead, unpackPlain } from './codec.ts'
import type { FilePort } from './file-port.ts'
import { FrameKind, frameAt, hasFrameAfter, isBlank } from './frame.ts'
import { Segment, segmentNumber, UNFINISHED } from './segment.ts'

/** What a log says when it is opened. */
export interface Recovered {
  readonly shards: ShardTable
  readonly timers: LiveTimers
  /** Oldest first; the last one is where the log goes on. Empty for a new log. */
  readonly segments: Segment[]
  /** Number of the newest frame, 0 for a new log. */
  readonly frame: number
  /** Entries still wanted, by shard, in order of position. */
  readonly entries: Map<number, StoredEntry[]>
  /** Bytes of a torn last frame: an append that was never acknowledged. */
  readonly tornBytes: number
}

/** Reads every record frame of a segment, in order. Returns where the frames end and the number of the last one. */
export function scanSegment(
  bytes: Buffer,
  name: string,
  visit: { head(head: SegmentHead, end: number): void; record(record: LogRecord): void },
  expectedNumber: number | undefined,
): { end: number; number: number } {
  const decoder = new RecordDecoder()
  let number = 0
  let end = 0
  for (let frame = frameAt(bytes, 0); frame !== undefined; frame = frameAt(bytes, end)) {
    const expected = end === 0 ? (expectedNumber ?? frame.number) : (number + 1) >>> 0
    if (frame.number !== expected) throw corrupt(`${name}: frame ${frame.number} at byte ${end}, expected frame ${expected}`)
    if ((frame.kind === FrameKind.head) !== (end === 0)) throw corrupt(`${name}: frame of kind ${frame.kind} at byte ${end}`)
    if (frame.kind === FrameKind.head) visit.head(unpackPlain(frame.payload) as SegmentHead, frame.end)
    else visit.record(decoder.unpack(frame.payload, frame.kind === FrameKind.defining))
    number = frame.number
    end = frame.end
  }
  if (end === 0) throw corrupt(`${name}: the first frame is missing or damaged`)
  return { end, number }
}

/** Opens a log: one pass over its files. Throws AppError `storage.corrupt` for anything but a torn last frame. */
export async function recover(files: FilePort): Promise<Recovered> {
  const numbers: number[] = []
  for (const name of await files.list()) {
    if (name === UNFINISHED) await files.remove(name)
    const number = segmentNumber(name)
    if (number !== undefined) numbers.push(number)
  }
  numbers.sort((a, b) => a - b)
  const replay = new Replay()
  let frame: number | undefined
  let tornBytes = 0
  for (const [index, number] of numbers.entries()) {
    const previous = numbers[index - 1]
    if (previous !== undefined && previous + 1 !== number) throw corrupt(`segments ${previous + 1} to ${number - 1} are missing`)
    const segment = new Segment(number, 0)
    const bytes = await files.read(segment.name)
    replay.enter(segment)
    const last = scanSegment(bytes, segment.name, replay, frame === undefined ? undefined : (frame + 1) >>> 0)
    const broken = !isBlank(bytes, last.end)
    if (broken && (index < numbers.length - 1 || hasFrameAfter(bytes, last.end + 1)))
      throw corrupt(`${segment.name}: the frame at byte ${last.end} is damaged and others follow it`)
    if (broken) tornBytes = bytes.length - last.end
    segment.bytes = last.end
    frame = last.number
    replay.leave()
  }
  return { ...replay.result(), frame: frame ?? 0, tornBytes }
}

class Replay {
  readonly #shards = new ShardTable()
  readonly #timers = new LiveTimers()
  readonly #segments: Segment[] = []
  #entries = new Map<number, StoredEntry[]>()
  #segment = new Segment(0, 0)

  enter(segment: Segment): void {
    this.#segment = segment
    this.#segments.push(segment)
  }

  head(head: SegmentHead, end: number): void {
    if (head.format !== FORMAT) throw corrupt(`${this.#segment.name}: format ${head.format}, this version reads ${FORMAT}`)
    if (head.segment !== this.#segment.number) throw corrupt(`${this.#segment.name}: calls itself segment ${head.segment}`)
    this.#segment.headBytes = end
    for (const record of head.shards) this.#shards.restore(record)
  }

  record(record: LogRecord): void {
    for (const [shard, epoch] of record.claims ?? []) this.#shards.epoch[shard] = epoch
    for (const [shard, first, batchId, entries] of record.batches ?? []) {
      let at = first
      for (const entry of entries) {
        if (entry.timers !== undefined) this.#timers.apply(shard, entry.tenant, entry.cid, entry.timers, this.#segment.number)
        this.#keep(shard, at++, entry)
      }
      this.#shards.appended(shard, at - 1, batchId)
      this.#segment.appended(shard, first, at - 1)
    }
    for (const [shard, at, entry] of record.kept ?? []) {
      this.#keep(shard, at, entry)
      this.#segment.kept(shard, at)
    }
    for (const timer of record.timers ?? []) {
      this.#timers.apply(timer.shard, timer.tenant, timer.cid, [timer], this.#segment.number)
    }
    for (const [shard, watermark, aside] of record.marks ?? []) this.#shards.trim(shard, watermark, aside)
  }

  /** Forgets what later marks made needless, so that at most one segment's worth is held in vain. */
  leave(): void {
    const wanted = new Map<number, StoredEntry[]>()
    for (const [shard, entries] of this.#entries) {
      // Mostly all of them are wanted, and copies of long lists are what a start has no time for.
      const wants = ({ at }: StoredEntry): boolean => this.#shards.wants(shard, at)
      const kept = entries.every(wants) ? entries : entries.filter(wants)
      if (kept.length > 0) wanted.set(shard, kept)
    }
    this.#entries = wanted
  }

  result(): Omit<Recovered, 'frame' | 'tornBytes'> {
    for (const [shard, entries] of this.#entries) this.#entries.set(shard, inOrder(entries))
    return { shards: this.#shards, timers: this.#timers, segments: this.#segments, entries: this.#entries }
  }

  #keep(shard: number, at: number, entry: JournalEntry): void {
    const stored = storedAt(at, entry)
    const entries = this.#entries.get(shard)
    if (entries === undefined) this.#entries.set(shard, [stored])
    else entries.push(stored)
  }
}

/** By position, each once: a segment that was about to be dropped may still be there beside what was written again. */
export function inOrder(entries: StoredEntry[]): StoredEntry[] {
  if (isAscending(entries)) return entries
  entries.sort((a, b) => a.at - b.at)
  return entries.filter((entry, index) => index === 0 || entries[index - 1]?.at !== entry.at)
}

function isAscending(entries: readonly StoredEntry[]): boolean {
  let last = -1
  for (const { at } of entries) {
    if (at <= last) return false
    last = at
  }
  return true
}

export function corrupt(what: string): AppError {
  return new AppError('storage.corrupt', `the journal is damaged: ${what}; restore it from a backup, nothing was changed`, {
    retry: 'never',
  })
}
