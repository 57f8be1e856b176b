import type {
  ConversationRouter,
  ConversationsLister,
  ConversationView,
  JoinedAnswer,
  ListRequest,
  SentAnswer,
} from '../../actors/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isId, keyedConversationId } from '../../kernel/ids.ts'
import { isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import type { SendBody } from '../../protocol/client-frames.ts'
import type { DurableEvent } from '../../protocol/frames.ts'
import { type HandoffRequest, type InjectRequest, injected } from '../../protocol/outside.ts'
import { plainEvent } from '../../protocol/recorded-event.ts'
import { FrameChecker } from '../../protocol/schemas.ts'
import { cutPage } from '../history-page.ts'
import { ask } from '../http/ask.ts'
import type { RateWindows } from '../limits.ts'
import { repeatedEvents } from '../repeated-events.ts'
import type { RequestApiLimits } from './limits.ts'
import { actingFor, inBody, onceId, type Request } from './request.ts'

export interface OperationsOptions {
  readonly router: ConversationRouter
  readonly conversations: ConversationsLister
  readonly clock: Clock
  readonly node: string
  readonly newId: (nowMs: number) => string
  readonly limits: RequestApiLimits
  readonly rates?: RateWindows
  readonly defaultLocale: string
  readonly defaultTz: string
  /** Bytes of one answer. */
  readonly room: () => number
}

interface OpenRequest {
  readonly template: string
  readonly version?: number
  readonly locale?: string
  readonly tz?: string
  readonly vars?: Readonly<Record<string, string | number | boolean>>
  readonly channel?: string
  readonly user?: string
  readonly clientKey?: string
}
interface SendRequest {
  readonly cid: string
  readonly mid?: string
  readonly kind?: SendBody['kind']
  readonly body?: SendBody['body']
  readonly user?: string
  readonly inReplyTo?: string
  readonly wait?: number
}
interface HistoryRequest {
  readonly cid: string
  readonly before?: number
  readonly after?: number
  readonly limit?: number
}
type OfConversation = { readonly cid: string }
type Answered = Promise<object | Rejection>

/** Of an answer's room, what its events may take: the rest is for data and receipts. */
const EVENTS_SHARE = 0.75

/** What can be asked of conversations. Every method answers with a body or a rejection, and throws only for faults. */
export class ConversationOperations {
  readonly #options: OperationsOptions
  readonly #checker: FrameChecker

  constructor(options: OperationsOptions) {
    this.#options = options
    this.#checker = new FrameChecker({ textCharsMax: options.limits.textCharsMax, conversationsMax: 1 })
  }

  async open(request: Request<OpenRequest>): Answered {
    const { router, node, defaultLocale, defaultTz } = this.#options
    const { template, version, locale = defaultLocale, tz = defaultTz, vars, channel = 'nats', user, clientKey } = request.body
    const caller = actingFor(request, user)
    if (isRejection(caller)) return caller
    const key = clientKey ?? request.idempotency
    const cid = key === undefined ? this.#newId(request.tenant) : keyedConversationId(request.tenant, caller.user, key)
    const opened = await ask(router, request.tenant, cid, {
      type: 'open',
      caller,
      template,
      locale,
      tz,
      channel,
      keyed: key !== undefined,
      ...(version === undefined ? undefined : { version }),
      ...(vars === undefined ? undefined : { vars }),
    })
    if (isRejection(opened)) return inBody(opened)
    const { flow } = opened
    if (opened.existing && (flow.id !== template || (version !== undefined && flow.version !== version))) {
      return reject('conflict', 'this key was used to open a conversation with another template', { field: 'template', cid })
    }
    return { ...this.#joined(request, opened), locale: opened.locale, existing: opened.existing, node }
  }

  async send(request: Request<SendRequest>): Answered {
    const { cid, kind = 'text', body, user, inReplyTo, wait = 0 } = request.body
    const mid = onceId(request)
    const caller = actingFor(request, user)
    if (isRejection(mid)) return mid
    if (isRejection(caller)) return caller
    const d = { mid, kind, body, ...(inReplyTo === undefined ? undefined : { inReplyTo }) }
    const frame = this.#checker.check({ t: 'msg.send', d })
    if (isRejection(frame)) return inBody(frame)
    const crowded = this.#overRate(request.tenant, cid)
    if (crowded !== undefined) return crowded
    const { deadlineMs, tenant } = request
    const { router } = this.#options
    const sent = await ask(router, tenant, cid, { type: 'send', caller, ...(frame.d as SendBody), deadlineMs })
    if (isRejection(sent)) return inBody({ ...sent, cid })
    const answer = { ...this.#told(cid, sent), ack: 'logged' }
    if (wait === 0) return answer
    const events = sent.dup ? await repeatedEvents(router, request.caller, cid, sent.seq) : sent.events
    if (isRejection(events)) return inBody(events)
    return { ...answer, messages: this.#fitting(request, sent.dup ? events.slice(1) : events) }
  }

  async get(request: Request<OfConversation>): Answered {
    const view = await this.#view(request)
    if (isRejection(view)) return view
    const { locale, outcome, template, data } = view
    return { ...this.#stand(view), template, locale, ...(outcome === undefined ? undefined : { outcome }), data }
  }

  /** What was collected: by datum, with the state of each. */
  async data(request: Request<OfConversation>): Answered {
    const view = await this.#view(request)
    if (isRejection(view)) return view
    const { outcome, data } = view
    const done = data.filter(({ status }) => status === 'done').map(({ node, value }) => [node, value])
    const values = Object.fromEntries(done)
    return { ...this.#stand(view), ...(outcome === undefined ? undefined : { outcome }), values, data }
  }

  /** Users see their own. */
  async list(request: Request<Partial<ListRequest>>): Answered {
    const { caller, tenant, body } = request
    const { state, template, after, limit = 50 } = body
    const user = caller.role === 'user' ? caller.user : body.user
    if (caller.role === 'user' && body.user !== undefined && body.user !== caller.user) {
      return reject('forbidden', 'users may list their own conversations', { field: 'user' })
    }
    const page = await this.#options.conversations.list(tenant, {
      limit,
      ...(state === undefined ? undefined : { state }),
      ...(template === undefined ? undefined : { template }),
      ...(user === undefined ? undefined : { user }),
      ...(after === undefined ? undefined : { after }),
    })
    return { ...page, node: this.#options.node }
  }

  async history(request: Request<HistoryRequest>): Answered {
    const { cid, before, after, limit = 50 } = request.body
    if (before !== undefined && after !== undefined) {
      return reject('bad_request', 'before and after exclude each other', { field: 'before' })
    }
    const { router, node, room } = this.#options
    const page = await ask(router, request.tenant, cid, {
      type: 'history',
      caller: request.caller,
      limit,
      ...(before === undefined ? undefined : { before }),
      ...(after === undefined ? undefined : { after }),
    })
    if (isRejection(page)) return inBody(page)
    const cut = cutPage(request.exchange.encoding.codec, page, after !== undefined, room() * EVENTS_SHARE)
    return { cid, seq: cut.last, ...cut, items: cut.items.map(plainEvent), node }
  }

  async close(request: Request<OfConversation & { readonly reason?: string }>): Answered {
    const { cid, reason = 'closed' } = request.body
    const { caller, tenant } = request
    const closed = await ask(this.#options.router, tenant, cid, { type: 'close', caller, reason })
    if (isRejection(closed)) return inBody(closed)
    const view = await this.#view(request)
    return isRejection(view) ? view : this.#stand(view)
  }

  async handoff(request: Request<OfConversation & HandoffRequest>): Answered {
    const mid = onceId(request)
    if (isRejection(mid)) return mid
    if (!isId(mid)) return badMid()
    const { cid, action, agent, queue, note } = request.body
    const { caller, tenant, deadlineMs } = request
    const told = await ask(this.#options.router, tenant, cid, {
      type: 'handoff',
      caller,
      mid,
      action,
      deadlineMs,
      ...(agent === undefined ? undefined : { agent }),
      ...(queue === undefined ? undefined : { queue }),
      ...(note === undefined ? undefined : { note }),
    })
    return this.#outside(request, cid, told)
  }

  async inject(request: Request<OfConversation & InjectRequest>): Answered {
    const mid = onceId(request)
    if (isRejection(mid)) return mid
    if (!isId(mid)) return badMid()
    const what = injected(request.body, this.#options.limits.textCharsMax, '')
    if (isRejection(what)) return what
    const { caller, tenant, deadlineMs } = request
    const { cid } = request.body
    const crowded = this.#overRate(tenant, cid)
    if (crowded !== undefined) return crowded
    const told = await ask(this.#options.router, tenant, cid, { type: 'inject', caller, mid, what, deadlineMs })
    return this.#outside(request, cid, told)
  }

  /** Near, where there is a nearer place. */
  #newId(tenant: string): string {
    const { router, newId, clock } = this.#options
    return router.newId?.(tenant, clock.now()) ?? newId(clock.now())
  }

  /** Counts one message; a repeat is one too. */
  #overRate(tenant: string, cid: string): Rejection | undefined {
    const { rates, clock } = this.#options
    const left = rates?.take(`${tenant}/${cid}`, clock.mono()) ?? 0
    return left < 0 ? reject('rate_limited', 'too many messages in this conversation', { retryMs: -left, cid }) : undefined
  }

  async #outside(request: Request, cid: string, told: SentAnswer | Rejection): Answered {
    if (isRejection(told)) return inBody({ ...told, cid })
    // What is put in brings nothing with it; a handoff has no message of its own.
    const again = told.dup && request.operation === 'conv.handoff'
    const events = again ? await repeatedEvents(this.#options.router, request.caller, cid, told.seq) : told.events
    return isRejection(events) ? inBody(events) : { ...this.#told(cid, told), messages: this.#fitting(request, events) }
  }

  async #view(request: Request<OfConversation>): Promise<ConversationView | Rejection> {
    const { caller, tenant, body } = request
    const view = await ask(this.#options.router, tenant, body.cid, { type: 'get', caller })
    return isRejection(view) ? inBody(view) : view
  }

  #stand({ cid, inc, seq, state, template }: ConversationView): object {
    return { cid, inc, seq, state, tv: template.version, node: this.#options.node }
  }

  #told(cid: string, { mid, seq, dup, state, tv }: SentAnswer): object {
    return { cid, mid, seq, dup, state, ...(tv === undefined ? undefined : { tv }), node: this.#options.node }
  }

  /** Where a conversation stands, with its newest events as far as they fit. */
  #joined(request: Request, { cid, inc, seq, state, flow, events, more, data }: JoinedAnswer): object {
    const last = events.at(-1)?.seq ?? seq
    const page = { inc, items: events.map(plainEvent), first: events[0]?.seq ?? 0, last, more }
    const cut = cutPage(request.exchange.encoding.codec, page, false, this.#options.room() * EVENTS_SHARE)
    return { cid, inc, seq: last, state, tv: flow.version, template: flow, events: cut.items, more: cut.more, data }
  }

  /** One turn's events; its bot's words are bounded, so nearly always all of them. */
  #fitting(request: Request, events: readonly DurableEvent[]): readonly DurableEvent[] {
    const page = { inc: '', items: events.map(plainEvent), first: 0, last: 0, more: false }
    return cutPage(request.exchange.encoding.codec, page, true, this.#options.room() * EVENTS_SHARE).items
  }
}

const badMid = (): Rejection => reject('bad_request', 'mid must be [A-Za-z0-9_-]{1,64}', { field: 'mid' })
