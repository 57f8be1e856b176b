import { it } from 'vitest'
import { anna, TestNode } from './fixtures/node.ts'
import { MemoryDocuments } from '../src/storage/memory/documents.ts'
import { MemoryJournal } from '../src/storage/memory/journal.ts'
class Untrimmed extends MemoryJournal { override async trim(): Promise<void> {} }
it('timers', async () => {
  const journal = new Untrimmed(); const documents = new MemoryDocuments()
  const node = await new TestNode({ journal, documents }).start()
  await node.open('c1', 'date-of-birth')
  await node.clock.advance(1000)
  journal.lose(1)
  const count = async () => { let t = 0; for (let s = 0; s < 1024; s++) t += (await journal.timers(s, Infinity)).length; return t }
  console.log('timers after loss', await count())
  const shards = [...Array(1024).keys()]
  node.host.drop(shards)
  const mended = await Promise.all((await journal.claim(shards, 'me')).map((c) => node.host.mend(c)))
  await node.host.adopt(mended)
  console.log('timers after mending', await count())
  await node.clock.advance(3 * 86_400_000)
  console.log(JSON.stringify(await node.ask('c1', { type: 'get', caller: anna })).slice(0, 160))
})
