import type { AppendBatch, AppendResult, Claimed, Journal, JournalEntry, StoredEntry } from '../../src/storage/port.ts'

export function entry(cid: string, n: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return { tenant: 'demo', cid, n, data: { facts: [{ type: 'said', text: `${cid} ${n}` }], outputs: [], mid: `m${n}` }, ...more }
}

let batches = 0
export function batchOf(
  claim: Claimed,
  expectedTail: number,
  entries: readonly JournalEntry[],
  batchId = `b${++batches}`,
): AppendBatch {
  return { shard: claim.shard, token: claim.token, expectedTail, batchId, entries }
}

export async function claimOne(journal: Journal, shard: number, owner = 'me'): Promise<Claimed> {
  const [claim] = await journal.claim([shard], owner)
  if (claim === undefined) throw new Error('no claim')
  return claim
}

export async function appendOne(journal: Journal, batch: AppendBatch): Promise<AppendResult> {
  const [result] = await journal.append([batch])
  if (result === undefined) throw new Error('no result')
  return result
}

export const placeOf = (stored: StoredEntry): string => `${stored.at}:${stored.cid}:${stored.n}`
