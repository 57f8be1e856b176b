import { SHARD_COUNT } from '../kernel/shard.ts'
import { type AppendBatch, type AppendResult, type Claimed, type ClaimOptions, HELD_MS, type Holder, type Token } from './port.ts'

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

/** The newest claim of a shard. */
interface Claim {
  readonly epoch: number
  readonly owner: string
  readonly token: Token
  /** Of all claims of this table in order: tells which of two came later, also where epochs were lost. */
  readonly order: number
  readonly released: boolean
  /** When it was made, by the table's clock. */
  readonly atMs: number
}

const NONE: readonly number[] = []
/** Claims per shard that `loseClaim` can go back to. */
const FORMER_CLAIMS_MAX = 8

/** Fence, tail and watermark of every shard: the part that all journals of one process share. No I/O. */
export class ShardTable {
  readonly epoch = new Float64Array(SHARD_COUNT)
  readonly tail = new Float64Array(SHARD_COUNT)
  readonly watermark = new Float64Array(SHARD_COUNT)
  readonly lastBatch: string[] = new Array<string>(SHARD_COUNT).fill('')
  readonly #claims: (Claim | undefined)[] = new Array<Claim | undefined>(SHARD_COUNT).fill(undefined)
  /** Before the newest one, newest last; kept only where claims can be lost. */
  readonly #former: Map<number, (Claim | undefined)[]> | undefined
  readonly #workedMs = new Float64Array(SHARD_COUNT).fill(Number.NEGATIVE_INFINITY)
  readonly #aside = new Map<number, readonly number[]>()
  readonly #mono: () => number
  #order = 0

  /** With `keepsFormer`, `loseClaim` works. */
  constructor(mono: () => number = () => performance.now(), keepsFormer = false) {
    this.#mono = mono
    this.#former = keepsFormer ? new Map() : undefined
  }

  /** Throws RangeError: a shard number outside 0..1023 is a defect of the caller. */
  static check(shard: number): void {
    if (!Number.isInteger(shard) || shard < 0 || shard >= SHARD_COUNT)
      throw new RangeError(`shard ${shard} is not 0..${SHARD_COUNT - 1}`)
  }

  /** The epoch that a claim would get; undefined when it is not granted. */
  epochFor(shard: number, owner: string, options: ClaimOptions = {}): number | undefined {
    const epoch = this.epoch[shard] ?? 0
    const held = options.held?.get(shard)
    if (held !== undefined) return this.#continues(shard, held) ? Math.max(epoch, partsOf(held)?.epoch ?? 0) + 1 : undefined
    const expected = options.expected?.get(shard)
    if (expected === undefined) return epoch + 1
    if (expected !== epoch) return undefined
    const claim = this.#claims[shard]
    const isAtWork = claim !== undefined && !claim.released && claim.owner !== owner && this.#quietMs(shard) < HELD_MS
    return isAtWork && options.force !== true ? undefined : epoch + 1
  }

  /** Grants the shard at `epoch` to `owner`; the former token is dead. */
  grant(shard: number, epoch: number, owner: string): Claimed {
    if (this.#former !== undefined) {
      const former = this.#former.get(shard) ?? []
      former.push(this.#claims[shard])
      this.#former.set(shard, former.slice(-FORMER_CLAIMS_MAX))
    }
    this.epoch[shard] = epoch
    const order = ++this.#order
    const token = `${epoch}:${order}:${owner}`
    this.#claims[shard] = { epoch, owner, token, order, released: false, atMs: this.#mono() }
    this.worked(shard)
    return { shard, token, epoch, tail: this.tailOf(shard), watermark: this.floor(shard) }
  }

  revoke(shard: number, token: Token): void {
    const claim = this.#claims[shard]
    if (claim?.token === token) this.#claims[shard] = { ...claim, released: true }
  }

  holds(shard: number, token: Token): boolean {
    const claim = this.#claims[shard]
    return claim !== undefined && claim.token === token && !claim.released
  }

  holder(shard: number): Holder {
    const claim = this.#claims[shard]
    const released = claim?.released ?? false
    return {
      shard,
      epoch: this.epoch[shard] ?? 0,
      owner: claim === undefined || released ? '' : claim.owner,
      released,
      tail: this.tailOf(shard),
      quietMs: this.#quietMs(shard),
    }
  }

  /** The holder is at work. */
  worked(shard: number): void {
    this.#workedMs[shard] = this.#mono()
  }

  /** As an engine that came back without its newest claim: the one before it counts. */
  loseClaim(shard: number): void {
    const former = this.#former?.get(shard)
    if (former === undefined || former.length === 0) return
    const before = former.pop()
    this.#claims[shard] = before
    this.epoch[shard] = before?.epoch ?? 0
    this.#workedMs[shard] = before?.atMs ?? Number.NEGATIVE_INFINITY
  }

  /** As an engine that came back without its newest entries. The watermark comes back as it was at that tail, at the latest. */
  loseEntries(shard: number, tail: number, lastBatch: string): void {
    this.tail[shard] = tail
    this.lastBatch[shard] = lastBatch
    this.watermark[shard] = Math.min(this.watermark[shard] ?? 0, tail)
    const aside = this.aside(shard).filter((at) => at <= tail)
    if (aside.length > 0) this.#aside.set(shard, aside)
    else this.#aside.delete(shard)
  }

  #quietMs(shard: number): number {
    return Math.max(0, this.#mono() - (this.#workedMs[shard] ?? Number.NEGATIVE_INFINITY))
  }

  /** Whether nobody claimed the shard after the claim that `held` was given for. */
  #continues(shard: number, held: Token): boolean {
    const newest = this.#claims[shard]
    if (newest?.token === held) return true
    const parts = partsOf(held)
    if (parts === undefined) return false
    // Nothing known of this shard's holder: never claimed, or claimed before the log was opened, which loses no epoch.
    if (newest === undefined) return (this.epoch[shard] ?? 0) <= parts.epoch
    return newest.epoch < parts.epoch && newest.order < parts.order
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
    // What was forgotten cannot come back: only positions that were still wanted may be set aside. And of what is above the caller's
    // own watermark it says nothing: a former owner may have set it aside.
    const listed = aside.filter((at) => at <= after && (at > before || includesSorted(asideBefore, at)))
    const kept = [...new Set([...listed, ...asideBefore.filter((at) => at > watermark)])].sort((a, b) => a - b)
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

/** Of a token `<epoch>:<order>:<owner>`. */
function partsOf(token: Token): { readonly epoch: number; readonly order: number } | undefined {
  const [epoch = Number.NaN, order = Number.NaN] = token.split(':', 2).map(Number)
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(order) ? { epoch, order } : undefined
}

/** Binary search in an ascending list. */
function includesSorted(list: readonly number[], value: number): boolean {
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
