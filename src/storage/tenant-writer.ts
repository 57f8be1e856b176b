import type { Clock } from '../kernel/clock.ts'
import { AppError } from '../kernel/rejection.ts'
import { WRITES_MAX } from './document-request.ts'
import type { Documents, DocumentWrite, EntrySink, Projection, StoredEntry, WrittenEntries } from './port.ts'
import type { Pending, TenantQueue } from './tenant-queue.ts'

/** Of one conversation in one group of writes: after an outage thousands may wait, and a document has its limit of bytes. */
const GROUP_ENTRIES_MAX = 64
/** What is spoiled is looked for with so many puts; then the rest of the conversation's entries is given up as it stands. */
const NARROWING_PUTS_MAX = 64

interface Part {
  readonly pending: Pending
  readonly count: number
  readonly writes: readonly DocumentWrite[]
  /** After the last of them. */
  readonly snapshot: unknown
}

/** What became of a conversation's oldest `count` entries. */
export interface WriteResults {
  wrote(queue: TenantQueue, pending: Pending, count: number): void
  /** They will never be written. */
  gaveUp(queue: TenantQueue, pending: Pending, count: number, reason: unknown): void
  /** One put succeeded. */
  put(durationMs: number, writes: number): void
}

/** Turns waiting conversations into document writes and puts them; finds the one that spoils a put. */
export class TenantWriter {
  readonly #documents: Documents
  readonly #projection: Projection
  readonly #clock: Clock
  readonly #opsMax: number
  readonly #results: WriteResults
  readonly #sink: EntrySink | undefined

  constructor(options: {
    readonly documents: Documents
    readonly projection: Projection
    readonly clock: Clock
    /** Document writes per put. */
    readonly opsMax: number
    readonly sink?: EntrySink | undefined
    readonly results: WriteResults
  }) {
    this.#documents = options.documents
    this.#projection = options.projection
    this.#clock = options.clock
    this.#opsMax = options.opsMax
    this.#sink = options.sink
    this.#results = options.results
  }

  /** One put: the next conversations of the queue's round. Throws what may pass (`storage.unavailable`, `storage.full`) after writing nothing of it. */
  async flushSome(queue: TenantQueue): Promise<void> {
    const parts = await this.#collect(queue)
    if (parts.length > 0) await this.#put(queue, parts)
  }

  /** The next conversations of the round, up to `opsMax` writes (one conversation may exceed it). */
  async #collect(queue: TenantQueue): Promise<Part[]> {
    const parts: Part[] = []
    let ops = 0
    for (const pending of [...takeFirst(queue.conversations.values(), Math.min(queue.round, this.#opsMax))]) {
      try {
        const part = await this.#part(queue.tenant, pending)
        parts.push(part)
        ops += part.writes.length
      } catch (error) {
        if (isPassing(error)) throw error
        this.#results.gaveUp(queue, pending, pending.entries.length, error)
      }
      queue.round--
      if (ops >= this.#opsMax) break
    }
    return parts
  }

  async #part(tenant: string, pending: Pending): Promise<Part> {
    const { cid } = pending
    if (pending.snapshot === undefined) {
      const base = await this.#documents.get(tenant, 'conversations', { id: cid, n: 0 })
      const entries = [...pending.entries]
      const snapshot = await this.#projection.fold(tenant, cid, base, entries)
      // The owner may have brought a newer one meanwhile, which goes with the newer entries.
      if (pending.snapshot === undefined)
        return { pending, count: entries.length, writes: this.#writes(tenant, cid, entries, snapshot), snapshot }
    }
    const { entries, snapshot } = pending
    return { pending, count: entries.length, writes: this.#writes(tenant, cid, entries, snapshot), snapshot }
  }

  /** Mostly one group; each of several carries the same snapshot, whose rev lets it be written once. */
  #writes(tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[] {
    const writes: DocumentWrite[] = []
    for (let from = 0; from < entries.length; from += GROUP_ENTRIES_MAX)
      writes.push(...this.#projection.writes(tenant, cid, entries.slice(from, from + GROUP_ENTRIES_MAX), snapshot))
    return writes
  }

  /** All of the parts. A fault that will not pass is narrowed down to the conversation that causes it, then to the entries. */
  async #put(queue: TenantQueue, some: readonly Part[], narrowing = { puts: NARROWING_PUTS_MAX }): Promise<void> {
    // While others were read or tried, a shard may have been let go.
    const parts = some.filter(({ pending }) => !pending.gone)
    if (parts.length === 0) return
    const startedMs = this.#clock.mono()
    const writes = parts.flatMap((part) => part.writes)
    try {
      // Mostly one; a conversation with a long tail may bring more than a put takes.
      for (let from = 0; from < writes.length; from += WRITES_MAX)
        await this.#documents.put(queue.tenant, writes.slice(from, from + WRITES_MAX))
      await this.#sink?.wrote(queue.tenant, parts.map(written))
    } catch (error) {
      if (isPassing(error)) throw error
      const [only] = parts
      if (parts.length === 1 && only !== undefined) {
        await this.#narrow(queue, only, error, narrowing)
        return
      }
      const half = parts.length >> 1
      await this.#put(queue, parts.slice(0, half), narrowing)
      await this.#put(queue, parts.slice(half), narrowing)
      return
    }
    this.#results.put(this.#clock.mono() - startedMs, writes.length)
    for (const { pending, count } of parts) this.#results.wrote(queue, pending, count)
  }

  /** Half by half: a document may be too long, or one entry spoil it. */
  async #narrow(
    queue: TenantQueue,
    { pending, count, snapshot }: Part,
    error: unknown,
    narrowing: { puts: number },
  ): Promise<void> {
    if (count === 1 || narrowing.puts <= 0) {
      this.#results.gaveUp(queue, pending, count, error)
      return
    }
    narrowing.puts -= 2
    const half = count >> 1
    // Whatever becomes of the first half, it leaves the queue (or all of it does): the other one is then its beginning.
    for (const some of [half, count - half]) {
      const writes = this.#writes(queue.tenant, pending.cid, pending.entries.slice(0, some), snapshot)
      await this.#put(queue, [{ pending, count: some, writes, snapshot }], narrowing)
    }
  }
}

const written = ({ pending, count, snapshot }: Part): WrittenEntries => ({
  cid: pending.cid,
  entries: pending.entries.slice(0, count),
  snapshot,
})

/** Whether trying again may help. Everything else (a document that cannot be encoded, a defect in the projection) comes again. */
function isPassing(error: unknown): boolean {
  return error instanceof AppError && error.retry !== 'never'
}

function* takeFirst<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count
  for (const item of items) {
    if (left-- <= 0) return
    yield item
  }
}
