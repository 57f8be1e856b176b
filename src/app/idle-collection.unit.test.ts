import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { collectWhenIdle, type Engine, thisEngine } from './idle-collection.ts'

const MIB = 1024 * 1024

class FakeEngine implements Engine {
  used = 50 * MIB
  busy = 0
  collections = 0

  usedBytes(): number {
    return this.used
  }

  utilization(): number {
    return this.busy
  }

  collect(): void {
    this.collections++
    this.used = 60 * MIB
  }
}

describe('a server that has become quiet', () => {
  it('collects once after a rush, never during it', async () => {
    const clock = new VirtualClock()
    const engine = new FakeEngine()
    collectWhenIdle(clock, noMetrics, engine)
    engine.used = 200 * MIB
    engine.busy = 0.5
    await clock.advance(60_000)
    expect(engine.collections).toBe(0)
    engine.busy = 0
    await clock.advance(60_000)
    expect(engine.collections).toBe(1)
  })

  it('counts the buffers outside of the heap too: a rush leaves its slabs there', () => {
    const engine = thisEngine()
    const before = engine.usedBytes()
    const slab = Buffer.allocUnsafeSlow(256 * MIB)
    expect(engine.usedBytes() - before).toBeGreaterThan(200 * MIB)
    expect(slab).toHaveLength(256 * MIB)
  })
})
