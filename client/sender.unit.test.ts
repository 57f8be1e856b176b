import { describe, expect, it } from 'vitest'
import { ParleyError } from './error.ts'
import type { KeyValueStore } from './outbox.ts'
import { heard, memoryStore, opened, setting, within } from './testing/setting.ts'

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

  it('takes its own message among the events for an answer', async () => {
    const setup = setting()
    const { conversation } = await opened(setup)
    setup.server.intercept = (_, frame) => {
      if (frame.t !== 'msg.send') return false
      const { mid, body } = frame.d as { mid: string; body: string }
      setup.server.append(conversation.cid, 'msg.new', { mid, from: 'user', kind: 'text', body })
      return true
    }
    expect(await within(setup.time, conversation.send('one').accepted)).toBe(2)
    expect(conversation.pending).toEqual([])
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
    setup.server.socket.push({ t: 'flow', d: { state: 'pause', reason: 'in_flight', queue: 64 } })
    await setup.time.advance(100)
    conversation.send('one')
    await setup.time.advance(5000)
    expect(setup.server.socket.frames('msg.send').length).toBe(0)
    setup.server.socket.push({ t: 'flow', cid, d: { state: 'resume' } })
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
