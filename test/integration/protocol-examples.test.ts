import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { keyedConversationId } from '../../src/kernel/ids.ts'
import { shardOf } from '../../src/kernel/shard.ts'
import { startFakeServer } from '../fixtures/gateway-server.ts'
import { readExamples, runExamples } from './protocol-examples.ts'
import { readTable } from './protocol-tables.ts'

const PAGE = fileURLToPath(new URL('../../docs/PROTOCOL.md', import.meta.url))

describe('the examples of docs/PROTOCOL.md', () => {
  runExamples(PAGE, () => startFakeServer({ config: { textCharsMax: 8000 } }))

  it('cover the whole conversation, resume, errors and closes', () => {
    const shown = new Set(
      readExamples(PAGE).flatMap(({ steps }) => steps.map(({ text }) => /"t":"([a-z.]+)"/.exec(text)?.[1] ?? text.split(' ')[0])),
    )
    const needed = [
      'hello',
      'welcome',
      'conv.open',
      'conv.opened',
      'conv.join',
      'conv.leave',
      'conv.close',
      'conv.state',
      'msg.send',
    ]
    const more = [
      'msg.ok',
      'msg.new',
      'data.update',
      'data.result',
      'history.get',
      'history.page',
      'sync',
      'typing',
      'read',
      'receipt',
    ]
    const rest = ['feedback', 'ping', 'pong', 'ok', 'error', 'auth.refresh', 'auth.ok', 'bye', 'close']
    for (const type of [...needed, ...more, ...rest]) expect(shown, type).toContain(type)
  })
})

describe('the tables of docs/PROTOCOL.md', () => {
  it('give the shard of every test vector', () => {
    const rows = readTable(PAGE, 'tenant')
    expect(rows.length).toBeGreaterThanOrEqual(5)
    for (const [tenant = '', cid = '', shard] of rows) expect(shardOf(tenant, cid), `${tenant} ${cid}`).toBe(Number(shard))
  })

  it('give the conversation id of every client key', () => {
    const rows = readTable(PAGE, 'tenant of the token')
    expect(rows.length).toBeGreaterThanOrEqual(3)
    for (const [tenant = '', user = '', key = '', cid] of rows) expect(keyedConversationId(tenant, user, key)).toBe(cid)
  })
})
