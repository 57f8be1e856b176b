import type { Delivery, JoinedAnswer } from '../actors/port.ts'
import { keyedConversationId, ulid } from '../kernel/ids.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame } from '../protocol/client-frames.ts'
import { CLOSE } from '../protocol/codes.ts'
import { FRAME_BOUNDS } from '../protocol/schemas.ts'
import type { Attachment } from './attachments.ts'
import { openedBody, positionBefore } from './feed.ts'
import type { Identity } from './identity-port.ts'
import type { Session } from './session.ts'

const HISTORY_DEFAULT = 50
const TYPING_TTL_MS = 5000

type Of<T extends ClientFrame['t']> = Extract<ClientFrame, { readonly t: T }>

/** Answers one frame of a greeted session. Every frame with an id gets exactly one answer. */
export function handle(session: Session, frame: ClientFrame, timed: boolean): void {
  switch (frame.t) {
    case 'msg.send':
      send(session, frame, timed)
      return
    case 'ping':
      session.out.send({ v: 1, t: 'pong', ...re(frame), ts: session.now, d: frame.d })
      return
    case 'typing':
      typing(session, frame)
      return
    case 'read':
      onConversation(session, frame, (caller) => ({ type: 'read', caller, upto: frame.d.upto }))
      return
    case 'feedback':
      onConversation(session, frame, (caller) => ({ type: 'feedback', caller, ...frame.d }))
      return
    case 'conv.open':
      open(session, frame)
      return
    case 'conv.join':
      join(session, frame)
      return
    case 'conv.leave':
      leave(session, frame)
      return
    case 'conv.close':
      onConversation(session, frame, (caller) => ({ type: 'close', caller, reason: frame.d.reason ?? 'user' }))
      return
    case 'history.get':
      history(session, frame)
      return
    case 'auth.refresh':
      refresh(session, frame)
      return
    case 'bye':
      answerOk(session, frame)
      session.close(CLOSE.normal, 'bye')
      return
    case 'hello':
      session.fail(reject('conflict', 'hello was said already', { field: 't' }), frame.id)
      return
  }
}

const re = (frame: ClientFrame): { re?: string } | undefined => (frame.id === undefined ? undefined : { re: frame.id })

function answerOk(session: Session, frame: ClientFrame, cid?: string): void {
  if (frame.id === undefined) return
  session.out.send({ v: 1, t: 'ok', re: frame.id, ...(cid === undefined ? undefined : { cid }), ts: session.now })
}

/** False when the session has as much in flight as it may: the frame is refused. */
function admitted(session: Session, frame: ClientFrame): boolean {
  const { inFlightMax } = session.host.config
  if (session.inFlight < inFlightMax) return true
  if (!session.paused) {
    session.paused = true
    session.out.offer({ v: 1, t: 'flow', ts: session.now, d: { state: 'pause', reason: 'in_flight', queue: session.inFlight } })
  }
  session.fail(
    reject('rate_limited', `${inFlightMax} frames wait for their answer already`, { retryMs: 1000 }),
    frame.id,
    frame.cid,
  )
  return false
}

/** The conversation a frame means, in the envelope or in `d`. Answers the error itself when there is none. */
function conversationOf(session: Session, frame: ClientFrame, cid: string | undefined): Attachment | undefined {
  const found = session.attachments.resolve(cid)
  if (!isRejection(found)) return found
  session.fail(found, frame.id, cid)
  return undefined
}

function send(session: Session, frame: Of<'msg.send'>, timed: boolean): void {
  const attachment = conversationOf(session, frame, frame.cid)
  if (attachment === undefined || !admitted(session, frame)) return
  const { host } = session
  const startMs = host.clock.mono()
  const left = host.rates.take(attachment.rateKey, startMs)
  if (left < 0) {
    overRate(session, frame, attachment, -left)
    return
  }
  if (left === host.config.messagesPerWindow >> 2) hint(session, attachment, left)
  const { mid, kind, body, inReplyTo } = frame.d
  const { cid } = attachment
  const delivery: Extract<Delivery, { type: 'send' }> = {
    type: 'send',
    caller: session.caller,
    mid,
    kind,
    body,
    origin: session.id,
    deadlineMs: host.clock.now() + host.config.turnDeadlineMs,
    ...(inReplyTo === undefined ? undefined : { inReplyTo }),
  }
  session.deliver(cid, delivery, (answer) => {
    if (isRejection(answer)) return session.fail(answer, frame.id, cid)
    const { seq, dup } = answer
    session.out.send({
      v: 1,
      t: 'msg.ok',
      ...re(frame),
      cid,
      inc: attachment.inc,
      seq,
      ts: session.now,
      d: dup ? { mid, seq, dup } : { mid, seq },
    })
    if (timed) host.metrics.deliver.observe((host.clock.mono() - startMs) / 1000)
  })
}

function overRate(session: Session, frame: ClientFrame, attachment: Attachment, retryMs: number): void {
  const { messagesPerWindow, windowMs } = session.host.config
  const msg = `at most ${messagesPerWindow} messages in ${windowMs} ms per conversation`
  session.fail(reject('rate_limited', msg, { retryMs }), frame.id, attachment.cid)
}

function hint(session: Session, attachment: Attachment, remaining: number): void {
  const { messagesPerWindow, windowMs } = session.host.config
  const d = { limit: messagesPerWindow, remaining, resetMs: windowMs, scope: 'conversation' }
  session.out.offer({ v: 1, t: 'rate', cid: attachment.cid, ts: session.now, d })
}

function typing(session: Session, frame: Of<'typing'>): void {
  const ttlMs = Math.min(frame.d.ttlMs ?? TYPING_TTL_MS, FRAME_BOUNDS.typingTtlMsMax)
  const { on } = frame.d
  onConversation(session, frame, (caller) => ({ type: 'typing', caller, on, ttlMs, origin: session.id }))
}

type Plain = Extract<Delivery, { type: 'read' | 'feedback' | 'typing' | 'close' }>

/** A request that needs a followed conversation and is answered `ok`. */
function onConversation(session: Session, frame: ClientFrame, delivery: (caller: Session['caller']) => Plain): void {
  const attachment = conversationOf(session, frame, frame.cid ?? cidOf(frame.d))
  if (attachment === undefined || !admitted(session, frame)) return
  session.deliver<Plain>(attachment.cid, delivery(session.caller), (answer) => {
    if (isRejection(answer)) session.fail(answer, frame.id, attachment.cid)
    else answerOk(session, frame, attachment.cid)
  })
}

function open(session: Session, frame: Of<'conv.open'>): void {
  if (!admitted(session, frame)) return
  const { caller } = session
  const { template, version, vars, clientKey } = frame.d
  const keyed = clientKey !== undefined
  const cid = keyed ? keyedConversationId(caller.tenant, caller.user, clientKey) : ulid(session.now)
  const attachment = session.attachments.attach(caller.tenant, cid)
  if (attachment === undefined) {
    tooMany(session, frame)
    return
  }
  const delivery: Extract<Delivery, { type: 'open' }> = {
    type: 'open',
    caller,
    template,
    locale: frame.d.locale ?? session.locale,
    tz: frame.d.tz ?? session.tz,
    channel: frame.d.channel ?? 'chat',
    keyed,
    watcher: session,
    ...(version === undefined ? undefined : { version }),
    ...(vars === undefined ? undefined : { vars }),
  }
  session.deliver(cid, delivery, (answer) => attached(session, frame, attachment, answer))
}

function join(session: Session, frame: Of<'conv.join'>): void {
  const cid = frame.cid ?? frame.d.cid
  if (cid === undefined) {
    session.fail(reject('bad_request', 'cid is required', { field: 'cid' }), frame.id)
    return
  }
  if (!admitted(session, frame)) return
  const attachment = session.attachments.attach(session.caller.tenant, cid)
  if (attachment === undefined) {
    tooMany(session, frame)
    return
  }
  const { since } = frame.d
  const delivery: Extract<Delivery, { type: 'join' }> = {
    type: 'join',
    caller: session.caller,
    watcher: session,
    ...(since === undefined ? undefined : { since }),
  }
  session.deliver(cid, delivery, (answer) => attached(session, frame, attachment, answer))
}

function attached(session: Session, frame: ClientFrame, attachment: Attachment, answer: JoinedAnswer | Rejection): void {
  if (isRejection(answer)) {
    if (session.attachments.has(attachment)) session.leave(attachment)
    session.fail(answer, frame.id, frame.t === 'conv.join' ? attachment.cid : undefined)
    return
  }
  const { cid, inc } = answer
  session.out.send({
    v: 1,
    t: 'conv.opened',
    ...re(frame),
    cid,
    inc,
    seq: positionBefore(answer),
    ts: session.now,
    d: openedBody(answer),
  })
  if (session.attachments.has(attachment)) session.catchUp(attachment, answer)
}

function tooMany(session: Session, frame: ClientFrame): void {
  const { conversationsMax } = session.host.config
  session.fail(
    reject('rate_limited', `this connection follows ${conversationsMax} conversations already: conv.leave one`),
    frame.id,
  )
}

function leave(session: Session, frame: Of<'conv.leave'>): void {
  const attachment = conversationOf(session, frame, frame.cid ?? frame.d.cid)
  if (attachment === undefined) return
  session.leave(attachment)
  answerOk(session, frame, attachment.cid)
}

function history(session: Session, frame: Of<'history.get'>): void {
  const cid = frame.cid ?? conversationOf(session, frame, undefined)?.cid
  if (cid === undefined || !admitted(session, frame)) return
  const { before, after, limit } = frame.d
  const delivery: Extract<Delivery, { type: 'history' }> = {
    type: 'history',
    caller: session.caller,
    limit: limit ?? HISTORY_DEFAULT,
    ...(before === undefined ? undefined : { before }),
    ...(after === undefined ? undefined : { after }),
  }
  session.deliver(cid, delivery, (page) => {
    if (isRejection(page)) return session.fail(page, frame.id, cid)
    session.out.send({ v: 1, t: 'history.page', ...re(frame), cid, inc: page.inc, ts: session.now, d: page })
  })
}

function refresh(session: Session, frame: Of<'auth.refresh'>): void {
  if (!admitted(session, frame)) return
  session.inFlight++
  session.host.identity.verify(frame.d.token, (result) => {
    session.inFlight--
    if (session.phase === 'closed') return
    replaceIdentity(session, frame, result)
    session.settled()
  })
}

function replaceIdentity(session: Session, frame: ClientFrame, result: Identity | Rejection): void {
  if (isRejection(result)) {
    session.fail(result, frame.id)
    return
  }
  const { tenant, user } = session.caller
  if (result.tenant !== tenant || result.user !== user) {
    session.fail(reject('forbidden', 'the new token is of another tenant or user', { field: 'd.token' }), frame.id)
    return
  }
  session.setIdentity(result)
  session.out.send({ v: 1, t: 'auth.ok', ...re(frame), ts: session.now, d: { expMs: result.expMs } })
}

const cidOf = (d: object): string | undefined => ('cid' in d && typeof d.cid === 'string' ? d.cid : undefined)
