// biome-ignore-all lint/style/noRestrictedImports: measures the documents themselves, not a server behind its protocol
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/kernel/clock.ts'
import { silentLog } from '../src/kernel/log.ts'
import { noMetrics } from '../src/kernel/metrics.ts'
import { LmdbDocuments } from '../src/storage/lmdb/documents.ts'
import { MongoDocuments } from '../src/storage/mongo/documents.ts'
import type { Documents, DocumentWrite } from '../src/storage/port.ts'
import { startMongo } from '../test/services/mongo.ts'
import { Latencies } from './latencies.ts'

/*
 * What the document stores give on this machine: flushes as the write-behind makes them (of each of 50 conversations a stretch of
 * turns, which is new, and a snapshot, which is replaced), and snapshots read one by one as activations do; with 1 and 8 tenants at
 * a time. `node load/documents.bench.ts [mongodb://…]`: without a URL a server that speaks MongoDB's protocol is started for it.
 */

const ROUND_MS = 2500
const CONVERSATIONS = 50
const TENANTS = [1, 8] as const

const snapshot = { subject: 'visitor', sealed: Buffer.alloc(1500, 's') }
const turns = {
  entries: [1, 2, 3].map((n) => ({ n, data: { v: 1, subject: 'visitor', seq: n, sealed: Buffer.alloc(400, 't') } })),
}

function flushOf(round: number): DocumentWrite[] {
  return Array.from({ length: CONVERSATIONS }, (_, i): DocumentWrite[] => [
    { collection: 'turns', id: `C${i}ABCDEFGHIJKLMNOPQRST`, n: round * 65_536, doc: turns, rev: round },
    { collection: 'conversations', id: `C${i}ABCDEFGHIJKLMNOPQRST`, n: 0, doc: snapshot, rev: round },
  ]).flat()
}

let round = 0

async function flush(documents: Documents, tenant: string): Promise<number> {
  const writes = flushOf(++round)
  await documents.put(tenant, writes)
  return writes.length
}

async function activate(documents: Documents, tenant: string): Promise<number> {
  const key = { id: `C${round++ % CONVERSATIONS}ABCDEFGHIJKLMNOPQRST`, n: 0 }
  if ((await documents.get(tenant, 'conversations', key)) === undefined) throw new Error('a snapshot is missing')
  return 1
}

/** Each tenant calls again as soon as it is answered. */
async function measure(name: string, documents: Documents, tenants: number, call: typeof flush): Promise<void> {
  const waits = new Latencies()
  const untilMs = performance.now() + ROUND_MS
  const startedMs = performance.now()
  let count = 0
  const run = async (tenant: string): Promise<void> => {
    while (performance.now() < untilMs) {
      const calledMs = performance.now()
      const done = await call(documents, tenant)
      count += done
      waits.record(performance.now() - calledMs)
    }
  }
  await Promise.all(Array.from({ length: tenants }, (_, i) => run(`bench-${i}`)))
  const perSecond = Math.round((count * 1000) / (performance.now() - startedMs))
  const { p50Ms, p99Ms } = waits.summary()
  console.log(`| ${name} | ${tenants} | ${perSecond} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} |`)
}

async function measureAll(name: string, documents: Documents): Promise<void> {
  for (const tenants of TENANTS) {
    await measure(`${name}, put of ${CONVERSATIONS * 2}`, documents, tenants, flush)
    await measure(`${name}, get`, documents, tenants, activate)
  }
  for (const tenant of await documents.tenants()) if (tenant.startsWith('bench-')) await documents.drop(tenant)
  await documents.close()
}

const [url] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'parley-documents-bench-'))
const mongo = url === undefined ? await startMongo() : undefined
console.log(
  `${cpus()[0]?.model ?? 'cpu'}, ${cpus().length} cores\n\n| store | tenants at a time | documents/s | p50 ms | p99 ms |\n|---|---|---|---|---|`,
)
try {
  await measureAll('LMDB', new LmdbDocuments(dir))
  const urls = { default: url ?? mongo?.url ?? '' }
  const wiring = { clock: systemClock, log: silentLog, metrics: noMetrics }
  await measureAll(
    mongo?.kind ?? 'MongoDB',
    new MongoDocuments({ urls, connectionsMax: 16, databasePrefix: 'bench-', ...wiring }),
  )
} finally {
  await mongo?.stop()
  rmSync(dir, { recursive: true, force: true })
}
