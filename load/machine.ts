import { execFileSync } from 'node:child_process'
import { readFileSync, statfsSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { canPin } from './pinned-process.ts'

/** Where and of what a result was measured. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly kernel: string
  readonly node: string
  readonly date: string
  readonly commit: string
  /** The tree differed from the commit. */
  readonly changed: boolean
  /** Server and generator were kept on a core each. */
  readonly pinned: boolean
  /** The journal's folder lies on a file system in memory: durable figures mean nothing. */
  readonly dataInMemory: boolean
}

const TMPFS_MAGIC = 0x01021994

export function describeMachine(dataDir: string): Machine {
  return {
    cpu: cpuName(),
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short=12', 'HEAD') || 'unknown',
    changed: git('status', '--porcelain') !== '',
    pinned: canPin,
    dataInMemory: statfsSync(dataDir).type === TMPFS_MAGIC,
  }
}

/** `model name` alone says little on virtual machines, so family and model stand beside it. */
function cpuName(): string {
  const name = cpus()[0]?.model ?? 'unknown'
  try {
    const info = readFileSync('/proc/cpuinfo', 'latin1')
    const field = (key: string) => new RegExp(`^${key}\\s*: (.+)$`, 'm').exec(info)?.[1] ?? '?'
    return `${name} (family ${field('cpu family')}, model ${field('model')})`
  } catch {
    // Without /proc the name has to do.
    return name
  }
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    // Outside a checkout there is no commit to name.
    return ''
  }
}
