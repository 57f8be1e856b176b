import type { StoredEntry } from './port.ts'

/** A journal's engine that comes back with less has lost seconds: two with a sync each second, a replica's lag otherwise. */
const KEPT_MS = 10_000

interface Written {
  readonly entry: StoredEntry
  readonly atMs: number
}

/**
 * Entries that set or clear timers and came into the documents lately. The timers themselves are the journal's alone: where it loses
 * its newest, its owner writes these entries again beside those that the documents do not have.
 */
export class WrittenTimers {
  readonly #shards = new Map<number, Written[]>()
  #prunedMs = 0

  add(shard: number, entry: StoredEntry, nowMs: number): void {
    if (entry.timers === undefined) return
    if (nowMs - this.#prunedMs >= KEPT_MS) this.#prune(nowMs)
    const written = this.#shards.get(shard)
    if (written === undefined) this.#shards.set(shard, [{ entry, atMs: nowMs }])
    else written.push({ entry, atMs: nowMs })
  }

  /** In no order. */
  of(shard: number): readonly StoredEntry[] {
    return (this.#shards.get(shard) ?? []).map(({ entry }) => entry)
  }

  forget(shard: number): void {
    this.#shards.delete(shard)
  }

  /** At most once in `KEPT_MS`, so that nothing is kept for more than twice that while anything is written. */
  #prune(nowMs: number): void {
    this.#prunedMs = nowMs
    for (const [shard, written] of this.#shards) {
      const kept = written.filter(({ atMs }) => nowMs - atMs < KEPT_MS)
      if (kept.length > 0) this.#shards.set(shard, kept)
      else this.#shards.delete(shard)
    }
  }
}
