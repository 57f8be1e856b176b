import type { Answer } from '../../src/actors/port.ts'
import { isRejection, type Rejection } from '../../src/kernel/rejection.ts'
import { checkHistory } from './checkers.ts'
import { ALONE_FAULTS, FAULTS, type Fault, type FaultKind, faultText, schedule } from './faults.ts'
import { keyOf } from './ledger.ts'
import type { Mutant } from './mutants.ts'
import { Nemesis } from './nemesis.ts'
import { aloneNode, clusterNode, type NodeFactory } from './node.ts'
import { SeededRandom } from './random.ts'
import { readStored, type StoredConversation } from './stored.ts'
import type { Violation } from './violations.ts'
import { World } from './world.ts'

/** `alone`: one server on a journal of its own. `cluster`: several, on a broker and a journal engine. */
export type Shape = 'alone' | 'cluster'

export interface RunOptions {
  readonly seed: number
  readonly shape: Shape
  /** Virtual milliseconds of talk under faults. */
  readonly talkMs?: number
  readonly mutant?: Mutant | undefined
  /** The kinds that the schedule draws from; all that fit the shape by default. */
  readonly kinds?: readonly FaultKind[]
  /** Instead of a schedule drawn from the seed. */
  readonly faults?: readonly Fault[]
  readonly log?: (line: string) => void
}

export interface Report {
  readonly seed: number
  readonly shape: Shape
  readonly mutant: Mutant | undefined
  readonly violations: readonly Violation[]
  /** All of them; `violations` keeps the first few hundred. */
  readonly violationCount: number
  readonly faults: readonly Fault[]
  /** Of the trace: the same for the same seed. */
  readonly hash: number
  readonly events: number
  readonly virtualMs: number
  readonly counts: Readonly<Record<string, number>>
}

const FACTORIES: Readonly<Record<Shape, NodeFactory>> = { alone: aloneNode, cluster: clusterNode }
const NODES = { low: 2, high: 4 } as const
const CLIENTS = 8
const TALK_MS = 20_000
const START_LIMIT_MS = 20_000
const AFTER_FAULTS_MS = 2000
/** Within this everything must be settled once faults have ended: the write-behind's longest pause is 30 s. */
const SETTLE_MS = 60_000
const LOOK_MS = 500
const ANSWER_MS = 20_000

/** Runs one seed: talk under faults, an end of all faults, and the checks. */
export async function runSeed(options: RunOptions): Promise<Report> {
  const { seed, shape, mutant, talkMs = TALK_MS, log } = options
  const factory = FACTORIES[shape]
  const random = new SeededRandom(seed, 'run')
  const nodes = shape === 'alone' ? 1 : NODES.low + random.below(NODES.high - NODES.low + 1)
  const world = new World({ seed, nodes, clients: CLIENTS, factory, mutant, ...(log ? { log } : {}) })
  const { sim, violations } = world
  for (const slot of world.slots) world.start(slot)
  await sim.run(START_LIMIT_MS, () => world.isServing)
  if (!world.isServing) {
    violations.add('settled', 'the nodes did not start')
    return reportOf(options, world, [])
  }
  for (const client of world.clients) client.start()
  const kinds = options.kinds ?? (shape === 'alone' ? ALONE_FAULTS : FAULTS)
  const fromMs = sim.nowMs
  const faults = options.faults ?? schedule(random, kinds, 0, talkMs)
  const nemesis = new Nemesis(world)
  nemesis.start(faults.map((fault) => ({ ...fault, atMs: fault.atMs + fromMs })))
  await sim.run(fromMs + talkMs)
  nemesis.stop()
  world.startAll()
  await sim.run(sim.nowMs + AFTER_FAULTS_MS)
  for (const client of world.clients) client.stop()
  await settle(world)
  const stored = await readStored(world.documents.documents)
  checkHistory(world, stored)
  await checkActors(world, stored)
  checkAnswered(world)
  return reportOf(options, world, faults)
}

/** Until nothing is left to do, or the time for it is over. */
async function settle(world: World): Promise<void> {
  const { sim, violations } = world
  const untilMs = sim.nowMs + SETTLE_MS
  for (;;) {
    const left = unsettled(world)
    if (left === undefined) return
    if (sim.nowMs >= untilMs) {
      violations.add('settled', `${SETTLE_MS / 1000} s after the last fault: ${left}`)
      return
    }
    await sim.run(sim.nowMs + LOOK_MS)
  }
}

function unsettled(world: World): string | undefined {
  const { clients, ledger, documents, slots } = world
  const down = slots.find(({ node, process }) => node === undefined || process?.state !== 'up')
  if (down) return `${down.machine.name} does not serve`
  const tails = new Map<string, number>()
  for (const [key, log] of ledger.conversations()) {
    for (const booked of log) {
      tails.set(key, Math.max(tails.get(key) ?? 0, booked.data.events.at(-1)?.seq ?? 0))
      if (!ledger.excused.has(key) && !documents.has(booked)) return `entry ${booked.n} of ${booked.cid} is not in the documents`
    }
  }
  for (const client of clients) {
    if (client.outstanding > 0) return `${client.name} waits for ${client.outstanding} answers`
    if (!client.connected) return `${client.name} is not connected`
    for (const talk of client.talks) {
      const key = keyOf(client.caller.tenant, talk.cid)
      if (talk.closed || ledger.excused.has(key)) continue
      if (!talk.live) return `${client.name} could not follow ${talk.cid}`
      if (talk.seq < (tails.get(key) ?? 0)) return `${client.name} has ${talk.cid} up to ${talk.seq} of ${tails.get(key)}`
    }
  }
  const [unrepaired] = ledger.unrepaired()
  return unrepaired === undefined ? undefined : `what shard ${unrepaired} lost was not written again`
}

/** Asks every node for every conversation: all must say what is stored. */
async function checkActors(world: World, stored: readonly StoredConversation[]): Promise<void> {
  const { sim, slots, violations, ledger } = world
  let left = 0
  for (const { node, process } of slots) {
    if (!node || !process) continue
    for (const { tenant, cid, snapshot } of stored) {
      const key = keyOf(tenant, cid)
      if (ledger.excused.has(key)) continue
      left++
      const ask = (attempt: number): void => {
        const caller = { tenant, user: 'checker', role: 'service' } as const
        node.router.deliver(tenant, cid, { type: 'get', caller }, (answer: Answer | Rejection) => {
          if (isRejection(answer) && attempt < 20) {
            process.clock.setTimer(200, () => ask(attempt + 1))
            return
          }
          left--
          const view = answer as { seq?: number; state?: string }
          // Its idle timer may have closed it since.
          if (
            isRejection(answer) ||
            (view.seq as number) < snapshot.seq ||
            (snapshot.state === 'closed' && view.state !== 'closed')
          ) {
            const said = isRejection(answer) ? `${answer.rejected}: ${answer.msg}` : `${view.seq} ${view.state}`
            violations.add('documents', `${process.id} says of ${cid} ${said}, stored is ${snapshot.seq} ${snapshot.state}`)
          }
        })
      }
      sim.plan(0, process, 'input', () => ask(0))
    }
  }
  await sim.run(sim.nowMs + ANSWER_MS, () => left === 0)
  if (left > 0) violations.add('sound', `${left} questions about conversations were not answered`)
}

function checkAnswered({ open, sim, violations }: World): void {
  for (const { process, what, sinceMs } of open.values()) {
    if (sim.nowMs - sinceMs > ANSWER_MS)
      violations.add('sound', `${process} did not answer: ${what}, asked at ${Math.round(sinceMs)} ms`)
  }
}

function reportOf(options: RunOptions, world: World, faults: readonly Fault[]): Report {
  const { sim, history, ledger, violations } = world
  const { seed, shape, mutant } = options
  for (const { mid, outcome, seq, attempts } of history.sends) sim.note(`${mid} ${outcome} ${seq} ${attempts}\n`)
  const outcomes = { ok: 0, fail: 0, unknown: 0 }
  for (const { outcome } of history.sends) if (outcome) outcomes[outcome]++
  return {
    seed,
    shape,
    mutant,
    violations: violations.all,
    violationCount: violations.count,
    faults,
    hash: sim.hash,
    events: sim.events,
    virtualMs: Math.round(sim.nowMs),
    counts: {
      nodes: world.slots.length,
      starts: world.slots.reduce((sum, { starts }) => sum + starts, 0),
      appends: ledger.appends,
      lostEntries: ledger.losses,
      excused: ledger.excused.size,
      ...outcomes,
      ...history.counts,
      ...Object.fromEntries([...history.rejections].map(([code, count]) => [`rejected ${code}`, count])),
    },
  }
}

/** The command that runs this seed again. */
export function replayCommand({ seed, shape, mutant }: Pick<Report, 'seed' | 'shape' | 'mutant'>): string {
  return `npm run sim -- --shape ${shape} --seeds 1 --first-seed ${seed}${mutant ? ` --mutant ${mutant}` : ''} --log`
}

/** What a person needs of a failed seed: what broke, under which faults, and how to see it again. */
export function failureText(report: Report): string {
  const { seed, shape, violations, violationCount, faults } = report
  const shown = violations.slice(0, 12).map(({ rule, atMs, what }) => `  ${String(atMs).padStart(6)} ms  ${rule}: ${what}`)
  const more = violationCount > shown.length ? [`  … ${violationCount - shown.length} more`] : []
  return [
    `seed ${seed} (${shape}) broke ${violationCount} promises:`,
    ...shown,
    ...more,
    'faults:',
    ...faults.map((fault) => `  ${faultText(fault)}`),
    `again: ${replayCommand(report)}`,
  ].join('\n')
}
