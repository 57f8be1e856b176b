import { describe, expect, it } from 'vitest'
import type { AppendBatch, JournalEntry } from '../port.ts'
import { CALL_BYTES_MAX, restoreCalls, wavesOf } from './append-calls.ts'
import { keysOf, type ShardKeys } from './keys.ts'

const keys = keysOf('t:')
const entry = (bytes: number): JournalEntry => ({ tenant: 'demo', cid: 'c', n: 1, data: 'x'.repeat(bytes) })
const batch = (shard: number, expectedTail: number, bytes: number): AppendBatch => ({
  shard,
  token: `token ${shard}`,
  expectedTail,
  batchId: `b${expectedTail}`,
  entries: [entry(bytes)],
})
const never = (): never => {
  throw new Error('nothing is too large')
}

describe('an append call', () => {
  it('is one script call for each tag it touches, all at once', () => {
    const waves = wavesOf(keys, [batch(0, 0, 10), batch(16, 0, 10), batch(15, 0, 10), batch(0, 1, 10)], never)
    expect(waves.map((wave) => wave.map(({ tag, places }) => [tag, places]))).toEqual([
      [
        [0, [0, 2, 3]],
        [1, [1]],
      ],
    ])
    const [first] = waves[0] ?? []
    expect(first?.call.keys).toEqual([0, 15, 0].flatMap((shard) => [keys[shard]?.meta, keys[shard]?.log, keys[shard]?.timers]))
    expect(first?.call.args.slice(0, 5)).toEqual(['token 0', '0', 'b0', '1', '0'])
  })

  it('goes in several, one after the other, where one would hold its server up', () => {
    const half = CALL_BYTES_MAX / 2
    const waves = wavesOf(keys, [batch(0, 0, half), batch(1, 0, half), batch(2, 0, 3 * half), batch(100, 0, half)], never)
    expect(waves.map((wave) => wave.map(({ places }) => places))).toEqual([[[0], [3]], [[1]], [[2]]])
  })
})

describe('a restore', () => {
  it('raises the tail call by call, to the end only with the last', () => {
    const entries = [1, 2, 4].map((at) => ({ at, ...entry(CALL_BYTES_MAX * 0.6) }))
    const calls = restoreCalls(keys[0] as ShardKeys, { shard: 0, token: 't', tail: 9, entries })
    expect(calls.map(({ call }) => call.args.slice(0, 4))).toEqual([
      ['t', '1', '1', '1'],
      ['t', '2', '1', '2'],
      ['t', '9', '1', '4'],
    ])
  })

  it('of nothing only raises the tail', () => {
    const calls = restoreCalls(keys[0] as ShardKeys, { shard: 0, token: 't', tail: 9, entries: [] })
    expect(calls.map(({ call }) => call.args)).toEqual([['t', '9', '0']])
  })
})
