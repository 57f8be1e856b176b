import { describe, expect, it } from 'vitest'
import { MemoryEventStream } from '../../src/cluster/local/event-stream.ts'
import { eventStreamSuite } from './event-stream.suite.ts'

eventStreamSuite('memory', {
  place: async () => {
    const stream = new MemoryEventStream()
    return { open: async () => stream, kept: async () => stream.events, dispose: async () => undefined }
  },
})

describe('the event stream in memory', () => {
  const publish = (stream: MemoryEventStream, from: number, to: number): Promise<void> =>
    stream.publish(
      Array.from({ length: to - from }, (_, i) => ({
        subject: 'parley.evt.v1.acme.audit',
        id: `${from + i}`,
        data: new Uint8Array(100),
      })),
    )

  it('lets the oldest go when there are too many, and counts them', async () => {
    const stream = new MemoryEventStream({ eventsMax: 10 })
    await publish(stream, 0, 25)
    expect(stream.events.map(({ id }) => id)).toEqual(['15', '16', '17', '18', '19', '20', '21', '22', '23', '24'])
    expect(stream.droppedCount).toBe(15)
  })

  it('lets the oldest go when they are too large together', async () => {
    const stream = new MemoryEventStream({ bytesMax: 1000 })
    await publish(stream, 0, 11)
    expect([stream.events.length, stream.droppedCount]).toEqual([10, 1])
  })
})
