import type { Delivery } from '../actors/port.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame } from '../protocol/client-frames.ts'
import { FRAME_BOUNDS } from '../protocol/schemas.ts'
import { admitted, answerOk, cidOf, conversationOf, crowded, type Of, re } from './admission.ts'
import type { Attachment } from './attachments.ts'
import { cutPage } from './history-page.ts'
import type { Identity } from './identity-port.ts'
import { join, leave, open } from './joining.ts'
import { acceptedFrame } from './push-encoder.ts'
import type { Session } from './session.ts'

const HISTORY_DEFAULT = 50
const TYPING_TTL_MS = 5000

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
      session.leave(frame)
      return
    case 'hello':
      session.fail(reject('conflict', 'hello was said already', { field: 't' }), frame.id)
      return
  }
}

function send(session: Session, frame: Of<'msg.send'>, timed: boolean): void {
  const attachment = conversationOf(session, frame, frame.cid)
  if (attachment === undefined || !admitted(session, frame)) return
  const { host } = session
  const startMs = host.clock.mono()
  const left = host.rates.takeAt(attachment.rate, startMs)
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
    inReplyTo,
  }
  // Not the whole frame: it would wait for the disk with a thousand others.
  const { id } = frame
  let waiting = true
  session.ask(cid, delivery, (answer) => {
    if (!waiting) return
    waiting = false
    if (!session.answered()) return
    if (isRejection(answer)) {
      session.fail(answer, id, cid)
    } else {
      const { out, now: ts } = session
      const { seq, dup } = answer
      out.sendEncoded(acceptedFrame(out.codec, { re: id, cid, inc: attachment.inc, seq, ts, mid: answer.mid, dup }))
      if (timed) host.metrics.deliver.observe((host.clock.mono() - startMs) / 1000)
    }
    session.settled()
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

function history(session: Session, frame: Of<'history.get'>): void {
  const cid = frame.cid ?? conversationOf(session, frame, undefined)?.cid
  if (cid === undefined || !admitted(session, frame) || crowded(session, frame, cid)) return
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
    // Many pages may have been asked for at once.
    if (crowded(session, frame, cid)) return
    const { out, host, now } = session
    const d = cutPage(out.codec, page, after !== undefined, host.config.outboxBytesMax / 4)
    out.send({ v: 1, t: 'history.page', ...re(frame), cid, inc: page.inc, ts: now, d })
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
