/**
 * What a good hand makes of `ws` and Redis without Parley: the same small bot (full name, e-mail, confirmation), the conversation
 * as a hash and a list of messages in Redis, message ids set once, all of a turn in one pipeline, and the answer only after Redis
 * has answered. No understanding, no check of frames, no fence, no second process: what is in memory is taken for the truth.
 *
 * Started as `node load/redis-baseline.ts` with a `RedisBaselineSetup` as JSON on stdin; prints `http://127.0.0.1:PORT` when it
 * listens; stops on SIGTERM.
 */
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Redis } from 'ioredis'
import type { WebSocket } from 'ws'
import type { Frame } from '../src/protocol/frames.ts'
import { listen, TEXT } from './bare-server.ts'
import { type ClientFrame, filled, framesOf, type Numbered } from './recorded-answers.ts'
import type { Transcript } from './transcript.ts'

/** Sent to the baseline before it listens. */
export interface RedisBaselineSetup {
  readonly transcript: Transcript
  readonly redisUrl: string
}

type Step = 'name' | 'email' | 'confirm' | 'done'

interface Chat extends Numbered {
  readonly seen: Set<string>
  readonly values: Record<string, string>
  step: Step
}

/** How long a message's id is remembered, in seconds. */
const SEEN_SECONDS = 600
const NAME = /^\p{L}[\p{L}'-]* +\p{L}[\p{L}' -]*$/u
const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/
const YES = /^(?:yes|y|yep|right|correct)$/i

/** What a text means where the bot stands; undefined when the same question has to be asked again. */
function heard(step: Step, body: string): { readonly values: Readonly<Record<string, string>>; readonly next: Step } | undefined {
  if (step === 'name' && NAME.test(body)) {
    const [first = '', ...rest] = body.split(/ +/)
    return { values: { firstName: first, lastName: rest.join(' ') }, next: 'email' }
  }
  if (step === 'email' && EMAIL.test(body)) return { values: { email: body.toLowerCase() }, next: 'confirm' }
  if (step === 'confirm' && YES.test(body)) return { values: { confirmed: 'yes' }, next: 'done' }
  return undefined
}

class Baseline {
  readonly #redis: Redis
  readonly #hello: readonly Frame[]
  readonly #opened: readonly Frame[]
  /** What is said on arriving at a step. */
  readonly #arrivals: Readonly<Record<Step, readonly Frame[]>>
  #chats = 0

  constructor({ transcript, redisUrl }: RedisBaselineSetup) {
    this.#redis = new Redis(redisUrl)
    this.#hello = framesOf(transcript.h)
    this.#opened = framesOf(transcript.o)
    const again = [...framesOf(transcript[0]).slice(0, 1), ...this.#opened.slice(-1)]
    this.#arrivals = {
      name: again,
      email: framesOf(transcript[0]),
      confirm: framesOf(transcript[1]),
      done: framesOf(transcript[2]),
    }
  }

  serve(webSocket: WebSocket, socket: Socket): void {
    let chat: Chat | undefined
    const answer = (frames: readonly Frame[]) => {
      socket.cork()
      for (const frame of frames) webSocket.send(JSON.stringify(frame), TEXT)
      socket.uncork()
    }
    webSocket.on('message', (data) => {
      const request = JSON.parse((data as Buffer).toString()) as ClientFrame
      if (request.t === 'msg.send' && chat !== undefined) this.#turn(chat, request, answer)
      else if (request.t === 'conv.open') chat = this.#open(request, answer)
      else answer(this.#hello.map((frame) => filled(frame, request, undefined, Date.now(), undefined)))
    })
    webSocket.on('error', () => webSocket.terminate())
  }

  #open(request: ClientFrame, answer: (frames: readonly Frame[]) => void): Chat {
    const cid = `01JBASELINE${String(this.#chats++).padStart(15, '0')}`
    const chat: Chat = { cid, inc: cid.slice(-8), seen: new Set(), values: {}, seq: 0, step: 'name' }
    const now = Date.now()
    const frames = this.#opened.map((frame) => filled(frame, request, chat, now, undefined))
    this.#redis
      .pipeline()
      .hset(`conv:${cid}`, { inc: chat.inc, step: chat.step, seq: chat.seq, openedAt: now })
      .rpush(`messages:${cid}`, ...messages(frames))
      .exec((error, results) => settled(error, results, () => answer(frames)))
    return chat
  }

  #turn(chat: Chat, request: ClientFrame, answer: (frames: readonly Frame[]) => void): void {
    const { mid, body } = request.d
    if (chat.seen.has(mid)) return
    chat.seen.add(mid)
    const understood = heard(chat.step, body)
    if (understood !== undefined) {
      Object.assign(chat.values, understood.values)
      chat.step = understood.next
    }
    const { cid } = chat
    const now = Date.now()
    const frames = this.#arrivals[chat.step].map((frame) => filled(frame, request, chat, now, mid))
    this.#redis
      .pipeline()
      .set(`seen:${cid}:${mid}`, chat.seq, 'EX', SEEN_SECONDS, 'NX')
      .hset(`conv:${cid}`, { ...understood?.values, step: chat.step, seq: chat.seq, at: now })
      .rpush(`messages:${cid}`, JSON.stringify({ from: 'user', mid, body, ts: now }), ...messages(frames))
      .exec((error, results) => settled(error, results, () => answer(frames)))
  }
}

/** What a history would show: the durable events among the frames. */
function messages(frames: readonly Frame[]): string[] {
  return frames.filter((frame) => frame.seq !== undefined && frame.t !== 'msg.ok').map((frame) => JSON.stringify(frame))
}

/** What Redis did not take is not answered. */
function settled(error: Error | null | undefined, results: [Error | null, unknown][] | null | undefined, done: () => void): void {
  const fault = error ?? results?.find(([each]) => each !== null)?.[0]
  if (fault) console.error(fault)
  else done()
}

async function main(): Promise<void> {
  const baseline = new Baseline(JSON.parse(await text(process.stdin)) as RedisBaselineSetup)
  listen('baseline', (webSocket, socket) => baseline.serve(webSocket, socket))
}

if (import.meta.main) await main()
