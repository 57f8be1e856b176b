import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Frame } from '../../src/protocol/frames.ts'
import { Violations } from '../sim/violations.ts'
import { History } from './history.ts'
import { StreamView } from './stream-view.ts'

let dir: string
let history: History
let violations: Violations
let view: StreamView

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parley-view-'))
  violations = new Violations(() => 0)
  history = new History(join(dir, 'clients.jsonl'), violations)
  view = new StreamView(history, 'acme', 'C1', 'ada')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(async () => {
  view.leave()
  vi.useRealTimers()
  await history.close()
  rmSync(dir, { recursive: true })
})

const event = (seq: number, body = `text ${seq}`): Frame => ({
  v: 1,
  t: 'msg.new',
  cid: 'C1',
  inc: 'I',
  seq,
  ts: seq,
  d: { body },
})
const told = (): string[] => violations.all.map(({ what }) => what)

test('events in order, own messages and repeats are a whole stream', () => {
  view.event(event(1))
  view.own(2)
  view.event(event(3))
  view.event(event(3))
  view.event(event(2))
  expect(view.last).toBe(3)
  expect(told()).toEqual([])
})

test('an event that came early waits for the one before it', () => {
  view.event(event(2))
  expect(view.last).toBe(0)
  view.event(event(1))
  expect(view.last).toBe(2)
  vi.advanceTimersByTime(10_000)
  expect(told()).toEqual([])
})

test('a hole that stays is a silent gap', () => {
  view.event(event(1))
  view.event(event(3))
  vi.advanceTimersByTime(10_000)
  expect(told()).toEqual([expect.stringContaining('silent gap: 3 came, and 2 did not')])
})

test('an event that comes again with another content is told', () => {
  view.event(event(1))
  view.event(event(1, 'something else'))
  expect(told()).toEqual([expect.stringContaining('another content')])
})

test('a gap, a replay that begins too late and another incarnation are told', () => {
  view.event(event(1))
  view.synced(1, true)
  view.synced(3, false)
  view.incarnation('J')
  expect(told()).toHaveLength(3)
})
