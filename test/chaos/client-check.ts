import type { DurableEvent } from '../../src/protocol/frames.ts'
import { canonical, folded, type StoredTurn } from '../sim/stored.ts'
import type { Violations } from '../sim/violations.ts'
import { type Committed, type CommittedData, entryOf } from './committed.ts'
import { contentKey, type History, OWN, type Send, type Stream } from './history.ts'

export interface Checked {
  conversations: number
  entries: number
  events: number
  streams: number
  ok: number
  failed: number
  unknown: number
  /** Unknown ones that took effect. */
  unknownDone: number
}

/** Compares, after everything has settled, what clients saw with what the documents hold. */
export function checkHistory(history: History, data: CommittedData): Checked {
  const { violations, sends, streams, opened } = history
  for (const fault of data.faults) violations.add('documents', fault)
  const checked: Checked = { conversations: 0, entries: 0, events: 0, streams: 0, ok: 0, failed: 0, unknown: 0, unknownDone: 0 }
  const sendsOf = Map.groupBy(sends, ({ tenant, cid }) => `${tenant}/${cid}`)
  const streamsOf = Map.groupBy(streams, ({ tenant, cid }) => `${tenant}/${cid}`)
  for (const [key, committed] of data.conversations) {
    const { events, mids } = readConversation(violations, committed, checked)
    for (const send of sendsOf.get(key) ?? []) checkSend(violations, send, mids, checked)
    checkOrder(violations, sendsOf.get(key) ?? [])
    for (const stream of streamsOf.get(key) ?? []) checkStream(violations, stream, events, checked)
    sendsOf.delete(key)
    streamsOf.delete(key)
  }
  const none = new Map<string, number[]>()
  for (const list of sendsOf.values()) for (const send of list) checkSend(violations, send, none, checked)
  for (const list of streamsOf.values()) for (const stream of list) checkStream(violations, stream, [], checked)
  for (const { tenant, cid } of opened) {
    if (!data.conversations.has(`${tenant}/${cid}`)) violations.add('lost', `${tenant}/${cid} was opened and is nowhere`)
  }
  return checked
}

/** The content keys of its events in order, and by message id the seqs under which it took effect. */
function readConversation(violations: Violations, committed: Committed, checked: Checked) {
  const { cid, tenant, snapshot } = committed
  const mids = new Map<string, number[]>()
  const events: number[] = []
  const turns = turnsOf(violations, committed)
  const answered = new Map<number, number>()
  checked.conversations++
  checked.entries += turns.length
  for (const [i, { n, data }] of turns.entries()) {
    if (n !== i + 1) violations.add('gapless', `${tenant}/${cid}: entry ${i + 1} of the documents is number ${n}`)
    if (data.mid !== undefined) mids.set(data.mid, [...(mids.get(data.mid) ?? []), data.events[0]?.seq ?? 0])
    for (const event of data.events) {
      if (event.seq !== events.length + 1) {
        violations.add('gapless', `${tenant}/${cid}: event ${event.seq} of entry ${n} follows ${events.length}`)
      }
      events.push(contentKey(event.t, event.ts, event.d))
      countAnswer(answered, event)
    }
  }
  checked.events += events.length
  for (const [turn, count] of answered) {
    if (count > 1) violations.add('once', `${tenant}/${cid}: turn ${turn} was answered ${count} times`)
  }
  if (snapshot === undefined) violations.add('documents', `${tenant}/${cid} has no snapshot`)
  else if (turns.length !== snapshot.n) {
    violations.add('documents', `${tenant}/${cid}: the snapshot is at entry ${snapshot.n}, the documents hold ${turns.length}`)
  } else if (canonical(folded(turns)) !== canonical(snapshot)) {
    violations.add('documents', `${tenant}/${cid}: the fold of ${turns.length} entries is not the stored snapshot`)
  }
  return { events, mids }
}

/** Stretches overlap where a flush was repeated with more: the same entry twice is one, two of one number are a violation. */
function turnsOf(violations: Violations, { tenant, cid, entries }: Committed): StoredTurn[] {
  const known = new Map<number, StoredTurn>()
  for (const entry of entries) {
    const turn = { n: entry.n, timers: entry.timers, data: entryOf(entry) }
    const other = known.get(entry.n)
    if (other !== undefined && canonical(other) !== canonical(turn)) {
      violations.add('documents', `${tenant}/${cid}: entry ${entry.n} is in the documents in two versions`)
    }
    known.set(entry.n, turn)
  }
  return [...known.values()].sort((a, b) => a.n - b.n)
}

function countAnswer(answered: Map<number, number>, event: DurableEvent): void {
  if (event.t !== 'msg.new' || event.d.from !== 'bot') return
  const { turn = 0 } = event.d
  if (turn > 0) answered.set(turn, (answered.get(turn) ?? 0) + 1)
}

function checkSend(violations: Violations, send: Send, mids: ReadonlyMap<string, readonly number[]>, checked: Checked): void {
  const { cid, mid, outcome, seq, client } = send
  const seqs = mids.get(mid) ?? []
  const where = seqs.length === 0 ? 'nowhere' : `as ${seqs.join(', ')}`
  if (seqs.length > 1) violations.add('once', `${client} ${cid}: ${mid} took effect ${seqs.length} times, ${where}`)
  if (outcome === undefined) violations.add('sound', `${client} ${cid}: ${mid} was neither settled nor given up`)
  if (outcome === 'ok') {
    checked.ok++
    if (!seqs.includes(seq as number))
      violations.add('lost', `${client} ${cid}: ${mid} was acknowledged as ${seq} and stands ${where}`)
  }
  if (outcome === 'fail') {
    checked.failed++
    if (seqs.length > 0) violations.add('failed', `${client} ${cid}: ${mid} was refused and stands ${where}`)
  }
  if (outcome === 'unknown') {
    checked.unknown++
    if (seqs.length > 0) checked.unknownDone++
  }
}

/** Linear: along the seqs, nothing may have ended before something earlier in the list began. */
function checkOrder(violations: Violations, sends: readonly Send[]): void {
  const list = sends.filter(({ outcome }) => outcome === 'ok').sort((a, b) => (a.seq as number) - (b.seq as number))
  let latest: Send | undefined
  for (const send of list) {
    if (latest && (send.endedMs as number) < latest.invokedMs) {
      violations.add('order', `${send.cid}: ${send.mid} (${send.seq}) had ended before ${latest.mid} (${latest.seq}) began`)
    }
    if (!latest || send.invokedMs > latest.invokedMs) latest = send
  }
}

function checkStream(
  violations: Violations,
  { cid, client, keys, live }: Stream,
  events: readonly number[],
  checked: Checked,
): void {
  checked.streams++
  const wrong = keys.findIndex((key, i) => (key !== OWN || events[i] === undefined) && key !== events[i])
  if (wrong >= 0) violations.add('resume', `${client} ${cid}: event ${wrong + 1} of the stream is not that of the documents`)
  else if (live && keys.length !== events.length) {
    violations.add('settled', `${client} ${cid}: follows it, and has ${keys.length} of ${events.length} events at the end`)
  }
}
