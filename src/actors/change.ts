import type { Input } from '../dialogue/input.ts'
import type { Decision } from '../dialogue/turn.ts'
import type { Rejection } from '../kernel/rejection.ts'
import type { DurableEvent } from '../protocol/frames.ts'
import type { TimerChange } from '../storage/port.ts'
import type { CommitRefusal, CommitWaiter } from './committer.ts'
import type { Answer, Delivery, Watcher } from './port.ts'
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
  readonly input?: Input
  readonly listened?: string
  readonly opening?: Opening
  readonly watcher?: Watcher | undefined
  readonly sent?: Of<'send'>
  readonly hash?: number
  readonly timers?: readonly TimerChange[]
  readonly read?: number
  readonly feedback?: NonNullable<EntryData['feedback']>
}

/** Who is told what became of an entry: the conversation. */
export interface Committed {
  committed(commit: Commit, at: number): void
  refused(commit: Commit, reason: CommitRefusal): void
}

/** An entry on its way to the journal. */
export class Commit implements CommitWaiter {
  readonly conversation: Committed
  readonly mail: Mail
  readonly change: Change
  readonly entry: Parameters<Services['committed']>[2]
  readonly data: EntryData
  readonly before: Snapshot | undefined
  readonly after: Snapshot

  constructor(
    conversation: Committed,
    mail: Mail,
    change: Change,
    entry: Commit['entry'],
    data: EntryData,
    before: Snapshot | undefined,
    after: Snapshot,
  ) {
    this.conversation = conversation
    this.mail = mail
    this.change = change
    this.entry = entry
    this.data = data
    this.before = before
    this.after = after
  }

  committed(at: number): void {
    this.conversation.committed(this, at)
  }

  refused(reason: CommitRefusal): void {
    this.conversation.refused(this, reason)
  }
}

export function textLength(entry: SealedEntry): number {
  return typeof entry.sealed === 'string' ? entry.sealed.length : 0
}

export function userMessage(sent: Of<'send'>, turn: number): Extract<DurableEvent, { t: 'msg.new' }>['d'] {
  return {
    mid: sent.mid,
    from: 'user',
    kind: sent.kind,
    body: sent.body,
    user: sent.caller.user,
    turn,
    ...(sent.inReplyTo === undefined ? undefined : { inReplyTo: sent.inReplyTo }),
  }
}

export function timersOf(
  given: readonly TimerChange[] | undefined,
  effects: Decision['effects'],
  live: Snapshot['timers'] | undefined,
  now: number,
): TimerChange[] {
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
