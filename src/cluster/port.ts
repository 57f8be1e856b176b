import type { Claimed } from '../storage/port.ts'

/** A message as a subscriber gets it. */
export interface BusMessage {
  readonly subject: string
  /** Valid only while the handler runs, unless copied. */
  readonly data: Uint8Array
  /** Where an answer is expected. */
  readonly reply?: string
  /** Keys as they were sent; each with its first value. */
  readonly headers?: ReadonlyMap<string, string>
  /** The broker's answer to a message with `reply` that nobody subscribes to: its `data` is empty. */
  readonly noResponders?: boolean
}

/** Why a request has no answer. `no_responders`: nobody got it. `timeout`: unknown. `closed`: this side is not connected. */
export type BusFault = 'no_responders' | 'timeout' | 'closed'

export interface PublishOptions {
  readonly reply?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Subscription {
  /** No message after it returns; those in flight are lost. */
  unsubscribe(): void
  /** Takes no new messages, hands over those that have reached this process, then resolves. */
  drain(): Promise<void>
}

/**
 * Messages between processes: at most once, in order per publisher and subject while the connection lasts. Subjects are tokens
 * between dots; a subscription may use `*` for one token and `>` for the rest. Every adapter passes
 * test/conformance/bus.suite.ts.
 */
export interface Bus {
  /** Bytes that one message may carry. */
  readonly payloadMax: number
  /** False while the broker cannot be reached: nothing is sent, and nothing is kept for later. */
  readonly connected: boolean
  /**
   * One way. With `reply`, and no subscriber anywhere, a message with `noResponders` comes to that subject. False when nothing
   * was sent (not connected, or too many bytes wait for the broker); RangeError above `payloadMax` or for a bad subject.
   */
  publish(subject: string, data: Uint8Array, options?: PublishOptions): boolean
  /** One answer; rejects with a `BusError` within `timeoutMs`. */
  request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: PublishOptions['headers'] },
  ): Promise<BusMessage>
  /**
   * With `queue`, each message goes to one member of that group. Handlers are called in order and must neither throw nor wait:
   * what they cannot do at once goes into a bounded queue of their own.
   */
  subscribe(subject: string, handler: (message: BusMessage) => void, options?: { readonly queue?: string }): Subscription
  /** Everything published and subscribed before has reached the broker. Rejects with a `BusError`. */
  flush(): Promise<void>
  /** Called on every change of `connected`. After a reconnect all subscriptions stand again; what came meanwhile is lost. */
  onStatus(listener: (connected: boolean) => void): void
  /** What was published is sent; then the connection ends. */
  close(): Promise<void>
}

export class BusError extends Error {
  override readonly name = 'BusError'
  readonly fault: BusFault

  constructor(fault: BusFault, subject: string) {
    super(`${subject}: ${fault}`)
    this.fault = fault
  }
}

/** Who served a shard when the row was written. A hint: the journal's epoch decides. */
export interface ShardRow {
  readonly shard: number
  readonly owner: string
  readonly epoch: number
}

export interface MemberRow {
  /** Incarnation: new at each start of the process. */
  readonly id: string
  /** Name of the node, the same over restarts. */
  readonly node: string
  readonly roles: readonly string[]
  readonly startedMs: number
}

/**
 * Shards and members, for whoever starts or looks: never a lock. Rows may be stale or lost; their writers write them again. All
 * calls reject with an AppError `directory.unavailable` when the store cannot be reached. Every adapter passes
 * test/conformance/directory.suite.ts.
 */
export interface Directory {
  rows(): Promise<readonly ShardRow[]>
  /** A row whose epoch is lower than the stored one is passed over. */
  put(rows: readonly ShardRow[]): Promise<void>
  /** Every row that changes from now on; each call ends what it started. Changes during an outage may be missed. */
  watch(listener: (row: ShardRow) => void): () => void
  members(): Promise<readonly MemberRow[]>
  join(member: MemberRow): Promise<void>
  leave(id: string): Promise<void>
  close(): Promise<void>
}

export interface StreamEvent {
  /** Under `parley.evt.v1.` or `parley.dlq.v1.`, without wildcards. */
  readonly subject: string
  /** The same event has the same id whenever it is published: 1 to 128 printable characters. */
  readonly id: string
  readonly data: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Events for whoever reads along, kept for a while. At least once: what is published again within two minutes under the same id is
 * kept once, later it is kept twice. Every adapter passes test/conformance/event-stream.suite.ts.
 */
export interface EventStream {
  /**
   * 0 to 10,000 events, kept in this order unless a part had to be sent again. Resolves when all are kept. AppError
   * `events.unavailable`: some may be kept, publish all of them again. RangeError for a bad event, before anything is sent.
   */
  publish(events: readonly StreamEvent[]): Promise<void>
  close(): Promise<void>
}

/** 0 (included) to 1 (excluded). The simulator gives a seeded one. */
export type Random = () => number

/** What holds the conversations of this node's shards. */
export interface ShardHost {
  /**
   * Serves these shards from when it resolves: has read what the journal holds above each watermark, and the timers. Rejects when
   * the journal could not be read; then nothing of the call is served and the caller releases or tries again.
   */
  adopt(claims: readonly Claimed[]): Promise<void>
  /**
   * Takes nothing more for these shards (callers are told `no_owner`) and resolves when what was accepted is committed and
   * answered, or after `afterMs`; the rest is refused with `fenced` by the `drop` that follows.
   */
  drain(shards: readonly number[], afterMs: number): Promise<void>
  /** What another host needs to have at hand for these shards, as plain values; small. */
  needs(shards: readonly number[]): unknown
  /** Gets at hand what another host says that its shards need. Never rejects; what it does not know it passes over. */
  prepare(needs: unknown): Promise<void>
  /** Forgets the shards at once: activations, timers; watchers are told `gone`. */
  drop(shards: readonly number[]): void
}

/** What the conversations of this node tell and ask the rest of the cluster. */
export interface Cluster {
  /** This incarnation. */
  readonly self: string
  /** Whether deliveries for the shard run on this node, now. */
  serves(shard: number): boolean
  /** Whether they will in a moment: a claim, a hand-over or a check is under way. */
  expects(shard: number): boolean
  /** Epoch of a shard of this node; 0 of others. */
  epochOf(shard: number): number
  /** Shards that this node owns. */
  readonly owned: number
  /** A live node that is believed to own the shard, with the epoch of that belief. */
  ownerOf(shard: number): { readonly id: string; readonly epoch: number } | undefined
  /** An answer said who owns it. */
  learn(row: ShardRow): void
  /** It does not: until something newer is learnt, nobody does. */
  doubt(shard: number, owner: string): void
  /** Asks the shard's own subject for its owner; `moved` tells when one was learnt. One question at a time per shard. */
  find(shard: number): void
  /** One way, in order, at most once: see `ClusterEvents.gap`. */
  send(to: string, item: unknown): void
  /** A node did not hear what was sent to it: everybody looks whether it is gone. */
  suspect(id: string): void
}

/** Called by the cluster, in this process; none may throw or wait. */
export interface ClusterEvents {
  item(from: string, item: unknown): void
  /** Items of that node were lost, or it began anew. */
  gap(from: string): void
  /** Nobody took what was sent to that node. */
  unheard(to: string): void
  died(id: string): void
  /** Another owner, another epoch, or the same one serving again. */
  moved(shard: number): void
}
