import { createWriteStream, type WriteStream } from 'node:fs'
import { hashOf } from '../sim/random.ts'
import type { Violations } from '../sim/violations.ts'

/** `fail`: every attempt was refused before execution. `unknown`: it may have been executed. */
export type Outcome = 'ok' | 'fail' | 'unknown'

/** One message of a client over all its attempts; times are this machine's wall clock. */
export interface Send {
  readonly tenant: string
  readonly cid: string
  readonly shard: number
  readonly client: string
  readonly mid: string
  readonly invokedMs: number
  attempts: number
  endedMs: number | undefined
  outcome: Outcome | undefined
  seq: number | undefined
  /** Index of the node whose gateway got the first attempt. */
  firstNode: number
}

/** What stands in a stream where the client's own message is known by its acknowledgement alone. */
export const OWN = -1

/** The events of a conversation as one client got them, by seq from 1, each as the hash of its content. */
export interface Stream {
  readonly tenant: string
  readonly cid: string
  readonly client: string
  readonly keys: number[]
  /** The client follows it still: at the end it must have everything. */
  live: boolean
}

export interface Opened {
  readonly tenant: string
  readonly cid: string
  readonly user: string
  readonly template: string
  readonly openedMs: number
  /** It waits for its timer. */
  readonly silent: boolean
}

/** Content of a durable event: the same over live push, replay, and in the documents. */
export function contentKey(t: string, ts: number, d: unknown): number {
  return hashOf(`${t} ${ts} ${JSON.stringify(d)}`)
}

/** What all clients did and saw. Every frame goes to a file as well, for whoever has to look into a violation. */
export class History {
  readonly sends: Send[] = []
  readonly streams: Stream[] = []
  readonly opened: Opened[] = []
  /** Refusals by name. */
  readonly refusals = new Map<string, number>()
  readonly closes = new Map<number, number>()
  readonly counts = { frames: 0, reconnects: 0, resumes: 0, rejoins: 0, silences: 0, opens: 0, openAttempts: 0 }
  readonly violations: Violations
  readonly #file: WriteStream

  constructor(file: string, violations: Violations) {
    this.violations = violations
    this.#file = createWriteStream(file)
  }

  note(client: string, what: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.#file.write(`${JSON.stringify({ at: Date.now(), client, what, ...more })}\n`)
  }

  refused(name: string): void {
    this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1)
  }

  closed(code: number): void {
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1)
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#file.end(resolve))
  }
}
