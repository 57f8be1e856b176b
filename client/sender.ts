import type { Frame } from '../src/protocol/frames.ts'
import { backoffMs } from './backoff.ts'
import { ParleyError } from './error.ts'
import type { Link } from './link.ts'
import { type KeyValueStore, Outbox, type PendingMessage } from './outbox.ts'
import type { Cancel } from './runtime.ts'

const REFUSALS_MAX = 8

export interface SenderEvents {
  changed(message: PendingMessage): void
  /** `msg.ok`: told before `changed`. */
  acknowledged(message: PendingMessage, frame: Frame): void
}

/**
 * Sends one conversation's outbox in order, at most `inFlightMax` at a time. A temporary refusal waits for the server's
 * `retryMs` (else backs off) and repeats; the eighth in a row, or a lasting one, fails the message and the next one goes on.
 * A lost connection counts as no refusal: what was on the wire goes again with its `mid` when `start` is called.
 * With one in flight the order is strict; with more, a message refused for now may be overtaken by those behind it.
 */
export class Sender {
  readonly #link: Link
  readonly #cid: string
  readonly #inFlightMax: number
  readonly #events: SenderEvents
  readonly #store: KeyValueStore | undefined
  readonly #key: string
  readonly #outbox: Outbox
  #started = false
  #paused = false
  #refusals = 0
  #cancelWait: Cancel | undefined

  constructor(link: Link, cid: string, inFlightMax: number, store: KeyValueStore | undefined, events: SenderEvents) {
    this.#link = link
    this.#cid = cid
    this.#inFlightMax = inFlightMax
    this.#events = events
    this.#store = store
    this.#key = `parley.outbox.${cid}`
    this.#outbox = this.#stored((kept) => Outbox.read(kept, this.#key)) ?? new Outbox()
  }

  get messages(): readonly PendingMessage[] {
    return this.#outbox.messages
  }

  /** Throws `outbox_full`. */
  add(message: PendingMessage): void {
    this.#outbox.add(message)
    this.#keep()
    this.#events.changed(message)
    this.#pump()
  }

  retry(mid: string): void {
    if (this.#outbox.get(mid)?.state !== 'failed') return
    this.#change(mid, 'queued')
    this.#pump()
  }

  discard(mid: string): void {
    if (this.#outbox.get(mid)?.state !== 'failed') return
    this.#outbox.remove(mid)
    this.#keep()
  }

  /** The conversation is attached to a live connection. */
  start(): void {
    this.#started = true
    this.#pump()
  }

  /** The connection is gone; its requests have failed, so that what was on the wire is in the queue again. */
  stop(): void {
    this.#started = false
    this.#paused = false
    this.#refusals = 0
    this.#cancelWait?.()
    this.#cancelWait = undefined
  }

  /** The server's `flow`. */
  pause(paused: boolean): void {
    this.#paused = paused
    this.#pump()
  }

  /** The message is in the log, as `msg.ok` or its own event shows. */
  accepted(mid: string, seq: number): void {
    const message = this.#outbox.remove(mid)
    if (message === undefined) return
    this.#refusals = 0
    this.#keep()
    const { error: _, ...rest } = message
    this.#events.changed({ ...rest, state: 'accepted', seq })
    this.#pump()
  }

  /** The conversation takes no more: all that waits fails. */
  fail(error: ParleyError): void {
    this.abandon(error)
    this.#keep()
  }

  /** As `fail`, but what the storage keeps stays there for the next join. */
  abandon(error: ParleyError): void {
    for (const message of this.#outbox.messages) if (message.state !== 'failed') this.#change(message.mid, 'failed', error)
  }

  #pump(): void {
    while (this.#started && !this.#paused && this.#cancelWait === undefined && this.#link.online) {
      const message = this.#outbox.inFlight < this.#inFlightMax ? this.#outbox.next() : undefined
      if (message === undefined) return
      this.#send(message)
    }
  }

  #send(message: PendingMessage): void {
    const { mid, kind, body } = message
    this.#change(mid, 'sent')
    this.#link.request(
      'msg.send',
      this.#cid,
      { mid, kind, body },
      {
        ok: (frame) => {
          const sent = this.#outbox.get(mid)
          if (sent !== undefined) this.#events.acknowledged(sent, frame)
        },
        failed: (error) => this.#refused(mid, error),
      },
    )
  }

  #refused(mid: string, error: ParleyError): void {
    if (!this.#started || !this.#link.online) {
      this.#change(mid, 'queued')
      return
    }
    this.#refusals += 1
    if (!error.temporary || this.#refusals >= REFUSALS_MAX) {
      this.#refusals = 0
      this.#change(mid, 'failed', error)
      this.#keep()
      this.#pump()
      return
    }
    this.#change(mid, 'queued')
    this.#cancelWait?.()
    const waitMs = error.retryMs ?? backoffMs(this.#refusals - 1, this.#link.runtime.random())
    this.#cancelWait = this.#link.runtime.setTimer(waitMs, () => {
      this.#cancelWait = undefined
      this.#pump()
    })
  }

  #change(mid: string, state: 'queued' | 'sent' | 'failed', error?: ParleyError): void {
    const changed = this.#outbox.mark(mid, state, error)
    if (changed !== undefined) this.#events.changed(changed)
  }

  #keep(): void {
    this.#stored((store) => this.#outbox.write(store, this.#key))
  }

  /** A full or forbidden storage must not stop the sending: it is reported, and the messages live as long as the page. */
  #stored<T>(use: (store: KeyValueStore) => T): T | undefined {
    if (this.#store === undefined) return undefined
    try {
      return use(this.#store)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#link.report(new ParleyError('internal', 500, `the outbox could not be kept: ${reason}`))
      return undefined
    }
  }
}
