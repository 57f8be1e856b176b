import { describe, expect, it } from 'vitest'
import { anna, TestNode } from '../../test/fixtures/node.ts'
import { silentLog } from '../kernel/log.ts'
import { tellStrike } from './shared-strikes.ts'

describe('strikes that nodes count together', () => {
  it('quarantine a conversation at the third, wherever it lives, and no other', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    await node.open('c2', 'date-of-birth')
    const { documents, clock, host: router } = node
    for (let i = 1; i <= 3; i++) {
      expect(await node.send('c1', `m${i}`, 'what?'), `after ${i - 1}`).not.toHaveProperty('rejected')
      await tellStrike({ tenant: 'demo', cid: 'c1' }, { documents, router, clock, log: silentLog, node: `node-${i}` })
      await clock.advance(1000)
    }
    expect(await node.send('c1', 'm4', 'what?')).toMatchObject({
      rejected: 'closed',
      msg: expect.stringContaining('quarantined'),
    })
    expect(await node.ask('c1', { type: 'get', caller: anna })).toMatchObject({ rejected: 'closed' })
    expect(await node.send('c2', 'm1', 'what?')).not.toHaveProperty('rejected')
  })

  it('stay with the conversation over a restart, and leave it no timer', async () => {
    const node = await new TestNode().start()
    await node.open('c1', 'date-of-birth')
    const { documents, journal, clock, host: router } = node
    for (let i = 1; i <= 3; i++) {
      await tellStrike({ tenant: 'demo', cid: 'c1' }, { documents, router, clock, log: silentLog, node: `node-${i}` })
      await clock.advance(1000)
    }
    await node.crash()
    const next = await new TestNode({ documents, journal, clock }).start()
    expect(await next.send('c1', 'm4', 'what?')).toMatchObject({ rejected: 'closed' })
    expect(
      (await Promise.all(Array.from({ length: 1024 }, (_, shard) => journal.timers(shard, Number.POSITIVE_INFINITY)))).flat(),
    ).toEqual([])
  })
})
