import { SHARD_COUNT } from '../../kernel/shard.ts'
import type { ShardTable } from '../shard-table.ts'

const NAME = /^journal-(\d{12})\.log$/
/** A segment is made under this name and renamed when its head is durable. */
export const UNFINISHED = 'journal.tmp'

export function segmentName(number: number): string {
  return `journal-${String(number).padStart(12, '0')}.log`
}

/** The segment's number, or undefined when the name is not one of ours. */
export function segmentNumber(name: string): number | undefined {
  const match = NAME.exec(name)
  return match === null ? undefined : Number(match[1])
}

/** What stands in one segment file, so that it can be dropped, or read, without looking everywhere. 16 KiB of memory each. */
export class Segment {
  readonly number: number
  readonly name: string
  /** Bytes in use; zeros written ahead do not count. */
  bytes: number
  /** Of which the head, with which every segment begins. */
  headBytes: number
  entries = 0
  readonly #first = new Float64Array(SHARD_COUNT)
  readonly #last = new Float64Array(SHARD_COUNT)
  /** Entries that were written again here, out of order: shard and position. */
  readonly #kept: [number, number][] = []

  constructor(number: number, headBytes: number) {
    this.number = number
    this.name = segmentName(number)
    this.bytes = headBytes
    this.headBytes = headBytes
  }

  /** Bytes of records: what a drop can win, if all of it is waste. */
  get recordBytes(): number {
    return this.bytes - this.headBytes
  }

  appended(shard: number, first: number, last: number): void {
    if (this.#first[shard] === 0) this.#first[shard] = first
    this.#last[shard] = last
    this.entries += last - first + 1
  }

  kept(shard: number, at: number): void {
    this.#kept.push([shard, at])
    this.entries++
  }

  /** Whether entries of the shard above `from` may stand here. */
  mayHold(shard: number, from: number): boolean {
    return (this.#last[shard] ?? 0) > from || this.#kept.some(([keptShard, at]) => keptShard === shard && at > from)
  }

  /** How many of its entries are still wanted. */
  wanted(shards: ShardTable): number {
    let count = 0
    for (let shard = 0; shard < SHARD_COUNT; shard++) {
      const last = this.#last[shard] ?? 0
      if (last === 0) continue
      const first = this.#first[shard] ?? 0
      count += Math.max(0, last - Math.max(first - 1, shards.watermark[shard] ?? 0))
      for (const at of shards.aside(shard)) if (at >= first && at <= last && at <= (shards.watermark[shard] ?? 0)) count++
    }
    for (const [shard, at] of this.#kept) if (shards.wants(shard, at)) count++
    return count
  }
}
