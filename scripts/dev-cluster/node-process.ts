import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { guard } from '../../test/services/guard.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LISTENS = /^Parley listens on (\S+)$/
const STOP_MS_MAX = 15_000

export interface NodeSetup {
  readonly name: string
  /** Its options; of those in this process's own environment it gets PARLEY_LOG_LEVEL alone. */
  readonly env: Readonly<Record<string, string>>
  readonly write: (line: string) => void
}

/** A node in a process group of its own, so that Ctrl-C reaches this process alone. It does not outlive it. */
export class NodeProcess {
  readonly name: string
  readonly pid: number
  /** `SIGKILL` or `code 1`, when it ended. */
  readonly exit: Promise<string>
  /** The base URL, once it listens; rejects when it ends before. */
  readonly ready: Promise<string>
  readonly #child: ChildProcess
  #isRunning = true

  constructor({ name, env, write }: NodeSetup) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/app/main.ts'], {
      cwd: root,
      env: { ...cleanEnvironment(process.env), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.name = name
    this.#child = child
    this.pid = child.pid ?? 0
    const release = child.pid === undefined ? () => undefined : guard(child.pid)
    this.exit = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (code, signal) => resolve(signal ?? `code ${code}`))
    })
    void this.exit.then(() => {
      this.#isRunning = false
      release()
    })
    this.ready = new Promise((resolve, fail) => {
      eachLine(child.stderr, (line) => write(`${name} | ${line}`))
      eachLine(child.stdout, (line) => {
        write(`${name} | ${line}`)
        const url = LISTENS.exec(line)?.[1]
        if (url !== undefined) resolve(url)
      })
      void this.exit.then((how) => fail(new Error(`${name} ended before it listened (${how})`)))
    })
    // Whoever does not wait for `ready` must not die of its failure.
    this.ready.catch(() => undefined)
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /** SIGTERM, and SIGKILL where that does not help. */
  async stop(): Promise<void> {
    if (!this.#isRunning) return
    this.#child.kill('SIGTERM')
    const late = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS_MAX)
    await this.exit
    clearTimeout(late)
  }
}

function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(env)
  return Object.fromEntries(entries.filter(([name]) => name === 'PARLEY_LOG_LEVEL' || !/^(?:PARLEY_|HOST$|PORT$)/.test(name)))
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', take)
}
