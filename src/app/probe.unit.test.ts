import { expect, test } from 'vitest'
import type { ConversationRouter, Delivery } from '../actors/port.ts'
import type { Clock } from '../kernel/clock.ts'
import { silentLog } from '../kernel/log.ts'
import { createProbe } from './probe.ts'

/** Answers every probe rightly, or not at all. */
function setup({ answers = true } = {}) {
  const seen = { conversations: new Set<string>(), forgotten: 0, timers: new Set<() => void>() }
  const clock: Clock = {
    now: () => 0,
    mono: () => 0,
    setTimer(_afterMs, run) {
      seen.timers.add(run)
      return () => void seen.timers.delete(run)
    },
  }
  const deliver = (_tenant: string, cid: string, _delivery: Delivery, reply: (answer: unknown) => void): void => {
    seen.conversations.add(cid)
    if (answers) reply({ events: [{ t: 'data.result', d: { outcome: 'success' } }] })
  }
  let ids = 0
  const probe = createProbe({
    router: { deliver } as { deliver(...args: never[]): void } as ConversationRouter,
    clock,
    newId: () => `id-${++ids}`,
    forget: async () => {
      seen.forgotten++
      seen.conversations.clear()
    },
    log: silentLog,
  })
  return { probe, seen }
}

test('a probe leaves no timer behind', async () => {
  const { probe, seen } = setup()
  expect(await probe()).toMatchObject({ ok: true })
  expect(seen.timers.size).toBe(0)
})

test('a turn that does not come is told at the deadline', async () => {
  const { probe, seen } = setup({ answers: false })
  const result = probe()
  for (const run of seen.timers) run()
  expect(await result).toMatchObject({ ok: false, error: 'deadline' })
})

test('what probes leave is forgotten again and again', async () => {
  const { probe, seen } = setup()
  for (let i = 0; i < 1000; i++) {
    await probe()
    expect(seen.conversations.size).toBeLessThanOrEqual(256)
  }
  expect(seen.forgotten).toBe(3)
})

test('who asks while a probe runs shares its answer', async () => {
  const { probe, seen } = setup()
  const [one, two] = await Promise.all([probe(), probe()])
  expect(one).toBe(two)
  expect(seen.conversations.size).toBe(1)
})
