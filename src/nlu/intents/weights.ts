/** Weights of all features for all classes: a byte each, and one scale for each feature. */
export interface Weights {
  readonly classes: number
  /** By place, then by class. */
  readonly bytes: Int8Array
  /** By place: what one step of its bytes is worth. */
  readonly scale: Float32Array
}

const STEPS = 127

/** Rounds weights to bytes. */
export function quantise(weights: Float32Array, classes: number): Weights {
  const places = weights.length / classes
  const bytes = new Int8Array(weights.length)
  const scale = new Float32Array(places)
  for (let place = 0; place < places; place++) {
    const row = weights.subarray(place * classes, (place + 1) * classes)
    let most = 0
    for (let c = 0; c < classes; c++) most = Math.max(most, Math.abs(row[c] as number))
    if (most === 0) continue
    scale[place] = most / STEPS
    for (let c = 0; c < classes; c++) bytes[place * classes + c] = Math.round(((row[c] as number) / most) * STEPS)
  }
  return { classes, bytes, scale }
}

/** Adds up what the features of a vector say for each class. */
export function sumUp(weights: Weights, size: number, place: Int32Array, value: Float32Array, sums: Float64Array): void {
  const { bytes, scale, classes } = weights
  sums.fill(0)
  for (let i = 0; i < size; i++) {
    const at = place[i] as number
    const by = (value[i] as number) * (scale[at] as number)
    const row = at * classes
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + by * (bytes[row + c] as number)
  }
}
