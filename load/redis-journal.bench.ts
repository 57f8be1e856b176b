// biome-ignore-all lint/style/noRestrictedImports: measures the journal itself, not a server behind its protocol
import { cpus } from 'node:os'
import { RedisJournal } from '../src/storage/redis/journal.ts'
import { startRedis } from '../test/services/redis.ts'
import { type Candidate, IN_FLIGHT, JournalCandidate, print, rowsOf, TITLE } from './journal-candidate.ts'

/*
 * What the journal in Redis gives on this machine, with Redis on it too: entries a second and the wait of a group, with 1, 64 and
 * 1,000 turns in flight, synced each second and always. `node load/redis-journal.bench.ts [redis://…]`: a Redis that runs, in a
 * key space of its own that is left behind, or two that are started for this.
 */

async function candidateOn(name: string, url: string): Promise<Candidate> {
  const keyPrefix = `bench-${process.pid}:`
  // Longer than in service: what is measured is the wait, not the giving up.
  return JournalCandidate.on(name, await RedisJournal.open({ urls: [url], keyPrefix, appendTimeoutMs: 5000 }))
}

async function main(): Promise<void> {
  const [url] = process.argv.slice(2)
  const servers = url === undefined ? [await startRedis(), await startRedis({ appendfsync: 'always' })] : []
  const names = ['Redis, synced each second', 'Redis, synced always'] as const
  const candidates =
    url === undefined
      ? await Promise.all(servers.map((server, i) => candidateOn(names[i] ?? '', server.url)))
      : [await candidateOn('Redis', url)]
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString()}`)
  console.log(`${TITLE} (of this process)`)
  try {
    for (const inFlight of IN_FLIGHT) for (const row of await rowsOf(candidates, inFlight)) print(row)
  } finally {
    for (const candidate of candidates) await candidate.close()
    for (const server of servers) await server.stop()
  }
}

await main()
