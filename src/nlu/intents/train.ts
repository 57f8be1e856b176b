import { AppError } from '../../kernel/rejection.ts'
import { FOLDS, foldsHeldOut, quantilesOf } from './calibration.ts'
import { type FeatureReader, readerOf } from './features.ts'
import { IntentModel, surenessOf } from './intent-model.ts'
import { checkIntentSet, type IntentSet, intentSetHash } from './intent-set.ts'
import { type Loss, trainLinear } from './linear.ts'
import { encodeModel } from './model-file.ts'
import { buildSpace, Vectoriser, type VectorSpace, vectorsOf } from './vector-space.ts'
import { quantise, sumUp, type Weights } from './weights.ts'

export interface TrainOptions {
  /** Default 1. */
  readonly seed?: number
  /** Told after each step of `total` equal ones. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Weights of one model in training: 256 MiB as float32. */
const WEIGHTS_MAX = 64 * 2 ** 20
/** A name counts as so many examples: it says best what is meant. */
const NAME_WEIGHT = 2
/** More examples than these are many. */
const MANY_EXAMPLES = 4_000

/** How training goes; `share`: how much the weights learnt by a loss count in the sum. */
interface Plan {
  readonly epochs: number
  /** Features of fewer texts are left out. */
  readonly textsMin: number
  readonly losses: readonly { readonly loss: Loss; readonly rate: number; readonly share: number }[]
}

/** Measured on three public sets: few examples gain nothing by a second loss. */
const PLAN: Readonly<Record<'few' | 'many', Plan>> = {
  few: { epochs: 20, textsMin: 1, losses: [{ loss: 'likelihood', rate: 2, share: 1 }] },
  many: {
    epochs: 15,
    textsMin: 2,
    losses: [
      { loss: 'likelihood', rate: 4, share: 1 },
      { loss: 'margin', rate: 0.2, share: 2 },
    ],
  },
}

/** Texts with their intents, in the order of the set. `fold` is -1 for names and descriptions, which are never held out. */
interface Corpus {
  readonly texts: string[]
  readonly labels: number[]
  readonly folds: number[]
}

/**
 * Trains a model on a tenant's intents: once per held-out part for the scores, and once on everything. Takes about a second for
 * 150 intents of ten examples, and memory of up to 500 MB at the limits: run it in a worker. Throws AppError `intents.invalid`
 * for a set that `checkIntentSet` finds fault with.
 */
export function train(set: IntentSet, options: TrainOptions = {}): IntentModel {
  const fault = checkIntentSet(set)[0]
  if (fault !== undefined) throw new AppError('intents.invalid', `${fault.field}: ${fault.msg}`, { retry: 'never' })
  const { seed = 1, onProgress } = options
  const examples = set.intents.reduce((sum, intent) => sum + intent.examples.length, 0)
  const runs = foldsHeldOut(examples)
  const corpus = corpusOf(set)
  const reader = readerOf(set.languages)
  const plan = examples > MANY_EXAMPLES ? PLAN.many : PLAN.few
  const total = plan.losses.length * plan.epochs * (runs + 1)
  let done = 0
  const job: Job = { reader, classes: set.intents.length, seed, plan, onEpoch: () => onProgress?.(++done, total) }
  const sureness: number[] = []
  for (let run = 0; run < runs; run++) sureness.push(...heldOut(job, corpus, run))
  const { space, weights } = fitted(job, corpus)
  const { tenant, version, languages } = set
  const intents = set.intents.map(({ name }) => name)
  const header = {
    tenant,
    version,
    hash: intentSetHash(set),
    seed,
    languages,
    intents,
    examples,
    quantiles: quantilesOf(sureness),
  }
  return IntentModel.open(encodeModel({ header, space, weights }))
}

interface Job {
  readonly reader: FeatureReader
  readonly classes: number
  readonly seed: number
  readonly plan: Plan
  readonly onEpoch: () => void
}

function corpusOf(set: IntentSet): Corpus {
  const corpus: Corpus = { texts: [], labels: [], folds: [] }
  const add = (text: string, label: number, fold: number): void => {
    corpus.texts.push(text)
    corpus.labels.push(label)
    corpus.folds.push(fold)
  }
  for (const [label, { name, description, examples }] of set.intents.entries()) {
    for (const [i, example] of examples.entries()) add(example, label, foldOf(i, examples.length, label))
    for (let i = 0; i < NAME_WEIGHT; i++) add(nameAsText(name), label, -1)
    if (description !== undefined) add(description, label, -1)
  }
  return corpus
}

/** Neighbours stand in one fold: they are often one sentence in two wordings, and would flatter the scores. */
function foldOf(example: number, examples: number, label: number): number {
  return (Math.floor((example * FOLDS) / examples) + label) % FOLDS
}

/** `cardArrival`, `card_arrival` and `card-arrival` as words. */
function nameAsText(name: string): string {
  return name.replace(/[_./-]/g, ' ').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
}

/** How sure a model without one fold is of the texts in it. */
function heldOut(job: Job, corpus: Corpus, fold: number): number[] {
  const shown: Corpus = { texts: [], labels: [], folds: [] }
  const held: string[] = []
  for (const [i, text] of corpus.texts.entries()) {
    if (corpus.folds[i] === fold) held.push(text)
    else {
      shown.texts.push(text)
      shown.labels.push(corpus.labels[i] as number)
    }
  }
  const { space, weights } = fitted(job, shown)
  const vectoriser = new Vectoriser(space, job.reader)
  const sums = new Float64Array(job.classes)
  return held.map((text) => {
    vectoriser.read(text)
    sumUp(weights, vectoriser.size, vectoriser.place, vectoriser.value, sums)
    return surenessOf(sums, vectoriser.known)
  })
}

function fitted(job: Job, { texts, labels }: Corpus): { space: VectorSpace; weights: Weights } {
  const { classes, seed, onEpoch, reader, plan } = job
  const space = buildSpace(reader, texts, plan.textsMin, Math.floor(WEIGHTS_MAX / classes))
  const vectors = vectorsOf(new Vectoriser(space, reader), texts)
  const places = space.rarity.length
  const sum = new Float32Array(places * classes)
  for (const [i, { loss, rate, share }] of plan.losses.entries()) {
    const options = { loss, rate, epochs: plan.epochs, seed: seed + i, onEpoch }
    const weights = trainLinear(vectors, Int32Array.from(labels), classes, places, options)
    for (let w = 0; w < sum.length; w++) sum[w] = (sum[w] as number) + share * (weights[w] as number)
  }
  return { space, weights: quantise(sum, classes) }
}
