import type { Position } from './frames.ts'

/** What clients send, after `schemas.ts` has checked it: every field below is of the stated shape and within its bounds. */

export interface ResumeEntry extends Position {
  readonly cid: string
}

export interface HelloBody {
  readonly token: string
  readonly client?: { readonly name?: string; readonly version?: string; readonly platform?: string }
  readonly locale?: string
  readonly tz?: string
  readonly caps?: readonly string[]
  readonly resume?: readonly ResumeEntry[]
}

export interface OpenBody {
  /** The template's id; `flow` is a synonym, and the checker copies it here. */
  readonly template: string
  readonly version?: number
  readonly locale?: string
  readonly tz?: string
  readonly vars?: Readonly<Record<string, string | number | boolean>>
  readonly channel?: string
  readonly external?: { readonly user: string }
  readonly clientKey?: string
}

export interface SendBody {
  readonly mid: string
  readonly kind: 'text' | 'choice' | 'form' | 'dtmf' | 'silence'
  /** Empty for `silence`. */
  readonly body: string | { readonly values: Readonly<Record<string, unknown>> }
  readonly inReplyTo?: string
}

interface Envelope {
  readonly id?: string
  readonly cid?: string
}

export type ClientFrame = Envelope &
  (
    | { readonly t: 'hello'; readonly d: HelloBody }
    | { readonly t: 'auth.refresh'; readonly d: { readonly token: string } }
    | { readonly t: 'conv.open'; readonly d: OpenBody }
    | { readonly t: 'conv.join'; readonly d: { readonly cid?: string; readonly since?: Position } }
    | { readonly t: 'conv.leave'; readonly d: { readonly cid?: string } }
    | { readonly t: 'conv.close'; readonly d: { readonly cid?: string; readonly reason?: string } }
    | { readonly t: 'msg.send'; readonly d: SendBody }
    | { readonly t: 'history.get'; readonly d: { readonly before?: number; readonly after?: number; readonly limit?: number } }
    | { readonly t: 'typing'; readonly d: { readonly on: boolean; readonly ttlMs?: number } }
    | { readonly t: 'read'; readonly d: { readonly upto: number } }
    | { readonly t: 'feedback'; readonly d: { readonly about: number; readonly score: number; readonly text?: string } }
    | { readonly t: 'ping'; readonly d: { readonly n?: number } }
    | { readonly t: 'bye'; readonly d: Readonly<Record<string, unknown>> }
  )

export type ClientFrameType = ClientFrame['t']
