import { Worker } from 'node:worker_threads'
import type { Cancel, Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import { IntentModel } from './intent-model.ts'
import { checkIntentSet, type IntentFault, type IntentSet } from './intent-set.ts'

export interface IntentTrainerOptions {
  /** Trainings at a time, each in a thread of its own. Default 1. */
  readonly workers?: number
  /** Trainings that may wait; more are refused `full`. Default 16. */
  readonly queueMax?: number
  /** Trainings of one tenant, running and waiting; more are refused `full`. Default 2. */
  readonly perTenantMax?: number
  /** A training that runs longer is ended. Default 5 minutes. */
  readonly trainMs?: number
  readonly clock: Clock
  readonly log: Log
  /** The worker's module; tests give their own. */
  readonly worker?: URL
}

export interface TrainRequestOptions {
  /** Default 1. The same set and seed give the same bytes. */
  readonly seed?: number
  /** Ends the training, whether it waits or runs. */
  readonly signal?: AbortSignal
  /** From 0 to 1, rising, at most a hundred times. */
  readonly onProgress?: (share: number) => void
}

/** `invalid`: the set has faults. `full`: too many trainings wait. `late`: it took too long. `failed`: the worker died. */
export interface TrainRefusal {
  readonly refused: 'invalid' | 'full' | 'cancelled' | 'late' | 'failed'
  readonly msg: string
  /** Of an invalid set. */
  readonly faults: readonly IntentFault[]
}

export interface Trained {
  readonly model: IntentModel
  /** CPU time of the worker, its start included. */
  readonly cpuMs: number
}

export type TrainAnswer = Trained | TrainRefusal

/** What a worker is started with. */
export interface TrainTask {
  readonly set: IntentSet
  readonly seed: number
}

/** What a worker tells: its progress, at last the model. */
export type TrainerMessage = { readonly progress: number } | { readonly model: SharedArrayBuffer; readonly cpuMs: number }

interface Job {
  readonly task: TrainTask
  readonly options: TrainRequestOptions
  readonly answer: (answer: TrainAnswer) => void
  /** Ends the job with a refusal, in whatever state it is. */
  readonly end: (refusal: TrainRefusal) => void
  worker: Worker | undefined
  timer: Cancel | undefined
}

const DEFAULTS = { workers: 1, queueMax: 16, perTenantMax: 2, trainMs: 300_000 } as const
const WORKER_HEAP_MB = 512

const refusal = (refused: TrainRefusal['refused'], msg: string, faults: readonly IntentFault[] = []): TrainRefusal => ({
  refused,
  msg,
  faults,
})

/** The worker's module beside this one, as TypeScript or, where published, as JavaScript. */
function defaultWorker(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './trainer-worker.ts' : './trainer-worker.js', import.meta.url)
}

/**
 * Trains models in worker threads of low priority, in the order of the requests, one thread for each training. The promises
 * never reject; a refused training leaves nothing behind.
 */
export class IntentTrainer {
  readonly #options: Required<Omit<IntentTrainerOptions, 'worker'>> & { readonly worker: URL }
  readonly #waiting: Job[] = []
  readonly #running = new Set<Job>()
  #closed = false

  constructor(options: IntentTrainerOptions) {
    this.#options = { ...DEFAULTS, worker: defaultWorker(), ...options }
  }

  train(set: IntentSet, options: TrainRequestOptions = {}): Promise<TrainAnswer> {
    const faults = checkIntentSet(set)
    const first = faults[0]
    if (first !== undefined) return Promise.resolve(refusal('invalid', `${first.field}: ${first.msg}`, faults))
    if (options.signal?.aborted) return Promise.resolve(refusal('cancelled', 'the training was cancelled'))
    if (this.#closed || this.#waiting.length >= this.#options.queueMax || this.#countOf(set.tenant) >= this.#options.perTenantMax)
      return Promise.resolve(refusal('full', this.#closed ? 'training is closing' : 'too many trainings are waiting'))
    return new Promise((resolve) => {
      this.#waiting.push(this.#jobOf(set, options, resolve))
      this.#next()
    })
  }

  /** Ends what runs and refuses what waits, each with `full`. Resolves when no thread is left. */
  async close(): Promise<void> {
    this.#closed = true
    const workers = [...this.#running].map((job) => job.worker)
    for (const job of [...this.#waiting, ...this.#running]) job.end(refusal('full', 'training is closing'))
    await Promise.all(workers.map((worker) => worker?.terminate()))
  }

  #countOf(tenant: string): number {
    return [...this.#waiting, ...this.#running].filter((job) => job.task.set.tenant === tenant).length
  }

  #jobOf(set: IntentSet, options: TrainRequestOptions, resolve: (answer: TrainAnswer) => void): Job {
    const { signal, seed = 1 } = options
    let answered = false
    const cancelled = (): void => job.end(refusal('cancelled', 'the training was cancelled'))
    const job: Job = {
      task: { set, seed },
      options,
      answer: (answer) => {
        if (answered) return
        answered = true
        signal?.removeEventListener('abort', cancelled)
        this.#leave(job)
        resolve(answer)
        this.#next()
      },
      end: (why) => {
        const { worker } = job
        job.answer(why)
        worker?.terminate().catch((error: unknown) => this.#warn(job, 'ending a training worker failed', error))
      },
      worker: undefined,
      timer: undefined,
    }
    signal?.addEventListener('abort', cancelled)
    return job
  }

  #leave(job: Job): void {
    job.timer?.()
    this.#running.delete(job)
    const at = this.#waiting.indexOf(job)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  #next(): void {
    while (!this.#closed && this.#running.size < this.#options.workers) {
      const job = this.#waiting.shift()
      if (job === undefined) return
      this.#running.add(job)
      this.#start(job)
    }
  }

  #start(job: Job): void {
    const { trainMs, clock } = this.#options
    const worker = this.#workerFor(job)
    if (worker === undefined) return
    job.worker = worker
    job.timer = clock.setTimer(trainMs, () => job.end(refusal('late', 'the training took too long')))
    worker.on('message', (message: TrainerMessage) => {
      if ('progress' in message) job.options.onProgress?.(message.progress)
      else this.#finish(job, message)
    })
    worker.on('error', (error) => {
      this.#warn(job, 'a training worker died', error)
      job.answer(refusal('failed', 'the training worker died'))
    })
    worker.on('exit', () => job.answer(refusal('failed', 'the training worker ended without a model')))
  }

  /** Undefined where no thread starts, or the set cannot be sent to one: the job is refused. */
  #workerFor(job: Job): Worker | undefined {
    try {
      return new Worker(this.#options.worker, {
        workerData: job.task,
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
      })
    } catch (error) {
      this.#warn(job, 'a training worker did not start', error)
      job.answer(refusal('failed', 'the training worker did not start'))
      return undefined
    }
  }

  #finish(job: Job, { model, cpuMs }: { readonly model: SharedArrayBuffer; readonly cpuMs: number }): void {
    try {
      job.answer({ model: IntentModel.open(model), cpuMs })
    } catch (error) {
      this.#warn(job, 'a trained model cannot be read', error)
      job.answer(refusal('failed', 'the trained model cannot be read'))
    }
  }

  #warn(job: Job, msg: string, error: unknown): void {
    const { tenant, version } = job.task.set
    this.#options.log.warn({ tenant, version, fault: error instanceof Error ? error.name : 'unknown' }, msg)
  }
}
