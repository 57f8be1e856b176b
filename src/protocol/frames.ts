/** The wire messages of the chat protocol, version 1. docs/PROTOCOL.md explains them; `schemas.ts` checks what clients send. */

export const PROTOCOL_VERSION = 1
export const SUBPROTOCOL_JSON = 'parley.v1.json'
export const SUBPROTOCOL_MSGPACK = 'parley.v1.msgpack'
export const CAPABILITIES = ['batch', 'data', 'delta', 'choices', 'files', 'receipts'] as const
export type Capability = (typeof CAPABILITIES)[number]

export type ConversationStateName = 'active' | 'waiting' | 'handoff' | 'closed'
export type Outcome = 'success' | 'partial' | 'failed' | 'cancelled'
export type Sender = 'user' | 'bot' | 'agent' | 'system'
export type MessageKind = 'text' | 'choice' | 'form' | 'dtmf' | 'event' | 'file' | 'silence'

/** What the bot now waits for: a rich client renders a picker, a plain one shows `body`. */
export interface Prompt {
  /** `birthDate`, `birthDate.day`; `form` when the whole is confirmed. */
  readonly node: string
  readonly step: 'start' | 'noMatch' | 'noInput' | 'confirmation' | 'notConfirmed' | 'invalid' | 'success' | 'help'
  /** Escalation level, from 1. */
  readonly level: number
  readonly expects?: {
    /** The datum's type, or `yes-no` in a confirmation. */
    readonly kind: string
    /** The part asked for. */
    readonly sub?: string
    readonly choices?: readonly { readonly id: string; readonly label: string }[]
    readonly format?: string
    readonly min?: number
    readonly max?: number
    readonly sensitive?: boolean
  }
  readonly noInputMs?: number
  readonly interruptible?: boolean
}

export interface QuickReply {
  readonly label: string
}

export interface MessageBody {
  readonly mid: string
  readonly from: Sender
  readonly kind: MessageKind
  /** Text; a choice's id; for a form `{values}`. */
  readonly body: string | { readonly values: Readonly<Record<string, unknown>> }
  /** The single `say`s that `body` joins by spaces. Only from the bot, and only when there is more than one. */
  readonly parts?: readonly string[]
  /** Only from the bot: the conversation's locale from this message on, where it changed. */
  readonly locale?: string
  readonly prompt?: Prompt
  readonly quickReplies?: readonly QuickReply[]
  /** The tenant's template version. */
  readonly tv?: number
  /** Number of the turn, from 1; 0 before the user's first. */
  readonly turn?: number
  /** Who wrote it, for users and agents. */
  readonly user?: string
  readonly inReplyTo?: string
}

export interface StateBody {
  readonly state: ConversationStateName
  readonly reason?: string
}

export interface ResultBody {
  readonly values: Readonly<Record<string, unknown>>
  readonly outcome: Outcome
  readonly tv: number
}

export interface HandoffBody {
  readonly queue: string
  readonly position?: number
  readonly agent?: string
  readonly etaMs?: number
}

/** Durable events carry `seq` and `inc`; a conversation's are numbered without holes. */
export type DurableEvent =
  | { readonly seq: number; readonly ts: number; readonly t: 'msg.new'; readonly d: MessageBody }
  | { readonly seq: number; readonly ts: number; readonly t: 'conv.state'; readonly d: StateBody }
  | { readonly seq: number; readonly ts: number; readonly t: 'data.result'; readonly d: ResultBody }
  | { readonly seq: number; readonly ts: number; readonly t: 'handoff'; readonly d: HandoffBody }

/** Progress of one datum; ephemeral, the last one of each datum is sent again after `sync`. */
export interface DataUpdate {
  readonly node: string
  readonly status: 'empty' | 'partial' | 'filled' | 'toConfirm' | 'done' | 'failed'
  /** Masked where the datum is sensitive. */
  readonly value?: unknown
  readonly missing?: readonly string[]
}

export interface Receipt {
  readonly who: string
  readonly kind: 'delivered' | 'read'
  readonly upto: number
}

export interface Position {
  readonly inc: string
  readonly seq: number
}

/** Any frame, either way. */
export interface Frame {
  readonly v?: number
  readonly t: string
  readonly id?: string
  readonly re?: string
  readonly cid?: string
  readonly inc?: string
  readonly seq?: number
  readonly ts?: number
  readonly d?: unknown
}

export interface OpenedBody {
  readonly cid: string
  readonly inc: string
  readonly seq: number
  readonly state: ConversationStateName
  readonly flow: { readonly id: string; readonly version: number }
  readonly locale: string
  readonly participants: readonly string[]
  /** True when the conversation existed before this open. */
  readonly existing: boolean
}

export interface ErrorBody {
  readonly code: number
  readonly name: string
  readonly msg: string
  readonly temporary: boolean
  readonly retryMs?: number
  readonly field?: string
}
