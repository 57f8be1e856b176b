import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The parts of V8's .cpuprofile that are read. Times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

export interface Cost {
  readonly name: string
  /** In the function itself. */
  readonly selfMs: number
  /** In it and all it called, recursion counted once. */
  readonly totalMs: number
}

export interface ProfileSummary {
  /** Everything sampled but idleness. */
  readonly busyMs: number
  readonly idleMs: number
  /** Largest self time first. */
  readonly functions: readonly Cost[]
  /** Self time by origin: folders of the project, packages, Node's own modules, native code, collection. */
  readonly origins: readonly Cost[]
}

const IDLE = '(idle)'
const PROJECT = fileURLToPath(new URL('../', import.meta.url))

export function readProfile(path: string): CpuProfile {
  return JSON.parse(readFileSync(path, 'utf8')) as CpuProfile
}

export function summarize(profile: CpuProfile): ProfileSummary {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)))
  const self = new Map<number, number>()
  for (const [i, id] of profile.samples.entries()) self.set(id, (self.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0) / 1000)

  const functions = new Map<string, { selfMs: number; totalMs: number }>()
  const origins = new Map<string, { selfMs: number; totalMs: number }>()
  let idleMs = 0
  let busyMs = 0
  for (const [id, ms] of self) {
    const frame = byId.get(id)?.callFrame
    if (frame === undefined) continue
    if (frame.functionName === IDLE) {
      idleMs += ms
      continue
    }
    busyMs += ms
    entry(functions, nameOf(frame)).selfMs += ms
    entry(origins, originOf(frame)).selfMs += ms
    const functionsAbove = new Set<string>()
    const originsAbove = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const above = byId.get(at)?.callFrame
      if (above === undefined || above.functionName === '(root)') continue
      functionsAbove.add(nameOf(above))
      originsAbove.add(originOf(above))
    }
    for (const name of functionsAbove) entry(functions, name).totalMs += ms
    for (const name of originsAbove) entry(origins, name).totalMs += ms
  }
  return { busyMs, idleMs, functions: largestFirst(functions), origins: largestFirst(origins) }
}

/** The summary for a terminal: where the time went, in per cent of what was not idle. */
export function printable(summary: ProfileSummary, rows = 30): string {
  const share = (ms: number) => `${((ms * 100) / summary.busyMs).toFixed(1).padStart(5)} %`
  const line = (cost: Cost) => `${share(cost.selfMs)}  ${share(cost.totalMs)}  ${cost.name}`
  const inclusive = summary.functions
    .filter((cost) => cost.name.includes(' src/'))
    .toSorted((a, b) => b.totalMs - a.totalMs)
    .slice(0, rows)
  return [
    `busy ${(summary.busyMs / 1000).toFixed(1)} s, idle ${(summary.idleMs / 1000).toFixed(1)} s`,
    '',
    '   self    total  by origin',
    ...summary.origins.slice(0, rows).map(line),
    '',
    '   self    total  by function, largest self time first',
    ...summary.functions.slice(0, rows).map(line),
    '',
    "   self    total  the project's functions, largest total first",
    ...inclusive.map(line),
  ].join('\n')
}

type Frame = CpuProfile['nodes'][number]['callFrame']

function entry(map: Map<string, { selfMs: number; totalMs: number }>, name: string): { selfMs: number; totalMs: number } {
  let cost = map.get(name)
  if (cost === undefined) {
    cost = { selfMs: 0, totalMs: 0 }
    map.set(name, cost)
  }
  return cost
}

function largestFirst(map: Map<string, { selfMs: number; totalMs: number }>): Cost[] {
  return Array.from(map, ([name, cost]) => ({ name, ...cost })).toSorted((a, b) => b.selfMs - a.selfMs)
}

function nameOf(frame: Frame): string {
  const name = frame.functionName || '(anonymous)'
  return frame.url === '' ? name : `${name} ${shortUrl(frame.url)}:${frame.lineNumber + 1}`
}

function shortUrl(url: string): string {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url
  return path.startsWith(PROJECT) ? path.slice(PROJECT.length) : path
}

function originOf(frame: Frame): string {
  if (frame.functionName === '(garbage collector)') return 'garbage collection'
  if (frame.url === '') return 'native and kernel'
  const path = shortUrl(frame.url)
  if (path.startsWith('node:')) return 'node'
  const inPackage = path.lastIndexOf('node_modules/')
  const [first = '', second = '', third = ''] = path.slice(inPackage < 0 ? 0 : inPackage).split('/')
  if (inPackage >= 0) return second.startsWith('@') ? `${second}/${third}` : second
  return `${first}/${second}`
}

if (import.meta.main) {
  const path = process.argv[2]
  if (path === undefined) throw new Error('usage: node load/profile.ts FILE.cpuprofile')
  console.log(printable(summarize(readProfile(path))))
}
