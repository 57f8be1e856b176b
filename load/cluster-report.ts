import type { ClusterOptions } from './cluster-options.ts'
import { type CrossingRuns, PAIRS, PATHS, type PairRun, type PathName, type PathRuns } from './cluster-rows.ts'
import { CONTACT_TURNS } from './contact.ts'
import type { JobResult } from './job.ts'

/** Of an even number the lower one of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

const of = (runs: readonly JobResult[], value: (run: JobResult) => number): number => median(runs.map(value))
const perSecond = (run: JobResult): number => (run.turns * 1000) / run.elapsedMs
const perTurn = (run: JobResult, ms: number): number => (ms * 1000) / Math.max(1, run.turns)
const redisOf = (run: JobResult): number => run.besideCpuMs.redis ?? 0
/** Each conversation is opened, and no turn is counted for that. */
const DELIVERIES_PER_TURN = (CONTACT_TURNS.length + 1) / CONTACT_TURNS.length
/** Turns a second if server and Redis had a core for themselves: holds also where others had a part of it. */
const capacity = (run: JobResult): number => (run.turns * 1000) / (run.serverCpuMs + redisOf(run))
/** What everything else on the machine took, in per cent of one core. */
const others = (run: JobResult): number => (run.othersCpuMs * 100) / run.elapsedMs
const whole = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en'))
const fixed = (value: number, digits: number): string => (Number.isNaN(value) ? '–' : value.toFixed(digits))
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function spread(runs: readonly JobResult[]): string {
  const all = runs.map(others)
  return all.length === 0 ? '–' : `${whole(Math.min(...all))}–${whole(Math.max(...all))}`
}

export function pathTable(
  found: Readonly<Record<PathName, PathRuns>>,
  { sockets, socketsFew, perSecond: at }: ClusterOptions,
): string {
  const hand = found['ws + Redis by hand']
  const ratio = (name: PathName, runs: 'few' | 'many', value: number): string =>
    name === 'raw ws' ? '' : ` (${fixed(value / of(hand[runs], perSecond), 2)} ×)`
  const cells = (cell: (runs: PathRuns, name: PathName) => string) => PATHS.map((name) => cell(found[name], name))
  const many = sockets.toLocaleString('en')
  return [
    row('', ...PATHS),
    `|---|${PATHS.map(() => '--:|').join('')}`,
    row(
      `turns/s, ${socketsFew} sockets`,
      ...cells(({ few }, name) => whole(of(few, perSecond)) + ratio(name, 'few', of(few, perSecond))),
    ),
    row(
      `turns/s, ${many} sockets`,
      ...cells((runs, name) => whole(of(runs.many, perSecond)) + ratio(name, 'many', of(runs.many, perSecond))),
    ),
    row(
      'µs per turn of server / Redis',
      ...cells(
        ({ many: runs }) =>
          `${fixed(
            of(runs, (run) => perTurn(run, run.serverCpuMs)),
            0,
          )} / ${fixed(
            of(runs, (run) => perTurn(run, redisOf(run))),
            0,
          )}`,
      ),
    ),
    row(
      'turns that a second of a core gives, by that',
      ...cells((runs, name) => {
        const value = of(runs.many, capacity)
        return whole(value) + (name === 'raw ws' ? '' : ` (${fixed(value / of(hand.many, capacity), 2)} ×)`)
      }),
    ),
    row(
      `p50 ms at ${at.toLocaleString('en')} turns/s`,
      ...cells(({ rate }) =>
        fixed(
          of(rate, (run) => run.latency.p50Ms),
          2,
        ),
      ),
    ),
    row(
      'p99 ms',
      ...cells(({ rate }) =>
        fixed(
          of(rate, (run) => run.latency.p99Ms),
          1,
        ),
      ),
    ),
    row(
      'p99.9 ms',
      ...cells(({ rate }) =>
        fixed(
          of(rate, (run) => run.latency.p999Ms),
          1,
        ),
      ),
    ),
    row(
      'write-behind lag after load, s',
      ...cells(({ lag }) => fixed(median(lag.flatMap((each) => (each === undefined ? [] : [each.drainedMs / 1000]))), 1)),
    ),
    row('others on the machine, % of a core', ...cells(({ few, many: large, rate }) => spread([...few, ...large, ...rate]))),
  ].join('\n')
}

export function crossingTable(
  { local, crossing, idle }: CrossingRuns,
  { crossingPerSecond, crossingSockets }: ClusterOptions,
): string {
  const used = (runs: readonly JobResult[], name: string): number =>
    of(runs, (run) => {
      const ms = name === 'owner' ? run.serverCpuMs : (run.besideCpuMs[name] ?? 0)
      return perTurn(run, ms - ((idle[name] ?? 0) * run.elapsedMs) / 1000)
    })
  const line = (label: string, value: (runs: readonly JobResult[]) => number, digits: number) => {
    const [here, there] = [value(local), value(crossing)]
    return row(
      label,
      fixed(here, digits),
      fixed(there, digits),
      `${there < here ? '−' : '+'}${fixed(Math.abs(there - here), digits)}`,
    )
  }
  const nodes = (runs: readonly JobResult[]): number => used(runs, 'owner') + used(runs, 'gateway')
  // Round by round, as both drift alike.
  const extra = median(crossing.map((run, i) => nodes([run]) - nodes(local.slice(i, i + 1)))) / 2
  return [
    row(
      `at ${crossingPerSecond} turns/s, ${crossingSockets} sockets`,
      'on the node of the conversation',
      'on another node',
      'difference',
    ),
    '|---|--:|--:|--:|',
    line('p50 ms', (runs) => of(runs, (run) => run.latency.p50Ms), 2),
    line('p99 ms', (runs) => of(runs, (run) => run.latency.p99Ms), 2),
    ...Object.keys(idle).map((name) => line(`CPU µs per turn, ${name}`, (runs) => used(runs, name), 0)),
    line('CPU µs per turn, both nodes', nodes, 0),
    row('extra per turn and node', '', '', `${fixed(extra, 0)} µs`),
    row(
      'the same per delivery, as the open of each conversation crosses too',
      '',
      '',
      `${fixed(extra / DELIVERIES_PER_TURN, 0)} µs`,
    ),
    row('others on the machine, % of a core', spread(local), spread(crossing), ''),
    '',
    `Without load, ms of CPU a second: ${Object.entries(idle)
      .map(([name, ms]) => `${name} ${fixed(ms, 0)}`)
      .join(', ')}; taken off above.`,
  ].join('\n')
}

export function pairTable(pairs: readonly PairRun[], { sockets }: ClusterOptions): string {
  const names = pairs.map(({ cpuMs }) => Object.keys(cpuMs)).reduce((most, each) => (each.length > most.length ? each : most), [])
  const ofNodes = ({ run, cpuMs }: PairRun): number => perTurn(run, (cpuMs.first ?? 0) + (cpuMs.second ?? 0))
  const cores = (run: JobResult, ms: number | undefined): number => ((ms ?? Number.NaN) * 100) / run.elapsedMs
  const lines = PAIRS.map((name) => {
    const mine = pairs.filter((pair) => pair.name === name)
    const runs = mine.map(({ run }) => run)
    return row(
      name,
      whole(of(runs, perSecond)),
      fixed(
        of(runs, (run) => run.latency.p50Ms),
        0,
      ),
      fixed(
        of(runs, (run) => run.latency.p99Ms),
        0,
      ),
      whole(median(mine.map(ofNodes))),
      ...names.map((process) => whole(median(mine.map(({ run, cpuMs }) => cores(run, cpuMs[process]))))),
      whole(of(runs, (run) => cores(run, run.generatorCpuMs))),
      spread(runs),
    )
  })
  return [
    row(
      `${sockets.toLocaleString('en')} sockets`,
      'turns/s',
      'p50 ms',
      'p99 ms',
      'µs of the nodes per turn',
      ...names.map((name) => `${name}, % of a core`),
      'generator',
      'others',
    ),
    `|---|${'--:|'.repeat(names.length + 6)}`,
    ...lines,
  ].join('\n')
}

/** What makes a bench fail, one sentence each. */
export function failuresOf(runs: readonly JobResult[]): string[] {
  return runs
    .filter(({ errors }) => errors > 0)
    .map(({ mode, errors, errorSamples }) => `${mode}: ${errors} errors, such as: ${errorSamples.join(' | ')}`)
}
