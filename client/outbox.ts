import type { MessageBody } from '../src/protocol/frames.ts'
import { ParleyError } from './error.ts'

export const OUTBOX_MAX = 100

/**
 * `queued` until it is on the wire, `sent` until the server answers, `accepted` once it is durable there (`seq` is known),
 * `failed` when it was refused for good (`error` says why; `retry` or `discard` it).
 */
export interface PendingMessage {
  readonly mid: string
  readonly kind: 'text' | 'choice' | 'form'
  readonly body: MessageBody['body']
  readonly createdMs: number
  readonly state: 'queued' | 'sent' | 'accepted' | 'failed'
  readonly seq?: number
  readonly error?: ParleyError
}

/** The part of the browser's Storage that the library uses; may throw. */
export interface KeyValueStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * The user's messages of one conversation that the server has not yet accepted, oldest first; at most 100, failed ones included.
 * A message keeps its `mid` through every repeat, which is what makes repeating harmless.
 */
export class Outbox {
  #messages: readonly PendingMessage[]

  constructor(messages: readonly PendingMessage[] = []) {
    this.#messages = messages.slice(0, OUTBOX_MAX)
  }

  get messages(): readonly PendingMessage[] {
    return this.#messages
  }

  get inFlight(): number {
    return this.#messages.reduce((count, message) => count + (message.state === 'sent' ? 1 : 0), 0)
  }

  get(mid: string): PendingMessage | undefined {
    return this.#messages.find((message) => message.mid === mid)
  }

  next(): PendingMessage | undefined {
    return this.#messages.find((message) => message.state === 'queued')
  }

  /** Throws `outbox_full` when 100 wait already. */
  add(message: PendingMessage): void {
    if (this.#messages.length >= OUTBOX_MAX) {
      throw new ParleyError('outbox_full', 429, `${OUTBOX_MAX} messages wait to be sent`, { temporary: true })
    }
    this.#messages = [...this.#messages, message]
  }

  /** Gives the changed message, or nothing when it is not here any more. */
  mark(mid: string, state: 'queued' | 'sent' | 'failed', error?: ParleyError): PendingMessage | undefined {
    const old = this.get(mid)
    if (old === undefined) return undefined
    const { error: _, ...rest } = old
    const changed: PendingMessage = { ...rest, state, ...(error === undefined ? {} : { error }) }
    this.#messages = this.#messages.map((message) => (message === old ? changed : message))
    return changed
  }

  remove(mid: string): PendingMessage | undefined {
    const old = this.get(mid)
    if (old !== undefined) this.#messages = this.#messages.filter((message) => message !== old)
    return old
  }

  /** Keeps what still waits; what failed is the application's to repeat, not the next page's. */
  write(store: KeyValueStore, key: string): void {
    const waiting = this.#messages.filter((message) => message.state !== 'failed')
    if (waiting.length === 0) store.removeItem(key)
    else store.setItem(key, JSON.stringify(waiting.map(({ mid, kind, body, createdMs }) => ({ mid, kind, body, createdMs }))))
  }

  /** What a former page kept; anything unreadable is forgotten. */
  static read(store: KeyValueStore, key: string): Outbox {
    const kept = store.getItem(key)
    if (kept === null) return new Outbox()
    try {
      const value: unknown = JSON.parse(kept)
      return new Outbox(Array.isArray(value) ? value.filter(isKept).map((message) => ({ ...message, state: 'queued' })) : [])
    } catch {
      return new Outbox()
    }
  }
}

type Kept = Pick<PendingMessage, 'mid' | 'kind' | 'body' | 'createdMs'>

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  const { mid, kind, body, createdMs } = value as Partial<Kept>
  return (
    typeof mid === 'string' &&
    (kind === 'text' || kind === 'choice' || kind === 'form') &&
    (typeof body === 'string' || (typeof body === 'object' && body !== null)) &&
    typeof createdMs === 'number'
  )
}
