import type { DurableEvent } from '../protocol/frames.ts'
import type { Documents, StoredEntry } from '../storage/port.ts'
import type { ConversationProjection, SealedEntry, TurnsDocument } from './projection.ts'
import { turnsKey } from './projection.ts'

const CHUNKS_PER_PAGE = 64

/**
 * The events that lead up to `to` without a hole; none where they do not reach it. Between unflushed entries, and after them, there may
 * be some that only the documents have, where the journal had lost its newest.
 */
function newestRun(events: readonly DurableEvent[], to: number): readonly DurableEvent[] {
  if (events.at(-1)?.seq !== to) return []
  let from = events.length - 1
  while (from > 0 && events[from - 1]?.seq === (events[from]?.seq ?? 0) - 1) from--
  return events.slice(from)
}

/** Reads durable events that are no longer in the actor's memory: from the documents, then what is not flushed yet. */
export class History {
  readonly #documents: Documents
  readonly #projection: ConversationProjection
  readonly #unflushed: (tenant: string, cid: string) => readonly StoredEntry[]

  constructor(options: {
    documents: Documents
    projection: ConversationProjection
    unflushed: (tenant: string, cid: string) => readonly StoredEntry[]
  }) {
    this.#documents = options.documents
    this.#projection = options.projection
    this.#unflushed = options.unflushed
  }

  /** Events with `from <= seq <= to`, in order, without holes; at most the newest `limit` of them when `newest`, else the oldest. */
  async read(tenant: string, cid: string, from: number, to: number, limit: number, newest: boolean): Promise<DurableEvent[]> {
    // Looked at first: what is flushed while the documents are read would be missed the other way round.
    const pending = newestRun(this.#eventsOf(tenant, this.#unflushed(tenant, cid), from, to), to)
    const oldestPending = pending[0]?.seq ?? to + 1
    const stored =
      oldestPending > from ? await this.#stored(tenant, cid, from, oldestPending - 1, newest ? limit : undefined) : []
    const all = [...stored, ...pending]
    if (all.length <= limit) return all
    return newest ? all.slice(-limit) : all.slice(0, limit)
  }

  /** Newest stretches first, until `from` (or enough events) is reached without a hole; then in order, repeats dropped. */
  async #stored(tenant: string, cid: string, from: number, to: number, enough: number | undefined): Promise<DurableEvent[]> {
    const events = new Map<number, DurableEvent>()
    const low = enough === undefined ? from : Math.max(from, to - enough + 1)
    // The newest of the events wanted that is not there yet: stretches may overlap after a crash, so only this says when to stop.
    let missing = to
    let toN = turnsKey(to + 1, 0) - 1
    for (;;) {
      const page = await this.#documents.page(tenant, {
        collection: 'turns',
        id: cid,
        toN,
        reverse: true,
        limit: CHUNKS_PER_PAGE,
      })
      for (const { doc } of page) {
        for (const event of this.#eventsOf(tenant, (doc as TurnsDocument).entries as readonly StoredEntry[], from, to)) {
          events.set(event.seq, event)
        }
      }
      while (missing >= low && events.has(missing)) missing--
      const last = page.at(-1)
      if (!last || missing < low || page.length < CHUNKS_PER_PAGE) break
      toN = last.n - 1
    }
    return [...events.values()].sort((a, b) => a.seq - b.seq)
  }

  #eventsOf(tenant: string, entries: readonly Pick<StoredEntry, 'data'>[], from: number, to: number): DurableEvent[] {
    const events: DurableEvent[] = []
    for (const entry of entries) {
      for (const event of this.#projection.openEntry(tenant, entry.data as SealedEntry).events) {
        if (event.seq >= from && event.seq <= to) events.push(event)
      }
    }
    return events
  }
}
