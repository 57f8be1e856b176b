import { SHARD_COUNT } from '../kernel/shard.ts'
import type { Claimed, Token, TrimMark } from './port.ts'

interface Shard {
  token: Token
  tail: number
  /** Newest position that was added: an older one that comes again is waiting here, or in the documents. */
  seen: number
  /** Not in the documents yet, ascending: entries arrive in order. */
  readonly pending: Set<number>
  /** Not in the documents either, but of a failing tenant: the watermark passes them. */
  readonly aside: Set<number>
  /** What the journal holds above the watermark has not been handed over yet, so the watermark must not move. */
  unread: boolean
  marked: boolean
}

/** How far each shard's entries have come into the documents: the watermark is the longest flushed prefix. */
export class ShardProgress {
  readonly #shards: (Shard | undefined)[] = new Array(SHARD_COUNT)
  readonly #marked: number[] = []

  claimed({ shard, token, tail, watermark }: Claimed): void {
    const known = this.#shards[shard]
    if (known === undefined) {
      this.#shards[shard] = {
        token,
        tail,
        seen: 0,
        pending: new Set(),
        aside: new Set(),
        unread: watermark < tail,
        marked: false,
      }
    } else {
      known.token = token
      known.unread = Math.max(watermark, known.seen) < tail
      known.tail = Math.max(known.tail, tail)
    }
  }

  /** The shard is another's now, or will be claimed anew. */
  forget(shard: number): void {
    this.#shards[shard] = undefined
  }

  /** False when the entry is known already. Ascending positions. */
  add(shard: number, at: number, aside: boolean): boolean {
    const progress = this.#of(shard)
    if (at <= progress.seen) return false
    progress.seen = at
    if (at > progress.tail) progress.tail = at
    if (aside) progress.aside.add(at)
    else progress.pending.add(at)
    return true
  }

  /** Throws RangeError while what the journal held is not handed over: entries would come out of order. */
  checkRead(shard: number): void {
    if (this.#of(shard).unread) throw new RangeError(`shard ${shard}: its recovered entries come first`)
  }

  /** The shard's recovered entries are all added. */
  read(shard: number): void {
    const progress = this.#of(shard)
    progress.unread = false
    this.#mark(shard, progress)
  }

  flushed(shard: number, at: number): void {
    const progress = this.#of(shard)
    if (!progress.pending.delete(at)) progress.aside.delete(at)
    if (!progress.marked) this.#mark(shard, progress)
  }

  setAside(shard: number, at: number): void {
    const progress = this.#of(shard)
    if (!progress.pending.delete(at)) return
    progress.aside.add(at)
    if (!progress.marked) this.#mark(shard, progress)
  }

  /** Watermarks of the shards that moved since the last call. */
  marks(): TrimMark[] {
    const marks: TrimMark[] = []
    for (const shard of this.#marked.splice(0)) {
      const progress = this.#shards[shard]
      if (progress === undefined) continue
      progress.marked = false
      if (progress.unread) continue
      const [first] = progress.pending
      const watermark = first === undefined ? progress.tail : first - 1
      const mark = { shard, token: progress.token, watermark }
      marks.push(progress.aside.size === 0 ? mark : { ...mark, aside: [...progress.aside] })
    }
    return marks
  }

  /** The journal did not take these marks: tell it again. */
  untold(marks: readonly TrimMark[]): void {
    for (const { shard } of marks) {
      const progress = this.#shards[shard]
      if (progress !== undefined && !progress.marked) this.#mark(shard, progress)
    }
  }

  #of(shard: number): Shard {
    const progress = this.#shards[shard]
    if (progress === undefined) throw new RangeError(`shard ${shard} was never claimed`)
    return progress
  }

  #mark(shard: number, progress: Shard): void {
    progress.marked = true
    this.#marked.push(shard)
  }
}
