import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import type { ClientFrame } from '../protocol/client-frames.ts'
import type { Attachment } from './attachments.ts'
import type { Session } from './session.ts'

export type Of<T extends ClientFrame['t']> = Extract<ClientFrame, { readonly t: T }>

/** The field that names the frame answered, when it has an id. */
export const re = (frame: ClientFrame): { re?: string } | undefined => (frame.id === undefined ? undefined : { re: frame.id })

/** The plain answer, for a frame that asked for one. */
export function answerOk(session: Session, frame: ClientFrame, cid?: string): void {
  if (frame.id === undefined) return
  session.out.send({ v: 1, t: 'ok', re: frame.id, ...(cid === undefined ? undefined : { cid }), ts: session.now })
}

/** False when the session has as much in flight as it may: the frame is refused. */
export function admitted(session: Session, frame: ClientFrame): boolean {
  const { inFlightMax } = session.host.config
  if (session.inFlight < inFlightMax) return true
  if (!session.paused) {
    session.paused = true
    session.out.send({ v: 1, t: 'flow', ts: session.now, d: { state: 'pause', reason: 'in_flight', queue: session.inFlight } })
  }
  session.fail(
    reject('rate_limited', `${inFlightMax} frames wait for their answer already`, { retryMs: 1000 }),
    frame.id,
    frame.cid,
  )
  return false
}

const CROWDED_RETRY_MS = 500

/** The refusal of what brings a lot at once, while the client has not read what it got before. */
export const later = (): Rejection =>
  reject('rate_limited', 'more than half of limits.outboxBytes is unread: read first', { retryMs: CROWDED_RETRY_MS })

/** True when the client has too much unread for more: the frame is refused. */
export function crowded(session: Session, frame: ClientFrame, cid?: string): boolean {
  if (!session.out.crowded) return false
  session.fail(later(), frame.id, cid)
  return true
}

/** The conversation a frame means, in the envelope or in `d`. Answers the error itself when there is none. */
export function conversationOf(session: Session, frame: ClientFrame, cid: string | undefined): Attachment | undefined {
  const found = session.following.attachments.resolve(cid)
  if (!isRejection(found)) return found
  session.fail(found, frame.id, cid)
  return undefined
}

/** `cid` where a frame has it in `d`. */
export const cidOf = (d: object): string | undefined => ('cid' in d && typeof d.cid === 'string' ? d.cid : undefined)
