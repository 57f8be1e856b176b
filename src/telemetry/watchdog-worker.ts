import { rmSync, writeFileSync, writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { StallMeter, type Tick } from './stall.ts'
import { type InHandSlot, SLOT, type WatchdogData } from './watchdog-data.ts'

// Runs on its own thread with no event loop of its own: it sleeps, looks and sleeps again until it is told to end.
const { slots, stuckMs, tickMs, node, inHand } = workerData as WatchdogData

function tick(): Tick {
  return { beat: Atomics.load(slots, SLOT.beat), wallMs: Date.now(), monoMs: performance.now() }
}

let seen = 0
let written = false

/** Two looks at the same delivery: its name goes to the slot file; once it is done the file goes away again. */
function note(slot: InHandSlot): void {
  const now = Atomics.load(slot.sequence, 0)
  const lasting = now === seen && now % 2 !== 0
  if (lasting && !written) {
    const bytes = Buffer.from(slot.name)
    writeFileSync(slot.file, bytes.toString('latin1', 0, Atomics.load(slot.sequence, 1)), { flush: true })
    written = true
  } else if (!lasting && written) {
    rmSync(slot.file, { force: true })
    written = false
  }
  seen = now
}

const meter = new StallMeter(stuckMs, tickMs, tick())
while (Atomics.wait(slots, SLOT.end, 0, tickMs) === 'timed-out') {
  if (inHand) note(inHand)
  if (!meter.stuck(tick())) continue
  const msg = `the event loop has not moved for ${stuckMs} ms: ending the process`
  writeSync(2, `${JSON.stringify({ level: 'fatal', time: Date.now(), node, code: 'watchdog.stuck', msg })}\n`)
  process.kill(process.pid, 'SIGKILL')
}
