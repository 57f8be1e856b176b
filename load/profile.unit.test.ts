import { describe, expect, test } from 'vitest'
import { type CpuProfile, printable, summarize } from './profile.ts'

const project = new URL('../', import.meta.url).href
const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber })

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 7] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('handle', `${project}src/actors/mailbox.ts`, 9), children: [4, 5] },
    { id: 4, callFrame: frame('handle', `${project}src/actors/mailbox.ts`, 9), children: [6] },
    { id: 5, callFrame: frame('send', `${project}node_modules/ws/lib/sender.js`, 4) },
    { id: 6, callFrame: frame('writev') },
    { id: 7, callFrame: frame('(garbage collector)') },
  ],
  samples: [2, 3, 4, 5, 6, 7],
  timeDeltas: [5000, 1000, 1000, 2000, 4000, 2000],
}

describe('summarize', () => {
  const summary = summarize(profile)
  const cost = (name: string) => summary.functions.find((each) => each.name === name)
  const origin = (name: string) => summary.origins.find((each) => each.name === name)

  test('leaves idleness out of what was busy', () => {
    expect(summary).toMatchObject({ busyMs: 10, idleMs: 5 })
  })

  test('adds up self time, and total time with recursion counted once', () => {
    expect(cost('handle src/actors/mailbox.ts:10')).toMatchObject({ selfMs: 2, totalMs: 8 })
    expect(cost('writev')).toMatchObject({ selfMs: 4, totalMs: 4 })
  })

  test('tells the origins apart', () => {
    expect(origin('src/actors')?.selfMs).toBe(2)
    expect(origin('ws')?.selfMs).toBe(2)
    expect(origin('native and kernel')?.selfMs).toBe(4)
    expect(origin('garbage collection')?.selfMs).toBe(2)
  })

  test('puts the largest cost first and prints shares of the busy time', () => {
    expect(summary.functions[0]?.name).toBe('writev')
    expect(printable(summary)).toContain(' 40.0 %   40.0 %  writev')
  })
})
