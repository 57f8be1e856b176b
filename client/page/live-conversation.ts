import type { DataUpdate, DurableEvent, MessageBody, Prompt, ResultBody } from '../../src/protocol/frames.ts'
import type { Conversation, Message, Off, PendingMessage } from '../index.ts'
import { ParleyError } from '../index.ts'
import { type Reply, repliesOf } from '../replies.ts'
import type { NameOf } from '../values.ts'
import type { Say } from './texts.ts'
import { byId } from './view/element.ts'
import type { Line } from './view/transcript.ts'
import type { Views } from './views.ts'

const OLDER_PAGE = 50

/** Shows one conversation in the page's views, from attaching to `detach`, and sends what the user does. */
export class LiveConversation {
  readonly conversation: Conversation
  readonly #views: Views
  readonly #nameOf: NameOf
  readonly #older = byId<HTMLButtonElement>('older')
  readonly #offs: Off[] = []
  /** Labels of the choices offered so far, by id and by datum and id: a chosen one travels as its id. */
  readonly #choices = new Map<string, string>()
  #say: Say
  #prompt: Prompt | undefined
  #replies: readonly Reply[] = []
  #result: ResultBody | undefined
  #first = Number.POSITIVE_INFINITY
  #last = 0

  constructor(conversation: Conversation, views: Views, say: Say, nameOf: NameOf) {
    this.conversation = conversation
    this.#views = views
    this.#nameOf = nameOf
    this.#say = say
    this.#clear()
    this.speak(say)
    for (const update of conversation.data) this.#progress(update)
    for (const message of conversation.pending) this.#pending(message)
    this.#listen()
    this.#settle()
  }

  /** Takes the page's words; texts and values of the conversation stay in its own language. */
  speak(say: Say): void {
    this.#say = say
    this.#views.transcript.speak(say, this.#locale)
    this.#views.record.speak(say, this.#locale, this.#nameOf)
    this.#views.result.speak(say)
  }

  send(text: string): void {
    this.#attempt(() => this.conversation.send(text))
  }

  reply({ label, choice }: Reply): void {
    this.#attempt(() => (choice === undefined ? this.conversation.send(label) : this.conversation.choose(choice)))
    this.#views.composer.focus()
  }

  typing(on: boolean): void {
    if (this.conversation.state !== 'closed') this.conversation.typing(on)
  }

  /** What is on the screen was read, if somebody looks at it. */
  seen(): void {
    if (document.visibilityState === 'visible' && this.#last > 0) this.conversation.read(this.#last)
  }

  detach(): void {
    for (const off of this.#offs) off()
    this.conversation.leave()
    this.#clear()
  }

  get #locale(): string {
    return this.conversation.locale || 'en'
  }

  #clear(): void {
    const { transcript, record, result, replies } = this.#views
    transcript.clear()
    record.clear()
    result.clear()
    replies.show([], 'en')
    this.#older.hidden = true
    this.#result = undefined
    this.#prompt = undefined
    this.#replies = []
    this.#first = Number.POSITIVE_INFINITY
    this.#last = 0
  }

  #listen(): void {
    const { conversation } = this
    const older = (): void => void this.#loadOlder()
    this.#older.addEventListener('click', older)
    this.#offs.push(
      () => this.#older.removeEventListener('click', older),
      conversation.on('message', (message) => this.#message(message)),
      conversation.on('state', (state) => {
        if (state.state === 'closed') this.#settle()
        else if (state.state === 'handoff') {
          this.#note(`s${state.seq}`, this.#say('handoff'), state)
          // What the bot had asked is not what the human asks.
          this.#offer(undefined, [])
          this.#views.transcript.typing(false)
          this.#settle()
        } else if (state.reason === 'handed-back') this.#note(`s${state.seq}`, this.#say('handedBack'), state)
      }),
      conversation.on('handoff', (handoff) => {
        if (handoff.agent !== undefined)
          this.#note(`h${handoff.seq}`, this.#say('handoffAgent', { agent: handoff.agent }), handoff)
      }),
      conversation.on('result', (result) => {
        this.#result = result
        for (const [node, value] of Object.entries(result.values)) this.#progress({ node, status: 'done', value })
        this.#settle()
      }),
      conversation.on('data', (update) => this.#progress(update)),
      conversation.on('pending', (message) => this.#pending(message)),
      conversation.on('typing', ({ on }) => this.#views.transcript.typing(on)),
      conversation.on('gap', () => this.#clear()),
      conversation.on('lost', () => {
        this.#views.notice.show(this.#say('gone'))
        this.#settle()
      }),
    )
  }

  #message(message: Message): void {
    this.#first = Math.min(this.#first, message.seq)
    this.#last = Math.max(this.#last, message.seq)
    this.#older.hidden = !this.conversation.more || this.#first <= 1
    const line = this.#line(message, message)
    this.#views.transcript.busy(message.replayed)
    if (line !== undefined) this.#views.transcript.put(line)
    if (message.from === 'user') {
      this.#offer(undefined, [])
      this.#views.transcript.typing(!message.replayed && this.conversation.state !== 'handoff')
    } else {
      this.#views.transcript.typing(false)
      this.#offer(message.prompt, repliesOf(message.prompt, message.quickReplies, this.#locale))
    }
    this.seen()
    this.#settle()
  }

  #pending({ mid, body, kind, createdMs, state, seq, error }: PendingMessage): void {
    const text = this.#text({ kind, body })
    if (text === undefined) return
    this.#views.transcript.put({ mid, from: 'user', text, ts: createdMs, state, ...(seq === undefined ? {} : { seq }) })
    if (state === 'failed') {
      this.#views.transcript.typing(false)
      if (error !== undefined && error.name !== 'closed' && error.name !== 'left') {
        this.#views.notice.show(this.#say('sendFailed', { reason: error.message }))
      }
    } else if (state === 'queued' || state === 'sent') {
      this.#views.replies.show([], this.#locale)
    }
  }

  #offer(prompt: Prompt | undefined, replies: readonly Reply[]): void {
    this.#prompt = prompt
    this.#replies = replies
    this.#learn(prompt)
  }

  #learn(prompt: Prompt | undefined): void {
    for (const { id, label } of prompt?.expects?.choices ?? []) {
      this.#choices.set(id, label)
      this.#choices.set(`${prompt?.node} ${id}`, label)
    }
  }

  #progress(update: DataUpdate): void {
    this.#views.record.put({ ...update, value: this.#named(update.node, update.value) })
  }

  /** A chosen item by its label. */
  #named(node: string, value: unknown): unknown {
    return typeof value === 'string' ? (this.#choices.get(`${node} ${value}`) ?? value) : value
  }

  /** Brings what depends on the whole of the conversation up to date. */
  #settle(): void {
    const { composer, replies, result, transcript } = this.#views
    const closed = this.conversation.state === 'closed'
    const { focused } = composer
    const waiting = this.conversation.pending.some((message) => message.state !== 'failed')
    replies.show(closed || waiting ? [] : this.#replies, this.#locale)
    composer.show(!closed)
    transcript.ended(closed)
    composer.expect(this.#prompt, this.#locale)
    if (!closed) return
    transcript.typing(false)
    result.show(this.#result, this.#locale, this.#say, {
      nameOf: this.#nameOf,
      toldAs: (node, value) => this.#named(node, value),
    })
    if (focused) result.focus()
    transcript.toEnd()
  }

  #line(body: MessageBody, { seq, ts }: { readonly seq: number; readonly ts: number }): Line | undefined {
    const text = this.#text(body)
    if (text === undefined) return undefined
    return {
      mid: body.mid,
      from: body.from,
      text,
      seq,
      ts,
      state: 'accepted',
      ...(body.user === undefined ? {} : { who: body.user }),
    }
  }

  /** What a message looks like as text; a silence or an event looks like nothing. */
  #text({ kind, body }: Pick<MessageBody, 'kind' | 'body'>): string | undefined {
    if (kind === 'silence' || kind === 'event') return undefined
    if (typeof body !== 'string') return Object.values(body.values).map(String).join(', ')
    return kind === 'choice' ? (this.#choices.get(body) ?? body) : body
  }

  #note(mid: string, text: string, { seq, ts }: { readonly seq: number; readonly ts: number }): void {
    this.#views.transcript.put({ mid, from: 'system', text, seq, ts, state: 'accepted' })
  }

  async #loadOlder(): Promise<void> {
    this.#older.disabled = true
    try {
      const page = await this.conversation.history(this.#first, OLDER_PAGE)
      this.#views.transcript.prepend(page.items.flatMap((event) => this.#olderLine(event)))
      this.#first = page.items[0]?.seq ?? this.#first
      this.#older.hidden = !page.more
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      this.#views.notice.show(this.#say('unreachable'))
    } finally {
      this.#older.disabled = false
    }
  }

  #olderLine(event: DurableEvent): readonly Line[] {
    if (event.t !== 'msg.new') return []
    this.#learn(event.d.prompt)
    const line = this.#line(event.d, event)
    return line === undefined ? [] : [line]
  }

  #attempt(send: () => unknown): void {
    try {
      send()
      this.#views.notice.hide()
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error
      const full = error.name === 'outbox_full'
      this.#views.notice.show(full ? this.#say('outboxFull') : this.#say('sendFailed', { reason: error.message }))
    }
  }
}
