import { setTimeout as pause } from 'node:timers/promises'
import { type RawData, WebSocket } from 'ws'
import { CLOSE, reconnectAdvice } from '../../src/protocol/codes.ts'
import type { Frame } from '../../src/protocol/frames.ts'
import type { SeededRandom } from '../sim/random.ts'
import type { History } from './history.ts'
import { StreamView } from './stream-view.ts'

/** For the handshake; a frozen gateway takes connections and says nothing. */
const WELCOME_MS = 1_500
/** Between two tries to connect; the next one goes to another node. */
const RETRY_MS = { min: 30, max: 250 } as const
/** After the server said that it cannot serve a position right now. */
const REJOIN_MS = 200
const DURABLE: ReadonlySet<string> = new Set(['msg.new', 'conv.state', 'data.result', 'handoff'])

/** An answer; or the socket was lost, or stayed silent, before there was one. */
export type Answer = Frame | 'lost' | 'silent'

export interface ChaosSocketOptions {
  readonly client: string
  readonly tenant: string
  readonly token: string
  /** Ports of the gateways. */
  readonly ports: readonly number[]
  readonly first: number
  readonly random: SeededRandom
  readonly history: History
}

/** One user's connection to whichever gateway takes it: kept, resumed from the last event seen, every frame noted. */
export class ChaosSocket {
  readonly #options: ChaosSocketOptions
  readonly #views = new Map<string, StreamView>()
  readonly #calls = new Map<string, (answer: Answer) => void>()
  #ws: WebSocket | undefined
  #greeted = false
  #closed = false
  #ids = 0
  #waiting: (() => void)[] = []
  /** Sockets that were lost after they had been greeted, each with its time. */
  readonly lostMs: number[] = []
  /** Index of the gateway. */
  node: number

  constructor(options: ChaosSocketOptions) {
    this.#options = options
    this.node = options.first
    this.#connect()
  }

  get connected(): boolean {
    return this.#greeted
  }

  /** Resolves when a gateway has greeted it, with false after `ms`. */
  async ready(ms: number): Promise<boolean> {
    const untilMs = performance.now() + ms
    while (!this.#greeted && !this.#closed) {
      const left = untilMs - performance.now()
      if (left <= 0) return false
      await this.#change(left)
    }
    return this.#greeted
  }

  view(cid: string): StreamView | undefined {
    return this.#views.get(cid)
  }

  /** From now on its events are kept, over every reconnect. Also to be asked for by `conv.open` or `conv.join`. */
  follow(cid: string): StreamView {
    const { history, tenant, client } = this.#options
    const known = this.#views.get(cid)
    if (known !== undefined) return known
    const view = new StreamView(history, tenant, cid, client)
    this.#views.set(cid, view)
    return view
  }

  forget(cid: string): void {
    this.#views.get(cid)?.leave()
    this.#views.delete(cid)
    if (this.#greeted) this.#write({ v: 1, t: 'conv.leave', cid })
  }

  /** One attempt. */
  call(t: string, cid: string | undefined, d: unknown, timeoutMs: number): Promise<Answer> {
    if (!this.#greeted) return Promise.resolve('lost')
    const id = `q${++this.#ids}`
    return new Promise((resolve) => {
      const late = setTimeout(() => settle('silent'), timeoutMs)
      const settle = (answer: Answer): void => {
        clearTimeout(late)
        this.#calls.delete(id)
        resolve(answer)
      }
      this.#calls.set(id, settle)
      this.#write({ v: 1, t, id, ...(cid === undefined ? {} : { cid }), d })
    })
  }

  /** Ends the connection as a broken network would; it connects again, elsewhere. */
  drop(): void {
    this.#ws?.terminate()
  }

  /** Reads nothing until `resume`. */
  pauseReading(): void {
    this.#ws?.pause()
  }

  resumeReading(): void {
    this.#ws?.resume()
  }

  async close(): Promise<void> {
    this.#closed = true
    const ws = this.#ws
    for (const view of this.#views.values()) view.detached()
    if (ws === undefined || ws.readyState === WebSocket.CLOSED) return
    const gone = new Promise((resolve) => ws.once('close', resolve))
    ws.terminate()
    await gone
  }

  #connect(): void {
    if (this.#closed) return
    const { ports, client, history } = this.#options
    const ws = new WebSocket(`ws://127.0.0.1:${ports[this.node]}/v1/ws`, ['parley.v1.json'], { perMessageDeflate: false })
    this.#ws = ws
    const late = setTimeout(() => ws.terminate(), WELCOME_MS)
    ws.on('open', () => void this.#hello(ws, late))
    ws.on('message', (data: RawData) => this.#received(data))
    ws.on('error', () => undefined) // the close follows
    ws.on('close', (code: number) => {
      clearTimeout(late)
      history.note(client, 'closed', { node: this.node, code, greeted: this.#greeted })
      this.#lost(code)
    })
  }

  async #hello(ws: WebSocket, late: NodeJS.Timeout): Promise<void> {
    const { token, history, client } = this.#options
    const resume = [...this.#views].flatMap(([cid, { inc, last }]) => (inc === undefined ? [] : [{ cid, inc, seq: last }]))
    if (resume.length > 0) history.counts.resumes++
    const welcomed = new Promise<Answer>((resolve) => this.#calls.set('hello', resolve))
    history.note(client, 'hello', { node: this.node, resume })
    ws.send(JSON.stringify({ v: 1, t: 'hello', id: 'hello', d: { token, resume } }))
    const answer = await welcomed
    clearTimeout(late)
    this.#calls.delete('hello')
    if (typeof answer === 'string') return
    if (answer.t !== 'welcome') {
      ws.terminate()
      return
    }
    this.#greeted = true
    this.#wake()
    const { resumed = [] } = answer.d as { resumed?: readonly Resumed[] }
    for (const one of resumed) this.#resumed(one)
    const named = new Set(resumed.map(({ cid }) => cid))
    for (const cid of this.#views.keys()) if (!named.has(cid)) void this.#rejoin(cid, ws)
  }

  #resumed({ cid, ok, reason }: Resumed): void {
    const { history, client } = this.#options
    if (ok) return
    if (reason === 'unavailable') {
      if (this.#ws !== undefined) void this.#rejoin(cid, this.#ws)
    } else {
      history.violations.add('resume', `${client} ${cid}: the position is answered "${reason}"`)
    }
  }

  /** Until it is followed again, or the socket is another. */
  async #rejoin(cid: string, ws: WebSocket): Promise<void> {
    const { history } = this.#options
    while (this.#ws === ws && this.#greeted && !this.#closed) {
      const view = this.#views.get(cid)
      if (view === undefined) return
      if (view.inc === undefined) return // opening it is somebody else's task
      history.counts.rejoins++
      const answer = await this.call('conv.join', cid, { since: { inc: view.inc, seq: view.last } }, WELCOME_MS)
      if (typeof answer !== 'string' && answer.t === 'conv.opened') return
      if (typeof answer !== 'string') history.refused(`join ${(answer.d as { name?: string }).name ?? '?'}`)
      await pause(REJOIN_MS)
    }
  }

  #received(data: RawData): void {
    const { history, client } = this.#options
    const frame = JSON.parse(String(data)) as Frame
    history.counts.frames++
    const { t, cid, seq, re, d } = frame
    history.note(client, 'frame', { t, cid, seq, re, d: DURABLE.has(t) ? midOf(d) : d })
    const view = cid === undefined ? undefined : this.#views.get(cid)
    if (t === 'msg.ok' && view !== undefined && seq !== undefined) view.own(seq)
    else if (t === 'sync' && view !== undefined) view.synced((d as Sync).from, (d as Sync).gap === true)
    else if (t === 'conv.opened' && view !== undefined && frame.inc !== undefined) view.incarnation(frame.inc)
    else if (seq !== undefined && DURABLE.has(t)) view?.event(frame)
    if (re !== undefined) this.#calls.get(re)?.(frame)
  }

  #lost(code: number): void {
    const { random, ports, history } = this.#options
    history.closed(code)
    if (this.#greeted) {
      this.lostMs.push(Date.now())
      history.counts.reconnects++
    }
    this.#greeted = false
    for (const settle of [...this.#calls.values()]) settle('lost')
    for (const view of this.#views.values()) view.detached()
    this.#wake()
    if (this.#closed) return
    if (reconnectAdvice(code) === 'stop' && code !== CLOSE.normal) {
      history.violations.add('sound', `${this.#options.client}: the socket was closed for good with ${code}`)
    }
    this.node = (this.node + 1 + random.below(Math.max(1, ports.length - 1))) % ports.length
    setTimeout(() => this.#connect(), random.between(RETRY_MS.min, RETRY_MS.max))
  }

  #write(frame: Frame): void {
    const { history, client } = this.#options
    history.note(client, 'send', { node: this.node, t: frame.t, id: frame.id, cid: frame.cid, d: frame.d })
    this.#ws?.send(JSON.stringify(frame))
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, ms)
      this.#waiting.push(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}

interface Resumed {
  readonly cid: string
  readonly ok: boolean
  readonly reason: string
}

interface Sync {
  readonly from: number
  readonly gap?: boolean
}

function midOf(d: unknown): unknown {
  const { mid, from, turn, state } = d as { mid?: string; from?: string; turn?: number; state?: string }
  return { mid, from, turn, state }
}
