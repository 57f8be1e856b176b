import { ParleyError } from '../error.ts'

/** A topic on offer. */
export interface TemplateOffer {
  readonly id: string
  readonly label: Readonly<Record<string, string>>
  readonly locales: readonly string[]
}

/** A request to the page's own server; a refusal or an unreachable server is a `ParleyError`. */
async function get(path: string, token?: string): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, cache: 'no-store' })
  } catch {
    throw new ParleyError('unavailable', 503, 'the server cannot be reached', { temporary: true })
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body
  const name = response.status === 404 ? 'not_found' : response.status === 401 ? 'unauthorized' : 'unavailable'
  throw new ParleyError(name, response.status, `the server answered ${response.status}`, {
    temporary: response.status >= 500 || response.status === 429,
  })
}

/** The topics that this user may talk about. */
export async function fetchTemplates(token: string): Promise<readonly TemplateOffer[]> {
  const body = await get('/api/v2/chat/templates', token)
  return Array.isArray(body) ? (body as readonly TemplateOffer[]) : []
}

/** A token of the development mode, or nothing where there is no such mode. */
export async function fetchDevelopmentToken(user: string): Promise<string | undefined> {
  try {
    const body = (await get(`/api/v2/dev/token?user=${encodeURIComponent(user)}`)) as { readonly token?: string } | undefined
    return body?.token
  } catch (error) {
    if (error instanceof ParleyError && error.code === 404) return undefined
    throw error
  }
}

export const socketUrl = (at: Location): string => `${at.protocol === 'https:' ? 'wss:' : 'ws:'}//${at.host}/v1/ws`
