import type { ShardHost } from '../cluster/port.ts'
import type { Cancel, Clock } from '../kernel/clock.ts'
import { isId, isStoredTenant } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../kernel/metrics.ts'
import { AppError, isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import { SHARD_COUNT, shardOf } from '../kernel/shard.ts'
import type { Nlu } from '../nlu/port.ts'
import type {
  Claimed,
  Documents,
  Journal,
  JournalEntry,
  LiveTimer,
  StoredDocument,
  StoredEntry,
  WriteBehindPort,
} from '../storage/port.ts'

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
  /** A commit was refused. `fenced`: another node has the shard. Otherwise its outcome is unknown. The shard has to be dropped. */
  readonly onLost: (shard: number, fenced: boolean) => void
  /** Whether the shard is still this node's, asked of the journal. Alone it always is. */
  readonly verify?: (shard: number) => Promise<boolean>
}

/** Share of the write-behind's budget above which new turns are refused before they run. */
const REFUSE_PRESSURE = 0.9
const LOADS_MAX = 2048
/** Share of the budget above which acknowledgements are slowed down, and by how much. */
const SLOW_PRESSURE = 0.75
/** Share from which on an operator should know, and below which it is over. */
const ALARM_PRESSURE = 0.5
const CALM_PRESSURE = 0.4
const SLOW_MS = 25
/** Shards read at the same time when they are adopted. */
const READS_AT_ONCE = 64
const DRAIN_LOOK_MS = 2
const DOCUMENTS_AWAY_MS = 5000
/** Templates told of to the next owner of a few shards. */
const NEEDS_MAX = 256
/** Turns between two observations of the turn histogram. */
const SAMPLE = 8

interface ReadShard {
  readonly claim: Claimed
  /** Above the watermark; undefined when there are none. */
  readonly entries: readonly StoredEntry[] | undefined
  readonly timers: readonly LiveTimer[]
}

/**
 * The conversations of this node: routes deliveries to their mailboxes, activates and passivates, keeps timers, and tells the
 * write-behind what was committed. The local `ConversationRouter`.
 */
export class ConversationHost implements ConversationRouter, ShardHost {
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
  /** Shards on their way to another node: nothing more is taken for them. */
  readonly #draining = new Set<number>()
  /** Shards of whose entries the journal lacked some when they were read: only the documents have those. */
  readonly #holed = new Set<number>()
  /** They did not answer: not asked again before, for what the journal has whole. */
  #documentsAwayUntilMs = Number.NEGATIVE_INFINITY
  #alarmed = false
  #loads = 0
  #accepting = false
  #sample = 0
  #cancelSweep: Cancel | undefined

  constructor(options: HostOptions) {
    this.#options = options
    const { clock, log, metrics, journal, documents, projection, writeBehind } = options
    const slowMs = (): number => this.#slowMs()
    metrics.observed(
      'parley_store_pressure',
      'Share of the budget of unwritten entries in use; new turns are refused at 0.9',
      () => writeBehind.pressure(),
    )
    this.#committer = new Committer({ journal, clock, log, metrics, onLost: options.onLost, slowMs })
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

  /** Serves the shards that it has and gets from now on. */
  start(): void {
    const { clock, limits } = this.#options
    this.#accepting = true
    const every = Math.max(50, limits.passivateMs / 4)
    const sweep = (): void => {
      this.#residents.sweep(clock.mono() - limits.passivateMs)
      this.#cancelSweep = clock.setTimer(every, sweep)
    }
    this.#cancelSweep = clock.setTimer(every, sweep)
  }

  async adopt(claims: readonly Claimed[]): Promise<void> {
    for (let from = 0; from < claims.length; from += READS_AT_ONCE) {
      const read = await Promise.all(claims.slice(from, from + READS_AT_ONCE).map((claim) => this.#readShard(claim)))
      // From here to the end in one go: deliveries must find all of a shard, or nothing.
      for (const shard of read) this.#serve(shard)
    }
  }

  /** The journal may have lost what was acknowledged under an earlier claim of this process: writes it again. */
  async mend(claim: Claimed): Promise<Claimed> {
    const { journal, writeBehind, log } = this.#options
    const { shard, token } = claim
    const tail = this.#committer.tailOf(shard)
    if (claim.tail >= tail || !journal.restore) return claim
    const entries = writeBehind.unflushed(shard).filter(({ at }) => at > claim.tail && at <= tail)
    const result = await journal.restore({ shard, token, tail, entries })
    if (!result.ok) throw new AppError('storage.unavailable', `shard ${shard} was not mended: ${result.msg}`, { retry: 'later' })
    log.warn({ shard, from: claim.tail, to: tail, entries: entries.length }, 'the journal had lost entries: written again')
    return { ...claim, tail: result.tail }
  }

  forget(shards: readonly number[]): void {
    this.#options.writeBehind.forget(shards)
  }

  async written(): Promise<void> {
    if (this.#options.writeBehind.held) return
    await this.#options.writeBehind
      .flush()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'not everything was written to the documents'))
  }

  tailOf(shard: number): number {
    return this.#committer.tailOf(shard)
  }

  async drain(shards: readonly number[], afterMs: number): Promise<void> {
    const { clock } = this.#options
    const untilMs = clock.mono() + afterMs
    for (const shard of shards) this.#draining.add(shard)
    const going = new Set(shards)
    let busy = [...this.#residents.all()].filter((conversation) => going.has(conversation.shard))
    for (;;) {
      busy = busy.filter((conversation) => !conversation.isIdle)
      if (busy.length === 0 && !shards.some((shard) => this.#committer.isBusy(shard))) return
      if (clock.mono() >= untilMs) return
      await new Promise<void>((resolve) => clock.setTimer(DRAIN_LOOK_MS, resolve))
    }
  }

  /** Templates of the conversations in memory. */
  needs(shards: readonly number[]): unknown {
    const going = new Set(shards)
    const found = new Map<string, TemplateNeed>()
    for (const { tenant, shard, template } of this.#residents.all()) {
      if (!template || !going.has(shard) || found.size >= NEEDS_MAX) continue
      found.set(`${tenant}/${template.id}/${template.version}`, [tenant, template.id, template.version])
    }
    return [...found.values()]
  }

  async prepare(needs: unknown): Promise<void> {
    if (!Array.isArray(needs)) return
    const { templates, log } = this.#options
    await Promise.all(
      needs.slice(0, NEEDS_MAX).map(async (need) => {
        if (!isTemplateNeed(need)) return
        try {
          await templates.get(...need)
        } catch (error) {
          log.warn({ tenant: need[0], template: need[1], err: error }, 'a template of coming conversations could not be read')
        }
      }),
    )
  }

  drop(shards: readonly number[]): void {
    if (shards.length === 0) return
    const going = new Set(shards)
    const moved = reject('fenced', 'the conversation moved to another node', { retryMs: 100 })
    for (const conversation of [...this.#residents.all()]) {
      if (!going.has(conversation.shard)) continue
      this.#residents.remove(conversation)
      conversation.drop(moved)
    }
    for (const shard of shards) {
      this.#committer.drop(shard)
      this.#draining.delete(shard)
      this.#queued[shard] = 0
    }
    this.#options.writeBehind.dropped(going)
    const belongs = (tenant: string, cid: string): boolean => going.has(shardOf(tenant, cid))
    this.#timers.drop(belongs)
    for (const [tenant, cid, watchers] of this.#watchers.drop(belongs)) {
      for (const watcher of watchers) watcher.gone(tenant, cid)
    }
  }

  /** A node that watched conversations here is gone. */
  unwatch(watcherId: string): void {
    this.#watchers.forget(watcherId)
  }

  async #readShard(claim: Claimed): Promise<ReadShard> {
    const { journal } = this.#options
    const { shard, tail, watermark } = claim
    const [entries, timers] = await Promise.all([
      tail > watermark ? journal.read(shard, watermark) : undefined,
      journal.timers(shard, Number.POSITIVE_INFINITY),
    ])
    return { claim, entries, timers }
  }

  #serve({ claim, entries, timers }: ReadShard): void {
    const { writeBehind } = this.#options
    const { tail, watermark, shard } = claim
    if ((entries?.length ?? 0) < tail - watermark) this.#holed.add(shard)
    else this.#holed.delete(shard)
    writeBehind.claimed([claim])
    if (entries !== undefined) writeBehind.recovered(claim.shard, entries)
    for (const { tenant, cid, name, dueMs } of timers) this.#timers.change(tenant, cid, name, dueMs)
    this.#committer.claimed([claim])
    this.#draining.delete(claim.shard)
  }

  /** Takes no more deliveries, finishes those under way, and brings everything into the documents. */
  async stop(): Promise<void> {
    this.#accepting = false
    this.#cancelSweep?.()
    this.#timers.stop()
    await this.#settled()
    const { writeBehind, log } = this.#options
    if (writeBehind.held) log.warn({}, 'stopping without writing to the documents: what is unwritten is in the journal')
    else await writeBehind.flush()
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

  /** Above half of the budget somebody is told; above three quarters acknowledgements slow down. */
  #slowMs(): number {
    const pressure = this.#options.writeBehind.pressure()
    if (pressure >= ALARM_PRESSURE !== this.#alarmed && (this.#alarmed ? pressure < CALM_PRESSURE : true)) {
      this.#alarmed = !this.#alarmed
      const { log } = this.#options
      if (this.#alarmed) log.warn({ pressure }, 'half of the budget of unwritten entries is used: the documents are behind')
      else log.info({ pressure }, 'the documents have caught up')
    }
    return pressure >= SLOW_PRESSURE ? SLOW_MS : 0
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
      verify: this.#options.verify ?? (async () => true),
      findOld: (tenant, cid, mid) => this.#findOld(tenant, cid, mid),
      watch: (tenant, cid, watcher) => {
        if (watcher.ended) return
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
    if (this.#draining.size > 0 && this.#draining.has(shard)) {
      mail.reply(reject('no_owner', 'the conversation is moving to another node', { retryMs: 100 }))
      return
    }
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
    if (!this.#committer.owns(shard) || this.#draining.has(shard)) {
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
      // A journal that came back empty or older knows less of them than the snapshot does; the same again changes nothing.
      for (const [name, dueMs] of Object.entries(loaded?.snapshot.timers ?? {})) this.#timers.change(tenant, cid, name, dueMs)
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
    const { writeBehind, projection, templates } = this.#options
    // Looked at before the documents: what is flushed while they are read is in both, which the fold passes over; the other way
    // round it would be in neither.
    const tail = [...writeBehind.tail(tenant, cid)]
    const base = await this.#base(tenant, cid, tail)
    if (!base && tail[0]?.n !== 1) return undefined
    const snapshot = projection.fold(tenant, cid, base, tail)
    const template = await templates.get(tenant, snapshot.template, snapshot.version)
    if (!template) throw new Error(`template ${snapshot.template} version ${snapshot.version} is missing`)
    const recent = newestRun(tail, snapshot.n).flatMap((entry) => projection.openEntry(tenant, entry.data as SealedEntry).events)
    return { snapshot, template, recent }
  }

  /**
   * The documents' snapshot. They are asked even where the journal has all of the conversation, since it may have lost its end; only where
   * they are away the journal alone has to do, and then for a while, so that not each activation waits for them.
   */
  async #base(tenant: string, cid: string, tail: readonly StoredEntry[]): Promise<StoredDocument | undefined> {
    const { documents, clock } = this.#options
    const whole = tail[0]?.n === 1 && !this.#holed.has(shardOf(tenant, cid))
    if (whole && clock.mono() < this.#documentsAwayUntilMs) return undefined
    try {
      return await documents.get(tenant, 'conversations', { id: cid, n: 0 })
    } catch (error) {
      if (!whole || !(error instanceof AppError) || error.code !== 'storage.unavailable') throw error
      this.#documentsAwayUntilMs = clock.mono() + DOCUMENTS_AWAY_MS
      return undefined
    }
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
    const { on, ttlMs, caller, origin, via } = delivery
    if (!watchers?.some(({ id }) => id === origin || id === via)) return
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
    // Where the shard went, the timer went too; on its way it may come back.
    const again = rejected === 'unavailable' || rejected === 'deadline' || rejected === 'no_owner'
    if (!again || (rejected === 'no_owner' && !this.#committer.owns(shardOf(timer.tenant, timer.cid)))) return
    const { tenant, cid, name, dueMs } = timer
    this.#options.clock.setTimer(1000, () => {
      if (this.#accepting) this.#due({ tenant, cid, name, dueMs, index: -1 })
    })
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

/**
 * The entries that lead up to `n` without a hole; none where they do not reach it. Between unflushed entries, and after them, there may
 * be some that only the documents have, where the journal had lost its newest.
 */
function newestRun(entries: readonly StoredEntry[], n: number): readonly StoredEntry[] {
  if (entries.at(-1)?.n !== n) return []
  let from = entries.length - 1
  while (from > 0 && entries[from - 1]?.n === (entries[from]?.n ?? 0) - 1) from--
  return entries.slice(from)
}

const COSTLY: ReadonlySet<Mail['delivery']['type']> = new Set(['send', 'open', 'read', 'feedback', 'inject', 'handoff'])

type TemplateNeed = readonly [tenant: string, id: string, version: number]

const isTemplateNeed = (need: unknown): need is TemplateNeed =>
  Array.isArray(need) && isStoredTenant(need[0]) && isId(need[1]) && Number.isInteger(need[2])

/** Deliveries that add to the journal for the asker's sake; a close, and what timers do, make room again. */
const costs = (type: Mail['delivery']['type']): boolean => COSTLY.has(type)

const STAGE_BUCKETS = [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.1, 1]
const BUCKETS = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 5]
