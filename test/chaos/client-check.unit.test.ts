import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EntryData } from '../../src/actors/record.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import { folded, type StoredTurn } from '../sim/stored.ts'
import { Violations } from '../sim/violations.ts'
import { checkHistory } from './client-check.ts'
import type { Committed, CommittedData } from './committed.ts'
import { contentKey, History, OWN, type Send } from './history.ts'

const CID = 'C1'
let dir: string
let history: History
let violations: Violations

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-check-'))
  violations = new Violations(() => 0)
  history = new History(join(dir, 'clients.jsonl'), violations)
})

afterEach(async () => {
  await history.close()
  rmSync(dir, { recursive: true })
})

const said = (seq: number, from: 'user' | 'bot', mid: string, turn: number): DurableEvent =>
  ({ seq, ts: 1_000 + seq, t: 'msg.new', d: { mid, from, kind: 'text', body: mid, turn } }) as DurableEvent

function entry(n: number, events: readonly DurableEvent[], mid?: string): StoredTurn {
  const data = { kind: mid === undefined ? 'open' : 'send', at: n, engine: 1, who: 'ada', facts: [], events }
  const opening = { inc: 'I', owner: 'ada', template: 't', version: 1, locale: 'en', tz: 'UTC', channel: 'chat' }
  const full = mid === undefined ? { ...data, opening } : { ...data, mid, hash: 1 }
  return { n, timers: undefined, data: full as unknown as EntryData }
}

/** The opening, and two turns of two events each. */
const TURNS = [
  entry(1, [said(1, 'bot', 'b1', 0)]),
  entry(2, [said(2, 'user', 'm1', 1), said(3, 'bot', 'b3', 1)], 'm1'),
  entry(3, [said(4, 'user', 'm2', 2), said(5, 'bot', 'b5', 2)], 'm2'),
]
const KEYS = TURNS.flatMap(({ data }) => data.events.map(({ t, ts, d }) => contentKey(t, ts, d)))

function stored(turns: readonly StoredTurn[], snapshotOf = turns): CommittedData {
  const entries = turns.map(({ n, data, timers }) => ({
    n,
    timers,
    sealed: { subject: 'ada', seq: data.events[0]?.seq ?? 0, sealed: JSON.stringify(data) },
  }))
  const committed: Committed = { tenant: 'acme', cid: CID, snapshot: folded(snapshotOf), entries }
  return { conversations: new Map([[`acme/${CID}`, committed]]), faults: [] }
}

function send(mid: string, outcome: Send['outcome'], seq: number | undefined, invokedMs: number, endedMs = invokedMs + 1): void {
  history.sends.push({
    tenant: 'acme',
    cid: CID,
    shard: 0,
    client: 'ada',
    mid,
    invokedMs,
    attempts: 1,
    endedMs,
    outcome,
    seq,
    firstNode: 0,
  })
}

function stream(keys: number[], live = false): void {
  history.streams.push({ tenant: 'acme', cid: CID, client: 'ada', keys, live })
}

const rules = (): string[] => violations.all.map(({ rule }) => rule)

test('a history that fits the documents violates nothing', () => {
  send('m1', 'ok', 2, 10)
  send('m2', 'unknown', undefined, 20)
  send('m3', 'fail', undefined, 30)
  send('m4', 'unknown', undefined, 40)
  stream([KEYS[0] as number, OWN, ...KEYS.slice(2)], true)
  stream(KEYS.slice(0, 2))
  const checked = checkHistory(history, stored(TURNS))
  expect(violations.all).toEqual([])
  expect(checked).toMatchObject({ ok: 1, failed: 1, unknown: 2, unknownDone: 1, events: 5, entries: 3 })
})

test('an acknowledged turn that is nowhere is lost', () => {
  send('m9', 'ok', 6, 10)
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['lost'])
})

test('an acknowledged turn that stands at another seq is lost', () => {
  send('m1', 'ok', 4, 10)
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['lost'])
})

test('a message that took effect twice is told', () => {
  const twice = [...TURNS, entry(4, [said(6, 'user', 'm1', 3), said(7, 'bot', 'b7', 3)], 'm1')]
  send('m1', 'ok', 2, 10)
  checkHistory(history, stored(twice))
  expect(rules()).toEqual(['once'])
})

test('a turn that was answered twice is told', () => {
  const twice = [...TURNS.slice(0, 2), entry(3, [said(4, 'bot', 'b4', 1)], 'm2')]
  checkHistory(history, stored(twice))
  expect(rules()).toEqual(['once'])
})

test('a refused message that stands there is told', () => {
  send('m2', 'fail', undefined, 10)
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['failed'])
})

test('a turn that stands before one that had ended when it began is told', () => {
  send('m1', 'ok', 2, 100)
  send('m2', 'ok', 4, 10)
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['order'])
})

test('a missing entry is a hole', () => {
  checkHistory(history, stored([TURNS[0] as StoredTurn, TURNS[2] as StoredTurn], TURNS))
  expect(new Set(rules())).toEqual(new Set(['gapless', 'documents']))
})

test('a snapshot that is not the fold of the entries is told', () => {
  checkHistory(history, stored(TURNS, TURNS.slice(0, 2)))
  expect(rules()).toEqual(['documents'])
})

test('a stream with other content than the documents is told', () => {
  stream([KEYS[0] as number, 1])
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['resume'])
})

test('a stream that knows of more than the documents is told', () => {
  stream([...KEYS, OWN])
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['resume'])
})

test('who follows a conversation has all of it at the end', () => {
  stream(KEYS.slice(0, 3), true)
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['settled'])
})

test('a conversation that was opened and is nowhere is lost', () => {
  history.opened.push({ tenant: 'acme', cid: 'C2', user: 'ada', template: 't', openedMs: 0, silent: false })
  checkHistory(history, stored(TURNS))
  expect(rules()).toEqual(['lost'])
})
