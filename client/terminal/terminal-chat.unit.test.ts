import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ParleyClient, ParleyError } from '../index.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { VirtualTime } from '../testing/virtual-time.ts'
import { dataNames } from '../values.ts'
import { Lines } from './lines.ts'
import { TerminalChat } from './terminal-chat.ts'

const nameOf = dataNames([{ id: 'birthDate', label: { en: 'Date of birth' } }], 'en')

/** Holds a conversation whose bot offers choices, with the lines of a script; gives what was written. */
async function scripted(script: readonly string[], prepare: (server: FakeServer) => void = () => {}) {
  const time = new VirtualTime()
  const server = new FakeServer(time)
  prepare(server)
  const client = new ParleyClient({ url: 'ws://test', token: () => 't', tz: 'UTC', runtime: server.runtime() })
  const opening = client.connect().then(() => client.open({ template: 'choice', clientKey: 'key' }))
  await time.advance(100)
  const conversation = await opening
  const written: string[] = []
  const templates = () => Promise.resolve([{ id: 'choice', label: { en: 'Choice' }, locales: ['en'], data: [] }])
  const chat = new TerminalChat(conversation, { write: (line) => written.push(line), typed: false, templates, nameOf })
  const lines = [...script]
  const running = chat.run(() => Promise.resolve(lines.shift()))
  await time.advance(5000)
  await running
  return { written, chat, server, conversation, lines }
}

describe('the terminal chat', () => {
  it('writes what is said and sends a script line by line, each after the answer to the one before', async () => {
    const { written } = await scripted(['one', '', 'two', '/quit', 'never'])
    expect(written).toEqual(['bot: What is your date of birth?', 'you: one', 'bot: echo one', 'you: two', 'bot: echo two'])
  })

  it('numbers the offered answers and takes a number for one of them', async () => {
    const { written, server } = await scripted(['2', '2'], (fake) => {
      fake.say = (cid, body) => {
        const choices = [
          { id: 'a', label: 'First' },
          { id: 'b', label: 'Second' },
        ]
        const prompt = { node: 'n', step: 'start', level: 1, expects: { kind: 'choice', choices } }
        const offers = fake.log(cid).events.length === 0 ? { prompt } : {}
        return fake.append(cid, 'msg.new', { mid: `b${fake.log(cid).events.length}`, from: 'bot', kind: 'text', body, ...offers })
      }
    })
    expect(written[1]).toBe('   1) First   2) Second')
    const bodies = server.socket.frames('msg.send').map((frame) => frame.d)
    expect(bodies).toMatchObject([
      { kind: 'choice', body: 'b' },
      { kind: 'text', body: '2' },
    ])
  })

  it('tells data and templates on command, and knows no other command', async () => {
    const { written } = await scripted(['/data', '/templates', '/what'])
    expect(written.slice(1, 3)).toEqual(['   nothing yet', '   choice               Choice (en)'])
    expect(written[3]).toContain('no such command: /what')
  })

  it('ends with the conversation, its outcome and its values', async () => {
    const { written, chat, lines } = await scripted(['done', 'too late'], (fake) => {
      const say = fake.say.bind(fake)
      fake.say = (cid, body) => {
        if (fake.log(cid).events.length === 0) return say(cid, body)
        fake.append(cid, 'data.result', { values: { birthDate: '1980-12-14' }, outcome: 'success', tv: 1 })
        return fake.append(cid, 'conv.state', { state: 'closed', reason: 'success' })
      }
    })
    expect(written.slice(2)).toEqual(['-- success', '   Date of birth: 14 December 1980'])
    expect(chat.over).toBe(true)
    expect(chat.failure).toBeUndefined()
    expect(lines).toEqual(['too late'])
  })

  it('says what was not sent and goes on', async () => {
    const { written } = await scripted(['x', 'y'], (fake) => {
      fake.intercept = (socket, frame) => {
        if (frame.t !== 'msg.send' || (frame.d as { body: string }).body !== 'x') return false
        socket.push({ t: 'error', re: frame.id ?? '', d: { code: 413, name: 'too_large', msg: 'too long', temporary: false } })
        return true
      }
    })
    expect(written.slice(1)).toEqual(['you: x', '-- not sent: too long', 'you: y', 'bot: echo y'])
  })

  it('does not wait for ever when the connection is refused for good', async () => {
    const time = new VirtualTime()
    const server = new FakeServer(time)
    const client = new ParleyClient({ url: 'ws://test', token: () => 't', tz: 'UTC', runtime: server.runtime() })
    const opening = client.connect().then(() => client.open({ template: 'choice' }))
    await time.advance(100)
    const chat = new TerminalChat(await opening, { write: () => {}, typed: false, templates: () => Promise.resolve([]), nameOf })
    server.intercept = () => true
    const running = chat.run(() => Promise.resolve('hello?'))
    await time.advance(100)
    chat.fail(new ParleyError('replaced', 409, 'a newer connection'))
    await running
    expect(chat.failure?.name).toBe('replaced')
  })
})

describe('lines of an input', () => {
  it('come one at a time, then the end', async () => {
    const input = new PassThrough()
    const lines = new Lines(input)
    input.end('one\r\ntwo\nthree')
    expect([await lines.next(), await lines.next(), await lines.next(), await lines.next()]).toEqual([
      'one',
      'two',
      'three',
      undefined,
    ])
  })

  it('end at once when they are closed', async () => {
    const lines = new Lines(new PassThrough())
    const next = lines.next()
    lines.close()
    expect(await next).toBeUndefined()
  })

  it('all come from a writer that is faster than the reader', async () => {
    const input = new PassThrough()
    const lines = new Lines(input)
    input.end(Array.from({ length: 1000 }, (_, index) => `${index}\n`).join(''))
    const got: string[] = []
    for (let line = await lines.next(); line !== undefined; line = await lines.next()) got.push(line)
    expect(got.length).toBe(1000)
    expect(got.at(-1)).toBe('999')
  })
})
