import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { NluRequest } from '../../src/nlu/port.ts'
import { longList } from './extractors.ts'
import { row } from './timing.ts'
import { requestOf, slot } from './utterances.ts'
import { pooled } from './workers.ts'

const SECONDS = 3
/** The pace of the quiet tenant, and of the flood's client that was refused: the load itself, nothing is waited for. */
const EVERY_MS = 10
const REFUSED_MS = 100
/** What the flooding tenant keeps waiting at any time. */
const FLOOD = 1_500

const values = longList(5_000)
const slow = slot('choice', { contract: { values } })
const words = 'norht xyzzton sowth abcham easd plughbury westr fooford '

const said = 'the fourteenth of december nineteen eighty'

/**
 * One tenant floods the slowest extractor with long texts; another asks a hundred times a second, once with short texts, which
 * are interpreted at once, and once with long ones, which go to the same worker. Printed without and with the flood.
 */
export async function benchFlood(print: (line: string) => void): Promise<void> {
  const nlu = pooled(1, 500)
  const interpret: Interpret = (batch) => nlu.interpret(batch)
  const flooding = requestOf('en', words.repeat(12), [slow], 'flood')
  const quiet = {
    'short texts, at once': requestOf('en', said, [slot('date')], 'quiet'),
    'long texts, through the worker': requestOf('en', said.padEnd(600, ' and so on'), [slot('date')], 'quiet'),
  }
  await nlu.interpret([flooding])
  for (const request of Object.values(quiet)) for (let i = 0; i < 300; i++) await nlu.interpret([request])
  for (const [label, request] of Object.entries(quiet)) print(row(`quiet tenant, ${label}: alone`, await ask(interpret, request)))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const flood = startFlood(interpret, flooding)
  delay.enable()
  for (const [label, request] of Object.entries(quiet))
    print(row(`quiet tenant, ${label}: beside it`, await ask(interpret, request)))
  delay.disable()
  const { answered, refused } = await flood.stop()
  const lagMs = (q: number): string => (delay.percentile(q) / 1e6).toFixed(2)
  print(`event loop beside the flood: lag p50 ${lagMs(50)} ms, p99 ${lagMs(99)} ms, max ${(delay.max / 1e6).toFixed(2)} ms`)
  const seconds = 2 * SECONDS
  print(
    `flood: ${(answered / seconds).toFixed(0)} answered and ${(refused / seconds).toFixed(0)} refused a second, ` +
      `${((seconds * 1_000) / Math.max(1, answered)).toFixed(2)} ms each`,
  )
  await nlu.close()
}

type Interpret = (batch: readonly NluRequest[]) => unknown

async function ask(interpret: Interpret, request: NluRequest): Promise<Float64Array> {
  const took: number[] = []
  const until = performance.now() + SECONDS * 1_000
  while (performance.now() < until) {
    const began = performance.now()
    await interpret([request])
    took.push((performance.now() - began) * 1_000)
    await pause(EVERY_MS)
  }
  return Float64Array.from(took).sort()
}

function startFlood(interpret: Interpret, request: NluRequest): { stop(): Promise<{ answered: number; refused: number }> } {
  let open = true
  let answered = 0
  let refused = 0
  const one = async (): Promise<void> => {
    while (open) {
      const [answer] = (await interpret([request])) as readonly object[]
      if (answer !== undefined && 'refused' in answer) {
        refused++
        await pause(REFUSED_MS)
      } else answered++
    }
  }
  const all = Array.from({ length: FLOOD }, one)
  return {
    stop: async () => {
      open = false
      await Promise.all(all)
      return { answered, refused }
    },
  }
}
