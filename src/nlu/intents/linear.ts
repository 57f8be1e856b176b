import { FEATURES_MAX } from './features.ts'
import { Random } from './random.ts'
import type { Vectors } from './vector-space.ts'

/**
 * `likelihood`: multinomial logistic regression, the better ranking. `margin`: each class against all others by squared hinge,
 * other mistakes; the sum of both is better than either.
 */
export type Loss = 'likelihood' | 'margin'

export interface LinearOptions {
  readonly loss: Loss
  readonly epochs: number
  readonly rate: number
  readonly seed: number
  /** Told after each epoch. */
  readonly onEpoch: () => void
}

/** Share of a text's features that is left out each time it is shown, so that no single one decides. */
const DROPPED = 0.5
/** What is left of the learning rate at the end. */
const RATE_LAST = 0.01
/** What a text of the class weighs against one of another, by margin. */
const OWN_WEIGHT = 2
/** Smaller steps are not made. */
const STEP_MIN = 1e-3

/**
 * A linear classifier, by gradient steps over one text at a time with dropout of features. Weights stand by place, then by class.
 * The same vectors, labels and seed give the same weights.
 */
export function trainLinear(
  vectors: Vectors,
  labels: Int32Array,
  classes: number,
  places: number,
  options: LinearOptions,
): Float32Array {
  return new LinearTrainer(vectors, labels, classes, places, options).run()
}

class LinearTrainer {
  readonly #vectors: Vectors
  readonly #labels: Int32Array
  readonly #classes: number
  readonly #options: LinearOptions
  readonly #weights: Float32Array
  readonly #random: Random
  readonly #sums: Float64Array
  /** The features shown: where their weights begin, and their values. */
  readonly #rows = new Int32Array(FEATURES_MAX)
  readonly #values = new Float64Array(FEATURES_MAX)

  constructor(vectors: Vectors, labels: Int32Array, classes: number, places: number, options: LinearOptions) {
    this.#vectors = vectors
    this.#labels = labels
    this.#classes = classes
    this.#options = options
    this.#weights = new Float32Array(places * classes)
    this.#random = new Random(options.seed)
    this.#sums = new Float64Array(classes)
  }

  run(): Float32Array {
    const { epochs, rate, onEpoch } = this.#options
    const { count } = this.#vectors
    const order = Int32Array.from({ length: count }, (_, i) => i)
    const steps = epochs * count
    let step = 0
    for (let epoch = 0; epoch < epochs; epoch++) {
      this.#random.shuffle(order)
      for (let i = 0; i < count; i++) this.#show(order[i] as number, rate * (1 - step++ / steps + RATE_LAST))
      onEpoch()
    }
    return this.#weights
  }

  #show(text: number, rate: number): void {
    const shown = this.#drop(text)
    this.#sumUp(shown)
    const label = this.#labels[text] as number
    if (this.#options.loss === 'likelihood') likelihoodErrors(this.#sums, label)
    else marginErrors(this.#sums, label)
    for (let c = 0; c < this.#classes; c++) {
      const error = this.#sums[c] as number
      if (error > STEP_MIN || error < -STEP_MIN) this.#step(shown, c, error * rate)
    }
  }

  #step(shown: number, label: number, by: number): void {
    const weights = this.#weights
    const rows = this.#rows
    const values = this.#values
    for (let i = 0; i < shown; i++) {
      const at = (rows[i] as number) + label
      weights[at] = (weights[at] as number) - by * (values[i] as number)
    }
  }

  #drop(text: number): number {
    const { start, place, value } = this.#vectors
    const bar = DROPPED * 0x100000000
    let shown = 0
    for (let i = start[text] as number; i < (start[text + 1] as number); i++) {
      if (this.#random.next() < bar) continue
      this.#rows[shown] = (place[i] as number) * this.#classes
      this.#values[shown++] = (value[i] as number) / (1 - DROPPED)
    }
    return shown
  }

  #sumUp(shown: number): void {
    const sums = this.#sums
    const weights = this.#weights
    const classes = this.#classes
    sums.fill(0)
    for (let i = 0; i < shown; i++) {
      const row = this.#rows[i] as number
      const value = this.#values[i] as number
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (weights[row + c] as number)
    }
  }
}

function likelihoodErrors(sums: Float64Array, label: number): void {
  softmax(sums)
  sums[label] = (sums[label] as number) - 1
}

function marginErrors(sums: Float64Array, label: number): void {
  const own = sums[label] as number
  for (let c = 0; c < sums.length; c++) sums[c] = Math.max(0, 1 + (sums[c] as number))
  sums[label] = -OWN_WEIGHT * Math.max(0, 1 - own)
}

/** Makes probabilities of sums, in place. */
export function softmax(sums: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (let c = 0; c < sums.length; c++) if ((sums[c] as number) > most) most = sums[c] as number
  let total = 0
  for (let c = 0; c < sums.length; c++) {
    const part = Math.exp((sums[c] as number) - most)
    sums[c] = part
    total += part
  }
  for (let c = 0; c < sums.length; c++) sums[c] = (sums[c] as number) / total
}
