import type { CompiledTemplate } from '../dialogue/compiled.ts'

export interface TemplateSummary {
  readonly id: string
  readonly version: number
  readonly label: Readonly<Record<string, string>>
  readonly locales: readonly string[]
  /** In asking order; `label` by locale, without entries where the template gives the datum none. */
  readonly data: readonly { readonly id: string; readonly label: Readonly<Record<string, string>> }[]
  readonly scope: 'universal' | 'industry'
  readonly industry?: string
}

/**
 * A tenant's templates. They are copies in the tenant's own documents, made from the factory at first use; a changed factory
 * file never touches them. Compiled templates are immutable and shared.
 */
export interface TemplateStore {
  /**
   * The template in this version, or the tenant's newest. Undefined when the tenant has none of that name. Answers at once
   * from the cache, else by a promise, which rejects with an AppError when the documents cannot be read.
   */
  get(tenant: string, id: string, version?: number): CompiledTemplate | undefined | Promise<CompiledTemplate | undefined>
  list(tenant: string): Promise<readonly TemplateSummary[]>
}
