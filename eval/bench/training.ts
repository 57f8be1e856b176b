import { existsSync, readFileSync } from 'node:fs'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import type { IntentSource } from '../../src/nlu/intents/intent-set.ts'
import { IntentTrainer, type Trained } from '../../src/nlu/intents/trainer.ts'
import { parseLines } from '../intent-lines.ts'
import { row, timings } from './timing.ts'

const SHOTS = [5, 10] as const

/** Training on a worker thread and predicting here: on a file of intents where one is given, else on made-up ones. */
export async function benchTraining(file: string | undefined, print: (line: string) => void): Promise<void> {
  if (file !== undefined && !existsSync(file)) throw new Error(`no such file of intents: ${file}`)
  const trainer = new IntentTrainer({ clock: systemClock, log: silentLog })
  for (const shots of SHOTS) {
    const intents = file === undefined ? madeUp(150, shots) : fromFile(file, shots)
    const began = performance.now()
    const answer = await trainer.train({ tenant: 'bench', version: 1, languages: ['en'], intents }, { seed: 1 })
    if ('refused' in answer) throw new Error(answer.msg)
    const wallMs = performance.now() - began
    report(`${intents.length} intents, ${shots} examples each`, answer, wallMs, intents, print)
  }
  await trainer.close()
}

function report(
  label: string,
  { model, cpuMs }: Trained,
  wallMs: number,
  intents: readonly IntentSource[],
  print: (line: string) => void,
): void {
  const size = (model.buffer.byteLength / 1e6).toFixed(1)
  print(`${label}: trained in ${wallMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of CPU; model ${size} MB, shared by all threads`)
  const texts = intents.flatMap(({ examples }) => examples)
  print(
    row(
      `${label}: predict`,
      timings((i) => model.predict(texts[i % texts.length] as string), 2_000),
    ),
  )
}

function fromFile(file: string, shots: number): readonly IntentSource[] {
  const byName = new Map<string, string[]>()
  for (const { text, intent, k } of parseLines(file, readFileSync(file, 'utf8'))) {
    if (intent === 'oos' || k === undefined || k > shots) continue
    const examples = byName.get(intent)
    if (examples === undefined) byName.set(intent, [text])
    else examples.push(text)
  }
  return [...byName].map(([name, examples]) => ({ name, examples }))
}

const VERBS = [
  'change',
  'cancel',
  'track',
  'open',
  'close',
  'explain',
  'pay',
  'refund',
  'report',
  'renew',
  'move',
  'check',
  'book',
  'find',
  'block',
]
const THINGS = ['card', 'order', 'invoice', 'contract', 'meter', 'flight', 'claim', 'policy', 'password', 'address']
const WAYS = [
  'please # my @',
  'I want to # the @',
  'how do I # a @',
  'can you # this @ today',
  '# @',
  'I need to # my @ now',
  'help me # the @',
  'where can I # a @',
  'could somebody # our @',
  '# that @ again please',
]

function madeUp(count: number, shots: number): readonly IntentSource[] {
  return Array.from({ length: count }, (_, i) => {
    const verb = VERBS[i % VERBS.length] as string
    const thing = THINGS[Math.floor(i / VERBS.length) % THINGS.length] as string
    const examples = WAYS.slice(0, shots).map((way) => way.replace('#', verb).replace('@', thing))
    return { name: `${verb} ${thing}`, examples }
  })
}
