import { afterEach, describe, expect, it } from 'vitest'
import { type EntryPlace, eventRecords, streamed } from '../../src/actors/event-records.ts'
import type { Caller, SentAnswer } from '../../src/actors/port.ts'
import { ConversationProjection, type SealedEntry } from '../../src/actors/projection.ts'
import type { EntryData } from '../../src/actors/record.ts'
import { replay } from '../../src/dialogue/replay.ts'
import { GATEWAY_DEFAULTS } from '../../src/gateway/config.ts'
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts'
import { signToken, TokenVerifier } from '../../src/gateway/identity.ts'
import { wsSockets } from '../../src/gateway/use/ws.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { noMetrics } from '../../src/kernel/metrics.ts'
import { isRejection, type Rejection } from '../../src/kernel/rejection.ts'
import { shardOf } from '../../src/kernel/shard.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import { identitySeal } from '../../src/storage/port.ts'
import { factoryTemplate } from '../fixtures/factory-template.ts'
import { TEST_SECRET } from '../fixtures/gateway-server.ts'
import { anna, operator, Recorder, TestNode } from '../fixtures/node.ts'

const service: Caller = { tenant: 'demo', user: 'crm', role: 'service' }

async function talking(): Promise<TestNode> {
  const node = await new TestNode().start()
  await node.open('c', 'date-of-birth')
  return node
}

const take = (node: TestNode, mid: string, more: object = {}, caller = operator): Promise<SentAnswer | Rejection> =>
  node.ask('c', { type: 'handoff', caller, mid, action: 'take', ...more })
const give = (node: TestNode, mid: string, caller = operator): Promise<SentAnswer | Rejection> =>
  node.ask('c', { type: 'handoff', caller, mid, action: 'give' })
const say = (node: TestNode, mid: string, body: string, more: object = {}): Promise<SentAnswer | Rejection> =>
  node.ask('c', { type: 'inject', caller: operator, mid, what: { from: 'agent', body, ...more } })

const shown = (events: readonly DurableEvent[]): string[] =>
  events.map(({ t, d }) =>
    t === 'msg.new'
      ? `${d.from}${d.user === undefined ? '' : ` ${d.user}`}: ${d.body}`
      : t === 'conv.state'
        ? `${d.state} (${d.reason})`
        : JSON.stringify(d),
  )
const history = async (node: TestNode): Promise<string[]> => {
  const page = await node.ask('c', { type: 'history', caller: operator, limit: 100 })
  if (isRejection(page)) throw new Error(page.msg)
  return shown(page.items)
}

/** The journal's entries of the conversation. */
async function entriesOf(node: TestNode): Promise<EntryData[]> {
  const projection = new ConversationProjection(identitySeal)
  const stored = await node.journal.read(shardOf('demo', 'c'), 0)
  return stored.map(({ data }) => projection.openEntry('demo', data as SealedEntry))
}

describe('a handoff', () => {
  it('begins when a human takes over from the bot, and ends when they give back: the bot asks again what is open', async () => {
    const node = await talking()
    await node.said('c', 'm1', 'december 1980')
    expect(await take(node, 'h1', { agent: 'Olga', queue: 'sales' })).toMatchObject({
      seq: 4,
      dup: false,
      state: 'handoff',
      tv: 1,
    })
    expect(await node.said('c', 'm2', 'the 14th')).toBe('')
    expect(await say(node, 'a1', 'The day is all I need.')).toMatchObject({ seq: 7, state: 'handoff', events: [] })
    expect(await give(node, 'h2')).toMatchObject({ seq: 8, state: 'active' })
    expect(await history(node)).toEqual([
      'bot: What is your date of birth?',
      'user anna: december 1980',
      'bot: And the day?',
      'handoff (sales)',
      '{"queue":"sales","agent":"Olga"}',
      'user anna: the 14th',
      'agent olga: The day is all I need.',
      'active (handed-back)',
      'bot: And the day?',
    ])
    expect(await node.said('c', 'm3', 'the 14th')).toBe('14 December 1980, is that right?')
  })

  it('asked for by the user waits in a queue until an agent takes it, and may go to another one', async () => {
    const node = await talking()
    await node.said('c', 'm1', 'operator')
    await take(node, 'h1', { agent: 'Olga' })
    await take(node, 'h2', { agent: 'Otto', queue: 'sales' })
    expect((await history(node)).slice(-4)).toEqual([
      'handoff (operator)',
      '{"queue":"operator"}',
      '{"queue":"operator","agent":"Olga"}',
      '{"queue":"sales","agent":"Otto"}',
    ])
    await give(node, 'h3')
    expect((await history(node)).at(-1)).toBe('bot: What is your date of birth?')
  })

  it('in the middle of a confirmation goes back to it', async () => {
    const node = await talking()
    await node.said('c', 'm1', '14 december 1980')
    await take(node, 'h1')
    await give(node, 'h2')
    expect((await history(node)).at(-1)).toBe('bot: 14 December 1980, is that right?')
    expect(await node.said('c', 'm2', 'yes')).toContain('Thank you.')
  })

  it('is for operators and services, not for users', async () => {
    const node = await talking()
    expect(await take(node, 'h1', {}, anna)).toMatchObject({ rejected: 'forbidden' })
    expect(await node.ask('c', { type: 'inject', caller: anna, mid: 'i', what: { from: 'agent', body: 'x' } })).toMatchObject({
      rejected: 'forbidden',
    })
    expect(await take(node, 'h1', {}, service)).toMatchObject({ seq: 2 })
  })

  it('cannot be given back where nobody has it, and is no more once the conversation has ended', async () => {
    const node = await talking()
    expect(await give(node, 'h1')).toMatchObject({ rejected: 'conflict', field: 'action' })
    await node.ask('c', { type: 'close', caller: operator, reason: 'done' })
    for (const refused of [take(node, 'h2'), give(node, 'h3'), say(node, 'a1', 'hello')]) {
      expect(await refused).toMatchObject({ rejected: 'closed', cid: 'c' })
    }
  })

  it('that comes too late is refused', async () => {
    const node = await talking()
    expect(await take(node, 'h1', { deadlineMs: 1 })).toMatchObject({ rejected: 'deadline' })
    expect(await take(node, 'h1')).toMatchObject({ dup: false })
  })

  it('is done once by its id, the same one that messages have', async () => {
    const node = await talking()
    await node.said('c', 'm1', 'december 1980')
    expect(await take(node, 'm1')).toMatchObject({ rejected: 'conflict' })
    expect(await take(node, 'h1', { agent: 'Olga', note: 'angry' })).toMatchObject({ seq: 4, dup: false })
    expect(await take(node, 'h1', { note: 'angry', agent: 'Olga' })).toMatchObject({ seq: 4, dup: true, events: [] })
    expect(await take(node, 'h1', { agent: 'Olga' })).toMatchObject({ rejected: 'conflict' })
    expect(await give(node, 'h1')).toMatchObject({ rejected: 'conflict' })
  })

  it('survives a crash with all that was said, and is done once after it too', async () => {
    const node = await talking()
    await node.said('c', 'm1', '14 december 1980')
    await take(node, 'h1', { agent: 'Olga' })
    await say(node, 'a1', 'Good morning.')
    const before = await history(node)
    await node.crash()
    const next = await new TestNode({ clock: node.clock, journal: node.journal, documents: node.documents }).start()
    expect(await history(next)).toEqual(before)
    expect(await take(next, 'h1', { agent: 'Olga' })).toMatchObject({ seq: 4, dup: true, state: 'handoff' })
    expect(await say(next, 'a1', 'Good morning.')).toMatchObject({ seq: 6, dup: true })
    expect(await give(next, 'h2')).toMatchObject({ state: 'active' })
    expect((await history(next)).at(-1)).toBe('bot: 14 December 1980, is that right?')
  })

  it('keeps the conversation open for as long as somebody speaks in it', async () => {
    const node = await talking()
    const day = 86_400_000
    await node.clock.advance(day - 1000)
    await take(node, 'h1')
    await node.clock.advance(day - 1000)
    await say(node, 'a1', 'Still with you.')
    await node.clock.advance(day - 1000)
    expect(await node.ask('c', { type: 'get', caller: operator })).toMatchObject({ state: 'handoff' })
    await node.clock.advance(2000)
    expect(await node.ask('c', { type: 'get', caller: operator })).toMatchObject({ state: 'closed' })
  })

  it('replays byte for byte', async () => {
    const node = await talking()
    await node.said('c', 'm1', 'operator')
    await take(node, 'h1', { agent: 'Olga' })
    await node.ask('c', { type: 'inject', caller: service, mid: 'v1', what: { vars: { plan: 'gold' } } })
    await give(node, 'h2')
    await say(node, 'a1', 'Go on.')
    await take(node, 'h3', { note: 'again' })
    const entries = await entriesOf(node)
    const turns = entries.flatMap(({ input, facts }) => (input === undefined ? [] : [{ input, facts }]))
    expect(turns.length).toBeGreaterThanOrEqual(7)
    expect(replay({ ...factoryTemplate('date-of-birth'), version: 1 }, turns)).toEqual([])
    expect(entries.at(-1)).toMatchObject({ kind: 'handoff', who: 'olga', note: 'again', mid: 'h3' })
  })
})

describe('what is put in from outside', () => {
  it('reaches every watcher with its place in the order', async () => {
    const node = await talking()
    const user = new Recorder('user')
    const desk = new Recorder('desk')
    await node.ask('c', { type: 'join', caller: anna, watcher: user })
    await node.ask('c', { type: 'join', caller: operator, watcher: desk })
    await say(node, 'a1', 'Hello.', { agent: 'Olga' })
    await take(node, 'h1')
    await node.send('c', 'm1', 'Are you there?')
    expect(user.seqs).toEqual([2, 3, 4, 5])
    expect(desk.seqs).toEqual(user.seqs)
    expect(shown(desk.pushes.flatMap((push) => [...push.events]))).toEqual([
      'agent Olga: Hello.',
      'handoff (operator)',
      '{"queue":"operator","agent":"olga"}',
      'user anna: Are you there?',
    ])
  })

  it('may be the bot’s or the system’s words, without a name', async () => {
    const node = await talking()
    for (const from of ['bot', 'system'] as const) {
      await node.ask('c', { type: 'inject', caller: service, mid: from, what: { from, body: 'Mind the gap.' } })
    }
    expect((await history(node)).slice(1)).toEqual(['bot: Mind the gap.', 'system: Mind the gap.'])
    expect(await node.said('c', 'm1', 'december 1980')).toBe('And the day?')
  })

  it('may be variables: nothing is said, and they are there also while a human speaks', async () => {
    const node = await talking()
    const put = (mid: string, vars: Record<string, string>) =>
      node.ask('c', { type: 'inject', caller: service, mid, what: { vars } })
    expect(await put('v1', { plan: 'gold' })).toMatchObject({ seq: 1, dup: false, events: [] })
    expect(await put('v1', { plan: 'gold' })).toMatchObject({ seq: 1, dup: true })
    expect(await put('v1', { plan: 'tin' })).toMatchObject({ rejected: 'conflict' })
    await take(node, 'h1')
    await put('v2', { desk: 'north' })
    const many = Object.fromEntries(Array.from({ length: 255 }, (_, i) => [`n${i}`, 'x']))
    expect(await put('v3', many)).toMatchObject({ rejected: 'too_large', field: 'vars' })
    const facts = (await entriesOf(node)).flatMap((entry) => entry.facts).filter(({ type }) => type === 'variableSet')
    expect(facts).toEqual([
      { type: 'variableSet', values: { plan: 'gold' } },
      { type: 'variableSet', values: { desk: 'north' } },
    ])
  })
})

describe('the records of the event stream', () => {
  const place: EntryPlace = { tenant: 'demo', cid: 'c', inc: 'i1', tv: 1, isSensitive: () => false }

  it('follow the entries: who spoke, and what became of the conversation', async () => {
    const node = await talking()
    await node.said('c', 'm1', 'operator')
    await say(node, 'a1', 'Good morning.')
    const records = (await entriesOf(node)).flatMap((entry) => eventRecords(entry, place))
    expect(records.map(({ subject, id, body }) => `${subject.replace('parley.evt.v1.demo.', '')} ${id} ${body.type}`)).toEqual([
      'conversation.events demo.c.0 conv.opened',
      'message.outbound demo.c.1 msg.new',
      'message.inbound demo.c.2 msg.new',
      'message.outbound demo.c.3 msg.new',
      'conversation.events demo.c.4 conv.state',
      'conversation.events demo.c.5 handoff',
      'message.outbound demo.c.6 msg.new',
    ])
    expect(records[0]?.body.d).toMatchObject({ user: 'anna', template: { id: 'date-of-birth', version: 1 }, channel: 'test' })
    expect(JSON.parse(Buffer.from(streamed(records[2] as never).data).toString())).toMatchObject({
      v: 1,
      tenant: 'demo',
      cid: 'c',
      inc: 'i1',
      seq: 2,
      type: 'msg.new',
      d: { mid: 'm1', from: 'user', body: 'operator' },
    })
  })

  it('mask what a user said of a sensitive datum, and nothing else', async () => {
    const node = await talking()
    await node.said('c', 'm1', '14 december 1980')
    const sensitive = { ...place, isSensitive: (datum: string) => datum === 'birthDate' }
    const [, told] = await entriesOf(node)
    const inbound = (p: EntryPlace) =>
      eventRecords(told as EntryData, p).find(({ subject }) => subject.endsWith('inbound'))?.body.d
    expect(inbound(place)).toMatchObject({ body: '14 december 1980' })
    expect(inbound(sensitive)).toMatchObject({ mid: 'm1', body: '••••' })
    const form = { ...told, facts: [], events: [formEvent({ birthDate: '1980-12-14', plan: 'gold' })] } as unknown as EntryData
    expect(eventRecords(form, sensitive)[0]?.body.d).toMatchObject({ body: { values: { birthDate: '••••', plan: 'gold' } } })
  })
})

const formEvent = (values: object): DurableEvent =>
  ({ seq: 2, ts: 1, t: 'msg.new', d: { mid: 'm', from: 'user', kind: 'form', body: { values } } }) as unknown as DurableEvent

describe('the HTTP doors', () => {
  let gateway: Gateway | undefined
  afterEach(() => gateway?.close())

  /** A gateway on a free port over the node's conversations. */
  async function listening(node: TestNode) {
    gateway = createGateway({
      config: { ...GATEWAY_DEFAULTS, port: 0, messagesPerWindow: 3 },
      router: node.host,
      identity: new TokenVerifier({ keys: { secret: TEST_SECRET }, clock: systemClock }),
      sockets: wsSockets,
      clock: systemClock,
      log: silentLog,
      metrics: noMetrics,
      templates: () => [],
      probe: () => Promise.resolve({ ok: true, ms: 1 }),
      metricsText: () => '',
      node: 'n1',
      version: '0.0.0',
    })
    const { host, port } = await gateway.listen()
    const base = `http://${host}:${port}/api/v2`
    return async (path: string, body: object | undefined, role: Caller['role'] = 'operator') => {
      const token = await signToken(TEST_SECRET, { tenant: 'demo', user: 'olga', role }, Date.now(), 60_000)
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const answer = await fetch(
        `${base}${path}`,
        body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
      )
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    }
  }
  const HANDOFF = '/chat/conversations/c/handoff'
  const MESSAGES = '/chat/conversations/c/messages'

  it('take over, speak, and give back', async () => {
    const call = await listening(await talking())
    expect(await call(HANDOFF, { mid: 'h1', action: 'take', agent: 'Olga' })).toMatchObject({
      status: 200,
      body: { conversationId: 'c', seq: 2, dup: false, state: 'handoff', messages: [] },
    })
    expect((await call(MESSAGES, { mid: 'a1', body: 'Good morning.' })).body).toMatchObject({ seq: 4, state: 'handoff' })
    expect((await call(MESSAGES, { mid: 'a1', body: 'Good morning.' })).body).toMatchObject({ seq: 4, dup: true })
    expect((await call(HANDOFF, { mid: 'h2', action: 'give' })).body).toMatchObject({
      seq: 5,
      state: 'active',
      messages: [{ seq: 6, from: 'bot', body: 'What is your date of birth?' }],
    })
    const { body } = await call('/chat/conversations/c', undefined)
    expect(body.messages).toMatchObject([
      { from: 'bot' },
      { from: 'agent', user: 'olga', body: 'Good morning.' },
      { from: 'bot' },
    ])
  })

  it('refuse users, other bodies, and what is wrong, and name the field', async () => {
    const call = await listening(await talking())
    expect(await call(HANDOFF, { mid: 'h1', action: 'take' }, 'user')).toMatchObject({ status: 403 })
    expect(await call(MESSAGES, { mid: 'a1', body: 'x' }, 'user')).toMatchObject({ status: 403 })
    expect(await call(HANDOFF, { mid: 'h1' })).toMatchObject({ status: 400, body: { field: 'body.action' } })
    expect(await call(HANDOFF, { mid: 'h1', action: 'give' })).toMatchObject({ status: 409, body: { name: 'conflict' } })
    expect(await call(MESSAGES, { mid: 'a1' })).toMatchObject({ status: 400, body: { field: 'body.body' } })
    expect(await call(MESSAGES, { mid: 'a1', body: 'x', from: 'user' })).toMatchObject({
      status: 400,
      body: { field: 'body.from' },
    })
    expect(await call(MESSAGES, { mid: 'a1', body: 'x', agent: 'a\u0007b' })).toMatchObject({
      status: 400,
      body: { field: 'body.agent' },
    })
    expect(await call('/chat/conversations/nowhere/handoff', { mid: 'h', action: 'take' })).toMatchObject({ status: 404 })
  })

  it('count as the conversation’s messages do', async () => {
    const call = await listening(await talking())
    const answers = await Promise.all(['1', '2', '3', '4'].map((mid) => call(MESSAGES, { mid, body: 'hello' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429])
  })

  it('stand in openapi.json', async () => {
    const call = await listening(await talking())
    const { body } = await call('/openapi.json', undefined)
    const paths = body.paths as Record<string, { post?: { security?: unknown } }>
    expect(paths['/api/v2/chat/conversations/{id}/handoff']?.post?.security).toEqual([{ bearer: [] }])
    expect(paths['/api/v2/chat/conversations/{id}/messages']?.post).toMatchObject({ requestBody: { required: true } })
  })
})
