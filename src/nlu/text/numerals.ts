import { AS, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from './scan.ts'

/** What the readers below found: one object, overwritten by each call, so that hot paths allocate nothing. */
export const found = { value: 0, end: 0 }

/** State of a number being read: finished thousands, and the group of three figures in hand. */
interface Sum {
  total: number
  group: number
  scale: number
}

const sum: Sum = { total: 0, group: -1, scale: Number.POSITIVE_INFINITY }

/** Takes one number word into the sum; false when it cannot follow what was read. */
function take(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.is & IS.scale) return takeScale(word.scale)
  if (!(word.is & IS.cardinal)) return false
  const value = word.cardinal
  if (value >= 1000) {
    if (sum.total > 0 || sum.group >= 0) return false
    sum.total = value
    sum.scale = 1000
    return true
  }
  if (sum.group < 0) sum.group = value
  else if (value === 0 || sum.group === 0) return false
  else if (value < 10 && sum.group % 10 === 0 && sum.group % 100 >= 20) sum.group += value
  else if (value < 100 && sum.group >= 100 && sum.group % 100 === 0) sum.group += value
  else return false
  return true
}

function takeScale(scale: number): boolean {
  if (scale === 100) {
    if (sum.group === 0 || sum.group >= 100) return false
    sum.group = sum.group < 0 ? 100 : sum.group * 100
    return true
  }
  if (scale >= sum.scale || (sum.group < 0 && sum.total > 0) || sum.group === 0) return false
  sum.total += (sum.group < 0 ? 1 : sum.group) * scale
  sum.scale = scale
  sum.group = -1
  return true
}

/** Whether "and" at `i` joins what was read to a smaller number ("two hundred and five"). */
function joinsAnd(scan: Scan, i: number): boolean {
  if (!(scan.wordAt(i).is & IS.and)) return false
  if (!(sum.group >= 100 && sum.group % 100 === 0) && !(sum.group < 0 && sum.total > 0)) return false
  const next = scan.wordAt(i + 1)
  return (next.is & IS.cardinal) !== 0 && next.cardinal > 0 && (next.cardinal < 100 || sum.group < 0)
}

/** A number in words from token `i` ("two hundred and five", "trecentosei"): true fills `found`. */
export function wordsAt(scan: Scan, i: number): boolean {
  sum.total = 0
  sum.group = -1
  sum.scale = Number.POSITIVE_INFINITY
  let at = i
  if (scan.wordAt(i).is & IS.article && scan.wordAt(i + 1).is & IS.scale) at++
  let end = i
  while (at < scan.size) {
    if (take(scan, at)) {
      at++
      end = at
    } else if (end > i && joinsAnd(scan, at)) at++
    else if (end > i && scan.touches(at) && isDash(scan.at(at)) && scan.wordAt(at + 1).is & IS.cardinal) at++
    else break
  }
  if (end === i) return false
  found.value = sum.total + Math.max(0, sum.group)
  found.end = end
  return true
}

function isDash(mark: string): boolean {
  return mark === '-' || mark === '–' || mark === '—' || mark === '‑'
}

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
  const word = scan.wordAt(i)
  if (word.is & IS.ordinal) {
    found.value = word.ordinal
    found.end = i + 1
    return true
  }
  if (!(word.is & IS.cardinal) || word.cardinal % 10 !== 0 || word.cardinal < 20 || word.cardinal > 90) return false
  const at = isDash(scan.at(i + 1)) ? i + 2 : i + 1
  const unit = scan.wordAt(at)
  if (!(unit.is & IS.ordinal) || unit.ordinal > 9) return false
  found.value = word.cardinal + unit.ordinal
  found.end = at + 1
  return true
}

/**
 * A number with sign, thousands and decimals from token `i`: `1.234,56` by the language's decimal mark, "three point five",
 * "meno due". A group of exactly three figures after the other mark is thousands; anything else after either mark is decimals.
 */
export function decimalAt(scan: Scan, i: number, decimalMark: '.' | ','): boolean {
  let at = i
  let sign = 1
  if (scan.at(at) === '-' || scan.wordAt(at).is & IS.minus) {
    sign = -1
    at++
  } else if (scan.at(at) === '+') at++
  if (scan.kindAt(at) === KIND.number) {
    if (!figuresAt(scan, at, decimalMark)) return false
    if (Number.isInteger(found.value)) spokenDecimals(scan)
    scaled(scan)
  } else if (wordsAt(scan, at)) spokenDecimals(scan)
  else if (!fractionOnly(scan, at, decimalMark)) return false
  andHalf(scan)
  found.value *= sign
  return Number.isFinite(found.value)
}

/** "3 million", "100k". */
function scaled(scan: Scan): void {
  const { end } = found
  const { scale } = scan.wordAt(end)
  const thousands = scan.at(end) === 'k' && !scan.touches(end + 1)
  if (scale < 0 && !thousands) return
  found.value *= scale < 0 ? 1000 : scale
  found.end = end + 1
}

/** ".77" and "point one". */
function fractionOnly(scan: Scan, i: number, decimalMark: '.' | ','): boolean {
  if (scan.at(i) === decimalMark && scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number && !scan.touches(i)) {
    found.value = Number(`0.${scan.at(i + 1)}`)
    found.end = i + 2
    return true
  }
  if (!(scan.wordAt(i).is & IS.point) || scan.kindAt(i - 1) !== 0) return false
  found.value = 0
  found.end = i
  spokenDecimals(scan)
  return found.end > i
}

/** "two and a half", "tre e mezzo". */
function andHalf(scan: Scan): void {
  if (!(scan.wordAt(found.end).is & IS.and)) return
  const at = scan.wordAt(found.end + 1).is & IS.article ? found.end + 2 : found.end + 1
  const part = scan.wordAt(at).is & IS.half ? 0.5 : scan.wordAt(at).is & IS.quarter ? 0.25 : 0
  if (part === 0 || scan.wordAt(at + 1).is & (IS.scale | IS.unit)) return
  found.value += part
  found.end = at + 1
}

function figuresAt(scan: Scan, i: number, decimalMark: '.' | ','): boolean {
  let digits = scan.at(i)
  let at = i + 1
  let decimals = ''
  let thousands = ''
  while (decimals === '' && scan.touches(at) && scan.touches(at + 1) && scan.kindAt(at + 1) === KIND.number) {
    const mark = scan.at(at)
    const next = scan.at(at + 1)
    if (mark !== '.' && mark !== ',') break
    const groups = next.length === 3 && (thousands === mark || (thousands === '' && digits.length <= 3 && digits[0] !== '0'))
    if (mark !== decimalMark && groups) {
      thousands = mark
      digits += next
    } else if (mark === thousands) break
    else decimals = next
    at += 2
  }
  while (
    decimals === '' &&
    thousands !== '.' &&
    thousands !== ',' &&
    (thousands === ' ' || digits.length <= 3) &&
    isSpacedGroup(scan, at, digits)
  ) {
    thousands = ' '
    digits += scan.at(at++)
  }
  found.value = Number(decimals === '' ? digits : `${digits}.${decimals}`)
  found.end = at
  return !Number.isNaN(found.value)
}

/** "1 234 567": groups of three figures with spaces between. */
function isSpacedGroup(scan: Scan, i: number, digits: string): boolean {
  if (scan.kindAt(i) !== KIND.number || scan.at(i).length !== 3 || digits[0] === '0') return false
  if (scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number) return false
  return true
}

/** "… point one four": figures one by one, or one number. */
function spokenDecimals(scan: Scan): void {
  const whole = found.value
  const end = found.end
  if (!(scan.wordAt(end).is & IS.point)) return
  let decimals = ''
  let at = end + 1
  while (at < scan.size && decimals.length < 12) {
    const word = scan.wordAt(at)
    if (scan.kindAt(at) === KIND.number) decimals += scan.at(at)
    else if (word.is & IS.zero) decimals += '0'
    else if (word.is & IS.cardinal && word.cardinal < 100) {
      if (word.cardinal >= 10 && wordsAt(scan, at)) {
        decimals += String(found.value)
        at = found.end - 1
      } else decimals += String(word.cardinal)
    } else break
    at++
  }
  found.value = decimals === '' ? whole : Number(`${whole}.${decimals}`)
  found.end = decimals === '' ? end : at
}
