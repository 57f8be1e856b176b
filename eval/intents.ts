import { parseArgs } from 'node:util'
import { systemClock } from '../src/kernel/clock.ts'
import { type Log, silentLog } from '../src/kernel/log.ts'
import type { IntentModel } from '../src/nlu/intents/intent-model.ts'
import { type IntentSource, LANGUAGES, type Language } from '../src/nlu/intents/intent-set.ts'
import { IntentTrainer } from '../src/nlu/intents/trainer.ts'
import { endWithReader, fail, orFail, readGiven } from './command-line.ts'
import { type IntentLine, OUT_OF_SCOPE, parseLines, testLines, trainLines } from './intent-lines.ts'

const USAGE = `usage: npm run -s nlu:intents -- --train FILE --shots 5|10|full --test FILE > predictions.jsonl

  --train FILE      lines {text, intent, split, k?, p5?, p10?}
  --shots 5|10|full examples of each intent: those with k <= 5 or 10, or all
  --test FILE       lines {text, intent?}; when it is the train file, its split "valid" is predicted and not trained on
  --reject RATE     0 to 1: turn away as "oos" what scores below; the share of texts that belong which this costs. Default 0
  --picks k|p       which few-shot picks: ours (k, the default) or the published ones (p)
  --languages LIST  of the examples, the main one first. Default en
  --seed N          default 1
  --help            this text

Prints a line {text, intent, score, us} for each text, for a scorer; no accuracy. Lines with the intent "oos" in the train file are
never trained on. Exit codes: 0 all texts were answered, 2 wrong arguments or a wrong line.`

const log: Log = { ...silentLog, warn: (fields, msg) => console.error(msg, fields) }

const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
const { values } = orFail(() =>
  parseArgs({
    options: {
      train: { type: 'string' },
      test: { type: 'string' },
      shots: text('full'),
      reject: text('0'),
      picks: text('k'),
      languages: text('en'),
      seed: text('1'),
      help: { type: 'boolean', short: 'h' },
    },
  }),
)
if (values.help === true) {
  console.log(USAGE)
  process.exit(0)
}
endWithReader()

const reject = Number(values.reject)
const seed = Number(values.seed)
const languages = values.languages.split(',') as Language[]
if (values.train === undefined || values.test === undefined)
  fail('--train FILE and --test FILE are needed; --help tells the options')
if (!['5', '10', 'full'].includes(values.shots)) fail(`--shots must be 5, 10 or full, not "${values.shots}"`)
if (!(reject >= 0 && reject <= 1)) fail(`--reject must be a number from 0 to 1, not "${values.reject}"`)
if (!['k', 'p'].includes(values.picks)) fail(`--picks must be k or p, not "${values.picks}"`)
if (!Number.isSafeInteger(seed)) fail(`--seed must be a whole number, not "${values.seed}"`)
if (!languages.every((language) => LANGUAGES.includes(language)))
  fail(`--languages must be a list between commas of ${LANGUAGES.join(', ')}, not "${values.languages}"`)

const linesOf = (option: string, file: string, needed: readonly string[]): IntentLine[] =>
  orFail(() => parseLines(`${option} ${file}`, readGiven(option, file), needed))
const sameFile = values.train === values.test
const all = linesOf('--train', values.train, ['text', 'intent'])
const shots = values.shots === 'full' ? 'full' : (Number(values.shots) as 5 | 10)
const chosen = trainLines(all, shots, { holdValid: sameFile, published: values.picks === 'p' })
const test = sameFile ? testLines(all, chosen) : linesOf('--test', values.test, ['text'])
if (test.length === 0) fail(`--test ${values.test}: no lines to predict${sameFile ? ' (no split "valid")' : ''}`)

const trainer = new IntentTrainer({ clock: systemClock, log })
const began = performance.now()
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
