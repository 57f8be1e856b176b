// biome-ignore-all lint/style/noRestrictedImports: measures the journals themselves, not a server behind its protocol
import { shardOf } from '../src/kernel/shard.ts'
import type { AppendBatch, Claimed, Journal, JournalEntry } from '../src/storage/port.ts'

export const IN_FLIGHT = [1, 64, 1000] as const
const WARM_MS = 200
/** Candidates take turns, so that what else the machine does hits all alike; the best of each one's rounds counts. */
const ROUNDS = 4
const ROUND_MS = 400
const CONVERSATIONS = 1000

export interface Candidate {
  readonly name: string
  /** Keeps a group; resolves when it is durable. One at a time. */
  commit(group: readonly JournalEntry[]): Promise<unknown>
  close(): Promise<void>
}

export interface Row {
  readonly name: string
  readonly inFlight: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMicros: number
}

/** A turn of the contact form, about 430 bytes as the journal packs it. */
export function turnOf(i: number): JournalEntry {
  const n = Math.floor(i / CONVERSATIONS) + 1
  const value = `Ada${i % 97}`
  return {
    tenant: 'demo',
    cid: `C${i % CONVERSATIONS}ABCDEFGHIJKLMNOPQRST`,
    n,
    timers: [{ name: 'idle', dueMs: 1_790_000_000_000 + i }],
    data: {
      v: 1,
      mid: `01HZX${i}ABCDEFGHIJK`,
      nowMs: 1_790_000_000_000 + i,
      input: {
        type: 'text',
        text: `my name is ${value} Lovelace`,
        candidates: [{ datum: 'fullName', part: 'first', value, confidence: 0.9 }],
      },
      facts: [
        { t: 'partFilled', datum: 'fullName', part: 'first', value, why: 'said' },
        { t: 'prompted', datum: 'fullName', node: 'confirm', step: 1 },
      ],
      outputs: [
        {
          type: 'msg',
          seq: n * 2,
          body: `You said ${value} Lovelace. Is that right?`,
          parts: [`You said ${value} Lovelace.`, 'Is that right?'],
        },
      ],
    },
  }
}

/** Batches by shard, as the committer of the actors makes them. */
export class JournalCandidate implements Candidate {
  readonly name: string
  readonly #journal: Journal
  readonly #claims: readonly Claimed[]
  readonly #tails = new Float64Array(1024)
  #group = 0

  constructor(name: string, journal: Journal, claims: readonly Claimed[]) {
    this.name = name
    this.#journal = journal
    this.#claims = claims
  }

  static async on(name: string, journal: Journal): Promise<JournalCandidate> {
    const shards = Array.from({ length: 1024 }, (_, shard) => shard)
    return new JournalCandidate(name, journal, await journal.claim(shards, 'bench'))
  }

  async commit(group: readonly JournalEntry[]): Promise<void> {
    const byShard = new Map<number, JournalEntry[]>()
    for (const entry of group) {
      const shard = shardOf(entry.tenant, entry.cid)
      const list = byShard.get(shard)
      if (list === undefined) byShard.set(shard, [entry])
      else list.push(entry)
    }
    const batches: AppendBatch[] = []
    const batchId = String(++this.#group)
    for (const [shard, entries] of byShard)
      batches.push({ shard, token: this.#claims[shard]?.token ?? '', expectedTail: this.#tails[shard] ?? 0, batchId, entries })
    for (const [index, result] of (await this.#journal.append(batches)).entries()) {
      if (!result.ok) throw new Error(result.msg)
      this.#tails[batches[index]?.shard ?? 0] = result.tail
    }
    // As in service: what the documents have is forgotten.
    if (this.#group % 50 === 0)
      await this.#journal.trim(this.#claims.map(({ shard, token }) => ({ shard, token, watermark: this.#tails[shard] ?? 0 })))
  }

  close(): Promise<void> {
    return this.#journal.close()
  }
}

export const TITLE = 'journal                        in flight  entries/s   p50 ms   p99 ms  CPU µs/entry'

async function measure(candidate: Candidate, inFlight: number, runMs: number, from: { i: number }): Promise<Row> {
  const waits: number[] = []
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  let nowMs = startMs
  let entries = 0
  while (nowMs - startMs < runMs) {
    const group = Array.from({ length: inFlight }, () => turnOf(from.i++))
    const sentMs = performance.now()
    await candidate.commit(group)
    nowMs = performance.now()
    waits.push(nowMs - sentMs)
    entries += inFlight
  }
  const { user, system } = process.cpuUsage(cpu)
  waits.sort((a, b) => a - b)
  return {
    name: candidate.name,
    inFlight,
    perSecond: entries / ((nowMs - startMs) / 1000),
    p50Ms: waits[Math.floor(waits.length * 0.5)] ?? 0,
    p99Ms: waits[Math.floor(waits.length * 0.99)] ?? 0,
    cpuMicros: (user + system) / entries,
  }
}

/** The best round of each. */
export async function rowsOf(candidates: readonly Candidate[], inFlight: number): Promise<Row[]> {
  const froms = candidates.map(() => ({ i: 0 }))
  const best = new Map<string, Row>()
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, candidate] of candidates.entries()) {
      const row = await measure(candidate, inFlight, round === 0 ? WARM_MS : ROUND_MS, froms[index] ?? { i: 0 })
      if (round > 0 && row.perSecond > (best.get(row.name)?.perSecond ?? 0)) best.set(row.name, row)
    }
  }
  return [...best.values()]
}

export function print({ name, inFlight, perSecond, p50Ms, p99Ms, cpuMicros }: Row): void {
  const figures = [perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2), cpuMicros.toFixed(1)]
  console.log(`${name.padEnd(30)} ${String(inFlight).padStart(9)} ${figures.map((figure) => figure.padStart(9)).join('')}`)
}
