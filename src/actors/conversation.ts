import type { CompiledTemplate } from '../dialogue/compiled.ts'
import { decide } from '../dialogue/decide.ts'
import { expectations } from '../dialogue/expectations.ts'
import type { Input } from '../dialogue/input.ts'
import type { Interpretation } from '../dialogue/interpretation.ts'
import { type DialogueState, ENGINE, NEW_STATE } from '../dialogue/state.ts'
import type { Decision } from '../dialogue/turn.ts'
import { AppError, isRejection, type Rejection, reject } from '../kernel/rejection.ts'
import { Ring } from '../kernel/ring.ts'
import type { NluAnswer } from '../nlu/port.ts'
import type { DurableEvent, Position } from '../protocol/frames.ts'
import { plainEvent } from '../protocol/recorded-event.ts'
import type { TimerChange } from '../storage/port.ts'
import {
  type Change,
  Commit,
  type Mail,
  type Of,
  type PendingTurn,
  sealedBytes,
  type TimerDelivery,
  timersOf,
  userMessage,
} from './change.ts'
import type { CommitRefusal } from './committer.ts'
import { countryOf } from './country.ts'
import { interpretChoice, interpretForm } from './instructed.ts'
import { localTime } from './local-time.ts'
import { EventList } from './outputs.ts'
import { changeFromOutside, outsideHash } from './outside.ts'
import type { Answer, Caller, Delivery, Watcher } from './port.ts'
import { applyEntry, DEDUP_MAX, type EntryHead, evictedBy, findSeen, type Opening, type Seen, type Snapshot } from './record.ts'
import type { Services } from './services.ts'
import { TurnPush } from './turn-push.ts'
import { bodyHash, isInvolved, joinedAnswer, viewOf } from './view.ts'

/** Durable events kept in memory for resume without a read. */
const RECENT_MAX = 12
/** Events of the newest page that a client without a position gets. */
const NEWEST_PAGE = 50
const CATCH_UP_MAX = 100_000
const NO_DECISION: Pick<Decision, 'facts' | 'outputs' | 'effects'> = { facts: [], outputs: [], effects: [] }

/**
 * The activation of one conversation: owns its state, handles one delivery at a time — also while an interpretation or a
 * commit is awaited — and changes its state only when the entry is durable. State is replaced whole, so a refused commit or
 * a thrown error leaves it as it was. (Longer than most files: every method here reads or replaces that one state.)
 */
export class Conversation {
  readonly tenant: string
  readonly cid: string
  readonly shard: number
  /** Undefined until the conversation was opened (or loaded). */
  snapshot: Snapshot | undefined
  template: CompiledTemplate | undefined
  /** Monotonic milliseconds of the last delivery, for passivation. */
  touchedMs: number
  readonly #services: Services
  #recent: readonly DurableEvent[] = []
  #busy = true
  #pumping = false
  #dropped = false
  #queue: Ring<Mail> | undefined

  /** Busy until `ready` is called: mail waits for the load. */
  constructor(services: Services, tenant: string, cid: string, shard: number) {
    this.#services = services
    this.tenant = tenant
    this.cid = cid
    this.shard = shard
    this.touchedMs = services.clock.mono()
  }

  get isIdle(): boolean {
    return !this.#busy && (this.#queue === undefined || this.#queue.size === 0)
  }

  get queued(): number {
    return this.#queue?.size ?? 0
  }

  /** What was loaded, or nothing for a conversation that does not exist yet. Starts on the waiting mail. */
  ready(snapshot: Snapshot | undefined, template: CompiledTemplate | undefined, recent: readonly DurableEvent[]): void {
    this.snapshot = snapshot
    this.template = template
    this.#recent = recent.slice(-RECENT_MAX)
    this.#done()
  }

  /** Its shard was let go: what waits is refused, and what is under way will not be committed. */
  drop(rejection: Rejection): void {
    this.#dropped = true
    this.refuse(rejection)
  }

  /** Refuses everything that waits; for a failed load and for a lost shard. */
  refuse(rejection: Rejection): void {
    for (const mail of this.#queue?.drain() ?? []) mail.reply(rejection)
  }

  /** False when the mailbox is full: nothing was taken. */
  offer(mail: Mail): boolean {
    this.touchedMs = this.#services.clock.mono()
    if (this.#busy || this.queued > 0) {
      this.#queue ??= new Ring<Mail>(this.#services.limits.mailboxMax)
      return this.#queue.push(mail)
    }
    this.#busy = true
    this.#handle(mail)
    return true
  }

  #done(): void {
    this.#busy = false
    if (this.#pumping || this.#queue === undefined) return
    this.#pumping = true
    while (!this.#busy) {
      const mail = this.#queue.shift()
      if (!mail) break
      this.#services.unqueued(this.shard)
      this.#busy = true
      this.#handle(mail)
    }
    this.#pumping = false
  }

  #answer(mail: Mail, answer: Answer | Rejection): void {
    mail.reply(answer)
    this.#done()
  }

  /** One turn in sixteen is timed. */
  #sampled(): boolean {
    return ((this.snapshot?.n ?? 0) + this.shard) % 16 === 0
  }

  #handle(mail: Mail): void {
    this.#services.inHand.set(this.tenant, this.cid)
    try {
      this.#dispatch(mail)
    } catch (error) {
      this.#defect(mail, error)
    }
    this.#services.inHand.clear()
  }

  /** A handler that throws answers an error; the state is untouched since it is replaced only by a commit. */
  #defect(mail: Mail, error: unknown): void {
    const { tenant, cid, shard } = this
    this.#services.log.error({ tenant, conversation: cid, shard, err: error }, 'a delivery failed')
    this.#services.defects.inc()
    this.#answer(mail, reject('internal', 'this could not be handled; nothing was changed'))
  }

  #dispatch(mail: Mail): void {
    const { delivery } = mail
    if (delivery.type === 'open') {
      this.#open(mail, delivery)
      return
    }
    const snapshot = this.snapshot
    if (!snapshot || !this.template) {
      this.#answer(mail, reject('not_found', 'no such conversation', { field: 'cid' }))
      return
    }
    if (delivery.type === 'timer') {
      this.#timer(mail, delivery, snapshot)
      return
    }
    if (!isInvolved(snapshot, delivery.caller)) {
      this.#answer(mail, reject('forbidden', 'this conversation belongs to somebody else', { field: 'cid' }))
      return
    }
    if (snapshot.quarantined !== undefined) {
      this.#answer(mail, reject('closed', `quarantined: it ${snapshot.quarantined}`, { cid: this.cid }))
      return
    }
    this.#involved(mail, delivery, snapshot)
  }

  #involved(mail: Mail, delivery: Exclude<Delivery, { type: 'open' }>, snapshot: Snapshot): void {
    switch (delivery.type) {
      case 'send':
        this.#send(mail, delivery, snapshot)
        break
      case 'join':
        this.#join(mail, delivery.caller, snapshot, delivery.watcher, delivery.since, true)
        break
      case 'history':
        this.#history(mail, delivery, snapshot)
        break
      case 'get':
        this.#answer(mail, viewOf(this.cid, snapshot, this.template as CompiledTemplate, delivery.caller))
        break
      case 'handoff':
      case 'inject':
        this.#fromOutside(mail, delivery, snapshot)
        break
      case 'quarantine':
        this.#quarantine(mail, delivery.caller.user, snapshot)
        break
      case 'close':
        this.#close(mail, delivery.caller.user, delivery.reason, snapshot)
        break
      case 'read':
        this.#read(mail, delivery, snapshot)
        break
      case 'feedback':
        this.#feedback(mail, delivery, snapshot)
        break
      case 'typing':
      case 'leave':
        // The host answers these without an activation.
        this.#answer(mail, { ok: true })
        break
    }
  }

  #open(mail: Mail, delivery: Of<'open'>): void {
    const { snapshot } = this
    if (snapshot) {
      if (!isInvolved(snapshot, delivery.caller)) {
        this.#answer(mail, reject('forbidden', 'this conversation belongs to somebody else', { field: 'cid' }))
      } else if (snapshot.state === 'closed' || snapshot.quarantined !== undefined) {
        this.#answer(
          mail,
          reject('closed', 'the conversation of this clientKey has ended', { field: 'd.clientKey', cid: this.cid }),
        )
      } else {
        this.#join(mail, delivery.caller, snapshot, delivery.watcher, undefined, true)
      }
      return
    }
    const found = this.#services.templates.get(this.tenant, delivery.template, delivery.version)
    if (found instanceof Promise) {
      found.then(
        (template) => this.#guard(mail, () => this.#start(mail, delivery, template)),
        (error) => this.#unavailable(mail, error, 'template'),
      )
    } else {
      this.#start(mail, delivery, found)
    }
  }

  #start(mail: Mail, delivery: Of<'open'>, template: CompiledTemplate | undefined): void {
    if (!template) {
      const asked = delivery.version === undefined ? delivery.template : `${delivery.template} version ${delivery.version}`
      this.#answer(mail, reject('not_found', `no template "${asked}"`, { field: 'd.template' }))
      return
    }
    this.template = template
    const { clock, limits } = this.#services
    const now = clock.now()
    const { caller, locale, tz, channel, vars = {} } = delivery
    const opening: Opening = {
      inc: this.#services.newId(now).slice(-8),
      owner: caller.user,
      template: template.id,
      version: template.version,
      locale,
      tz,
      channel,
    }
    const input: Input = { type: 'started', cid: this.cid, locale, vars, commandsOff: [], localNow: localTime(now, tz) }
    const idle: TimerChange = { name: 'idle', dueMs: now + limits.idleCloseMs }
    this.#commit(mail, { kind: 'open', who: caller.user, now, opening, input, timers: [idle] })
  }

  #send(mail: Mail, delivery: Of<'send'>, snapshot: Snapshot): void {
    if (delivery.caller.role === 'operator') {
      // It would stand there as the user's words, and the dialogue would take it for an answer.
      const msg = 'operators speak as agents: take the conversation over (handoff) and inject messages'
      this.#answer(mail, reject('forbidden', msg, { field: 'cid' }))
      return
    }
    const hash = bodyHash(delivery.kind, delivery.body)
    this.#once(mail, delivery.mid, hash, snapshot, () => this.#fresh(mail, delivery, hash, snapshot))
  }

  /** Runs what was not done before, and answers what was. */
  #once(mail: Mail, mid: string, hash: number, snapshot: Snapshot, fresh: () => void): void {
    const seen = findSeen(snapshot, mid)
    if (seen) {
      this.#repeat(mail, seen, hash, snapshot)
    } else if (snapshot.sent > DEDUP_MAX) {
      this.#services.findOld(this.tenant, this.cid, mid).then(
        (old) => this.#guard(mail, () => (old ? this.#repeat(mail, old, hash, snapshot) : fresh())),
        (error) => this.#unavailable(mail, error, 'dedup'),
      )
    } else {
      fresh()
    }
  }

  #repeat(mail: Mail, seen: Seen, hash: number, snapshot: Snapshot): void {
    const [mid, seq, known] = seen
    if (known !== hash) {
      this.#answer(mail, reject('conflict', 'this mid was used for another message', { field: 'd.mid' }))
    } else {
      this.#answer(mail, { mid, seq, dup: true, state: snapshot.state, events: [], tv: snapshot.version })
    }
  }

  #fresh(mail: Mail, delivery: Of<'send'>, hash: number, snapshot: Snapshot): void {
    const now = this.#services.clock.now()
    const refusal = this.#tooLate(delivery.deadlineMs, now, snapshot)
    if (refusal) {
      this.#answer(mail, refusal)
      return
    }
    const localNow = localTime(now, snapshot.tz)
    const turn: PendingTurn = { mail, delivery, hash, snapshot, now, localNow }
    if (snapshot.state === 'handoff') this.#decided(turn, undefined)
    else if (delivery.kind === 'silence') this.#decided(turn, { type: 'noInput', localNow })
    else this.#interpret(turn)
  }

  #tooLate(deadlineMs: number | undefined, now: number, snapshot: Snapshot): Rejection | undefined {
    if (snapshot.state === 'closed') {
      return reject('closed', `the conversation has ended (${snapshot.reason ?? 'closed'})`, { cid: this.cid })
    }
    if (deadlineMs === undefined || now <= deadlineMs) return undefined
    return reject('deadline', 'the deadline had passed before the message was handled')
  }

  /** What operators and services do: take over, give back, put something in. */
  #fromOutside(mail: Mail, delivery: Of<'handoff'> | Of<'inject'>, snapshot: Snapshot): void {
    const { caller, mid, deadlineMs } = delivery
    if (caller.role === 'user') {
      this.#answer(mail, reject('forbidden', 'only operators and services may do this'))
      return
    }
    const hash = outsideHash(delivery)
    this.#once(mail, mid, hash, snapshot, () => {
      const now = this.#services.clock.now()
      const base = { who: caller.user, now, hash }
      const localNow = localTime(now, snapshot.tz)
      const change = this.#tooLate(deadlineMs, now, snapshot) ?? changeFromOutside(delivery, snapshot, localNow)
      if (isRejection(change)) this.#answer(mail, change)
      else this.#commit(mail, { ...base, ...change })
    })
  }

  #interpret(turn: PendingTurn): void {
    const { delivery, snapshot } = turn
    const template = this.template as CompiledTemplate
    if (typeof delivery.body === 'object') {
      this.#instructed(turn, interpretForm(template, snapshot.dialogue, delivery.body.values))
    } else if (delivery.kind === 'choice') {
      this.#instructed(turn, interpretChoice(template, snapshot.dialogue, delivery.body))
    } else {
      this.#hear(turn, template, delivery.body)
    }
  }

  #instructed(turn: PendingTurn, answer: Interpretation | Rejection): void {
    if (isRejection(answer)) this.#answer(turn.mail, answer)
    else this.#decided(turn, { type: 'utterance', interpretation: answer, localNow: turn.localNow })
  }

  #hear(turn: PendingTurn, template: CompiledTemplate, text: string): void {
    const { nlu, limits } = this.#services
    const { dialogue, tz } = turn.snapshot
    const listened = expectations(template, dialogue)
    turn.listened = listened.key
    const request = {
      tenant: this.tenant,
      cid: this.cid,
      text,
      alternatives: [],
      locale: dialogue.locale,
      country: countryOf(dialogue.openedIn ?? dialogue.locale, this.#services.country),
      localNow: turn.localNow,
      tz,
      expectations: listened,
      deadlineMs: limits.nluDeadlineMs,
    }
    const started = this.#sampled() ? this.#services.clock.mono() : 0
    const answers = nlu.interpret([request])
    if (answers instanceof Promise) {
      answers.then(
        ([answer]) => this.#guard(turn.mail, () => this.#heard(turn, answer)),
        (error) => this.#unavailable(turn.mail, error, 'nlu'),
      )
    } else {
      if (started > 0) this.#services.stages.interpret.observe((this.#services.clock.mono() - started) / 1000)
      this.#heard(turn, answers[0])
    }
  }

  #heard(turn: PendingTurn, answer: NluAnswer | undefined): void {
    if (!answer || 'refused' in answer) {
      const late = answer?.refused === 'late' || answer?.refused === 'killed'
      const msg = answer?.msg ?? 'the text could not be interpreted'
      this.#answer(turn.mail, reject(late ? 'deadline' : 'unavailable', msg, { retryMs: 500 }))
      return
    }
    this.#decided(turn, { type: 'utterance', interpretation: answer, localNow: turn.localNow })
  }

  #decided(turn: PendingTurn, input: Input | undefined): void {
    const { mail, delivery, hash, now } = turn
    const { listened } = turn
    this.#commit(mail, { kind: 'send', who: delivery.caller.user, now, input, listened, sent: delivery, hash })
  }

  #timer(mail: Mail, delivery: TimerDelivery, snapshot: Snapshot): void {
    const { clock, limits } = this.#services
    const now = clock.now()
    const isDue = snapshot.timers[delivery.name] === delivery.dueMs && now >= delivery.dueMs
    if (!isDue || snapshot.state === 'closed') {
      this.#answer(mail, { ok: true })
      return
    }
    const base = { kind: 'timer', who: 'system', now } as const
    const localNow = localTime(now, snapshot.tz)
    if (delivery.name === 'idle') {
      const dueMs = snapshot.lastMs + limits.idleCloseMs
      // Turns do not move the timer; it looks for itself whether the conversation was idle.
      if (now < dueMs) this.#commit(mail, { ...base, timers: [{ name: 'idle', dueMs }] })
      else this.#commit(mail, { ...base, input: { type: 'closed', reason: 'idle', localNow } })
    } else if (this.#services.hasWatchers(this.tenant, this.cid)) {
      this.#commit(mail, { ...base, input: { type: 'noInput', localNow }, timers: [{ name: delivery.name, dueMs: null }] })
    } else {
      // Nobody is there to be asked: silence counts only while a socket is attached.
      this.#commit(mail, { ...base, timers: [{ name: delivery.name, dueMs: null }] })
    }
  }

  #quarantine(mail: Mail, who: string, snapshot: Snapshot): void {
    const timers = Object.keys(snapshot.timers).map((name) => ({ name, dueMs: null }))
    this.#commit(mail, { kind: 'quarantine', who, now: this.#services.clock.now(), timers })
  }

  #close(mail: Mail, user: string, reason: string, snapshot: Snapshot): void {
    if (snapshot.state === 'closed') {
      this.#answer(mail, { ok: true })
      return
    }
    const now = this.#services.clock.now()
    this.#commit(mail, {
      kind: 'close',
      who: user,
      now,
      input: { type: 'closed', reason, localNow: localTime(now, snapshot.tz) },
    })
  }

  #read(mail: Mail, delivery: Of<'read'>, snapshot: Snapshot): void {
    const { user } = delivery.caller
    const upto = Math.min(delivery.upto, snapshot.seq)
    if (upto <= (snapshot.reads[user] ?? 0)) this.#answer(mail, { ok: true })
    else this.#commit(mail, { kind: 'read', who: user, now: this.#services.clock.now(), read: upto })
  }

  #feedback(mail: Mail, delivery: Of<'feedback'>, snapshot: Snapshot): void {
    const { about, score, text, caller } = delivery
    if (about > snapshot.seq) {
      this.#answer(mail, reject('bad_request', `seq up to ${snapshot.seq} was expected`, { field: 'd.about' }))
      return
    }
    const feedback = text === undefined ? { about, score } : { about, score, text }
    this.#commit(mail, { kind: 'feedback', who: caller.user, now: this.#services.clock.now(), feedback })
  }

  #join(
    mail: Mail,
    caller: Caller,
    snapshot: Snapshot,
    watcher: Watcher | undefined,
    since: Position | undefined,
    existing: boolean,
    verified = false,
  ): void {
    if (since !== undefined && since.inc === snapshot.inc && since.seq > snapshot.seq && !verified) {
      // The client has seen more than this owner: it may not be the owner any more.
      this.#services.verify(this.shard).then(
        (ours) =>
          this.#guard(mail, () => {
            if (ours && !this.#dropped) this.#join(mail, caller, snapshot, watcher, since, existing, true)
            else this.#answer(mail, reject('fenced', 'the conversation moved to another node', { retryMs: 100 }))
          }),
        (error) => this.#unavailable(mail, error, 'journal'),
      )
      return
    }
    const gap = since !== undefined && (since.inc !== snapshot.inc || since.seq > snapshot.seq)
    const exact = since !== undefined && !gap
    const from = exact ? since.seq + 1 : Math.max(1, snapshot.seq - NEWEST_PAGE + 1)
    const finish = (events: readonly DurableEvent[]): void => {
      const before = exact ? since.seq : (events[0]?.seq ?? snapshot.seq + 1) - 1
      const answer = joinedAnswer(this.cid, snapshot, this.template as CompiledTemplate, {
        events,
        before,
        gap,
        existing,
        caller,
      })
      if (watcher) this.#services.watch(this.tenant, this.cid, watcher)
      this.#answer(mail, answer)
    }
    const recent = this.#fromMemory(from, snapshot.seq)
    if (recent) {
      finish(recent)
      return
    }
    this.#services.history.read(this.tenant, this.cid, from, snapshot.seq, CATCH_UP_MAX, true).then(
      (events) => this.#guard(mail, () => finish(events)),
      (error) => this.#unavailable(mail, error, 'history'),
    )
  }

  #fromMemory(from: number, to: number): readonly DurableEvent[] | undefined {
    if (from > to) return []
    const first = this.#recent[0]?.seq
    return first === undefined || first > from ? undefined : this.#recent.filter((event) => event.seq >= from && event.seq <= to)
  }

  #history(mail: Mail, delivery: Of<'history'>, snapshot: Snapshot): void {
    const { before, after, limit } = delivery
    const forward = after !== undefined
    const from = forward ? after + 1 : 1
    const to = forward ? Math.min(snapshot.seq, after + limit) : Math.min(snapshot.seq, (before ?? snapshot.seq + 1) - 1)
    const low = forward ? from : Math.max(1, to - limit + 1)
    const finish = (items: readonly DurableEvent[]): void => {
      const first = items[0]?.seq ?? 0
      const last = items.at(-1)?.seq ?? 0
      const more = items.length > 0 && (forward ? last < snapshot.seq : first > 1)
      this.#answer(mail, { inc: snapshot.inc, items: items.map(plainEvent), first, last, more })
    }
    const recent = this.#fromMemory(low, to)
    if (recent) {
      finish(recent)
      return
    }
    this.#services.history.read(this.tenant, this.cid, low, to, limit, !forward).then(
      (items) => this.#guard(mail, () => finish(items)),
      (error) => this.#unavailable(mail, error, 'history'),
    )
  }

  /** Runs the rest of an awaited delivery; it is still the one in hand. */
  #guard(mail: Mail, run: () => void): void {
    this.#services.inHand.set(this.tenant, this.cid)
    try {
      run()
    } catch (error) {
      this.#defect(mail, error)
    }
    this.#services.inHand.clear()
  }

  #unavailable(mail: Mail, error: unknown, what: string): void {
    const { tenant, cid, shard } = this
    this.#services.log.warn({ tenant, conversation: cid, shard, what, err: error }, 'a delivery could not be served')
    const isInvalid = error instanceof AppError && error.code === 'template.invalid'
    this.#answer(
      mail,
      isInvalid
        ? reject('invalid_template', 'this template does not compile', { field: 'd.template' })
        : reject('unavailable', `${what} is not available now`, { retryMs: 1000 }),
    )
  }

  /** Decides, builds the entry, and hands it to the group commit. Nothing of the conversation changes here. */
  #commit(mail: Mail, change: Change): void {
    if (this.#dropped) {
      this.#answer(mail, reject('fenced', 'the conversation moved to another node', { retryMs: 100 }))
      return
    }
    const { now, input, opening } = change
    const before = this.snapshot
    const template = this.template as CompiledTemplate
    const dialogue = before?.dialogue ?? NEW_STATE
    const started = input && this.#sampled() ? this.#services.clock.mono() : 0
    const decision = input ? decide(template, dialogue, input) : undefined
    if (started > 0) this.#services.stages.decide.observe((this.#services.clock.mono() - started) / 1000)
    const { facts, outputs, effects } = decision ?? NO_DECISION
    const { sent, told } = change
    const turn = (before?.turns ?? 0) + (sent ? 1 : 0)
    const list = new EventList(before?.seq ?? 0, now)
    if (sent) list.message(userMessage(sent, turn))
    else if (told?.message) list.message(told.message)
    list.outputs(outputs, template.version, turn)
    const timers = timersOf(change.timers, effects, before?.timers, now)
    // One literal of one shape; undefined fields are left out by the encoding.
    const head = {
      kind: change.kind,
      at: now,
      engine: ENGINE,
      who: change.who,
      opening,
      mid: sent?.mid ?? told?.mid,
      hash: change.hash,
      listened: change.listened,
      input,
      facts,
      evicted: (sent || told) && before ? evictedBy(before) : undefined,
      read: change.read,
      feedback: change.feedback,
      note: told?.note,
    } as EntryHead
    const n = (before?.n ?? 0) + 1
    const { events } = list
    const after = applyEntry(before, n, head, events, timers, decision?.state)
    const data = this.#services.projection.sealEntry(this.tenant, after.owner, before?.seq ?? 0, head, events)
    const { tenant, cid } = this
    const entry = timers.length > 0 ? { tenant, cid, n, timers, data } : { tenant, cid, n, data }
    this.#services.committer.add(
      this.shard,
      entry,
      new Commit(this, mail, change, entry, events, before, after),
      sealedBytes(data),
    )
  }

  /** @internal Called by the commit. */
  committed(commit: Commit, at: number): void {
    const { reply, entry, events, before, after, mid, opened } = commit
    this.snapshot = after
    this.#remember(events)
    this.#services.committed(this.shard, at, entry, after)
    const template = this.template as CompiledTemplate
    if (mid !== undefined) {
      if (commit.isTurn) this.#services.turnDone(this, after, commit.startedMs)
      const seq = events[0]?.seq ?? after.seq
      const rest = commit.brings ? events.slice(1) : events
      reply({ mid, seq, dup: false, state: after.state, events: rest, tv: after.version })
    } else if (opened) {
      const { watcher, caller } = opened
      if (watcher) this.#services.watch(this.tenant, this.cid, watcher)
      reply(joinedAnswer(this.cid, after, template, { events, before: 0, gap: false, existing: false, caller }))
      this.#done()
      return
    } else {
      reply({ ok: true })
    }
    this.#publish(commit, before?.dialogue ?? NEW_STATE, template)
    this.#done()
    // The end is rarely asked about again, and comes back from where it is stored: memory is for those who talk.
    if (after.state === 'closed' && this.isIdle) this.#services.ended(this)
  }

  /** The newest events, of at least the last entry: resume seldom asks for more. */
  #remember(events: readonly DurableEvent[]): void {
    if (events.length === 0) return
    const all = this.#recent.length === 0 ? events : this.#recent.concat(events)
    this.#recent = all.length > RECENT_MAX ? all.slice(-RECENT_MAX) : all
  }

  /** @internal Called by the commit. */
  refused(commit: Commit, reason: CommitRefusal): void {
    if (commit.opened) this.template = undefined
    const msg =
      reason === 'full'
        ? 'there is no room to store the message; nothing was changed'
        : 'the outcome is unknown: send the same mid again to settle it'
    const unknown = reason === 'unavailable' ? ({ unknown: true } as const) : undefined
    commit.reply(reject(reason === 'fenced' ? 'fenced' : 'unavailable', msg, { retryMs: 1000, ...unknown }))
    this.#done()
  }

  #publish(commit: Commit, was: DialogueState, template: CompiledTemplate): void {
    const watchers = this.#services.watchersOf(this.tenant, this.cid)
    if (watchers) this.#services.publish(watchers, new TurnPush(this.tenant, this.cid, commit, was, template))
  }
}
