import type { StoredEntry } from './port.ts'

/** One conversation's entries that are not in the documents yet. */
export interface Pending {
  readonly cid: string
  readonly shard: number
  /** Its shard was let go while a put was under way: nobody waits for the outcome. */
  gone: boolean
  /** Oldest first. They leave only when the documents have them. */
  entries: StoredEntry[]
  /** The owner's state after the last entry; undefined for recovered entries, until folded. */
  snapshot: unknown
  /** Monotonic milliseconds at which the oldest of them came. */
  sinceMs: number
}

/** One tenant's conversations that wait, in the order in which they are served, and how its documents are doing. */
export class TenantQueue {
  readonly tenant: string
  readonly conversations = new Map<string, Pending>()
  entries = 0
  /** Conversations still to be served in this round; newer ones wait for the next. */
  round = 0
  flushing = false
  queued = false
  attempts = 0
  /** Not before this, monotonic milliseconds. */
  retryAtMs = 0
  failingSinceMs: number | undefined
  /** Failing for so long that the journal no longer waits for it. */
  stuck = false

  constructor(tenant: string) {
    this.tenant = tenant
  }

  add(shard: number, entry: StoredEntry, snapshot: unknown, nowMs: number): void {
    const pending = this.conversations.get(entry.cid)
    this.entries++
    if (pending === undefined) {
      const { cid } = entry
      this.conversations.set(cid, { cid, shard, gone: false, entries: [entry], snapshot, sinceMs: nowMs })
      return
    }
    pending.entries.push(entry)
    pending.snapshot = snapshot
  }

  /** Takes it out: its shard was let go. */
  remove(pending: Pending): void {
    this.conversations.delete(pending.cid)
    this.entries -= pending.entries.length
    pending.gone = true
  }

  /** The first `count` entries are in the documents. What is left goes to the end of the line. */
  flushed(pending: Pending, count: number, nowMs: number): void {
    this.entries -= count
    this.conversations.delete(pending.cid)
    if (pending.entries.length === count) {
      pending.entries = []
      return
    }
    pending.entries = pending.entries.slice(count)
    pending.sinceMs = nowMs
    this.conversations.set(pending.cid, pending)
  }
}
