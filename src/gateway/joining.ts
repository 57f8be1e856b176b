import type { Delivery, JoinedAnswer } from '../actors/port.ts'
import { keyedConversationId, ulid } from '../kernel/ids.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame } from '../protocol/client-frames.ts'
import { admitted, answerOk, conversationOf, crowded, later, type Of, re } from './admission.ts'
import type { Attachment } from './attachments.ts'
import { openedBody, positionBefore } from './feed.ts'
import type { Session } from './session.ts'

/** `conv.open`: a new conversation, or the one behind the client key. */
export function open(session: Session, frame: Of<'conv.open'>): void {
  if (!admitted(session, frame)) return
  const { caller } = session
  const { template, version, vars, clientKey } = frame.d
  if (crowded(session, frame)) return
  const keyed = clientKey !== undefined
  const { router } = session.host
  const cid = keyed
    ? keyedConversationId(caller.tenant, caller.user, clientKey)
    : (router.newId?.(caller.tenant, session.now) ?? ulid(session.now))
  const attachment = session.following.attachments.attach(caller.tenant, cid)
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
  session.following.joining(attachment)
  session.deliver(cid, delivery, (answer) => attached(session, frame, attachment, answer))
}

/** `conv.join`: an existing conversation, from a position on. */
export function join(session: Session, frame: Of<'conv.join'>): void {
  const cid = frame.cid ?? frame.d.cid
  if (cid === undefined) {
    session.fail(reject('bad_request', 'cid is required', { field: 'cid' }), frame.id)
    return
  }
  if (!admitted(session, frame) || crowded(session, frame, cid)) return
  const attachment = session.following.attachments.attach(session.caller.tenant, cid)
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
  session.following.joining(attachment)
  session.deliver(cid, delivery, (answer) => attached(session, frame, attachment, answer))
}

function attached(session: Session, frame: ClientFrame, attachment: Attachment, answer: JoinedAnswer | Rejection): void {
  const { following, out } = session
  // Many joins may have been asked for at once; nothing was executed where the conversation was there before.
  const result = !isRejection(answer) && answer.existing && out.crowded ? later() : answer
  if (isRejection(result)) {
    following.refused(attachment, result)
    session.fail(result, frame.id, frame.t === 'conv.join' ? attachment.cid : undefined)
    return
  }
  const { cid, inc } = result
  out.send({
    v: 1,
    t: 'conv.opened',
    ...re(frame),
    cid,
    inc,
    seq: positionBefore(result),
    ts: session.now,
    d: openedBody(result),
  })
  if (following.attachments.has(attachment)) following.catchUp(attachment, result)
}

function tooMany(session: Session, frame: ClientFrame): void {
  const { conversationsMax } = session.host.config
  session.fail(
    reject('rate_limited', `this connection follows ${conversationsMax} conversations already: conv.leave one`),
    frame.id,
  )
}

/** `conv.leave`: no more events here. */
export function leave(session: Session, frame: Of<'conv.leave'>): void {
  const attachment = conversationOf(session, frame, frame.cid ?? frame.d.cid)
  if (attachment === undefined) return
  session.following.leave(attachment)
  answerOk(session, frame, attachment.cid)
}
