import { Piscina } from 'piscina'
import type { SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Cancel, Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Counter, Histogram, Metrics } from '../../kernel/metrics.ts'
import { isSmallPattern } from '../extract/pattern-cache.ts'
import type { InlineNlu } from '../inline.ts'
import type { Nlu, NluAnswer, NluRefusal, NluRequest } from '../port.ts'
import { Costs } from './costs.ts'
import { FairQueue } from './fair-queue.ts'
import { type Call, type Entry, Pending } from './pending.ts'
import { Watch } from './watch.ts'
import { encodeRequest, type WorkerAnswer, type WorkerTask } from './wire.ts'

export interface PooledNluOptions {
  /** Interprets what is cheap, on the caller's thread. */
  readonly inline: InlineNlu
  /** Worker threads, at least 1. */
  readonly workers: number
  /** Requests that may wait for a worker; beyond it the tenant with the longest line is refused `full`. */
  readonly queueMax: number
  /** Requests in one batch. Default 32. */
  readonly batchMax?: number
  /**
   * What one batch may take by the averages of its tenants, so that nobody waits long behind a batch of another's. Default 2 ms.
   */
  readonly batchCostMs?: number
  /** Longest wait for a batch to fill. Default 1 ms. */
  readonly batchMs?: number
  /** Longer texts go to a worker. Default 500 UTF-16 units. */
  readonly inlineCharsMax?: number
  /** Upper bound of every request's own deadline, in milliseconds. */
  readonly deadlineMs: number
  /** A worker that spends longer on one request is killed and replaced, in milliseconds. */
  readonly killAfterMs: number
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** The worker's module; tests give their own. */
  readonly worker?: URL
}

export interface PooledNlu extends Nlu {
  /** Starts the workers and loads what is loaded at first use; otherwise the first long text waits for that. */
  warm(): void
  /** For operators: how full it is now. */
  numbers(): { readonly workers: number; readonly running: number; readonly queued: number; readonly queueMax: number }
}

const DEFAULTS = { batchMax: 32, batchCostMs: 2, batchMs: 1, inlineCharsMax: 500 } as const
/** A request whose worker died this often without being at fault is given up. */
const STARTS_MAX = 3
const WORKER_HEAP_MB = 256
/** Entries of a list that is looked through on the caller's thread: building the index of 5,000 takes up to 90 ms. */
const LIST_INLINE_MAX = 1_000
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32] as const

const FULL: NluRefusal = { refused: 'full', msg: 'interpretation queue is full' }
const CLOSED: NluRefusal = { refused: 'full', msg: 'interpretation is closing' }
const KILLED: NluRefusal = { refused: 'killed', msg: 'interpretation took too long and was stopped' }
const FAILED: NluRefusal = { refused: 'failed', msg: 'the interpreting worker died' }

/** One batch on its worker. */
interface Run {
  readonly entries: readonly Entry[]
  readonly progress: Int32Array
  readonly abort: AbortController
  watch: Watch | undefined
  killed: boolean
}

/** The worker's module beside this one, as TypeScript or, where published, as JavaScript. */
function defaultWorker(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
}

/**
 * Interprets cheap requests at once and sends dear ones (long texts, tenants' larger patterns, long lists) to worker threads in batches,
 * each tenant in turn. A call
 * with nothing dear answers with an array; otherwise with a promise that never rejects. A worker that overruns is killed:
 * the request it was at is refused `killed`, the rest of its batch runs again on another worker.
 */
export function createPooledNlu(options: PooledNluOptions): PooledNlu {
  return new Pool(options)
}

class Pool implements PooledNlu {
  readonly #options: PooledNluOptions
  readonly #batchMax: number
  readonly #inlineCharsMax: number
  readonly #batchCostMs: number
  readonly #queue: FairQueue<Entry>
  readonly #costs = new Costs()
  /** Entries of a batch whose worker died; first in line. */
  #again: Entry[] = []
  readonly #runs = new Set<Run>()
  readonly #pending: Pending
  #threads: Piscina<WorkerTask, WorkerAnswer> | undefined
  #flush: Cancel | undefined
  #closing: Promise<void> | undefined
  #quiet: (() => void) | undefined
  readonly #outcomes: ReadonlyMap<string, Counter>
  readonly #batchSize: Histogram

  constructor(options: PooledNluOptions) {
    this.#options = options
    this.#batchMax = options.batchMax ?? DEFAULTS.batchMax
    this.#inlineCharsMax = options.inlineCharsMax ?? DEFAULTS.inlineCharsMax
    this.#batchCostMs = options.batchCostMs ?? DEFAULTS.batchCostMs
    this.#queue = new FairQueue(options.queueMax)
    const { metrics } = options
    const outcomes = ['answered', 'full', 'late', 'killed', 'failed']
    const help = 'Requests given to interpretation workers, by outcome'
    this.#outcomes = new Map(
      outcomes.map((outcome) => [outcome, metrics.counter('parley_nlu_pool_requests_total', help, { outcome })]),
    )
    this.#batchSize = metrics.histogram('parley_nlu_pool_batch_requests', 'Requests in one batch for a worker', BATCH_BUCKETS)
    metrics.observed('parley_nlu_pool_queue', 'Requests that wait for an interpretation worker', () => this.#queue.size)
    metrics.observed('parley_nlu_pool_tenants', 'Tenants with requests that wait for a worker', () => this.#queue.tenants)
    this.#pending = new Pending(options.clock, () => this.#count('late'))
  }

  warm(): void {
    this.#options.inline.warm()
    this.#pool()
  }

  numbers(): ReturnType<PooledNlu['numbers']> {
    const { workers, queueMax } = this.#options
    return { workers, running: this.#runs.size, queued: this.#queue.size + this.#again.length, queueMax }
  }

  interpret(batch: readonly NluRequest[]): readonly NluAnswer[] | Promise<readonly NluAnswer[]> {
    let dear = 0
    for (let i = 0; i < batch.length; i++) if (this.#isDear(batch[i] as NluRequest)) dear++
    if (dear === 0) return this.#options.inline.interpret(batch)
    const { promise, resolve } = Promise.withResolvers<readonly NluAnswer[]>()
    const call: Call = { answers: new Array<NluAnswer>(batch.length), left: batch.length, resolve }
    batch.forEach((request, index) => {
      if (this.#isDear(request)) this.#enqueue(call, request, index)
      else this.#settle(call, index, this.#options.inline.interpret([request])[0] as NluAnswer)
    })
    return promise
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  #isDear(request: NluRequest): boolean {
    if (request.text.length > this.#inlineCharsMax) return true
    for (const alternative of request.alternatives) if (alternative.text.length > this.#inlineCharsMax) return true
    return hasDearSlot(request)
  }

  #settle(call: Call, index: number, answer: NluAnswer): void {
    call.answers[index] = answer
    call.left--
    if (call.left === 0) call.resolve(call.answers)
  }

  #enqueue(call: Call, request: NluRequest, index: number): void {
    const deadlineAt = this.#options.clock.mono() + Math.min(request.deadlineMs, this.#options.deadlineMs)
    const entry: Entry = { request, call, index, deadlineAt, starts: 0, done: false }
    if (this.#closing !== undefined) {
      this.#refuse(entry, CLOSED)
      return
    }
    if (!this.#queueUp(entry)) return
    this.#pending.add(entry)
    if (this.#queue.size >= this.#batchMax) this.#pump()
    else this.#flush ??= this.#options.clock.setTimer(this.#options.batchMs ?? DEFAULTS.batchMs, () => this.#pump())
  }

  /** False where the queue has no place for it: it is refused, unless it made another give way. */
  #queueUp(entry: Entry): boolean {
    const displaced = this.#queue.push(entry)
    if (displaced !== undefined) this.#refuse(displaced, FULL)
    return displaced !== entry
  }

  #refuse(entry: Entry, refusal: NluRefusal): void {
    this.#count(refusal.refused)
    this.#pending.answer(entry, refusal)
  }

  /** Gives batches to the workers that are free. */
  #pump(): void {
    this.#flush?.()
    this.#flush = undefined
    while (this.#runs.size < this.#options.workers) {
      const entries = this.#take()
      if (entries.length === 0) return
      this.#start(entries)
    }
  }

  /**
   * One batch. What was in the batch of a worker that died runs alone: whoever killed that one cannot take it along again. A request
   * of a tenant whose requests take long begins a batch and joins none, as answers come when the whole batch is through.
   */
  #take(): Entry[] {
    const again = this.#takeAgain()
    if (again !== undefined) return [again]
    const entries: Entry[] = []
    let costMs = 0
    while (entries.length < this.#batchMax) {
      const next = this.#queue.peek()
      if (next === undefined) break
      costMs += this.#costs.of(next.request.tenant)
      if (entries.length > 0 && costMs > this.#batchCostMs) break
      entries.push(this.#queue.shift() as Entry)
    }
    return entries
  }

  #takeAgain(): Entry | undefined {
    for (let entry = this.#again.shift(); entry !== undefined; entry = this.#again.shift()) if (!entry.done) return entry
    return undefined
  }

  #start(entries: readonly Entry[]): void {
    const { clock, killAfterMs } = this.#options
    const progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const run: Run = { entries, progress, abort: new AbortController(), watch: undefined, killed: false }
    for (const entry of entries) entry.starts++
    this.#runs.add(run)
    this.#batchSize.observe(entries.length)
    run.watch = new Watch(clock, progress, entries.length, killAfterMs, () => this.#kill(run))
    const task: WorkerTask = { requests: entries.map((entry) => encodeRequest(entry.request)), progress }
    this.#pool()
      .run(task, { signal: run.abort.signal })
      .then(
        (answer) => this.#finish(run, answer),
        (error: unknown) => this.#died(run, error),
      )
  }

  #kill(run: Run): void {
    run.killed = true
    run.abort.abort()
  }

  #finish(run: Run, { answers, tookMs }: WorkerAnswer): void {
    run.entries.forEach((entry, i) => {
      this.#costs.add(entry.request.tenant, tookMs[i] ?? 0)
      if (entry.done) return
      this.#count('answered')
      this.#pending.answer(entry, answers[i] ?? FAILED)
    })
    this.#end(run)
  }

  /** The request that the worker was at is refused; the others run again, those of its tenant when their turn comes. */
  #died(run: Run, error: unknown): void {
    const guilty = Atomics.load(run.progress, 0) - 1
    const at = run.entries[guilty]?.request
    const { log } = this.#options
    run.entries.forEach((entry, i) => {
      if (entry.done) return
      if (i === guilty) {
        this.#count(run.killed ? 'killed' : 'failed')
        if (run.killed) this.#costs.add(entry.request.tenant, this.#options.killAfterMs)
        this.#pending.answer(entry, run.killed ? KILLED : FAILED)
      } else if (entry.starts >= STARTS_MAX && guilty < 0) {
        this.#count('failed')
        this.#pending.answer(entry, FAILED)
      } else if (this.#closing !== undefined) this.#pending.answer(entry, CLOSED)
      else if (entry.request.tenant === at?.tenant) this.#queueUp(entry)
      else this.#again.push(entry)
    })
    const fault = error instanceof Error ? error.name : 'unknown'
    log.warn(
      { tenant: at?.tenant, cid: at?.cid, chars: at?.text.length, expectations: at?.expectations.key, killed: run.killed, fault },
      run.killed ? 'interpretation worker killed: it overran' : 'interpretation worker died',
    )
    this.#end(run)
  }

  #end(run: Run): void {
    run.watch?.stop()
    this.#runs.delete(run)
    if (this.#closing === undefined) this.#pump()
    else if (this.#runs.size === 0) this.#quiet?.()
  }

  async #close(): Promise<void> {
    this.#flush?.()
    for (const entry of [...this.#again, ...this.#queue.drain()]) this.#pending.answer(entry, CLOSED)
    this.#again = []
    if (this.#runs.size > 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#quiet = resolve
      await promise
    }
    this.#pending.stop()
    await this.#threads?.destroy()
    await this.#options.inline.close()
  }

  #pool(): Piscina<WorkerTask, WorkerAnswer> {
    if (this.#threads !== undefined) return this.#threads
    const { workers, worker } = this.#options
    const threads = new Piscina<WorkerTask, WorkerAnswer>({
      filename: (worker ?? defaultWorker()).href,
      minThreads: workers,
      maxThreads: workers,
      maxQueue: workers * 2,
      idleTimeout: Number.POSITIVE_INFINITY,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
      recordTiming: false,
    })
    threads.on('error', (error: unknown) => this.#broken(error))
    this.#threads = threads
    return threads
  }

  /** A worker died with no batch in hand, which is mostly while it loads: batches that no worker began are tried again. */
  #broken(error: unknown): void {
    this.#options.log.error({ fault: error instanceof Error ? error.name : 'unknown' }, 'an interpretation worker did not start')
    for (const run of [...this.#runs]) if (Atomics.load(run.progress, 0) === 0) run.abort.abort()
  }

  #count(outcome: string): void {
    this.#outcomes.get(outcome)?.inc()
  }
}

/** A pattern that is not small, or a list whose index takes long to build: both belong onto a worker. */
function hasDearSlot({ tenant, text, alternatives, expectations }: NluRequest): boolean {
  const { slots } = expectations
  let chars = text.length
  for (const alternative of alternatives) chars += alternative.text.length
  for (let i = 0; i < slots.length; i++) {
    const { pattern, values } = (slots[i] as SlotExpectation).contract
    if (values !== undefined && values !== null && values.length > LIST_INLINE_MAX) return true
    if (pattern !== undefined && pattern !== null && !isSmallPattern(tenant, pattern, chars)) return true
  }
  return false
}
