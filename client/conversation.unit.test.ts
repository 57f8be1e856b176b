import { describe, expect, it } from 'vitest'
import { ParleyError } from './error.ts'
import { heard, opened, setting, within } from './testing/setting.ts'

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

  it('goes on in the locale that a message tells', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    const locales: string[] = []
    conversation.on('message', () => locales.push(conversation.locale))
    setup.server.say(conversation.cid, 'Una domanda?', { locale: 'it' })
    setup.server.say(conversation.cid, 'Un’altra?')
    await setup.time.advance(10)
    expect(locales).toEqual(['it', 'it'])
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
