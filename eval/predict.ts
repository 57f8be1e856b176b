import { text as textOf } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { createInlineNlu } from '../src/nlu/inline.ts'
import { endWithReader, orFail, readJsonLines } from './command-line.ts'
import { caseOf, requestOf, slotsOf } from './slot-cases.ts'
import { predictionOf } from './slot-prediction.ts'

/**
 * What the extractors make of evaluation cases: JSON lines on standard input (`id`, `lang`, `type`, `text`, …), a line
 * `{id, pred, us}` each on standard output, `us` being microseconds of interpretation. A type that no datum type stands for
 * is answered with `pred: null` and counted on standard error. Run: `npm run -s nlu:predict < cases.jsonl > predictions.jsonl`.
 */

const USAGE = `usage: npm run -s nlu:predict < cases.jsonl > predictions.jsonl

Reads cases from standard input, one JSON object a line, and prints what was understood of each, for a scorer; no accuracy.

  in   {"id":"1","lang":"en","type":"date","text":"the 14th of May","ref":"2024-06-12T12:00:00"}
  out  {"id":"1","pred":{"value":"2024-05-14","fields":{"day":14,"month":5}},"us":12.3}

  lang     en (read as en-US), it, es, fr, de, or und for none
  type     date, date_part, time, datetime, number, ordinal, money, phone, boolean, spans, …; another is answered with null
  ref      local time at which the text was said; 2024-06-12T12:00:00 without it
  country  of national phone numbers and the like; that of the language without it

docs/NLU.md tells the shapes of all types. Exit codes: 0 all cases were answered, 2 wrong arguments or a wrong line.`

const hint = '; cases are read from standard input: npm run -s nlu:predict < cases.jsonl > predictions.jsonl'
const { values } = orFail(() => parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }), hint)
if (values.help === true) {
  console.log(USAGE)
  process.exit(0)
}
endWithReader()
if (process.stdin.isTTY === true) console.error('reading cases from standard input, one JSON object a line (Ctrl-D ends it)')

const nlu = createInlineNlu()
nlu.warm()

const lines = await textOf(process.stdin)
const cases = orFail(() => readJsonLines('standard input', lines, caseOf))

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
