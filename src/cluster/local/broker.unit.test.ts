import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/fixtures/manual-clock.ts'
import { LocalBroker } from './broker.ts'

describe('the broker within the process', () => {
  it('delivers only in the rounds that the scheduler runs, what a handler publishes in the next', () => {
    const rounds: (() => void)[] = []
    const broker = new LocalBroker({ schedule: (run) => rounds.push(run), clock: new ManualClock() })
    const bus = broker.connect()
    const heard: string[] = []
    bus.subscribe('a', () => {
      heard.push('a')
      bus.publish('b', new Uint8Array(1))
    })
    bus.subscribe('b', () => heard.push('b'))
    bus.publish('a', new Uint8Array(1))
    expect(rounds.length).toBe(1)
    rounds.shift()?.()
    expect(heard).toEqual(['a'])
    rounds.shift()?.()
    expect(heard).toEqual(['a', 'b'])
    expect(rounds).toEqual([])
  })

  it('times requests by its clock, and leaves no timer behind', async () => {
    const clock = new ManualClock()
    const broker = new LocalBroker({ clock })
    const bus = broker.connect()
    bus.subscribe('silent', () => undefined)
    const asked = bus.request('silent', new Uint8Array(0), { timeoutMs: 100 })
    await bus.flush()
    clock.advance(99)
    expect(clock.timerCount).toBe(1)
    clock.advance(1)
    await expect(asked).rejects.toMatchObject({ fault: 'timeout' })
    bus.subscribe('echo', (message) => void bus.publish(message.reply ?? '', message.data))
    await bus.request('echo', new Uint8Array(0), { timeoutMs: 100 })
    await expect(bus.request('nobody', new Uint8Array(0), { timeoutMs: 100 })).rejects.toMatchObject({ fault: 'no_responders' })
    expect(clock.timerCount).toBe(0)
  })

  it('takes nothing more of a connection whose undelivered bytes are too many, and takes again once they are delivered', async () => {
    const broker = new LocalBroker({ pendingBytesMax: 10_000 })
    const bus = broker.connect()
    const other = broker.connect()
    let heard = 0
    bus.subscribe('x', () => heard++)
    let taken = 0
    while (bus.publish('x', new Uint8Array(1000))) taken++
    expect(taken).toBe(8)
    expect(other.publish('x', new Uint8Array(1000))).toBe(true)
    await bus.flush()
    expect(heard).toBe(9)
    expect(bus.publish('x', new Uint8Array(1000))).toBe(true)
  })

  it('settles flushes, drains and closes when it stops', async () => {
    const broker = new LocalBroker({ schedule: () => undefined })
    const [a, b] = [broker.connect(), broker.connect()]
    const flushed = a.flush().catch((err) => err.fault)
    const drained = a.subscribe('x', () => undefined).drain()
    const closed = b.close()
    broker.stop()
    expect(await flushed).toBe('closed')
    await drained
    await closed
    await a.close()
  })
})
