import { SHARD_COUNT } from '../kernel/shard.ts'
import type { AppendBatch, AppendResult, Claimed, Token } from './port.ts'

export const ENTRIES_PER_BATCH_MAX = 4096

/** What one shard needs to come back after a restart. `aside` is ascending: positions at or below the watermark that are still wanted. */
export interface ShardRecord {
  readonly shard: number
  readonly epoch: number
  readonly tail: number
  readonly watermark: number
  readonly lastBatch: string
  readonly aside: readonly number[]
}

const NONE: readonly number[] = []

/** Fence, tail and watermark of every shard: the part that all journals of one process share. No I/O. */
export class ShardTable {
  readonly epoch = new Float64Array(SHARD_COUNT)
  readonly tail = new Float64Array(SHARD_COUNT)
  readonly watermark = new Float64Array(SHARD_COUNT)
  readonly lastBatch: string[] = new Array<string>(SHARD_COUNT).fill('')
  readonly #token: (Token | undefined)[] = new Array<Token | undefined>(SHARD_COUNT).fill(undefined)
  readonly #aside = new Map<number, readonly number[]>()

  /** Throws RangeError: a shard number outside 0..1023 is a defect of the caller. */
  static check(shard: number): void {
    if (!Number.isInteger(shard) || shard < 0 || shard >= SHARD_COUNT)
      throw new RangeError(`shard ${shard} is not 0..${SHARD_COUNT - 1}`)
  }

  /** Grants the shard at `epoch` to `owner`; the former token is dead. */
  grant(shard: number, epoch: number, owner: string): Claimed {
    this.epoch[shard] = epoch
    const token = `${epoch}:${owner}`
    this.#token[shard] = token
    return { shard, token, epoch, tail: this.tailOf(shard), watermark: this.floor(shard) }
  }

  revoke(shard: number, token: Token): void {
    if (this.#token[shard] === token) this.#token[shard] = undefined
  }

  holds(shard: number, token: Token): boolean {
    return this.#token[shard] === token
  }

  tailOf(shard: number): number {
    return this.tail[shard] ?? 0
  }

  /** Below or at this position everything may be gone: the watermark, or just before the first entry set aside. */
  floor(shard: number): number {
    const first = this.aside(shard)[0]
    return first === undefined ? (this.watermark[shard] ?? 0) : first - 1
  }

  aside(shard: number): readonly number[] {
    return this.#aside.size === 0 ? NONE : (this.#aside.get(shard) ?? NONE)
  }

  /** Whether the entry must still be readable. */
  wants(shard: number, at: number): boolean {
    return at > (this.watermark[shard] ?? 0) || includesSorted(this.aside(shard), at)
  }

  /** Why the batch cannot be appended (or that it was already), given where the shard's log now ends; undefined when it can. */
  judge(batch: AppendBatch, tail: number, lastBatch: string): AppendResult | undefined {
    ShardTable.check(batch.shard)
    const count = batch.entries.length
    if (count < 1 || count > ENTRIES_PER_BATCH_MAX)
      throw new RangeError(`a batch has 1..${ENTRIES_PER_BATCH_MAX} entries, got ${count}`)
    if (!this.holds(batch.shard, batch.token))
      return {
        ok: false,
        reason: 'fenced',
        msg: `shard ${batch.shard} is not held by this token (epoch now ${this.epoch[batch.shard]})`,
      }
    if (batch.batchId !== '' && batch.batchId === lastBatch) return { ok: true, tail }
    if (batch.expectedTail !== tail)
      return { ok: false, reason: 'tail', msg: `shard ${batch.shard} ends at ${tail}, the writer expected ${batch.expectedTail}` }
    return undefined
  }

  appended(shard: number, tail: number, batchId: string): void {
    this.tail[shard] = tail
    this.lastBatch[shard] = batchId
  }

  /** Moves the watermark up, never down and never past the tail. False when nothing changed. */
  trim(shard: number, watermark: number, aside: readonly number[]): boolean {
    const before = this.watermark[shard] ?? 0
    const after = Math.max(before, Math.min(watermark, this.tailOf(shard)))
    const asideBefore = this.aside(shard)
    if (after === before && asideBefore.length === 0 && aside.length === 0) return false
    // What was forgotten cannot come back: only positions that were still wanted may be set aside.
    const kept = aside.filter((at) => at <= after && (at > before || includesSorted(asideBefore, at))).sort((a, b) => a - b)
    if (after === before && kept.length === asideBefore.length) return false
    this.watermark[shard] = after
    if (kept.length > 0) this.#aside.set(shard, kept)
    else this.#aside.delete(shard)
    return true
  }

  record(shard: number): ShardRecord {
    return {
      shard,
      epoch: this.epoch[shard] ?? 0,
      tail: this.tailOf(shard),
      watermark: this.watermark[shard] ?? 0,
      lastBatch: this.lastBatch[shard] ?? '',
      aside: this.aside(shard),
    }
  }

  /** Every shard that was ever claimed. */
  records(): ShardRecord[] {
    const all: ShardRecord[] = []
    for (let shard = 0; shard < SHARD_COUNT; shard++) if ((this.epoch[shard] ?? 0) > 0) all.push(this.record(shard))
    return all
  }

  /** Takes over a stored record. Epochs, tails and watermarks only rise along a log. */
  restore(record: ShardRecord): void {
    const { shard } = record
    ShardTable.check(shard)
    this.epoch[shard] = Math.max(this.epoch[shard] ?? 0, record.epoch)
    this.tail[shard] = record.tail
    this.watermark[shard] = record.watermark
    this.lastBatch[shard] = record.lastBatch
    if (record.aside.length > 0) this.#aside.set(shard, record.aside)
    else this.#aside.delete(shard)
  }
}

/** Binary search in an ascending list. */
export function includesSorted(list: readonly number[], value: number): boolean {
  let low = 0
  let high = list.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = list[middle] as number
    if (found === value) return true
    if (found < value) low = middle + 1
    else high = middle - 1
  }
  return false
}
