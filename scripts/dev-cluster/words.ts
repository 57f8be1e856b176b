/** A server behind the nodes, as it is told of. */
export interface ServiceLine {
  readonly name: string
  readonly url: string
  readonly pid: number
  readonly log: string
}

export interface NodeLine {
  readonly name: string
  /** `http://127.0.0.1:8081`. */
  readonly url: string
  readonly pid: number
}

/** The conversation that all pages show. */
export interface SharedConversation {
  readonly user: string
  readonly template: string
  readonly locale: string
  /** Undefined where none could be opened: each page then begins its own. */
  readonly cid: string | undefined
}

/** What stands there once everything runs. */
export function greeting(services: readonly ServiceLine[], nodes: readonly NodeLine[], shared: SharedConversation): string {
  const lines = ['', 'The cluster runs. Its data is removed when it stops.', '']
  const width = Math.max(...[...services, ...nodes].map(({ name }) => name.length))
  for (const { name, url, pid, log } of services) lines.push(`  ${name.padEnd(width)}  ${url}  pid ${pid}  log ${log}`)
  for (const { name, url, pid } of nodes) lines.push(`  ${name.padEnd(width)}  ${url}/  pid ${pid}`)
  lines.push('', `The same conversation on each node, to open in tabs beside each other:`, '')
  for (const { url } of nodes) lines.push(`  ${pageUrl(url, shared)}`)
  lines.push('', 'A conversation of its own in the terminal, on each:', '')
  for (const { url } of nodes) lines.push(`  npm run chat -- --url ${url} --template ${shared.template}`)
  lines.push('', 'End a node as a crash would, and go on talking on the page of another:', '')
  for (const { name, pid } of nodes) lines.push(`  kill -9 ${pid}  # ${name}`)
  lines.push('', 'Ctrl-C stops everything but nodes that you started again yourself: stop those first.', '')
  return lines.join('\n')
}

/** The page of one node, on the shared conversation. */
export function pageUrl(base: string, { user, template, locale, cid }: SharedConversation): string {
  const query = new URLSearchParams({ user, template, locale, ...(cid === undefined ? {} : { conversation: cid }) })
  return `${base}/?${query}`
}

/** How to start a node again that ended: nothing does so by itself. */
export function againLine(env: Readonly<Record<string, string>>): string {
  const options = Object.entries(env).map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`)
  return `${options.join(' ')} npm start`
}
