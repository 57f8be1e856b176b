import type { JoinedAnswer } from '../actors/port.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame, HelloBody, ResumeEntry } from '../protocol/client-frames.ts'
import type { Encoded } from '../protocol/codec.ts'
import { CLOSE } from '../protocol/codes.ts'
import { CAPABILITIES, type Capability } from '../protocol/frames.ts'
import { later } from './admission.ts'
import type { Attachment } from './attachments.ts'
import type { GatewayConfig } from './config.ts'
import { catchUpFrames, positionBefore } from './feed.ts'
import type { Identity } from './identity-port.ts'
import type { Session } from './session.ts'

/** What this server does for a client that asks; `delta` and `files` are known names that it does not grant yet. */
const GRANTED: readonly Capability[] = ['batch', 'data', 'choices', 'receipts']

type ResumeReason = 'ok' | 'gap' | 'incarnation' | 'gone' | 'denied' | 'unavailable'

/** One conversation of `hello.resume`, with what its join found. */
interface Resumed {
  readonly entry: ResumeEntry
  readonly attachment: Attachment
  answer?: JoinedAnswer | Rejection
  frames?: readonly Encoded[]
}

/** Takes a session's first frame: it must be `hello`. Ends in `welcome`, or in `error` and a terminal close. */
export function greet(session: Session, frame: ClientFrame): void {
  if (frame.t !== 'hello') {
    session.fail(reject('unauthorized', 'the first frame must be hello'), frame.id)
    session.close(CLOSE.badProtocol, 'hello first')
    return
  }
  session.greeting()
  session.host.identity.verify(frame.d.token, (result) => {
    if (session.phase !== 'greeting') return
    if (isRejection(result)) return refuse(session, result, frame.id)
    admit(session, result, frame.d)
    resume(session, frame.d.resume ?? [], frame.id)
  })
}

function refuse(session: Session, rejection: Rejection, re: string | undefined): void {
  session.host.metrics.helloRefused.inc()
  session.fail(rejection, re)
  if (rejection.rejected === 'token_expired') session.close(CLOSE.tokenExpired, 'token expired')
  else if (rejection.rejected === 'unavailable') session.close(CLOSE.tryLater, 'try later')
  else session.close(CLOSE.unauthorized, rejection.rejected)
}

function admit(session: Session, identity: Identity, hello: HelloBody): void {
  session.setIdentity(identity)
  session.locale = hello.locale ?? session.locale
  session.tz = hello.tz ?? session.tz
  const caps = hello.caps ?? []
  session.wants = { data: caps.includes('data'), receipts: caps.includes('receipts'), batch: caps.includes('batch') }
  session.caps = CAPABILITIES.filter((name) => caps.includes(name) && GRANTED.includes(name))
  if (session.wants.batch) session.socket.join = session.out.codec.join
}

/** Joins everything the client names, and welcomes it when all joins have answered. */
function resume(session: Session, entries: readonly ResumeEntry[], re: string | undefined): void {
  const all: Resumed[] = []
  for (const entry of entries) {
    const attachment =
      session.following.attachments.get(entry.cid) === undefined
        ? session.following.attachments.attach(session.caller.tenant, entry.cid)
        : undefined
    if (attachment !== undefined) all.push({ entry, attachment })
  }
  if (all.length === 0) {
    welcome(session, all, re)
    return
  }
  let waiting = all.length
  for (const one of all) {
    const { cid, inc, seq } = one.entry
    session.following.joining(one.attachment)
    session.deliver(cid, { type: 'join', caller: session.caller, since: { inc, seq }, watcher: session }, (answer) => {
      one.answer = answer
      if (--waiting === 0 && session.phase === 'greeting') welcome(session, all, re)
    })
  }
}

function welcome(session: Session, resumed: readonly Resumed[], re: string | undefined): void {
  const { config, node } = session.host
  const identity = session.identity
  if (identity === undefined) return
  encode(session, resumed)
  const d = {
    session: session.id,
    user: identity.user,
    tenant: identity.tenant,
    caps: session.caps,
    ping: { everyMs: config.pingEveryMs, timeoutMs: config.pingTimeoutMs },
    limits: announcedLimits(config),
    token: { expMs: identity.expMs },
    time: session.now,
    node,
    resumed: resumed.map(describe),
  }
  session.out.send({ v: 1, t: 'welcome', ...(re === undefined ? undefined : { re }), ts: session.now, d })
  for (const { attachment, answer, frames } of resumed) {
    if (answer === undefined || isRejection(answer)) session.following.attachments.remove(attachment)
    else session.following.catchUp(attachment, answer, frames)
  }
  session.opened()
}

/** The catch-ups as frames: the first whatever its size, those that no outbox could take beside it are `unavailable` for now. */
function encode(session: Session, resumed: readonly Resumed[]): void {
  const { outboxBytesMax } = session.host.config
  let total = 0
  for (const one of resumed) {
    if (one.answer === undefined || isRejection(one.answer)) continue
    const frames = catchUpFrames(session.out.codec, session.wants, one.answer, session.now)
    let bytes = 0
    for (const frame of frames) bytes += frame.length
    if (total > 0 && total + bytes > outboxBytesMax) {
      session.following.leave(one.attachment)
      one.answer = later()
      continue
    }
    total += bytes
    one.frames = frames
  }
}

export const announcedLimits = (config: GatewayConfig) => ({
  frameBytes: config.frameBytesMax,
  textChars: config.textCharsMax,
  messages: config.messagesPerWindow,
  windowMs: config.windowMs,
  framesPerSecond: config.framesPerSecondMax,
  inFlight: config.inFlightMax,
  outboxBytes: config.outboxBytesMax,
  conversations: config.conversationsMax,
})

function describe({ entry, answer }: Resumed): Record<string, unknown> {
  if (answer === undefined || isRejection(answer)) {
    return { cid: entry.cid, ok: false, inc: entry.inc, seq: entry.seq, reason: reasonOf(answer) }
  }
  const reason: ResumeReason = !answer.gap ? 'ok' : answer.inc === entry.inc ? 'gap' : 'incarnation'
  return { cid: entry.cid, ok: !answer.gap, inc: answer.inc, seq: positionBefore(answer), state: answer.state, reason }
}

function reasonOf(rejection: Rejection | undefined): ResumeReason {
  switch (rejection?.rejected) {
    case 'not_found':
    case 'closed':
      return 'gone'
    case 'forbidden':
    case 'unauthorized':
      return 'denied'
    default:
      return 'unavailable'
  }
}
