import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SharedInHand } from '../../src/app/in-hand.ts'
import { readQuarantine, slotPath } from '../../src/app/slot-file.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { ServerProcess, temporaryData } from './server-process.ts'

let data: Awaited<ReturnType<typeof temporaryData>>
beforeEach(async () => {
  data = await temporaryData()
})
afterEach(() => data.remove())

/** Runs a process that gets stuck with this conversation in hand, until the watchdog ends it. */
function getStuck(tenant: string, cid: string): Promise<NodeJS.Signals | null> {
  const script = fileURLToPath(new URL('../fixtures/stuck-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, data.dir, tenant, cid], { stdio: 'ignore' })
  return new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)))
}

describe('a conversation that stops its host', () => {
  it('leaves its name behind, and is quarantined the third time', { timeout: 20_000 }, async () => {
    for (const expected of [[], [], ['demo/c1']]) {
      expect(await getStuck('demo', 'c1')).toBe('SIGKILL')
      expect(readFileSync(slotPath(data.dir), 'latin1')).toBe('demo/c1')
      expect(readQuarantine(data.dir, silentLog).held).toEqual(expected)
      expect(existsSync(slotPath(data.dir)), 'counted once').toBe(false)
    }
    expect(readQuarantine(data.dir, silentLog).held).toEqual(['demo/c1'])
  })

  it('is refused with 410 and a reason, and nobody else is', { timeout: 20_000 }, async () => {
    writeFileSync(join(data.dir, 'strikes.json'), JSON.stringify({ 'demo/c1': 3, 'demo/c2': 2 }))
    const server = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir, PARLEY_LOG_LEVEL: 'error' })
    const base = await server.ready
    const { token } = (await (await fetch(`${base}/api/v2/dev/token?user=anna`)).json()) as { token: string }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const get = (cid: string) => fetch(`${base}/api/v2/chat/conversations/${cid}`, { headers })
    const refused = await get('c1')
    expect(refused.status).toBe(410)
    expect(await refused.json()).toMatchObject({ name: 'closed', msg: expect.stringContaining('quarantined') })
    expect((await get('c2')).status).toBe(404)
    await server.stop()
  })

  it('is not blamed for a stop between deliveries, nor a damaged slot file for anything', () => {
    writeFileSync(slotPath(data.dir), '../../etc/passwd')
    expect(readQuarantine(data.dir, silentLog).held).toEqual([])
    writeFileSync(join(data.dir, 'strikes.json'), 'not json')
    expect(readQuarantine(data.dir, silentLog).held).toEqual([])
  })
})

describe('the name of what is in hand', () => {
  it('is there while a delivery runs, also when one delivery starts the next', () => {
    const inHand = new SharedInHand()
    expect(inHand.current()).toBeUndefined()
    inHand.set('demo', 'c1')
    inHand.set('demo', 'another')
    expect(inHand.current()).toBe('demo/another')
    inHand.clear()
    expect((inHand.sequence[0] ?? 0) % 2).toBe(1)
    inHand.clear()
    expect(inHand.current()).toBeUndefined()
    expect((inHand.sequence[0] ?? 0) % 2).toBe(0)
  })
})
