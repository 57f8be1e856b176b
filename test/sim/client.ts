import type { Caller, Delivery, JoinedAnswer } from '../../src/actors/port.ts'
import { isRejection, type Rejection } from '../../src/kernel/rejection.ts'
import { shardOf } from '../../src/kernel/shard.ts'
import type { DurableEvent } from '../../src/protocol/frames.ts'
import { Sender } from './client-sends.ts'
import { type ClientWorld, RETRIED, type Talk } from './client-world.ts'
import { TEMPLATE } from './dialogue.ts'
import { eventKey, keyOf } from './ledger.ts'
import { Link } from './link.ts'
import type { SimNode } from './node.ts'
import type { SeededRandom } from './random.ts'
import { SimSession } from './session.ts'

const OUTSTANDING_MAX = 2
const CONNECT_AGAIN_MS = { low: 50, high: 400 } as const
/** A socket on which nothing was answered for so long is given up. */
const SILENT_MS = 2500
const SHARED_MS = 6000
const SHARDS_USED = 12
const THINK_MS = { low: 80, high: 900 } as const

/** A user's device: opens conversations, talks, reads, loses its connection, resumes; retries by the same message id. */
export class SimClient {
  readonly name: string
  readonly caller: Caller
  readonly talks: Talk[] = []
  readonly #world: ClientWorld
  readonly #random: SeededRandom
  readonly #sender: Sender
  #link: Link<SimSession> | undefined
  #connecting = false
  #mids = 0
  #stopped = false
  /** Requests without an answer on the current link, oldest first. */
  #unanswered = new Map<object, number>()

  constructor(world: ClientWorld, name: string, caller: Caller) {
    this.#world = world
    this.name = name
    this.caller = caller
    this.#random = world.random.fork(name)
    this.#sender = new Sender({
      world,
      name,
      caller,
      random: this.#random,
      nextId: () => ++this.#mids,
      link: () => this.#link,
      request: (link, ask, answered) => this.#request(link, ask, answered),
    })
  }

  /** Messages that are neither settled nor given up. */
  get outstanding(): number {
    return this.#sender.outstanding
  }

  start(): void {
    this.#connect()
    this.#think()
    this.#look()
  }

  /** Says nothing new; what is under way is finished, what is followed is followed. */
  stop(): void {
    this.#stopped = true
  }

  /** A conversation that another device of the user opened, or a new one. */
  take(cid: string, keyed: boolean): void {
    if (this.talks.some((talk) => talk.cid === cid)) return
    this.talks.push({
      cid,
      keyed,
      live: false,
      asking: false,
      opened: false,
      closed: false,
      inc: '',
      seq: 0,
      stream: undefined,
    })
    this.#follow()
  }

  /** The socket breaks. */
  disconnect(): void {
    this.#link?.close()
  }

  get connected(): boolean {
    return this.#link?.open === true
  }

  #connect(): void {
    if (this.#connecting || this.#link?.open) return
    this.#connecting = true
    const { sim, history } = this.#world
    sim.plan(this.#random.between(CONNECT_AGAIN_MS.low, CONNECT_AGAIN_MS.high), undefined, 'world', () => {
      this.#connecting = false
      const node = this.#world.anyNode(this.#random)
      if (!node) {
        this.#connect()
        return
      }
      history.counts.reconnects++
      this.#dial(node)
    })
  }

  #dial(node: SimNode): void {
    const { sim } = this.#world
    const id = `${this.name}-${++this.#mids}`
    const link = new Link<SimSession>(sim, node.process, this.#random, () => this.#closed(link))
    this.#link = link
    this.#unanswered.clear()
    link.up(() => {
      link.session = new SimSession(this.#world, node, id, this.caller, {
        events: (cid, inc, events) => link.down(() => this.#events(cid, inc, events)),
        caughtUp: (cid, joined) => link.down(() => this.#caughtUp(cid, joined)),
        closed: () => link.down(() => link.close()),
      })
    })
    this.#follow()
  }

  #closed(link: Link<SimSession>): void {
    if (this.#link !== link) return
    this.#link = undefined
    for (const talk of [...this.talks]) {
      talk.live = false
      talk.asking = false
      // Whether it was opened is not known: only by a key it can be asked for again.
      if (!talk.opened && !talk.keyed) this.#drop(talk)
    }
    this.#connect()
  }

  /** Gives up a connection on which nothing comes. */
  #look(): void {
    const { sim } = this.#world
    sim.plan(500, undefined, 'world', () => {
      const [oldest] = this.#unanswered.values()
      if (oldest !== undefined && sim.nowMs - oldest > SILENT_MS) this.#link?.close()
      this.#look()
    })
  }

  /** Follows what is not followed. */
  #follow(): void {
    for (const talk of this.talks) if (!talk.live && !talk.asking) this.#ask(talk)
  }

  #ask(talk: Talk): void {
    const link = this.#link
    if (!link?.open) return
    talk.asking = true
    const { caller } = this
    const { history } = this.#world
    if (talk.opened) history.counts.joins++
    else history.counts.opens++
    const { opened, inc, seq } = talk
    // As it stands when the client writes it, whatever arrives before it is read.
    const since = talk.stream ? { since: { inc, seq } } : {}
    const delivery = (session: SimSession): Extract<Delivery, { type: 'open' | 'join' }> =>
      opened
        ? { type: 'join', caller, watcher: session, ...since }
        : {
            type: 'open',
            caller,
            template: TEMPLATE,
            locale: 'en',
            tz: 'UTC',
            channel: 'chat',
            keyed: talk.keyed,
            watcher: session,
          }
    this.#request<JoinedAnswer>(
      link,
      (session, reply) => session.follow(talk.cid, delivery(session), reply),
      (answer) => this.#followed(talk, answer),
    )
  }

  #followed(talk: Talk, answer: JoinedAnswer | Rejection): void {
    talk.asking = false
    if (!isRejection(answer)) return
    const { sim, violations, ledger } = this.#world
    const { rejected, msg } = answer
    if (rejected === 'closed') {
      talk.closed = true
      this.#drop(talk)
    } else if (rejected === 'not_found' && talk.opened) {
      if (!ledger.excused.has(keyOf(this.caller.tenant, talk.cid))) {
        violations.add('lost', `${this.name}: the open conversation ${talk.cid} was not found`)
      }
      this.#drop(talk)
    } else if (!RETRIED.has(rejected)) {
      violations.add('sound', `${this.name}: ${talk.cid} could not be followed: ${rejected}, ${msg}`)
      this.#drop(talk)
    } else if (!talk.opened && !talk.keyed) {
      // Whether it was opened is not known: a client takes a new id.
      this.#drop(talk)
      sim.plan(answer.retryMs ?? 100, undefined, 'world', () => this.#openNew())
    } else {
      sim.plan((answer.retryMs ?? 100) * this.#random.between(0.5, 1.5), undefined, 'world', () => {
        if (!talk.live && !talk.asking && this.talks.includes(talk)) this.#ask(talk)
      })
    }
  }

  #drop(talk: Talk): void {
    const index = this.talks.indexOf(talk)
    if (index >= 0) this.talks.splice(index, 1)
  }

  #caughtUp(cid: string, joined: JoinedAnswer): void {
    const talk = this.talks.find((one) => one.cid === cid)
    if (!talk) return
    const { violations, history, ledger } = this.#world
    const { tenant } = this.caller
    const [first] = joined.events
    if (joined.gap && talk.stream && joined.inc === talk.inc && !ledger.excused.has(keyOf(tenant, cid))) {
      violations.add('resume', `${this.name}: ${cid} told a gap after ${talk.seq} though nothing was lost`)
    }
    if (joined.gap) history.counts.gaps++
    if (!talk.stream || joined.gap || joined.inc !== talk.inc) {
      talk.inc = joined.inc
      talk.seq = (first?.seq ?? joined.seq + 1) - 1
      talk.stream = { tenant, cid, client: this.name, from: talk.seq + 1, keys: [] }
      history.streams.push(talk.stream)
    }
    talk.opened = true
    talk.live = true
    this.#events(cid, joined.inc, joined.events)
    if (joined.state === 'closed') talk.closed = true
  }

  #events(cid: string, inc: string, events: readonly DurableEvent[]): void {
    const talk = this.talks.find((one) => one.cid === cid)
    if (!talk?.stream) return
    const { violations } = this.#world
    for (const event of events) {
      if (event.seq <= talk.seq && inc === talk.inc) continue
      if (event.seq !== talk.seq + 1 || inc !== talk.inc) {
        violations.add('resume', `${this.name}: ${cid} went from ${talk.inc} ${talk.seq} to ${inc} ${event.seq}`)
        return
      }
      talk.seq = event.seq
      talk.stream.keys.push(eventKey(event))
      if (event.t === 'conv.state' && event.d.state === 'closed') talk.closed = true
    }
  }

  #think(): void {
    this.#world.sim.plan(this.#random.between(THINK_MS.low, THINK_MS.high), undefined, 'world', () => {
      if (this.#stopped) return
      this.#act()
      this.#think()
    })
  }

  #act(): void {
    const random = this.#random
    const usable = this.talks.filter((talk) => talk.live && !talk.closed)
    for (const talk of this.talks.filter((one) => one.closed)) if (random.chance(0.2)) this.#drop(talk)
    if (usable.length === 0 || (this.talks.length < 3 && random.chance(0.03))) {
      if (this.talks.length < 4) this.#openNew()
      if (usable.length === 0) return
    }
    const talk = random.pick(usable)
    const dice = random.next()
    if (dice < 0.8) {
      if (this.outstanding < OUTSTANDING_MAX) this.#sender.send(talk)
    } else if (dice < 0.87) this.#get(talk)
    else if (dice < 0.93) this.#readHistory(talk)
    else if (dice < 0.98) this.#mark(talk)
    else if (dice < 0.99) this.disconnect()
    else this.#close(talk)
  }

  /** A new conversation, or by a key the one that other devices of the user open at this time too. */
  #openNew(): void {
    if (this.#stopped) return
    const { tenant, user } = this.caller
    const keyed = this.#random.chance(0.6)
    const base = keyed ? `${user}-${Math.floor(this.#world.sim.nowMs / SHARED_MS)}` : `${this.name}-${++this.#mids}`
    this.take(crowdedId(tenant, base), keyed)
  }

  #get(talk: Talk): void {
    this.#read(talk, { type: 'get', caller: this.caller }, (answer) => answer.seq)
  }

  #readHistory(talk: Talk): void {
    const { tenant } = this.caller
    this.#read(talk, { type: 'history', caller: this.caller, limit: 5 }, (answer) => {
      const [first] = answer.items
      if (first) {
        this.#world.history.streams.push({
          tenant,
          cid: talk.cid,
          client: `${this.name} (history)`,
          from: first.seq,
          keys: answer.items.map(eventKey),
        })
      }
      return answer.last
    })
  }

  /** What a client has seen, a later read must show. */
  #read<D extends Extract<Delivery, { type: 'get' | 'history' }>>(
    talk: Talk,
    delivery: D,
    seqOf: (answer: D extends { type: 'get' } ? { seq: number } : { items: readonly DurableEvent[]; last: number }) => number,
  ): void {
    const link = this.#link
    if (!link?.open) return
    const { history, violations, ledger } = this.#world
    const known = talk.seq
    history.counts.reads++
    this.#request<Parameters<typeof seqOf>[0]>(
      link,
      (session, reply) => session.deliver(talk.cid, delivery, reply as never),
      (answer) => {
        const excused = ledger.excused.has(keyOf(this.caller.tenant, talk.cid))
        if (isRejection(answer)) {
          if (answer.rejected === 'not_found' && !excused)
            violations.add('lost', `${this.name}: ${talk.cid} was not found any more`)
          return
        }
        const seq = seqOf(answer)
        if (seq < known && !excused) {
          violations.add('reads', `${this.name} knew ${talk.cid} up to ${known} and then read it up to ${seq}`)
        }
      },
    )
  }

  #mark(talk: Talk): void {
    const link = this.#link
    if (!link?.open) return
    const delivery = { type: 'read', caller: this.caller, upto: talk.seq } as const
    this.#request(
      link,
      (session, reply) => session.deliver(talk.cid, delivery, reply),
      () => {},
    )
  }

  #close(talk: Talk): void {
    const link = this.#link
    if (!link?.open) return
    const delivery = { type: 'close', caller: this.caller, reason: 'done' } as const
    this.#request(
      link,
      (session, reply) => session.deliver(talk.cid, delivery, reply),
      () => {},
    )
  }

  #request<A>(
    link: Link<SimSession>,
    ask: (session: SimSession, reply: (answer: A | Rejection) => void) => void,
    answered: (answer: A | Rejection) => void,
  ): void {
    const handle = {}
    this.#unanswered.set(handle, this.#world.sim.nowMs)
    link.up(() => {
      if (!link.session) return
      ask(link.session, (answer) =>
        link.down(() => {
          this.#unanswered.delete(handle)
          answered(answer)
        }),
      )
    })
  }
}

/** An id out of few shards, so that conversations share them. */
function crowdedId(tenant: string, base: string): string {
  for (let i = 0; ; i++) {
    const cid = `c-${base}-${i}`
    if (shardOf(tenant, cid) < SHARDS_USED) return cid
  }
}
