import type { Word } from '../lexicon/lexicon.ts'
import { HOW, IS } from '../lexicon/roles.ts'
import { clear, sum, take, takeFigures, takeLast, takesFirst, takeValue, total } from './number-sum.ts'
import { KIND, type Scan } from './scan.ts'

/**
 * What the readers of numbers found: one object, overwritten by each call, so that hot paths allocate nothing. `scale` is
 * that of the last word where it was one ("three MILLION"), or 1.
 */
export const found = { value: 0, end: 0, scale: 1 }

/** How a number in words must end. */
const ENDS = { cardinal: 0, ordinal: 1, denominator: 2 } as const
type Ends = (typeof ENDS)[keyof typeof ENDS]

/** A number in words from token `i` ("two hundred and five", "trecentosei", "quatre-vingt-un"): true fills `found`. */
export function wordsAt(scan: Scan, i: number): boolean {
  return report(compose(scan, i, i, ENDS.cardinal, false), i)
}

/** The same with figures among the words: "mille 9 cents", "treinta y 3". */
export function mixedWordsAt(scan: Scan, i: number): boolean {
  return report(compose(scan, i, i, ENDS.cardinal, true), i)
}

/** Goes on with words after the figures that end at token `end` ("3 hundred and 21"); false when none belongs to them. */
export function wordsAfter(scan: Scan, value: number, end: number): boolean {
  if (!(scan.wordAt(end).is & IS.scale) || !takesFirst(value)) return false
  return report(composeOn(scan, end, end, ENDS.cardinal, true), end)
}

/** An ordinal in words from token `i`: "fourteenth", "twenty-first", "vingt et unième", "vigésimo primero". */
export function ordinalWordsAt(scan: Scan, i: number): boolean {
  const first = scan.wordAt(i)
  if (!(first.is & (IS.ordinal | IS.cardinal | IS.scale | IS.article)) && !(first.how & HOW.one)) return false
  return report(compose(scan, i, i, ENDS.ordinal, false), i)
}

/** A denominator from token `i`: "thirds", "twenty-firsts", "tiers", and ordinals that can be one. */
export function denominatorAt(scan: Scan, i: number): boolean {
  return report(compose(scan, i, i, ENDS.denominator, false), i)
}

function report(end: number, none: number): boolean {
  if (end === none) return false
  found.value = total()
  found.end = end
  const { last } = sum
  found.scale = last !== undefined && last.is & IS.scale && last.scale !== 100 ? last.scale : 1
  return true
}

/** Reads words into the sum; gives the token after them, `none` when they are no number that ends as it must. */
function compose(scan: Scan, i: number, none: number, ends: Ends, figures: boolean): number {
  clear()
  const first = scan.wordAt(i)
  const article = (first.is & IS.article || first.how & HOW.one) && !(first.is & IS.cardinal)
  const next = scan.wordAt(i + 1)
  const skip = article && (next.is & IS.scale || (ends === ENDS.ordinal && next.is & IS.ordinal && next.ordinal >= 100))
  return composeOn(scan, skip ? i + 1 : i, none, ends, figures)
}

function composeOn(scan: Scan, from: number, none: number, ends: Ends, figures: boolean): number {
  let at = from
  let end = none
  while (at < scan.size) {
    const word = scan.wordAt(at)
    if (ends !== ENDS.cardinal && isLast(word, ends)) return takeOrdinals(scan, at, none, ends)
    const width = takeUnitFirst(scan, at)
    if (width > 0 || (figures && isFigures(scan, at) ? takeFigures(scan.numberAt(at)) : take(word))) {
      at += width || 1
      end = at
    } else if (
      at > none &&
      (isJoined(scan, at, ends) || joinsAnd(scan, at, ends) || (figures && (joinsTeens(scan, at) || joinsComma(scan, at))))
    )
      at++
    else break
  }
  return ends === ENDS.cardinal ? end : none
}

function isLast(word: Word, ends: Ends): boolean {
  return (word.is & IS.ordinal) !== 0 || (ends === ENDS.denominator && word.fraction > 0)
}

/** One to three figures that stand for themselves. */
function isFigures(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.number || scan.at(i).length > 3) return false
  const mark = scan.at(i + 1)
  return !(scan.touches(i + 1) && (mark === '.' || mark === ',' || mark === '/' || mark === ':') && scan.touches(i + 2))
}

/** "ein und zwanzig": three words at once, or 0. */
function takeUnitFirst(scan: Scan, i: number): number {
  if (!(scan.wordAt(i + 1).how & HOW.unitAnd)) return 0
  const word = scan.wordAt(i)
  const unit = word.cardinal > 0 ? word.cardinal : word.how & HOW.one ? 1 : 0
  const tens = scan.wordAt(i + 2)
  if (unit < 1 || unit > 9 || tens.cardinal < 20 || tens.cardinal > 90 || tens.cardinal % 10 !== 0) return 0
  return !sum.closed && takeValue(unit + tens.cardinal, tens) ? 3 : 0
}

/** What the word adds where it follows "and" or a dash; 0 for none. */
function worth(word: Word, ends: Ends): number {
  if (word.is & IS.cardinal) return word.cardinal
  if (ends !== ENDS.cardinal && isLast(word, ends)) return word.fraction || word.ordinal
  if (word.is & IS.scale) return word.scale
  return word.how & HOW.one ? 1 : 0
}

/** Whether a dash at `i` joins two words of one number: "twenty-one", and "fifty - two" with spaces around it. */
function isJoined(scan: Scan, i: number, ends: Ends): boolean {
  if (!isDash(scan.at(i))) return false
  if (scan.touches(i) && scan.touches(i + 1)) return worth(scan.wordAt(i + 1), ends) > 0 || joinsAnd(scan, i + 1, ends)
  const unit = scan.wordAt(i + 1).cardinal
  return unit > 0 && unit < 10 && sum.group % 10 === 0 && sum.group % 100 >= 20
}

export function isDash(mark: string): boolean {
  return mark === '-' || mark === '–' || mark === '—' || mark === '‑'
}

/** Whether "and" at `i` joins what was read to a smaller number ("two hundred and five", "treinta y uno"). */
function joinsAnd(scan: Scan, i: number, ends: Ends): boolean {
  const and = scan.wordAt(i)
  if (!(and.is & IS.and)) return false
  const at = isDash(scan.at(i + 1)) && scan.touches(i + 1) ? i + 2 : i + 1
  const value = scan.kindAt(at) === KIND.number ? scan.numberAt(at) : worth(scan.wordAt(at), ends)
  if (!(value > 0)) return false
  const { group } = sum
  if (group < 0) return sum.low + sum.high > 0 && !isFraction(scan, at)
  if (group >= 100 && group % 100 === 0) return value < 100
  if (!(and.how & HOW.tensAnd)) return false
  if (group % 10 !== 0 || group % 100 < 20) return false
  if (value > 1 && and.how & HOW.oneAnd && isFraction(scan, at)) return false
  return value < 10 || (value < 20 && sum.teens)
}

/** "two thousand, five hundred": a comma behind a scale, before what has a smaller one. */
function joinsComma(scan: Scan, i: number): boolean {
  if (scan.at(i) !== ',' || sum.group >= 0 || sum.closed || scan.touches(i + 1)) return false
  const next = scan.wordAt(i + 1)
  return (next.is & IS.cardinal) !== 0 && next.cardinal < 1000 && (scan.wordAt(i + 2).is & IS.scale) !== 0
}

/** "diez y seis", where a number is read and not a time. */
function joinsTeens(scan: Scan, i: number): boolean {
  const unit = scan.wordAt(i + 1).cardinal
  sum.units = sum.group % 100 === 10 && (scan.wordAt(i).how & HOW.teensAnd) !== 0 && unit >= 6 && unit < 10
  return sum.units
}

/** Whether "three quarters" stands at `i`, which is added as a fraction. */
function isFraction(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i + 1)
  return word.fraction > 0 || ((word.is & IS.ordinal) !== 0 && !(word.is & IS.month))
}

/** The ordinal words that end the number: one, or several where the language says them so ("vigésimo primero"). */
function takeOrdinals(scan: Scan, from: number, none: number, ends: Ends): number {
  let at = from
  while (true) {
    const word = scan.wordAt(at)
    if (!isLast(word, ends)) break
    const value = (ends === ENDS.denominator && word.fraction) || word.ordinal
    if (!takeLast(value, word)) return at === from ? none : at
    at++
    if (!(word.how & HOW.ordinalTens)) break
  }
  return at
}
