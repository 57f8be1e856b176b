import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const READY = /http:\/\/127\.0\.0\.1:(\d+)/

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The server as a user starts it: `node src/app/main.ts` in a process of its own, with nothing of our environment but PATH. */
export class ServerProcess {
  readonly #child: ChildProcess
  /** Everything it printed, both streams. */
  output = ''
  /** Standard output alone. */
  stdout = ''
  /** Resolves when it ended and both streams are read. */
  readonly exit: Promise<Exit>
  /** The base URL, once it listens; rejects with its output when it ends before. */
  readonly ready: Promise<string>

  constructor(env: Readonly<Record<string, string>>, args: readonly string[] = []) {
    const child = spawn(process.execPath, ['src/app/main.ts', ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.exit = new Promise((resolve, fail) => {
      child.once('error', fail)
      child.once('close', (code, signal) => resolve({ code, signal }))
    })
    this.ready = new Promise((resolve, fail) => {
      const read = (text: string): void => {
        this.output += text
        const base = READY.exec(this.output)?.[0]
        if (base !== undefined && this.output.includes('\n', this.output.indexOf(base))) resolve(base)
      }
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.stdout += text
        read(text)
      })
      child.stderr.setEncoding('utf8').on('data', read)
      this.exit.then(() => fail(new Error(`the server ended before it listened:\n${this.output}`)), fail)
    })
    // Whoever does not wait for `ready` must not die of its failure.
    this.ready.catch(() => undefined)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Ends it by SIGTERM and tells how it went. */
  stop(): Promise<Exit> {
    this.kill('SIGTERM')
    return this.exit
  }
}

/** A data folder of its own, with a way to remove it. */
export async function temporaryData(): Promise<{ readonly dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-test-'))
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) }
}
