import { cpuMs, machineCpuMs } from './process-stats.ts'

/** The part of a run that counts: its length, and the processor time that server, generator and others spent in it. */
export class MeasuredWindow {
  elapsedMs = 0
  serverCpuMs = 0
  generatorCpuMs = 0
  /** Of further processes, by name. */
  readonly besideCpuMs: Record<string, number> = {}
  /** Of everything else on the machine. */
  othersCpuMs = 0
  private readonly serverPid: number
  private readonly beside: Readonly<Record<string, number>>
  private beginMs = Number.POSITIVE_INFINITY
  private endMs = Number.POSITIVE_INFINITY

  constructor(serverPid: number, beside: Readonly<Record<string, number>> = {}) {
    this.serverPid = serverPid
    this.beside = beside
  }

  begin(): void {
    this.count(-1)
    this.beginMs = performance.now()
  }

  end(): void {
    this.endMs = performance.now()
    this.elapsedMs = this.endMs - this.beginMs
    this.count(1)
    const ours = Object.values(this.besideCpuMs).reduce((sum, ms) => sum + ms, this.serverCpuMs + this.generatorCpuMs)
    // Ticks of 10 ms are rounded for each process by itself.
    this.othersCpuMs = Math.max(0, this.othersCpuMs - ours)
  }

  /** Whether a moment lies within; until `end`, everything after the begin does. */
  has(ms: number): boolean {
    return ms >= this.beginMs && ms < this.endMs
  }

  private count(sign: 1 | -1): void {
    this.serverCpuMs += sign * cpuMs(this.serverPid)
    this.generatorCpuMs += sign * ownCpuMs()
    for (const [name, pid] of Object.entries(this.beside)) {
      this.besideCpuMs[name] = (this.besideCpuMs[name] ?? 0) + sign * cpuMs(pid)
    }
    this.othersCpuMs += sign * machineCpuMs()
  }
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
