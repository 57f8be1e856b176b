import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import type { Claimed, Documents, EntrySink, Journal, JournalEntry, Projection, StoredEntry, WriteBehindPort } from './port.ts'
import { ShardProgress } from './shard-progress.ts'
import { storedAt } from './stored-at.ts'
import { type Pending, TenantQueue } from './tenant-queue.ts'
import { TenantWriter, type WriteResults } from './tenant-writer.ts'
import { WrittenTimers } from './written-timers.ts'

export interface WriteBehindLimits {
  /** A tenant's entries wait this long for company at least. */
  readonly flushMs: number
  /** Document writes per put. */
  readonly opsMax: number
  /** Entries held in memory; see `pressure`. */
  readonly entriesMax: number
  /** Bytes of journal, where it does not say itself what it may hold; see `pressure`. */
  readonly bytesMax?: number
  /** Tenants written at the same time. */
  readonly tenantsConcurrentMax: number
  /** With more active tenants than this the interval grows. 50 without it: on a disk each put is a sync; a server takes more. */
  readonly putsPerSecondMax?: number
  /** A tenant that fails for longer, while others are served, no longer holds up the journal's trim. */
  readonly stuckMs: number
}

export interface WriteBehindOptions {
  readonly documents: Documents
  readonly journal: Journal
  readonly projection: Projection
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: WriteBehindLimits
  /** 0 to 1, for the jitter of retries. */
  readonly random?: () => number
  readonly sink?: EntrySink
  /** Keeps what is given up, durably: after it returns the journal forgets those entries. Must not throw. */
  readonly keepDeadLetter?: (letter: DeadLetter) => void
}

/** What could not be written to the documents and was given up. */
export interface DeadLetter {
  readonly tenant: string
  readonly cid: string
  readonly entries: readonly StoredEntry[]
  readonly reason: string
}

const RETRY_MS = { first: 100, max: 30_000 } as const
const PUTS_PER_SECOND_MAX = 50
/** One conversation's flush costs about as much as two turns, so busy times wait for more entries of each; bounded by a second. */
const CONVERSATION_MS = 1
const BUSY_INTERVAL_MS_MAX = 1000
const TRIM_INTERVAL_MS = 500
const DEAD_LETTERS_MAX = 1000
/** A stuck tenant may use this share of the entries before it is refused; the rest is for the others. */
const STUCK_SHARE = 0.25
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

interface Waiter {
  /** Conversation and the position of the last entry that must be written. */
  readonly wanted: Map<Pending, number>
  resolve(): void
  reject(error: Error): void
}

/**
 * Carries committed entries into the documents, then raises the journal's watermark. Per tenant one put at a time, several
 * tenants at once in turn; a conversation's entries since its last flush become one group of writes. A tenant that fails is
 * retried for ever (100 ms to 30 s) and holds up nobody else. A projection that throws means that the conversation cannot be
 * written: its entries are given up (`deadLetters`), as are those of a document that the documents will never take.
 */
export class WriteBehind implements WriteBehindPort {
  readonly #writer: TenantWriter
  readonly #projection: Projection
  readonly #journal: Journal
  readonly #clock: Clock
  readonly #log: Log
  readonly #limits: WriteBehindLimits
  readonly #random: () => number
  readonly #keepDeadLetter: WriteBehindOptions['keepDeadLetter']
  readonly #tenants = new Map<string, TenantQueue>()
  #last: TenantQueue | undefined
  readonly #progress = new ShardProgress()
  /** Only where the journal may come back without them. */
  readonly #writtenTimers: WrittenTimers | undefined
  /** Tenants whose round has begun, first come first served. */
  readonly #ready: TenantQueue[] = []
  readonly #waiters = new Set<Waiter>()
  readonly #deadLetters: DeadLetter[] = []
  #may: () => boolean = () => true
  #entries = 0
  /** Entries of shards that were let go, by shard, and how many they are. */
  readonly #kept = new Map<number, StoredEntry[]>()
  #keptEntries = 0
  #flushing = 0
  #cancelTick: Cancel | undefined
  #trimming: Promise<void> | undefined
  #trimmedAtMs = Number.NEGATIVE_INFINITY
  /** When a put last succeeded, of whichever tenant. */
  #servedAtMs = Number.NEGATIVE_INFINITY
  #stopped = false
  #idle: (() => void) | undefined
  readonly #flushSeconds: Histogram
  readonly #writesCounter: Counter
  readonly #failures: Counter
  readonly #dead: Counter

  constructor(options: WriteBehindOptions) {
    this.#journal = options.journal
    this.#writtenTimers = options.journal.restore === undefined ? undefined : new WrittenTimers()
    this.#projection = options.projection
    this.#clock = options.clock
    const { documents, projection, clock, sink } = options
    const { opsMax } = options.limits
    const results: WriteResults = {
      wrote: (queue, pending, count) => this.#wrote(queue, pending, count),
      gaveUp: (queue, pending, count, reason) => this.#gaveUp(queue, pending, count, reason),
      put: (durationMs, writes) => {
        this.#flushSeconds.observe(durationMs / 1000)
        this.#writesCounter.inc(writes)
      },
    }
    this.#writer = new TenantWriter({ documents, projection, clock, opsMax, sink, results })
    this.#log = options.log
    this.#limits = options.limits
    this.#random = options.random ?? Math.random
    this.#keepDeadLetter = options.keepDeadLetter
    const { metrics } = options
    this.#flushSeconds = metrics.histogram('parley_write_behind_flush_seconds', 'One put of one tenant', SECONDS)
    this.#writesCounter = metrics.counter('parley_write_behind_writes_total', 'Documents written')
    this.#failures = metrics.counter('parley_write_behind_failures_total', 'Puts that failed and are tried again')
    this.#dead = metrics.counter('parley_write_behind_dead_letters_total', 'Entries that could not be written and were given up')
    metrics.observed('parley_write_behind_entries', 'Entries not in the documents yet', () => this.#entries)
    metrics.observed('parley_write_behind_lag_seconds', 'Age of the oldest of them', () => this.lag().oldestMs / 1000)
  }

  /** Nothing is written, and what waits goes on waiting, while this says no. */
  onlyWhile(may: () => boolean): void {
    this.#may = may
  }

  /** Nothing can be written at the moment: `flush` would wait for no one knows how long. */
  get held(): boolean {
    return !this.#may()
  }

  /** The owner has these shards now. Before entries of a shard are accepted. What was kept of them from before is no longer needed. */
  claimed(claims: readonly Claimed[]): void {
    for (const claim of claims) this.#progress.claimed(claim)
    this.forget(claims.map(({ shard }) => shard))
  }

  /**
   * The owner has let go of these shards. Their entries are found by `tail` no more and not written: whoever has the shard next reads
   * them in the journal and writes them, and if the journal lost them and somebody goes on without, they must not come back. They are kept for
   * `unflushed` until the shard is claimed again or `forget` says that somebody else had it.
   */
  dropped(shards: ReadonlySet<number>): void {
    for (const queue of this.#tenants.values()) {
      for (const pending of [...queue.conversations.values()]) if (shards.has(pending.shard)) this.#keep(queue, pending)
    }
    for (const shard of shards) this.#progress.forget(shard)
    this.#release()
  }

  /** Somebody else has had these shards since they were let go: what is kept of them is no longer the newest that there is. */
  forget(shards: readonly number[]): void {
    for (const shard of shards) this.#writtenTimers?.forget(shard)
    if (this.#kept.size === 0) return
    for (const shard of shards) {
      this.#keptEntries -= this.#kept.get(shard)?.length ?? 0
      this.#kept.delete(shard)
    }
  }

  /**
   * What this process still holds of a shard that it let go; ascending positions. Also what set timers and was written within the last
   * seconds: the documents have the rest of it.
   */
  unflushed(shard: number): readonly StoredEntry[] {
    return [...(this.#kept.get(shard) ?? []), ...(this.#writtenTimers?.of(shard) ?? [])].sort((a, b) => a.at - b.at)
  }

  #keep(queue: TenantQueue, pending: Pending): void {
    queue.remove(pending)
    const { entries, shard } = pending
    this.#entries -= entries.length
    this.#keptEntries += entries.length
    const kept = this.#kept.get(shard) ?? []
    for (const entry of entries) kept.push(this.#apart(entry))
    this.#kept.set(shard, kept)
    for (const waiter of this.#waiters) waiter.wanted.delete(pending)
  }

  /** Whoever waits for nothing any more is told. */
  #release(): void {
    for (const waiter of this.#waiters) {
      if (waiter.wanted.size > 0) continue
      this.#waiters.delete(waiter)
      waiter.resolve()
    }
  }

  /**
   * Called right after the commit, in order; O(1), no promise. `snapshot` is immutable, kept by reference, replaced by the newer
   * one. Never refuses: the owner asks `pressure` before it takes a turn. Throws RangeError for a shard not claimed or not
   * `recovered`, and for a position that is not new: passing over it in silence would lose the entry.
   */
  accept(shard: number, at: number, entry: JournalEntry, snapshot: unknown): void {
    this.#progress.checkRead(shard)
    const queue = this.#queue(entry.tenant)
    if (!this.#progress.add(shard, at, queue.stuck)) throw new RangeError(`shard ${shard}: position ${at} was accepted before`)
    const stored = storedAt(at, entry)
    queue.add(shard, queue.failingSinceMs === undefined ? stored : this.#apart(stored), snapshot, this.#clock.mono())
    this.#entries++
    this.#schedule()
  }

  /**
   * What the journal held above the watermark when the shard was claimed, in order; holes are in the documents. To be called for
   * every claimed shard whose watermark was below its tail, also when nothing came, before its first `accept`.
   */
  recovered(shard: number, entries: readonly StoredEntry[]): void {
    const nowMs = this.#clock.mono()
    let queue: TenantQueue | undefined
    for (const entry of entries) {
      if (queue?.tenant !== entry.tenant) queue = this.#queue(entry.tenant)
      if (!this.#progress.add(shard, entry.at, queue.stuck)) continue
      queue.add(shard, queue.failingSinceMs === undefined ? entry : this.#apart(entry), undefined, nowMs)
      this.#entries++
    }
    this.#progress.read(shard)
    this.#schedule()
  }

  /** Unflushed entries of a conversation, oldest first: its state is the documents' snapshot and these. */
  tail(tenant: string, cid: string): readonly StoredEntry[] {
    return this.#tenants.get(tenant)?.conversations.get(cid)?.entries ?? []
  }

  /**
   * Share of the budgets in use, 0 to 1 and beyond: the owner warns at 0.5 and refuses new turns at 0.9. With a tenant: as that
   * tenant should see it, so that one whose documents fail is refused before it takes the room of the others.
   */
  pressure(tenant?: string): number {
    const { entriesMax, bytesMax } = this.#limits
    // What the engine says now: its memory may be given more, or less, while it runs.
    const roomMax = this.#journal.bytesMax?.() ?? bytesMax
    const bytes = roomMax === undefined ? 0 : this.#journal.bytes() / roomMax
    const queue = tenant === undefined ? undefined : this.#known(tenant)
    const own = queue?.stuck ? queue.entries / (entriesMax * STUCK_SHARE) : 0
    return Math.max((this.#entries + this.#keptEntries) / entriesMax, bytes, own)
  }

  /** Entries not in the documents yet and the age of the oldest. Looks at every waiting conversation. */
  lag(): { entries: number; oldestMs: number } {
    const nowMs = this.#clock.mono()
    let oldestMs = 0
    for (const queue of this.#tenants.values()) {
      for (const { sinceMs } of queue.conversations.values()) oldestMs = Math.max(oldestMs, nowMs - sinceMs)
    }
    return { entries: this.#entries, oldestMs }
  }

  /** The newest 1,000, oldest first. */
  deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters
  }

  /**
   * Resolves when everything accepted so far is in the documents and the journal is trimmed. A failing tenant makes it wait;
   * put a deadline beside it. Rejects with `storage.unavailable` when stopped meanwhile.
   */
  async flush(): Promise<void> {
    const wanted = new Map<Pending, number>()
    for (const queue of this.#tenants.values()) {
      for (const pending of queue.conversations.values()) wanted.set(pending, pending.entries.at(-1)?.at ?? 0)
    }
    if (wanted.size > 0) {
      if (this.#stopped) throw stoppedError()
      const written = new Promise<void>((resolve, reject) => this.#waiters.add({ wanted, resolve, reject }))
      this.#tick()
      await written
    }
    await this.#trim()
  }

  /** No new puts; resolves when those under way have ended. What is not written stays in the journal. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelTick?.()
    this.#cancelTick = undefined
    this.#ready.length = 0
    for (const waiter of this.#waiters) waiter.reject(stoppedError())
    this.#waiters.clear()
    if (this.#flushing > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve
      })
    }
    await this.#trim()
  }

  #queue(tenant: string): TenantQueue {
    let queue = this.#known(tenant)
    if (queue === undefined) {
      queue = new TenantQueue(tenant)
      this.#tenants.set(tenant, queue)
      this.#last = queue
    }
    return queue
  }

  /** The tenant asked for last mostly is the one asked for next. */
  #known(tenant: string): TenantQueue | undefined {
    if (this.#last?.tenant === tenant) return this.#last
    this.#last = this.#tenants.get(tenant)
    return this.#last
  }

  #schedule(): void {
    if (this.#cancelTick !== undefined || this.#stopped) return
    this.#cancelTick = this.#clock.setTimer(this.#intervalMs(), () => this.#tick())
  }

  #intervalMs(): number {
    let conversations = 0
    for (const queue of this.#tenants.values()) conversations += queue.conversations.size
    const busyMs = Math.min(BUSY_INTERVAL_MS_MAX, conversations * CONVERSATION_MS)
    const putsPerSecondMax = this.#limits.putsPerSecondMax ?? PUTS_PER_SECOND_MAX
    return Math.max(this.#limits.flushMs, busyMs, (this.#tenants.size * 1000) / putsPerSecondMax)
  }

  /** Begins a round of every tenant that has something and is not waiting after a failure. */
  #tick(): void {
    this.#cancelTick?.()
    this.#cancelTick = undefined
    if (this.#stopped) return
    if (!this.#may()) {
      if (this.#entries > 0) this.#schedule()
      return
    }
    const nowMs = this.#clock.mono()
    for (const [tenant, queue] of this.#tenants) {
      if (queue.flushing || queue.queued) continue
      if (queue.entries === 0) {
        this.#tenants.delete(tenant)
        if (this.#last === queue) this.#last = undefined
      } else if (queue.retryAtMs <= nowMs) {
        queue.round = queue.conversations.size
        queue.queued = true
        this.#ready.push(queue)
      }
    }
    this.#run()
    if (this.#entries > 0) this.#schedule()
  }

  #run(): void {
    while (this.#flushing < this.#limits.tenantsConcurrentMax && !this.#stopped && this.#may()) {
      const queue = this.#ready.shift()
      if (queue === undefined) return
      queue.queued = false
      queue.flushing = true
      this.#flushing++
      void this.#serve(queue)
    }
  }

  /** One put of one tenant, then back to the end of the line. Never rejects. */
  async #serve(queue: TenantQueue): Promise<void> {
    try {
      await this.#writer.flushSome(queue)
      this.#servedAtMs = this.#clock.mono()
      queue.attempts = 0
      queue.retryAtMs = 0
      queue.failingSinceMs = undefined
      if (queue.stuck) this.#log.info({ tenant: queue.tenant }, 'documents of the tenant take writes again')
      queue.stuck = false
    } catch (error) {
      this.#failed(queue, error)
    }
    queue.flushing = false
    this.#flushing--
    const served = queue.failingSinceMs === undefined
    if (served && queue.round > 0 && queue.conversations.size > 0 && !this.#stopped) {
      queue.queued = true
      this.#ready.push(queue)
    }
    if (this.#clock.mono() - this.#trimmedAtMs >= TRIM_INTERVAL_MS || this.#ready.length === 0) void this.#trim()
    this.#run()
    if (this.#flushing === 0) this.#idle?.()
    // Someone waits for entries that came after this round began, or that were under way: do not wait for the interval.
    if (served && this.#waiters.size > 0) this.#tick()
  }

  #failed(queue: TenantQueue, error: unknown): void {
    const nowMs = this.#clock.mono()
    this.#failures.inc()
    if (queue.failingSinceMs === undefined) {
      queue.failingSinceMs = nowMs
      for (const pending of queue.conversations.values()) pending.entries = pending.entries.map((entry) => this.#apart(entry))
    }
    const backoffMs = Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** Math.min(queue.attempts, 20))
    queue.attempts++
    queue.retryAtMs = nowMs + backoffMs * (0.5 + this.#random() / 2)
    const code = error instanceof AppError ? error.code : 'unknown'
    this.#log.warn(
      { tenant: queue.tenant, code, attempts: queue.attempts, err: error },
      'documents of the tenant took no writes; trying again',
    )
    if (queue.stuck || nowMs - queue.failingSinceMs < this.#limits.stuckMs) return
    // Nobody was served since: the documents as a whole are away, and there is nobody to make room for.
    if (this.#servedAtMs < queue.failingSinceMs) return
    queue.stuck = true
    for (const { shard, entries } of queue.conversations.values())
      for (const { at } of entries) this.#progress.setAside(shard, at)
    this.#log.error(
      { tenant: queue.tenant, entries: queue.entries },
      'the tenant failed for too long; its entries are set aside in the journal',
    )
  }

  /** An entry that nobody knows when it goes: a slab of memory that it shares would stay with it. */
  #apart(entry: StoredEntry): StoredEntry {
    const data = this.#projection.apart(entry.data)
    return data === entry.data ? entry : { ...entry, data }
  }

  #gaveUp(queue: TenantQueue, pending: Pending, count: number, error: unknown): void {
    if (pending.gone) return
    const { tenant } = queue
    const { cid } = pending
    const reason = error instanceof Error ? error.message : String(error)
    this.#log.error({ tenant, cid, entries: count, err: error }, 'entries cannot be written to the documents; given up')
    this.#dead.inc(count)
    const entries = pending.entries.slice(0, count).map((entry) => this.#apart(entry))
    const letter: DeadLetter = { tenant, cid, entries, reason }
    this.#deadLetters.push(letter)
    this.#keepDeadLetter?.(letter)
    if (this.#deadLetters.length > DEAD_LETTERS_MAX) this.#deadLetters.shift()
    this.#wrote(queue, pending, count)
  }

  #wrote(queue: TenantQueue, pending: Pending, count: number): void {
    if (pending.gone) return
    const last = pending.entries[count - 1]?.at ?? 0
    const nowMs = this.#clock.mono()
    for (let i = 0; i < count; i++) {
      const entry = pending.entries[i]
      if (entry === undefined) continue
      this.#progress.flushed(pending.shard, entry.at)
      this.#writtenTimers?.add(pending.shard, entry, nowMs)
    }
    queue.flushed(pending, count, nowMs)
    this.#entries -= count
    for (const waiter of this.#waiters) {
      if ((waiter.wanted.get(pending) ?? Number.POSITIVE_INFINITY) <= last) waiter.wanted.delete(pending)
    }
    this.#release()
  }

  /** Tells the journal, one call at a time; after a failure the same is told the next time. */
  async #trim(): Promise<void> {
    while (this.#trimming !== undefined) await this.#trimming
    const marks = this.#progress.marks()
    this.#trimmedAtMs = this.#clock.mono()
    if (marks.length === 0) return
    this.#trimming = this.#journal
      .trim(marks)
      .catch((error: unknown) => {
        this.#progress.untold(marks)
        this.#log.error({ err: error }, 'the journal could not be trimmed')
      })
      .finally(() => {
        this.#trimming = undefined
      })
    await this.#trimming
  }
}

function stoppedError(): AppError {
  return new AppError('storage.unavailable', 'the write-behind was stopped', { retry: 'later' })
}
