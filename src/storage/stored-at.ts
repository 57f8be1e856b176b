import type { JournalEntry, StoredEntry } from './port.ts'

/**
 * An entry with its position. Two shapes only, so that what is packed later is packed alike; spelled out, since a spread of what the
 * decoder made costs several times as much, and a start has many of them.
 */
export function storedAt(at: number, { tenant, cid, n, timers, data }: JournalEntry): StoredEntry {
  return timers === undefined ? { at, tenant, cid, n, data } : { at, tenant, cid, n, timers, data }
}
