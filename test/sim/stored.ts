import { ConversationProjection, type SealedEntry, type TurnsDocument } from '../../src/actors/projection.ts'
import { applyEntry, type EntryData, type Snapshot, storedSnapshot } from '../../src/actors/record.ts'
import { plainEvent } from '../../src/protocol/recorded-event.ts'
import { type Documents, identitySeal, type JournalEntry } from '../../src/storage/port.ts'
import { eventKey, opened } from './ledger.ts'

export interface StoredTurn {
  readonly n: number
  readonly timers: JournalEntry['timers']
  readonly data: EntryData
}

/** A conversation as the documents have it. */
export interface StoredConversation {
  readonly tenant: string
  readonly cid: string
  readonly snapshot: Snapshot
  /** By number; two of one number only where something is wrong. */
  readonly turns: readonly StoredTurn[]
  /** `eventKey` by seq. */
  readonly events: ReadonlyMap<number, string>
}

const projection = new ConversationProjection(identitySeal)
const PAGE = 1000

/** Everything that the documents hold, read past all faults. */
export async function readStored(documents: Documents): Promise<StoredConversation[]> {
  const found: StoredConversation[] = []
  for (const tenant of await documents.tenants()) {
    let afterId = ''
    for (;;) {
      const page = await documents.page(tenant, { collection: 'conversations', afterId, limit: PAGE })
      for (const stored of page) {
        const turns = await readTurns(documents, tenant, stored.id)
        const events = new Map(turns.flatMap(({ data }) => data.events.map((event) => [event.seq, eventKey(event)] as const)))
        found.push({ tenant, cid: stored.id, snapshot: projection.openSnapshot(tenant, stored), turns, events })
      }
      if (page.length < PAGE) break
      afterId = page.at(-1)?.id ?? ''
    }
  }
  return found
}

/** Stretches overlap where a flush was repeated with more: the same entry twice is one. */
async function readTurns(documents: Documents, tenant: string, cid: string): Promise<StoredTurn[]> {
  const known = new Set<string>()
  const turns: StoredTurn[] = []
  let fromN = 0
  for (;;) {
    const page = await documents.page(tenant, { collection: 'turns', id: cid, fromN, limit: PAGE })
    for (const { doc } of page) {
      for (const { n, data, timers } of (doc as TurnsDocument).entries) {
        const turn = { n, timers, data: opened(data as SealedEntry) }
        const key = `${n} ${turnKey(turn)}`
        if (!known.has(key)) turns.push(turn)
        known.add(key)
      }
    }
    if (page.length < PAGE) break
    fromN = (page.at(-1)?.n ?? 0) + 1
  }
  return turns.sort((a, b) => a.n - b.n)
}

/** What makes two recordings of an entry the same. */
export function turnKey({ data, timers }: { readonly data: EntryData; readonly timers: JournalEntry['timers'] }): string {
  return canonical({ ...data, events: data.events.map(plainEvent), timers: timers ?? [] })
}

/** The fold of the entries, as it would be stored. */
export function folded(turns: readonly StoredTurn[]): Snapshot {
  let snapshot: Snapshot | undefined
  for (const { n, data, timers } of turns) snapshot = applyEntry(snapshot, n, data, data.events, timers)
  if (!snapshot) throw new Error('nothing to fold')
  return storedSnapshot(snapshot)
}

/** JSON with sorted keys and without what is undefined. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
