import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import { SHARD_COUNT } from '../kernel/shard.ts'
import {
  APPEND_BYTES_MAX,
  type AppendBatch,
  type AppendResult,
  type Claimed,
  type Journal,
  type JournalEntry,
} from '../storage/port.ts'

/** Why a commit did not happen. `unavailable` may have happened: the same message again settles it. */
export type CommitRefusal = 'full' | 'unavailable' | 'fenced'

/** Who waits for an entry to be durable. Exactly one of the two is called, once. */
export interface CommitWaiter {
  committed(at: number): void
  refused(reason: CommitRefusal): void
}

interface Group {
  readonly shard: number
  bytes: number
  readonly entries: JournalEntry[]
  readonly waiters: CommitWaiter[]
}

/** Bounds one append call; what is beyond goes with the next. */
const GROUP_ENTRIES_MAX = 4096
const GROUP_BYTES_MAX = APPEND_BYTES_MAX
/** What an entry takes beside its text. */
const ENTRY_BYTES = 200
const SETTLE_TRIES_MAX = 5

/**
 * Group commit: everything that arrived while an append was under way goes into the next one; at most one is in flight. The
 * waiters of a finished append are called after the next one has been started, so the disk works while replies are written.
 */
export class Committer {
  readonly #journal: Journal
  readonly #log: Log
  readonly #clock: Clock
  readonly #tokens: (string | undefined)[] = new Array(SHARD_COUNT)
  readonly #tails = new Float64Array(SHARD_COUNT)
  readonly #epochs = new Float64Array(SHARD_COUNT)
  /** In the order in which their first entries came; and the same by shard. */
  #pending: Group[] = []
  readonly #groups: (Group | undefined)[] = new Array(SHARD_COUNT)
  #pendingEntries = 0
  #pendingBytes = 0
  #scheduled = false
  /** The append that comes next has waited. */
  #slowed = false
  #inFlight = false
  readonly #underWay = new Set<number>()
  #batch = 0
  #idle: (() => void)[] = []
  readonly #onLost: (shard: number, fenced: boolean) => void
  readonly #slowMs: () => number
  readonly #sizes: { observe(value: number): void }
  readonly #seconds: { observe(value: number): void }

  constructor(options: {
    journal: Journal
    clock: Clock
    log: Log
    metrics: Metrics
    onLost: (shard: number, fenced: boolean) => void
    /** Asked before each append: how long to wait with it, milliseconds, where the store is filling up. */
    slowMs?: () => number
  }) {
    this.#journal = options.journal
    this.#log = options.log
    this.#clock = options.clock
    this.#onLost = options.onLost
    this.#slowMs = options.slowMs ?? (() => 0)
    const { metrics } = options
    this.#sizes = metrics.histogram(
      'parley_commit_entries',
      'Entries per group commit',
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    )
    this.#seconds = metrics.histogram('parley_commit_seconds', 'Duration of a group commit', SECONDS)
    metrics.observed('parley_commit_pending', 'Entries that wait for the next group commit', () => this.#pendingEntries)
  }

  claimed(claims: readonly Claimed[]): void {
    for (const claim of claims) {
      this.#tokens[claim.shard] = claim.token
      this.#tails[claim.shard] = claim.tail
      this.#epochs[claim.shard] = claim.epoch
    }
  }

  owns(shard: number): boolean {
    return this.#tokens[shard] !== undefined
  }

  /** The newest position known of the shard, also after it was dropped. */
  tailOf(shard: number): number {
    return this.#tails[shard] ?? 0
  }

  /** Whether an entry of the shard waits, or is on its way. */
  isBusy(shard: number): boolean {
    return this.#groups[shard] !== undefined || this.#underWay.has(shard)
  }

  /**
   * The shard is not ours any more: what waits is refused as `fenced`, what is on its way will be as `unavailable`, whatever
   * becomes of it. Entries made before must not go into the log under a later claim.
   */
  drop(shard: number): void {
    this.#tokens[shard] = undefined
    const group = this.#groups[shard]
    if (!group) return
    this.#groups[shard] = undefined
    this.#pending.splice(this.#pending.indexOf(group), 1)
    this.#pendingEntries -= group.entries.length
    this.#pendingBytes -= group.bytes
    for (const waiter of group.waiters) waiter.refused('fenced')
    this.#rest()
  }

  /** Takes an entry of a shard that is owned, whose content has so many bytes. Never calls the waiter before it returns. */
  add(shard: number, entry: JournalEntry, waiter: CommitWaiter, contentBytes = 0): void {
    const bytes = ENTRY_BYTES + contentBytes
    const group = this.#groups[shard]
    if (group) {
      group.entries.push(entry)
      group.waiters.push(waiter)
      group.bytes += bytes
    } else {
      const first: Group = { shard, bytes, entries: [entry], waiters: [waiter] }
      this.#groups[shard] = first
      this.#pending.push(first)
    }
    this.#pendingBytes += bytes
    this.#pendingEntries++
    if (!this.#inFlight && !this.#scheduled) {
      this.#scheduled = true
      // The whole poll phase's messages join the first group.
      setImmediate(() => this.#flush())
    }
  }

  /** Resolves when nothing is pending or in flight. */
  idle(): Promise<void> {
    if (!this.#inFlight && this.#pending.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #flush(): void {
    this.#scheduled = false
    if (this.#inFlight || this.#pending.length === 0) return
    const slowMs = this.#slowMs()
    if (slowMs > 0 && !this.#slowed) {
      this.#scheduled = true
      this.#slowed = true
      this.#clock.setTimer(slowMs, () => this.#flush())
      return
    }
    this.#slowed = false
    const groups = this.#takeGroups()
    const batches = groups.map((group) => this.#batchOf(group))
    this.#inFlight = true
    for (const { shard } of groups) this.#underWay.add(shard)
    const started = this.#clock.mono()
    this.#append(batches, 0).then((results) => {
      this.#inFlight = false
      this.#underWay.clear()
      this.#seconds.observe((this.#clock.mono() - started) / 1000)
      this.#settleTails(batches, results)
      // The next group is on its way before anybody is told about this one.
      this.#flush()
      this.#tell(groups, batches, results)
      this.#rest()
    }, unexpected)
  }

  /** Whoever waits for it to be idle need not any more. */
  #rest(): void {
    if (!this.#inFlight && this.#pending.length === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }

  #takeGroups(): Group[] {
    if (this.#pendingEntries <= GROUP_ENTRIES_MAX && this.#pendingBytes <= GROUP_BYTES_MAX) {
      const all = this.#pending
      this.#pending = []
      for (const { shard } of all) this.#groups[shard] = undefined
      this.#sizes.observe(this.#pendingEntries)
      this.#pendingEntries = 0
      this.#pendingBytes = 0
      return all
    }
    const some: Group[] = []
    let entries = 0
    let bytes = 0
    let whole = 0
    for (const group of this.#pending) {
      const full = entries + group.entries.length > GROUP_ENTRIES_MAX || bytes + group.bytes > GROUP_BYTES_MAX
      if (entries > 0 && full) break
      const part = full ? split(group) : group
      entries += part.entries.length
      bytes += part.bytes
      some.push(part)
      if (part !== group) break
      this.#groups[group.shard] = undefined
      whole++
    }
    this.#pending.splice(0, whole)
    this.#sizes.observe(entries)
    this.#pendingEntries -= entries
    this.#pendingBytes -= bytes
    return some
  }

  #batchOf(group: Group): AppendBatch {
    return {
      shard: group.shard,
      token: this.#tokens[group.shard] ?? '',
      expectedTail: this.#tails[group.shard] ?? 0,
      // The journal remembers a shard's last batch over restarts: without the epoch a new process would repeat its ids.
      batchId: `${this.#epochs[group.shard]}.${++this.#batch}`,
      entries: group.entries,
    }
  }

  /** An unknown result is settled by the same batch ids: what was written is not written again. */
  async #append(batches: readonly AppendBatch[], tries: number): Promise<readonly AppendResult[]> {
    const results = (await this.#attempt(batches)).map((result) => (tries > 0 ? settling(result) : result))
    const open = batches.filter((_batch, i) => isUnknown(results[i]))
    if (open.length === 0 || tries >= SETTLE_TRIES_MAX) return results
    await new Promise<void>((resolve) => this.#clock.setTimer(20 * 2 ** tries, resolve))
    const settled = await this.#append(open, tries + 1)
    return results.map((result, i) =>
      isUnknown(result) ? (settled[open.indexOf(batches[i] as AppendBatch)] as AppendResult) : result,
    )
  }

  async #attempt(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    try {
      return await this.#journal.append(batches)
    } catch (error) {
      this.#log.error({ err: error }, 'journal append failed')
      const msg = error instanceof Error ? error.message : String(error)
      // Trying again would fail again: nothing of it was written.
      if (error instanceof AppError && error.retry === 'never') return batches.map(() => ({ ok: false, reason: 'full', msg }))
      return batches.map(() => ({ ok: false, reason: 'unavailable', msg }))
    }
  }

  #settleTails(batches: readonly AppendBatch[], results: readonly AppendResult[]): void {
    for (let i = 0; i < batches.length; i++) {
      const result = results[i]
      const { shard, token } = batches[i] as AppendBatch
      if (result?.ok && this.#tokens[shard] === token) this.#tails[shard] = result.tail
    }
  }

  #tell(groups: readonly Group[], batches: readonly AppendBatch[], results: readonly AppendResult[]): void {
    for (let i = 0; i < groups.length; i++) {
      const { shard, waiters } = groups[i] as Group
      const result = results[i]
      const { expectedTail, token } = batches[i] as AppendBatch
      if (this.#tokens[shard] !== token) {
        // Dropped meanwhile: nobody here may believe in it, and the same message again will find out.
        for (const waiter of waiters) waiter.refused('unavailable')
      } else if (result?.ok && result.tail === expectedTail + waiters.length) {
        const first = expectedTail + 1
        for (let k = 0; k < waiters.length; k++) (waiters[k] as CommitWaiter).committed(first + k)
      } else {
        this.#refuse(shard, waiters, result)
      }
    }
  }

  #refuse(shard: number, waiters: readonly CommitWaiter[], result: AppendResult | undefined): void {
    // An `ok` that does not fit is a journal that did not write these entries: believing it would lose them.
    const reason = result === undefined ? 'unavailable' : result.ok ? 'tail' : result.reason
    this.#log.warn({ shard, reason, entries: waiters.length }, 'commit refused')
    if (reason === 'full') {
      for (const waiter of waiters) waiter.refused(reason)
      return
    }
    // What the log holds now is not what the actors hold: they are loaded anew before the shard goes on.
    const lost = this.owns(shard)
    this.#tokens[shard] = undefined
    for (const waiter of waiters) waiter.refused(reason === 'tail' ? 'fenced' : reason)
    if (lost) this.#onLost(shard, reason === 'fenced')
  }
}

const SECONDS = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2]

/** Takes as many of the group's oldest entries as go into one call, at least one; the rest stays in it. */
function split(group: Group): Group {
  const share = Math.floor((group.entries.length * GROUP_BYTES_MAX) / Math.max(group.bytes, 1))
  const count = Math.min(GROUP_ENTRIES_MAX, Math.max(1, share))
  if (count >= group.entries.length) return group
  const bytes = Math.ceil((group.bytes * count) / group.entries.length)
  group.bytes -= bytes
  return { shard: group.shard, bytes, entries: group.entries.splice(0, count), waiters: group.waiters.splice(0, count) }
}

function isUnknown(result: AppendResult | undefined): boolean {
  return result === undefined || (!result.ok && result.reason === 'unavailable')
}

/** No room for it now says nothing about the try before, which may have been written. */
function settling(result: AppendResult): AppendResult {
  return !result.ok && result.reason === 'full' ? { ...result, reason: 'unavailable' } : result
}

/** A defect in our own waiters must be loud, not lost in a promise. */
function unexpected(error: unknown): never {
  setImmediate(() => {
    throw error
  })
  throw error
}
