import { createHash } from 'node:crypto'
import { compile } from '../dialogue/compile.ts'
import type { CompiledTemplate } from '../dialogue/compiled.ts'
import type { Template } from '../dialogue/template.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { AppError } from '../kernel/rejection.ts'
import type { Documents } from '../storage/port.ts'
import type { TemplateStore, TemplateSummary } from './port.ts'

/** Where the factory's templates come from: files for now. */
export interface Factory {
  get(id: string): Template | undefined
  list(): readonly Template[]
}

interface StoredTemplate {
  readonly template: Template
  /** sha-256 of the content, in hex. */
  readonly hash: string
  readonly createdMs: number
}

const CACHE_MAX = 2048

/** TemplateStore over a tenant's documents: collection `templates`, one document per version. */
export class DocumentTemplateStore implements TemplateStore {
  readonly #documents: Documents
  readonly #factory: Factory
  readonly #clock: Clock
  readonly #log: Log
  /** `tenant/id/version`, and `tenant/id` for the newest. Least recently used goes first. */
  readonly #cache = new Map<string, CompiledTemplate>()
  readonly #loading = new Map<string, Promise<CompiledTemplate | undefined>>()

  constructor(options: { documents: Documents; factory: Factory; clock: Clock; log: Log }) {
    this.#documents = options.documents
    this.#factory = options.factory
    this.#clock = options.clock
    this.#log = options.log
  }

  get(tenant: string, id: string, version?: number): CompiledTemplate | undefined | Promise<CompiledTemplate | undefined> {
    const key = version === undefined ? `${tenant}/${id}` : `${tenant}/${id}/${version}`
    const cached = this.#cache.get(key)
    if (cached !== undefined) {
      this.#cache.delete(key)
      this.#cache.set(key, cached)
      return cached
    }
    const running = this.#loading.get(key)
    if (running !== undefined) return running
    const load = this.#load(tenant, id, version)
      .then((template) => {
        if (template) this.#remember(key, template)
        return template
      })
      .finally(() => this.#loading.delete(key))
    this.#loading.set(key, load)
    return load
  }

  async list(tenant: string): Promise<readonly TemplateSummary[]> {
    const summaries = new Map<string, TemplateSummary>()
    for (const template of this.#factory.list()) summaries.set(template.id, summaryOf(template))
    let afterId = ''
    for (;;) {
      const page = await this.#documents.page(tenant, { collection: 'templates', afterId, limit: 1000 })
      for (const { id, doc } of page) {
        const { template } = doc as StoredTemplate
        const known = summaries.get(id)
        if (!known || known.version <= template.version) summaries.set(id, summaryOf(template))
      }
      const last = page.at(-1)
      if (!last || page.length < 1000) break
      afterId = last.id
    }
    return [...summaries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  #remember(key: string, template: CompiledTemplate): void {
    this.#cache.set(key, template)
    if (this.#cache.size <= CACHE_MAX) return
    const [oldest] = this.#cache.keys()
    if (oldest !== undefined) this.#cache.delete(oldest)
  }

  async #load(tenant: string, id: string, version: number | undefined): Promise<CompiledTemplate | undefined> {
    const stored =
      version === undefined
        ? (await this.#documents.page(tenant, { collection: 'templates', id, reverse: true, limit: 1 }))[0]
        : await this.#documents.get(tenant, 'templates', { id, n: version })
    if (stored) return this.#compiled(tenant, (stored.doc as StoredTemplate).template)
    if (version !== undefined && version !== 1) return undefined
    return this.#copy(tenant, id)
  }

  /** First use by this tenant: the factory's template becomes the tenant's version 1. */
  async #copy(tenant: string, id: string): Promise<CompiledTemplate | undefined> {
    const original = this.#factory.get(id)
    if (!original) return undefined
    const hash = contentHash(original)
    const template: Template = {
      ...original,
      version: 1,
      origin: { factoryId: original.id, factoryVersion: original.version, hash },
    }
    // First: a faulty one must not become the tenant's, where mending the file would no longer help.
    const compiled = this.#compiled(tenant, template)
    const doc: StoredTemplate = { template, hash: contentHash(template), createdMs: this.#clock.now() }
    await this.#documents.put(tenant, [{ collection: 'templates', id, n: 1, doc, rev: 1 }])
    this.#log.info({ tenant, template: id, tv: 1 }, 'template copied from the factory')
    return compiled
  }

  #compiled(tenant: string, template: Template): CompiledTemplate {
    const compiled = compile(template)
    if (compiled.ok) return compiled.template
    const first = compiled.faults[0]
    throw new AppError(
      'template.invalid',
      `template ${tenant}/${template.id} v${template.version}: ${first?.path}: ${first?.msg}`,
      {
        retry: 'never',
      },
    )
  }
}

function summaryOf(template: Template): TemplateSummary {
  const { id, version, label, texts, scope, industry } = template
  const data = template.data.map((datum) => ({ id: datum.id, label: datum.label ?? {} }))
  return { id, version, label, locales: Object.keys(texts), data, scope, ...(industry === undefined ? undefined : { industry }) }
}

/** sha-256 over the JSON with sorted keys, so that the order in a file does not matter. */
export function contentHash(template: Template): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(template)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
