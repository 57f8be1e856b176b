import { createInterface } from 'node:readline'
import { createInlineNlu } from '../src/nlu/inline.ts'
import { requestOf, type SlotCase, slotsOf } from './slot-cases.ts'
import { predictionOf } from './slot-prediction.ts'

/**
 * What the extractors make of evaluation cases: JSON lines on standard input (`id`, `lang`, `type`, `text`, …), a line
 * `{id, pred, us}` each on standard output, `us` being microseconds of interpretation. A type that no datum type stands for
 * is answered with `pred: null` and counted on standard error. Run: `npm run -s nlu:predict < cases.jsonl > predictions.jsonl`.
 */

const nlu = createInlineNlu()
nlu.warm()

const cases: SlotCase[] = []
let line = 0
for await (const text of createInterface({ input: process.stdin })) {
  line++
  if (text.trim() === '') continue
  try {
    cases.push(JSON.parse(text) as SlotCase)
  } catch {
    console.error(`line ${line}: expected one JSON object, found ${text.slice(0, 60)}`)
    process.exit(2)
  }
}

/** The engine's compilers are warm in a server; so they are here, by a first round over the first cases that is not counted. */
for (const item of cases.slice(0, 2_000)) {
  const slots = slotsOf(item)
  if (slots !== undefined) nlu.one(requestOf(item, slots))
}

const unknown = new Map<string, number>()
const out: string[] = []
for (const item of cases) {
  const slots = slotsOf(item)
  const key = item.id === undefined ? { text: item.text, requested: (item.requested ?? '').toString() } : { id: item.id }
  if (slots === undefined) {
    unknown.set(item.type, (unknown.get(item.type) ?? 0) + 1)
    out.push(JSON.stringify({ ...key, pred: null }))
    continue
  }
  const request = requestOf(item, slots)
  const began = performance.now()
  const interpretation = nlu.one(request)
  const us = (performance.now() - began) * 1_000
  out.push(JSON.stringify({ ...key, pred: predictionOf(item, interpretation), us: Math.round(us * 10) / 10 }))
}
process.stdout.write(`${out.join('\n')}\n`)
for (const [type, count] of unknown) console.error(`${count} cases of type ${type}: no datum type stands for it`)
