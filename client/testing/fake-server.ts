import type { DurableEvent, Frame, MessageBody, Position } from '../../src/protocol/frames.ts'
import type { Runtime, Socket } from '../runtime.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The far end of one socket. Frames travel in order and take `delayMs` each way. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly received: Frame[] = []
  readonly watches = new Set<string>()
  open = false
  readonly #server: FakeServer

  constructor(server: FakeServer) {
    this.#server = server
  }

  accept(): void {
    this.open = true
    this.onopen?.()
  }

  send(text: string): void {
    if (!this.open) return
    const frame = JSON.parse(text) as Frame
    this.#server.time.setTimer(this.#server.delayMs, () => {
      if (!this.open) return
      this.received.push(frame)
      this.#server.handle(this, frame)
    })
  }

  close(): void {
    this.open = false
  }

  push(...frames: Frame[]): void {
    const data = JSON.stringify(frames.length === 1 ? frames[0] : frames)
    this.raw(data)
  }

  raw(data: unknown): void {
    this.#server.time.setTimer(this.#server.delayMs, () => {
      if (this.open) this.onmessage?.({ data })
    })
  }

  /** The server, or the network, ends it; frames on the way are lost. */
  cut(code = 1006): void {
    this.open = false
    this.onclose?.({ code, reason: '' })
  }

  frames(t: string): readonly Frame[] {
    return this.received.filter((frame) => frame.t === t)
  }
}

interface Log {
  inc: string
  events: DurableEvent[]
}

/**
 * The protocol as the library sees it, in memory: conversations whose bot answers `echo <text>`, resume, history, dedup.
 * A test may take a frame away from it (`intercept`), answer it otherwise, or let the server be down.
 */
export class FakeServer {
  readonly time: VirtualTime
  delayMs = 5
  down = false
  readonly sockets: FakeSocket[] = []
  readonly logs = new Map<string, Log>()
  /** True: the test has handled the frame itself. */
  intercept: (socket: FakeSocket, frame: Frame) => boolean = () => false
  welcome: Record<string, unknown> = {}
  /** Pages of history are cut to this many events, as a server cuts them by size. */
  pageMax = Number.POSITIVE_INFINITY

  constructor(time: VirtualTime) {
    this.time = time
  }

  runtime(random: () => number = () => 0.5): Runtime {
    return {
      now: () => this.time.nowMs,
      random,
      setTimer: (afterMs, run) => this.time.setTimer(afterMs, run),
      createSocket: () => this.#dialled(),
    }
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (last === undefined) throw new Error('nobody connected')
    return last
  }

  log(cid: string): Log {
    const log = this.logs.get(cid)
    if (log === undefined) throw new Error(`no conversation ${cid}`)
    return log
  }

  /** Bodies of all that is in the log, in order. */
  said(cid: string): readonly string[] {
    return this.log(cid).events.map((event) => (event.t === 'msg.new' ? `${event.d.from}: ${String(event.d.body)}` : event.t))
  }

  /** Appends an event and pushes it to those who watch, except the sender's own message to the sender. */
  append(cid: string, t: DurableEvent['t'], d: unknown, except?: FakeSocket): Frame {
    const log = this.log(cid)
    const event = { seq: log.events.length + 1, ts: this.time.nowMs, t, d } as DurableEvent
    log.events.push(event)
    const frame: Frame = { v: 1, cid, inc: log.inc, ...event }
    for (const socket of this.sockets) if (socket !== except && socket.watches.has(cid)) socket.push(frame)
    return frame
  }

  say(cid: string, body: string, more: Partial<MessageBody> = {}): Frame {
    return this.append(cid, 'msg.new', { mid: `b${this.log(cid).events.length}`, from: 'bot', kind: 'text', body, ...more })
  }

  create(cid: string, inc = 'a'): void {
    this.logs.set(cid, { inc, events: [] })
  }

  handle(socket: FakeSocket, frame: Frame): void {
    if (this.intercept(socket, frame)) return
    const answer = (t: string, d: unknown, more: Partial<Frame> = {}): void => {
      if (frame.id !== undefined) socket.push({ v: 1, t, re: frame.id, ts: this.time.nowMs, ...more, d })
    }
    if (frame.t === 'hello') this.#hello(socket, frame)
    else if (frame.t === 'ping') socket.push({ v: 1, t: 'pong', d: frame.d })
    else if (frame.t === 'auth.refresh') answer('auth.ok', { expMs: this.time.nowMs + 3_600_000 })
    else if (frame.t === 'conv.open') this.#open(socket, frame)
    else if (frame.t === 'conv.join') this.#join(socket, frame)
    else if (frame.t === 'msg.send') this.#send(socket, frame)
    else if (frame.t === 'history.get') this.#history(socket, frame)
    else answer('ok', {}, frame.cid === undefined ? {} : { cid: frame.cid })
  }

  #dialled(): FakeSocket {
    const socket = new FakeSocket(this)
    this.sockets.push(socket)
    this.time.setTimer(this.delayMs, () => (this.down ? socket.cut(1006) : socket.accept()))
    return socket
  }

  #hello(socket: FakeSocket, frame: Frame): void {
    const { resume = [] } = frame.d as { resume?: (Position & { cid: string })[] }
    const resumed = resume.map(({ cid, inc, seq }) => {
      const log = this.logs.get(cid)
      if (log === undefined) return { cid, ok: false, reason: 'gone' }
      socket.watches.add(cid)
      return log.inc === inc ? { cid, ok: true, inc, seq, reason: 'ok' } : { cid, ok: false, inc: log.inc, seq: 0, reason: 'gap' }
    })
    const d = { session: 's', user: 'u', tenant: 'demo', caps: [], limits: { textMax: 8000 }, resumed, ...this.welcome }
    socket.push({ v: 1, t: 'welcome', re: frame.id ?? '', d })
    for (const { cid, inc, seq } of resume.filter((each) => socket.watches.has(each.cid))) {
      if (inc === this.log(cid).inc) this.#sync(socket, cid, seq)
      else this.#sync(socket, cid, 0, true)
    }
  }

  #sync(socket: FakeSocket, cid: string, after: number, gap = false): void {
    const { inc, events } = this.log(cid)
    const missing = events.filter((event) => event.seq > after)
    socket.push({ v: 1, t: 'sync', cid, inc, d: { cid, from: after + 1, to: events.length, count: missing.length, gap } })
    for (const event of missing) socket.push({ v: 1, cid, inc, ...event })
  }

  #opened(socket: FakeSocket, frame: Frame, cid: string, existing: boolean): void {
    const { inc, events } = this.log(cid)
    socket.watches.add(cid)
    const flow = { id: 'date-of-birth', version: 3 }
    const d = { cid, inc, seq: events.length, state: 'active', flow, locale: 'en', participants: ['u'], existing }
    socket.push({ v: 1, t: 'conv.opened', re: frame.id ?? '', cid, inc, d })
  }

  #open(socket: FakeSocket, frame: Frame): void {
    const { clientKey } = frame.d as { clientKey: string }
    const cid = `k${clientKey}`
    const existing = this.logs.has(cid)
    if (!existing) this.create(cid)
    this.#opened(socket, frame, cid, existing)
    if (existing) this.#sync(socket, cid, 0)
    else this.say(cid, 'What is your date of birth?')
  }

  #join(socket: FakeSocket, frame: Frame): void {
    const cid = frame.cid ?? ''
    if (!this.logs.has(cid)) {
      socket.push({
        v: 1,
        t: 'error',
        re: frame.id ?? '',
        cid,
        d: { code: 404, name: 'not_found', msg: 'no such conversation', temporary: false },
      })
      return
    }
    const { since } = frame.d as { since?: Position }
    this.#opened(socket, frame, cid, true)
    this.#sync(socket, cid, since?.seq ?? 0)
  }

  #send(socket: FakeSocket, frame: Frame): void {
    const cid = frame.cid ?? ''
    const { mid, kind, body } = frame.d as MessageBody
    const known = this.log(cid).events.find((event) => event.t === 'msg.new' && event.d.mid === mid)
    if (known !== undefined) {
      socket.push({ v: 1, t: 'msg.ok', re: frame.id ?? '', cid, seq: known.seq, d: { mid, seq: known.seq, dup: true } })
      return
    }
    const { seq } = this.append(cid, 'msg.new', { mid, from: 'user', kind, body }, socket)
    socket.push({ v: 1, t: 'msg.ok', re: frame.id ?? '', cid, seq: seq ?? 0, ts: this.time.nowMs, d: { mid, seq } })
    this.say(cid, `echo ${String(body)}`)
  }

  #history(socket: FakeSocket, frame: Frame): void {
    const cid = frame.cid ?? ''
    const { inc, events } = this.log(cid)
    const {
      before = Number.POSITIVE_INFINITY,
      after = 0,
      ...asked
    } = frame.d as { before?: number; after?: number; limit: number }
    const limit = Math.min(asked.limit, this.pageMax)
    const range = events.filter((event) => event.seq < before && event.seq > after)
    const items = after > 0 ? range.slice(0, limit) : range.slice(-limit)
    const d = { inc, items, first: items[0]?.seq ?? 0, last: items.at(-1)?.seq ?? 0, more: items.length < range.length }
    socket.push({ v: 1, t: 'history.page', re: frame.id ?? '', cid, d })
  }
}
