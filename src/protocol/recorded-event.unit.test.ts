import { describe, expect, it } from 'vitest'
import type { DurableEvent } from './frames.ts'
import { bodyText, eventText, plainEvent, RecordedEvent } from './recorded-event.ts'

const d = { mid: 'b2', from: 'bot', kind: 'text', body: 'è "così"\n' } as const
const plain: DurableEvent = { seq: 2, ts: 7, t: 'msg.new', d }

describe('an event whose body is text already', () => {
  const event = RecordedEvent.of(2, 7, 'msg.new', { ...d, inReplyTo: undefined } as unknown as typeof d)

  it('reads as the plain one', () => {
    expect(event.d).toEqual(d)
    expect(plainEvent(event)).toEqual(plain)
    expect(JSON.parse(JSON.stringify(event))).toEqual(plain)
  })

  it('is the same text as the plain one, wherever it goes', () => {
    expect(bodyText(event)).toBe(bodyText(plain))
    expect(eventText(event)).toBe(eventText(plain))
    expect(JSON.parse(eventText(event))).toEqual(plain)
  })
})
