import { Packr } from 'msgpackr'
import type { JournalEntry, LiveTimer, StoredEntry, TimerChange } from '../port.ts'

/** Plain records: any process reads what any other wrote, whatever versions they are of. */
const packr = new Packr({ useRecords: false })
const SEPARATOR = '\0'

type Packed = readonly [tenant: string, cid: string, n: number, timers: readonly TimerChange[] | null, data: unknown]

export function packEntry({ tenant, cid, n, timers, data }: JournalEntry): Buffer {
  const packed: Packed = [tenant, cid, n, timers ?? null, data]
  return packr.pack(packed)
}

export function unpackEntry(at: number, bytes: Buffer): StoredEntry {
  const [tenant, cid, n, timers, data] = packr.unpack(bytes) as Packed
  return timers === null ? { at, tenant, cid, n, data } : { at, tenant, cid, n, timers, data }
}

/** Pairs of member and due time, as the scripts take them. */
export function timerArguments({ tenant, cid, timers = [] }: JournalEntry): string[] {
  return timers.flatMap(({ name, dueMs }) => [[tenant, cid, name].join(SEPARATOR), dueMs === null ? '' : String(dueMs)])
}

export function timerOf(shard: number, member: string, dueMs: string): LiveTimer {
  const [tenant = '', cid = '', name = ''] = member.split(SEPARATOR)
  return { shard, tenant, cid, name, dueMs: Number(dueMs) }
}
