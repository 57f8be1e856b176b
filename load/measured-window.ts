import { cpuMs } from './process-stats.ts'

/** The part of a run that counts: its length, and the processor time that server and generator spent in it. */
export class MeasuredWindow {
  elapsedMs = 0
  serverCpuMs = 0
  generatorCpuMs = 0
  private readonly serverPid: number
  private beginMs = Number.POSITIVE_INFINITY
  private endMs = Number.POSITIVE_INFINITY

  constructor(serverPid: number) {
    this.serverPid = serverPid
  }

  begin(): void {
    this.serverCpuMs = -cpuMs(this.serverPid)
    this.generatorCpuMs = -ownCpuMs()
    this.beginMs = performance.now()
  }

  end(): void {
    this.endMs = performance.now()
    this.elapsedMs = this.endMs - this.beginMs
    this.serverCpuMs += cpuMs(this.serverPid)
    this.generatorCpuMs += ownCpuMs()
  }

  /** Whether a moment lies within; until `end`, everything after the begin does. */
  has(ms: number): boolean {
    return ms >= this.beginMs && ms < this.endMs
  }
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
