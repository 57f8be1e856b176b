import type { FaultKind } from './fault-kinds.ts'
import { type Injected, Nemesis } from './nemesis.ts'
import { planFaults } from './plan.ts'
import { type RunOptions, type RunResult, runCluster, type Stage } from './run.ts'

/** Of the users, twice. */
const SILENT_SHARE = 0.1

export interface MixedOptions extends RunOptions {
  readonly kinds?: readonly FaultKind[]
}

/** All kinds of faults in turn, over conversations of all kinds. */
export function runMixed(options: MixedOptions): Promise<RunResult<readonly Injected[]>> {
  const forMs = options.minutes * 60_000
  const idleCloseMs = Math.max(20_000, Math.min(60_000, forMs / 3))
  return runCluster(options, { steady: false, idleCloseMs, attemptMs: 2_000 }, (stage) => injectAll(stage, options.kinds))
}

async function injectAll(stage: Stage, kinds: readonly FaultKind[] | undefined): Promise<readonly Injected[]> {
  const { options, cluster, crowd, monitor, token } = stage
  const { seed, minutes, nodes, users, tell } = options
  const forMs = minutes * 60_000
  const silent = Math.ceil(users * SILENT_SHARE)
  await crowd.openSilent(silent)
  const nemesis = new Nemesis({ cluster, sockets: () => crowd.sockets, token }, (line) => {
    if (line.startsWith('Redis')) monitor.redisLost()
    tell(line)
  })
  const later = setTimeout(() => void crowd.openSilent(silent), forMs / 3)
  await nemesis.run(planFaults({ seed, forMs, nodes, ...(kinds ? { kinds } : {}) }), forMs)
  clearTimeout(later)
  return nemesis.injected
}
