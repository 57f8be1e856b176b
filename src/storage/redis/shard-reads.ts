import { AppError } from '../../kernel/rejection.ts'
import type { LiveTimer, StoredEntry } from '../port.ts'
import { ShardTable } from '../shard-table.ts'
import { timerOf, unpackEntry } from './codec.ts'
import { type ShardKeys, tagOf } from './keys.ts'
import type { Masters } from './masters.ts'

const READ_ENTRIES = 256

/** What is read of one shard, a page at a time. AppError `storage.unavailable` when its master does not answer. */
export class ShardReads {
  readonly #keys: readonly ShardKeys[]
  readonly #masters: Masters

  constructor(keys: readonly ShardKeys[], masters: Masters) {
    this.#keys = keys
    this.#masters = masters
  }

  /** As `Journal.read`. */
  async entries(shard: number, from: number): Promise<readonly StoredEntry[]> {
    ShardTable.check(shard)
    const { log, side } = this.#keys[shard] as ShardKeys
    const found: StoredEntry[] = []
    for (let start = `${from + 1}-0`; start !== ''; ) {
      const args = [start, '+', 'COUNT', String(READ_ENTRIES)]
      const page = (await this.#value(shard, 'xrange', [log, ...args])) as readonly (readonly [Buffer, readonly Buffer[]])[]
      for (const [id, [, entry]] of page) found.push(unpackEntry(positionOf(id), entry as Buffer))
      start = page.length < READ_ENTRIES ? '' : `(${page.at(-1)?.[0].toString() ?? ''}`
    }
    // Afterwards: what a trim set aside meanwhile was in the log, or is here now.
    const aside = Object.entries((await this.#value(shard, 'hgetall', [side])) as Readonly<Record<string, Buffer>>)
    if (aside.length === 0) return found
    const known = new Set(found.map(({ at }) => at))
    for (const [position, entry] of aside) {
      const at = Number(position)
      if (at > from && !known.has(at)) found.push(unpackEntry(at, entry))
    }
    return found.sort((a, b) => a.at - b.at)
  }

  /** As `Journal.timers`. */
  async timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]> {
    ShardTable.check(shard)
    const until = untilMs === Number.POSITIVE_INFINITY ? '+inf' : String(untilMs)
    const key = (this.#keys[shard] as ShardKeys).timers
    const found = (await this.#value(shard, 'zrange', [key, '-inf', until, 'BYSCORE', 'WITHSCORES'])) as readonly Buffer[]
    return Array.from({ length: found.length / 2 }, (_, i) => timerOf(shard, String(found[2 * i]), String(found[2 * i + 1])))
  }

  /** What one reading command on a shard's key answers. */
  async #value(shard: number, name: string, args: readonly string[]): Promise<unknown> {
    let reply = await this.#masters.of(tagOf(shard))?.other.bytes(name, args)
    if (reply !== undefined && !reply.ok && reply.fault.code === 'MOVED') {
      reply = await this.#masters.named(reply.fault.msg)?.other.bytes(name, args)
      void this.#masters.refresh()
    }
    if (reply?.ok) return reply.value
    throw unavailable(reply?.fault.msg ?? 'no master is known for this part of the journal')
  }
}

const positionOf = (id: Buffer): number => Number.parseInt(id.toString(), 10)

export function unavailable(msg: string): AppError {
  return new AppError('storage.unavailable', `the journal did not answer: ${msg}`, { retry: 'later' })
}
