/** How many steps the distribution of sureness is kept in. */
export const QUANTILES = 65

/**
 * How sure a model is of its own kind of texts: the distribution over examples that it had not seen. Turns a sureness into a
 * score from 0 to 1: the share of such examples that are less sure. Who turns away what scores below 0.1 turns away one in ten
 * of the texts that belong.
 */
export function scoreOf(sureness: number, quantiles: ArrayLike<number>): number {
  const last = quantiles.length - 1
  if (!(sureness > (quantiles[0] as number))) return 0
  if (sureness >= (quantiles[last] as number)) return 1
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((quantiles[middle] as number) <= sureness) low = middle
    else high = middle
  }
  const from = quantiles[low] as number
  const to = quantiles[high] as number
  return (low + (to > from ? (sureness - from) / (to - from) : 0)) / last
}

/** 65 steps of a distribution, the least first; of nothing, all zero. */
export function quantilesOf(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).sort()
  return Array.from({ length: QUANTILES }, (_, i) => {
    const at = (i / (QUANTILES - 1)) * (sorted.length - 1)
    const low = sorted[Math.floor(at)] ?? 0
    const high = sorted[Math.ceil(at)] ?? 0
    return Math.fround(low + (high - low) * (at - Math.floor(at)))
  })
}

/** The examples are parted into so many folds; some of them are held out in turn, each time by a model of its own. */
export const FOLDS = 5
/** Held-out examples that give a distribution good enough. */
const HELD_OUT_MIN = 300

/** How many folds are held out: all of few examples, one of many. */
export function foldsHeldOut(examples: number): number {
  return Math.max(1, Math.min(FOLDS, Math.ceil((HELD_OUT_MIN * FOLDS) / Math.max(1, examples))))
}
