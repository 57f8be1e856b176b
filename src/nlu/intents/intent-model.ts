import { scoreOf } from './calibration.ts'
import { readerOf } from './features.ts'
import { softmax } from './linear.ts'
import { decodeModel, type ModelHeader, type ModelParts } from './model-file.ts'
import { Vectoriser } from './vector-space.ts'
import { sumUp, type Weights } from './weights.ts'

/** What scores below this is out of scope, unless the caller says otherwise: one in twenty texts that belong is turned away. */
export const REJECT_BELOW = 0.05
const RANKED_MAX = 5

export interface RankedIntent {
  readonly name: string
  /** 0 to 1; all intents together give 1. */
  readonly probability: number
}

export interface IntentPrediction {
  /** The likeliest intent; undefined when the text is out of scope. */
  readonly intent: string | undefined
  /** 0 to 1: the share of texts that belong which are recognised less surely. Says whether it is any of the intents, not which. */
  readonly score: number
  /** The likeliest first, at most five; empty when no word is known. */
  readonly ranked: readonly RankedIntent[]
}

/**
 * A trained model over shared memory. Opening one costs a checksum; every worker opens its own over the same buffer. Reads the
 * first 2,000 characters and 100 words of a text; never throws.
 */
export class IntentModel {
  readonly header: ModelHeader
  /** The whole model: store it, or give it to other threads, which open it. */
  readonly buffer: SharedArrayBuffer
  readonly #weights: Weights
  readonly #vectoriser: Vectoriser
  readonly #sums: Float64Array
  readonly #quantiles: Float64Array

  private constructor(buffer: SharedArrayBuffer, { header, space, weights }: ModelParts) {
    this.buffer = buffer
    this.header = header
    this.#weights = weights
    this.#vectoriser = new Vectoriser(space, readerOf(header.languages))
    this.#sums = new Float64Array(weights.classes)
    this.#quantiles = Float64Array.from(header.quantiles)
  }

  /** Takes a model's bytes; those that are not shared are copied. Throws AppError `intents.corrupt` or `intents.stale`. */
  static open(bytes: SharedArrayBuffer | Uint8Array): IntentModel {
    const buffer = bytes instanceof SharedArrayBuffer ? bytes : shared(bytes)
    return new IntentModel(buffer, decodeModel(buffer))
  }

  predict(text: string, rejectBelow = REJECT_BELOW): IntentPrediction {
    const vectoriser = this.#vectoriser
    vectoriser.read(text)
    if (vectoriser.size === 0) return UNKNOWN
    const sums = this.#sums
    sumUp(this.#weights, vectoriser.size, vectoriser.place, vectoriser.value, sums)
    const score = scoreOf(surenessOf(sums, vectoriser.known), this.#quantiles)
    softmax(sums)
    const ranked = this.#rank()
    return { intent: score < rejectBelow ? undefined : ranked[0]?.name, score, ranked }
  }

  #rank(): RankedIntent[] {
    const sums = this.#sums
    const best: number[] = []
    for (let c = 0; c < sums.length; c++) {
      const sum = sums[c] as number
      if (best.length === RANKED_MAX && sum <= (sums[best[RANKED_MAX - 1] as number] as number)) continue
      let at = best.length < RANKED_MAX ? best.length : RANKED_MAX - 1
      while (at > 0 && sum > (sums[best[at - 1] as number] as number)) {
        best[at] = best[at - 1] as number
        at--
      }
      best[at] = c
    }
    return best.map((c) => ({ name: this.header.intents[c] as string, probability: sums[c] as number }))
  }
}

const UNKNOWN: IntentPrediction = { intent: undefined, score: 0, ranked: [] }

/** How sure a model is that a text is of its kind: how far one class stands out, less where little of the text is known. */
export function surenessOf(sums: Float64Array, known: number): number {
  let most = Number.NEGATIVE_INFINITY
  let all = 0
  for (let c = 0; c < sums.length; c++) {
    const sum = sums[c] as number
    all += sum
    if (sum > most) most = sum
  }
  return (most - all / sums.length) * known
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}
