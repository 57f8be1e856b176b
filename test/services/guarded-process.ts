import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { guard } from './guard.ts'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Command {
  readonly binary: string
  readonly args: readonly string[]
  /** Working directory; removed if this process dies before it stopped the server. */
  readonly dir: string
  /** What it prints is appended to this file. */
  readonly log: string
}

/** A server in a process group of its own (Ctrl-C does not reach it) that does not outlive this process. */
export class GuardedProcess {
  readonly #child: ChildProcess
  /** Resolves when it ended, however; never rejects. */
  readonly exit: Promise<Exit>
  /** Set when it ended. */
  ended: Exit | undefined
  /** Why it could not be started at all. */
  fault: Error | undefined

  constructor({ binary, args, dir, log }: Command) {
    const file = openSync(log, 'a')
    const child = spawn(binary, args, { cwd: dir, detached: true, stdio: ['ignore', file, file] })
    closeSync(file)
    this.#child = child
    const release = child.pid === undefined ? () => undefined : guard(child.pid, dir)
    this.exit = new Promise((resolve) => {
      const end = (exit: Exit): void => {
        this.ended = exit
        release()
        resolve(exit)
      }
      child.once('error', (error) => {
        this.fault = error
        end({ code: null, signal: null })
      })
      child.once('exit', (code, signal) => end({ code, signal }))
    })
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Nothing happens to one that ended. */
  signal(signal: NodeJS.Signals): void {
    if (this.ended === undefined) this.#child.kill(signal)
  }
}
