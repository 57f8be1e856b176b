import { SERVERS, type ServerName } from './bench-options.ts'
import type { Findings, ServerFindings } from './findings.ts'
import type { JobResult } from './job.ts'

/** Least and goal of the issue, for the durable server and for the memory journal. */
interface Bounds {
  readonly least: number
  readonly goal: number
}

interface Row {
  readonly label: string
  /** One number per server; undefined where it was not measured. */
  value(found: ServerFindings): number | undefined
  readonly digits: number
  /** Print the ratio to raw `ws`, as good as raw being 100 %; `judged`: it is what the bounds are about. */
  readonly ratio?: 'shown' | 'judged'
  readonly bigger?: boolean
  readonly durable?: Bounds
  readonly memory?: Bounds
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

function rate(runs: readonly { readonly turns: number; readonly elapsedMs: number }[]): number | undefined {
  return mean(runs.map((run) => (run.turns * 1000) / run.elapsedMs))
}

function cpuPerTurn(runs: readonly { readonly turns: number; readonly serverCpuMs: number }[]): number | undefined {
  return mean(runs.filter((run) => run.turns > 0).map((run) => (run.serverCpuMs * 1000) / run.turns))
}

/** What Parley adds to the least that a turn takes, in µs of processor time: durable against durable, memory against memory. */
function overSketch(
  found: Findings,
  server: ServerFindings,
  runs: (found: ServerFindings) => readonly JobResult[],
): number | undefined {
  const { disk, memory, sketch } = found.servers
  const least = server === disk ? sketch : server === memory ? found.servers['sketch-memory'] : undefined
  const own = cpuPerTurn(runs(server))
  const theirs = least && cpuPerTurn(runs(least))
  return own === undefined || theirs === undefined ? undefined : own - theirs
}

function rows(found: Findings): readonly Row[] {
  const { sockets, socketsFew, perSecond, held } = found.options
  const many = sockets.toLocaleString('en')
  const at = `at ${perSecond.toLocaleString('en')} turns/s, ${many} sockets`
  return [
    { label: `turns/s, ${socketsFew} sockets`, value: (s) => rate(s.few), digits: 0, ratio: 'shown', bigger: true },
    {
      label: `turns/s, ${many} sockets`,
      value: (s) => rate(s.many),
      digits: 0,
      ratio: 'judged',
      bigger: true,
      durable: { least: 0.5, goal: 0.65 },
      memory: { least: 0.6, goal: 0.75 },
    },
    { label: `server CPU µs per turn, ${socketsFew} sockets`, value: (s) => cpuPerTurn(s.few), digits: 1, ratio: 'shown' },
    { label: `server CPU µs per turn, ${many} sockets`, value: (s) => cpuPerTurn(s.many), digits: 1, ratio: 'shown' },
    {
      label: `µs over the sketch, ${socketsFew} sockets`,
      value: (s) => overSketch(found, s, (each) => each.few),
      digits: 1,
    },
    {
      label: `µs over the sketch, ${many} sockets`,
      value: (s) => overSketch(found, s, (each) => each.many),
      digits: 1,
    },
    { label: `p50 ms ${at}`, value: (s) => s.rate[0]?.latency.p50Ms, digits: 2, durable: { least: 8, goal: 5 } },
    { label: 'p99 ms', value: (s) => s.rate[0]?.latency.p99Ms, digits: 2, durable: { least: 50, goal: 25 } },
    { label: 'p99.9 ms', value: (s) => s.rate[0]?.latency.p999Ms, digits: 2, durable: { least: 100, goal: 60 } },
    { label: 'server CPU µs per turn at that rate', value: (s) => cpuPerTurn(s.rate), digits: 1 },
    {
      label: 'cold starts/s',
      value: (s) => rate(s.cold),
      digits: 0,
      ratio: 'shown',
      bigger: true,
      durable: { least: 500, goal: 750 },
    },
    {
      label: `KiB (anonymous memory) per open conversation and socket, at ${held.toLocaleString('en')}`,
      value: (s) => mean(s.held.map((run) => residentPer(run.residentKiB, held))),
      digits: 1,
      durable: { least: 20, goal: 13 },
    },
    { label: 'HTTP first turns/s', value: (s) => rate(s.http), digits: 0, ratio: 'shown', bigger: true },
    {
      label: 'start to listening, s',
      value: (s) => median(s.startMs.map((ms) => ms / 1000)),
      digits: 2,
      durable: { least: 1.5, goal: 1.5 },
    },
    {
      label: 'write-behind lag after load, s (worst)',
      value: (s) => worst(s.lag.flatMap((lag) => (lag === null ? [] : [lag.drainedMs / 1000]))),
      digits: 2,
      durable: { least: 2, goal: 2 },
    },
    {
      label: 'server CPU, % of its core (least in a closed loop)',
      value: (s) => least([...s.few, ...s.many].map((run) => (run.serverCpuMs * 100) / run.elapsedMs)),
      digits: 0,
    },
    {
      label: 'generator CPU, % (most in a closed loop)',
      value: (s) => worst([...s.few, ...s.many].map((run) => (run.generatorCpuMs * 100) / run.elapsedMs)),
      digits: 0,
    },
  ]
}

const COLUMNS: Readonly<Record<ServerName, string>> = {
  raw: 'raw ws',
  sketch: 'sketch, durable',
  'sketch-memory': 'sketch, no journal',
  disk: 'Parley, durable',
  memory: 'Parley, memory journal',
}

/** The table of a run, in Markdown. A ratio is to the raw column of the same run. */
export function table(found: Findings): string {
  const { machine } = found
  const head = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB · Linux ${machine.kernel} · Node ${machine.node}`,
    `${machine.date} · commit ${machine.commit}${machine.changed ? ' with changes' : ''}` +
      `${machine.pinned ? ' · server and generator on a core each' : ' · not pinned: taskset is missing'}` +
      `${machine.dataInMemory ? ' · DATA IN MEMORY: durable figures mean nothing' : ''}`,
    '',
    `| | ${SERVERS.map((name) => COLUMNS[name]).join(' | ')} | least / goal, durable |  |`,
    `|---|${SERVERS.map(() => '--:|').join('')}--:|---|`,
  ]
  return [...head, ...rows(found).flatMap((row) => line(found, row))].join('\n')
}

function line(found: Findings, row: Row): string[] {
  const raw = row.value(found.servers.raw)
  const cell = (name: ServerName) => {
    const value = row.value(found.servers[name])
    if (value === undefined) return '–'
    const share = row.ratio !== undefined && name !== 'raw' && raw !== undefined ? ` (${percent(ratioOf(row, value, raw))})` : ''
    return `${number(value, row.digits)}${share}`
  }
  if (SERVERS.every((name) => row.value(found.servers[name]) === undefined)) return []
  const bounds = row.durable
  const show = (bound: number) => (row.ratio === 'judged' ? percent(bound) : String(bound))
  const target = bounds === undefined ? '' : `${show(bounds.least)} / ${show(bounds.goal)}`
  const verdicts = [
    ...verdict(row, row.durable, row.value(found.servers.disk), raw, ''),
    ...verdict(row, row.memory, row.value(found.servers.memory), raw, 'memory: '),
  ]
  return [`| ${row.label} | ${SERVERS.map(cell).join(' | ')} | ${target} | ${verdicts.join(', ')} |`]
}

function ratioOf(row: Row, value: number, raw: number): number {
  return row.bigger === true ? value / raw : raw / value
}

function verdict(row: Row, bounds: Bounds | undefined, value: number | undefined, raw: number | undefined, of: string): string[] {
  if (bounds === undefined || value === undefined || (row.ratio === 'judged' && raw === undefined)) return []
  const judged = row.ratio === 'judged' ? ratioOf(row, value, raw ?? value) : value
  const meets = (bound: number) => (row.bigger === true ? judged >= bound : judged <= bound)
  return [`${of}${meets(bounds.goal) ? 'goal' : meets(bounds.least) ? 'least' : '**missed**'}`]
}

/** What makes a run fail, one sentence each: wrong or missing answers, on whichever server. */
export function failures(found: Findings): string[] {
  return SERVERS.flatMap((name) => {
    const { few, many, rate: paced, cold, held, http } = found.servers[name]
    return [...few, ...many, ...paced, ...cold, ...held, ...http]
      .filter((run) => run.errors > 0)
      .map(
        (run) => `${name}, ${'mode' in run ? run.mode : 'HTTP'}: ${run.errors} errors, such as: ${run.errorSamples.join(' | ')}`,
      )
  })
}

function residentPer(residentKiB: { before: number; after: number } | undefined, held: number): number {
  return residentKiB === undefined ? Number.NaN : (residentKiB.after - residentKiB.before) / held
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function worst(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values)
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`
}

function number(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
