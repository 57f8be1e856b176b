import { TextSlab } from '../kernel/text-slab.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import { eventText } from '../protocol/recorded-event.ts'
import type { DocumentWrite, JournalEntry, Projection, Seal, StoredDocument, StoredEntry } from '../storage/port.ts'

import { applyEntry, type EntryData, type EntryHead, type Seen, type Snapshot, storedSnapshot } from './record.ts'

/** What a journal entry carries: the sealed content, and beside it what is needed without opening it. */
export interface SealedEntry {
  /** Whose data it is: the key of the seal. */
  readonly subject: string
  /** `seq` of its first durable event, or of the next one to come. */
  readonly seq: number
  /** The sealed JSON of its `EntryData`: encoded once, the same bytes go into the journal and the documents. */
  readonly sealed: unknown
  /** Message id that left the dedup window with this entry; what is known of it is sealed. */
  readonly evicted?: string
}

/** A sealed document: a snapshot, or what is known of an old message id. */
interface SealedSnapshot {
  readonly subject: string
  readonly sealed: unknown
}

/** A stretch of a conversation's entries, as the collection `turns` keeps it. */
export interface TurnsDocument {
  readonly entries: readonly { readonly n: number; readonly data: SealedEntry; readonly timers?: JournalEntry['timers'] }[]
}

/**
 * `turns` documents are ordered by the first seq they hold, then by their last entry's number, so that history is a range of keys. A
 * stretch is written once and never replaced: what two owners wrote of the same entries stands beside each other, and readers merge.
 */
const ENTRIES_PER_SEQ = 65_536
export const turnsKey = (seq: number, n: number): number => seq * ENTRIES_PER_SEQ + (n % ENTRIES_PER_SEQ)
export const midKey = (cid: string, mid: string): string => `${cid}.${mid}`

/** JSON of the entry; the events' bodies are text already. */
function entryText(data: EntryHead, events: readonly DurableEvent[]): string {
  const rest = JSON.stringify(data)
  if (events.length === 0) return `${rest.slice(0, -1)},"events":[]}`
  let list = eventText(events[0] as DurableEvent)
  for (let i = 1; i < events.length; i++) list += `,${eventText(events[i] as DurableEvent)}`
  return `${rest.slice(0, -1)},"events":[${list}]}`
}

/** Entries cut where a number is missing: those are in the documents already. */
function stretchesOf(entries: readonly StoredEntry[]): StoredEntry[][] {
  const stretches: StoredEntry[][] = []
  for (const entry of entries) {
    const current = stretches.at(-1)
    if (current && current.at(-1)?.n === entry.n - 1) current.push(entry)
    else stretches.push([entry])
  }
  return stretches
}

function turnsWrite(cid: string, entries: readonly StoredEntry[]): DocumentWrite {
  const doc: TurnsDocument = {
    entries: entries.map(({ n, data, timers }) =>
      timers ? { n, data: data as SealedEntry, timers } : { n, data: data as SealedEntry },
    ),
  }
  const first = entries[0] as StoredEntry
  const last = entries.at(-1) as StoredEntry
  const { seq } = first.data as SealedEntry
  return { collection: 'turns', id: cid, n: turnsKey(seq, last.n), doc, rev: last.n }
}

/** How conversations look in the documents, and how they come back. The write-behind's only knowledge of them. */
export class ConversationProjection implements Projection {
  readonly #seal: Seal
  readonly #slab = new TextSlab()

  constructor(seal: Seal) {
    this.#seal = seal
  }

  /** `seq` is the conversation's before this entry. */
  sealEntry(tenant: string, subject: string, seq: number, data: EntryHead, events: readonly DurableEvent[]): SealedEntry {
    const sealed = this.#bytes(this.#seal.seal(tenant, subject, entryText(data, events)))
    const entry = { subject, seq: seq + 1, sealed }
    return data.evicted === undefined ? entry : { ...entry, evicted: data.evicted[0] }
  }

  openEntry(tenant: string, entry: SealedEntry): EntryData {
    return this.#open(tenant, entry) as EntryData
  }

  openSnapshot(tenant: string, document: StoredDocument): Snapshot {
    return this.#open(tenant, document.doc as SealedSnapshot) as Snapshot
  }

  openSeen(tenant: string, document: StoredDocument): Seen {
    return this.#open(tenant, document.doc as SealedSnapshot) as Seen
  }

  writes(tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[] {
    const state = snapshot as Snapshot
    if (entries.length === 0) return []
    const writes: DocumentWrite[] = stretchesOf(entries).map((stretch) => turnsWrite(cid, stretch))
    writes.push({ collection: 'conversations', id: cid, n: 0, doc: this.#sealSnapshot(tenant, state), rev: state.n })
    for (const { data } of entries) {
      const { evicted, subject } = data as SealedEntry
      if (evicted === undefined) continue
      const seen = this.openEntry(tenant, data as SealedEntry).evicted
      const sealed = this.#seal.seal(tenant, subject, JSON.stringify(seen))
      writes.push({ collection: 'mids', id: midKey(cid, evicted), n: 0, doc: { subject, sealed } })
    }
    return writes
  }

  fold(tenant: string, cid: string, base: StoredDocument | undefined, entries: readonly StoredEntry[]): Snapshot {
    let snapshot = base && this.openSnapshot(tenant, base)
    for (const entry of entries) {
      if (snapshot && entry.n <= snapshot.n) continue
      const data = this.openEntry(tenant, entry.data as SealedEntry)
      snapshot = applyEntry(snapshot, entry.n, data, data.events, entry.timers)
    }
    if (!snapshot) throw new Error(`conversation ${tenant}/${cid}: nothing to fold`)
    return snapshot
  }

  apart(data: unknown): unknown {
    const entry = data as SealedEntry
    const { sealed } = entry
    if (!(sealed instanceof Uint8Array) || sealed.byteLength === sealed.buffer.byteLength) return data
    const own = Buffer.allocUnsafeSlow(sealed.byteLength)
    own.set(sealed)
    return { ...entry, sealed: own }
  }

  /** What the seal left a text is kept as bytes: see `TextSlab`. */
  #bytes(sealed: unknown): unknown {
    return typeof sealed === 'string' ? this.#slab.put(sealed) : sealed
  }

  /** Stored as bytes, and by older versions as text. */
  #open(tenant: string, { subject, sealed }: SealedSnapshot): unknown {
    const opened = this.#seal.open(tenant, subject, sealed)
    if (typeof opened === 'string') return JSON.parse(opened)
    const { buffer, byteOffset, byteLength } = opened as Uint8Array
    return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString())
  }

  #sealSnapshot(tenant: string, snapshot: Snapshot): SealedSnapshot {
    const { owner: subject } = snapshot
    return { subject, sealed: this.#bytes(this.#seal.seal(tenant, subject, JSON.stringify(storedSnapshot(snapshot)))) }
  }
}
