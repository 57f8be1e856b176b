import { beforeEach, describe, expect, it } from 'vitest'
import { anna, TestNode } from '../../test/fixtures/node.ts'
import { settle, VirtualClock } from '../../test/fixtures/virtual-clock.ts'
import type { StreamEvent } from '../cluster/port.ts'
import { silentLog } from '../kernel/log.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { AppError } from '../kernel/rejection.ts'
import { shardOf } from '../kernel/shard.ts'
import { identitySeal, type WrittenEntries } from '../storage/port.ts'
import type { TemplateStore } from '../tenancy/port.ts'
import { EventSink } from './event-sink.ts'
import { ConversationProjection } from './projection.ts'

const away = (): AppError => new AppError('events.unavailable', 'away', { retry: 'later' })
const noTemplates = { get: async () => undefined } as unknown as TemplateStore

describe('the sink of events', () => {
  let clock: VirtualClock
  let sink: EventSink
  let published: StreamEvent[]
  let fault: Error | undefined
  let counted: number
  let attempts: number
  let written: WrittenEntries

  beforeEach(async () => {
    clock = new VirtualClock()
    published = []
    fault = undefined
    counted = 0
    attempts = 0
    const stream = {
      publish: async (events: readonly StreamEvent[]) => {
        attempts++
        if (fault) throw fault
        published.push(...events)
      },
      close: async () => undefined,
    }
    const inc = (by = 1): void => {
      counted += by
    }
    const metrics = { ...noMetrics, counter: () => ({ inc }) }
    const projection = new ConversationProjection(identitySeal)
    sink = new EventSink({ stream, projection, templates: noTemplates, clock, log: silentLog, metrics })
    const node = await new TestNode({ clock }).start()
    await node.open('c1', 'date-of-birth')
    const entries = await node.journal.read(shardOf('demo', 'c1'), 0)
    written = { cid: 'c1', entries, snapshot: { inc: 'i1', template: 'date-of-birth', version: 1 } }
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ seq: 1 })
    await settle()
  })

  const wrote = (...all: WrittenEntries[]): Promise<void> => sink.wrote('demo', all)

  it('tells the stream of what was written', async () => {
    await wrote(written)
    expect(published.length).toBeGreaterThan(0)
    expect(published.every(({ subject }) => subject.includes('demo'))).toBe(true)
    expect(counted).toBe(0)
  })

  it('gives the same event the same id when it is told again', async () => {
    await wrote(written)
    const ids = published.splice(0).map(({ id }) => id)
    await wrote(written)
    expect(published.map(({ id }) => id)).toEqual(ids)
  })

  it('holds the journal up for half a minute while the stream is away, then passes over what it cannot tell', async () => {
    fault = away()
    await expect(wrote(written)).rejects.toBe(fault)
    await clock.advance(29_000)
    await expect(wrote(written)).rejects.toBe(fault)
    await clock.advance(2000)
    await wrote(written)
    expect(counted).toBe(written.entries.length)
  })

  it('is as patient as before once the stream took something', async () => {
    fault = away()
    await expect(wrote(written)).rejects.toBe(fault)
    await clock.advance(29_000)
    fault = undefined
    await wrote(written)
    fault = away()
    await clock.advance(29_000)
    await expect(wrote(written)).rejects.toBe(fault)
    expect(counted).toBe(0)
  })

  it('takes entries without events for no sign that the stream is back', async () => {
    fault = away()
    await expect(wrote(written)).rejects.toBe(fault)
    await clock.advance(29_000)
    await wrote({ ...written, entries: [] })
    await clock.advance(2000)
    await wrote(written)
    expect(counted).toBe(written.entries.length)
  })

  it('does not try at every write what has failed for so long, and tells again as soon as it is back', async () => {
    fault = away()
    await expect(wrote(written)).rejects.toBe(fault)
    await clock.advance(31_000)
    attempts = 0
    for (let i = 0; i < 100; i++) {
      await wrote(written)
      await clock.advance(100)
    }
    expect(attempts).toBe(2)
    expect(counted).toBe(100 * written.entries.length)
    fault = undefined
    await clock.advance(5000)
    await wrote(written)
    await wrote(written)
    expect(published.length).toBeGreaterThan(0)
    expect(attempts).toBe(4)
  })

  it('loses no patience by what will never be taken', async () => {
    fault = new RangeError('a subject that cannot be')
    await wrote(written)
    await clock.advance(60_000)
    fault = away()
    await expect(wrote(written)).rejects.toBe(fault)
  })

  it('passes over at once what will never be taken', async () => {
    fault = new RangeError('a subject that cannot be')
    await wrote(written)
    expect(counted).toBe(written.entries.length)
  })
})
