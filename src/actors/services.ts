import type { CompiledTemplate } from '../dialogue/compiled.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { Counter, Histogram } from '../kernel/metrics.ts'
import type { Nlu } from '../nlu/port.ts'
import type { JournalEntry } from '../storage/port.ts'
import type { TemplateStore } from '../tenancy/port.ts'
import type { Committer } from './committer.ts'
import type { Conversation } from './conversation.ts'
import type { History } from './history.ts'
import type { Push, Watcher } from './port.ts'
import type { ConversationProjection } from './projection.ts'
import type { Seen, Snapshot } from './record.ts'

export interface ActorLimits {
  /** Activations in memory. */
  readonly residentsMax: number
  /** An activation idle for this long is released. */
  readonly passivateMs: number
  /** A conversation without a message for this long is closed. */
  readonly idleCloseMs: number
  /** Waiting deliveries per conversation, and per shard. */
  readonly mailboxMax: number
  readonly shardMailboxMax: number
  readonly nluDeadlineMs: number
}

/** Names the conversation whose delivery is being handled, where a later start can read it (quarantine). */
export interface InHand {
  set(tenant: string, cid: string): void
  clear(): void
}

/** What a conversation asks of its host. */
export interface Services {
  readonly clock: Clock
  readonly log: Log
  readonly limits: ActorLimits
  readonly nlu: Nlu
  readonly templates: TemplateStore
  readonly committer: Committer
  readonly projection: ConversationProjection
  readonly history: History
  readonly inHand: InHand
  readonly defects: Counter
  /** Durations of a turn's stages, in seconds. */
  readonly stages: { readonly interpret: Histogram; readonly decide: Histogram }
  /** ISO 3166 alpha-2 of every conversation; empty where the locale tells (`countryOf`). */
  readonly country: string
  newId(nowMs: number): string
  /** Whether the shard is still this node's: asked of the journal. */
  verify(shard: number): Promise<boolean>
  /** A message id that has left the dedup window. */
  findOld(tenant: string, cid: string, mid: string): Promise<Seen | undefined>
  watch(tenant: string, cid: string, watcher: Watcher): void
  hasWatchers(tenant: string, cid: string): boolean
  watchersOf(tenant: string, cid: string): readonly Watcher[] | undefined
  publish(watchers: readonly Watcher[], push: Push): void
  /** An entry is durable: timers, write-behind. */
  committed(shard: number, at: number, entry: JournalEntry, snapshot: Snapshot): void
  turnDone(conversation: Conversation, snapshot: Snapshot, startedMs: number): void
  /** The conversation is closed and has nothing to do: its activation may go. */
  ended(conversation: Conversation): void
  /** A waiting delivery was taken from a mailbox. */
  unqueued(shard: number): void
}

export type Loaded = { readonly snapshot: Snapshot; readonly template: CompiledTemplate }
