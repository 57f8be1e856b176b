import { isStoredTenant, TENANT_SHAPE } from '../kernel/ids.ts'
import type { DocumentKey, DocumentWrite, PageRequest } from './port.ts'

export const WRITES_MAX = 10_000
export const PAGE_MAX = 1000
const ID_CHARACTERS_MAX = 200

/*
 * What every documents adapter checks alike. All throw RangeError: callers validate what comes from outside long before,
 * so this is a defect. Tenants become file names and ids become keys, hence the check at the last door too.
 */

export function checkTenant(tenant: string): void {
  if (!isStoredTenant(tenant)) throw new RangeError(`not a tenant (${TENANT_SHAPE})`)
}

export function checkKey(key: DocumentKey): void {
  if (key.id.length < 1 || key.id.length > ID_CHARACTERS_MAX || key.id.includes('\0'))
    throw new RangeError(`a document id has 1..${ID_CHARACTERS_MAX} characters and no NUL`)
  if (!Number.isSafeInteger(key.n) || key.n < 0) throw new RangeError(`a document number is an integer from 0, got ${key.n}`)
}

export function checkWrites(writes: readonly DocumentWrite[]): void {
  if (writes.length > WRITES_MAX) throw new RangeError(`at most ${WRITES_MAX} writes at once, got ${writes.length}`)
  for (const write of writes) checkKey(write)
}

export function checkPage(request: PageRequest): void {
  const { limit } = request
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX)
    throw new RangeError(`a page has 1..${PAGE_MAX} documents, got ${limit}`)
  if (request.id !== undefined) checkKey({ id: request.id, n: 0 })
}
