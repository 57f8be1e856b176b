import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeProcess } from '../../scripts/dev-cluster/node-process.ts'
import { TcpProxy } from './tcp-proxy.ts'

export const SERVICES = ['nats', 'redis', 'mongo'] as const
export type ServiceName = (typeof SERVICES)[number]

/** A supervisor's pause before it starts a process again that ended. */
const RESTART_MS = 300
export const FAKETIME_LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'

export interface ChaosNodeOptions {
  readonly name: string
  readonly port: number
  /** For its files and its log. */
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  readonly targets: Readonly<Record<ServiceName, number>>
  /** Its wall clock can be moved. */
  readonly hasClock: boolean
}

/** How one process of a node ended. */
export interface NodeExit {
  readonly atMs: number
  readonly node: string
  readonly how: string
  /** Nobody here had asked for it. */
  readonly byItself: boolean
}

/** One node and its links to the services, under a supervisor that starts it again when it ends. */
export class ChaosNode {
  readonly name: string
  readonly links: Readonly<Record<ServiceName, TcpProxy>>
  readonly log: string
  readonly exits: NodeExit[] = []
  readonly #options: ChaosNodeOptions
  readonly #clockFile: string
  #process: NodeProcess | undefined
  #wanted = false
  #asked = false
  #frozen = false
  #restart: NodeJS.Timeout | undefined
  #waiting: (() => void)[] = []
  #ready = false
  #restartMs: number = RESTART_MS

  private constructor(options: ChaosNodeOptions, links: Readonly<Record<ServiceName, TcpProxy>>) {
    this.#options = options
    this.name = options.name
    this.links = links
    this.log = join(options.dir, `${options.name}.log`)
    this.#clockFile = join(options.dir, `${options.name}.clock`)
    writeFileSync(this.#clockFile, '+0')
    mkdirSync(join(options.dir, options.name), { recursive: true })
  }

  static async create(options: ChaosNodeOptions): Promise<ChaosNode> {
    const { nats, redis, mongo } = options.targets
    const [n, r, m] = await Promise.all([TcpProxy.listen(nats), TcpProxy.listen(redis), TcpProxy.listen(mongo)])
    return new ChaosNode(options, { nats: n, redis: r, mongo: m })
  }

  get port(): number {
    return this.#options.port
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  get hasClock(): boolean {
    return this.#options.hasClock
  }

  /** It listens, as far as it was heard; a frozen one still counts. */
  get isUp(): boolean {
    return this.#ready
  }

  start(): void {
    this.#wanted = true
    if (this.#process === undefined && this.#restart === undefined) this.#spawn()
  }

  /** Resolves when it listens. */
  async ready(): Promise<void> {
    while (!this.#ready) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** SIGKILL. Started again after `downMs`. */
  async kill(downMs = RESTART_MS): Promise<void> {
    await this.#end('SIGKILL', downMs)
  }

  /** SIGTERM; resolves when it ended. Started again after `downMs`; Infinity: only by `start`. */
  async stop(downMs = RESTART_MS): Promise<void> {
    await this.#end('SIGTERM', downMs)
  }

  freeze(): void {
    this.#signal('SIGSTOP')
    this.#frozen = true
  }

  thaw(): void {
    this.#signal('SIGCONT')
    this.#frozen = false
  }

  /** Moves its wall clock away from the true one; its monotonic one goes on as before. */
  setClock(offsetS: number): void {
    writeFileSync(this.#clockFile, `${offsetS < 0 ? '' : '+'}${offsetS}`)
  }

  /** Resident memory in bytes, 0 while it does not run. */
  memoryBytes(): number {
    const process = this.#process
    if (process?.isRunning !== true) return 0
    try {
      const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1]
      return Number(kib ?? 0) * 1024
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return 0
      throw error
    }
  }

  /** For good, with its links. */
  async close(): Promise<void> {
    this.#wanted = false
    clearTimeout(this.#restart)
    this.thaw()
    for (const link of Object.values(this.links)) link.heal()
    const process = this.#process
    this.#asked = true
    await process?.stop()
    await Promise.all(Object.values(this.links).map((link) => link.close()))
  }

  async #end(signal: NodeJS.Signals, downMs: number): Promise<void> {
    const process = this.#process
    if (process === undefined) return
    this.#asked = true
    this.#wanted = Number.isFinite(downMs)
    this.#restartMs = downMs
    this.#signal(signal)
    if (this.#frozen && signal !== 'SIGKILL') this.thaw()
    await process.exit
  }

  #signal(signal: NodeJS.Signals): void {
    const running = this.#process
    if (running?.isRunning !== true || running.pid === 0) return
    try {
      process.kill(running.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  #spawn(): void {
    const { name, env, dir } = this.#options
    const { nats, redis, mongo } = this.links
    this.#restart = undefined
    this.#asked = false
    this.#frozen = false
    const write = (line: string): void => appendFileSync(this.log, `${new Date().toISOString()} ${line}\n`)
    const process = new NodeProcess({
      name,
      write,
      env: {
        ...env,
        PORT: String(this.#options.port),
        PARLEY_NODE: name,
        PARLEY_DATA_DIR: join(dir, name),
        PARLEY_NATS_URL: `nats://127.0.0.1:${nats.port}`,
        PARLEY_REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        PARLEY_MONGO_URL: `mongodb://127.0.0.1:${mongo.port}/?directConnection=true`,
        ...(this.#options.hasClock ? clockEnvironment(this.#clockFile) : {}),
      },
    })
    write(`${name} | started as process ${process.pid}`)
    this.#process = process
    process.ready.then(
      () => this.#isReady(process),
      () => undefined, // told by the exit
    )
    void process.exit.then((how) => this.#ended(process, how))
  }

  #isReady(process: NodeProcess): void {
    if (this.#process !== process) return
    this.#ready = true
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  #ended(process: NodeProcess, how: string): void {
    if (this.#process !== process) return
    this.exits.push({ atMs: Date.now(), node: this.name, how, byItself: !this.#asked })
    this.#process = undefined
    this.#ready = false
    if (!this.#wanted) return
    this.#restart = setTimeout(() => this.#spawn(), this.#asked ? this.#restartMs : RESTART_MS)
  }
}

function clockEnvironment(file: string): Record<string, string> {
  return {
    LD_PRELOAD: FAKETIME_LIBRARY,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_CACHE_DURATION: '1',
  }
}
