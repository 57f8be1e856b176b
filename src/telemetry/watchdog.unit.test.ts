import { spawn } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'

const watchdog = new URL('./watchdog.ts', import.meta.url).href
const STUCK_MS = 400

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stderr: string
}

/** A process that watches itself and runs `body`; `ready` resolves when it printed its first line. */
function child(body: string) {
  const source = `
    import { startWatchdog } from ${JSON.stringify(watchdog)}
    const dog = startWatchdog({ stuckMs: ${STUCK_MS}, node: 'n1' })
    const block = (ms) => { const end = performance.now() + ms; while (performance.now() < end); }
    ${body}`
  const running = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ready = new Promise<void>((resolve) => running.stdout.once('data', () => resolve()))
  const ended = new Promise<Ended>((resolve) => running.once('close', (code, signal) => resolve({ code, signal, stderr })))
  return { running, ready, ended }
}

describe('the watchdog', () => {
  test('kills a process whose loop is stuck, with a last line that says so', async () => {
    const { signal, stderr } = await child('setTimeout(() => block(60_000), 50)').ended
    expect(signal).toBe('SIGKILL')
    expect(JSON.parse(stderr)).toMatchObject({ level: 'fatal', node: 'n1', code: 'watchdog.stuck' })
  }, 20_000)

  test('leaves a busy loop alone that still turns, and lets the process end by itself', async () => {
    const body = `let rounds = 0; const round = () => { block(${STUCK_MS / 4}); if (++rounds < 12) setImmediate(round) }; round()`
    expect(await child(body).ended).toEqual({ code: 0, signal: null, stderr: '' })
  }, 20_000)

  test('does not see a suspend as a stall', async () => {
    const { running, ready, ended } = child("setInterval(() => console.log('beat'), 10); setTimeout(() => process.exit(0), 1500)")
    await ready
    running.kill('SIGSTOP')
    await after(STUCK_MS * 3)
    running.kill('SIGCONT')
    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' })
  }, 20_000)

  test('sees nothing any more once it was stopped', async () => {
    expect(await child(`await dog.stop(); block(${STUCK_MS * 3})`).ended).toEqual({ code: 0, signal: null, stderr: '' })
  }, 20_000)
})
