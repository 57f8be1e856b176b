import type { SealedEntry } from '../../src/actors/projection.ts'
import type { EntryData } from '../../src/actors/record.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import { plainEvent } from '../../src/protocol/recorded-event.ts'
import type { AppendBatch, Claimed, JournalEntry, Restore } from '../../src/storage/port.ts'
import type { Violations } from './violations.ts'

/** An entry as the journal took it. */
export interface Booked {
  readonly shard: number
  readonly at: number
  readonly tenant: string
  readonly cid: string
  readonly n: number
  readonly timers: JournalEntry['timers']
  readonly data: EntryData
  readonly epoch: number
  readonly process: string
  readonly atMs: number
}

interface Claim {
  readonly epoch: number
  readonly token: string
  readonly owner: string
  readonly released: boolean
}

/** Entries of one shard that the engine lost, until somebody brings them back. */
interface Loss {
  /** Somebody else has the shard since: what only the former holder had is promised to nobody. */
  moved: boolean
  readonly tail: number
  readonly holder: string | undefined
  readonly entries: readonly Booked[]
  /** Of former losses, which nobody repaired before the shard moved. */
  readonly past: readonly Booked[]
}

/**
 * What the journal did, seen from inside the engine: the truth that the checkers compare everything else with. It looks at the
 * fence itself, so that a journal that does not is found out.
 */
export class Ledger {
  readonly #violations: Violations
  readonly #now: () => number
  readonly #isInDocuments: (booked: Booked) => boolean
  /** By shard, position 1 first. */
  readonly #logs = new Map<number, Booked[]>()
  /** Every event that ever was in the journal, by conversation and seq; the newest where a loss let it change. */
  readonly #events = new Map<string, Map<number, Set<string>>>()
  readonly #mids = new Map<string, number[]>()
  /** Of each shard, newest last. */
  readonly #claims = new Map<number, Claim[]>()
  /** Who claimed last, also where the engine has forgotten. */
  readonly #holders = new Map<number, string>()
  /** Shards whose former owner's claim counts again, since the engine lost the newer one. */
  readonly #revived = new Set<number>()
  readonly #epochs = new Map<number, number>()
  readonly #losses = new Map<number, Loss>()
  /** Conversations of which acknowledged entries were lost with engine and owner: promised to nobody. */
  readonly excused = new Set<string>()
  appends = 0
  losses = 0

  constructor(violations: Violations, now: () => number, isInDocuments: (booked: Booked) => boolean) {
    this.#violations = violations
    this.#now = now
    this.#isInDocuments = isInDocuments
  }

  /** All entries now in the log, trimmed ones included, by conversation in order. */
  conversations(): Map<string, Booked[]> {
    const all = new Map<string, Booked[]>()
    for (const log of this.#logs.values()) {
      for (const booked of log) {
        const key = keyOf(booked.tenant, booked.cid)
        const list = all.get(key)
        if (list) list.push(booked)
        else all.set(key, [booked])
      }
    }
    return all
  }

  newestToken(shard: number): string | undefined {
    return this.#claims.get(shard)?.at(-1)?.token
  }

  /** Entries with `from < at <= to`. */
  between(shard: number, from: number, to: number): readonly Booked[] {
    return this.#logs.get(shard)?.slice(from, to) ?? []
  }

  claimed(claims: readonly Claimed[], owner: string): void {
    for (const { shard, epoch, token } of claims) {
      const all = this.#claims.get(shard) ?? []
      const before = all.at(-1)
      if (before && epoch <= before.epoch) {
        this.#violations.add('fence', `shard ${shard}: epoch ${epoch} was given to ${owner} after ${before.epoch}`)
      }
      this.#claims.set(shard, [...all, { epoch, token, owner, released: false }])
      this.#holders.set(shard, owner)
      this.#revived.delete(shard)
      const loss = this.#losses.get(shard)
      if (loss && !loss.moved && loss.holder !== owner) this.#excuse(loss)
    }
  }

  released(shard: number, token: string): void {
    const all = this.#claims.get(shard)
    const newest = all?.at(-1)
    if (all && newest?.token === token) this.#claims.set(shard, [...all.slice(0, -1), { ...newest, released: true }])
  }

  /** The journal took this batch just now. */
  appended(batch: AppendBatch, process: string): void {
    const { shard, entries } = batch
    const claim = this.#claims.get(shard)?.at(-1)
    this.appends++
    if (!claim || claim.token !== batch.token || claim.released) {
      this.#violations.add(
        'fence',
        `shard ${shard}: ${process} appended with ${batch.token}, the newest claim is ${claim?.token ?? 'nobody’s'}`,
      )
    }
    const epoch = Number.parseInt(batch.token, 10)
    const highest = this.#epochs.get(shard) ?? 0
    if (epoch < highest) this.#violations.add('fence', `shard ${shard}: epoch ${epoch} follows ${highest} in the log`)
    this.#epochs.set(shard, Math.max(highest, epoch))
    const log = this.#log(shard)
    for (const entry of entries) this.#book(log, shard, log.length + 1, entry, epoch, process)
    // The fence itself went back in time: two owners were right, one after the other.
    if (this.#revived.has(shard)) for (const { tenant, cid } of log) this.excused.add(keyOf(tenant, cid))
  }

  /** The engine came back without everything above these tails. */
  lost(tails: (shard: number) => number, claimsLost: boolean): void {
    for (const [shard, log] of this.#logs) {
      const tail = tails(shard)
      if (tail >= log.length) continue
      const gone = log.splice(tail)
      this.losses += gone.length
      const known = this.#losses.get(shard)
      const open = known?.moved === false ? known : undefined
      this.#losses.set(shard, {
        moved: false,
        tail: Math.max(open?.tail ?? 0, tail + gone.length),
        holder: open ? open.holder : this.#holders.get(shard),
        entries: [...gone, ...(open?.entries ?? [])],
        past: open ? open.past : [...(known?.entries ?? []), ...(known?.past ?? [])],
      })
    }
    if (!claimsLost) return
    for (const [shard, all] of this.#claims) {
      const lost = all.at(-1)
      const again = all.at(-2)
      this.#claims.set(shard, all.slice(0, -1))
      this.#epochs.set(shard, again?.epoch ?? 0)
      if (again && lost && !again.released && again.owner !== lost.owner) this.#revived.add(shard)
    }
  }

  /** A process ended: what only it still had of lost entries is gone. */
  ended(process: string): void {
    for (const loss of this.#losses.values()) if (loss.holder === process) this.#excuse(loss)
  }

  restored(what: Restore, process: string): void {
    const { shard, entries } = what
    const loss = this.#losses.get(shard)
    const log = this.#log(shard)
    const epoch = Number.parseInt(what.token, 10)
    const given = new Map(entries.map((entry) => [entry.at, entry]))
    for (let at = log.length + 1; at <= what.tail; at++) {
      const entry = given.get(at)
      const old = [...(loss?.entries ?? []), ...(loss?.past ?? [])].find((booked) => booked.at === at)
      if (entry) this.#book(log, shard, at, entry, epoch, process)
      else if (old) this.#unrestored(log, old, loss?.entries.includes(old) !== true || loss.moved)
      else this.#violations.add('sound', `shard ${shard}: position ${at} was restored and never existed`)
    }
    if (loss && what.tail >= loss.tail) this.#losses.delete(shard)
  }

  /** Left out of a repair: right only where the documents have it. */
  #unrestored(log: Booked[], old: Booked, moved: boolean): void {
    log.push(old)
    if (!moved && !this.#isInDocuments(old)) {
      this.#violations.add('lost', `shard ${old.shard}: position ${old.at} is neither restored nor in the documents`)
    }
  }

  /** Seqs under which the journal ever took this message of the conversation. */
  seqsOf(tenant: string, cid: string, mid: string): readonly number[] {
    return this.#mids.get(`${keyOf(tenant, cid)}/${mid}`) ?? []
  }

  /** Whether the journal ever took this event of the conversation. */
  has(tenant: string, cid: string, event: DurableEvent): boolean {
    return this.#events.get(keyOf(tenant, cid))?.get(event.seq)?.has(eventKey(event)) ?? false
  }

  /** Losses that nobody has repaired or could not. */
  unrepaired(): readonly number[] {
    return [...this.#losses]
      .filter(([, { moved, entries }]) => !moved && this.#precious(entries).length > 0)
      .map(([shard]) => shard)
  }

  #excuse(loss: Loss): void {
    loss.moved = true
    for (const { tenant, cid } of this.#precious(loss.entries)) this.excused.add(keyOf(tenant, cid))
  }

  /** Those that only their owner's memory still has. */
  #precious(entries: readonly Booked[]): readonly Booked[] {
    return entries.filter((booked) => !this.#isInDocuments(booked))
  }

  #log(shard: number): Booked[] {
    let log = this.#logs.get(shard)
    if (!log) {
      log = []
      this.#logs.set(shard, log)
    }
    return log
  }

  #book(log: Booked[], shard: number, at: number, entry: JournalEntry, epoch: number, process: string): void {
    const { tenant, cid, n, timers } = entry
    const data = opened(entry.data as SealedEntry)
    log.push({ shard, at, tenant, cid, n, timers, data, epoch, process, atMs: this.#now() })
    let ofConversation = this.#events.get(keyOf(tenant, cid))
    if (!ofConversation) {
      ofConversation = new Map()
      this.#events.set(keyOf(tenant, cid), ofConversation)
    }
    if (data.mid !== undefined) {
      const key = `${keyOf(tenant, cid)}/${data.mid}`
      this.#mids.set(key, [...(this.#mids.get(key) ?? []), data.events[0]?.seq ?? 0])
    }
    for (const event of data.events) {
      const known = ofConversation.get(event.seq)
      if (known) known.add(eventKey(event))
      else ofConversation.set(event.seq, new Set([eventKey(event)]))
    }
  }
}

export const keyOf = (tenant: string, cid: string): string => `${tenant}/${cid}`

/** What makes two events the same, whatever carried them. */
export function eventKey(event: DurableEvent): string {
  return JSON.stringify(plainEvent(event))
}

/** The identity seal leaves JSON, as text or as bytes that may share a slab. */
export function opened({ sealed }: SealedEntry): EntryData {
  if (typeof sealed === 'string') return JSON.parse(sealed) as EntryData
  const { buffer, byteOffset, byteLength } = sealed as Uint8Array
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString()) as EntryData
}
