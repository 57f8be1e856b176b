import type { Rejection } from '../kernel/rejection.ts'
import type {
  ConversationStateName,
  DataUpdate,
  DurableEvent,
  OpenedBody,
  Outcome,
  Position,
  Receipt,
} from '../protocol/frames.ts'

/** Who asks. `tenant` and `user` come from the token, never from a frame. */
export interface Caller {
  readonly tenant: string
  readonly user: string
  readonly role: 'user' | 'operator' | 'service'
}

/** What one commit (or an ephemeral occurrence) tells those who watch a conversation. Shared by all watchers: never changed. */
export interface Push {
  readonly tenant: string
  readonly cid: string
  readonly inc: string
  /** Durable, in order, contiguous. */
  readonly events: readonly DurableEvent[]
  /** The watcher that caused it: the sender's own message is not echoed to that one (it gets `msg.ok`). */
  readonly origin?: string | undefined
  /** `seq` of the user message in `events` that `origin` must not get. */
  readonly originSeq?: number | undefined
  readonly data: readonly DataUpdate[]
  readonly receipt?: Receipt | undefined
  readonly typing?: { readonly who: string; readonly on: boolean; readonly ttlMs: number }
}

/** One attached session. `push` must not throw and must not wait. */
export interface Watcher {
  /** Unique in the process; the same session watches one conversation once. */
  readonly id: string
  /** True once it wants nothing more: a watch that would begin now does not. */
  readonly ended?: boolean
  push(push: Push): void
  /** The owner lets go of this conversation (shard moved, state invalidated): resume elsewhere. */
  gone(tenant: string, cid: string): void
}

/** Everything a conversation can be asked. */
export type Delivery =
  | {
      readonly type: 'open'
      readonly caller: Caller
      readonly template: string
      readonly version?: number
      readonly locale: string
      readonly tz: string
      readonly channel: string
      readonly vars?: Readonly<Record<string, string | number | boolean>>
      /** True when cid was derived from a client key: the conversation may exist. */
      readonly keyed: boolean
      readonly watcher?: Watcher
    }
  | { readonly type: 'join'; readonly caller: Caller; readonly since?: Position; readonly watcher: Watcher }
  | { readonly type: 'leave'; readonly caller: Caller; readonly watcherId: string }
  | {
      readonly type: 'send'
      readonly caller: Caller
      readonly mid: string
      readonly kind: 'text' | 'choice' | 'form' | 'dtmf' | 'silence'
      readonly body: string | { readonly values: Readonly<Record<string, unknown>> }
      readonly inReplyTo?: string | undefined
      /** The watcher that sends, so that it is not echoed. */
      readonly origin?: string
      /** Milliseconds, on the wall clock: refused with `deadline` when handled later. */
      readonly deadlineMs?: number
    }
  | {
      /**
       * A human takes over (also from another one), or gives back to the bot, which asks again what is open. Operators and
       * services only. A repeat of the same `mid` is answered with `dup`; `give` where no human speaks is a `conflict`.
       */
      readonly type: 'handoff'
      readonly caller: Caller
      readonly mid: string
      readonly action: 'take' | 'give'
      /** Name that the user sees; the caller's own where absent. */
      readonly agent?: string
      /** Absent: the queue that the conversation waits in, or `operator`. */
      readonly queue?: string
      /** For the record; the participants do not see it. */
      readonly note?: string
      readonly deadlineMs?: number
    }
  | {
      /** Puts a message or variables in from outside. Operators and services only. Dedup as for `send`. */
      readonly type: 'inject'
      readonly caller: Caller
      readonly mid: string
      readonly what: InjectedMessage | { readonly vars: Readonly<Record<string, string | number | boolean>> }
      readonly deadlineMs?: number
    }
  | {
      /** It ended the processes that handled it: refused from now on, kept for inspection. From nodes only, never from a gateway. */
      readonly type: 'quarantine'
      readonly caller: Caller
    }
  | { readonly type: 'close'; readonly caller: Caller; readonly reason: string }
  | { readonly type: 'read'; readonly caller: Caller; readonly upto: number }
  | {
      readonly type: 'feedback'
      readonly caller: Caller
      readonly about: number
      readonly score: number
      readonly text?: string
    }
  | {
      readonly type: 'typing'
      readonly caller: Caller
      readonly on: boolean
      readonly ttlMs: number
      readonly origin: string
      readonly via?: string
    }
  | {
      readonly type: 'history'
      readonly caller: Caller
      readonly before?: number
      readonly after?: number
      readonly limit: number
    }
  | { readonly type: 'get'; readonly caller: Caller }

/** A text in the name of somebody other than the user. `agent` is the name that the user sees; the caller's own where absent. */
export interface InjectedMessage {
  readonly from: 'agent' | 'bot' | 'system'
  readonly body: string
  readonly agent?: string
}

export interface SentAnswer {
  readonly mid: string
  /** Of the message; of a handoff its first event; of injected variables the conversation's last event. */
  readonly seq: number
  /** A repeat: the old seq; the replies are not pushed again. */
  readonly dup: boolean
  readonly state: ConversationStateName
  /** Everything durable that the delivery produced after its message (the bot's answer, a result, a state). */
  readonly events: readonly DurableEvent[]
  /** The tenant's template version. */
  readonly tv?: number
}

export interface JoinedAnswer extends OpenedBody {
  /**
   * Catch-up after `since` (or the newest page without it), in order. `gap`: the position cannot be served (`inc` changed);
   * the newest page is given instead. `more`: older events exist before the first one.
   */
  readonly events: readonly DurableEvent[]
  readonly gap: boolean
  readonly more: boolean
  /** Newest progress per datum, and newest receipts. */
  readonly data: readonly DataUpdate[]
  readonly receipts: readonly Receipt[]
}

export interface HistoryPage {
  readonly inc: string
  readonly items: readonly DurableEvent[]
  readonly first: number
  readonly last: number
  readonly more: boolean
}

export interface ConversationView {
  readonly cid: string
  readonly inc: string
  readonly seq: number
  readonly state: ConversationStateName
  readonly template: { readonly id: string; readonly version: number }
  readonly locale: string
  readonly outcome?: Outcome
  readonly data: readonly DataUpdate[]
}

export interface Answers {
  open: JoinedAnswer
  join: JoinedAnswer
  leave: { readonly ok: true }
  send: SentAnswer
  handoff: SentAnswer
  inject: SentAnswer
  quarantine: { readonly ok: true }
  close: { readonly ok: true }
  read: { readonly ok: true }
  feedback: { readonly ok: true }
  typing: { readonly ok: true }
  history: HistoryPage
  get: ConversationView
}

export type Answer<D extends Delivery = Delivery> = Answers[D['type']]

/**
 * The door to conversations, wherever they live. `reply` is called exactly once per delivery, possibly before `deliver`
 * returns; it must not throw. For `send` it is called after the commit and before the pushes of the same turn, both in one
 * go, so that a gateway can put them into one socket write. Rejections were not executed, except `unavailable` with
 * `unknown` in its text, which a repeat of the same `mid` settles.
 */
export interface ConversationRouter {
  /** An id for a new conversation, so chosen that it lives near; absent where it makes no difference. */
  newId?(tenant: string, nowMs: number): string
  deliver<D extends Delivery>(tenant: string, cid: string, delivery: D, reply: (answer: Answer<D> | Rejection) => void): void
}

/** Which conversations, after which one; ordered by id. */
export interface ListRequest {
  readonly state?: ConversationStateName
  readonly template?: string
  readonly user?: string
  /** The `after` of the page before. */
  readonly after?: string
  readonly limit: number
}

export interface ConversationSummary {
  readonly cid: string
  readonly inc: string
  readonly seq: number
  readonly state: ConversationStateName
  /** Why it is in this state; of a handoff the queue. */
  readonly reason?: string
  readonly user: string
  readonly template: { readonly id: string; readonly version: number }
  readonly locale: string
  readonly channel: string
  readonly outcome?: Outcome
  readonly createdMs: number
  readonly lastMs: number
}

export interface ConversationPage {
  readonly items: readonly ConversationSummary[]
  /** Absent: these were the last. A page with it may be short, or empty: what it stands for was looked at and did not fit. */
  readonly after?: string
}

/** A tenant's conversations, from the documents. Rejects with an AppError when they cannot be read. */
export interface ConversationsLister {
  list(tenant: string, request: ListRequest): Promise<ConversationPage>
}
