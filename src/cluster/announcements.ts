import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Claimed } from '../storage/port.ts'
import type { Bus, Directory, MemberRow, Subscription } from './port.ts'
import type { ShardMap } from './shard-map.ts'
import type { Subjects } from './subjects.ts'
import { packed } from './wire.ts'

export interface AnnouncementsOptions {
  readonly self: MemberRow
  readonly bus: Bus
  readonly subjects: Subjects
  readonly directory: Directory
  readonly map: ShardMap
  readonly clock: Clock
  readonly log: Log
  /** 0 where the shard is not this node's. */
  readonly epochOf: (shard: number) => number
  readonly serves: (shard: number) => boolean
}

const RETRY_MS = { first: 500, max: 30_000 } as const

/** Tells everybody what this node serves: to all at once, to whoever asks a shard's own subject, and in the directory's rows. */
export class Announcements {
  readonly #o: AnnouncementsOptions
  readonly #subscriptions = new Map<number, Subscription>()
  #dirty = new Set<number>()
  #writing = false
  #stopped = false

  constructor(options: AnnouncementsOptions) {
    this.#o = options
  }

  /** Whether the shard answers for its owner. */
  has(shard: number): boolean {
    return this.#subscriptions.has(shard)
  }

  /** Everybody, this node first, learns that the shards are served here; the directory's rows follow in the background. */
  async announce(claims: readonly Claimed[]): Promise<void> {
    const { bus, self, map } = this.#o
    if (claims.length === 0) return
    for (const { shard, epoch } of claims) {
      // Whatever was believed before: the journal may have lost the epochs that were known.
      map.replace({ shard, owner: self.id, epoch })
      this.#dirty.add(shard)
      this.#answer(shard)
    }
    this.tell(claims.map(({ shard, epoch }) => [shard, epoch]))
    void this.#writeRows()
    // Sliced by the callers' batches: a thousand subscriptions at once would hold the loop.
    await bus.flush().catch(() => undefined)
  }

  /** These are served here. */
  tell(rows: readonly (readonly [shard: number, epoch: number])[]): void {
    const { bus, subjects, self } = this.#o
    if (rows.length > 0) bus.publish(subjects.rows, packed([self.id, rows]))
  }

  /** No longer here. */
  remove(shard: number): void {
    this.#subscriptions.get(shard)?.unsubscribe()
    this.#subscriptions.delete(shard)
  }

  /** About to go elsewhere: resolves when the last question has its answer. */
  drain(shards: readonly number[]): Promise<unknown> {
    const draining: Promise<void>[] = []
    for (const shard of shards) {
      const subscription = this.#subscriptions.get(shard)
      this.#subscriptions.delete(shard)
      if (subscription) draining.push(subscription.drain())
    }
    return Promise.all(draining)
  }

  stop(): void {
    this.#stopped = true
  }

  #answer(shard: number): void {
    if (this.#subscriptions.has(shard)) return
    const { bus, subjects, self, epochOf, serves } = this.#o
    const subscription = bus.subscribe(subjects.shard(shard), ({ reply }) => {
      if (reply !== undefined && serves(shard)) bus.publish(reply, packed([self.id, epochOf(shard)]))
    })
    this.#subscriptions.set(shard, subscription)
  }

  async #writeRows(): Promise<void> {
    if (this.#writing) return
    this.#writing = true
    const { directory, self, log, clock, epochOf } = this.#o
    for (let attempt = 0; this.#dirty.size > 0 && !this.#stopped; attempt++) {
      const shards = [...this.#dirty]
      this.#dirty = new Set()
      const rows = shards.flatMap((shard) => {
        const epoch = epochOf(shard)
        return epoch > 0 ? [{ shard, owner: self.id, epoch }] : []
      })
      try {
        await directory.put(rows)
        attempt = -1
      } catch (error) {
        for (const { shard } of rows) this.#dirty.add(shard)
        if (attempt === 0) log.warn({ err: error }, 'the directory takes no rows; trying again')
        const waitMs = Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** attempt)
        await new Promise<void>((resolve) => clock.setTimer(waitMs, resolve))
      }
    }
    this.#writing = false
  }
}
