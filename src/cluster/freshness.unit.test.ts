import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { Freshness } from './freshness.ts'

describe('freshness', () => {
  let clock: VirtualClock
  let freshness: Freshness

  beforeEach(() => {
    clock = new VirtualClock()
    freshness = new Freshness(clock)
  })

  it('is nothing before anybody confirmed this node', () => {
    freshness.sent(1)
    expect(freshness.ageMs).toBe(Number.POSITIVE_INFINITY)
    expect(freshness.namedAgeMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('counts from when the heartbeat that a peer names was sent, not from when the answer came', async () => {
    freshness.sent(1)
    await clock.advance(300)
    freshness.named(1)
    expect(freshness.ageMs).toBe(300)
    expect(freshness.namedAgeMs).toBe(300)
  })

  it('grows no older by an answer to an earlier heartbeat that comes late', async () => {
    freshness.sent(1)
    await clock.advance(500)
    freshness.sent(2)
    freshness.named(2)
    freshness.named(1)
    expect(freshness.ageMs).toBe(0)
  })

  it('takes a heartbeat that was never sent for no answer', () => {
    freshness.sent(1)
    freshness.named(7)
    freshness.named(Number.NaN)
    freshness.named('1' as unknown as number)
    expect(freshness.ageMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('remembers the last heartbeats only: an answer to a very old one proves nothing', async () => {
    for (let n = 1; n <= 65; n++) freshness.sent(n)
    freshness.named(1)
    expect(freshness.ageMs).toBe(Number.POSITIVE_INFINITY)
    freshness.named(2)
    expect(freshness.ageMs).toBe(0)
  })

  it('needs both the broker and the journal where no peer answers, and is as old as the older of them', async () => {
    freshness.sent(1)
    freshness.echoed(1)
    expect(freshness.ageMs).toBe(Number.POSITIVE_INFINITY)
    freshness.verified(freshness.now())
    expect(freshness.ageMs).toBe(0)
    await clock.advance(400)
    freshness.sent(2)
    freshness.echoed(2)
    expect(freshness.ageMs).toBe(400)
    expect(freshness.namedAgeMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('believes the journal for the moment at which it was asked', async () => {
    const since = freshness.now()
    await clock.advance(700)
    freshness.sent(1)
    freshness.echoed(1)
    freshness.verified(since)
    expect(freshness.ageMs).toBe(700)
  })

  it('ages while the machine is suspended, though monotonic time stands still', () => {
    freshness.sent(1)
    freshness.named(1)
    clock.jump(5000)
    expect(freshness.ageMs).toBe(5000)
  })

  it('does not grow younger when the wall clock is set back', async () => {
    freshness.sent(1)
    freshness.named(1)
    await clock.advance(800)
    clock.jump(-3_600_000)
    expect(freshness.ageMs).toBe(800)
  })

  it('is itself again by the next answer after the wall clock was set', () => {
    clock.jump(3_600_000)
    freshness.sent(1)
    freshness.named(1)
    expect(freshness.ageMs).toBe(0)
  })

  it('counts nothing from before a reset, answers that are still on their way included', () => {
    freshness.sent(1)
    freshness.named(1)
    freshness.reset()
    freshness.named(1)
    freshness.echoed(1)
    expect(freshness.ageMs).toBe(Number.POSITIVE_INFINITY)
  })
})
