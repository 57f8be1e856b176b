import type { Cancel, Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../kernel/metrics.ts'
import { isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import { SHARD_COUNT, shardOf } from '../kernel/shard.ts'
import type { Nlu } from '../nlu/port.ts'
import type { Documents, Journal, JournalEntry, WriteBehindPort } from '../storage/port.ts'

import type { TemplateStore } from '../tenancy/port.ts'
import type { Mail } from './change.ts'
import { Committer } from './committer.ts'
import { Conversation } from './conversation.ts'
import { History } from './history.ts'
import type { Answer, ConversationRouter, Delivery, Push, Watcher } from './port.ts'
import { type ConversationProjection, midKey, type SealedEntry } from './projection.ts'
import type { Quarantine } from './quarantine.ts'
import type { EntryData, Seen, Snapshot } from './record.ts'
import { Residents } from './residents.ts'
import type { ActorLimits, InHand, Loaded, Services } from './services.ts'
import { type Timer, TimerQueue } from './timer-queue.ts'
import { Watchers } from './watchers.ts'

export interface HostOptions {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly journal: Journal
  readonly documents: Documents
  readonly writeBehind: WriteBehindPort
  readonly projection: ConversationProjection
  readonly templates: TemplateStore
  readonly nlu: Nlu
  readonly inHand: InHand
  readonly quarantine: Quarantine
  readonly limits: ActorLimits
  readonly country: string
  readonly newId: (nowMs: number) => string
}

/** Share of the write-behind's budget above which new turns are refused before they run. */
const REFUSE_PRESSURE = 0.9
const LOADS_MAX = 2048
/** Turns between two observations of the turn histogram. */
const SAMPLE = 8

/**
 * The conversations of this node: routes deliveries to their mailboxes, activates and passivates, keeps timers, and tells the
 * write-behind what was committed. The local `ConversationRouter`.
 */
export class ConversationHost implements ConversationRouter {
  readonly #options: HostOptions
  readonly #services: Services
  readonly #committer: Committer
  readonly #residents = new Residents()
  readonly #watchers = new Watchers()
  readonly #timers: TimerQueue
  readonly #queued = new Int32Array(SHARD_COUNT)
  readonly #turns: Counter
  readonly #turnSeconds: Histogram
  readonly #refusals: Counter
  #loads = 0
  #accepting = false
  #sample = 0
  #cancelSweep: Cancel | undefined

  constructor(options: HostOptions) {
    this.#options = options
    const { clock, log, metrics, journal, documents, projection, writeBehind } = options
    this.#committer = new Committer({ journal, clock, log, metrics, onLost: (shard, fenced) => this.#lost(shard, fenced) })
    this.#timers = new TimerQueue(clock, (timer) => this.#due(timer))
    const history = new History({ documents, projection, unflushed: (tenant, cid) => writeBehind.tail(tenant, cid) })
    this.#turns = metrics.counter('parley_turns_total', 'User turns committed')
    this.#turnSeconds = metrics.histogram('parley_turn_seconds', 'From the delivery to the durable answer (sampled)', BUCKETS)
    this.#refusals = metrics.counter('parley_refusals_total', 'Deliveries refused because a limit was reached')
    const defects = metrics.counter('parley_defects_total', 'Deliveries that failed by a fault of ours')
    metrics.observed('parley_residents', 'Conversations in memory', () => this.#residents.count)
    metrics.observed('parley_watchers', 'Sessions attached to conversations', () => this.#watchers.count)
    metrics.observed('parley_timers', 'Live timers', () => this.#timers.size)
    metrics.observed('parley_mailbox_depth', 'Deliveries that wait in mailboxes', () =>
      this.#queued.reduce((sum, n) => sum + n, 0),
    )
    this.#services = this.#servicesOf(history, defects)
  }

  /** Takes all shards, and what the last run left: unflushed entries, timers. Serves from then on. */
  async start(): Promise<void> {
    const { journal, writeBehind, clock, limits } = this.#options
    const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
    const claims = await journal.claim(shards, 'local')
    this.#committer.claimed(claims)
    writeBehind.claimed(claims)
    for (const { shard, tail, watermark } of claims) {
      if (tail > watermark) writeBehind.recovered(shard, await journal.read(shard, watermark))
      for (const timer of await journal.timers(shard, Number.POSITIVE_INFINITY)) {
        this.#timers.change(timer.tenant, timer.cid, timer.name, timer.dueMs)
      }
    }
    this.#accepting = true
    const every = Math.max(50, limits.passivateMs / 4)
    const sweep = (): void => {
      this.#residents.sweep(clock.mono() - limits.passivateMs)
      this.#cancelSweep = clock.setTimer(every, sweep)
    }
    this.#cancelSweep = clock.setTimer(every, sweep)
  }

  /** Takes no more deliveries, finishes those under way, and brings everything into the documents. */
  async stop(): Promise<void> {
    this.#accepting = false
    this.#cancelSweep?.()
    this.#timers.stop()
    await this.#settled()
    await this.#options.writeBehind.flush()
  }

  deliver<D extends Delivery>(tenant: string, cid: string, delivery: D, reply: (answer: Answer<D> | Rejection) => void): void {
    if (!this.#accepting) {
      reply(reject('not_ready', 'this node is starting or stopping', { retryMs: 500 }))
      return
    }
    if (delivery.type === 'leave') {
      this.#watchers.remove(tenant, cid, delivery.watcherId)
      reply({ ok: true } as Answer<D>)
    } else if (delivery.type === 'typing') {
      this.#typing(tenant, cid, delivery)
      reply({ ok: true } as Answer<D>)
    } else {
      this.#offer(tenant, cid, { delivery, reply: reply as Mail['reply'] })
    }
  }

  #servicesOf(history: History, defects: Counter): Services {
    const { clock, log, limits, nlu, templates, projection, inHand, country, newId } = this.#options
    const stage = (name: string): Histogram =>
      this.#options.metrics.histogram('parley_stage_seconds', 'Duration of a stage of a turn (sampled)', STAGE_BUCKETS, {
        stage: name,
      })
    const stages = { interpret: stage('interpret'), decide: stage('decide') }
    const base = { clock, log, limits, nlu, templates, projection, inHand, country, newId, history, defects, stages }
    return {
      ...base,
      committer: this.#committer,
      findOld: (tenant, cid, mid) => this.#findOld(tenant, cid, mid),
      watch: (tenant, cid, watcher) => {
        if (!this.#watchers.add(tenant, cid, watcher)) watcher.gone(tenant, cid)
      },
      hasWatchers: (tenant, cid) => this.#watchers.of(tenant, cid) !== undefined,
      watchersOf: (tenant, cid) => this.#watchers.of(tenant, cid),
      publish: (watchers, push) => this.#publish(watchers, push),
      committed: (shard, at, entry, snapshot) => this.#committed(shard, at, entry, snapshot),
      turnDone: (conversation, snapshot, startedMs) => this.#turnDone(conversation, snapshot, startedMs),
      ended: (conversation) => this.#residents.remove(conversation),
      unqueued: (shard) => {
        this.#queued[shard] = (this.#queued[shard] ?? 1) - 1
      },
    }
  }

  #offer(tenant: string, cid: string, mail: Mail): void {
    if (costs(mail.delivery.type) && this.#options.writeBehind.pressure(tenant) >= REFUSE_PRESSURE) {
      this.#refuse(mail, 'the store is behind; nothing was changed')
      return
    }
    const conversation = this.#residents.get(tenant, cid) ?? this.#activate(tenant, cid, mail)
    if (!conversation) return
    const { shard } = conversation
    if (conversation.isIdle) {
      conversation.offer(mail)
    } else if ((this.#queued[shard] ?? 0) >= this.#options.limits.shardMailboxMax || !conversation.offer(mail)) {
      this.#refuse(mail, 'too many messages wait for this conversation')
    } else {
      this.#queued[shard] = (this.#queued[shard] ?? 0) + 1
    }
  }

  #refuse(mail: Mail, msg: string): void {
    this.#refusals.inc()
    mail.reply(reject('unavailable', msg, { retryMs: 1000 }))
  }

  /** A new activation, loading or ready. Undefined when it was refused (and answered). */
  #activate(tenant: string, cid: string, mail: Mail): Conversation | undefined {
    const { limits, quarantine } = this.#options
    if (quarantine.holds(tenant, cid)) {
      mail.reply(reject('closed', 'quarantined: it stopped the host three times', { cid }))
      return undefined
    }
    if (this.#loads >= LOADS_MAX || (this.#residents.count >= limits.residentsMax && !this.#residents.evict())) {
      this.#refuse(mail, 'too many conversations are active on this node')
      return undefined
    }
    const shard = shardOf(tenant, cid)
    if (!this.#committer.owns(shard)) {
      mail.reply(reject('no_owner', 'the conversation is being taken over', { retryMs: 100 }))
      return undefined
    }
    const conversation = new Conversation(this.#services, tenant, cid, shard)
    this.#residents.add(conversation)
    const isNew = mail.delivery.type === 'open' && !mail.delivery.keyed
    if (isNew) conversation.ready(undefined, undefined, [])
    else void this.#load(conversation)
    return conversation
  }

  async #load(conversation: Conversation): Promise<void> {
    const { tenant, cid, shard } = conversation
    this.#loads++
    try {
      const loaded = await this.#read(tenant, cid)
      conversation.ready(loaded?.snapshot, loaded?.template, loaded?.recent ?? [])
      if (!conversation.snapshot && conversation.isIdle) this.#residents.remove(conversation)
    } catch (error) {
      this.#options.log.error({ tenant, conversation: cid, shard, err: error }, 'a conversation could not be loaded')
      this.#residents.remove(conversation)
      this.#queued[shard] = (this.#queued[shard] ?? 0) - conversation.queued
      conversation.refuse(reject('unavailable', 'the conversation could not be loaded', { retryMs: 1000 }))
    } finally {
      this.#loads--
    }
  }

  /** Documents' snapshot plus what is not flushed yet. */
  async #read(tenant: string, cid: string): Promise<(Loaded & { recent: EntryData['events'] }) | undefined> {
    const { documents, writeBehind, projection, templates } = this.#options
    // Looked at before the documents: what is flushed while they are read is in both, which the fold passes over; the other way
    // round it would be in neither.
    const tail = [...writeBehind.tail(tenant, cid)]
    const base = await documents.get(tenant, 'conversations', { id: cid, n: 0 })
    if (!base && tail[0]?.n !== 1) return undefined
    const snapshot = projection.fold(tenant, cid, base, tail)
    const template = await templates.get(tenant, snapshot.template, snapshot.version)
    if (!template) throw new Error(`template ${snapshot.template} version ${snapshot.version} is missing`)
    const recent = tail.flatMap((entry) => projection.openEntry(tenant, entry.data as SealedEntry).events)
    return { snapshot, template, recent }
  }

  async #findOld(tenant: string, cid: string, mid: string): Promise<Seen | undefined> {
    const { documents, writeBehind, projection } = this.#options
    for (const entry of writeBehind.tail(tenant, cid)) {
      const sealed = entry.data as SealedEntry
      if (sealed.evicted === mid) return projection.openEntry(tenant, sealed).evicted
    }
    const stored = await documents.get(tenant, 'mids', { id: midKey(cid, mid), n: 0 })
    return stored && projection.openSeen(tenant, stored)
  }

  #committed(shard: number, at: number, entry: JournalEntry, snapshot: Snapshot): void {
    if (entry.timers) {
      for (const { name, dueMs } of entry.timers) this.#timers.change(entry.tenant, entry.cid, name, dueMs)
    }
    this.#options.writeBehind.accept(shard, at, entry, snapshot)
  }

  #turnDone(conversation: Conversation, snapshot: Snapshot, startedMs: number): void {
    this.#turns.inc()
    const { log, clock } = this.#options
    if (log.debugging) {
      const { tenant, cid, shard } = conversation
      const durationMs = clock.now() - startedMs
      log.debug({ tenant, conversation: cid, shard, turn: snapshot.turns, durationMs, tv: snapshot.version }, 'turn')
    }
    if (this.#sample++ % SAMPLE === 0) this.#turnSeconds.observe((clock.now() - startedMs) / 1000)
  }

  #publish(watchers: readonly Watcher[], push: Push): void {
    for (const watcher of watchers) watcher.push(push)
  }

  #typing(tenant: string, cid: string, delivery: Extract<Delivery, { type: 'typing' }>): void {
    const watchers = this.#watchers.of(tenant, cid)
    if (!watchers?.some((watcher) => watcher.id === delivery.origin)) return
    const { on, ttlMs, caller, origin } = delivery
    const push: Push = { tenant, cid, inc: '', events: [], data: [], origin, typing: { who: caller.user, on, ttlMs } }
    this.#publish(watchers, push)
  }

  #due(timer: Timer): void {
    const { tenant, cid, name, dueMs } = timer
    const delivery = { type: 'timer', name, dueMs } as const
    this.#offer(tenant, cid, { delivery, reply: (answer) => this.#timerAnswered(timer, answer) })
  }

  /** A timer that could not be handled now is tried again; a stale one is gone. */
  #timerAnswered(timer: Timer, answer: Answer | Rejection): void {
    if (!isRejection(answer) || !this.#accepting) return
    const { rejected } = answer
    if (rejected !== 'unavailable' && rejected !== 'deadline') return
    const { tenant, cid, name, dueMs } = timer
    this.#options.clock.setTimer(1000, () => {
      if (this.#accepting) this.#due({ tenant, cid, name, dueMs, index: -1 })
    })
  }

  /** The shard's log is not where we thought. Another owner's: let go. Ours, but an outcome is unknown: read it again. */
  #lost(shard: number, fenced: boolean): void {
    this.#options.log.error({ shard, fenced }, 'shard lost: dropping its conversations')
    this.#dropShard(shard)
    if (!fenced) void this.#reclaim(shard)
  }

  /** Claims once more and hands over what the log holds beyond what is known. Tried until it succeeds or the node stops. */
  async #reclaim(shard: number): Promise<void> {
    const { journal, writeBehind, clock, log } = this.#options
    for (let attempt = 0; this.#accepting; attempt++) {
      try {
        const claims = await journal.claim([shard], 'local')
        writeBehind.claimed(claims)
        for (const { tail, watermark } of claims) {
          if (tail > watermark) writeBehind.recovered(shard, await journal.read(shard, watermark))
        }
        this.#committer.claimed(claims)
        return
      } catch (error) {
        log.error({ shard, attempt, err: error }, 'the shard could not be claimed again')
        await new Promise<void>((resolve) => clock.setTimer(Math.min(10_000, 100 * 2 ** attempt), resolve))
      }
    }
  }

  /** Its activations are stale. */
  #dropShard(shard: number): void {
    for (const conversation of [...this.#residents.all()]) {
      if (conversation.shard !== shard) continue
      this.#residents.remove(conversation)
      conversation.refuse(reject('fenced', 'the conversation moved to another node', { retryMs: 100 }))
    }
    this.#queued[shard] = 0
    for (const [tenant, cid, watchers] of this.#watchers.drop((t, c) => shardOf(t, c) === shard)) {
      for (const watcher of watchers) watcher.gone(tenant, cid)
    }
  }

  async #settled(): Promise<void> {
    const { clock } = this.#options
    for (;;) {
      await this.#committer.idle()
      let busy = this.#loads > 0
      for (const conversation of this.#residents.all()) {
        if (!conversation.isIdle) {
          busy = true
          break
        }
      }
      if (!busy) return
      await new Promise<void>((resolve) => clock.setTimer(5, resolve))
    }
  }
}

/** Deliveries that add to the journal for the asker's sake; a close, and what timers do, make room again. */
const costs = (type: string): boolean => type === 'send' || type === 'open' || type === 'read' || type === 'feedback'

const STAGE_BUCKETS = [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.1, 1]
const BUCKETS = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 5]
