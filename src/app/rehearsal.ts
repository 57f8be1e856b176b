import { ConversationHost, type HostOptions } from '../actors/host.ts'
import { LocalShards } from '../actors/local-shards.ts'
import { Quarantine } from '../actors/quarantine.ts'
import { noMetrics } from '../kernel/metrics.ts'
import { MemoryDocuments } from '../storage/memory/documents.ts'
import { MemoryJournal } from '../storage/memory/journal.ts'
import { WriteBehind } from '../storage/write-behind.ts'
import type { Factory } from '../tenancy/template-store.ts'
import { DocumentTemplateStore } from '../tenancy/template-store.ts'

type Parts = Pick<HostOptions, 'clock' | 'log' | 'projection' | 'nlu' | 'limits' | 'country' | 'newId'>

const TENANT = 'rehearsal'
const TEMPLATE = 'registration'
const CONVERSATIONS = 20
const SAID = ['Ada Lovelace', 'december 1980', 'the 14th', 'ada at example dot com', 'what?']
const LIMITS = { flushMs: 10, opsMax: 100, entriesMax: 10_000, tenantsConcurrentMax: 1, stuckMs: 1000 }

/**
 * Holds a few conversations in memory before the node joins the others: the first turns of a process take many times what later ones
 * do, and the shards that it is given are in the middle of theirs. Leaves nothing behind.
 */
export async function rehearse(factory: Factory, parts: Parts): Promise<void> {
  const { clock, log, projection } = parts
  const journal = new MemoryJournal()
  const documents = new MemoryDocuments()
  const writeBehind = new WriteBehind({ ...parts, documents, journal, metrics: noMetrics, limits: LIMITS })
  const shards = new LocalShards({ journal, clock, log })
  const host = new ConversationHost({
    ...parts,
    journal,
    documents,
    writeBehind,
    projection,
    metrics: noMetrics,
    templates: new DocumentTemplateStore({ documents, factory, clock, log }),
    inHand: { set() {}, clear() {} },
    quarantine: new Quarantine([]),
    onLost: (shard, fenced) => shards.lost(shard, fenced),
  })
  await shards.start(host)
  host.start()
  const caller = { tenant: TENANT, user: 'nobody', role: 'user' } as const
  for (let i = 0; i < CONVERSATIONS; i++) {
    const cid = parts.newId(clock.now())
    const opening = {
      type: 'open',
      caller,
      template: TEMPLATE,
      locale: 'en',
      tz: 'UTC',
      channel: 'rehearsal',
      keyed: false,
    } as const
    await new Promise((resolve) => host.deliver(TENANT, cid, opening, resolve))
    for (const [n, body] of SAID.entries()) {
      await new Promise((resolve) =>
        host.deliver(TENANT, cid, { type: 'send', caller, mid: `m${n}`, kind: 'text', body }, resolve),
      )
    }
  }
  shards.stop()
  await host.stop()
  await writeBehind.stop()
}
