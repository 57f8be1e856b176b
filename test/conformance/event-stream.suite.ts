import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventStream, StreamEvent } from '../../src/cluster/port.ts'

export interface EventStreamPlace {
  open(): Promise<EventStream>
  /** What is kept, oldest first. */
  kept(): Promise<readonly StreamEvent[]>
  dispose(): Promise<void>
}

const event = (n: number, more: Partial<StreamEvent> = {}): StreamEvent => ({
  subject: 'parley.evt.v1.acme.analytics.events',
  id: `e-${n}`,
  data: Buffer.from(`event ${n}`),
  ...more,
})
const texts = (events: readonly StreamEvent[]): string[] => events.map(({ data }) => Buffer.from(data).toString())

export function eventStreamSuite(name: string, options: { readonly place: () => Promise<EventStreamPlace> }): void {
  describe(`event stream, ${name}`, () => {
    let place: EventStreamPlace
    let stream: EventStream

    beforeEach(async () => {
      place = await options.place()
      stream = await place.open()
    })
    afterEach(async () => {
      await stream.close()
      await place.dispose()
    })

    it('keeps what was published, in order, with its subject and headers', async () => {
      await stream.publish([])
      await stream.publish([event(1), event(2, { headers: { 'Parley-Schema': 'x.v1' } })])
      await stream.publish([event(3, { subject: 'parley.evt.v1.acme.audit', data: new Uint8Array(0) })])
      const kept = await place.kept()
      expect(texts(kept)).toEqual(['event 1', 'event 2', ''])
      expect(kept.map(({ subject }) => subject.split('.').at(-1))).toEqual(['events', 'events', 'audit'])
      expect(kept[1]?.headers).toMatchObject({ 'Parley-Schema': 'x.v1' })
    })

    it('keeps an event once, however often it is published', async () => {
      await stream.publish([event(1), event(2), event(1)])
      await stream.publish([event(2), event(3)])
      expect(texts(await place.kept())).toEqual(['event 1', 'event 2', 'event 3'])
    })

    it('takes thousands at once', async () => {
      const events = Array.from({ length: 3000 }, (_, n) => event(n))
      await stream.publish(events)
      expect(texts(await place.kept())).toEqual(texts(events))
    })

    it('keeps dead letters too', async () => {
      await stream.publish([event(1, { subject: 'parley.dlq.v1.acme.integration-1' })])
      expect(texts(await place.kept())).toEqual(['event 1'])
    })

    it('is unavailable once closed', async () => {
      await stream.close()
      await stream.close()
      await expect(stream.publish([event(1)])).rejects.toMatchObject({ code: 'events.unavailable', retry: 'later' })
    })

    it('refuses the whole publish for one event that no stream takes', async () => {
      const bad: Partial<StreamEvent>[] = [
        { subject: 'parley.i.node.x' },
        { subject: 'parley.evt.v1.' },
        { subject: 'parley.evt.v1.*.x' },
        { subject: 'parley.evt.v1.a b' },
        { id: '' },
        { id: 'a b' },
        { id: 'x'.repeat(129) },
        { data: new Uint8Array(1024 * 1024) },
        { headers: { a: 'b\r\nc: d' } },
      ]
      for (const more of bad) await expect(stream.publish([event(1), event(2, more)])).rejects.toBeInstanceOf(RangeError)
      const many = Array.from({ length: 10_001 }, (_, n) => event(n))
      await expect(stream.publish(many)).rejects.toBeInstanceOf(RangeError)
      expect(await place.kept()).toEqual([])
    })
  })
}
