/** `fail`: every attempt was refused before execution. `unknown`: it may have been executed. */
export type Outcome = 'ok' | 'fail' | 'unknown'

/** One message of a client, over all its attempts. */
export interface SendRecord {
  readonly tenant: string
  readonly cid: string
  readonly client: string
  readonly mid: string
  readonly invokedMs: number
  attempts: number
  endedMs: number | undefined
  outcome: Outcome | undefined
  seq: number | undefined
}

/** A stretch of a conversation that a client got without a break; a new one begins where a gap was told. */
export interface StreamRecord {
  readonly tenant: string
  readonly cid: string
  readonly client: string
  /** `eventKey`s, the first of them with seq `from`. */
  readonly from: number
  readonly keys: string[]
}

/** What the clients saw. */
export class ClientHistory {
  readonly sends: SendRecord[] = []
  readonly streams: StreamRecord[] = []
  /** Refusals by code. */
  readonly rejections = new Map<string, number>()
  readonly counts = { opens: 0, joins: 0, rejoins: 0, reads: 0, pushes: 0, gaps: 0, reconnects: 0 }

  rejected(code: string): void {
    this.rejections.set(code, (this.rejections.get(code) ?? 0) + 1)
  }
}
