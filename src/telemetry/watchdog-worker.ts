import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { StallMeter, type Tick } from './stall.ts'
import { SLOT, type WatchdogData } from './watchdog-data.ts'

// Runs on its own thread with no event loop of its own: it sleeps, looks and sleeps again until it is told to end.
const { slots, stuckMs, tickMs, node } = workerData as WatchdogData

function tick(): Tick {
  return { beat: Atomics.load(slots, SLOT.beat), wallMs: Date.now(), monoMs: performance.now() }
}

const meter = new StallMeter(stuckMs, tickMs, tick())
while (Atomics.wait(slots, SLOT.end, 0, tickMs) === 'timed-out') {
  if (!meter.stuck(tick())) continue
  const msg = `the event loop has not moved for ${stuckMs} ms: ending the process`
  writeSync(2, `${JSON.stringify({ level: 'fatal', time: Date.now(), node, code: 'watchdog.stuck', msg })}\n`)
  process.kill(process.pid, 'SIGKILL')
}
