import type { Caller } from '../../src/actors/port.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { Broker } from './broker.ts'
import { SimBus } from './bus.ts'
import { SimClient } from './client.ts'
import { ClientHistory } from './client-history.ts'
import { simNlu } from './dialogue.ts'
import { DirectoryEngine } from './directory.ts'
import { DocumentsEngine } from './documents.ts'
import { EngineWire } from './engine.ts'
import { JournalEngine } from './journal.ts'
import { Ledger } from './ledger.ts'
import type { Mutant } from './mutants.ts'
import type { NodeFactory, SimNode } from './node.ts'
import { Machine, SimProcess } from './process.ts'
import { SeededRandom } from './random.ts'
import { Simulation } from './simulation.ts'
import { Violations } from './violations.ts'
import { Weather } from './weather.ts'

/** A place for a node: its machine, and the process that runs on it. */
export interface Slot {
  readonly machine: Machine
  process: SimProcess | undefined
  node: SimNode | undefined
  starts: number
  /** Meant to be down: nobody starts it. */
  down: boolean
}

export interface WorldOptions {
  readonly seed: number
  readonly nodes: number
  readonly clients: number
  readonly factory: NodeFactory
  readonly mutant: Mutant | undefined
  /** Lines of the nodes' logs, for looking at one seed. */
  readonly log?: (line: string) => void
}

const START_MS = Date.parse('2026-11-20T10:00:00Z')
const SKEW_MS = 200
const DRIFT = 1e-4
/** A supervisor starts what ended by itself. */
const SUPERVISED_MS = { low: 200, high: 1000 } as const
const TENANTS = ['demo', 'acme'] as const

/** Machines, engines, network and clients of one run. */
export class World {
  readonly options: WorldOptions
  readonly random: SeededRandom
  readonly sim: Simulation
  readonly weather = new Weather()
  readonly violations: Violations
  readonly ledger: Ledger
  readonly history = new ClientHistory()
  readonly documents: DocumentsEngine
  readonly journal: JournalEngine
  readonly directory: DirectoryEngine
  readonly broker: Broker
  readonly slots: Slot[] = []
  readonly clients: SimClient[] = []
  readonly open = new Map<object, { readonly process: string; readonly what: string; readonly sinceMs: number }>()

  constructor(options: WorldOptions) {
    this.options = options
    const random = new SeededRandom(options.seed)
    this.random = random
    this.sim = new Simulation(random, (process, error) => this.#fault(process, error))
    const { sim, weather } = this
    const now = (): number => sim.nowMs
    this.violations = new Violations(now)
    this.documents = new DocumentsEngine(new EngineWire(sim, weather, 'documents', random))
    this.ledger = new Ledger(this.violations, now, this.documents.has)
    const { mutant } = options
    this.journal = new JournalEngine({
      sim,
      weather,
      wire: new EngineWire(sim, weather, 'journal', random),
      ledger: this.ledger,
      violations: this.violations,
      isInDocuments: this.documents.has,
      mutant: mutant === 'no-dedup' ? undefined : mutant,
    })
    this.directory = new DirectoryEngine(sim, weather, new EngineWire(sim, weather, 'directory', random))
    this.broker = new Broker(sim, weather, random)
    for (let i = 0; i < options.nodes; i++) this.slots.push(this.#slot(i))
    for (let i = 0; i < options.clients; i++) this.clients.push(this.#client(i))
  }

  /** Starts a process on the slot's machine, unless one is there. */
  start(slot: Slot): void {
    slot.down = false
    if (slot.process && !slot.process.isDead) return
    const { machine } = slot
    const process = new SimProcess(this.sim, machine, `${machine.name}-${++slot.starts}`)
    slot.process = process
    slot.node = undefined
    process.onEnd(() => {
      slot.node = undefined
      this.ledger.ended(process.id)
      for (const [handle, { process: id }] of this.open) if (id === process.id) this.open.delete(handle)
    })
    this.sim.plan(0, process, 'world', () => this.#run(slot, process))
  }

  kill(slot: Slot): void {
    slot.down = true
    slot.process?.kill()
  }

  /** In good order within `limitMs`, else killed; started again after `downMs`. */
  stop(slot: Slot, limitMs: number, downMs: number): void {
    const { process, node } = slot
    if (!process || !node || slot.down) return
    slot.down = true
    let ended = false
    const end = (): void => {
      if (ended) return
      ended = true
      process.kill()
      this.sim.plan(downMs, undefined, 'world', () => this.start(slot))
    }
    this.sim.plan(limitMs, undefined, 'world', end)
    this.sim.plan(0, process, 'input', () => {
      node.stop().then(
        () => this.sim.plan(0, undefined, 'world', end),
        (error) => this.#fault(process, error),
      )
    })
    // Told by its readiness: nobody new is sent there.
    slot.node = undefined
  }

  /** Everything that should run runs. */
  startAll(): void {
    for (const slot of this.slots) {
      if (slot.process?.state === 'paused') slot.process.resume(0)
      this.start(slot)
    }
  }

  get isServing(): boolean {
    return this.slots.every(({ node, process }) => node !== undefined && process?.state === 'up')
  }

  #run(slot: Slot, process: SimProcess): void {
    const { random, options } = this
    const own = random.fork(process.id)
    const ids = own.fork('ids')
    const parts = {
      process,
      journal: this.journal.connect(process),
      documents: this.documents.connect(process),
      bus: new SimBus(this.broker, process),
      directory: this.directory.connect(process),
      nlu: simNlu(process, own.fork('nlu')),
      log: options.log === undefined ? silentLog : logOf(options.log, process, this.sim),
      random: own.fork('random').next,
      newId: () => ids.text(26),
    }
    options.factory(parts).then(
      (node) => {
        slot.node = node
      },
      () => {
        // It could not start; its supervisor tries again.
        this.sim.plan(0, undefined, 'world', () => this.#ended(slot, process))
      },
    )
  }

  #ended(slot: Slot, process: SimProcess): void {
    process.kill()
    if (slot.process !== process) return
    this.sim.plan(this.random.between(SUPERVISED_MS.low, SUPERVISED_MS.high), undefined, 'world', () => {
      if (!slot.down) this.start(slot)
    })
  }

  /** Nothing may throw into the void: a real process would end. */
  #fault(process: SimProcess | undefined, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error)
    this.violations.add('sound', `${process?.id ?? 'the world'}: ${text}`)
    const slot = this.slots.find((one) => one.process === process)
    if (slot && process) this.sim.plan(0, undefined, 'world', () => this.#ended(slot, process))
  }

  #slot(i: number): Slot {
    const { random } = this
    const machine = new Machine(`n${i + 1}`, START_MS + random.between(-SKEW_MS, SKEW_MS), random.between(-DRIFT, DRIFT))
    return { machine, process: undefined, node: undefined, starts: 0, down: false }
  }

  #client(i: number): SimClient {
    const caller: Caller = { tenant: TENANTS[i % TENANTS.length] as string, user: `user${i >> 2}`, role: 'user' }
    return new SimClient(
      {
        sim: this.sim,
        ledger: this.ledger,
        violations: this.violations,
        history: this.history,
        random: this.random,
        open: this.open,
        now: () => this.sim.nowMs,
        anyNode: (random) => {
          const serving = this.slots.filter(({ node, process }) => node && process && !process.isDead)
          return serving.length === 0 ? undefined : random.pick(serving).node
        },
        freshMids: this.options.mutant === 'no-dedup',
      },
      `k${i + 1}`,
      caller,
    )
  }
}

function logOf(write: (line: string) => void, process: SimProcess, sim: Simulation): typeof silentLog {
  const line =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, msg: string): void => {
      const { err, ...rest } = fields
      const error = err instanceof Error ? ` ${err.message}` : ''
      write(`${sim.nowMs.toFixed(1).padStart(9)} ${process.id} ${level} ${msg} ${JSON.stringify(rest)}${error}`)
    }
  return { debug: () => {}, info: line('info'), warn: line('warn'), error: line('error'), debugging: false }
}
