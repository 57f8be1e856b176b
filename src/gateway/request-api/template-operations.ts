import { type Rejection, reject } from '../../kernel/rejection.ts'
import type { TemplatesLister } from '../http/chat-routes.ts'
import type { Request } from './request.ts'

export interface TemplateOperationsOptions {
  readonly templates: TemplatesLister
  readonly node: string
}

/** What can be asked of a tenant's templates. */
export class TemplateOperations {
  readonly #templates: TemplatesLister
  readonly #node: string

  constructor({ templates, node }: TemplateOperationsOptions) {
    this.#templates = templates
    this.#node = node
  }

  async list({ tenant }: Request): Promise<object> {
    return { templates: await this.#templates(tenant), node: this.#node }
  }

  async get({ tenant, body }: Request<{ readonly template: string }>): Promise<object | Rejection> {
    const found = (await this.#templates(tenant)).find(({ id }) => id === body.template)
    if (found === undefined) return reject('not_found', `no template "${body.template}"`, { field: 'template' })
    return { template: found, node: this.#node }
  }
}
