import { ParleyError } from './error.ts'
import type { Labels } from './values.ts'

/** A topic on offer, with the data that it asks for. */
export interface TemplateOffer {
  readonly id: string
  readonly label: Labels
  readonly locales: readonly string[]
  readonly data: readonly { readonly id: string; readonly label: Labels }[]
}

/** The templates that this user may open, from a server's base URL (`http://127.0.0.1:8080`). Throws `ParleyError`. */
export async function fetchTemplates(base: string, token: string): Promise<readonly TemplateOffer[]> {
  const body = (await get(base, '/api/v2/chat/templates', token)) as { readonly templates?: readonly TemplateOffer[] }
  return body.templates ?? []
}

/** A token of the server's development mode, or nothing where there is no such mode. Throws `ParleyError`. */
export async function fetchDevelopmentToken(base: string, user: string): Promise<string | undefined> {
  try {
    const body = (await get(base, `/api/v2/dev/token?user=${encodeURIComponent(user)}`)) as { readonly token?: string }
    return body.token
  } catch (error) {
    if (error instanceof ParleyError && error.code === 404) return undefined
    throw error
  }
}

/** The chat endpoint of a server's base URL. */
export const socketUrl = (base: string): string => `${base.replace(/^http/, 'ws')}/v1/ws`

async function get(base: string, path: string, token?: string): Promise<object> {
  let response: Response
  let body: unknown
  try {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    response = await fetch(base + path, { headers, cache: 'no-store' })
    body = response.headers.get('content-type')?.includes('json') === true ? await response.json() : undefined
  } catch {
    throw new ParleyError('unreachable', 503, `no server answers at ${base}`, { temporary: true })
  }
  if (response.ok) return typeof body === 'object' && body !== null ? body : {}
  const { status } = response
  const names: Readonly<Record<number, string>> = { 401: 'unauthorized', 403: 'forbidden', 404: 'not_found', 429: 'rate_limited' }
  const temporary = status >= 500 || status === 429
  throw new ParleyError(names[status] ?? 'unavailable', status, `the server answered ${status}`, { temporary })
}
