import { describe, expect, it } from 'vitest'
import { type ClientOptions, ParleyClient } from './client.ts'
import type { Conversation } from './conversation.ts'
import { ParleyError } from './error.ts'
import type { KeyValueStore } from './outbox.ts'
import { FakeServer } from './testing/fake-server.ts'
import { VirtualTime } from './testing/virtual-time.ts'

function setting(options: Partial<ClientOptions> = {}) {
  const time = new VirtualTime()
  const server = new FakeServer(time)
  const client = new ParleyClient({
    url: 'ws://test/v1/ws',
    token: () => 'token',
    tz: 'Europe/Rome',
    runtime: server.runtime(),
    ...options,
  })
  const errors: ParleyError[] = []
  client.on('error', (error) => errors.push(error))
  return { time, server, client, errors }
}

async function within<T>(time: VirtualTime, promise: Promise<T>, ms = 1000): Promise<T> {
  promise.catch(() => {})
  await time.advance(ms)
  return promise
}

/** Everything a conversation tells, as short lines. */
function heard(conversation: Conversation): string[] {
  const lines: string[] = []
  conversation.on('message', ({ seq, from, body }) => lines.push(`${seq} ${from}: ${String(body)}`))
  conversation.on('state', ({ seq, state }) => lines.push(`${seq} ${state}`))
  conversation.on('result', ({ seq, outcome }) => lines.push(`${seq} ${outcome}`))
  conversation.on('gap', ({ reason }) => lines.push(`gap ${reason}`))
  return lines
}

function memoryStore(): KeyValueStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

async function opened(setup: ReturnType<typeof setting>) {
  const connected = setup.client.connect()
  await within(setup.time, connected)
  const conversation = await within(setup.time, setup.client.open({ template: 'date-of-birth', clientKey: 'key' }))
  const lines = heard(conversation)
  await setup.time.advance(0)
  return { conversation, lines }
}

describe('connecting', () => {
  it('says hello with token, locale, zone and capabilities, and tells its states', async () => {
    const { time, server, client } = setting({ locale: 'it' })
    const states: string[] = []
    client.on('status', (status) => states.push(status.state))
    await within(time, client.connect())
    expect(states).toEqual(['connecting', 'online'])
    expect(server.socket.frames('hello')[0]).toMatchObject({
      v: 1,
      d: { token: 'token', locale: 'it', tz: 'Europe/Rome', caps: ['batch', 'data', 'choices', 'receipts'], resume: [] },
    })
    expect(client.limits).toEqual({ textMax: 8000 })
  })

  it('backs off while the server is down, and connects when it is up', async () => {
    const { time, server, client } = setting()
    server.down = true
    const connected = client.connect()
    await time.advance(60_000)
    const dials = server.sockets.length
    expect(dials).toBeGreaterThan(4)
    expect(dials).toBeLessThan(12)
    server.down = false
    await within(time, connected, 20_000)
    expect(client.status.state).toBe('online')
  })

  it('tries at once when it is woken', async () => {
    const { time, server, client } = setting()
    server.down = true
    const connected = client.connect()
    await time.advance(60_000)
    server.down = false
    client.wake()
    await within(time, connected, 20)
    expect(client.online).toBe(true)
  })

  it('stops for good when the token is refused, and says why', async () => {
    const { time, server, client } = setting()
    server.intercept = (socket, frame) => {
      socket.push({
        t: 'error',
        re: frame.id ?? '',
        d: { code: 401, name: 'unauthorized', msg: 'bad signature', temporary: false },
      })
      time.setTimer(20, () => socket.cut(4002))
      return true
    }
    await expect(within(time, client.connect())).rejects.toMatchObject({ name: 'unauthorized', code: 401 })
    await time.advance(100_000)
    expect(server.sockets.length).toBe(1)
    await expect(client.open({ template: 'x' })).rejects.toMatchObject({ name: 'stopped', code: 401 })
  })

  it('comes back after an expired token only with another one', async () => {
    const tokens = ['one', 'two', 'two']
    const { time, server, client } = setting({ token: () => tokens.shift() ?? 'two' })
    await within(time, client.connect())
    server.socket.cut(4001)
    await time.advance(1000)
    expect(server.socket.frames('hello')[0]).toMatchObject({ d: { token: 'two' } })
    server.socket.cut(4001)
    await time.advance(5000)
    expect(client.status).toMatchObject({ state: 'stopped', error: { name: 'token_expired' } })
    expect(server.sockets.length).toBe(2)
  })

  it('renews the token when the server says that it expires', async () => {
    let made = 0
    const { time, server, client } = setting({
      token: () => {
        made += 1
        return `token ${made}`
      },
    })
    await within(time, client.connect())
    server.socket.push({ t: 'auth.expiring', d: { inMs: 60_000 } })
    await time.advance(100)
    expect(server.socket.frames('auth.refresh')[0]).toMatchObject({ d: { token: 'token 2' } })
    expect(client.online).toBe(true)
  })

  it('waits as the bye says before it comes back', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    server.socket.push({
      t: 'bye',
      d: { code: 4200, reason: 'drain', reconnect: true, afterMs: 2000, spreadMs: 10_000, resume: true },
    })
    await time.advance(50)
    server.socket.cut(4200)
    expect(client.status).toMatchObject({ state: 'waiting', retryAtMs: time.nowMs + 7000 })
    await time.advance(6990)
    expect(server.sockets.length).toBe(1)
    await time.advance(100)
    expect(client.online).toBe(true)
  })

  it('notices a peer that went silent and dials again', async () => {
    const { time, server, client } = setting()
    server.welcome = { ping: { everyMs: 20_000, timeoutMs: 5000 } }
    await within(time, client.connect())
    await time.advance(60_000)
    expect(server.sockets.length).toBe(1)
    server.intercept = (_, frame) => frame.t === 'ping'
    await time.advance(30_000)
    expect(server.sockets.length).toBe(2)
    expect(client.online).toBe(true)
  })

  it('answers a ping of the server', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    server.socket.push({ t: 'ping', d: { n: 7 } })
    await time.advance(100)
    expect(server.socket.frames('pong')[0]).toMatchObject({ d: { n: 7 } })
  })

  it('reports a frame that it cannot read and goes on', async () => {
    const { time, server, client, errors } = setting()
    await within(time, client.connect())
    for (const data of ['{', '[1]', 'null', '{"t":5}', new Uint8Array(3)]) server.socket.raw(data)
    await time.advance(100)
    expect(errors.map((error) => error.name)).toEqual(Array(5).fill('bad_request'))
    expect(client.online).toBe(true)
  })

  it('says bye and stays away when it is closed', async () => {
    const { time, server, client } = setting()
    await within(time, client.connect())
    client.close()
    await time.advance(60_000)
    expect(client.status.state).toBe('stopped')
    expect(server.sockets.length).toBe(1)
  })
})

describe('a conversation', () => {
  it('opens, tells what was said before anybody listened, and places the own message in order', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    expect(lines).toEqual(['1 bot: What is your date of birth?'])
    const sent = conversation.send('december 1980')
    expect(await within(setup.time, sent.accepted)).toBe(2)
    expect(lines.slice(1)).toEqual(['2 user: december 1980', '3 bot: echo december 1980'])
    expect(conversation.position).toEqual({ inc: 'a', seq: 3 })
    expect(conversation.template).toEqual({ id: 'date-of-birth', version: 3 })
  })

  it('reads several frames in one array, the open and its first message among them', async () => {
    const setup = setting()
    await within(setup.time, setup.client.connect())
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'conv.open') return false
      setup.server.create('c')
      const d = {
        cid: 'c',
        inc: 'a',
        seq: 0,
        state: 'active',
        flow: { id: 't', version: 1 },
        locale: 'en',
        participants: [],
        existing: false,
      }
      const said = { mid: 'b', from: 'bot', kind: 'text', body: 'Hello' }
      socket.push(
        { t: 'conv.opened', re: frame.id ?? '', cid: 'c', inc: 'a', d },
        { t: 'msg.new', cid: 'c', inc: 'a', seq: 1, ts: 1, d: said },
      )
      return true
    }
    const conversation = await within(setup.time, setup.client.open({ template: 't' }))
    const lines = heard(conversation)
    await setup.time.advance(0)
    expect(lines).toEqual(['1 bot: Hello'])
  })

  it('opens one conversation even when the connection is lost before the answer', async () => {
    const setup = setting()
    await within(setup.time, setup.client.connect())
    const opening = setup.client.open({ template: 'date-of-birth' })
    await setup.time.advance(7)
    setup.server.socket.cut()
    const conversation = await within(setup.time, opening, 3000)
    const lines = heard(conversation)
    await setup.time.advance(0)
    expect(setup.server.logs.size).toBe(1)
    expect(lines).toEqual(['1 bot: What is your date of birth?'])
  })

  it('refuses what the server refuses, with a typed error', async () => {
    const setup = setting()
    await within(setup.time, setup.client.connect())
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'conv.open') return false
      const d = { code: 410, name: 'closed', msg: 'ended', temporary: false }
      socket.push({ t: 'error', re: frame.id ?? '', cid: 'old', d })
      return true
    }
    const opening = within(setup.time, setup.client.open({ template: 't', clientKey: 'k' }))
    await expect(opening).rejects.toMatchObject({ code: 410, name: 'closed', temporary: false, cid: 'old' })
    await expect(opening).rejects.toBeInstanceOf(ParleyError)
  })

  it('gives up an open after its deadline while the server is down', async () => {
    const setup = setting()
    setup.server.down = true
    const connecting = setup.client.connect()
    connecting.catch(() => {})
    await expect(within(setup.time, setup.client.open({ template: 't' }), 16_000)).rejects.toMatchObject({
      name: 'unavailable',
      temporary: true,
    })
    setup.client.close()
  })

  it('joins from its newest page and knows that older events exist', async () => {
    const setup = setting()
    setup.server.create('c')
    for (let i = 1; i <= 5; i++) setup.server.say('c', `m${i}`)
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'conv.join') return false
      const d = {
        cid: 'c',
        inc: 'a',
        seq: 5,
        state: 'active',
        flow: { id: 't', version: 1 },
        locale: 'en',
        participants: [],
        existing: true,
      }
      socket.push(
        { t: 'conv.opened', re: frame.id ?? '', cid: 'c', inc: 'a', d },
        { t: 'sync', cid: 'c', d: { from: 4, to: 5, count: 2 } },
      )
      for (const event of setup.server.log('c').events.slice(3)) socket.push({ cid: 'c', inc: 'a', ...event })
      return true
    }
    await within(setup.time, setup.client.connect())
    const conversation = await within(setup.time, setup.client.join('c'))
    const replayed: boolean[] = []
    conversation.on('message', (message) => replayed.push(message.replayed))
    const lines = heard(conversation)
    await setup.time.advance(0)
    expect(lines).toEqual(['4 bot: m4', '5 bot: m5'])
    expect(replayed).toEqual([true, true])
    expect(conversation.more).toBe(true)
    const page = await within(setup.time, conversation.history(4, 2))
    expect(page.items.map((event) => event.seq)).toEqual([2, 3])
    expect(page.more).toBe(true)
  })

  it('refuses to join what does not exist', async () => {
    const setup = setting()
    await within(setup.time, setup.client.connect())
    await expect(within(setup.time, setup.client.join('nothing'))).rejects.toMatchObject({ name: 'not_found' })
    expect(setup.client.conversation('nothing')).toBeUndefined()
  })

  it('keeps the newest progress of each datum', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    const { cid } = conversation
    setup.server.socket.push({ t: 'data.update', cid, d: { node: 'birthDate', status: 'partial', missing: ['day'] } })
    setup.server.socket.push({ t: 'data.update', cid, d: { node: 'birthDate', status: 'filled', value: '1980-12-14' } })
    await setup.time.advance(100)
    expect(conversation.data).toEqual([{ node: 'birthDate', status: 'filled', value: '1980-12-14' }])
  })

  it('tells typing when it changes, and lets a stale one expire', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    const told: boolean[] = []
    conversation.on('typing', ({ on }) => told.push(on))
    for (let i = 0; i < 10; i++) conversation.typing(true)
    conversation.typing(false)
    setup.server.socket.push({ t: 'typing', cid: conversation.cid, d: { who: 'agent', on: true, ttlMs: 4000 } })
    await setup.time.advance(5000)
    expect(setup.server.socket.frames('typing').map((frame) => (frame.d as { on: boolean }).on)).toEqual([true, false])
    expect(told).toEqual([true, false])
  })

  it('stops hearing what it left', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    conversation.leave()
    setup.server.say(conversation.cid, 'still here?')
    await setup.time.advance(1000)
    expect(lines.length).toBe(1)
    expect(setup.server.socket.frames('conv.leave').length).toBe(1)
    expect(() => conversation.send('x')).toThrow('left')
  })
})

describe('sending', () => {
  it('keeps what is sent while offline and sends it in order, each message once', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    setup.server.down = true
    setup.server.socket.cut()
    for (const text of ['one', 'two', 'three']) conversation.send(text)
    await setup.time.advance(20_000)
    expect(conversation.pending.map((message) => message.state)).toEqual(['queued', 'queued', 'queued'])
    setup.server.down = false
    await setup.time.advance(30_000)
    expect(conversation.pending).toEqual([])
    expect(setup.server.said(conversation.cid).filter((line) => line.startsWith('user'))).toEqual([
      'user: one',
      'user: two',
      'user: three',
    ])
  })

  it('takes effect once and is told once, wherever the connection is cut', async () => {
    for (let cutMs = 0; cutMs <= 30; cutMs++) {
      const setup = setting()
      const { conversation, lines } = await opened(setup)
      conversation.send('one')
      conversation.send('two')
      await setup.time.advance(cutMs)
      setup.server.socket.cut()
      await setup.time.advance(20_000)
      expect([cutMs, setup.server.said(conversation.cid)]).toEqual([
        cutMs,
        ['bot: What is your date of birth?', 'user: one', 'bot: echo one', 'user: two', 'bot: echo two'],
      ])
      expect([cutMs, lines]).toEqual([
        cutMs,
        ['1 bot: What is your date of birth?', '2 user: one', '3 bot: echo one', '4 user: two', '5 bot: echo two'],
      ])
      expect(conversation.pending).toEqual([])
    }
  })

  it('has at most the agreed number on the wire', async () => {
    for (const inFlightMax of [1, 3]) {
      const setup = setting({ inFlightMax })
      const { conversation } = await opened(setup)
      setup.server.intercept = (_, frame) => frame.t === 'msg.send'
      for (let i = 0; i < 10; i++) conversation.send(`m${i}`)
      await setup.time.advance(1000)
      expect(setup.server.socket.frames('msg.send').length).toBe(inFlightMax)
    }
  })

  it('waits as long as a rate limit asks, then repeats the same message', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    let refusals = 1
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'msg.send' || refusals === 0) return false
      refusals -= 1
      const d = { code: 429, name: 'rate_limited', msg: 'slower', temporary: true, retryMs: 4000 }
      socket.push({ t: 'error', re: frame.id ?? '', cid: conversation.cid, d })
      return true
    }
    conversation.send('one')
    conversation.send('two')
    await setup.time.advance(3900)
    expect(setup.server.socket.frames('msg.send').length).toBe(1)
    await setup.time.advance(1000)
    const mids = setup.server.socket.frames('msg.send').map((frame) => (frame.d as { mid: string }).mid)
    expect(mids.length).toBe(3)
    expect(mids[0]).toBe(mids[1])
    expect(conversation.pending).toEqual([])
  })

  it('fails what is refused for good, goes on with the next, and repeats it on demand', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    let refuse = true
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'msg.send' || !refuse) return false
      refuse = false
      socket.push({
        t: 'error',
        re: frame.id ?? '',
        d: { code: 413, name: 'too_large', msg: 'too long', temporary: false, field: 'd.body' },
      })
      return true
    }
    const { mid, accepted } = conversation.send('one')
    conversation.send('two')
    await expect(within(setup.time, accepted)).rejects.toMatchObject({ name: 'too_large', field: 'd.body' })
    expect(conversation.pending.map(({ state, error }) => [state, error?.code])).toEqual([['failed', 413]])
    expect(setup.server.said(conversation.cid).at(-1)).toBe('bot: echo two')
    conversation.retry(mid)
    await setup.time.advance(1000)
    expect(setup.server.said(conversation.cid).at(-1)).toBe('bot: echo one')
  })

  it('sends again what was never answered, and gives up after eight refusals', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    setup.server.intercept = (_, frame) => frame.t === 'msg.send'
    const { accepted } = conversation.send('one')
    await expect(within(setup.time, accepted, 600_000)).rejects.toMatchObject({ name: 'deadline' })
    const mids = setup.server.sockets
      .flatMap((socket) => socket.frames('msg.send'))
      .map((frame) => (frame.d as { mid: string }).mid)
    expect(mids.length).toBe(8)
    expect(new Set(mids).size).toBe(1)
  })

  it('refuses the hundred and first waiting message and an empty text', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    setup.server.down = true
    setup.server.socket.cut()
    for (let i = 0; i < 100; i++) conversation.send(`m${i}`)
    expect(() => conversation.send('one more')).toThrow(ParleyError)
    expect(() => conversation.send(' ')).toThrow('empty')
    expect(conversation.pending.length).toBe(100)
  })

  it('stops while the server says pause', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    const { cid } = conversation
    setup.server.socket.push({ t: 'flow', cid, d: { action: 'pause', reason: 'queue' } })
    await setup.time.advance(100)
    conversation.send('one')
    await setup.time.advance(5000)
    expect(setup.server.socket.frames('msg.send').length).toBe(0)
    setup.server.socket.push({ t: 'flow', cid, d: { action: 'resume' } })
    await setup.time.advance(100)
    expect(conversation.pending).toEqual([])
  })

  it('fails what waits when the conversation ends', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.intercept = (_, frame) => frame.t === 'msg.send'
    const { accepted } = conversation.send('late')
    setup.server.append(conversation.cid, 'conv.state', { state: 'closed', reason: 'success' })
    await expect(within(setup.time, accepted)).rejects.toMatchObject({ name: 'closed' })
    expect(lines.at(-1)).toBe('2 closed')
    expect(() => conversation.send('x')).toThrow('ended')
  })

  it('keeps waiting messages across a reload, with their ids', async () => {
    const storage = memoryStore()
    const before = setting({ storage })
    const { conversation } = await opened(before)
    before.server.down = true
    before.server.socket.cut()
    const { mid } = conversation.send('typed in a tunnel')
    before.client.close()

    const after = setting({ storage })
    after.server.logs.set(conversation.cid, before.server.log(conversation.cid))
    await within(after.time, after.client.connect())
    const joined = await within(after.time, after.client.join(conversation.cid))
    const lines = heard(joined)
    await after.time.advance(1000)
    expect(lines).toEqual(['1 bot: What is your date of birth?', '2 user: typed in a tunnel', '3 bot: echo typed in a tunnel'])
    expect(after.server.socket.frames('msg.send')[0]).toMatchObject({ d: { mid } })
    expect(storage.kept.size).toBe(0)
  })

  it('keeps what waited in a conversation that was left, but not what failed', async () => {
    const storage = memoryStore()
    const setup = setting({ storage })
    const { conversation } = await opened(setup)
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'msg.send') return false
      const d = { code: 413, name: 'too_large', msg: 'too long', temporary: false }
      if ((frame.d as { body: string }).body === 'refused') socket.push({ t: 'error', re: frame.id ?? '', d })
      return true
    }
    conversation.send('refused')
    await setup.time.advance(100)
    const { mid, accepted } = conversation.send('waiting')
    await setup.time.advance(100)
    conversation.leave()
    await expect(within(setup.time, accepted)).rejects.toMatchObject({ name: 'left' })
    expect(
      [...storage.kept.values()].map((kept) => (JSON.parse(kept) as { mid: string }[]).map((message) => message.mid)),
    ).toEqual([[mid]])
  })

  it('goes on sending when the storage refuses, and reports it', async () => {
    const full = new Error('quota exceeded')
    const storage: KeyValueStore = {
      getItem: () => null,
      setItem: () => {
        throw full
      },
      removeItem: () => {},
    }
    const setup = setting({ storage })
    const { conversation } = await opened(setup)
    await within(setup.time, conversation.send('one').accepted)
    expect(setup.errors.length).toBeGreaterThan(0)
    expect(setup.server.said(conversation.cid).at(-1)).toBe('bot: echo one')
  })
})

describe('resuming', () => {
  it('gets exactly what it missed', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.socket.cut()
    setup.server.say(conversation.cid, 'missed one')
    setup.server.say(conversation.cid, 'missed two')
    await setup.time.advance(2000)
    expect(setup.server.socket.frames('hello')[0]).toMatchObject({ d: { resume: [{ cid: conversation.cid, inc: 'a', seq: 1 }] } })
    expect(lines.slice(1)).toEqual(['2 bot: missed one', '3 bot: missed two'])
    expect(setup.server.socket.frames('conv.join')).toEqual([])
  })

  it('says gap and starts from the newest page when the log was replaced', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.socket.cut()
    setup.server.create(conversation.cid, 'b')
    setup.server.say(conversation.cid, 'a new start')
    await setup.time.advance(2000)
    expect(lines.slice(1)).toEqual(['gap incarnation', '1 bot: a new start'])
    expect(conversation.position).toEqual({ inc: 'b', seq: 1 })
    setup.server.say(conversation.cid, 'and on')
    await setup.time.advance(100)
    expect(lines.at(-1)).toBe('2 bot: and on')
  })

  it('fetches what a hole left out, and tells all in order', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.socket.watches.clear()
    for (let i = 2; i <= 4; i++) setup.server.say(conversation.cid, `m${i}`)
    setup.server.socket.watches.add(conversation.cid)
    setup.server.say(conversation.cid, 'm5')
    await setup.time.advance(100)
    expect(lines.length).toBe(1)
    await setup.time.advance(1000)
    expect(lines.slice(1)).toEqual(['2 bot: m2', '3 bot: m3', '4 bot: m4', '5 bot: m5'])
    expect(setup.server.socket.frames('history.get')[0]).toMatchObject({ d: { after: 1, limit: 200 } })
  })

  it('does not fetch what arrives in a moment', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    const { cid } = conversation
    setup.server.socket.watches.clear()
    const [two, three] = [setup.server.say(cid, 'm2'), setup.server.say(cid, 'm3')]
    setup.server.socket.push(three)
    setup.server.socket.push(two)
    setup.server.socket.push(two)
    await setup.time.advance(2000)
    expect(lines.slice(1)).toEqual(['2 bot: m2', '3 bot: m3'])
    expect(setup.server.socket.frames('history.get')).toEqual([])
  })

  it('says gap when history does not have the missing events either', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    const { cid } = conversation
    setup.server.intercept = (socket, frame) => {
      if (frame.t !== 'history.get') return false
      const event = { seq: 9, ts: 1, t: 'msg.new', d: { mid: 'x', from: 'bot', kind: 'text', body: 'm9' } }
      const items = (frame.d as { after?: number }).after === undefined ? [event] : []
      socket.push({ t: 'history.page', re: frame.id ?? '', cid, d: { inc: 'a', items, first: 9, last: 9, more: true } })
      return true
    }
    setup.server.socket.push({
      t: 'msg.new',
      cid,
      inc: 'a',
      seq: 9,
      ts: 1,
      d: { mid: 'x', from: 'bot', kind: 'text', body: 'm9' },
    })
    await setup.time.advance(3000)
    expect(lines.slice(1)).toEqual(['gap hole', '9 bot: m9'])
  })

  it('ends a conversation that is gone, and fails what waits', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    const errors: string[] = []
    conversation.on('error', (error) => errors.push(error.name))
    setup.server.socket.cut()
    const { accepted } = conversation.send('anybody?')
    setup.server.logs.clear()
    await expect(within(setup.time, accepted, 3000)).rejects.toMatchObject({ name: 'not_found' })
    expect(errors).toEqual(['not_found'])
    expect(conversation.state).toBe('closed')
  })

  it('tells again how far was read', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    conversation.read(1)
    conversation.read(1)
    await setup.time.advance(100)
    expect(setup.server.socket.frames('read').length).toBe(1)
    setup.server.socket.cut()
    await setup.time.advance(2000)
    expect(setup.server.socket.frames('read')[0]).toMatchObject({ d: { upto: 1 } })
  })

  it('goes on after close and connect', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.client.close()
    setup.server.say(conversation.cid, 'meanwhile')
    await setup.time.advance(1000)
    await within(setup.time, setup.client.connect())
    expect(lines.at(-1)).toBe('2 bot: meanwhile')
  })
})
