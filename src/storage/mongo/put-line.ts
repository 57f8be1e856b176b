import { AppError } from '../../kernel/rejection.ts'

/** Puts of one tenant that may wait for the one under way. */
export const WAITING_MAX = 64

interface Line {
  tail: Promise<unknown>
  length: number
}

/** One put of a tenant at a time, in order of arrival, so that no tenant takes the pool for itself. Forgets idle tenants. */
export class PutLine {
  readonly #lines = new Map<string, Line>()
  #waiting = 0

  /** Puts that wait for another of their tenant. */
  get waiting(): number {
    return this.#waiting
  }

  /** `storage.unavailable` when `WAITING_MAX` of the tenant wait already. */
  async run<T>(tenant: string, put: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(tenant) ?? { tail: Promise.resolve(), length: 0 }
    if (line.length > WAITING_MAX)
      throw new AppError('storage.unavailable', `${WAITING_MAX} puts of ${tenant} wait already`, { retry: 'later' })
    this.#lines.set(tenant, line)
    const before = line.length > 0 ? line.tail : undefined
    line.length++
    const running = this.#after(before, put)
    // Whoever comes next waits for the end, whichever it is; the failure is told to the caller of this one.
    line.tail = running.catch(() => undefined)
    try {
      return await running
    } finally {
      line.length--
      if (line.length === 0) this.#lines.delete(tenant)
    }
  }

  async #after<T>(before: Promise<unknown> | undefined, put: () => Promise<T>): Promise<T> {
    if (before !== undefined) {
      this.#waiting++
      await before
      this.#waiting--
    }
    return put()
  }
}
