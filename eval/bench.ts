import { availableParallelism, cpus } from 'node:os'
import { createInlineNlu } from '../src/nlu/inline.ts'
import { benchExtractors } from './bench/extractors.ts'
import { benchFlood } from './bench/flood.ts'
import { benchTraining } from './bench/training.ts'
import { benchHop, benchWorkers } from './bench/workers.ts'

/**
 * What understanding costs: microseconds per extractor, five active data on one utterance, a worker's memory and start, the
 * hop to a worker, training, and a flood. Run: `npm run bench:nlu [-- FILE]`, FILE being lines {text, intent, k} to train on
 * instead of made-up ones. About half a minute.
 */

const print = (line: string): void => console.log(line)
const section = (title: string): void => print(`\n${title}`)

print(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}, ${new Date().toISOString()}`,
)
const began = performance.now()
const nlu = createInlineNlu()
nlu.warm()
print(`lexicons compiled and numbering plans loaded in ${(performance.now() - began).toFixed(0)} ms`)
section('Extractors, one utterance each')
benchExtractors(nlu, print)
/** The pool's own timers and threads do not keep a process alive. */
const alive = setInterval(() => {}, 1_000)
section('Workers')
await benchWorkers(print)
await benchHop(print)
section('Intents')
await benchTraining(process.argv[2], print)
section('One tenant floods the slowest extractor (fuzzy choice of 5,000), one worker')
await benchFlood(print)
clearInterval(alive)
