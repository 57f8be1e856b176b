import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second of /proc on Linux for user space, on every architecture Node runs on. */
const TICKS_PER_SECOND = 100

/** Processor time of a process so far, all its threads, user and system, in milliseconds (to 10 ms). Linux only. */
export function cpuMs(pid: number): number {
  return parseCpuMs(readFileSync(`/proc/${pid}/stat`, 'latin1'))
}

/** The same from the text of /proc/PID/stat. */
export function parseCpuMs(stat: string): number {
  // The second field is the program's name in parentheses and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (!Number.isFinite(ticks)) throw new Error('no processor times in /proc/PID/stat')
  return (ticks * 1000) / TICKS_PER_SECOND
}

/** Processor time that the whole machine has spent so far, in milliseconds: all but idleness. Linux only. */
export function machineCpuMs(): number {
  return parseMachineCpuMs(readFileSync('/proc/stat', 'latin1'))
}

/** The same from the text of /proc/stat. Guests are counted in user time already. */
export function parseMachineCpuMs(stat: string): number {
  const [user, nice, system, _idle, _ioWait, interrupts, softInterrupts] =
    /^cpu +(.+)$/m.exec(stat)?.[1]?.split(' ').map(Number) ?? []
  const ticks = Number(user) + Number(nice) + Number(system) + Number(interrupts) + Number(softInterrupts)
  if (!Number.isFinite(ticks)) throw new Error('no processor times in /proc/stat')
  return (ticks * 1000) / TICKS_PER_SECOND
}

/** Processor time of a process's threads that live, by the threads' names, in milliseconds. Linux only. */
export function threadCpuMs(pid: number): Map<string, number> {
  const byName = new Map<string, number>()
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')
    const name = thread === String(pid) ? 'main thread' : stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    byName.set(name, (byName.get(name) ?? 0) + parseCpuMs(stat))
  }
  return byName
}

/** Anonymous resident memory of a process, in KiB: what it holds itself, without the page cache of mapped files. Linux only. */
export function residentKiB(pid: number): number {
  return parseResidentKiB(readFileSync(`/proc/${pid}/status`, 'latin1'))
}

/** The same from the text of /proc/PID/status. */
export function parseResidentKiB(status: string): number {
  const match = /^RssAnon:\s+(\d+) kB$/m.exec(status)
  if (match === null) throw new Error('no RssAnon in /proc/PID/status')
  return Number(match[1])
}
