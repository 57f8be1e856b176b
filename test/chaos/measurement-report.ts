import { type Failovers, type Observation, TRIALS, type TrialKind } from './failover.ts'
import type { MongoDown } from './mongo-down.ts'
import { checks, documentsText, machine, nodes, quantile, row, turns } from './report.ts'
import { countsText, type Restart } from './rolling.ts'
import type { RunOptions, RunResult } from './run.ts'

const TARGETS: Readonly<Record<TrialKind, string>> = {
  crash: 'p99 < 1,500',
  freeze: '< 4,000',
  'cut from NATS': '< 4,000',
  'cut from Redis': '< 4,000',
  'planned move away': 'stall p99 < 50',
  'planned move back': 'stall p99 < 50',
}

export function failoverReport(options: RunOptions, result: RunResult<Failovers>): string {
  const { trials, observations, calmMs, activeShards } = result.acted
  const lines = [
    `${options.users} conversations on ${activeShards} shards, about ${options.rate} turns/s; in calm times an acknowledgement takes ${quantile(calmMs, 0.5)} ms (p50), ${quantile(calmMs, 0.99)} ms (p99).`,
    '',
    'Next: from the fault to the next acknowledgement in a conversation of the node that was hit, pauses of the user included. Stall: the longest that a',
    'message of it waited. Milliseconds, as clients see them.',
    '',
    "| fault | times | client's gateway | conversations | next p50 | next p99 | next max | stall p50 | stall p99 | stall max | target |",
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ]
  for (const kind of TRIALS) {
    for (const gatewayHit of [false, true]) {
      const some = observations.filter((one) => one.kind === kind && one.gatewayHit === gatewayHit)
      if (some.length > 0) lines.push(failoverRow(kind, trials[kind], gatewayHit, some))
    }
  }
  return page('Failover', options, result, lines)
}

function failoverRow(kind: TrialKind, times: number, gatewayHit: boolean, some: readonly Observation[]): string {
  const next = some.map(({ nextAckMs }) => nextAckMs)
  const stall = some.map(({ stallMs }) => stallMs)
  const of = (values: readonly number[]): number[] => [quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)]
  return row([kind, times, gatewayHit ? 'the same node' : 'another node', some.length, ...of(next), ...of(stall), TARGETS[kind]])
}

export function rollingReport(options: RunOptions, result: RunResult<readonly Restart[]>): string {
  const lines = ['| node | to stop ms | to listen ms | clients |', '|---|---|---|---|']
  for (const { node, fromMs, stoppedMs, readyMs, reconnects } of result.acted) {
    lines.push(row([node, stoppedMs - fromMs, readyMs - stoppedMs, countsText(reconnects)]))
  }
  const most = Math.max(0, ...result.acted.flatMap(({ reconnects }) => [...reconnects.keys()]))
  const { failed, unknown } = result.checked
  lines.push(
    '',
    `${failed + unknown} failed turns (target 0). No client reconnected more than ${most} times in one restart (target 1).`,
  )
  return page('Rolling restart', options, result, lines)
}

export function mongoDownReport(options: RunOptions, result: RunResult<MongoDown>): string {
  const { fromMs, backMs, writtenMs, waited } = result.acted
  const { failed, unknown } = result.checked
  const lines = [
    `Down for ${seconds(backMs - fromMs)} s. ${failed + unknown} turns failed (target 0). ${waited} entries waited when it came back; they were written after ${seconds(writtenMs - backMs)} s (target 120).`,
    '',
    '| memory MB | before | half of the outage | its end | after | most |',
    '|---|---|---|---|---|---|',
  ]
  const { samples } = result
  for (let i = 0; i < (samples[0]?.memoryBytes.length ?? 0); i++) {
    const at = (ms: number): number => {
      const around = samples.filter(({ atMs }) => Math.abs(atMs - ms) < 10_000).map(({ memoryBytes }) => memoryBytes[i] ?? 0)
      return Math.round(quantile(around, 0.5) / 2 ** 20)
    }
    const most = Math.max(...samples.map(({ memoryBytes }) => memoryBytes[i] ?? 0))
    const cells = [at(fromMs), at((fromMs + backMs) / 2), at(backMs), at(samples.at(-1)?.atMs ?? 0), Math.round(most / 2 ** 20)]
    lines.push(row([`node-${i + 1}`, ...cells]))
  }
  return page('MongoDB down', options, result, lines)
}

function page(title: string, options: RunOptions, result: RunResult<unknown>, lines: readonly string[]): string {
  const { seed, nodes: count, users, rate, minutes } = options
  const head = [
    `# ${title}`,
    '',
    `${new Date(result.startedMs).toISOString()}, seed ${seed}, ${minutes} minutes, ${count} nodes, ${users} users, ${rate} turns/s wanted, ${documentsText(result.mongo)}. ${machine()}.`,
    '',
    ...lines,
  ]
  return `${[head.join('\n'), turns(result), checks(result), nodes(result)].join('\n\n')}\n`
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
