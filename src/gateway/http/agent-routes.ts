import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { SentAnswer } from '../../actors/port.ts'
import { isRejection, type Rejection, reject } from '../../kernel/rejection.ts'
import { type HandoffRequest, type InjectRequest, injected } from '../../protocol/outside.ts'
import { repeatedEvents } from '../repeated-events.ts'
import { sendRejection } from './answers.ts'
import { ask } from './ask.ts'
import { identityOf } from './bearer.ts'
import type { ChatRoutes } from './chat-routes.ts'
import { messagesOf } from './message-page.ts'
import { conversationParams, errorSchema, handoffRequest, injectRequest, outsideAnswer } from './schemas.ts'

type Of<B> = FastifyRequest<{ Params: { id: string }; Body: B }>

/** What operators and services do to a conversation: take it over, give it back, speak in it. `onRequest` lets callers in. */
export function addAgentRoutes(app: FastifyInstance, routes: ChatRoutes, onRequest: onRequestAsyncHookHandler): void {
  const response = { 200: outsideAnswer, default: errorSchema }
  const params = conversationParams
  app.post(
    '/api/v2/chat/conversations/:id/handoff',
    {
      onRequest,
      schema: {
        summary: 'A human takes the conversation over, or gives it back to the bot',
        params,
        body: handoffRequest,
        response,
      },
    },
    (request, reply) => postHandoff(routes, request as Of<HandoffRequest>, reply),
  )
  app.post(
    '/api/v2/chat/conversations/:id/messages',
    {
      onRequest,
      schema: { summary: 'Puts a message or variables into the conversation', params, body: injectRequest, response },
    },
    (request, reply) => postMessage(routes, request as Of<InjectRequest>, reply),
  )
}

async function postHandoff(routes: ChatRoutes, request: Of<HandoffRequest>, reply: FastifyReply) {
  const caller = identityOf(request)
  const { mid, action, agent, queue, note } = request.body
  const deadlineMs = routes.clock.now() + routes.config.turnDeadlineMs
  const fields = {
    ...(agent === undefined ? undefined : { agent }),
    ...(queue === undefined ? undefined : { queue }),
    ...(note === undefined ? undefined : { note }),
  }
  const delivery = { type: 'handoff', caller, mid, action, ...fields, deadlineMs } as const
  return answer(routes, request, await ask(routes.router, caller.tenant, request.params.id, delivery), true, reply)
}

async function postMessage(routes: ChatRoutes, request: Of<InjectRequest>, reply: FastifyReply) {
  const caller = identityOf(request)
  const { id } = request.params
  const what = injected(request.body, routes.config.textCharsMax, 'body.')
  if (isRejection(what)) return sendRejection(reply, what)
  const left = routes.rates.take(`${caller.tenant}/${id}`, routes.clock.mono())
  if (left < 0) return sendRejection(reply, reject('rate_limited', 'too many messages in this conversation', { retryMs: -left }))
  const deadlineMs = routes.clock.now() + routes.config.turnDeadlineMs
  const delivery = { type: 'inject', caller, mid: request.body.mid, what, deadlineMs } as const
  return answer(routes, request, await ask(routes.router, caller.tenant, id, delivery), false, reply)
}

async function answer(
  routes: ChatRoutes,
  request: Of<unknown>,
  told: SentAnswer | Rejection,
  isHandoff: boolean,
  reply: FastifyReply,
): Promise<FastifyReply | object> {
  const { id: conversationId } = request.params
  if (isRejection(told)) return sendRejection(reply, { ...told, cid: conversationId })
  const { seq, dup, state } = told
  // What is put in brings nothing with it; a handoff has no message of its own.
  const again = dup && isHandoff
  const events = again ? await repeatedEvents(routes.router, identityOf(request), conversationId, seq) : told.events
  if (isRejection(events)) return sendRejection(reply, events)
  return { conversationId, seq, dup, state, messages: messagesOf(events) }
}
