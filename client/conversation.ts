import type {
  ConversationStateName,
  DataUpdate,
  DurableEvent,
  Frame,
  HandoffBody,
  MessageBody,
  OpenedBody,
  Position,
  Receipt,
  ResultBody,
  StateBody,
} from '../src/protocol/frames.ts'
import { CATCH_UP, CatchUp, type Gap, type HistoryPage, readPage, type Sync } from './catch-up.ts'
import { PatientEmitter } from './emitter.ts'
import { ParleyError } from './error.ts'
import type { Link } from './link.ts'
import type { KeyValueStore, PendingMessage } from './outbox.ts'
import type { Cancel } from './runtime.ts'
import { Sender } from './sender.ts'
import type { Resumed } from './status.ts'
import { ulid } from './ulid.ts'

/** "I am typing" is told again at most every 3 s, and holds twice as long. */
const TYPING = { everyMs: 3_000, ttlMs: 6_000 } as const

/** Where a durable event stands. `replayed`: it happened before this client attached (or while it was away). */
export interface Meta {
  readonly seq: number
  readonly ts: number
  readonly replayed: boolean
}
export type Message = MessageBody & Meta

export interface ConversationEvents {
  /** Each message once, in order; the user's own when it was accepted. */
  message: Message
  state: StateBody & Meta
  result: ResultBody & Meta
  handoff: HandoffBody & Meta
  /** Newest progress of one datum. */
  data: DataUpdate
  typing: { readonly who: string; readonly on: boolean }
  receipt: Receipt
  /** Forget what was shown: the newest page follows as replayed events. */
  gap: Gap
  /** A message of this client changed its state. */
  pending: PendingMessage
  /** The conversation cannot be reached any more: it does not exist (`not_found`) or may not be joined (`forbidden`). */
  lost: ParleyError
  /** Failures that no call of the application asked for; the conversation goes on. */
  error: ParleyError
}

export interface Sent {
  readonly mid: string
  /** The message's `seq` once it is durable; rejects with the error of its failure. Need not be awaited. */
  readonly accepted: Promise<number>
}

export interface ConversationOptions {
  readonly inFlightMax: number
  readonly storage: KeyValueStore | undefined
}

/**
 * One conversation on this client. It outlives connections: what is sent while there is none waits in a queue (100 at most),
 * and after each reconnect the events missed come first, each event once.
 */
export class Conversation extends PatientEmitter<ConversationEvents> {
  readonly cid: string
  state: ConversationStateName = 'active'
  /** Changes at most once, with a message that has a `locale`. */
  locale = ''
  template: { readonly id: string; readonly version: number } = { id: '', version: 0 }
  participants: readonly string[] = []
  readonly #link: Link
  readonly #log: CatchUp
  readonly #sender: Sender
  readonly #data = new Map<string, DataUpdate>()
  readonly #acceptances = new Map<string, PromiseWithResolvers<number>>()
  readonly #typers = new Map<string, Cancel>()
  #left = false
  /** The server pushes to this socket. */
  #attached = false
  #joining: Promise<void> | undefined
  #typingTold = { on: false, ms: 0 }
  #read = 0

  /** Applications get conversations from `ParleyClient.open` and `join`. */
  constructor(link: Link, cid: string, options: ConversationOptions, position?: Position) {
    super()
    this.#link = link
    this.cid = cid
    this.#log = new CatchUp(link, cid, position, {
      event: (event, replayed) => this.#deliver(event, replayed),
      gap: (gap) => this.#restarted(gap),
      error: (error) => this.tell('error', error),
    })
    this.#sender = new Sender(link, cid, options.inFlightMax, options.storage, {
      changed: (message) => this.#changed(message),
      acknowledged: (message, frame) => this.#acknowledged(message, frame),
    })
  }

  /** Where to go on from; undefined until the first event. */
  get position(): Position | undefined {
    return this.#log.position
  }

  /** Events older than the first one told exist; `history` has them. */
  get more(): boolean {
    return this.#log.more
  }

  /** Messages not yet accepted, oldest first. */
  get pending(): readonly PendingMessage[] {
    return this.#sender.messages
  }

  /** Newest progress per datum, in the order in which they were first told. */
  get data(): readonly DataUpdate[] {
    return [...this.#data.values()]
  }

  /** Throws `outbox_full`, `closed`, `left`, or `bad_request` for an empty text. */
  send(text: string): Sent {
    if (text.trim() === '') throw new ParleyError('bad_request', 400, 'the text is empty', { field: 'd.body' })
    return this.#send('text', text)
  }

  /** Takes one of the choices offered by `prompt.expects.choices`, by its id. */
  choose(id: string): Sent {
    return this.#send('choice', id)
  }

  /** Gives values by datum id, in their wire shapes. */
  fill(values: Readonly<Record<string, unknown>>): Sent {
    return this.#send('form', { values })
  }

  /** Sends a failed message once more, as the same message. */
  retry(mid: string): void {
    this.#sender.retry(mid)
  }

  /** Drops a failed message. */
  discard(mid: string): void {
    this.#sender.discard(mid)
  }

  /** May be called at every keystroke: it is told when it changes and every 3 s. */
  typing(on: boolean): void {
    const now = this.#link.runtime.now()
    if (this.#typingTold.on === on && (!on || now - this.#typingTold.ms < TYPING.everyMs)) return
    this.#typingTold = { on, ms: now }
    if (this.#attached) this.#link.post('typing', this.cid, { on, ttlMs: TYPING.ttlMs })
  }

  /** Everything up to this `seq` was read; only the newest is told, also after a reconnect. */
  read(upto: number): void {
    if (upto <= this.#read) return
    this.#read = upto
    if (this.#attached) this.#tellRead()
  }

  async feedback(about: number, score: number, text?: string): Promise<void> {
    await this.#link.call('feedback', this.cid, { about, score, ...(text === undefined ? {} : { text }) })
  }

  /** Events before a `seq` (without it the newest ones), at most 200. */
  async history(before?: number, limit: number = CATCH_UP.gapPage): Promise<HistoryPage> {
    return readPage(await this.#link.call('history.get', this.cid, { ...(before === undefined ? {} : { before }), limit }))
  }

  /** Ends the conversation for everybody; one that is closed already counts as success. */
  async close(reason = 'user'): Promise<void> {
    try {
      await this.#link.call('conv.close', this.cid, { reason })
    } catch (error) {
      if (!(error instanceof ParleyError && error.name === 'closed')) throw error
    }
  }

  /** No more events here; the conversation itself goes on. What was not yet accepted fails, unless the storage keeps it for the next join. */
  leave(): void {
    if (this.#left) return
    this.#left = true
    if (this.#attached) this.#link.post('conv.leave', this.cid, {})
    this.lost()
    this.#sender.abandon(new ParleyError('left', 410, 'the conversation was left'))
    this.#log.stop()
    for (const cancel of this.#typers.values()) cancel()
    this.#link.forget(this.cid)
  }

  /** For the client: subscribes, from the position if there is one. One call at a time: a second one shares the first. */
  join(): Promise<void> {
    this.#joining ??= this.#join().finally(() => {
      this.#joining = undefined
    })
    return this.#joining
  }

  /** For the client: the socket is gone. */
  lost(): void {
    this.#attached = false
    this.#typingTold = { on: false, ms: 0 }
    this.#sender.stop()
  }

  /** For the client: `conv.opened`, after open or join. */
  opened(frame: Frame): void {
    if (this.#left) return
    const d = frame.d as Partial<OpenedBody>
    this.state = d.state ?? this.state
    this.locale = d.locale ?? this.locale
    this.template = d.flow ?? this.template
    this.participants = d.participants ?? this.participants
    this.#log.opened(d, d.inc ?? frame.inc)
    this.#attach()
  }

  /** For the client: the welcome's answer to `hello.resume`, or nothing when this conversation was not named there. */
  resumed(answer: Resumed | undefined): void {
    if (answer?.ok === true || answer?.reason === 'gap' || answer?.reason === 'incarnation') {
      this.#attach() // a `sync` follows, and says so where there is a gap
    } else if (answer?.reason === 'gone') {
      this.#end(new ParleyError('not_found', 404, 'the conversation does not exist any more'))
    } else if (answer?.reason === 'denied') {
      this.#end(new ParleyError('forbidden', 403, 'the conversation may not be joined'))
    } else {
      this.join().catch((error: ParleyError) => {
        if (error.name !== 'stopped') this.#end(error)
      })
    }
  }

  /** For the client: the server's `flow`. */
  pause(paused: boolean): void {
    this.#sender.pause(paused)
  }

  /** For the client: a pushed frame of this conversation. */
  frame(frame: Frame): void {
    if (this.#left) return
    if (frame.seq !== undefined && isDurable(frame.t)) this.#log.frame(frame)
    else if (frame.t === 'sync') this.#log.synced(frame.d as Sync, frame.inc)
    else if (frame.t === 'data.update') this.#progress(frame.d as DataUpdate)
    else if (frame.t === 'typing') this.#typed(frame.d as { who: string; on: boolean; ttlMs?: number })
    else if (frame.t === 'receipt') this.tell('receipt', frame.d as Receipt)
    else if (frame.t === 'error') this.tell('error', ParleyError.of(frame.d, this.cid))
  }

  #send(kind: PendingMessage['kind'], body: PendingMessage['body']): Sent {
    if (this.#left) throw new ParleyError('left', 410, 'the conversation was left')
    if (this.state === 'closed') throw new ParleyError('closed', 410, 'the conversation has ended')
    const createdMs = this.#link.runtime.now()
    const mid = ulid(createdMs)
    const acceptance = Promise.withResolvers<number>()
    acceptance.promise.catch(() => {}) // told as `pending` too, so nobody has to await it
    this.#acceptances.set(mid, acceptance)
    try {
      this.#sender.add({ mid, kind, body, createdMs, state: 'queued' })
    } catch (error) {
      this.#acceptances.delete(mid)
      throw error
    }
    this.#typingTold = { on: false, ms: 0 }
    return { mid, accepted: acceptance.promise }
  }

  #changed(message: PendingMessage): void {
    const acceptance = this.#acceptances.get(message.mid)
    if (message.state === 'accepted') acceptance?.resolve(message.seq ?? 0)
    else if (message.state === 'failed') acceptance?.reject(message.error)
    if (message.state === 'accepted' || message.state === 'failed') this.#acceptances.delete(message.mid)
    this.tell('pending', message)
  }

  /** The sender's own message comes as `msg.ok`, never as `msg.new`: it takes its place among the events here. */
  #acknowledged(message: PendingMessage, frame: Frame): void {
    const seq = frame.seq ?? (frame.d as { seq?: number } | undefined)?.seq
    if (seq === undefined) return
    const { mid, kind, body } = message
    this.#sender.accepted(mid, seq)
    this.#log.take({ seq, ts: frame.ts ?? this.#link.runtime.now(), t: 'msg.new', d: { mid, from: 'user', kind, body } })
  }

  #attach(): void {
    if (this.#left) return
    this.#attached = true
    if (this.#read > 0) this.#tellRead()
    this.#sender.start()
  }

  /** Asked for an answer so that a refusal finds its way here, and ends: the next `read` or reconnect tells it again. */
  #tellRead(): void {
    this.#link.request('read', this.cid, { upto: this.#read }, { ok() {}, failed() {} })
  }

  /** The client hands the `conv.opened` to `opened`, in frame order. */
  async #join(): Promise<void> {
    while (!this.#left) {
      const since = this.position
      try {
        await this.#link.call('conv.join', this.cid, since === undefined ? {} : { since })
        return
      } catch (error) {
        const told = error instanceof ParleyError ? error : new ParleyError('internal', 500, String(error))
        if (!told.temporary) throw told
        this.tell('error', told)
      }
    }
  }

  /** The conversation cannot be reached by this user any more. */
  #end(error: ParleyError): void {
    this.state = 'closed'
    this.#sender.fail(error)
    this.tell('lost', error)
  }

  #deliver(event: DurableEvent, replayed: boolean): void {
    const meta: Meta = { seq: event.seq, ts: event.ts, replayed }
    if (event.t === 'msg.new') {
      if (event.d.from === 'user') this.#sender.accepted(event.d.mid, event.seq)
      this.locale = event.d.locale ?? this.locale
      this.tell('message', { ...event.d, ...meta })
    } else if (event.t === 'conv.state') {
      this.state = event.d.state
      if (this.state === 'closed') this.#sender.fail(new ParleyError('closed', 410, 'the conversation has ended'))
      this.tell('state', { ...event.d, ...meta })
    } else if (event.t === 'data.result') {
      this.tell('result', { ...event.d, ...meta })
    } else {
      this.tell('handoff', { ...event.d, ...meta })
    }
  }

  #restarted(gap: Gap): void {
    this.#data.clear()
    this.tell('gap', gap)
  }

  #progress(update: DataUpdate): void {
    this.#data.set(update.node, update)
    this.tell('data', update)
  }

  /** "Typing" ends by itself when its time to live is over. */
  #typed({ who, on, ttlMs }: { who: string; on: boolean; ttlMs?: number }): void {
    this.#typers.get(who)?.()
    this.#typers.delete(who)
    if (on) {
      const expire = (): void => {
        this.#typers.delete(who)
        this.tell('typing', { who, on: false })
      }
      this.#typers.set(who, this.#link.runtime.setTimer(ttlMs ?? TYPING.ttlMs, expire))
    }
    this.tell('typing', { who, on })
  }
}

function isDurable(t: string): boolean {
  return t === 'msg.new' || t === 'conv.state' || t === 'data.result' || t === 'handoff'
}
