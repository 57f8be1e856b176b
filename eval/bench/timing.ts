/** Microseconds of each call, after a warm-up, sorted. */
export function timings(call: (i: number) => void, calls: number, warmUp = calls): Float64Array {
  for (let i = 0; i < warmUp; i++) call(i)
  const took = new Float64Array(calls)
  for (let i = 0; i < calls; i++) {
    const began = performance.now()
    call(i)
    took[i] = (performance.now() - began) * 1_000
  }
  return took.sort()
}

export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

/** `p50 12.3  p99 45.6 µs` of microseconds, in columns. */
export function row(label: string, sorted: ArrayLike<number>, unit = 'µs'): string {
  const cell = (q: number): string => quantile(sorted, q).toFixed(1).padStart(9)
  return `${label.padEnd(56)} p50 ${cell(0.5)}  p99 ${cell(0.99)} ${unit}`
}
