import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { OPTIONS } from '../../src/config/schema.ts'
import { PromMetrics } from '../../src/telemetry/metrics.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A piece of YAML or JSON whose shape nobody has checked: any path may be asked of it, and gives undefined where there is none. */
// biome-ignore lint/suspicious/noExplicitAny: files of other programs; a missing step of a path is what the rules report
export type Loose = any

/** One sentence per fault, the file first. */
export type Tell = (file: string, fault: string) => void

export const isThere = (file: string): boolean => existsSync(join(root, file))
export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** All documents of a YAML file; keys given twice and what else is no YAML is told, and then left out. */
export function readYaml(file: string, tell: Tell): Loose[] {
  return parseAllDocuments(read(file), { merge: true, uniqueKeys: true }).flatMap((document) => {
    for (const { message } of document.errors) tell(file, message)
    return document.errors.length > 0 ? [] : [document.toJS()]
  })
}

/** Variables that the server knows, those that stand in every container, and what Node itself reads. */
export const knownVariables: ReadonlySet<string> = new Set([
  ...OPTIONS.map(({ option }) => option.env),
  'NODE_OPTIONS',
  'NODE_ENV',
])

/** Names of the metrics that a node shows: those in the sources between quotes, and the process's own. */
export async function knownMetrics(): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
    for (const [, name] of read(join('src', file)).matchAll(/'(parley_[a-z0-9_]+)'/g)) names.add(name ?? '')
  }
  const own = await new PromMetrics({ processMetrics: true }).text()
  for (const [, name] of own.matchAll(/^# TYPE (\S+)/gm)) names.add(name ?? '')
  return names
}

/** `5s`, `2m`: seconds. */
export function secondsOf(duration: unknown): number {
  const [, count, unit] = /^(\d+)(s|m|h)$/.exec(String(duration)) ?? []
  return Number(count) * { s: 1, m: 60, h: 3600 }[(unit ?? 's') as 's' | 'm' | 'h']
}
