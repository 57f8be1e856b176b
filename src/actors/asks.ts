import type { Rejection } from '../kernel/rejection.ts'
import type { Answer, Delivery } from './port.ts'
import type { WireDelivery } from './remote-items.ts'

/** A delivery that may have to leave this node, until it has its answer. */
export interface Ask {
  readonly id: number
  readonly tenant: string
  readonly cid: string
  readonly shard: number
  readonly delivery: WireDelivery
  readonly reply: (answer: Answer | Rejection) => void
  /** Of its text, roughly. */
  readonly bytes: number
  readonly startedMs: number
  /** Times that it was handed to somebody. */
  attempts: number
  /** Times that nobody was known to ask. */
  looks: number
  /** Times that whoever had it died. */
  deaths: number
  /** Who has it now; undefined while it waits. */
  sentTo: string | undefined
  sentMs: number
  /** While it waits: not before. */
  retryAtMs: number
  /** Waits for an earlier one of the same conversation. */
  queued: boolean
}

export interface AskLimits {
  /** Behind each other in one conversation. */
  readonly parkedMax: number
  readonly parkedBytesMax: number
  /** Of one shard, in all. */
  readonly shardMax: number
}

/** What changes a conversation keeps the order in which it was asked for. */
export const isOrdered = (type: Delivery['type']): boolean => type !== 'join' && type !== 'history' && type !== 'get'

/**
 * Asks under way, by id and by shard. Of one conversation one change is out at a time; the others wait behind it, so that a resend
 * never overtakes. Bounded: `add` refuses.
 */
export class Asks {
  readonly #limits: AskLimits
  readonly #byId = new Map<number, Ask>()
  readonly #byShard = new Map<number, Set<Ask>>()
  readonly #lines = new Map<string, Ask[]>()
  readonly #bytes = new Map<number, number>()
  #parked = 0

  constructor(limits: AskLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#byId.size
  }

  /** Asks that wait for an earlier one of their conversation. */
  get parked(): number {
    return this.#parked
  }

  get(id: number): Ask | undefined {
    return this.#byId.get(id)
  }

  all(): readonly Ask[] {
    return [...this.#byId.values()]
  }

  of(shard: number): readonly Ask[] {
    return [...(this.#byShard.get(shard) ?? [])]
  }

  countOf(shard: number): number {
    return this.#byShard.get(shard)?.size ?? 0
  }

  /** Whether something of this shard is under way: then what follows may have to wait for it. */
  has(shard: number): boolean {
    return this.#byShard.has(shard)
  }

  /** Whether a change of this conversation is under way. */
  isLined(tenant: string, cid: string): boolean {
    return this.#lines.has(keyOf(tenant, cid))
  }

  /** `go`: hand it over now. `wait`: an earlier one goes first. `full`: a limit is reached, nothing was taken. */
  add(ask: Ask): 'go' | 'wait' | 'full' {
    const ofShard = this.#byShard.get(ask.shard)
    const bytes = this.#bytes.get(ask.shard) ?? 0
    if ((ofShard?.size ?? 0) >= this.#limits.shardMax || bytes + ask.bytes > this.#limits.parkedBytesMax) return 'full'
    const line = isOrdered(ask.delivery.type) ? this.#lines.get(keyOf(ask.tenant, ask.cid)) : undefined
    if (line && line.length >= this.#limits.parkedMax) return 'full'
    this.#byId.set(ask.id, ask)
    if (ofShard) ofShard.add(ask)
    else this.#byShard.set(ask.shard, new Set([ask]))
    this.#bytes.set(ask.shard, bytes + ask.bytes)
    if (line) {
      line.push(ask)
      ask.queued = true
      this.#parked++
      return 'wait'
    }
    if (isOrdered(ask.delivery.type)) this.#lines.set(keyOf(ask.tenant, ask.cid), [])
    return 'go'
  }

  /** It has its answer. Gives the next of its line, which may go now. */
  remove(ask: Ask): Ask | undefined {
    this.#byId.delete(ask.id)
    const ofShard = this.#byShard.get(ask.shard)
    ofShard?.delete(ask)
    this.#bytes.set(ask.shard, (this.#bytes.get(ask.shard) ?? 0) - ask.bytes)
    if (ofShard?.size === 0) {
      this.#byShard.delete(ask.shard)
      this.#bytes.delete(ask.shard)
    }
    return isOrdered(ask.delivery.type) ? this.#next(ask) : undefined
  }

  #next(ask: Ask): Ask | undefined {
    const key = keyOf(ask.tenant, ask.cid)
    const line = this.#lines.get(key)
    if (!line) return undefined
    if (ask.queued) {
      line.splice(line.indexOf(ask), 1)
      this.#parked--
      return undefined
    }
    const next = line.shift()
    if (!next) {
      this.#lines.delete(key)
      return undefined
    }
    next.queued = false
    this.#parked--
    return next
  }
}

const keyOf = (tenant: string, cid: string): string => `${tenant}/${cid}`
