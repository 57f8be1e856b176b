import type { Push } from '../actors/port.ts'
import { type Rejection, reject } from '../kernel/rejection.ts'
import { RatePlace } from './limits.ts'

/** How many pushes one conversation may hold back while its catch-up is on the way. */
export const HELD_PUSHES_MAX = 256
const CLOSED_KEPT_MAX = 8

/** One conversation that one session follows. `seq` is the last durable event that was put on the wire. */
export class Attachment {
  readonly cid: string
  readonly rate: RatePlace
  inc = ''
  seq = 0
  /** `joining`: a catch-up is not out yet, pushes wait. `closed`: the conversation ended and is no longer watched. */
  phase: 'joining' | 'live' | 'closed' = 'joining'
  held: Push[] = []
  /** Joins without an answer yet. */
  joins = 0
  /** The owner let go of it, or events are missing: it has to be joined again. */
  stale = false
  /** Rejoins in a row that were refused. */
  attempts = 0

  constructor(tenant: string, cid: string) {
    this.cid = cid
    this.rate = new RatePlace(`${tenant}/${cid}`)
  }

  /** Whether the client has been brought to a position in it. */
  get placed(): boolean {
    return this.inc !== ''
  }

  /** False when the bound is reached: the push is lost and the session has to start over. */
  hold(push: Push): boolean {
    return this.held.push(push) <= HELD_PUSHES_MAX
  }

  /** Hands back what was held, and holds nothing more of it. */
  takeHeld(): readonly Push[] {
    const held = this.held
    this.held = []
    return held
  }
}

/** The conversations of one session: at most `openMax` open ones, and the last few that closed, for repeats of a message. */
export class Attachments {
  readonly #openMax: number
  readonly #byCid = new Map<string, Attachment>()
  #closed = 0

  constructor(openMax: number) {
    this.#openMax = openMax
  }

  get(cid: string): Attachment | undefined {
    return this.#byCid.get(cid)
  }

  /** The attachment of `cid`, known or new; undefined when the session follows as many as it may. */
  attach(tenant: string, cid: string): Attachment | undefined {
    const known = this.#byCid.get(cid)
    if (known !== undefined) return known
    if (this.#byCid.size - this.#closed >= this.#openMax) return undefined
    const attachment = new Attachment(tenant, cid)
    this.#byCid.set(cid, attachment)
    return attachment
  }

  /** Whether this very attachment still counts: answers may come after a leave or a new join. */
  has(attachment: Attachment): boolean {
    return this.#byCid.get(attachment.cid) === attachment
  }

  remove(attachment: Attachment): void {
    if (this.has(attachment)) this.#forget(attachment)
  }

  /** A closed one is brought to a position again. */
  reopen(attachment: Attachment): void {
    if (attachment.phase !== 'closed') return
    attachment.phase = 'joining'
    this.#closed--
  }

  markClosed(attachment: Attachment): void {
    if (attachment.phase === 'closed' || !this.has(attachment)) return
    attachment.phase = 'closed'
    attachment.held = []
    this.#byCid.delete(attachment.cid)
    this.#byCid.set(attachment.cid, attachment)
    if (++this.#closed <= CLOSED_KEPT_MAX) return
    for (const oldest of this.#byCid.values()) {
      if (oldest.phase === 'closed') {
        this.#forget(oldest)
        return
      }
    }
  }

  /** The one meant: by `cid`, or without it the only open one (when all have closed: the last of those). */
  resolve(cid: string | undefined): Attachment | Rejection {
    if (cid === undefined) return this.#only()
    return (
      this.#byCid.get(cid) ??
      reject('not_found', 'this connection does not follow that conversation: conv.join it', { field: 'cid' })
    )
  }

  /** Hands back every attachment and forgets them. */
  clear(): readonly Attachment[] {
    const all = [...this.#byCid.values()]
    this.#byCid.clear()
    this.#closed = 0
    return all
  }

  #only(): Attachment | Rejection {
    const open = this.#byCid.size - this.#closed
    if (open > 1)
      return reject('bad_request', `cid is required: this connection has ${open} conversations open`, { field: 'cid' })
    let last: Attachment | undefined
    for (const attachment of this.#byCid.values()) {
      if (attachment.phase !== 'closed') return attachment
      last = attachment
    }
    return last ?? reject('not_found', 'this connection has no conversation open: conv.open or conv.join one', { field: 'cid' })
  }

  #forget(attachment: Attachment): void {
    if (attachment.phase === 'closed') this.#closed--
    this.#byCid.delete(attachment.cid)
  }
}
