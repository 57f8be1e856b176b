import { slipCost } from './letter-sounds.ts'

/** Cost of a letter missing, of one too many, of one that was heard twice, and of one that sounds like nothing that stands there. */
const EDIT = { missing: 1, extra: 0.8, again: 0.3, far: 1.1 } as const
/** Slips of the ear cost by their rarity; here they are edits of at most `EDIT.far`. */
const SLIP_SHARE = 0.25
const LENGTH_MAX = 48

const CODES = 26
const SUBSTITUTES = new Float32Array(CODES * CODES)
for (let a = 0; a < CODES; a++) {
  for (let b = 0; b < CODES; b++) {
    const cost = slipCost(String.fromCharCode(65 + a), String.fromCharCode(65 + b), 4)
    SUBSTITUTES[a * CODES + b] = a === b ? 0 : Math.min(EDIT.far, cost >= 4 ? EDIT.far : cost * SLIP_SHARE)
  }
}

let above = new Float64Array(LENGTH_MAX + 1)
let row = new Float64Array(LENGTH_MAX + 1)
const extras = new Float64Array(LENGTH_MAX + 1)
const codes = new Int32Array(LENGTH_MAX + 1)

/**
 * What it costs to have spelled `name` where a recogniser wrote `heard` (both lower case letters): edits, cheaper between letters that
 * sound alike. With `open` the rest of `heard` may belong to something else: the cheapest beginning counts.
 */
export function spellingCost(heard: string, name: string, open = false): number {
  const n = Math.min(name.length, LENGTH_MAX)
  const m = Math.min(heard.length, LENGTH_MAX)
  above[0] = 0
  for (let j = 1; j <= m; j++) {
    const code = heard.charCodeAt(j - 1)
    codes[j] = code - 97
    extras[j] = j > 1 && code === heard.charCodeAt(j - 2) ? EDIT.again : EDIT.extra
    above[j] = (above[j - 1] as number) + (extras[j] as number)
  }
  for (let i = 1; i <= n; i++) {
    let before = (above[0] as number) + EDIT.missing
    row[0] = before
    const code = name.charCodeAt(i - 1) - 97
    for (let j = 1; j <= m; j++) {
      let cost = (above[j - 1] as number) + substituteCost(codes[j] as number, code)
      const missing = (above[j] as number) + EDIT.missing
      const extra = before + (extras[j] as number)
      if (missing < cost) cost = missing
      if (extra < cost) cost = extra
      row[j] = cost
      before = cost
    }
    const spare = above
    above = row
    row = spare
  }
  if (!open) return above[m] as number
  let best = Number.POSITIVE_INFINITY
  for (let j = Math.max(0, n - 3); j <= Math.min(m, n + 3); j++) if ((above[j] as number) < best) best = above[j] as number
  return best
}

function substituteCost(heard: number, meant: number): number {
  const both = heard >= 0 && heard < CODES && meant >= 0 && meant < CODES
  return both ? (SUBSTITUTES[heard * CODES + meant] as number) : EDIT.far
}

export function reversed(text: string): string {
  let out = ''
  for (let i = text.length - 1; i >= 0; i--) out += text.charAt(i)
  return out
}
