import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packed, unpacked } from '../cluster/wire.ts'
import { reject } from '../kernel/rejection.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import { plainEvent, RecordedEvent } from '../protocol/recorded-event.ts'
import type { Answer, Delivery, Push } from './port.ts'
import {
  itemOf,
  packAnswer,
  packDelivery,
  packPush,
  unpackAnswer,
  unpackDelivery,
  unpackPush,
  type WireDelivery,
} from './remote-items.ts'

const over = (value: unknown): unknown => unpacked(packed(value))
const text = fc.string({ unit: 'grapheme', maxLength: 40 })
/** As a key `__proto__` is renamed on the way, on purpose of the codec: it must not become a prototype. */
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/).filter((one) => one !== '__proto__')
const caller = fc.record({
  tenant: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  user: id,
  role: fc.constantFrom('user' as const, 'operator' as const, 'service' as const),
})
const seq = fc.nat(1_000_000)
const wallMs = fc.integer({ min: 0, max: 4e12 })
const body = fc.dictionary(id, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 })), {
  maxKeys: 4,
})
const event = fc
  .record({ seq, ts: wallMs, t: fc.constantFrom('msg.new', 'data.result', 'conv.state'), d: body, recorded: fc.boolean() })
  .map(({ recorded, ...plain }) => {
    const made = plain as unknown as DurableEvent
    return recorded ? RecordedEvent.of(made.seq, made.ts, made.t, made.d as never) : made
  })
const events = fc.array(event, { maxLength: 4 })
const vars = fc.dictionary(id, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3 })
const optional = { requiredKeys: [] as never[] }
const more = fc.record({ deadlineMs: wallMs }, optional)
const with_ = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<WireDelivery> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as WireDelivery)

const deliveries: Record<Exclude<Delivery['type'], 'leave'>, fc.Arbitrary<WireDelivery>> = {
  open: with_(
    fc.record({ type: fc.constant('open'), caller, template: id, locale: id, tz: text, channel: id, keyed: fc.boolean() }),
    fc.record({ version: seq, vars }, optional),
  ),
  join: with_(fc.record({ type: fc.constant('join'), caller }), fc.record({ since: fc.record({ inc: id, seq }) }, optional)),
  send: with_(
    fc.record({
      type: fc.constant('send'),
      caller,
      mid: id,
      kind: fc.constantFrom('text', 'choice', 'form', 'dtmf', 'silence'),
      body: fc.oneof(text, fc.record({ values: body })),
    }),
    fc.record({ inReplyTo: id, origin: id }, optional),
    more,
  ),
  handoff: with_(
    fc.record({ type: fc.constant('handoff'), caller, mid: id, action: fc.constantFrom('take', 'give') }),
    fc.record({ agent: text, queue: id, note: text }, optional),
    more,
  ),
  inject: with_(
    fc.record({
      type: fc.constant('inject'),
      caller,
      mid: id,
      what: fc.oneof(fc.record({ from: fc.constantFrom('agent', 'bot', 'system'), body: text }), fc.record({ vars })),
    }),
    more,
  ),
  quarantine: with_(fc.record({ type: fc.constant('quarantine'), caller })),
  close: with_(fc.record({ type: fc.constant('close'), caller, reason: text })),
  read: with_(fc.record({ type: fc.constant('read'), caller, upto: seq })),
  feedback: with_(fc.record({ type: fc.constant('feedback'), caller, about: seq, score: seq }), fc.record({ text }, optional)),
  typing: with_(fc.record({ type: fc.constant('typing'), caller, on: fc.boolean(), ttlMs: seq, origin: id })),
  history: with_(
    fc.record({ type: fc.constant('history'), caller, limit: seq }),
    fc.record({ before: seq, after: seq }, optional),
  ),
  get: with_(fc.record({ type: fc.constant('get'), caller })),
}

const position = fc.record({ cid: id, inc: id, seq })
const sent = fc.record({ mid: id, seq, dup: fc.boolean(), state: fc.constant('active'), events })
const joined = fc.record({
  cid: id,
  inc: id,
  seq,
  existing: fc.boolean(),
  gap: fc.boolean(),
  more: fc.boolean(),
  events,
  data: fc.array(body, { maxLength: 2 }),
  receipts: fc.constant([]),
})
const answers: Record<string, fc.Arbitrary<unknown>> = {
  'open and join': joined,
  'send, handoff and inject': sent,
  'close, read and feedback': fc.constant({ ok: true }),
  get: fc.tuple(position, fc.record({ locale: id, state: fc.constant('active') })).map(([a, b]) => ({ ...a, ...b, data: [] })),
}

/** As who gets it sees it, whichever way its events are held. */
const seen = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('what nodes tell each other', () => {
  it.each(Object.entries(deliveries))('brings a %s as it was, its deadline by the clock over there', (_type, made) => {
    fc.assert(
      fc.property(made, wallMs, wallMs, (delivery, hereMs, thereMs) => {
        const arrived = unpackDelivery(over(packDelivery(delivery, hereMs)) as WireDelivery, thereMs)
        const { deadlineMs } = delivery as { deadlineMs?: number }
        const expected = deadlineMs === undefined ? delivery : { ...delivery, deadlineMs: deadlineMs - hereMs + thereMs }
        expect(arrived).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('leaves a watcher at home', () => {
    const watcher = { id: 'w', push() {}, gone() {} }
    const delivery = { type: 'join', caller: { tenant: 'demo', user: 'anna', role: 'user' }, watcher } as const
    expect(packDelivery(delivery, 0)).toEqual({ type: 'join', caller: delivery.caller })
    expect(delivery.watcher).toBe(watcher)
  })

  it.each(Object.entries(answers))('brings the answer to %s as it was', (_type, made) => {
    fc.assert(
      fc.property(made, (answer) => {
        expect(seen(unpackAnswer(over(packAnswer(answer as Answer))))).toEqual(seen(answer))
      }),
      { numRuns: 40 },
    )
  })

  it('brings a page of history as it was, with plain events, which every codec can encode', () => {
    fc.assert(
      fc.property(fc.record({ inc: id, items: events, first: seq, last: seq, more: fc.boolean() }), (page) => {
        const arrived = unpackAnswer(over(packAnswer(page))) as typeof page
        expect(arrived).toEqual({ ...page, items: page.items.map(plainEvent) })
        expect(arrived.items.every((item) => !(item instanceof RecordedEvent))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('brings a refusal as it was', () => {
    const refusal = reject('unavailable', 'later', { retryMs: 1000, unknown: true, cid: 'c1', field: 'd.body' })
    expect(unpackAnswer(over(packAnswer(refusal)))).toEqual(refusal)
  })

  it('brings a push as it was, and the text of its events unchanged', () => {
    const pushes = fc
      .record({
        tenant: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
        cid: id,
        inc: id,
        events,
        data: fc.array(body, { maxLength: 2 }),
      })
      .chain((base) =>
        fc
          .record(
            {
              origin: id,
              originSeq: seq,
              receipt: fc.record({ user: id, upto: seq }),
              typing: fc.record({ who: id, on: fc.boolean(), ttlMs: seq }),
            },
            optional,
          )
          .map((rest) => ({ ...base, ...rest }) as unknown as Push),
      )
    fc.assert(
      fc.property(pushes, (push) => {
        const arrived = unpackPush(over(packPush(push)))
        expect(seen(arrived)).toEqual(seen(push))
        expect(arrived?.events.every((one) => one instanceof RecordedEvent)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    [['ask', 1, 'demo', 'c1', { type: 'get' }, false, 1]],
    [['answer', 1, 3, { ok: true }]],
    [['elsewhere', 1, '', 0]],
    [['push', {}]],
    [['gone', 'demo', 'c1']],
    [['unwatch', 'demo', 'c1']],
    [['typing', 'demo', 'c1', { type: 'typing' }]],
  ])('knows the item %j', (item) => {
    expect(itemOf(over(item))).toEqual(item)
  })

  it('passes over what is no item, whatever it is, and never throws', () => {
    const kinds = ['ask', 'answer', 'elsewhere', 'gone', 'unwatch', 'typing', 'push', 'wish', '__proto__']
    const anything = fc.array(fc.oneof(fc.constantFrom(...kinds), fc.anything()), { maxLength: 7 })
    fc.assert(
      fc.property(fc.oneof(anything, fc.anything()), (value) => {
        const item = itemOf(value)
        if (item?.[0] === 'push') unpackPush(item[1])
      }),
    )
    for (const bad of ['../x', 'a.b', 'A', '', 7]) expect(itemOf(['gone', bad, 'c1'])).toBeUndefined()
    for (const bad of ['a.b', '>', '', 'x'.repeat(65)]) expect(itemOf(['unwatch', 'demo', bad])).toBeUndefined()
  })
})
