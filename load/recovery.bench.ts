/**
 * How long a start takes after a crash: fills the journal with 100,000 conversations (each opened, one durable turn), keeps
 * the write-behind from trimming it, kills the server with SIGKILL, starts it again on the same folder and measures from exec
 * of node until it is ready. Then asks for conversations that were acknowledged before the crash.
 *
 * `node load/recovery.bench.ts [--conversations N] [--main FILE]`; exits with 1 when one is missing.
 */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { JobResult } from './job.ts'
import { describeMachine } from './machine.ts'
import { runJob } from './measure.ts'
import { freshDir, RESULTS_DIR, type Server, startParley } from './server.ts'

const PER_SOCKET = 50
const ASKED_MAX = 200
const READY_MS_MAX = 30_000
const READY_POLL_MS = 20
const TARGET_MS = 3_000

/** Nothing reaches the documents and nothing is trimmed before the crash: the whole journal is the tail to recover. */
const KEEP_IN_JOURNAL = {
  PARLEY_FLUSH_MS: '60000',
  PARLEY_UNFLUSHED_MAX: '10000000',
  PARLEY_RESIDENTS_MAX: '1000000',
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { conversations: { type: 'string', default: '100000' }, main: { type: 'string' } } })
  const conversations = Number(values.conversations)
  if (!Number.isInteger(conversations) || conversations < PER_SOCKET) {
    throw new Error(`--conversations ${values.conversations}: expected a whole number from ${PER_SOCKET}`)
  }
  const program = values.main === undefined ? {} : { main: resolve(values.main) }
  const dataDir = freshDir()
  const options = { journal: 'disk', dataDir, ...program } as const
  try {
    const first = await startParley({ ...options, env: KEEP_IN_JOURNAL })
    const filled = await fill(first, conversations)
    await first.process.kill()
    const journalMiB = sizeOf(dataDir) / 2 ** 20

    // Tokens outlive a restart, and asking for new ones would be counted.
    const second = await startParley({ ...options, users: 0 })
    const readyMs = await ready(second)
    const missing = await missingOf(second, first.tokens, filled)
    // Its data is thrown away: waiting until the documents have all of it would tell nothing.
    await second.process.kill()
    const found = {
      machine: describeMachine(RESULTS_DIR),
      conversations,
      fillTurnsPerSecond: (filled.turns * 1000) / filled.elapsedMs,
      journalMiB,
      emptyStartMs: first.startMs,
      listeningMs: second.startMs,
      readyMs,
      recoveryMs: readyMs - first.startMs,
      missing,
    }
    writeFileSync(
      `${RESULTS_DIR}recovery-${found.machine.date.replace(/[:.]/g, '-')}.json`,
      `${JSON.stringify(found, null, 2)}\n`,
    )
    console.log(
      [
        `| ${conversations.toLocaleString('en')} conversations in the journal, ${journalMiB.toFixed(0)} MiB | s |`,
        '|---|--:|',
        `| start with an empty folder | ${seconds(found.emptyStartMs)} |`,
        `| start after the crash, from exec of node to ready | ${seconds(readyMs)} |`,
        `| of which recovery (at most ${seconds(TARGET_MS)}) | ${seconds(found.recoveryMs)} |`,
      ].join('\n'),
    )
    if (missing.length > 0) {
      console.error(`${missing.length} acknowledged conversations were not there, such as ${missing[0]}`)
      process.exitCode = 1
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fill(server: Server, conversations: number): Promise<JobResult> {
  const sockets = Math.ceil(conversations / PER_SOCKET)
  const shape = { mode: 'fill', sockets, conversations: PER_SOCKET, warmUpMs: 0, measureMs: 0 } as const
  const filled = await runJob(server, shape)
  if (filled.errors > 0)
    throw new Error(`filling the journal: ${filled.errors} errors, such as ${filled.errorSamples.join(' | ')}`)
  return filled
}

/** From exec of node until /ready says so. */
async function ready(server: Server): Promise<number> {
  const startedMs = server.process.startedMs
  while (performance.now() - startedMs < READY_MS_MAX) {
    const response = await fetch(`http://127.0.0.1:${server.target.port}/ready`)
    await response.text()
    if (response.ok) return performance.now() - startedMs
    await sleep(READY_POLL_MS)
  }
  throw new Error(`not ready within ${READY_MS_MAX} ms`)
}

async function missingOf(server: Server, tokens: readonly string[], filled: JobResult): Promise<string[]> {
  const missing: string[] = []
  for (const { cid, token, seq } of (filled.filled ?? []).slice(0, ASKED_MAX)) {
    const response = await fetch(`http://127.0.0.1:${server.target.port}/api/v2/chat/conversations/${cid}`, {
      headers: { authorization: `Bearer ${tokens[token] ?? ''}` },
    })
    const text = await response.text()
    const known = response.ok ? (JSON.parse(text) as { seq?: number }).seq : undefined
    if (known !== seq) missing.push(`${cid}: event ${seq} acknowledged, ${response.status} ${text.slice(0, 200)}`)
  }
  return missing
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2)
}

await main()
