import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConversationRouter, Delivery, Watcher } from '../../src/actors/port.ts'
import { LocalBroker } from '../../src/cluster/local/broker.ts'
import { signToken } from '../../src/gateway/identity.ts'
import { RateWindows } from '../../src/gateway/limits.ts'
import { HEADER } from '../../src/gateway/request-api/headers.ts'
import { OPERATIONS } from '../../src/gateway/request-api/schemas.ts'
import { AppError, isRejection, type RejectionCode, reject } from '../../src/kernel/rejection.ts'
import { msgpackCodec } from '../../src/protocol/codec.ts'
import { ERRORS } from '../../src/protocol/codes.ts'
import { TEST_SECRET } from '../fixtures/gateway-server.ts'
import { anna, Recorder } from '../fixtures/node.ts'
import { RequestPlace, refusing, settle } from './request-api-place.ts'

const OPEN = { template: 'date-of-birth', user: 'anna', locale: 'en' }
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

async function opened(place: RequestPlace): Promise<string> {
  const { body } = await place.ask('conv.open', OPEN)
  return body.cid as string
}

/** A router that keeps what it is asked until `release`. */
class Holding implements ConversationRouter {
  readonly held: { readonly delivery: Delivery; readonly refuse: () => void }[] = []
  #wake: (() => void) | undefined

  deliver: ConversationRouter['deliver'] = (_tenant, _cid, delivery, reply) => {
    this.held.push({ delivery, refuse: () => reply(reject('closed', 'ended') as never) })
    this.#wake?.()
  }

  async reached(count: number): Promise<void> {
    while (this.held.length < count) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  release(): void {
    for (const { refuse } of this.held.splice(0)) refuse()
  }
}

describe('the envelope of a request', () => {
  it('is echoed: the request id and the trace context, on answers and on refusals', async () => {
    const place = await RequestPlace.start()
    const headers = { 'Parley-Id': 'r-1', traceparent: TRACE }
    for (const verb of ['conv.list', 'conv.nothing']) {
      const { headers: got } = await place.ask(verb, {}, headers)
      expect(got.get('Parley-Id'), verb).toBe('r-1')
      expect(got.get('traceparent'), verb).toBe(TRACE)
    }
  })

  it('takes header names in any case', async () => {
    const place = await RequestPlace.start()
    const { headers } = await place.raw('parley.v1.demo.tpl.list', {}, { 'parley-auth': await place.token(), 'PARLEY-ID': 'x' })
    expect(headers.get('Parley-Id')).toBe('x')
    expect(headers.has(HEADER.error)).toBe(false)
  })

  it('is answered in msgpack where it asks in msgpack, refusals too', async () => {
    const place = await RequestPlace.start()
    const auth = { 'Parley-Auth': await place.token(), 'Parley-Enc': 'msgpack' }
    const call = async (body: object): Promise<unknown> => {
      const data = msgpackCodec.encode(body as never) as Uint8Array
      const answer = await place.buses.client.request('parley.v1.demo.conv.open', data, { timeoutMs: 5000, headers: auth })
      expect(answer.headers?.get('Parley-Enc')).toBe('msgpack')
      return msgpackCodec.decode(Buffer.from(answer.data))
    }
    expect(await call(OPEN)).toMatchObject({ seq: 1, state: 'active', events: [{ t: 'msg.new', d: { from: 'bot' } }] })
    expect(await call({})).toMatchObject({ code: 400, field: 'template' })
  })

  it.each([
    ['a request id with spaces', { 'Parley-Id': 'a b' }, 400, 'Parley-Id'],
    ['an encoding that is not spoken', { 'Parley-Enc': 'xml' }, 415, 'Parley-Enc'],
    ['a schema of another subject', { 'Parley-Schema': 'conv.send.v1' }, 415, 'Parley-Schema'],
    ['a schema of another version', { 'Parley-Schema': 'tpl.list.v2' }, 415, 'Parley-Schema'],
    ['a deadline in words', { 'Parley-Deadline': 'soon' }, 400, 'Parley-Deadline'],
    ['a deadline that is past', { 'Parley-Deadline': '1000' }, 504, undefined],
    ['too many hops', { 'Parley-Hops': '4' }, 400, 'Parley-Hops'],
    ['hops below zero', { 'Parley-Hops': '-1' }, 400, 'Parley-Hops'],
    ['an idempotency key that is too long', { 'Parley-Idempotency': 'k'.repeat(129) }, 400, 'Parley-Idempotency'],
    ['a token that is none', { 'Parley-Auth': 'no token' }, 401, undefined],
  ])('with %s is refused', async (_what, headers, code, field) => {
    const place = await RequestPlace.start()
    const answer = await place.ask('tpl.list', {}, headers)
    expect(answer.body).toMatchObject(field === undefined ? { code } : { code, field })
    expect(answer.headers.get(HEADER.errorCode)).toBe(String(code))
  })

  it('within its bounds passes', async () => {
    const place = await RequestPlace.start()
    const deadline = String(place.node.clock.now() + 1000)
    const headers = { 'Parley-Schema': 'tpl.list.v1', 'Parley-Hops': '3', 'Parley-Deadline': deadline }
    expect((await place.ask('tpl.list', {}, headers)).body.templates).toHaveLength(1)
  })

  it('must have a body that is an object, small and tame', async () => {
    const place = await RequestPlace.start()
    const bodyOf = async (text: string): Promise<unknown> => (await place.ask('tpl.get', Buffer.from(text))).body
    expect(await bodyOf('{')).toMatchObject({ code: 400, msg: 'the body is not json' })
    expect(await bodyOf('[1]')).toMatchObject({ code: 400, msg: 'the body must be an object' })
    expect(await bodyOf('{"__proto__":{"x":1}}')).toMatchObject({ code: 400 })
    expect(await bodyOf(`{"template":"${'x'.repeat(70_000)}"}`)).toMatchObject({ code: 413 })
  })

  it.each(['parley.evt.v1.acme.message.inbound', 'parley.dlq.v1.acme.crm', 'other.v1.acme.conv.close'])(
    'that wants its answer on %s is not executed, whatever the first token of the API is',
    async (reply) => {
      const broker = new LocalBroker()
      const buses = { server: broker.connect(), client: broker.connect() }
      const place = await RequestPlace.start({ trustBus: true, prefix: 'other' }, buses)
      const heard: string[] = []
      buses.client.subscribe(reply, ({ subject }) => heard.push(subject))
      buses.client.publish('other.v1.demo.tpl.list', Buffer.from('{}'), { reply })
      expect((await place.raw('other.v1.demo.tpl.list', {})).body.templates).toHaveLength(1)
      expect(heard).toEqual([])
    },
  )

  it.each(['parley.v1.acme.conv.close', '$JS.API.STREAM.DELETE.x', 'parley'])(
    'that wants its answer on %s is not executed',
    async (reply) => {
      const broker = new LocalBroker()
      const buses = { server: broker.connect(), client: broker.connect() }
      const place = await RequestPlace.start({}, buses)
      const heard: string[] = []
      buses.client.subscribe(reply, ({ subject }) => heard.push(subject))
      const headers = { 'Parley-Auth': await place.token() }
      buses.client.publish('parley.v1.demo.conv.open', Buffer.from(JSON.stringify({ ...OPEN, clientKey: 'k' })), {
        reply,
        headers,
      })
      buses.client.publish('$SRV.PING', new Uint8Array(0), { reply })
      const { body } = await place.ask('conv.open', { ...OPEN, clientKey: 'k' })
      expect(body.existing).toBe(false)
      expect(heard).toEqual([])
    },
  )

  it('without a reply subject is not executed', async () => {
    const place = await RequestPlace.start()
    const data = Buffer.from(JSON.stringify({ ...OPEN, clientKey: 'k' }))
    place.buses.client.publish('parley.v1.demo.conv.open', data, { headers: { 'Parley-Auth': await place.token() } })
    await settle()
    const { body } = await place.ask('conv.open', { ...OPEN, clientKey: 'k' })
    expect(body.existing).toBe(false)
  })
})

describe('whatever comes', () => {
  const HEADERS = [
    'Parley-Id',
    'Parley-Enc',
    'Parley-Deadline',
    'Parley-Hops',
    'Parley-Schema',
    'Parley-Idempotency',
    'Parley-Auth',
  ]
  const VALUES = ['', '0', '-1', 'json', 'msgpack', '9'.repeat(30), 'x'.repeat(9000), '..', '{}']
  const BODIES = [
    '',
    '{}',
    '[]',
    'null',
    '0',
    '{"cid":[]}',
    '{"cid":{"a":1}}',
    '{"cid":"c","mid":null}',
    '\u0000',
    '\x81\xa3cid',
    '['.repeat(99),
  ]

  it('is answered once, with a code', async () => {
    const place = await RequestPlace.start({ trustBus: true })
    const message = fc.record({
      verb: fc.constantFrom(...OPERATIONS, 'conv.dance', 'kb.put'),
      body: fc.oneof(
        fc.constantFrom(...BODIES).map((text) => Buffer.from(text, 'latin1')),
        fc.uint8Array({ maxLength: 64 }),
      ),
      headers: fc.dictionary(fc.constantFrom(...HEADERS), fc.constantFrom(...VALUES), { maxKeys: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(message, async ({ verb, body, headers }) => {
        const inbox = place.stream(`parley.v1.demo.${verb}`, body, headers)
        const { headers: told } = await inbox.next()
        await settle()
        expect(inbox.told).toHaveLength(1)
        if (told.has(HEADER.error)) expect(Number(told.get(HEADER.errorCode))).toBeGreaterThanOrEqual(400)
        inbox.close()
      }),
      { numRuns: 300 },
    )
    expect((await place.raw('parley.v1.demo.conv.open', OPEN)).body).toMatchObject({ state: 'active' })
  })
})

describe('who asks', () => {
  it.each(['Demo', 'demo_1', 'factory', 'health', 'sys', 'x'.repeat(41)])('as tenant %s is refused', async (tenant) => {
    const place = await RequestPlace.start({ trustBus: true })
    expect((await place.raw(`parley.v1.${tenant}.tpl.list`, {})).body).toMatchObject({ code: 400, field: 'subject' })
  })

  it('cannot ask for all tenants at once: a wildcard is no subject to publish to', async () => {
    const place = await RequestPlace.start({ trustBus: true })
    for (const tenant of ['*', '>', '']) await expect(place.raw(`parley.v1.${tenant}.tpl.list`, {})).rejects.toThrow(RangeError)
  })

  it('with a token of another tenant is forbidden, and without one unauthorized', async () => {
    const place = await RequestPlace.start()
    const other = { 'Parley-Auth': await place.token('service', 'crm', 'acme') }
    expect((await place.ask('tpl.list', {}, other)).body).toMatchObject({ code: 403, name: 'forbidden' })
    expect((await place.raw('parley.v1.demo.tpl.list', {})).body).toMatchObject({ code: 401, name: 'unauthorized' })
  })

  it('without a token is a service where the bus is trusted, of tenants that are here', async () => {
    const place = await RequestPlace.start({ trustBus: true, knownTenant: (tenant) => tenant === 'demo' })
    expect((await place.raw('parley.v1.demo.conv.open', OPEN)).body).toMatchObject({ state: 'active' })
    expect((await place.raw('parley.v1.acme.conv.open', OPEN)).body).toMatchObject({ code: 403 })
  })

  it('as a service acts for users, as a user for nobody else', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const own = { 'Parley-Auth': await place.token('user', 'anna') }
    expect((await place.ask('conv.send', { cid, mid: 'm1', body: '14 december 1980' }, own)).body).toMatchObject({ seq: 2 })
    const stranger = { 'Parley-Auth': await place.token('user', 'bruno') }
    expect((await place.ask('conv.get', { cid }, stranger)).body).toMatchObject({ code: 403 })
    expect((await place.ask('conv.open', OPEN, stranger)).body).toMatchObject({ code: 403, field: 'user' })
    expect((await place.ask('conv.send', { cid, mid: 'm2', body: 'yes', user: 'bruno' })).body).toMatchObject({ code: 403 })
  })

  it('as a user may not hand over or put something in', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const own = { 'Parley-Auth': await place.token('user', 'anna') }
    expect((await place.ask('conv.handoff', { cid, mid: 'h', action: 'take' }, own)).body).toMatchObject({ code: 403 })
    expect((await place.ask('conv.inject', { cid, mid: 'i', body: 'hello' }, own)).body).toMatchObject({ code: 403 })
  })
})

describe('an error', () => {
  const names = Object.keys(ERRORS) as RejectionCode[]
  it.each(names)('%s has its code, its name and its headers', async (name) => {
    const place = await RequestPlace.start({
      router: refusing(reject(name, 'because – so', { field: 'd.body', retryMs: 70, cid: 'c' })),
    })
    const { body, headers } = await place.ask('conv.get', { cid: 'c' })
    const { code, temporary } = ERRORS[name]
    expect(body).toEqual({ code, name, msg: 'because – so', temporary, retryMs: 70, field: 'body', details: { cid: 'c' } })
    expect(headers.get(HEADER.errorCode)).toBe(String(code))
    expect(headers.get(HEADER.error)).toBe(`${name}: because so`)
  })

  it('of an unknown outcome says so', async () => {
    const place = await RequestPlace.start({ router: refusing(reject('unavailable', 'unknown', { unknown: true })) })
    expect((await place.ask('conv.get', { cid: 'c' })).body).toMatchObject({ code: 503, details: { unknown: true } })
  })

  it('of a store that cannot be read is told as unavailable, a defect as internal', async () => {
    const faulty = async (error: Error): Promise<unknown> => {
      const place = await RequestPlace.start({ templates: () => Promise.reject(error) })
      return (await place.ask('tpl.list', {})).body
    }
    expect(await faulty(new AppError('storage.unavailable', 'secret', { retry: 'later' }))).toMatchObject({
      code: 503,
      retryMs: 1000,
    })
    expect(await faulty(new Error('secret'))).toEqual({
      code: 500,
      name: 'internal',
      msg: 'this could not be handled',
      temporary: true,
    })
  })

  it.each([
    ['conv.open', {}, 'template'],
    ['conv.open', { template: 'a b' }, 'template'],
    ['conv.open', { template: 't', tz: 'Mars/Olympus' }, 'tz'],
    ['conv.open', { template: 't', vars: { a: [] } }, 'vars.a'],
    ['conv.open', { template: 'nothing-of-that-name' }, 'template'],
    ['conv.send', { mid: 'm', body: 'x' }, 'cid'],
    ['conv.send', { cid: 'c', body: 'x' }, 'mid'],
    ['conv.send', { cid: 'c', mid: 'm' }, 'body'],
    ['conv.send', { cid: 'c', mid: 'm', body: '  ' }, 'body'],
    ['conv.send', { cid: 'c', mid: 'm', body: 'x', kind: 'file' }, 'kind'],
    ['conv.send', { cid: 'c', mid: 'm', body: 'x', wait: -1 }, 'wait'],
    ['conv.send', { cid: 'c', mid: 'm', body: 'x', ack: 'stored' }, 'ack'],
    ['conv.history', { cid: 'c', limit: 201 }, 'limit'],
    ['conv.history', { cid: 'c', before: 1, after: 1 }, 'before'],
    ['conv.list', { state: 'sleeping' }, 'state'],
    ['conv.handoff', { cid: 'c', mid: 'm' }, 'action'],
    ['conv.handoff', { cid: 'c', mid: 'm', action: 'keep' }, 'action'],
    ['conv.inject', { cid: 'c', mid: 'm' }, 'body'],
    ['conv.inject', { cid: 'c', mid: 'm', body: 'x', vars: { a: 1 } }, 'body'],
    ['conv.inject', { cid: 'c', mid: 'm', body: 'x', from: 'user' }, 'from'],
    ['conv.watch', { cid: 'c', since: { inc: 'i' } }, 'since.seq'],
    ['tpl.get', { template: 'nothing-of-that-name' }, 'template'],
  ])('of %s with %j names the field %s', async (verb, body, field) => {
    const place = await RequestPlace.start()
    expect((await place.ask(verb, body)).body).toMatchObject({ field, temporary: false })
  })
})

describe('what is asked twice', () => {
  it('is done once: an open by its key, in the body or in the header', async () => {
    const place = await RequestPlace.start()
    const first = await place.ask('conv.open', { ...OPEN, clientKey: 'k' })
    const again = await place.ask('conv.open', OPEN, { 'Parley-Idempotency': 'k' })
    expect(again.body).toMatchObject({ cid: first.body.cid, existing: true, events: first.body.events })
    const other = await place.ask('conv.open', { ...OPEN, template: 'registration', clientKey: 'k' })
    expect(other.body).toMatchObject({ code: 409, field: 'template' })
  })

  it('is done once: a message by its mid, which may be the header', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const said = { cid, user: 'anna', body: 'december 1980', wait: 1000 }
    const first = await place.ask('conv.send', said, { 'Parley-Idempotency': 'm1' })
    const again = await place.ask('conv.send', { ...said, mid: 'm1' })
    expect(again.body).toMatchObject({ seq: first.body.seq, dup: true, messages: first.body.messages })
    expect((await place.ask('conv.send', { ...said, mid: 'm1', body: 'may' })).body).toMatchObject({ code: 409, field: 'mid' })
    const both = await place.ask('conv.send', { ...said, mid: 'm1' }, { 'Parley-Idempotency': 'm2' })
    expect(both.body).toMatchObject({ code: 400, field: 'Parley-Idempotency' })
  })

  it('is done once: a handoff and what is put in', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const take = { cid, mid: 'h1', action: 'take', agent: 'Olga' }
    expect((await place.ask('conv.handoff', take)).body).toMatchObject({ seq: 2, dup: false, state: 'handoff' })
    expect((await place.ask('conv.handoff', take)).body).toMatchObject({ seq: 2, dup: true })
    expect((await place.ask('conv.handoff', { ...take, agent: 'Otto' })).body).toMatchObject({ code: 409 })
    const give = { cid, mid: 'h2', action: 'give' }
    const given = await place.ask('conv.handoff', give)
    expect((await place.ask('conv.handoff', give)).body).toMatchObject({ dup: true, messages: given.body.messages })
    const put = { cid, mid: 'i1', body: 'hello' }
    expect((await place.ask('conv.inject', put)).body).toMatchObject({ seq: 6, dup: false, messages: [] })
    expect((await place.ask('conv.inject', put)).body).toMatchObject({ seq: 6, dup: true, messages: [] })
    expect((await place.ask('conv.inject', { ...put, mid: 'h1' })).body).toMatchObject({ code: 409 })
  })
})

describe('what is read', () => {
  it('is listed page by page, as the documents have it', async () => {
    const place = await RequestPlace.start()
    for (const user of ['anna', 'anna', 'bruno']) await place.ask('conv.open', { ...OPEN, user })
    await place.node.clock.advance(1000)
    const all: unknown[] = []
    let after: unknown
    do {
      const { body } = await place.ask('conv.list', { limit: 1, ...(after === undefined ? {} : { after }) })
      all.push(...(body.items as unknown[]))
      after = body.after
    } while (after !== undefined)
    expect(all).toHaveLength(3)
    expect((await place.ask('conv.list', { user: 'bruno', state: 'active' })).body.items).toMatchObject([
      { user: 'bruno', seq: 1 },
    ])
    const own = { 'Parley-Auth': await place.token('user', 'anna') }
    expect((await place.ask('conv.list', {}, own)).body.items).toHaveLength(2)
    expect((await place.ask('conv.list', { user: 'bruno' }, own)).body).toMatchObject({ code: 403 })
  })

  it('stays below what a message may have: a long history is cut, and says that there is more', async () => {
    const place = await RequestPlace.start({ limits: { answerBytesMax: 20_000 } })
    const cid = await opened(place)
    for (let i = 0; i < 5; i++) await place.ask('conv.inject', { cid, mid: `i${i}`, body: 'x'.repeat(5000) })
    const last = await place.ask('conv.history', { cid })
    expect(last.body).toMatchObject({ first: 5, last: 6, more: true })
    const first = await place.ask('conv.history', { cid, after: 0 })
    expect(first.body).toMatchObject({ first: 1, last: 3, more: true })
  })

  it('is ended by a close, which may be repeated', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    for (let i = 0; i < 2; i++) {
      expect((await place.ask('conv.close', { cid, reason: 'done' })).body).toMatchObject({ cid, seq: 3, state: 'closed' })
    }
  })
})

describe('two doors of one conversation', () => {
  it('show all their readers one order', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const recorder = new Recorder('socket')
    await place.node.ask(cid, { type: 'join', caller: anna, watcher: recorder })
    const watch = place.stream('parley.v1.demo.conv.watch', { cid }, { 'Parley-Auth': await place.token() })
    await watch.next()
    const seqs: unknown[] = []
    const overNats = async (): Promise<void> => {
      for (let i = 0; i < 8; i++) {
        seqs.push((await place.ask('conv.send', { cid, user: 'anna', mid: `n${i}`, body: 'help' })).body.seq)
      }
    }
    const overSocket = async (): Promise<void> => {
      for (let i = 0; i < 8; i++) {
        const sent = await place.node.send(cid, `s${i}`, 'help')
        seqs.push(isRejection(sent) ? sent.rejected : sent.seq)
      }
    }
    await Promise.all([overNats(), overSocket()])
    expect(new Set(seqs).size).toBe(16)
    await watch.holds(17)
    const order = (events: readonly { seq: number; d: unknown }[]): string[] =>
      events.map(({ seq, d }) => `${seq} ${(d as { mid?: string }).mid}`)
    const atSocket = order(recorder.pushes.flatMap((push) => [...push.events]))
    const atWatch = order(watch.told.flatMap(({ body }) => (body.events ?? []) as { seq: number; d: unknown }[])).filter(
      (line) => line !== '1 b1',
    )
    const { body } = await place.ask('conv.history', { cid, after: 1, limit: 200 })
    expect(atSocket).toEqual(order(body.items as { seq: number; d: unknown }[]))
    expect(atSocket.filter((line) => / [ns]\d$/.test(line))).toHaveLength(16)
    expect(atWatch).toEqual(atSocket)
  })
})

describe('a watch', () => {
  const start = async (place: RequestPlace, cid: string, more: object = {}) =>
    place.stream('parley.v1.demo.conv.watch', { cid, ...more }, { 'Parley-Auth': await place.token() })

  it('says when the position cannot be served', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const watch = await start(place, cid, { since: { inc: 'another', seq: 7 } })
    expect((await watch.next()).body).toMatchObject({ gap: true, seq: 0, events: [{ seq: 1 }] })
  })

  it('of no conversation, or of somebody else’s, is refused', async () => {
    const place = await RequestPlace.start()
    expect((await (await start(place, 'nowhere')).next()).body).toMatchObject({ code: 404 })
    const cid = await opened(place)
    const stranger = { 'Parley-Auth': await place.token('user', 'bruno') }
    const refused = place.stream('parley.v1.demo.conv.watch', { cid }, stranger)
    expect((await refused.next()).body).toMatchObject({ code: 403 })
  })

  it('shows life while nothing happens, and ends when its time is over, with the position', async () => {
    const place = await RequestPlace.start()
    const watch = await start(place, await opened(place), { forMs: 40_000 })
    await watch.next()
    await place.node.clock.advance(40_000)
    const streams = watch.told.map(({ headers }) => headers.get('Parley-Stream'))
    expect(streams).toEqual(['1', '2', '3', 'end'])
    expect(watch.told[1]?.body).toEqual({ events: [] })
    expect(watch.told.at(-1)?.body).toMatchObject({ reason: 'expired', seq: 1 })
  })

  it('ends with the token that it was asked with, however long it was to last', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const short = {
      'Parley-Auth': await signToken(
        TEST_SECRET,
        { tenant: 'demo', user: 'crm', role: 'service' },
        place.node.clock.now(),
        30_000,
      ),
    }
    const brief = place.stream('parley.v1.demo.conv.watch', { cid, forMs: 600_000 }, short)
    expect((await brief.next()).body.untilMs).toBeLessThanOrEqual(place.node.clock.now() + 30_000)
    await place.node.clock.advance(30_000)
    expect(brief.told.at(-1)?.body).toMatchObject({ reason: 'expired' })
  })

  it('that ended while its conversation was asked for leaves no watcher behind', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    let joined = (): void => {}
    let watcher: Watcher | undefined
    const router: ConversationRouter = {
      deliver(tenant, id, delivery, reply) {
        if (delivery.type !== 'join') return place.node.host.deliver(tenant, id, delivery, reply)
        watcher = delivery.watcher
        joined = () => place.node.host.deliver(tenant, id, delivery, reply)
      },
    }
    const other = await place.another({ router, prefix: 'other' })
    const inbox = place.stream('other.v1.demo.conv.watch', { cid, forMs: 1000 }, { 'Parley-Auth': await place.token() })
    await expect.poll(() => watcher).toBeDefined()
    await place.node.clock.advance(1000)
    expect((await inbox.next()).body).toMatchObject({ reason: 'expired' })
    joined()
    await settle()
    const pushes: unknown[] = []
    if (watcher !== undefined) watcher.push = (push) => void pushes.push(push)
    await place.ask('conv.inject', { cid, mid: 'i1', body: 'is anybody there?' })
    expect(pushes).toEqual([])
    await other.stop()
  })

  it('is cancelled by the one who may', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const watch = await start(place, cid)
    const id = (await watch.next()).body.watch
    const stranger = { 'Parley-Auth': await place.token('user', 'bruno') }
    expect((await place.ask('conv.watch.cancel', { watch: id }, stranger)).body).toMatchObject({ cancelled: false })
    expect((await place.ask('conv.watch.cancel', { watch: id })).body).toMatchObject({ cancelled: true })
    expect((await watch.next()).body).toMatchObject({ reason: 'cancelled' })
    expect((await place.ask('conv.watch.cancel', { watch: id })).body).toMatchObject({ cancelled: false })
  })

  it('ends when nobody listens any more, and gives its place back', async () => {
    const place = await RequestPlace.start({ limits: { tenantWatchesMax: 1 } })
    const cid = await opened(place)
    const watch = await start(place, cid)
    await watch.next()
    expect((await (await start(place, cid)).next()).body).toMatchObject({ code: 429, retryMs: 200 })
    watch.close()
    await place.ask('conv.inject', { cid, mid: 'i1', body: 'anybody there?' })
    await settle()
    expect((await (await start(place, cid)).next()).body).toMatchObject({ state: 'active' })
  })

  it('beyond what the node takes is refused', async () => {
    const place = await RequestPlace.start({ limits: { watchesMax: 0 } })
    expect((await (await start(place, await opened(place))).next()).body).toMatchObject({ code: 503, retryMs: 200 })
  })

  it('follows a conversation that its owner lets go of, without a hole or a repeat', async () => {
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const joins: Delivery[] = []
    const router: ConversationRouter = {
      deliver(tenant, id, delivery, reply) {
        if (delivery.type === 'join') joins.push(delivery)
        place.node.host.deliver(tenant, id, delivery, reply)
      },
    }
    const other = await place.another({ router, prefix: 'other' })
    const watch = place.stream('other.v1.demo.conv.watch', { cid }, { 'Parley-Auth': await place.token() })
    await watch.next()
    const join = joins[0]
    if (join?.type !== 'join') throw new Error('nothing was joined')
    join.watcher.gone('demo', cid)
    await place.ask('conv.inject', { cid, mid: 'i1', body: 'while it moved' })
    await place.node.clock.advance(150)
    await place.ask('conv.inject', { cid, mid: 'i2', body: 'after' })
    await watch.holds(3)
    const seqs = watch.told.flatMap(({ body }) => (body.events as { seq: number }[]).map(({ seq }) => seq))
    expect(seqs).toEqual([1, 2, 3])
    await other.stop()
  })

  it('goes on from the last event told when the broker was away', async () => {
    const broker = new LocalBroker()
    const place = await RequestPlace.start({}, { server: broker.connect(), client: broker.connect() })
    const cid = await opened(place)
    const watch = await start(place, cid)
    await watch.next()
    broker.stop()
    await place.node.send(cid, 'm1', 'december 1980')
    await place.node.clock.advance(500)
    expect(watch.told).toHaveLength(1)
    broker.start()
    await place.node.clock.advance(5000)
    await place.node.send(cid, 'm2', 'the 14th')
    await watch.holds(3)
    expect(watch.told.map(({ body }) => (body.events as { seq: number }[]).map(({ seq }) => seq))).toEqual([[1], [2, 3], [4, 5]])
    expect(watch.told.map(({ headers }) => headers.get('Parley-Stream'))).toEqual(['1', '2', '3'])
  })

  it('cuts a long catch-up into chunks', async () => {
    const place = await RequestPlace.start({ limits: { answerBytesMax: 20_000 } })
    const cid = await opened(place)
    for (let i = 0; i < 5; i++) await place.ask('conv.inject', { cid, mid: `i${i}`, body: 'x'.repeat(6000) })
    const watch = await start(place, cid)
    await watch.holds(3)
    expect(watch.told.map(({ body }) => (body.events as { seq: number }[]).map(({ seq }) => seq))).toEqual([
      [1, 2, 3],
      [4, 5],
      [6],
    ])
  })
})

describe('a node', () => {
  it('refuses what is beyond its requests under way, and beyond one tenant’s', async () => {
    const router = new Holding()
    const place = await RequestPlace.start({ router, limits: { inFlightMax: 2, tenantInFlightMax: 1 } })
    const first = place.ask('conv.get', { cid: 'c' })
    await router.reached(1)
    expect((await place.ask('conv.get', { cid: 'c' })).body).toMatchObject({ code: 429, name: 'rate_limited', retryMs: 200 })
    const acme = { 'Parley-Auth': await place.token('service', 'crm', 'acme') }
    const second = place.raw('parley.v1.acme.conv.get', { cid: 'c' }, acme)
    await router.reached(2)
    const third = { 'Parley-Auth': await place.token('service', 'crm', 'third') }
    expect((await place.raw('parley.v1.third.conv.get', { cid: 'c' }, third)).body).toMatchObject({ code: 503, retryMs: 200 })
    router.release()
    expect((await first).body).toMatchObject({ code: 410 })
    await second
    const after = place.ask('conv.get', { cid: 'c' })
    await router.reached(1)
    router.release()
    expect((await after).body).toMatchObject({ code: 410 })
  })

  it('refuses messages beyond the window of their conversation, whoever sends them', async () => {
    const place = await RequestPlace.start({ rates: new RateWindows(2, 10_000, 0) })
    const cid = await opened(place)
    await place.ask('conv.send', { cid, user: 'anna', mid: 'm1', body: 'december 1980' })
    await place.ask('conv.inject', { cid, mid: 'i1', body: 'hello' })
    for (const [verb, more] of [
      ['conv.send', { user: 'anna', mid: 'm2' }],
      ['conv.inject', { mid: 'i2' }],
    ] as const) {
      const { body } = await place.ask(verb, { cid, body: 'the 14th', ...more })
      expect(body).toMatchObject({ code: 429, name: 'rate_limited', retryMs: expect.any(Number), details: { cid } })
    }
    expect((await place.ask('conv.send', { cid: await opened(place), user: 'anna', mid: 'm1', body: 'x' })).body.seq).toBe(2)
  })

  it('opens a conversation where the router likes to have it', async () => {
    const place = await RequestPlace.start()
    const { host } = place.node
    const router: ConversationRouter = {
      newId: () => 'nearby',
      deliver: (tenant, cid, delivery, reply) => host.deliver(tenant, cid, delivery, reply),
    }
    const other = await place.another({ router, prefix: 'other' })
    const { body } = await other.raw('other.v1.demo.conv.open', OPEN, { 'Parley-Auth': await place.token() })
    expect(body.cid).toBe('nearby')
    await other.stop()
  })

  it('on a bus that carries next to nothing answers with a refusal', async () => {
    const broker = new LocalBroker()
    const server = broker.connect()
    Object.defineProperty(server, 'payloadMax', { value: 3000 })
    const place = await RequestPlace.start({}, { server, client: broker.connect() })
    expect((await place.ask('tpl.list', {})).body).toMatchObject({ code: 413 })
  })

  it('passes the deadline on', async () => {
    const router = new Holding()
    const place = await RequestPlace.start({ router })
    const at = place.node.clock.now() + 700
    const asked = place.ask('conv.send', { cid: 'c', mid: 'm', body: 'x' }, { 'Parley-Deadline': String(at) })
    await router.reached(1)
    expect(router.held[0]?.delivery).toMatchObject({ type: 'send', mid: 'm', deadlineMs: at })
    router.release()
    expect((await asked).body).toMatchObject({ code: 410 })
  })

  it('that stops takes nothing more, ends its watches, and answers what is under way first', async () => {
    const router = new Holding()
    const place = await RequestPlace.start()
    const cid = await opened(place)
    const watch = place.stream('parley.v1.demo.conv.watch', { cid }, { 'Parley-Auth': await place.token() })
    await watch.next()
    const slow = await place.another({ router, prefix: 'slow' })
    const asked = slow.raw('slow.v1.demo.conv.get', { cid }, { 'Parley-Auth': await place.token() })
    await router.reached(1)
    let stopped = false
    const stopping = slow.stop().then(() => {
      stopped = true
    })
    await settle()
    expect(stopped).toBe(false)
    await expect(slow.raw('slow.v1.demo.conv.get', { cid })).rejects.toMatchObject({ fault: 'no_responders' })
    router.release()
    expect((await asked).body).toMatchObject({ code: 410 })
    await stopping
    await place.stop()
    expect((await watch.next()).body).toMatchObject({ reason: 'drain' })
  })

  it('that stops waits for a stuck answer as long as it may, and no longer', async () => {
    const router = new Holding()
    const place = await RequestPlace.start({ router, limits: { stopMs: 300 } })
    const asked = place.ask('conv.get', { cid: 'c' })
    await router.reached(1)
    const stopping = place.stop()
    await place.node.clock.advance(300)
    await stopping
    router.release()
    await asked
  })

  it('shares the requests with the others of its queue group', async () => {
    const broker = new LocalBroker()
    const buses = { server: broker.connect(), client: broker.connect() }
    const place = await RequestPlace.start({}, buses)
    const other = await place.another({ node: 'n2' })
    const nodes = new Set<unknown>()
    for (let i = 0; i < 8; i++) nodes.add((await place.ask('tpl.list', {})).body.node)
    expect([...nodes].sort()).toEqual(['n1', 'n2'])
    await other.stop()
    await place.stop()
  })
})

describe('the discovery', () => {
  const data = { gateway: () => ({ connections: 3 }), cluster: () => ({ shards: 1024 }) }

  it('answers PING for every service, by name, and by name and id', async () => {
    const place = await RequestPlace.start()
    const all = place.stream('$SRV.PING', {}, {})
    await settle()
    const names = all.told.map(({ body }) => body.name)
    expect(names).toEqual(['parley-conv', 'parley-template', 'parley-gateway', 'parley-cluster', 'parley-nlu'])
    const { body } = await place.raw('$SRV.PING.parley-conv', {})
    expect(body).toEqual({
      type: 'io.nats.micro.v1.ping_response',
      name: 'parley-conv',
      id: expect.stringMatching(/^[A-Z0-9]{26}$/),
      version: '1.2.3',
      metadata: { node: 'n1' },
    })
    expect((await place.raw(`$SRV.PING.parley-conv.${body.id}`, {})).body).toEqual(body)
    await expect(place.raw('$SRV.PING.parley-conv.another', {})).rejects.toMatchObject({ fault: 'no_responders' })
  })

  it('tells the endpoints with their subjects and queue groups', async () => {
    const place = await RequestPlace.start()
    const { body } = await place.raw('$SRV.INFO.parley-conv', {})
    expect(body).toMatchObject({ type: 'io.nats.micro.v1.info_response', description: expect.stringContaining('Conversations') })
    const endpoints = body.endpoints as { name: string }[]
    expect(endpoints.map(({ name }) => name)).toContain('conv-watch-cancel')
    expect(endpoints[0]).toEqual({ name: 'conv-open', subject: 'parley.v1.*.conv.open', queue_group: 'q', metadata: {} })
  })

  it('counts requests, errors and the time they took', async () => {
    const place = await RequestPlace.start({ data })
    await place.ask('tpl.get', { template: 'date-of-birth' })
    await place.ask('tpl.get', { template: 'none' })
    const { body } = await place.raw('$SRV.STATS.parley-template', {})
    expect(body).toMatchObject({ type: 'io.nats.micro.v1.stats_response', started: '2026-11-20T10:00:00.000Z' })
    expect((body.endpoints as unknown[])[1]).toEqual({
      name: 'tpl-get',
      subject: 'parley.v1.*.tpl.get',
      queue_group: 'q',
      num_requests: 2,
      num_errors: 1,
      last_error: 'not_found: no template "none"',
      processing_time: 0,
      average_processing_time: 0,
    })
    const gateway = await place.raw('$SRV.STATS.parley-gateway', {})
    expect(gateway.body.endpoints).toMatchObject([{ name: 'stats', data: { connections: 3 } }])
    const cluster = await place.raw('$SRV.STATS.parley-cluster', {})
    expect(cluster.body.endpoints).toMatchObject([{ data: { shards: 1024 } }])
  })

  it('has a prefix of its own where accounts map it', async () => {
    const place = await RequestPlace.start({ discoveryPrefix: 'acct.SRV' })
    expect((await place.raw('acct.SRV.PING.parley-nlu', {})).body.name).toBe('parley-nlu')
    await expect(place.raw('$SRV.PING', {})).rejects.toMatchObject({ fault: 'no_responders' })
  })
})
