import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { watchIsolation } from './isolation.ts'

describe('watching for isolation', () => {
  it('tells once when nobody confirmed the node for a second and a half, and once when somebody does again', async () => {
    const clock = new VirtualClock()
    let confirmed = true
    const told: boolean[] = []
    const stop = watchIsolation(
      clock,
      () => confirmed,
      (isolated) => told.push(isolated),
    )
    await clock.advance(5000)
    confirmed = false
    await clock.advance(1400)
    expect(told).toEqual([])
    await clock.advance(5000)
    expect(told).toEqual([true])
    confirmed = true
    await clock.advance(5000)
    expect(told).toEqual([true, false])
    stop()
    confirmed = false
    await clock.advance(5000)
    expect(told).toEqual([true, false])
  })

  it('takes a blink for nothing', async () => {
    const clock = new VirtualClock()
    let confirmed = false
    const told: boolean[] = []
    watchIsolation(
      clock,
      () => confirmed,
      (isolated) => told.push(isolated),
    )
    for (let i = 0; i < 10; i++) {
      await clock.advance(1200)
      confirmed = true
      await clock.advance(300)
      confirmed = false
    }
    expect(told).toEqual([])
  })
})
