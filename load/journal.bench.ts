// biome-ignore-all lint/style/noRestrictedImports: measures the journals themselves, not a server behind its protocol
import { closeSync, constants, fdatasync, mkdtempSync, openSync, rmSync, write } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { open as openLmdb } from 'lmdb'
import { Packr } from 'msgpackr'
import { shardOf } from '../src/kernel/shard.ts'
import { DiskJournal } from '../src/storage/disk/journal.ts'
import { MemoryJournal } from '../src/storage/memory/journal.ts'
import { type Candidate, IN_FLIGHT, JournalCandidate, print, rowsOf, TITLE, turnOf } from './journal-candidate.ts'

/*
 * What durable journals give on this machine: entries a second and the wait of a group, with 1, 64 and 1,000 turns in flight.
 * Every row keeps the same promise: the disk has the group before the answer. `node load/journal.bench.ts [directory]`
 */

/** One put per entry, one transaction per group, answered when it is flushed. */
function lmdbCandidate(dir: string): Candidate {
  const db = openLmdb({
    path: join(dir, 'journal.mdb'),
    noSubdir: true,
    encoding: 'msgpack',
    sharedStructuresKey: Symbol.for('structures'),
  })
  let at = 0
  return {
    name: 'LMDB, put + flushed',
    async commit(group) {
      for (const entry of group) void db.put([shardOf(entry.tenant, entry.cid), ++at], entry)
      await db.flushed
    },
    close: () => db.close(),
  }
}

/** The floor: the same bytes, packed once for the group, one write and one fdatasync. */
function rawCandidate(dir: string): Candidate {
  const fd = openSync(join(dir, 'raw.log'), constants.O_RDWR | constants.O_CREAT)
  const packr = new Packr({ structures: [], saveStructures: () => undefined, maxSharedStructures: 512 })
  let at = 0
  return {
    name: 'raw write + fdatasync',
    commit: (group) =>
      new Promise((resolve, reject) => {
        const bytes = packr.pack(group)
        write(fd, bytes, 0, bytes.length, at, (error) => {
          if (error) reject(error)
          else fdatasync(fd, (syncError) => (syncError ? reject(syncError) : resolve(undefined)))
        })
        at += bytes.length
      }),
    close: async () => closeSync(fd),
  }
}

async function recoverySeconds(dir: string): Promise<{ entries: number; seconds: number }> {
  const fatal = (error: Error): never => {
    throw error
  }
  const candidate = await JournalCandidate.on('fill', await DiskJournal.open(dir, { fatal }))
  // Not trimmed: fewer than 50 groups.
  for (let i = 0; i < 100_000; i += 2500) await candidate.commit(Array.from({ length: 2500 }, (_, k) => turnOf(i + k)))
  await candidate.close()
  const startMs = performance.now()
  const journal = await DiskJournal.open(dir, { fatal })
  let entries = 0
  for (const { shard, watermark } of await journal.claim(
    Array.from({ length: 1024 }, (_, shard) => shard),
    'again',
  ))
    entries += (await journal.read(shard, watermark)).length
  const seconds = (performance.now() - startMs) / 1000
  await journal.close()
  return { entries, seconds }
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'parley-journal-bench-'))
  const fatal = (error: Error): never => {
    throw error
  }
  const candidates = [
    await JournalCandidate.on('segment log', await DiskJournal.open(join(dir, 'log'), { fatal })),
    await JournalCandidate.on(
      'segment log, no zeros ahead',
      await DiskJournal.open(join(dir, 'plain'), { fatal, aheadBytes: 0 }),
    ),
    lmdbCandidate(dir),
    rawCandidate(dir),
    await JournalCandidate.on('memory journal (not durable)', new MemoryJournal({ copy: false })),
  ]
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString()}, in ${dir}`)
  console.log(TITLE)
  try {
    for (const inFlight of IN_FLIGHT) for (const row of await rowsOf(candidates, inFlight)) print(row)
    for (const candidate of candidates) await candidate.close()
    const { entries, seconds } = await recoverySeconds(join(dir, 'recovery'))
    console.log(`segment log: opened, claimed and handed over ${entries} entries in ${seconds.toFixed(2)} s`)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

await main()
