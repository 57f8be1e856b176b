import { type Clock, systemClock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import { type Counter, type Histogram, noMetrics } from '../../kernel/metrics.ts'
import type {
  AppendBatch,
  AppendResult,
  Claimed,
  ClaimOptions,
  Holder,
  Journal,
  LiveTimer,
  Restore,
  StoredEntry,
  Token,
  TrimMark,
} from '../port.ts'
import { ENTRIES_PER_BATCH_MAX, ShardTable } from '../shard-table.ts'
import { type AppendPart, isFull, refusalOf, restoreCalls, resultOf, wavesOf } from './append-calls.ts'
import { APPEND, RESTORE, TRIM } from './append-scripts.ts'
import { claimedOf, holderOf } from './claim-replies.ts'
import { CLAIM, HOLDERS, RELEASE } from './claim-scripts.ts'
import type { Reply } from './connection.ts'
import { Dispatch } from './dispatch.ts'
import { endpointOf } from './endpoint.ts'
import { keysOf, type ShardKeys } from './keys.ts'
import { Masters } from './masters.ts'
import type { RedisNode } from './node.ts'
import { checkSettings, reachAll } from './opening.ts'
import { DEFAULTS, type RedisJournalOptions } from './options.ts'
import type { Script } from './script.ts'
import { askShards, callsOf } from './shard-calls.ts'
import { ShardReads } from './shard-reads.ts'

/** Of a large call's later parts, when the earlier ones took all the time. */
const LATE: AppendResult = { ok: false, reason: 'unavailable', msg: 'Redis took too long for what came before it in this call' }
const LOOK_EVERY_MS = 1000
const SCRIPTS: readonly Script[] = [APPEND, RESTORE, TRIM, CLAIM, HOLDERS, RELEASE]
const SECONDS = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1]
const ENTRIES = [1, 4, 16, 64, 256, 1024, 4096]

/**
 * The journal in Redis 7 or newer, one server or a cluster. An append is one script call per slot tag and goes to each master at the
 * same time; what one master does not answer is `unavailable` alone. With options, `claim` leaves out what could not be asked, and
 * `holders` does so always; both reject, as everything else, with AppError `storage.unavailable` when nothing could be asked.
 * What an acknowledged append survives is as Redis is set up: `open` tells where that is less than a power cut.
 */
export class RedisJournal implements Journal {
  readonly #keys: readonly ShardKeys[]
  readonly #masters: Masters
  readonly #dispatch: Dispatch
  readonly #reads: ShardReads
  readonly #clock: Clock
  readonly #appendTimeoutMs: number
  readonly #bytesMax: number
  readonly #listeners: (() => void)[]
  readonly #appendSeconds: Histogram
  readonly #callEntries: Histogram
  readonly #full: Counter
  readonly #unavailable: Counter
  #cancelLook: () => void = () => undefined
  #closed = false

  private constructor(keys: readonly ShardKeys[], masters: Masters, listeners: (() => void)[], options: RedisJournalOptions) {
    this.#keys = keys
    this.#masters = masters
    this.#dispatch = new Dispatch(masters)
    this.#reads = new ShardReads(keys, masters)
    this.#listeners = listeners
    this.#clock = options.clock ?? systemClock
    this.#appendTimeoutMs = options.appendTimeoutMs ?? DEFAULTS.appendTimeoutMs
    this.#bytesMax = options.bytesMax ?? Number.POSITIVE_INFINITY
    const metrics = options.metrics ?? noMetrics
    this.#appendSeconds = metrics.histogram('parley_journal_commit_seconds', 'Write and sync of one group', SECONDS)
    this.#callEntries = metrics.histogram('parley_journal_call_entries', 'Entries in one script call', ENTRIES)
    this.#full = metrics.counter('parley_journal_full_total', 'Groups refused because there was no room')
    this.#unavailable = metrics.counter('parley_journal_unavailable_total', 'Script calls of appends that Redis did not answer')
    metrics.observed('parley_journal_bytes', 'Bytes of log held', () => this.bytes())
  }

  /**
   * Resolves when every master can be used. AppError `storage.unavailable` when one cannot within five seconds, `storage.config` when
   * Redis is set up so that it would lose entries.
   */
  static async open(options: RedisJournalOptions): Promise<RedisJournal> {
    const { clock = systemClock, log = silentLog, metrics = noMetrics, waitReplicas = 0, ca } = options
    const keys = keysOf(options.keyPrefix ?? DEFAULTS.keyPrefix)
    const listeners: (() => void)[] = []
    const seeds = options.urls.map((url) => endpointOf(url, ca))
    const masters = new Masters(seeds, {
      scripts: SCRIPTS,
      appendTimeoutMs: options.appendTimeoutMs ?? DEFAULTS.appendTimeoutMs,
      waitReplicas,
      clock,
      log,
      reconnects: metrics.counter('parley_journal_reconnects_total', 'Connections to Redis made anew'),
      reloads: metrics.counter('parley_journal_script_reloads_total', 'Times that Redis had forgotten the scripts'),
      onReset: () => {
        log.warn({}, 'another Redis answers than before, or it started anew: what is owned is verified')
        for (const listener of listeners) listener()
      },
      onLost: () => log.warn({}, 'a connection of the journal to Redis was lost; it is made anew'),
    })
    try {
      await reachAll(masters, clock)
      for (const node of masters.holding) await checkSettings(node, waitReplicas, log)
    } catch (error) {
      masters.close()
      throw error
    }
    const journal = new RedisJournal(keys, masters, listeners, options)
    journal.#look()
    return journal
  }

  async claim(shards: readonly number[], owner: string, options?: ClaimOptions): Promise<readonly Claimed[]> {
    const args = (shard: number): string[] => [
      String(options?.expected?.get(shard) ?? ''),
      options?.held?.get(shard) ?? '',
      options?.force === true ? '1' : '',
    ]
    const calls = callsOf(this.#keys, shards, { script: CLAIM, first: [owner], args })
    const found = await askShards(this.#dispatch, calls, { partly: options !== undefined, answer: claimedOf, wait: true })
    return [...new Set(shards)].flatMap((shard) => found.get(shard) ?? [])
  }

  /** Shards whose master does not answer are left out. */
  async holders(shards: readonly number[]): Promise<readonly Holder[]> {
    const calls = callsOf(this.#keys, shards, { script: HOLDERS })
    const found = await askShards(this.#dispatch, calls, { partly: true, answer: holderOf })
    return shards.flatMap((shard) => found.get(shard) ?? [])
  }

  async release(claims: readonly { readonly shard: number; readonly token: Token }[]): Promise<void> {
    const tokens = new Map(claims.map(({ shard, token }) => [shard, token]))
    const args = (shard: number): string[] => [tokens.get(shard) ?? '']
    await askShards(this.#dispatch, callsOf(this.#keys, [...tokens.keys()], { script: RELEASE, args }))
  }

  async append(batches: readonly AppendBatch[]): Promise<readonly AppendResult[]> {
    for (const { shard, entries } of batches) {
      ShardTable.check(shard)
      if (entries.length < 1 || entries.length > ENTRIES_PER_BATCH_MAX)
        throw new RangeError(`a batch has 1..${ENTRIES_PER_BATCH_MAX} entries, got ${entries.length}`)
    }
    const refusal = this.#refusal()
    if (refusal !== undefined) return batches.map(() => refusal)
    const results = new Array<AppendResult>(batches.length)
    const waves = wavesOf(this.#keys, batches, (place, bytes) => {
      results[place] = { ok: false, reason: 'full', msg: `a batch of ${bytes} bytes fits no call to Redis` }
    })
    const startedMs = this.#clock.mono()
    for (const wave of waves) {
      if (this.#clock.mono() - startedMs < this.#appendTimeoutMs) await this.#append(wave, batches, results)
      else for (const { places } of wave) for (const place of places) results[place] = LATE
    }
    this.#appendSeconds.observe((this.#clock.mono() - startedMs) / 1000)
    return results
  }

  read(shard: number, from: number): Promise<readonly StoredEntry[]> {
    return this.#reads.entries(shard, from)
  }

  timers(shard: number, untilMs: number): Promise<readonly LiveTimer[]> {
    return this.#reads.timers(shard, untilMs)
  }

  async trim(marks: readonly TrimMark[]): Promise<void> {
    const byShard = new Map(marks.map((mark) => [mark.shard, mark]))
    const args = (shard: number): string[] => {
      const { token, watermark, aside = [] } = byShard.get(shard) as TrimMark
      return [token, String(watermark), String(aside.length), ...[...aside].sort((a, b) => a - b).map(String)]
    }
    const keys = ({ meta, log, side }: ShardKeys): string[] => [meta, log, side]
    await askShards(this.#dispatch, callsOf(this.#keys, [...byShard.keys()], { script: TRIM, keys, args }))
  }

  async restore(what: Restore): Promise<AppendResult> {
    ShardTable.check(what.shard)
    let result: AppendResult = { ok: true, tail: what.tail }
    for (const call of restoreCalls(this.#keys[what.shard] as ShardKeys, what)) {
      const [reply] = await this.#dispatch.run([call], 'append', true)
      if (reply === undefined) break
      if (!reply.ok) return refusalOf(reply.fault)
      const [code = 0, tail = 0] = reply.value as readonly number[]
      result = resultOf(what.shard, code, tail)
      if (!result.ok) break
    }
    return result
  }

  onReset(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Memory of the fullest master, times their number; as it was told a second ago, and what was sent since. */
  bytes(): number {
    const nodes = this.#masters.holding
    return nodes.length * Math.max(0, ...nodes.map(({ usedBytes, sentBytes }) => usedBytes + sentBytes))
  }

  /** What `bytes` may reach: the option, or `maxmemory` of the smallest master times their number; Infinity without either. */
  bytesMax(): number {
    const nodes = this.#masters.holding
    return Math.min(this.#bytesMax, nodes.length * Math.min(...nodes.map(({ bytesMax }) => bytesMax)))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelLook()
    this.#masters.close()
  }

  async #append(wave: readonly AppendPart[], batches: readonly AppendBatch[], results: AppendResult[]): Promise<void> {
    const replies = await this.#dispatch.run(wave, 'append', true)
    for (const [index, part] of wave.entries()) {
      const reply = replies[index] as Reply
      this.#callEntries.observe(part.entries)
      if (isFull(reply)) this.#full.inc()
      else if (!reply.ok) this.#unavailable.inc()
      const node = this.#masters.of(part.tag)
      if (node !== undefined) node.sentBytes += part.bytes
      for (const [i, place] of part.places.entries()) {
        const shard = batches[place]?.shard ?? 0
        const pairs = reply.ok ? (reply.value as readonly number[]) : []
        results[place] = reply.ok ? resultOf(shard, pairs[2 * i] ?? 0, pairs[2 * i + 1] ?? 0) : refusalOf(reply.fault)
      }
    }
  }

  #refusal(): AppendResult | undefined {
    if (this.#closed) return { ok: false, reason: 'unavailable', msg: 'the journal is closed' }
    if (this.bytes() < this.#bytesMax) return undefined
    this.#full.inc()
    return { ok: false, reason: 'full', msg: `the journal's budget of ${this.#bytesMax} bytes is spent` }
  }

  /** Every second, never per turn: how full the masters are, and whether they are the same. */
  #look(): void {
    const inspected = this.#masters.holding.map((node: RedisNode) => node.inspect())
    const next = (): void => {
      if (!this.#closed) this.#cancelLook = this.#clock.setTimer(LOOK_EVERY_MS, () => this.#look())
    }
    Promise.all([...inspected, this.#masters.refresh()]).then(next, next)
  }
}
