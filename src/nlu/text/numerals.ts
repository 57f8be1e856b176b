import { AS, HOW, IS } from '../lexicon/roles.ts'
import { type DecimalMark, figuresAt } from './figures.ts'
import { addFraction, aloneFractionAt, divide } from './fractions.ts'
import { found, mixedWordsAt, ordinalWordsAt, wordsAfter, wordsAt } from './number-words.ts'
import { KIND, type Scan } from './scan.ts'

export { found, wordsAt }

/** A whole number in figures or words from token `i`. Figures are one token: separators are `decimalAt`'s matter. */
export function cardinalAt(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.number) return wordsAt(scan, i)
  found.value = scan.numberAt(i)
  found.end = i + 1
  return !Number.isNaN(found.value)
}

/** An ordinal from token `i`: "14th", "1°", "fourteenth", "twenty-first", "ventunesimo". */
export function ordinalAt(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.number) {
    if (!scan.touches(i + 1) || !(scan.wordAt(i + 1).as & AS.ordinalEnd)) return false
    found.value = scan.numberAt(i)
    found.end = i + 2
    return !Number.isNaN(found.value)
  }
  return ordinalWordsAt(scan, i)
}

/**
 * A number with sign, thousands, decimals and fractions from token `i`: `1.234,56` by the language's decimal mark, "three
 * point five", "meno due", "2,5 Millionen", "3 hundred and 21", "one and a half", "deux tiers", `2 1/4`, `10k`.
 */
export function decimalAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  let at = i
  let sign = 1
  if (isMinus(scan, i)) {
    sign = -1
    at++
  } else if (scan.at(at) === '+') at++
  if (!unsignedAt(scan, at, decimalMark)) return false
  if (sign < 0) found.value = 0 - found.value
  return Number.isFinite(found.value)
}

function isMinus(scan: Scan, i: number): boolean {
  return (
    (scan.wordAt(i).is & IS.minus) !== 0 ||
    (scan.kindAt(i) === KIND.mark && (scan.at(i) === '-' || scan.at(i) === '−' || scan.at(i) === '–'))
  )
}

function unsignedAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  if (scan.kindAt(i) === KIND.number) {
    if (!figuresAt(scan, i, decimalMark)) return false
    const { value, end } = found
    if (!wordsAfter(scan, value, end)) {
      if (Number.isInteger(value)) spokenDecimals(scan)
      scaled(scan)
    }
  } else if (!wordNumberAt(scan, i) && !pointAt(scan, i, decimalMark)) return aloneFractionAt(scan, i, decimalMark)
  divide(scan, i, decimalMark)
  addFraction(scan, decimalMark)
  return true
}

/** A number in words with its decimals; a one that may be an article is a number before "point" only. */
function wordNumberAt(scan: Scan, i: number): boolean {
  let from = i
  while (scan.wordAt(from).is & IS.zero && startsWords(scan, from + 1)) from++
  const word = scan.wordAt(from)
  if (word.mixed >= 0) {
    found.value = word.mixed
    found.end = from + 1
    found.scale = 1
    scaled(scan)
    return true
  }
  if (!mixedWordsAt(scan, from)) {
    if (!(word.how & HOW.one) || !(scan.wordAt(from + 1).is & IS.point)) return false
    found.value = 1
    found.end = from + 1
    found.scale = 1
    const { end } = found
    spokenDecimals(scan)
    if (found.end === end) return false
  } else {
    const { end } = found
    spokenDecimals(scan)
    if (found.end === end) return true
  }
  scaled(scan)
  return true
}

function startsWords(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return word.cardinal >= 0 && word.cardinal < 10
}

/** "3.5 million", "100k", "10G". A single letter counts where nothing touches it, and as a capital but for the k. */
function scaled(scan: Scan): void {
  const { end } = found
  let at = end
  let scale = 1
  while (scan.wordAt(at).is & IS.scale) scale *= scan.wordAt(at++).scale
  if (at === end) {
    scale = letterScale(scan, at)
    if (scale === 1) return
    at++
  }
  found.value = times(found.value, scale)
  found.scale = scale
  found.end = at
}

/** Without the error that binary fractions bring ("1.2 million"). */
function times(value: number, scale: number): number {
  const product = value * scale
  const whole = Math.round(product)
  return Math.abs(product - whole) < 1e-9 * Math.abs(product) ? whole : product
}

function letterScale(scan: Scan, i: number): number {
  if (scan.at(i).length > 2 || scan.kindAt(i) !== KIND.word || (scan.touches(i + 1) && scan.kindAt(i + 1) !== KIND.mark)) return 1
  switch (scan.source(i, i + 1)) {
    case 'k':
    case 'K':
      return 1000
    case 'M':
    case 'Mn':
      return 1_000_000
    case 'G':
      return 1_000_000_000
    case 'b':
    case 'B':
    case 'bn':
      return scan.touches(i) ? 1_000_000_000 : 1
    case 'T':
      return scan.touches(i) ? 1_000_000_000_000 : 1
    default:
      return 1
  }
}

/** ".77", "point one", and a comma before words at the very start. */
function pointAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  const mark = scan.at(i)
  if ((mark === '.' || mark === ',') && scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number) {
    if (scan.touches(i) && scan.kindAt(i - 1) !== KIND.mark) return false
    found.value = Number(`0.${scan.at(i + 1)}`)
    found.end = i + 2
    scaled(scan)
    return true
  }
  if (scan.kindAt(i - 1) === KIND.number || scan.wordAt(i - 1).is & IS.cardinal) return false
  if (!(scan.wordAt(i).is & IS.point) && !(i === 0 && mark === decimalMark)) return false
  found.value = 0
  found.end = i
  found.scale = 1
  readDecimals(scan, i + 1)
  return found.end > i
}

/** "… point one four": figures one by one, or numbers side by side. */
function spokenDecimals(scan: Scan): void {
  if (scan.wordAt(found.end).is & IS.point && found.scale === 1) readDecimals(scan, found.end + 1)
}

const DECIMALS_MAX = 15

function readDecimals(scan: Scan, from: number): void {
  const { value, end } = found
  let decimals = ''
  let at = from
  while (at < scan.size && decimals.length < DECIMALS_MAX) {
    const word = scan.wordAt(at)
    if (scan.kindAt(at) === KIND.number) decimals += scan.at(at++)
    else if (word.is & IS.zero) {
      decimals += '0'
      at++
    } else if (word.cardinal >= 0 && word.cardinal < 10 && !(scan.wordAt(at + 1).how & HOW.unitAnd)) {
      decimals += String(word.cardinal)
      at++
    } else if (word.scale < 1000 && word.is & (IS.cardinal | IS.scale) && wordsAt(scan, at)) {
      const small = found.value < 1000
      decimals += small ? found.value : word.cardinal
      at = small ? found.end : at + 1
      if (!small) break
    } else if (word.how & HOW.one && decimals === '') {
      decimals = '1'
      at++
    } else break
  }
  found.value = decimals === '' ? value : Number(`${value}.${decimals}`)
  found.end = decimals === '' ? end : at
  found.scale = 1
}
