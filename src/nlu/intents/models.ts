import { IntentModel } from './intent-model.ts'

/**
 * Where trained models are kept: a tenant's own, by version, beside the version of its templates. Bytes come back as they were
 * put; a version is put once.
 */
export interface IntentModelStore {
  put(tenant: string, version: number, bytes: Uint8Array): Promise<void>
  /** That version, or the newest. Undefined when there is none. */
  get(tenant: string, version?: number): Promise<Uint8Array | undefined>
}

export interface IntentModelsOptions {
  readonly store: IntentModelStore
  /** Memory of all open models; the longest unused are closed beyond it. Default 256 MiB. */
  readonly bytesMax?: number
}

const BYTES_MAX = 256 * 2 ** 20

/** A load that is no longer in the table was overtaken by a newer model and keeps nothing. */
interface Load {
  answer: Promise<IntentModel | undefined>
}

/** A node's open models. Their buffers are shared: give `model.buffer` to a worker, which opens it for itself. */
export class IntentModels {
  readonly #store: IntentModelStore
  readonly #bytesMax: number
  /** `tenant/version`, and `tenant` for the newest; the longest unused first. */
  readonly #open = new Map<string, IntentModel>()
  readonly #loading = new Map<string, Load>()
  #bytes = 0

  constructor(options: IntentModelsOptions) {
    this.#store = options.store
    this.#bytesMax = options.bytesMax ?? BYTES_MAX
  }

  /**
   * The tenant's model in this version, or its newest. Answers at once when it is open, else by a promise, which rejects with
   * the store's error, or with AppError `intents.corrupt` or `intents.stale`.
   */
  of(tenant: string, version?: number): IntentModel | undefined | Promise<IntentModel | undefined> {
    const key = keyOf(tenant, version)
    const open = this.#open.get(key)
    if (open !== undefined) {
      this.#open.delete(key)
      this.#open.set(key, open)
      return open
    }
    const running = this.#loading.get(key)
    if (running !== undefined) return running.answer
    const load: Load = { answer: Promise.resolve(undefined) }
    this.#loading.set(key, load)
    load.answer = this.#load(load, tenant, version)
    return load.answer
  }

  /** Stores a model and, when it is the newest, answers with it from now on. */
  async publish(model: IntentModel): Promise<void> {
    const { tenant, version } = model.header
    await this.#store.put(tenant, version, new Uint8Array(model.buffer))
    const newest = this.#open.get(keyOf(tenant))
    if (newest === undefined) this.#loading.delete(keyOf(tenant))
    else if (newest.header.version < version) this.#keep(keyOf(tenant), model)
  }

  async #load(load: Load, tenant: string, version: number | undefined): Promise<IntentModel | undefined> {
    const key = keyOf(tenant, version)
    try {
      const bytes = await this.#store.get(tenant, version)
      if (bytes === undefined) return undefined
      const model = IntentModel.open(bytes)
      if (this.#loading.get(key) === load) this.#keep(key, model)
      return model
    } finally {
      if (this.#loading.get(key) === load) this.#loading.delete(key)
    }
  }

  #keep(key: string, model: IntentModel): void {
    this.#close(key)
    this.#open.set(key, model)
    this.#bytes += model.buffer.byteLength
    for (const oldest of this.#open.keys()) {
      if (this.#bytes <= this.#bytesMax || oldest === key) return
      this.#close(oldest)
    }
  }

  #close(key: string): void {
    const model = this.#open.get(key)
    if (model === undefined) return
    this.#open.delete(key)
    this.#bytes -= model.buffer.byteLength
  }
}

function keyOf(tenant: string, version?: number): string {
  return version === undefined ? tenant : `${tenant}/${version}`
}
