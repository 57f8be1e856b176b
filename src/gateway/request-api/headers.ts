/** Names of the headers of requests and answers. */
export const HEADER = {
  error: 'Nats-Service-Error',
  errorCode: 'Nats-Service-Error-Code',
  id: 'Parley-Id',
  idempotency: 'Parley-Idempotency',
  deadline: 'Parley-Deadline',
  auth: 'Parley-Auth',
  schema: 'Parley-Schema',
  encoding: 'Parley-Enc',
  hops: 'Parley-Hops',
  stream: 'Parley-Stream',
  trace: 'traceparent',
} as const

/** A request that came through this many forwarders already is in a loop. */
export const HOPS_MAX = 3

/** Case does not matter to whoever sends them. */
export function headerOf(headers: ReadonlyMap<string, string> | undefined, name: string): string | undefined {
  if (headers === undefined) return undefined
  const exact = headers.get(name)
  if (exact !== undefined) return exact
  const wanted = name.toLowerCase()
  for (const [key, value] of headers) if (key.toLowerCase() === wanted) return value
  return undefined
}

/** One line of plain characters, as headers carry them. */
export const headerText = (text: string): string => text.replace(/[^\x21-\x7e]+/g, ' ').slice(0, 512)
