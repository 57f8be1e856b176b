import type { SendRecord } from './client-history.ts'
import { keyOf, type Ledger } from './ledger.ts'
import { canonical, folded, type StoredConversation, type StoredTurn, turnKey } from './stored.ts'
import type { Violations } from './violations.ts'
import type { World } from './world.ts'

/** Compares, after everything has settled, what clients saw, what the journal took and what the documents hold. */
export function checkHistory(world: World, stored: readonly StoredConversation[]): void {
  const { violations, ledger, history } = world
  const byKey = new Map(stored.map((one) => [keyOf(one.tenant, one.cid), one]))
  for (const conversation of stored) {
    checkSequence(violations, conversation)
    checkTimers(violations, conversation)
    checkFold(violations, ledger, conversation)
    checkJournaled(violations, ledger, conversation)
  }
  checkLogged(violations, ledger, byKey)
  const executed = executedMids(stored)
  for (const send of history.sends) checkSend(violations, ledger, executed, send)
  checkOrder(violations, history.sends)
  for (const stream of history.streams) {
    const { tenant, cid, client, from, keys } = stream
    const key = keyOf(tenant, cid)
    const events = byKey.get(key)?.events
    const wrong = keys.findIndex((one, i) => events?.get(from + i) !== one)
    if (wrong >= 0 && !ledger.excused.has(key)) {
      violations.add('resume', `${client} got ${cid} ${from + wrong} unlike the final history: ${keys[wrong]?.slice(0, 160)}`)
    }
  }
}

/** The id that a client meant: a planted fault gives every attempt one of its own. */
const meant = (mid: string): string => mid.split('.', 1)[0] as string

/** By conversation and meant id: the seqs under which it took effect. */
function executedMids(stored: readonly StoredConversation[]): Map<string, number[]> {
  const executed = new Map<string, number[]>()
  for (const { tenant, cid, turns } of stored) {
    for (const { data } of turns) {
      if (data.mid === undefined) continue
      const key = `${keyOf(tenant, cid)}/${meant(data.mid)}`
      executed.set(key, [...(executed.get(key) ?? []), data.events[0]?.seq ?? 0])
    }
  }
  return executed
}

function checkSend(
  violations: Violations,
  ledger: Ledger,
  executed: ReadonlyMap<string, readonly number[]>,
  send: SendRecord,
): void {
  const { tenant, cid, mid, outcome, seq } = send
  const seqs = executed.get(`${keyOf(tenant, cid)}/${mid}`) ?? []
  const excused = ledger.excused.has(keyOf(tenant, cid))
  if (seqs.length > 1) violations.add('once', `${mid} took effect ${seqs.length} times in ${cid}, as ${seqs.join(', ')}`)
  if (outcome === undefined) violations.add('sound', `${mid} was neither settled nor given up`)
  if (outcome === 'fail' && seqs.length > 0) violations.add('failed', `${mid} was refused and stands in ${cid} as ${seqs[0]}`)
  if (outcome === 'ok' && !excused && !seqs.includes(seq as number)) {
    violations.add(
      'lost',
      `${mid} was acknowledged as ${cid} ${seq} and stands ${seqs.length === 0 ? 'nowhere' : `as ${seqs.join(', ')}`}`,
    )
  }
}

/** Linear: along the seqs, nothing may have ended before something earlier in the list began. */
function checkOrder(violations: Violations, sends: readonly SendRecord[]): void {
  const byConversation = new Map<string, SendRecord[]>()
  for (const send of sends) {
    if (send.outcome !== 'ok') continue
    const key = keyOf(send.tenant, send.cid)
    const list = byConversation.get(key)
    if (list) list.push(send)
    else byConversation.set(key, [send])
  }
  for (const list of byConversation.values()) {
    list.sort((a, b) => (a.seq as number) - (b.seq as number))
    let latest: SendRecord | undefined
    for (const send of list) {
      if (latest && (send.endedMs as number) < latest.invokedMs) {
        violations.add('order', `${send.cid}: ${send.mid} (${send.seq}) had ended before ${latest.mid} (${latest.seq}) began`)
      }
      if (!latest || send.invokedMs > latest.invokedMs) latest = send
    }
  }
}

function checkSequence(violations: Violations, { cid, turns }: StoredConversation): void {
  let seq = 0
  for (const [i, { n, data }] of turns.entries()) {
    if (n !== i + 1) {
      violations.add('gapless', `${cid}: entry ${i + 1} of the documents is number ${n}`)
      return
    }
    for (const event of data.events) {
      if (event.seq !== seq + 1) {
        violations.add('gapless', `${cid}: event ${event.seq} of entry ${n} follows ${seq}`)
        return
      }
      seq = event.seq
    }
  }
}

/** By the wall clock of the node that let it fire: never before it was due, and only while it was set. */
function checkTimers(violations: Violations, { cid, turns }: StoredConversation): void {
  const live = new Map<string, number>()
  for (const { n, data, timers } of turns) {
    if (data.kind === 'timer') {
      const name = timerOf(data, timers)
      const dueMs = live.get(name)
      if (dueMs === undefined) violations.add('timers', `${cid}: "${name}" fired as entry ${n} and was not set`)
      else if (data.at < dueMs) violations.add('timers', `${cid}: "${name}" fired ${dueMs - data.at} ms early as entry ${n}`)
    }
    for (const { name, dueMs } of timers ?? []) {
      if (dueMs === null) live.delete(name)
      else live.set(name, dueMs)
    }
  }
}

function timerOf(data: StoredTurn['data'], timers: StoredTurn['timers']): string {
  const isIdle = data.input?.type === 'closed' || timers?.some(({ name, dueMs }) => name === 'idle' && dueMs !== null)
  return isIdle ? 'idle' : 'noInput'
}

function checkFold(violations: Violations, ledger: Ledger, { tenant, cid, turns, snapshot }: StoredConversation): void {
  if (ledger.excused.has(keyOf(tenant, cid))) return
  if (turns.length !== snapshot.n) {
    violations.add('documents', `${cid}: the snapshot is at entry ${snapshot.n}, the documents hold ${turns.length}`)
    return
  }
  if (canonical(folded(turns)) !== canonical(snapshot)) {
    violations.add('documents', `${cid}: the fold of ${turns.length} entries is not the stored snapshot`)
  }
}

/** What is in the documents was in the journal. */
function checkJournaled(violations: Violations, ledger: Ledger, { tenant, cid, turns }: StoredConversation): void {
  for (const { n, data } of turns) {
    if (data.events.every((event) => ledger.has(tenant, cid, event))) continue
    violations.add('documents', `${cid}: entry ${n} is in the documents and never was in the journal`)
  }
}

/** What is in the journal's log, trimmed or not, is in the documents, the same. */
function checkLogged(violations: Violations, ledger: Ledger, byKey: ReadonlyMap<string, StoredConversation>): void {
  for (const [key, log] of ledger.conversations()) {
    if (ledger.excused.has(key)) continue
    const conversation = byKey.get(key)
    const turns = new Map(conversation?.turns.map((turn) => [turn.n, turnKey(turn)]))
    for (const booked of log) {
      const { n, cid, shard, at } = booked
      if (turns.get(n) === turnKey(booked)) continue
      const how = turns.has(n) ? 'differs in' : 'is missing in'
      violations.add(
        'documents',
        `${cid}: entry ${n} (shard ${shard}, position ${at}, by ${booked.process}) ${how} the documents`,
      )
    }
  }
}
