import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, isFree } from './free-port.ts'
import { type Exit, GuardedProcess } from './guarded-process.ts'

const START_MS_MAX = 30_000
const STOP_MS_MAX = 10_000
const PROBE_EVERY_MS = 20
const LOG_LINES = 30
const PORT_TRIES_MAX = 4

/** A real server on 127.0.0.1, in a process of its own that does not outlive this one, with its files in a folder of its own. */
export interface Service {
  readonly name: string
  readonly url: string
  readonly port: number
  /** Of the process that runs now, or ran last. */
  readonly pid: number
  /** Its data, kept over restarts. Removed by `stop`. */
  readonly dir: string
  /** The file with what it printed, all starts after each other. */
  readonly log: string
  readonly isRunning: boolean
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGSTOP: it keeps its connections and answers nothing. */
  freeze(): void
  thaw(): void
  /** Starts it on the same port and data, after `kill` if it runs still; resolves when it answers. */
  restart(): Promise<void>
  /** SIGTERM, SIGKILL where that does not help, then removes its files unless they are kept. */
  stop(): Promise<void>
  /** From now on `stop` leaves its files where they are, for somebody to look into. */
  keepFiles(): void
}

export interface ServiceSetup {
  readonly name: string
  readonly binary: string
  readonly url: string
  readonly port: number
  /** Its arguments, given the folder for its data. */
  readonly args: (dir: string) => readonly string[]
  /** Whether it answers. Rejecting means no. */
  readonly probe: () => Promise<boolean>
}

const started = new Set<ServiceProcess>()

/** Those that this process has started and not stopped. */
export function startedServices(): readonly Service[] {
  return [...started]
}

export class ServiceProcess implements Service {
  readonly name: string
  readonly url: string
  readonly port: number
  readonly dir: string
  readonly log: string
  readonly #setup: ServiceSetup
  readonly #root: string
  #process: GuardedProcess
  #isKept = false

  /** Starts it; `answers` tells when it is there. */
  constructor(setup: ServiceSetup) {
    this.#setup = setup
    this.name = setup.name
    this.url = setup.url
    this.port = setup.port
    this.#root = mkdtempSync(join(tmpdir(), `parley-${setup.name}-`))
    this.dir = join(this.#root, 'data')
    this.log = join(this.#root, 'log')
    mkdirSync(this.dir)
    this.#process = this.#spawn()
    started.add(this)
  }

  get pid(): number {
    return this.#process.pid
  }

  get isRunning(): boolean {
    return this.#process.ended === undefined
  }

  /** Resolves when it answers; rejects, with the end of its log, when it ends or takes too long. */
  async answers(): Promise<void> {
    const until = performance.now() + START_MS_MAX
    const { probe } = this.#setup
    while (!(await probe().catch(() => false))) {
      if (!this.isRunning) throw new Error(this.#failure(endText(this.#process)))
      if (performance.now() > until) throw new Error(this.#failure(`does not answer after ${START_MS_MAX} ms`))
      await pause(PROBE_EVERY_MS)
    }
    // Somebody else may answer on the port that this one could not get.
    if (!this.isRunning) throw new Error(this.#failure(endText(this.#process)))
  }

  async kill(): Promise<void> {
    this.#process.signal('SIGKILL')
    await this.#process.exit
  }

  freeze(): void {
    this.#process.signal('SIGSTOP')
  }

  thaw(): void {
    this.#process.signal('SIGCONT')
  }

  async restart(): Promise<void> {
    await this.kill()
    started.add(this)
    this.#process = this.#spawn()
    await this.answers().catch((error: unknown) => {
      this.keepFiles()
      throw error
    })
  }

  async stop(): Promise<void> {
    this.#process.signal('SIGTERM')
    this.#process.signal('SIGCONT')
    const late = setTimeout(() => this.#process.signal('SIGKILL'), STOP_MS_MAX)
    await this.#process.exit
    clearTimeout(late)
    started.delete(this)
    if (!this.#isKept) rmSync(this.#root, { recursive: true, force: true })
  }

  keepFiles(): void {
    this.#isKept = true
  }

  #logEnd(): string {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n')
  }

  #spawn(): GuardedProcess {
    const { binary, args } = this.#setup
    return new GuardedProcess({ binary, args: args(this.dir), dir: this.#root, log: this.log })
  }

  #failure(what: string): string {
    return `${this.name} on port ${this.port} ${what}; its log is ${this.log}:\n${this.#logEnd()}`
  }
}

/** Starts a server on a free port and waits until it answers; on another one when somebody was quicker to take it. */
export async function startService(setupOn: (port: number) => ServiceSetup): Promise<ServiceProcess> {
  for (let tries = 1; ; tries++) {
    const service = new ServiceProcess(setupOn(await freePort()))
    try {
      await service.answers()
      return service
    } catch (error) {
      const isTaken = !service.isRunning && !(await isFree(service.port))
      if (!isTaken || tries === PORT_TRIES_MAX) service.keepFiles()
      await service.stop()
      if (!isTaken || tries === PORT_TRIES_MAX) throw error
    }
  }
}

function endText({ fault, ended }: { readonly fault: Error | undefined; readonly ended: Exit | undefined }): string {
  if (fault !== undefined) return `could not be started (${fault.message})`
  return `ended by itself (${ended?.signal ?? `code ${ended?.code}`})`
}
