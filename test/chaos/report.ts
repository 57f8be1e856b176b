import { cpus, release, totalmem } from 'node:os'
import { RULES } from '../sim/violations.ts'
import type { Send } from './history.ts'
import type { Injected } from './nemesis.ts'
import type { RunResult as Result, RunOptions } from './run.ts'

type RunResult = Result<readonly Injected[]>

/** What a fault may still cause after it was taken back. */
const AFTER_MS = 5_000
const VIOLATIONS_SHOWN = 50

/** The report of a run, in Markdown. */
export function runReport(options: RunOptions, result: RunResult): string {
  const parts = [head(options, result), turns(result), faults(result), checks(result), nodes(result), notHere(result)]
  return `${parts.join('\n\n')}\n`
}

function head({ seed, minutes, nodes, nats, users, rate }: RunOptions, result: RunResult): string {
  const { acted: injected, violationCount, startedMs } = result
  const done = injected.filter(({ failure }) => failure === undefined)
  const kinds = new Set(done.map(({ fault }) => fault.kind))
  return [
    '# Chaos report',
    '',
    `**${violationCount === 0 ? 'Nothing was violated' : `${violationCount} violations`}** over ${done.length} faults of ${kinds.size} kinds.`,
    '',
    `- begun ${new Date(startedMs).toISOString()}, seed ${seed}: \`npm run chaos -- --minutes ${minutes} --seed ${seed} --nodes ${nodes} --nats ${nats} --users ${users} --rate ${rate}\``,
    `- ${nodes} nodes, ${nats} NATS, Redis with appendfsync everysec, ${documentsText(result.mongo)}; ${users} users, about ${rate} turns/s wanted`,
    `- ${machine()}`,
  ].join('\n')
}

export function documentsText(kind: string): string {
  return kind === 'own' ? 'a document server of the harness that speaks the protocol of MongoDB' : kind
}

export function machine(): string {
  const [cpu] = cpus()
  return `Node ${process.version}, Linux ${release()}, ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB`
}

export function turns({ history, checked, startedMs, actedMs }: Result<unknown>): string {
  const { sends, counts, refusals, closes } = history
  const latencies = sends.filter(({ outcome }) => outcome === 'ok').map(latencyOf)
  const seconds = (actedMs - startedMs) / 1000
  const list = (map: ReadonlyMap<unknown, number>): string =>
    [...map]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  return [
    '## Turns',
    '',
    '| acknowledged | refused | unknown | of these executed | acknowledged/s | p50 ms | p99 ms | max ms |',
    '|---|---|---|---|---|---|---|---|',
    row([
      checked.ok,
      checked.failed,
      checked.unknown,
      checked.unknownDone,
      (checked.ok / seconds).toFixed(1),
      quantile(latencies, 0.5),
      quantile(latencies, 0.99),
      quantile(latencies, 1),
    ]),
    '',
    'Latency is from the first attempt to the acknowledgement, over all faults. Refused: every attempt was, before it was executed, and the client',
    'did not go on trying. Unknown: the client gave up without having heard; executed or not, never twice.',
    '',
    `Opened ${counts.opens} conversations in ${counts.openAttempts} attempts. ${counts.reconnects} connections were lost, ${counts.resumes} hellos resumed, ${counts.rejoins} joins again, ${counts.silences} silent attempts.`,
    '',
    `Refusals: ${list(refusals)}. Close codes: ${list(closes)}.`,
  ].join('\n')
}

function faults({ acted: injected, history }: RunResult): string {
  const lines = [
    '## Faults',
    '',
    '| kind | count | not done | turns meanwhile | refused | unknown | p99 ms | longest ms |',
    '|---|---|---|---|---|---|---|---|',
  ]
  const sends = [...history.sends].sort((a, b) => a.invokedMs - b.invokedMs)
  const byKind = Map.groupBy(injected, ({ fault }) => fault.kind)
  for (const [kind, list] of [...byKind].sort((a, b) => b[1].length - a[1].length)) {
    const done = list.filter(({ failure }) => failure === undefined)
    const touched = new Set<Send>()
    for (const { startedMs, endedMs } of done) for (const send of during(sends, startedMs, endedMs + AFTER_MS)) touched.add(send)
    const of = (outcome: string): number => [...touched].filter((send) => send.outcome === outcome).length
    const latencies = [...touched].filter(({ outcome }) => outcome === 'ok').map(latencyOf)
    lines.push(
      row([
        kind,
        done.length,
        list.length - done.length,
        touched.size,
        of('fail'),
        of('unknown'),
        quantile(latencies, 0.99),
        quantile(latencies, 1),
      ]),
    )
  }
  lines.push(
    '',
    'Meanwhile: begun before the fault was taken back and 5 s after it, and ended after it began. Faults overlap, so a turn may count in several lines.',
  )
  for (const { fault, failure } of injected) if (failure !== undefined) lines.push('', `Not done: ${fault.kind}: ${failure}`)
  return lines.join('\n')
}

function* during(sends: readonly Send[], fromMs: number, toMs: number): Generator<Send> {
  for (const send of sends) {
    if (send.invokedMs > toMs) return
    if ((send.endedMs ?? Number.POSITIVE_INFINITY) >= fromMs) yield send
  }
}

export function checks({ checked, actors, journaled, timers, violations, violationCount }: Result<unknown>): string {
  const lines = [
    '## Checks',
    '',
    `${checked.conversations} conversations, ${checked.entries} entries and ${checked.events} events in the documents, ${checked.streams} streams of clients, ${journaled} entries still in the journal, ${timers} timers of silent conversations, ${actors} conversations asked of their actors.`,
    '',
    '| rule | violations |',
    '|---|---|',
  ]
  for (const [rule, text] of Object.entries(RULES)) {
    if (rule === 'gate') continue // to be seen from within the journal alone: the simulation checks it
    lines.push(row([text, violations.filter((one) => one.rule === rule).length]))
  }
  if (violations.length > 0) lines.push('', '### Violations', '')
  for (const { rule, what } of violations.slice(0, VIOLATIONS_SHOWN)) lines.push(`- **${rule}** ${what}`)
  if (violationCount > VIOLATIONS_SHOWN) lines.push(`- and ${violationCount - VIOLATIONS_SHOWN} more`)
  return lines.join('\n')
}

export function nodes({ samples, exits, startedMs }: Result<unknown>): string {
  const lines = ['## Nodes', '']
  const names = samples[0]?.memoryBytes.length ?? 0
  lines.push('| node | memory after a tenth MB | half | end | most |', '|---|---|---|---|---|')
  for (let i = 0; i < names; i++) {
    const memory = samples.map(({ memoryBytes }) => memoryBytes[i] ?? 0)
    const at = (share: number): number => megabytes(quantile(near(memory, share), 0.5))
    lines.push(row([`node-${i + 1}`, at(0.1), at(0.5), at(1), megabytes(Math.max(...memory))]))
  }
  const most = Math.max(0, ...samples.map((sample) => sample.unflushed).filter(Number.isFinite))
  lines.push('', `At most ${most} entries waited for the documents.`)
  const own = exits.filter(({ byItself }) => byItself)
  lines.push('', own.length === 0 ? 'No process ended by itself.' : 'Processes that ended by themselves:')
  for (const { node, how, atMs } of own)
    lines.push(`- ${node}: ${how}, ${Math.round((atMs - startedMs) / 1000)} s after the start`)
  return lines.join('\n')
}

function near(values: readonly number[], share: number): readonly number[] {
  const middle = Math.round((values.length - 1) * share)
  const around = values.slice(Math.max(0, middle - 3), middle + 4).filter((value) => value > 0)
  return around.length > 0 ? around : values
}

function notHere({ acted: injected }: RunResult): string {
  const missing = Object.keys(Object.groupBy(injected, ({ fault }) => fault.kind))
  return [
    '## Not injected',
    '',
    `${missing.includes('clock of a node moved') ? '' : '- A moved clock did not come in this run (it needs libfaketime).\n'}- Loss, reordering and duplication of packets: the kernel here has no netem; the proxies delay, hold back, narrow, cut and reset streams.`,
    '- A full disk under Redis: it needs a mount of its own; memory that is full stands in for it. Power loss: `test/crash` has it for the disk journal.',
    '- Failover of Redis replicas: one server here; its loss of the last entries is injected by cutting the file.',
    '- Redis data loss together with the death of the owner is left out on purpose: it is the one case that is not promised.',
  ].join('\n')
}

const latencyOf = ({ endedMs, invokedMs }: Send): number => (endedMs ?? invokedMs) - invokedMs

export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number)
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

export function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}
