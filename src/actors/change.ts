import type { Input } from '../dialogue/input.ts'
import type { Decision } from '../dialogue/turn.ts'
import type { Rejection } from '../kernel/rejection.ts'
import type { DurableEvent, MessageBody, Receipt } from '../protocol/frames.ts'
import type { TimerChange } from '../storage/port.ts'
import type { CommitRefusal, CommitWaiter } from './committer.ts'
import type { Answer, Delivery } from './port.ts'
import type { SealedEntry } from './projection.ts'
import type { EntryData, Opening, Snapshot } from './record.ts'
import type { Services } from './services.ts'

export type Of<T extends Delivery['type']> = Extract<Delivery, { type: T }>

/** A timer ran out: an input from inside. */
export interface TimerDelivery {
  readonly type: 'timer'
  readonly name: string
  readonly dueMs: number
}

export interface Mail {
  readonly delivery: Delivery | TimerDelivery
  /** Called exactly once. */
  readonly reply: (answer: Answer | Rejection) => void
}

/** A user's message on its way to a decision. */
export interface PendingTurn {
  readonly mail: Mail
  readonly delivery: Of<'send'>
  readonly hash: number
  readonly snapshot: Snapshot
  readonly now: number
  readonly localNow: string
  /** Key of what the interpreter was told to listen for. */
  listened?: string
}

/** What a delivery wants committed. */
export interface Change {
  readonly kind: EntryData['kind']
  readonly who: string
  readonly now: number
  readonly input?: Input | undefined
  readonly listened?: string | undefined
  readonly opening?: Opening | undefined
  readonly sent?: Of<'send'> | undefined
  readonly hash?: number | undefined
  readonly timers?: readonly TimerChange[] | undefined
  readonly read?: number | undefined
  readonly feedback?: NonNullable<EntryData['feedback']> | undefined
  /** Of a handoff or an injection: its id, and the message that it brings. */
  readonly told?: { readonly mid: string; readonly message?: MessageBody; readonly note?: string | undefined } | undefined
}

/** Who is told what became of an entry: the conversation. */
export interface Committed {
  committed(commit: Commit, at: number): void
  refused(commit: Commit, reason: CommitRefusal): void
}

/**
 * An entry on its way to the journal, and all that is needed when it is there. A thousand of them may wait for one write, so
 * what the turn was decided by (its input, facts, outputs) is let go of before.
 */
export class Commit implements CommitWaiter {
  readonly conversation: Committed
  readonly reply: Mail['reply']
  readonly entry: Parameters<Services['committed']>[2]
  readonly events: readonly DurableEvent[]
  readonly before: Snapshot | undefined
  readonly after: Snapshot
  /** Wall clock at the delivery, for the turn's duration. */
  readonly startedMs: number
  /** A user's message. */
  readonly isTurn: boolean
  /** The events begin with the message that was delivered. */
  readonly brings: boolean
  /** Of what is done once: its id; and the session that sent it. */
  readonly mid: string | undefined
  readonly origin: string | undefined
  /** Of an opening. */
  readonly opened: Pick<Of<'open'>, 'caller' | 'watcher'> | undefined
  readonly receipt: Receipt | undefined

  constructor(
    conversation: Committed,
    mail: Mail,
    change: Change,
    entry: Commit['entry'],
    events: readonly DurableEvent[],
    before: Snapshot | undefined,
    after: Snapshot,
  ) {
    this.conversation = conversation
    this.reply = mail.reply
    this.entry = entry
    this.events = events
    this.before = before
    this.after = after
    this.startedMs = change.now
    this.isTurn = change.sent !== undefined
    this.brings = this.isTurn || change.told?.message !== undefined
    this.mid = change.sent?.mid ?? change.told?.mid
    this.origin = change.sent?.origin
    this.opened = change.opening === undefined ? undefined : (mail.delivery as Of<'open'>)
    this.receipt = change.read === undefined ? undefined : { who: change.who, kind: 'read', upto: change.read }
  }

  committed(at: number): void {
    this.conversation.committed(this, at)
  }

  refused(reason: CommitRefusal): void {
    this.conversation.refused(this, reason)
  }
}

/** Bytes of what an entry carries, as far as they are known. */
export function sealedBytes(entry: SealedEntry): number {
  return entry.sealed instanceof Uint8Array ? entry.sealed.length : 0
}

export function userMessage(sent: Of<'send'>, turn: number): Extract<DurableEvent, { t: 'msg.new' }>['d'] {
  return {
    mid: sent.mid,
    from: 'user',
    kind: sent.kind,
    body: sent.body,
    user: sent.caller.user,
    turn,
    inReplyTo: sent.inReplyTo,
  } as Extract<DurableEvent, { t: 'msg.new' }>['d']
}

const NO_TIMERS: readonly TimerChange[] = []

export function timersOf(
  given: readonly TimerChange[] | undefined,
  effects: Decision['effects'],
  live: Snapshot['timers'] | undefined,
  now: number,
): readonly TimerChange[] {
  if (effects.length === 0) return given ?? NO_TIMERS
  // At the end every timer goes, also those that this very turn would have set.
  if (effects.some((effect) => effect.type === 'close')) return Object.keys(live ?? {}).map((name) => ({ name, dueMs: null }))
  const changes: TimerChange[] = given ? [...given] : []
  for (const effect of effects) {
    if (effect.type === 'timer') {
      changes.push({ name: effect.name, dueMs: effect.afterMs === null ? null : now + effect.afterMs })
    }
  }
  return changes
}
