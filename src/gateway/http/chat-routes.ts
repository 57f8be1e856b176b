import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, ConversationRouter, JoinedAnswer } from '../../actors/port.ts'
import type { Clock } from '../../kernel/clock.ts'
import { keyedConversationId } from '../../kernel/ids.ts'
import { isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import type { SendBody } from '../../protocol/client-frames.ts'
import { DEPTH_MAX, isTame } from '../../protocol/codec.ts'
import type { DurableEvent } from '../../protocol/frames.ts'
import type { FrameChecker } from '../../protocol/schemas.ts'
import { isTimeZone } from '../../protocol/time-zone.ts'
import type { GatewayConfig } from '../config.ts'
import type { IdentityVerifier } from '../identity-port.ts'
import type { RateWindows } from '../limits.ts'
import { addAgentRoutes } from './agent-routes.ts'
import { sendRejection } from './answers.ts'
import { ask } from './ask.ts'
import { bearerHook, identityOf } from './bearer.ts'
import { messagePage, messagesOf, type PageQuery } from './message-page.ts'
import {
  conversationAnswer,
  conversationParams,
  errorSchema,
  messageAnswer,
  messageRequest,
  pageQuery,
  templatesAnswer,
} from './schemas.ts'

/** A template as the pickers show it, and what to call its data. */
export interface TemplateLabel {
  readonly id: string
  /** By locale. */
  readonly label: Readonly<Record<string, string>>
  readonly locales: readonly string[]
  /** In asking order. */
  readonly data: readonly { readonly id: string; readonly label: Readonly<Record<string, string>> }[]
}
export type TemplatesLister = (tenant: string) => readonly TemplateLabel[] | Promise<readonly TemplateLabel[]>

export interface ChatRoutes {
  readonly config: GatewayConfig
  readonly router: ConversationRouter
  readonly identity: IdentityVerifier
  readonly clock: Clock
  readonly checker: FrameChecker
  readonly rates: RateWindows
  readonly templates: TemplatesLister
}

interface MessageRequest {
  readonly conversationId?: string
  readonly template?: string
  readonly locale?: string
  readonly tz?: string
  readonly mid: string
  readonly kind: string
  readonly body: unknown
}

const REPLAY_EVENTS_MAX = 50

/** The chat API for callers without a socket: one message and its answer, a conversation's state, the templates. */
export function addChatRoutes(app: FastifyInstance, routes: ChatRoutes): void {
  const onRequest = routes.config.roles.includes('gateway') ? bearerHook(routes.identity) : noClients
  app.post(
    '/api/v2/chat/message',
    {
      onRequest,
      schema: {
        summary: 'Sends one message and waits for the answer to it',
        body: messageRequest,
        response: { 200: messageAnswer, default: errorSchema },
      },
    },
    (request, reply) => postMessage(routes, request as FastifyRequest<{ Body: MessageRequest }>, reply),
  )
  app.get(
    '/api/v2/chat/conversations/:id',
    {
      onRequest,
      schema: {
        summary: 'State, collected data and messages of one conversation',
        params: conversationParams,
        querystring: pageQuery,
        response: { 200: conversationAnswer, default: errorSchema },
      },
    },
    (request, reply) => getConversation(routes, request as ConversationRequest, reply),
  )
  app.get(
    '/api/v2/chat/templates',
    {
      onRequest,
      schema: {
        summary: 'Templates that a conversation can be opened with',
        response: { 200: templatesAnswer, default: errorSchema },
      },
    },
    async (request) => ({ templates: await routes.templates(identityOf(request).tenant) }),
  )
  addAgentRoutes(app, routes, onRequest)
}

async function noClients(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendRejection(reply, reject('unavailable', 'this node takes no clients'))
}

async function postMessage(routes: ChatRoutes, request: FastifyRequest<{ Body: MessageRequest }>, reply: FastifyReply) {
  const caller = identityOf(request)
  const { mid, kind, body } = request.body
  // As deep as the body of a frame, which stands in `d` of the envelope.
  if (!isTame(body, DEPTH_MAX - 2)) return sendRejection(reply, wrong('body.body', `must nest at most ${DEPTH_MAX - 2} deep`))
  const frame = routes.checker.check({ t: 'msg.send', d: { mid, kind, body } })
  if (isRejection(frame)) return sendRejection(reply, inBody(frame))
  const opened = await conversationOf(routes, caller, request.body)
  if (isRejection(opened)) return sendRejection(reply, opened)
  const { cid, events } = opened
  const left = routes.rates.take(`${caller.tenant}/${cid}`, routes.clock.mono())
  if (left < 0) return sendRejection(reply, reject('rate_limited', 'too many messages in this conversation', { retryMs: -left }))
  const sent = await ask(routes.router, caller.tenant, cid, {
    type: 'send',
    caller,
    ...(frame.d as SendBody),
    deadlineMs: routes.clock.now() + routes.config.turnDeadlineMs,
  })
  if (isRejection(sent)) return sendRejection(reply, { ...sent, cid })
  const shown = sent.dup
    ? await repeatedEvents(routes.router, caller, cid, sent.seq, request.body.conversationId === undefined ? 0 : sent.seq)
    : [...events, ...sent.events]
  if (isRejection(shown)) return sendRejection(reply, shown)
  const view = await ask(routes.router, caller.tenant, cid, { type: 'get', caller })
  if (isRejection(view)) return sendRejection(reply, view)
  return { conversationId: cid, seq: sent.seq, state: view.state, messages: messagesOf(shown), data: view.data }
}

/** The conversation named, or the one that this message's id opens, with what the bot said at its opening. */
async function conversationOf(
  routes: ChatRoutes,
  caller: Caller,
  body: MessageRequest,
): Promise<{ cid: string; events: readonly DurableEvent[] } | Rejection> {
  if (body.conversationId !== undefined) return { cid: body.conversationId, events: [] }
  if (body.template === undefined) return wrong('body.template', 'is required where conversationId is absent')
  if (body.tz !== undefined && !isTimeZone(body.tz)) return wrong('body.tz', 'must be an IANA time zone such as Europe/Rome')
  const cid = keyedConversationId(caller.tenant, caller.user, `http:${body.mid}`)
  const opened: JoinedAnswer | Rejection = await ask(routes.router, caller.tenant, cid, {
    type: 'open',
    caller,
    template: body.template,
    locale: body.locale ?? routes.config.defaultLocale,
    tz: body.tz ?? routes.config.defaultTz,
    channel: 'http',
    keyed: true,
  })
  // The first answer was lost and this message ended the conversation: its repeat is answered from there.
  if (isRejection(opened)) return opened.rejected === 'closed' ? { cid, events: [] } : opened
  return { cid, events: opened.existing ? [] : opened.events }
}

const wrong = (field: string, what: string): Rejection => reject('bad_request', `${field} ${what}`, { field })

const inBody = (rejection: Rejection): Rejection =>
  rejection.field === undefined
    ? rejection
    : { ...rejection, msg: rejection.msg.replace('d.', 'body.'), field: rejection.field.replace(/^d\./, 'body.') }

/** The events that a repeat is answered with: all but the message itself after `after`, up to the user's next one. */
async function repeatedEvents(
  router: ConversationRouter,
  caller: Caller,
  cid: string,
  seq: number,
  after: number,
): Promise<readonly DurableEvent[] | Rejection> {
  const page = await ask(router, caller.tenant, cid, { type: 'history', caller, after, limit: REPLAY_EVENTS_MAX })
  if (isRejection(page)) return page
  const next = page.items.findIndex((event) => event.seq > seq && event.t === 'msg.new' && event.d.from === 'user')
  return page.items.slice(0, next === -1 ? undefined : next).filter((event) => event.seq !== seq)
}

type ConversationRequest = FastifyRequest<{
  Params: { id: string }
  Querystring: PageQuery
}>

async function getConversation(routes: ChatRoutes, request: ConversationRequest, reply: FastifyReply) {
  const caller = identityOf(request)
  const { id } = request.params
  const view = await ask(routes.router, caller.tenant, id, { type: 'get', caller })
  if (isRejection(view)) return sendRejection(reply, view)
  const page = await messagePage(routes.router, caller, id, request.query)
  if (isRejection(page)) return sendRejection(reply, page)
  const { cid, state, seq, template, locale, outcome, data } = view
  const { first, last, more } = page
  return {
    conversationId: cid,
    state,
    seq,
    template,
    locale,
    ...(outcome === undefined ? undefined : { outcome }),
    data,
    messages: page.messages,
    first,
    last,
    more,
  }
}
