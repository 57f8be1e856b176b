import { expect, test } from 'vitest'
import type { BusMessage } from '../../src/cluster/port.ts'
import { Broker } from './broker.ts'
import { SimBus } from './bus.ts'
import { EventHeap, type Planned } from './event-heap.ts'
import { Machine, SimProcess } from './process.ts'
import { SeededRandom } from './random.ts'
import { Simulation } from './simulation.ts'
import { matches } from './subjects.ts'
import { Weather } from './weather.ts'

function fresh(): { sim: Simulation; faults: unknown[]; node: (name: string, drift?: number) => SimProcess } {
  const faults: unknown[] = []
  const sim = new Simulation(new SeededRandom(1), (_process, error) => faults.push(error))
  const node = (name: string, drift = 0): SimProcess => new SimProcess(sim, new Machine(name, 1_000_000, drift), `${name}-1`)
  return { sim, faults, node }
}

test('numbers of one seed and label are the same, of another label others', () => {
  const draw = (label: string): number[] => {
    const random = new SeededRandom(5).fork(label)
    return Array.from({ length: 5 }, () => random.word())
  }
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
})

test('numbers are spread evenly', () => {
  const random = new SeededRandom(3)
  const counts = new Array<number>(10).fill(0)
  for (let i = 0; i < 10_000; i++) counts[random.below(10)] = (counts[random.below(10)] ?? 0) + 1
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200)
})

test('events come by time, then tie, then order', () => {
  const heap = new EventHeap<Planned>()
  const random = new SeededRandom(9)
  for (let order = 0; order < 500; order++) {
    heap.push({ atMs: random.below(20), tie: random.below(5), order, cancelled: false })
  }
  const popped = Array.from({ length: 500 }, () => heap.pop() as Planned)
  const sorted = [...popped].sort((a, b) => a.atMs - b.atMs || a.tie - b.tie || a.order - b.order)
  expect(popped).toEqual(sorted)
  expect(heap.pop()).toBeUndefined()
})

test('everything that an event settles or puts off to the loop’s next round runs before the next event', async () => {
  const { sim } = fresh()
  const seen: string[] = []
  sim.plan(1, undefined, 'world', () => {
    setImmediate(() => {
      seen.push('immediate')
      void Promise.resolve().then(() => setImmediate(() => seen.push('its immediate')))
    })
    void Promise.resolve().then(() => seen.push('promise'))
  })
  sim.plan(1.001, undefined, 'world', () => seen.push('next event'))
  await sim.run(10)
  expect(seen).toEqual(['promise', 'immediate', 'its immediate', 'next event'])
})

test('what was planned for a process that was killed never happens', async () => {
  const { sim, node } = fresh()
  const process = node('n1')
  const seen: string[] = []
  process.clock.setTimer(5, () => seen.push('timer'))
  sim.plan(4, process, 'input', () => {
    setImmediate(() => seen.push('immediate'))
    process.kill()
  })
  await sim.run(100)
  expect(seen).toEqual([])
})

test('after a pause timers run late, and before what came from outside', async () => {
  const { sim, node } = fresh()
  const process = node('n1')
  const seen: string[] = []
  process.pause()
  sim.plan(10, process, 'input', () => seen.push('message'))
  process.clock.setTimer(50, () => seen.push(`timer at ${Math.floor(process.clock.mono() / 100)}00`))
  sim.plan(500, undefined, 'world', () => process.resume(0))
  await sim.run(1000)
  expect(seen).toEqual(['timer at 500', 'message'])
})

test('a suspended machine’s monotonic clock stands still, its wall clock does not', async () => {
  const { sim, node } = fresh()
  const process = node('n1')
  await sim.run(100)
  process.pause()
  sim.plan(3000, undefined, 'world', () => process.resume(3000))
  let firedMs = 0
  process.clock.setTimer(50, () => {
    firedMs = sim.nowMs
  })
  await sim.run(4000)
  expect(process.clock.mono()).toBeCloseTo(1000, 0)
  expect(process.clock.now()).toBe(1_004_000)
  expect(firedMs).toBeGreaterThanOrEqual(3150)
})

test('a timer is never early by its own clock, also where that drifts', async () => {
  const { sim, node } = fresh()
  const process = node('n1', -0.01)
  let mono = 0
  process.clock.setTimer(1000, () => {
    mono = process.clock.mono()
  })
  await sim.run(2000)
  expect(mono).toBeGreaterThanOrEqual(1000)
})

test('an event that throws is told, and the rest goes on', async () => {
  const { sim, faults } = fresh()
  const seen: string[] = []
  sim.plan(1, undefined, 'world', () => {
    throw new Error('planted')
  })
  sim.plan(2, undefined, 'world', () => seen.push('next'))
  await sim.run(10)
  expect(faults).toEqual([new Error('planted')])
  expect(seen).toEqual(['next'])
})

test('the bus keeps the order of one publisher, and data is gone when the handler returns', async () => {
  const { sim, node } = fresh()
  const broker = new Broker(sim, new Weather(), new SeededRandom(2))
  const [from, to] = [new SimBus(broker, node('n1')), new SimBus(broker, node('n2'))]
  const seen: number[] = []
  const kept: BusMessage[] = []
  to.subscribe('a.*', (message) => {
    seen.push(message.data[0] as number)
    kept.push(message)
  })
  await sim.run(50)
  for (let i = 0; i < 100; i++) from.publish(i % 2 ? 'a.b' : 'a.c', Uint8Array.of(i))
  await sim.run(100)
  expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i))
  expect(kept[5]?.data).toEqual(Uint8Array.of(0xee))
})

test('a request is answered, refused where nobody subscribes, and given up after its time', async () => {
  const { sim, node } = fresh()
  const weather = new Weather()
  const broker = new Broker(sim, weather, new SeededRandom(2))
  const [asker, other] = [new SimBus(broker, node('n1')), new SimBus(broker, node('n2'))]
  other.subscribe('echo', ({ data, reply }) => reply !== undefined && other.publish(reply, data))
  other.subscribe('deaf', () => {})
  await sim.run(50)
  const results: unknown[] = []
  const ask = (subject: string): void => {
    asker.request(subject, Uint8Array.of(7), { timeoutMs: 300 }).then(
      ({ data }) => results.push(data[0]),
      (error: { fault: string }) => results.push(error.fault),
    )
  }
  for (const subject of ['echo', 'nobody', 'deaf']) ask(subject)
  await sim.run(1000)
  expect(results.sort()).toEqual([7, 'no_responders', 'timeout'])
})

test('after a broker restart everybody is told, and subscriptions stand again', async () => {
  const { sim, node } = fresh()
  const broker = new Broker(sim, new Weather(), new SeededRandom(4))
  const [from, to] = [new SimBus(broker, node('n1')), new SimBus(broker, node('n2'))]
  const status: boolean[] = []
  const seen: number[] = []
  to.onStatus((connected) => status.push(connected))
  to.subscribe('s', ({ data }) => seen.push(data[0] as number))
  await sim.run(50)
  broker.restart(500)
  await sim.run(300)
  expect(from.publish('s', Uint8Array.of(1))).toBe(false)
  await sim.run(3000)
  expect(from.publish('s', Uint8Array.of(2))).toBe(true)
  await sim.run(3100)
  expect(status).toEqual([false, true])
  expect(seen).toEqual([2])
})

test('subjects match token by token', () => {
  const cases = [
    ['a.b', 'a.b', true],
    ['a.*', 'a.b', true],
    ['a.*', 'a.b.c', false],
    ['a.>', 'a.b.c', true],
    ['a.>', 'a', false],
    ['*.b', 'a.c', false],
  ] as const
  for (const [pattern, subject, expected] of cases) {
    expect(matches(pattern.split('.'), subject.split('.')), `${pattern} and ${subject}`).toBe(expected)
  }
})
