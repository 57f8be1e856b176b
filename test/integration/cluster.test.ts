import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JoinedAnswer } from '../../src/actors/port.ts'
import { ulid } from '../../src/kernel/ids.ts'
import { AppError, isRejection } from '../../src/kernel/rejection.ts'
import { shardOf } from '../../src/kernel/shard.ts'
import { type ClusterMember, TestCluster } from '../fixtures/cluster.ts'
import { anna, Recorder } from '../fixtures/node.ts'

let cluster: TestCluster

beforeEach(() => {
  cluster = new TestCluster()
})
afterEach(() => cluster.stop())

async function until(what: () => boolean, ms = 8000): Promise<void> {
  await expect.poll(what, { timeout: ms, interval: 10 }).toBe(true)
}

const open = (member: ClusterMember, cid: string, watcher?: Recorder) =>
  member.ask(cid, {
    type: 'open',
    caller: anna,
    template: 'date-of-birth',
    locale: 'en',
    tz: 'UTC',
    channel: 'test',
    keyed: false,
    ...(watcher && { watcher }),
  })

/** An id whose conversation that node owns. */
function ownedBy(member: ClusterMember): string {
  for (;;) {
    const cid = ulid(Date.now())
    if (member.node.cluster.serves(shardOf('demo', cid))) return cid
  }
}

describe('a cluster of nodes', () => {
  it('gives one node everything, shares with a second, and takes all back when that one crashes', async () => {
    const a = await cluster.add('a')
    expect(a.owned).toBe(1024)
    const b = await cluster.add('b')
    await until(() => a.owned + b.owned === 1024 && b.owned > 400 && a.owned > 400)
    await b.kill()
    await until(() => a.owned === 1024)
  }, 20_000)

  it('answers turns of a conversation of another node, and pushes what happens there', async () => {
    const a = await cluster.add('a')
    const b = await cluster.add('b')
    await until(() => a.owned + b.owned === 1024 && b.owned > 400)
    const cid = ownedBy(b)
    const watcher = new Recorder()
    expect(await open(a, cid, watcher)).toMatchObject({ cid, existing: false, seq: 0 })
    expect(await a.send(cid, 'm1', 'december 1980', anna)).toMatchObject({ seq: 2, dup: false })
    await until(() => watcher.seqs.join() === '2,3')
    expect(await a.send(cid, 'm1', 'december 1980', anna)).toMatchObject({ seq: 2, dup: true })
    expect(await b.send(cid, 'm2', 'the 14th', anna)).toMatchObject({ dup: false })
    await until(() => watcher.seqs.length >= 4)
    const view = await a.ask(cid, { type: 'get', caller: anna })
    expect(view).toEqual(await b.ask(cid, { type: 'get', caller: anna }))
    const page = await a.ask(cid, { type: 'history', caller: anna, limit: 50 })
    expect(page).toEqual(await b.ask(cid, { type: 'history', caller: anna, limit: 50 }))
  }, 20_000)

  it('loses nothing when the owner crashes under a conversation: it goes on, and the watcher is told to join again', async () => {
    const a = await cluster.add('a')
    const b = await cluster.add('b')
    await until(() => a.owned + b.owned === 1024 && b.owned > 400)
    const cid = ownedBy(b)
    const watcher = new Recorder()
    const opened = (await open(a, cid, watcher)) as JoinedAnswer
    await a.send(cid, 'm1', 'december 1980', anna)
    await b.kill()
    const answer = await a.send(cid, 'm2', 'the 14th', anna)
    expect(isRejection(answer)).toBe(false)
    await until(() => watcher.lost.includes(cid))
    const joined = await a.ask(cid, { type: 'join', caller: anna, since: { inc: opened.inc, seq: 1 }, watcher })
    expect((joined as JoinedAnswer).events.map((event) => event.seq)).toEqual([2, 3, 4, 5])
    expect(joined).toMatchObject({ gap: false })
  }, 20_000)

  it('moves all conversations to the others when a node leaves, while they are talked to', async () => {
    const a = await cluster.add('a')
    const b = await cluster.add('b')
    await until(() => a.owned + b.owned === 1024 && b.owned > 400)
    const cids = Array.from({ length: 20 }, () => ownedBy(b))
    for (const cid of cids) await open(a, cid)
    let stopped = false
    const talking = cids.map(async (cid) => {
      const refused: unknown[] = []
      for (let i = 0; !stopped || i < 3; i++) {
        const answer = await a.send(cid, `m${i}`, 'what?', anna)
        if (isRejection(answer) && answer.rejected !== 'closed') refused.push(answer)
      }
      return refused
    })
    await b.node.handOver(5000)
    expect(b.owned).toBe(0)
    await until(() => a.owned === 1024)
    stopped = true
    expect((await Promise.all(talking)).flat()).toEqual([])
    await b.node.stop()
  }, 20_000)

  it('writes again what the journal had acknowledged and lost, while its owner lives', async () => {
    const a = await cluster.add('a')
    const cids = Array.from({ length: 10 }, () => ulid(Date.now()))
    for (const cid of cids) await open(a, cid)
    const put = cluster.documents.put.bind(cluster.documents)
    cluster.documents.put = () => Promise.reject(new AppError('storage.unavailable', 'away', { retry: 'later' }))
    for (const cid of cids) expect(await a.send(cid, 'm1', 'december 1980', anna)).toMatchObject({ seq: 2 })
    cluster.journal.lose(1)
    for (const cid of cids) expect(await a.send(cid, 'm2', 'the 14th', anna)).toMatchObject({ seq: 4 })
    cluster.documents.put = put
    for (const cid of cids) {
      const page = await a.ask(cid, { type: 'history', caller: anna, limit: 50 })
      expect(isRejection(page) || page.items.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5])
    }
  }, 20_000)
})
