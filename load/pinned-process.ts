import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** The core of the server, and the one of whatever loads it. */
export const SERVER_CORE = 0
export const GENERATOR_CORE = 1

/** Whether processes can be kept on one core here; without it a bench still runs, and says so. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', String(SERVER_CORE), 'true']).status === 0

const STDERR_CHARS_MAX = 8 * 1024

/**
 * A Node process of the bench on a core of its own (where `taskset` is there). Its pid is that of Node itself.
 * What it writes to stderr is kept, the newest 8 Ki characters, for the error text when it fails.
 */
export class PinnedProcess {
  readonly child: ChildProcess
  readonly startedMs = performance.now()
  private stderr = ''

  /** Without a core it may run on all. */
  constructor(core: number | undefined, nodeArguments: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const command = [...(canPin && core !== undefined ? ['taskset', '-c', String(core)] : []), process.execPath, ...nodeArguments]
    this.child = spawn(command[0] as string, command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr = (this.stderr + chunk).slice(-STDERR_CHARS_MAX)
    })
    // A process that ended before it read its input is told by its exit.
    this.child.stdin?.on('error', () => {})
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get errorText(): string {
    return this.stderr
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  /** Writes `input` to its stdin and ends it. */
  feed(input: string): void {
    this.child.stdin?.end(input)
  }

  /** The first match of `pattern` in its stdout. Rejects when it ends before, or after `waitMs`. */
  async printed(pattern: RegExp, waitMs: number): Promise<RegExpExecArray> {
    let output = ''
    const stdout = this.child.stdout?.setEncoding('utf8')
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      stdout?.on('data', (chunk: string) => {
        output = (output + chunk).slice(-STDERR_CHARS_MAX)
        const match = pattern.exec(output)
        if (match !== null) resolve(match)
      })
      this.child.once('exit', (code, signal) =>
        reject(new Error(this.failure(`ended with ${code ?? signal} before it was ready`))),
      )
      this.child.once('error', reject)
      setTimeout(() => reject(new Error(this.failure(`was not ready within ${waitMs} ms`))), waitMs).unref()
    })
    return found
  }

  /** All of its stdout, once it has ended with code 0. */
  async finished(): Promise<string> {
    let output = ''
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
    const [code, signal] = await once(this.child, 'close')
    if (code !== 0) throw new Error(this.failure(`ended with ${code ?? signal}`))
    return output
  }

  /** SIGTERM, and SIGKILL after `waitMs`. Gives the exit code; null when it had to be killed. */
  async stop(waitMs: number): Promise<number | null> {
    if (this.hasEnded) return this.child.exitCode
    const ended = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    const timer = setTimeout(() => this.child.kill('SIGKILL'), waitMs)
    await ended
    clearTimeout(timer)
    return this.child.exitCode
  }

  /** `kill -9`, as a crash. */
  async kill(): Promise<void> {
    if (this.hasEnded) return
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }

  private failure(what: string): string {
    return `${this.child.spawnargs.join(' ')} ${what}\n${this.stderr}`
  }
}
