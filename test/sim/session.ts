import type { Answer, Caller, Delivery, JoinedAnswer, Push, SentAnswer, Watcher } from '../../src/actors/port.ts'
import { isRejection, type Rejection } from '../../src/kernel/rejection.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import type { ClientHistory } from './client-history.ts'
import type { Ledger } from './ledger.ts'
import type { SimNode } from './node.ts'
import type { SeededRandom } from './random.ts'
import type { Violations } from './violations.ts'

export interface SessionWorld {
  readonly ledger: Ledger
  readonly violations: Violations
  readonly history: ClientHistory
  readonly random: SeededRandom
  /** Deliveries that wait for their answer: by process, description. */
  readonly open: Map<object, { readonly process: string; readonly what: string; readonly sinceMs: number }>
  readonly now: () => number
}

/** What the other end of the socket gets. */
export interface SessionEnd {
  events(cid: string, inc: string, events: readonly DurableEvent[]): void
  caughtUp(cid: string, joined: JoinedAnswer): void
  /** The session cannot go on: connect again. */
  closed(): void
}

interface Attachment {
  inc: string
  seq: number
  joins: number
  placed: boolean
  stale: boolean
  attempts: number
  held: Push[]
}

const HELD_MAX = 256
const REJOIN_FIRST_MS = 50
const REJOINS_MAX = 5

/**
 * One socket's session as a gateway holds it, inside a node's process: what comes from the router goes to the client in order,
 * events that are missing are asked for again. It sees what leaves the node first, so the gate is checked here.
 */
export class SimSession implements Watcher {
  readonly id: string
  readonly node: SimNode
  readonly #world: SessionWorld
  readonly #caller: Caller
  readonly #end: SessionEnd
  readonly #attachments = new Map<string, Attachment>()

  constructor(world: SessionWorld, node: SimNode, id: string, caller: Caller, end: SessionEnd) {
    this.#world = world
    this.node = node
    this.id = id
    this.#caller = caller
    this.#end = end
  }

  /** Opens or joins, then follows. `reply` gets the refusal, or the answer, which `caughtUp` gets too. */
  follow(
    cid: string,
    delivery: Extract<Delivery, { type: 'open' | 'join' }>,
    reply: (answer: JoinedAnswer | Rejection) => void,
  ): void {
    let attachment = this.#attachments.get(cid)
    if (!attachment) {
      attachment = { inc: '', seq: 0, joins: 0, placed: false, stale: false, attempts: 0, held: [] }
      this.#attachments.set(cid, attachment)
    }
    this.#join(cid, attachment, delivery, reply)
  }

  send(cid: string, delivery: Extract<Delivery, { type: 'send' }>, reply: (answer: SentAnswer | Rejection) => void): void {
    this.deliver(cid, { ...delivery, origin: this.id }, (answer) => {
      if (!isRejection(answer)) this.#checkSent(cid, delivery.mid, answer)
      reply(answer)
    })
  }

  leaveAll(): void {
    for (const cid of this.#attachments.keys()) {
      this.deliver(cid, { type: 'leave', caller: this.#caller, watcherId: this.id }, () => {})
    }
    this.#attachments.clear()
  }

  push(push: Push): void {
    this.#world.history.counts.pushes++
    this.#gate(push.cid, push.events, 'pushed')
    // Worked out when somebody looks: somebody does.
    void push.data
    const attachment = this.#attachments.get(push.cid)
    if (!attachment) return
    if (attachment.joins === 0) this.#feed(push.cid, attachment, push)
    else if (attachment.held.length < HELD_MAX) attachment.held.push(push)
    else this.#close()
  }

  gone(tenant: string, cid: string): void {
    if (tenant !== this.#caller.tenant) this.#world.violations.add('sound', `${this.id} was told of another tenant’s ${cid}`)
    const attachment = this.#attachments.get(cid)
    if (!attachment) return
    attachment.stale = true
    if (attachment.joins === 0) this.#rejoin(cid, attachment)
  }

  /** Checks that each delivery is answered, once, and notes those that wait. */
  deliver<D extends Delivery>(cid: string, delivery: D, reply: (answer: Answer<D> | Rejection) => void): void {
    const { open, violations, history, now } = this.#world
    const { process, router } = this.node
    const handle = {}
    let answered = 0
    open.set(handle, { process: process.id, what: `${delivery.type} ${cid}`, sinceMs: now() })
    router.deliver(this.#caller.tenant, cid, delivery, (answer) => {
      if (++answered > 1) violations.add('sound', `${delivery.type} of ${cid} at ${process.id} was answered ${answered} times`)
      open.delete(handle)
      if (isRejection(answer)) history.rejected(answer.rejected)
      reply(answer)
    })
  }

  #join(
    cid: string,
    attachment: Attachment,
    delivery: Extract<Delivery, { type: 'open' | 'join' }>,
    reply: (answer: JoinedAnswer | Rejection) => void,
  ): void {
    attachment.joins++
    attachment.stale = false
    this.deliver(cid, delivery, (answer) => {
      if (this.#attachments.get(cid) !== attachment) return
      attachment.joins--
      if (isRejection(answer)) {
        if (!attachment.placed && attachment.joins === 0) this.#attachments.delete(cid)
        reply(answer)
        if (attachment.placed) this.#goOn(cid, attachment)
        return
      }
      this.#gate(cid, answer.events, 'joined with')
      attachment.placed = true
      attachment.attempts = 0
      attachment.inc = answer.inc
      attachment.seq = answer.events.at(-1)?.seq ?? answer.seq
      this.#end.caughtUp(cid, answer)
      reply(answer)
      this.#goOn(cid, attachment)
    })
  }

  #goOn(cid: string, attachment: Attachment): void {
    if (attachment.joins > 0) return
    if (attachment.stale) {
      this.#rejoin(cid, attachment)
      return
    }
    for (const push of attachment.held.splice(0)) {
      if (attachment.joins === 0) this.#feed(cid, attachment, push)
      else attachment.held.push(push)
    }
  }

  #feed(cid: string, attachment: Attachment, push: Push): void {
    const fresh: DurableEvent[] = []
    for (const event of push.events) {
      if (push.inc === attachment.inc && event.seq <= attachment.seq) continue
      if (push.inc !== attachment.inc || event.seq !== attachment.seq + 1) {
        attachment.stale = true
        break
      }
      attachment.seq = event.seq
      fresh.push(event)
    }
    if (fresh.length > 0) this.#end.events(cid, push.inc, fresh)
    if (attachment.stale) this.#rejoin(cid, attachment)
  }

  #rejoin(cid: string, attachment: Attachment): void {
    const { inc, seq } = attachment
    this.#world.history.counts.rejoins++
    const delivery = { type: 'join', caller: this.#caller, since: { inc, seq }, watcher: this } as const
    this.#join(cid, attachment, delivery, (answer) => {
      if (!isRejection(answer)) return
      attachment.stale = true
      if (++attachment.attempts > REJOINS_MAX) {
        this.#close()
        return
      }
      attachment.joins++
      this.node.process.clock.setTimer(REJOIN_FIRST_MS * 2 ** attachment.attempts, () => {
        if (this.#attachments.get(cid) !== attachment) return
        attachment.joins--
        this.#goOn(cid, attachment)
      })
    })
  }

  #close(): void {
    this.leaveAll()
    this.#end.closed()
  }

  #checkSent(cid: string, mid: string, answer: SentAnswer): void {
    const { ledger, violations } = this.#world
    if (!ledger.seqsOf(this.#caller.tenant, cid, mid).includes(answer.seq)) {
      violations.add('gate', `${this.node.process.id} acknowledged ${mid} as ${cid} ${answer.seq}, which is not in the journal`)
    }
    this.#gate(cid, answer.events, 'answered with')
  }

  #gate(cid: string, events: readonly DurableEvent[], how: string): void {
    const { ledger, violations } = this.#world
    const { tenant } = this.#caller
    for (const event of events) {
      if (ledger.has(tenant, cid, event)) continue
      violations.add('gate', `${this.node.process.id} ${how} ${cid} ${event.seq}, which is not in the journal`)
    }
  }
}
