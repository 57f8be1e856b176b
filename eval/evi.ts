import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { endWithReader, fail, orFail, readGiven, reasonOf } from './command-line.ts'
import { Call, factoryTemplate, type Outcome, type Temper } from './evi-caller.ts'
import { ASKED, type EviDialogue, type Item, parseDialogues } from './evi-data.ts'
import { rowOf, tableOf } from './evi-table.ts'

/**
 * Enrolment by telephone: plays recorded callers against the dialogue engine with the factory templates `post-code`,
 * `full-name` and `date-of-birth`. A further recorded answer is played only when the engine asks again.
 * Run: `npm run -s eval:evi -- --data FILE [--first-best] [--misses FILE] [--item postcode|name|dob]`.
 */

const USAGE = `usage: npm run -s eval:evi -- --data FILE [--first-best] [--misses FILE] [--item postcode|name|dob]

Plays recorded callers against the dialogue engine and prints a table of how they fared.

  --data FILE    lines {id, locale, truth: {postcode, first, last, dob}, turns: [{item, attempt, text, nbest}]}
  --first-best   only the recogniser's best transcript, in place of all its hypotheses
  --misses FILE  writes the calls that did not end with the right value into this file
  --item ITEM    only postcode, name or dob
  --help         this text

Exit codes: 0 the table is printed, 2 wrong arguments or a wrong line.`

const { values: options } = orFail(() =>
  parseArgs({
    options: {
      data: { type: 'string' },
      'first-best': { type: 'boolean', default: false },
      misses: { type: 'string' },
      item: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }),
)
if (options.help === true) {
  console.log(USAGE)
  process.exit(0)
}
endWithReader()
const { data, item: only, misses } = options
if (data === undefined) fail('--data FILE is needed; --help tells the options')
if (only !== undefined && !Object.hasOwn(ASKED, only)) fail(`--item must be postcode, name or dob, not "${only}"`)

const dialogues = orFail(() => parseDialogues(`--data ${data}`, readGiven('--data', data)))
const items = (Object.keys(ASKED) as Item[]).filter((item) => only === undefined || item === only)
const templates = new Map(items.map((item) => [item, factoryTemplate(ASKED[item].template)]))

function play(item: Item, dialogue: EviDialogue, temper: Temper): Outcome | undefined {
  const answers = dialogue.turns.filter((turn) => turn.item === item).sort((a, b) => a.attempt - b.attempt)
  const template = templates.get(item)
  if (answers.length === 0 || template === undefined) return undefined
  return new Call(template, ASKED[item], dialogue, options['first-best']).run(answers, temper)
}

const missed: string[] = []
function note(item: Item, dialogue: EviDialogue, outcome: Outcome): void {
  const heard = dialogue.turns.filter((turn) => turn.item === item).map((turn) => turn.nbest.join(' | '))
  const { end, attempts, value, offered } = outcome
  missed.push(
    `${item} ${dialogue.id}: wanted ${ASKED[item].wanted(dialogue.truth)}, ${end} after ${attempts} ${JSON.stringify(value ?? null)}, ` +
      `offered ${JSON.stringify(offered)}\n${heard.map((line) => `    ${line}`).join('\n')}`,
  )
}

for (const temper of ['careful', 'agreeing'] as const) {
  const rows = items.map((item) => {
    const outcomes: Outcome[] = []
    for (const dialogue of dialogues) {
      const outcome = play(item, dialogue, temper)
      if (outcome === undefined) continue
      outcomes.push(outcome)
      if (temper === 'careful' && !outcome.right) note(item, dialogue, outcome)
    }
    return rowOf(item, outcomes)
  })
  const title = temper === 'careful' ? 'Caller who says no to a wrong value' : 'Caller who says yes to whatever is offered'
  console.log(`${title}, ${options['first-best'] ? 'best transcript only' : 'n-best'}:\n\n${tableOf(rows)}\n`)
}
if (misses !== undefined) {
  try {
    writeFileSync(misses, `${missed.join('\n')}\n`)
  } catch (error) {
    fail(`--misses ${misses}: ${reasonOf(error)}`)
  }
}
