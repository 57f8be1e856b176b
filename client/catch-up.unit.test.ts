import { describe, expect, it } from 'vitest'
import { opened, setting, within } from './testing/setting.ts'

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
    expect(setup.server.socket.frames('history.get')).toEqual([])
    setup.server.say(conversation.cid, 'and on')
    await setup.time.advance(100)
    expect(lines.at(-1)).toBe('2 bot: and on')
  })

  it('says gap when the log is replaced under a live connection, and fetches the new one', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.create(conversation.cid, 'b')
    setup.server.say(conversation.cid, 'first')
    setup.server.say(conversation.cid, 'second')
    await setup.time.advance(1000)
    expect(lines.slice(1)).toEqual(['gap incarnation', '1 bot: first', '2 bot: second'])
    expect(setup.server.socket.frames('history.get').length).toBe(1)
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

  it('fetches a hole larger than it holds, also from a server with smaller pages than asked for', async () => {
    const setup = setting()
    const { conversation, lines } = await opened(setup)
    setup.server.pageMax = 50
    setup.server.socket.watches.clear()
    for (let i = 2; i <= 30; i++) setup.server.say(conversation.cid, `m${i}`)
    setup.server.socket.watches.add(conversation.cid)
    for (let i = 31; i <= 400; i++) setup.server.say(conversation.cid, `m${i}`)
    await setup.time.advance(10_000)
    expect(lines.slice(1)).toEqual(Array.from({ length: 399 }, (_, i) => `${i + 2} bot: m${i + 2}`))
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
    conversation.on('lost', (error) => errors.push(error.name))
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
