import { readdirSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Sets the nice value of a process: of all its threads, and of its session where the kernel shares time between sessions first
 * (autogroups), as a nice value counts within its session only. Linux. Below 0 takes root.
 */
export function prioritize(pid: number, nice: number): void {
  for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), nice)
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(nice))
  } catch (error) {
    // A kernel without autogroups.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
