import { setTimeout as pause } from 'node:timers/promises'
import type { ChaosNode } from './chaos-node.ts'
import type { Send } from './history.ts'
import { nodeName } from './monitor.ts'
import { type RunOptions, type RunResult, runCluster, type Stage } from './run.ts'
import { until } from './settle.ts'

export const TRIALS = ['crash', 'freeze', 'cut from NATS', 'cut from Redis', 'planned move away', 'planned move back'] as const
export type TrialKind = (typeof TRIALS)[number]

/** How long a frozen or cut node stays so: longer than anybody may take to notice. */
const FAULT_MS = 7_000
/** What is looked at after the fault began. */
const WINDOW_MS = 7_000
const DOWN_MS = 3_000
/** Shards have not moved for so long: everything is where it belongs. */
const STILL_MS = 3_000
const STILL_MS_MAX = 60_000
/** An answer that was on its way already says nothing of who gave it. */
const ON_ITS_WAY_MS = 20

/** One conversation of the node that was hit. */
export interface Observation {
  readonly kind: TrialKind
  /** The client's own gateway was hit as well. */
  readonly gatewayHit: boolean
  /** From the fault to the next acknowledgement of a message that was not settled before. */
  readonly nextAckMs: number
  /** The longest that any message waited, from its first attempt or the fault, whichever was later. */
  readonly stallMs: number
}

export interface Failovers {
  readonly trials: Readonly<Record<TrialKind, number>>
  readonly observations: readonly Observation[]
  /** Waits without any fault, for comparison. */
  readonly calmMs: readonly number[]
  readonly activeShards: number
}

/** Kills, freezes, cuts and moves one node after another, and tells how long conversations stood still. */
export function runFailover(options: RunOptions): Promise<RunResult<Failovers>> {
  return runCluster(options, { steady: true, idleCloseMs: 3_600_000, attemptMs: 1_000 }, measure)
}

async function measure(stage: Stage): Promise<Failovers> {
  const { options, cluster, history } = stage
  const untilMs = performance.now() + options.minutes * 60_000
  const observations: Observation[] = []
  const trials = Object.fromEntries(TRIALS.map((kind) => [kind, 0])) as Record<TrialKind, number>
  const calmMs: number[] = []
  await still(stage)
  for (let round = 0; performance.now() < untilMs; round++) {
    const kind = ROUNDS[round % ROUNDS.length] as TrialKind
    const node = cluster.nodes[round % cluster.nodes.length] as ChaosNode
    const calmFromMs = Date.now()
    await pause(WARM_MS)
    for (const send of history.sends) if (send.invokedMs > calmFromMs && send.endedMs !== undefined) calmMs.push(waitOf(send, 0))
    const hit = await ownedBy(stage, node.name)
    options.tell(`${kind}: ${node.name}, ${hit.size} shards`)
    const atMs = Date.now()
    const took = await TRIAL[kind](node)
    await pause(Math.max(0, atMs + WINDOW_MS - Date.now()))
    trials[kind]++
    observations.push(...observe(stage, kind, node, hit, atMs, took))
    if (kind === 'planned move away') await comeBack(stage, node, trials, observations)
    await still(stage)
  }
  return { trials, observations, calmMs, activeShards: new Set(history.sends.map(({ shard }) => shard)).size }
}

const WARM_MS = 1_500
const ROUNDS: readonly TrialKind[] = [
  'crash',
  'planned move away',
  'freeze',
  'crash',
  'cut from NATS',
  'planned move away',
  'cut from Redis',
]

/** Each resolves when the node may be left alone, with the length of the window to look at if that is another. */
const TRIAL: Readonly<Record<TrialKind, (node: ChaosNode) => Promise<number | undefined>>> = {
  crash: async (node) => {
    await node.kill(DOWN_MS)
    return undefined
  },
  freeze: async (node) => {
    node.freeze()
    await pause(FAULT_MS)
    node.thaw()
    return undefined
  },
  'cut from NATS': (node) => cut(node, 'nats'),
  'cut from Redis': (node) => cut(node, 'redis'),
  'planned move away': async (node) => {
    const fromMs = performance.now()
    await node.stop(Number.POSITIVE_INFINITY)
    return performance.now() - fromMs
  },
  'planned move back': async () => undefined,
}

async function cut(node: ChaosNode, service: 'nats' | 'redis'): Promise<undefined> {
  node.links[service].cut('both')
  await pause(FAULT_MS)
  node.links[service].heal()
}

/** The node starts again: its shards come back to it while their conversations go on. */
async function comeBack(
  stage: Stage,
  node: ChaosNode,
  trials: Record<TrialKind, number>,
  observations: Observation[],
): Promise<void> {
  const before = await owners(stage)
  node.start()
  await node.ready()
  const atMs = Date.now()
  await still(stage)
  const after = await owners(stage)
  const moved = new Set(after.flatMap((owner, shard) => (owner === node.name && before[shard] !== owner ? shard : [])))
  trials['planned move back']++
  observations.push(...observe(stage, 'planned move back', node, moved, atMs, Date.now() - atMs))
}

function observe(
  { history, cluster }: Stage,
  kind: TrialKind,
  node: ChaosNode,
  hit: ReadonlySet<number>,
  atMs: number,
  windowMs = WINDOW_MS,
): Observation[] {
  const gateway = cluster.nodes.indexOf(node)
  const sends = history.sends.filter(
    ({ shard, invokedMs, endedMs }) =>
      hit.has(shard) && invokedMs < atMs + windowMs && (endedMs ?? Number.POSITIVE_INFINITY) > atMs + ON_ITS_WAY_MS,
  )
  const byShard = Map.groupBy(sends, ({ shard }) => shard)
  return [...byShard.values()].map((list) => {
    const acked = list.filter(({ outcome }) => outcome === 'ok')
    const next = Math.min(...acked.map(({ endedMs }) => (endedMs as number) - atMs))
    return {
      kind,
      gatewayHit: list.some((send) => send.firstNode === gateway),
      nextAckMs: Number.isFinite(next) ? next : windowMs,
      stallMs: Math.max(...list.map((send) => waitOf(send, atMs))),
    }
  })
}

const waitOf = ({ invokedMs, endedMs }: Send, fromMs: number): number => (endedMs ?? Date.now()) - Math.max(invokedMs, fromMs)

async function owners({ monitor }: Stage): Promise<string[]> {
  return ((await monitor.shards()) ?? []).map(({ owner }) => nodeName(owner))
}

async function ownedBy(stage: Stage, name: string): Promise<ReadonlySet<number>> {
  return new Set((await owners(stage)).flatMap((owner, shard) => (owner === name ? shard : [])))
}

/** Every node listens, and no shard has moved for a while. */
async function still(stage: Stage): Promise<void> {
  let known = ''
  let sinceMs = performance.now()
  await until('shards are where they belong', STILL_MS_MAX, async () => {
    const now = (await owners(stage)).join()
    if (now !== known || stage.cluster.nodes.some((node) => !node.isUp)) sinceMs = performance.now()
    known = now
    return performance.now() - sinceMs > STILL_MS
  })
}
