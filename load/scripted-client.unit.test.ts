import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { SUBPROTOCOL_JSON } from '../src/protocol/frames.ts'
import { CONTACT_TURNS, FIRST_PROMPT } from './contact.ts'
import { ScriptedClient } from './scripted-client.ts'
import { recordTranscript } from './transcript.ts'
import type { Target } from './wire-socket.ts'

interface Sent {
  readonly t: string
  readonly id: string
  readonly cid?: string
  readonly d: { readonly mid?: string; readonly body?: string }
}
type Frame = Record<string, unknown>
/** Changes the frames of one answer before they leave. */
type Tamper = (frames: Frame[], sent: Sent) => Frame[]

let server: WebSocketServer | undefined

afterEach(() => {
  for (const socket of server?.clients ?? []) socket.terminate()
  server?.close()
})

/** Plays `contact` by the book, then lets `tamper` spoil it. */
async function serve(tamper: Tamper = (frames) => frames): Promise<Target> {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => SUBPROTOCOL_JSON })
  server.on('connection', (socket) => {
    let conversations = 0
    let step = 0
    let seq = 0
    socket.on('message', (data) => {
      const sent = JSON.parse(String(data)) as Sent
      const cid = `conversation-${conversations}`
      const event = (t: string, d: Frame, re?: string): Frame => ({
        v: 1,
        t,
        ...(re ? { re } : {}),
        cid,
        inc: 'k',
        seq: ++seq,
        ts: 1,
        d,
      })
      let frames: Frame[] = []
      if (sent.t === 'hello') frames = [{ v: 1, t: 'welcome', re: sent.id, ts: 1, d: {} }]
      if (sent.t === 'conv.open') {
        conversations++
        step = seq = 0
        const opened = { v: 1, t: 'conv.opened', re: sent.id, cid: `conversation-${conversations}`, inc: 'k', seq: 0, d: {} }
        frames = [opened, { ...event('msg.new', { from: 'bot', body: 'Name?', prompt: FIRST_PROMPT }), cid: opened.cid }]
      }
      if (sent.t === 'msg.send') {
        const expects = CONTACT_TURNS[step++]?.expects
        frames = [
          event('msg.ok', { mid: sent.d.mid, seq }, sent.id),
          event('msg.new', { from: 'bot', body: 'And "then"?', ...(expects ? { prompt: expects } : {}) }),
        ]
        if (expects === undefined) {
          frames.push(event('data.result', { values: {}, outcome: 'success', tv: 1 }), event('conv.state', { state: 'closed' }))
        }
      }
      for (const frame of tamper(frames, sent)) socket.send(JSON.stringify(frame))
    })
  })
  await once(server, 'listening')
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, path: '/v1/ws', subprotocol: SUBPROTOCOL_JSON }
}

/** Talks until `turns` are complete or something is wrong. */
function talk(target: Target, turns: number): Promise<{ turns: number; seqs: number[]; fault?: string }> {
  return new Promise((resolve) => {
    let done = 0
    const seqs: number[] = []
    new ScriptedClient(
      { target, token: 'token', index: 3, recorded: false },
      {
        ready: (client) => client.say(0),
        turned(client, more) {
          done++
          seqs.push(client.seq)
          if (done === turns) client.close()
          else if (more) client.say(0)
        },
        failed: (_client, fault) => resolve({ turns: done, seqs, fault }),
        closed: () => resolve({ turns: done, seqs }),
      },
    )
  })
}

describe('a scripted client', () => {
  test('holds one conversation after the other on its socket, and closes when asked', async () => {
    const target = await serve()
    expect(await talk(target, 7)).toEqual({ turns: 7, seqs: [3, 5, 7, 3, 5, 7, 3] })
  })

  test.each<[string, Tamper, RegExp]>([
    ['a message accepted twice', (frames) => frames.flatMap((f) => (f.t === 'msg.ok' ? [f, f] : [f])), /msg\.ok too many/],
    ['an answer without acceptance', (frames) => frames.filter((f) => f.t !== 'msg.ok'), /before its msg\.ok/],
    [
      'a second answer',
      (frames, sent) => (sent.t === 'msg.send' ? [...frames, ...frames.slice(1, 2)] : frames),
      /too many|before its msg\.ok/,
    ],
    ['a hole in the numbers', (frames) => frames.map((f) => (f.t === 'msg.ok' ? { ...f, seq: 9 } : f)), /event 9 after 1/],
    ['an acceptance of something else', (frames) => frames.map((f) => (f.t === 'msg.ok' ? { ...f, re: 'x' } : f)), /answers x/],
    ['another mid', (frames) => frames.map((f) => (f.t === 'msg.ok' ? { ...f, d: { mid: 'x' } } : f)), /another mid/],
    [
      'the wrong next question',
      (frames, sent) =>
        frames.map((f) => (sent.t === 'msg.send' && f.t === 'msg.new' ? { ...f, d: { prompt: FIRST_PROMPT } } : f)),
      /does not stand at email/,
    ],
    [
      'another first question',
      (frames) => frames.map((f) => (f.t === 'msg.new' ? { ...f, d: { from: 'bot' } } : f)),
      /first question/,
    ],
    ['a close without result', (frames) => frames.filter((f) => f.t !== 'data.result'), /event 9 after 7|closed before/],
    [
      'an error',
      (frames, sent) =>
        sent.t === 'msg.send' ? [{ v: 1, t: 'error', re: sent.id, d: { code: 429, name: 'rate_limited' } }] : frames,
      /error while turn.*rate_limited/,
    ],
  ])('fails on %s', async (_what, tamper, fault) => {
    const target = await serve(tamper)
    expect((await talk(target, 20)).fault).toMatch(fault)
  })

  test('fails when the server hangs up in the middle', async () => {
    const target = await serve((frames, sent) => {
      if (sent.t === 'msg.send') for (const socket of server?.clients ?? []) socket.close(4103, 'slow')
      return frames
    })
    expect((await talk(target, 20)).fault).toMatch(/closed with 4103/)
  })

  test('fails when nobody listens', async () => {
    const target = await serve()
    server?.close()
    expect((await talk(target, 1)).fault).toMatch(/ECONNREFUSED/)
  })
})

test('a transcript holds what was answered to each kind of frame, once', async () => {
  const target = await serve()
  const transcript = await recordTranscript(target, 'token')
  const types = (frames: readonly string[]) => frames.map((frame) => (JSON.parse(frame) as { t: string }).t)
  expect(types(transcript.h)).toEqual(['welcome'])
  expect(types(transcript.o)).toEqual(['conv.opened', 'msg.new'])
  expect(types(transcript[0])).toEqual(['msg.ok', 'msg.new'])
  expect(types(transcript[1])).toEqual(['msg.ok', 'msg.new'])
  expect(types(transcript[2])).toEqual(['msg.ok', 'msg.new', 'data.result', 'conv.state'])
})
