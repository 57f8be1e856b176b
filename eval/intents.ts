import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/kernel/clock.ts'
import { type Log, silentLog } from '../src/kernel/log.ts'
import type { IntentModel } from '../src/nlu/intents/intent-model.ts'
import { type IntentSource, LANGUAGES, type Language } from '../src/nlu/intents/intent-set.ts'
import { IntentTrainer } from '../src/nlu/intents/trainer.ts'
import { type IntentLine, OUT_OF_SCOPE, parseLines, testLines, trainLines } from './intent-lines.ts'

const USAGE = `usage: npm run -s nlu:intents -- --train FILE --shots 5|10|full --test FILE > predictions.jsonl

  --train FILE      lines {text, intent, split, k?, p5?, p10?}
  --shots 5|10|full examples of each intent: those with k <= 5 or 10, or all
  --test FILE       lines {text, intent}; when it is the train file, its split "valid" is predicted and not trained on
  --reject RATE     0 to 1: turn away as "oos" what scores below; the share of texts that belong which this costs. Default 0
  --picks k|p       which few-shot picks: ours (k, the default) or the published ones (p)
  --languages LIST  of the examples, the main one first. Default en
  --seed N          default 1

Lines with the intent "oos" in the train file are never trained on.`

const log: Log = { ...silentLog, warn: (fields, msg) => console.error(msg, fields) }

function fail(msg: string): never {
  console.error(msg)
  process.exit(2)
}

const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    shots: { type: 'string', default: 'full' },
    reject: { type: 'string', default: '0' },
    picks: { type: 'string', default: 'k' },
    languages: { type: 'string', default: 'en' },
    seed: { type: 'string', default: '1' },
  },
})

const reject = Number(values.reject)
const languages = values.languages.split(',') as Language[]
if (values.train === undefined || values.test === undefined || !['5', '10', 'full'].includes(values.shots)) fail(USAGE)
if (!(reject >= 0 && reject <= 1) || !['k', 'p'].includes(values.picks)) fail(USAGE)
if (!languages.every((language) => LANGUAGES.includes(language))) fail(USAGE)

const sameFile = values.train === values.test
const all = parseLines(readFileSync(values.train, 'utf8'))
const shots = values.shots === 'full' ? 'full' : (Number(values.shots) as 5 | 10)
const chosen = trainLines(all, shots, { holdValid: sameFile, published: values.picks === 'p' })
const test = sameFile ? testLines(all, chosen) : parseLines(readFileSync(values.test, 'utf8'))

const trainer = new IntentTrainer({ clock: systemClock, log })
const began = performance.now()
const seed = Number(values.seed)
const answer = await trainer.train({ tenant: 'evaluation', version: 1, languages, intents: intentsOf(chosen) }, { seed })
await trainer.close()
if ('refused' in answer) fail(`training refused: ${answer.refused}: ${answer.msg}`)
const { model, cpuMs } = answer
const { intents, examples } = model.header
console.error(
  `trained ${intents.length} intents on ${examples} examples in ${Math.round(performance.now() - began)} ms, ${Math.round(cpuMs)} ms of CPU; ` +
    `model ${(model.buffer.byteLength / 1e6).toFixed(1)} MB`,
)
predict(model, test)

function intentsOf(lines: readonly IntentLine[]): IntentSource[] {
  const byName = new Map<string, string[]>()
  for (const { text, intent } of lines) {
    const examples = byName.get(intent)
    if (examples === undefined) byName.set(intent, [text])
    else examples.push(text)
  }
  return [...byName].map(([name, examples]) => ({ name, examples }))
}

function predict(model: IntentModel, lines: readonly IntentLine[]): void {
  for (const { text } of lines.slice(0, 500)) model.predict(text)
  const out: string[] = []
  for (const { text } of lines) {
    const from = performance.now()
    const { intent, score } = model.predict(text, reject)
    const us = (performance.now() - from) * 1_000
    out.push(JSON.stringify({ text, intent: intent ?? OUT_OF_SCOPE, score: round(score, 1e4), us: round(us, 10) }))
  }
  process.stdout.write(`${out.join('\n')}\n`)
  report(model, lines)
}

/** How well out-of-scope texts are told apart when just one in ten of the others is turned away. */
function report(model: IntentModel, lines: readonly IntentLine[]): void {
  const scores = (outside: boolean): number[] =>
    lines.filter(({ intent }) => (intent === OUT_OF_SCOPE) === outside).map(({ text }) => model.predict(text).score)
  const outside = scores(true)
  if (outside.length === 0) return
  const inside = scores(false).sort((a, b) => a - b)
  const bar = inside[Math.floor(inside.length / 10)] ?? 0
  const recall = outside.filter((score) => score < bar).length / outside.length
  console.error(
    `where 10 % of the others are turned away (score below ${bar.toFixed(3)}), so are ${(100 * recall).toFixed(1)} % of the texts out of scope`,
  )
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
