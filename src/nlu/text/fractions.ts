import { HOW, IS } from '../lexicon/roles.ts'
import { type DecimalMark, figuresAt } from './figures.ts'
import { denominatorAt, found, isDash, ordinalWordsAt, wordsAt } from './number-words.ts'
import { KIND, type Scan } from './scan.ts'

const SIGNS: ReadonlyMap<string, number> = new Map([
  ['½', 1 / 2],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅕', 1 / 5],
  ['⅖', 2 / 5],
  ['⅗', 3 / 5],
  ['⅘', 4 / 5],
  ['⅙', 1 / 6],
  ['⅚', 5 / 6],
  ['⅛', 1 / 8],
  ['⅜', 3 / 8],
  ['⅝', 5 / 8],
  ['⅞', 7 / 8],
])

/** A fraction that is the whole number: "two thirds", "a half", "half a million", "⅔". Fills `found`. */
export function aloneFractionAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  if (!partAt(scan, i, decimalMark)) return false
  scaleOfPart(scan)
  return true
}

/** Divides the number just read from token `start`: "three quarters", "132 fifths", `3/4`, "one over three". */
export function divide(scan: Scan, start: number, decimalMark: DecimalMark): void {
  const { value, end } = found
  if (end - start === 1 && scan.kindAt(start) === KIND.number && slashAt(scan, end, value)) return
  if (overAt(scan, end, decimalMark)) {
    const below = found.value
    if (below !== 0) {
      found.value = value / below
      found.scale = 1
      return
    }
  }
  found.value = value
  found.end = end
  if (!Number.isInteger(value) || !partOf(scan, start, end, value)) return
  scaleOfPart(scan)
}

/** `/4` behind a numerator. */
function slashAt(scan: Scan, at: number, numerator: number): boolean {
  const below = scan.numberAt(at + 1)
  if (scan.at(at) !== '/' || !(below > 0) || scan.at(at + 2) === '/' || !Number.isInteger(numerator)) return false
  if (scan.touches(at) !== scan.touches(at + 1) || scan.at(at + 1)[0] === '0' || (numerator === 24 && below === 7)) return false
  found.value = numerator / below
  found.end = at + 2
  found.scale = 1
  return true
}

/** "over three", "out of five hundred", "in twenty-one": the denominator is in `found`. */
function overAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  const { value } = found
  let at = i + 1
  if (scan.at(i) === 'out' && scan.wordAt(i + 1).is & IS.of) at = i + 2
  else if (!(scan.wordAt(i).how & HOW.over) && !(scan.at(i) === 'in' && value === 1)) return false
  const read = scan.kindAt(at) === KIND.number ? figuresAt(scan, at, decimalMark) : wordsAt(scan, at)
  if (!read) return false
  return Number.isInteger(value) && Number.isInteger(found.value) && found.value > 1 && scan.wordAt(found.end).unit === ''
}

/** A denominator behind the numerator `value` that stands at `start`…`end`; puts the quotient into `found`. */
function partOf(scan: Scan, start: number, end: number, value: number): boolean {
  const at = isDash(scan.at(end)) ? end + 1 : end
  const word = scan.wordAt(at)
  if (word.fraction === 0 && !(word.is & (IS.ordinal | IS.cardinal | IS.scale))) return false
  const { scale } = found
  if (!denominatorAt(scan, at)) return restore(value, end, scale)
  const below = found.value
  const last = found.end
  const said = scan.wordAt(last - 1).fraction > 0
  const isOrdinal = !said && value !== 1 && ordinalWordsAt(scan, start) && found.end >= last
  if (below < 2 || (!said && below === 2) || isOrdinal || value === 0) return restore(value, end, scale)
  found.value = value / below
  found.end = last
  found.scale = 1
  return true
}

function restore(value: number, end: number, scale: number): false {
  found.value = value
  found.end = end
  found.scale = scale
  return false
}

/** "a half", "three quarters", "una quarta", "⅔", `1/4` from token `i`. */
function partAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  const sign = SIGNS.get(scan.at(i))
  if (sign !== undefined) {
    found.value = sign
    found.end = i + 1
    found.scale = 1
    return true
  }
  const word = scan.wordAt(i)
  const article = word.how & (HOW.a | HOW.one) && !(word.is & IS.cardinal) ? 1 : 0
  const first = scan.wordAt(i + article)
  if (first.mixed > 0 && first.mixed < 1) {
    found.value = first.mixed
    found.end = i + article + 1
    found.scale = 1
    return true
  }
  if (first.fraction > 0 || article > 0) {
    found.value = 1
    found.end = i + article
    found.scale = 1
    return partOf(scan, i, i + article, 1)
  }
  if (scan.kindAt(i) === KIND.number) {
    if (!figuresAt(scan, i, decimalMark)) return false
    return slashAt(scan, found.end, found.value) || partOf(scan, i, found.end, found.value)
  }
  return wordsAt(scan, i) && partOf(scan, i, found.end, found.value)
}

/** "half a million", "two thirds of a million", "una media docena": a fraction multiplies the scale behind it. */
function scaleOfPart(scan: Scan): void {
  let at = found.end
  if (scan.wordAt(at).is & IS.of || (isDash(scan.at(at)) && scan.touches(at))) at++
  const word = scan.wordAt(at)
  if (word.is & IS.article || word.how & (HOW.a | HOW.one)) at++
  if (!(scan.wordAt(at).is & IS.scale)) return
  let scale = 1
  while (scan.wordAt(at).is & IS.scale) scale *= scan.wordAt(at++).scale
  found.value *= scale
  found.end = at
  found.scale = scale
}

/**
 * The fraction behind a number: "two and a half", "5 and a quarter million", "three million and a half" (of a million),
 * `2 1/4`, `2½`.
 */
export function addFraction(scan: Scan, decimalMark: DecimalMark): void {
  const { value, end, scale } = found
  if (!Number.isInteger(value)) return
  const and = (scan.wordAt(end).is & IS.and) !== 0
  const next = scan.wordAt(end)
  const half = next.mixed === 0.5 || ((next.how & HOW.one) !== 0 && scan.wordAt(end + 1).fraction === 2)
  const figures = scan.kindAt(end) === KIND.number || SIGNS.has(scan.at(end))
  if ((!and && !figures && !half) || !partAt(scan, and ? end + 1 : end, decimalMark) || found.value >= 1) {
    restore(value, end, scale)
    return
  }
  const part = found.value
  const last = found.end
  scaleOfPart(scan)
  if (found.end > last && found.scale > 1) {
    found.value = value >= found.scale ? value + part * found.scale : (value + part) * found.scale
    return
  }
  found.value = value + part * (scale >= 1_000_000 || scale === 12 ? scale : 1)
  found.end = last
  found.scale = 1
}
