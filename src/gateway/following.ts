import type { JoinedAnswer, Push } from '../actors/port.ts'
import { isRejection, type Rejection } from '../kernel/rejection.ts'
import type { Encoded } from '../protocol/codec.ts'
import { CLOSE } from '../protocol/codes.ts'
import { type Attachment, Attachments } from './attachments.ts'
import { catchUpFrames, type Fed, feedPush } from './feed.ts'
import type { Session } from './session.ts'

const REJOIN_ATTEMPTS_MAX = 5
const REJOIN_FIRST_MS = 50

/**
 * The conversations that a session follows: puts their catch-ups and pushes on the wire in order, joins again where the
 * owner let go or events are missing, and leaves them all at the end.
 */
export class Following {
  readonly attachments: Attachments
  readonly #session: Session

  constructor(session: Session, conversationsMax: number) {
    this.#session = session
    this.attachments = new Attachments(conversationsMax)
  }

  push(push: Push): void {
    const attachment = this.attachments.get(push.cid)
    // It was left while its join was under way: the watch began after the leave.
    if (attachment === undefined) this.#unwatch(push.cid)
    if (attachment === undefined || attachment.phase === 'closed') return
    if (attachment.phase === 'live') this.#feed(attachment, push)
    else if (!attachment.hold(push)) this.#session.close(CLOSE.invalidated, 'too much happened during a join: resume')
  }

  gone(cid: string): void {
    const attachment = this.attachments.get(cid)
    if (attachment === undefined || attachment.phase === 'closed') return
    attachment.stale = true
    if (attachment.phase === 'live') this.#rejoin(attachment)
  }

  /** A join of it is asked for: until its answer, pushes wait. What is known of it stays until then. */
  joining(attachment: Attachment): void {
    attachment.joins++
    if (attachment.phase === 'live') attachment.phase = 'joining'
  }

  /** Puts the catch-up of a join on the wire, and what was pushed meanwhile. */
  catchUp(attachment: Attachment, joined: JoinedAnswer, frames?: readonly Encoded[]): void {
    const { out, wants, now } = this.#session
    attachment.joins--
    attachment.attempts = 0
    this.attachments.reopen(attachment)
    out.sendCatchUp(frames ?? catchUpFrames(out.codec, wants, joined, now))
    attachment.inc = joined.inc
    attachment.seq = joined.events.at(-1)?.seq ?? joined.seq
    if (joined.state === 'closed') this.#ended(attachment)
    else this.#goOn(attachment)
  }

  /** A join was refused: what was followed before goes on, what was not is forgotten; an ended one is kept for repeats. */
  refused(attachment: Attachment, rejection: Rejection): void {
    attachment.joins--
    if (!this.attachments.has(attachment) || attachment.phase === 'closed') return
    if (attachment.placed) this.#goOn(attachment)
    else if (attachment.joins > 0) return
    else if (rejection.rejected === 'closed') this.#ended(attachment)
    else this.leave(attachment)
  }

  /** Stops watching. The conversation itself goes on. */
  leave(attachment: Attachment): void {
    this.attachments.remove(attachment)
    this.#unwatch(attachment.cid)
  }

  leaveAll(): void {
    for (const attachment of this.attachments.clear()) {
      if (attachment.phase !== 'closed') this.#unwatch(attachment.cid)
    }
  }

  #feed(attachment: Attachment, push: Push): void {
    const { out, wants, id, now, host } = this.#session
    this.#settle(attachment, feedPush(out, host.pushes, wants, attachment, id, push, now))
  }

  #settle(attachment: Attachment, fed: Fed): void {
    if (fed === 'lost') this.#rejoin(attachment)
    else if (fed === 'closed') this.#ended(attachment)
  }

  #ended(attachment: Attachment): void {
    this.#unwatch(attachment.cid)
    this.attachments.markClosed(attachment)
  }

  /** Live again once every join has its answer, unless one more is needed. */
  #goOn(attachment: Attachment): void {
    if (attachment.joins > 0) return
    if (attachment.stale) {
      this.#rejoin(attachment)
      return
    }
    attachment.phase = 'live'
    for (const push of attachment.takeHeld()) this.push(push)
  }

  /** Joins again from the last position on the wire, unseen by the client unless something is missing for good. */
  #rejoin(attachment: Attachment): void {
    const session = this.#session
    if (!this.attachments.has(attachment)) return
    attachment.stale = false
    this.joining(attachment)
    const since = { inc: attachment.inc, seq: attachment.seq }
    session.deliver(attachment.cid, { type: 'join', caller: session.caller, since, watcher: session }, (answer) => {
      if (!this.attachments.has(attachment)) return
      if (isRejection(answer)) this.#rejoinLater(attachment)
      else this.catchUp(attachment, answer)
    })
  }

  #rejoinLater(attachment: Attachment): void {
    const session = this.#session
    attachment.joins--
    attachment.stale = true
    if (++attachment.attempts > REJOIN_ATTEMPTS_MAX) {
      session.close(CLOSE.invalidated, 'resume')
      return
    }
    session.host.clock.setTimer(REJOIN_FIRST_MS * 2 ** attachment.attempts, () => {
      if (this.attachments.has(attachment) && attachment.stale) this.#goOn(attachment)
    })
  }

  #unwatch(cid: string): void {
    const { caller, host, id } = this.#session
    try {
      host.router.deliver(caller.tenant, cid, { type: 'leave', caller, watcherId: id }, nothing)
    } catch (error) {
      host.log.error({ session: id, delivery: 'leave', err: error }, 'a delivery failed')
    }
  }
}

const nothing = (): void => {}
