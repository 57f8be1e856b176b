/** Sets (`dueMs`, epoch milliseconds) or clears (`null`) the named timer of the entry's conversation. */
export interface TimerChange {
  readonly name: string
  readonly dueMs: number | null
}

/** One turn's whole effect on one conversation, opaque to storage but for its address and timers. */
export interface JournalEntry {
  readonly tenant: string
  readonly cid: string
  /** The conversation's own entry number: 1, 2, 3 … without holes. */
  readonly n: number
  readonly timers?: readonly TimerChange[]
  /** What the owner recorded: msgpack-able. */
  readonly data: unknown
}

/** An entry as read back, with its place in the shard's log. */
export interface StoredEntry extends JournalEntry {
  /** Position in the shard: 1, 2, 3 … without holes. */
  readonly at: number
}

/** Callers split what they append into calls of about this many encoded bytes at most. */
export const APPEND_BYTES_MAX = 8 * 1024 * 1024

/** Proof of ownership: storage refuses any other (compared as a string). */
export type Token = string

export interface Claimed {
  readonly shard: number
  readonly token: Token
  readonly epoch: number
  /** Position of the newest entry, 0 when there is none. */
  readonly tail: number
  /** Everything up to here is in the documents and may be gone from the journal. */
  readonly watermark: number
}

/** What the journal knows of a shard, for whoever thinks of claiming it. */
export interface Holder {
  readonly shard: number
  /** 0: never claimed. */
  readonly epoch: number
  /** Empty when nobody holds it. */
  readonly owner: string
  /** The last holder gave it back. False with an empty `owner`: never claimed, or the journal lost the claim. */
  readonly released: boolean
  readonly tail: number
  /** Milliseconds since the last claim or append, by the journal's own clock. */
  readonly quietMs: number
}

/** A shard whose holder appended or claimed so lately is not taken from it without `force`. */
export const HELD_MS = 1000

export interface ClaimOptions {
  /** By shard: the epoch that the claimer saw. A shard that is at another one now is not granted: somebody was quicker. */
  readonly expected?: ReadonlyMap<number, number>
  /** With `expected`: also a shard whose holder was at work within `HELD_MS`. */
  readonly force?: boolean
  /**
   * By shard: the token that this owner had. Granted where it is the shard's newest still, or where the journal lost that claim and
   * stands at a lower epoch; the new epoch is above both. Not granted where another owner came after it.
   */
  readonly held?: ReadonlyMap<number, Token>
}

/** Entries that the journal lost and their owner still has. */
export interface Restore {
  readonly shard: number
  readonly token: Token
  /** What the owner knows to have been the tail. */
  readonly tail: number
  /** Ascending positions up to `tail`, as they were; those that are missing are in the documents, and set no timers lately. */
  readonly entries: readonly StoredEntry[]
}

export interface AppendBatch {
  readonly shard: number
  readonly token: Token
  /** The tail that the writer believes in. */
  readonly expectedTail: number
  /** The same id as the shard's last batch means: that was this one, its answer was lost. */
  readonly batchId: string
  readonly entries: readonly JournalEntry[]
}

/**
 * `fenced`: another owner holds the shard; stop, reply nothing. `tail`: expectedTail differs; reload.
 * `full`: no room (disk full, budget spent, or a batch above `APPEND_BYTES_MAX` that the adapter cannot write); nothing of the
 * batch was written, try again when there is. One entry above `APPEND_BYTES_MAX` may never fit: the caller refuses it itself.
 * `unavailable`: nothing was written, or it is unknown; settle it by the same batchId.
 */
export type AppendResult =
  | { readonly ok: true; readonly tail: number }
  | { readonly ok: false; readonly reason: 'fenced' | 'tail' | 'full' | 'unavailable'; readonly msg: string }

export interface LiveTimer {
  readonly shard: number
  readonly tenant: string
  readonly cid: string
  readonly name: string
  readonly dueMs: number
}

export interface TrimMark {
  readonly shard: number
  readonly token: Token
  readonly watermark: number
  /**
   * Positions at or below the watermark that are not in the documents after all (a failing tenant's): kept readable, and
   * `Claimed.watermark` stays below the first. Replaces the shard's former list up to the watermark; what a former owner set aside above
   * it stays so. `read` then has holes between them.
   */
  readonly aside?: readonly number[]
}

/**
 * The hot journal: a fenced, ordered log per shard. An entry whose append answered `ok` survives a crash of this process,
 * and with the disk adapter a power cut. Every adapter passes test/conformance/journal.suite.ts.
 */
export interface Journal {
  /**
   * Takes shards, raising the epoch of each durably before it answers. The former owner's token is refused from then on. Without
   * options every shard is granted; with them, those that are not granted are left out of the answer.
   */
  claim(shards: readonly number[], owner: string, options?: ClaimOptions): Promise<readonly Claimed[]>
  /** In the order asked; what cannot be asked at the moment is left out, and where nothing can, it rejects. */
  holders(shards: readonly number[]): Promise<readonly Holder[]>
  /** Gives shards back; their tokens are refused from then on. */
  release(claims: readonly { readonly shard: number; readonly token: Token }[]): Promise<void>
  /**
   * Appends each batch whole or not at all, answers in the order of the batches. One call at a time per journal: the caller
   * groups what arrives meanwhile (group commit) and splits it by bytes. 1 to 4,096 entries a batch; a call should stay within
   * `APPEND_BYTES_MAX` encoded. A larger one is never thrown for: it is appended in several writes, and only a batch that no
   * single write can hold is refused `full` (later ones of its shard `tail`).
   */
  append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]>
  /** Entries of the shard with `at > from`, oldest first; those at or below the watermark may be missing. */
  read(shard: number, from: number): Promise<readonly StoredEntry[]>
  /** Timers of the shard's conversations that are set and due at or before `untilMs` (Infinity: all of them). */
  timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]>
  /** Everything up to each watermark is in the documents: forget it when convenient. Live timers stay. A lower watermark is ignored. */
  trim(marks: readonly TrimMark[]): Promise<void>
  /** Bytes held, for the budget's thresholds. */
  bytes(): number
  /** What they may reach, where the engine behind it knows. */
  bytesMax?(): number
  /**
   * Only journals that can lose what they acknowledged (an engine of their own behind them) have the next two. Writes again, fenced,
   * what is above the journal's tail, at the same positions, and raises the tail; at or below the tail nothing is changed.
   */
  restore?(what: Restore): Promise<AppendResult>
  /** The engine started anew, or another one answers: whatever is owned has to be verified, and restored where it is missing. */
  onReset?(listener: () => void): void
  close(): Promise<void>
}

/** Documents live in named collections of a tenant; the key is an id and a number, ordered by id, then number. */
export type Collection = 'conversations' | 'turns' | 'mids' | 'templates' | 'tenants' | 'users' | 'audit'

export interface DocumentKey {
  readonly id: string
  readonly n: number
}

export interface DocumentWrite extends DocumentKey {
  readonly collection: Collection
  /** msgpack-able; `null` deletes. */
  readonly doc: unknown
  /** Written only over a document with a lower `rev` (or none): makes repeated and reordered flushes harmless. */
  readonly rev?: number
}

export interface StoredDocument extends DocumentKey {
  readonly rev: number
  readonly doc: unknown
}

export interface PageRequest {
  readonly collection: Collection
  /** One id's documents, by number … */
  readonly id?: string
  /** … or all ids of the collection after this one. */
  readonly afterId?: string
  /** Inclusive bounds of the number, with `id`. */
  readonly fromN?: number
  readonly toN?: number
  readonly reverse?: boolean
  /** 1 to 1,000. */
  readonly limit: number
}

/**
 * The document store: per tenant, never across tenants. Every adapter passes test/conformance/documents.suite.ts.
 * Faults are thrown as AppError `storage.unavailable` (retry later), `storage.full` (retry later) or `storage.corrupt` (never).
 */
export interface Documents {
  /** Idempotent bulk upserts, durable when it resolves; at most 10,000 writes. Not atomic across writes; safe to repeat whole. */
  put(tenant: string, writes: readonly DocumentWrite[]): Promise<void>
  get(tenant: string, collection: Collection, key: DocumentKey): Promise<StoredDocument | undefined>
  page(tenant: string, request: PageRequest): Promise<readonly StoredDocument[]>
  /** Tenants that have data here. */
  tenants(): Promise<readonly string[]>
  /** Removes everything of a tenant. */
  drop(tenant: string): Promise<void>
  close(): Promise<void>
}

/**
 * Seam through which every personal value and text passes on its way to journal and documents, keyed by tenant and subject.
 * The identity for now; erasure later destroys the subject's key.
 */
export interface Seal {
  seal(tenant: string, subject: string, data: unknown): unknown
  open(tenant: string, subject: string, sealed: unknown): unknown
}

export const identitySeal: Seal = { seal: (_t, _s, data) => data, open: (_t, _s, sealed) => sealed }

/** What the write-behind knows of the owner's entries: how they look as documents. */
export interface Projection {
  /** Writes for one conversation's consecutive entries; `snapshot` is the owner's state after the last of them. */
  writes(tenant: string, cid: string, entries: readonly StoredEntry[], snapshot: unknown): DocumentWrite[]
  /** After a recovery, when no live snapshot came with the entries: the stored snapshot (or none) and the entries make one. */
  fold(tenant: string, cid: string, base: StoredDocument | undefined, entries: readonly StoredEntry[]): unknown | Promise<unknown>
  /** The same content in memory of its own: an entry that waits for long must not keep alive what others shared with it. */
  apart(data: unknown): unknown
}

/** One conversation's consecutive entries that the documents have now, and the owner's state after the last of them. */
export interface WrittenEntries {
  readonly cid: string
  readonly entries: readonly StoredEntry[]
  readonly snapshot: unknown
}

/**
 * Told of entries when the documents have them and before the journal forgets them, so at least once. What it rejects with, if it may
 * pass, has all of it written and told again.
 */
export interface EntrySink {
  wrote(tenant: string, written: readonly WrittenEntries[]): Promise<void>
}

/** Moves committed entries into the documents, then the journal's watermark. */
export interface WriteBehindPort {
  claimed(claims: readonly Claimed[]): void
  /** Right after a commit. `snapshot` is immutable and kept by reference until it is written or replaced by a newer one. */
  accept(shard: number, at: number, entry: JournalEntry, snapshot: unknown): void
  recovered(shard: number, entries: readonly StoredEntry[]): void
  /** The owner let go of these shards: nothing more of them is written; it is kept for `unflushed`. */
  dropped(shards: ReadonlySet<number>): void
  /**
   * Entries of a shard let go that were not in the documents yet, and those of the last seconds that set timers, ascending, until it is
   * claimed again or forgotten.
   */
  unflushed(shard: number): readonly StoredEntry[]
  /** Somebody else has had these shards since. */
  forget(shards: readonly number[]): void
  /** Entries of a conversation that the documents do not have yet, oldest first. Activation = documents' snapshot + these. */
  tail(tenant: string, cid: string): readonly StoredEntry[]
  /** Share of the budget in use, 0 to 1 and beyond, as the tenant should see it (without one: as all together do): owners refuse new turns at 0.9. */
  pressure(tenant?: string): number
  /** Nothing is written at the moment, since it is not certain that this node may. */
  readonly held: boolean
  /** Everything accepted so far is in the documents and the journal trimmed. */
  flush(): Promise<void>
}
