import { Worker } from 'node:worker_threads'
import { type InHandSlot, SLOT, type WatchdogData } from './watchdog-data.ts'

export interface WatchdogOptions {
  /** A loop that stands still for this long ends the process; at least 200. */
  readonly stuckMs: number
  /** The process's name, for its last line. */
  readonly node: string
  /** Named in its file while one delivery stays in hand for two looks, so that a process that dies of it leaves its name behind. */
  readonly inHand?: InHandSlot
}

export interface Watchdog {
  /** Ends the watching; call it before work that is known to hold the loop, and at the stop. */
  stop(): Promise<void>
}

/**
 * Watches this thread's event loop from another thread. When the loop stands still for `stuckMs` (found at most a quarter
 * later), a last JSON line goes to standard error (`code: 'watchdog.stuck'`) and the process is killed by SIGKILL: nothing else
 * can end it then, and what was acknowledged is on disk. A supervisor starts it again. Suspend and SIGSTOP are not stalls.
 * Neither the timer nor the thread keeps the process alive.
 */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const slots = new Int32Array(new SharedArrayBuffer(8))
  const tickMs = Math.min(250, Math.floor(options.stuckMs / 8))
  const beat = setInterval(() => Atomics.add(slots, SLOT.beat, 1), tickMs)
  beat.unref()
  const workerData: WatchdogData = { slots, stuckMs: options.stuckMs, tickMs, node: options.node, inHand: options.inHand }
  const file = import.meta.url.endsWith('.ts') ? './watchdog-worker.ts' : './watchdog-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData,
    env: {},
    execArgv: [],
  })
  worker.unref()
  return {
    async stop() {
      clearInterval(beat)
      Atomics.store(slots, SLOT.end, 1)
      Atomics.notify(slots, SLOT.end)
      await worker.terminate()
    },
  }
}
