import { found } from './number-words.ts'
import { KIND, type Scan } from './scan.ts'

export type DecimalMark = '.' | ','

/** One run of figures being read; again one object. */
const run = { digits: '', decimals: '', end: 0, grouped: false }

/**
 * A number in figures from token `i`, with what its language writes between them: `1.234,56`, `1,234.56`, `12,34,567`,
 * `1 234 567`, `1'234'567`, `1e10`, `1.3x10^6`. A group of exactly three figures after the mark that is not the decimal mark
 * is thousands; where both marks stand, the last one is the decimal mark. False for dates and versions ("1.2.3").
 */
export function figuresAt(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  run.digits = scan.at(i)
  run.decimals = ''
  run.grouped = false
  run.end = i + 1
  if (!readMarks(scan, i, decimalMark)) return false
  if (run.decimals === '' && !run.grouped && run.digits.length <= 3) readSpaced(scan, decimalMark)
  found.value = Number(run.decimals === '' ? run.digits : `${run.digits}.${run.decimals}`)
  found.end = run.end
  found.scale = 1
  readPower(scan)
  return Number.isFinite(found.value)
}

/** How many groups of figures follow `i`, each behind a mark without spaces. */
function groupsAfter(scan: Scan, i: number): number {
  let count = 0
  while (isMark(scan.at(i + count * 2 + 1)) && isTight(scan, i + count * 2 + 1)) count++
  return count
}

function isMark(mark: string): boolean {
  return mark === '.' || mark === ','
}

/** Whether token `i` stands between figures without spaces. */
function isTight(scan: Scan, i: number): boolean {
  return scan.touches(i) && scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number
}

/** Groups behind points and commas; false where they make no number. */
function readMarks(scan: Scan, i: number, decimalMark: DecimalMark): boolean {
  const count = groupsAfter(scan, i)
  if (count === 0) return true
  const first = scan.at(i + 1)
  const last = scan.at(i + count * 2 - 1)
  const tail = scan.at(i + count * 2)
  let whole = count
  if (first !== last) whole = count - 1
  else if (count === 1) {
    const thousands = tail.length === 3 && first !== decimalMark && run.digits.length <= 3 && run.digits[0] !== '0'
    if (!thousands) whole = 0
  }
  for (let k = 0; k < whole; k++) {
    const group = scan.at(i + k * 2 + 2)
    const indian = group.length === 2 && k < whole - 1 && first === ','
    if (scan.at(i + k * 2 + 1) !== first || (group.length !== 3 && !indian) || run.digits.length > 40) return false
    run.digits += group
  }
  run.grouped = whole > 0
  if (whole < count) run.decimals = tail
  run.end = i + count * 2 + 1
  return true
}

/** "1 234 567": groups of three figures, one space, no-break space or apostrophe between; decimals may follow. */
function readSpaced(scan: Scan, decimalMark: DecimalMark): void {
  if (run.digits[0] === '0') return
  let at = run.end
  while (scan.kindAt(at) === KIND.number && scan.at(at).length === 3 && scan.startOf(at) - scan.endOf(at) === 1) {
    run.digits += scan.at(at++)
    if (run.digits.length > 40) break
  }
  if (at === run.end) return
  if (isMark(scan.at(at)) && isTight(scan, at) && (scan.at(at) === decimalMark || scan.at(at + 1).length !== 3)) {
    run.decimals = scan.at(at + 1)
    at += 2
  }
  run.end = at
}

/** "1e10", "1.3x10^6", "2^8" behind what was read. */
function readPower(scan: Scan): void {
  const at = found.end
  if (!scan.touches(at)) return
  const mark = scan.at(at)
  if (mark === 'e') {
    if (exponentAt(scan, at + 1)) found.value *= 10 ** exponent
  } else if ((mark === 'x' || mark === '×' || mark === '*') && scan.at(at + 1) === '10' && scan.at(at + 2) === '^') {
    if (exponentAt(scan, at + 3)) found.value *= 10 ** exponent
  } else if (mark === '^' && exponentAt(scan, at + 1)) found.value **= exponent
}

let exponent = 0

/** A signed whole number below 400 that touches what stands before it: sets `exponent` and `found.end`. */
function exponentAt(scan: Scan, i: number): boolean {
  const sign = scan.at(i) === '-' ? -1 : 1
  const at = sign < 0 || scan.at(i) === '+' ? i + 1 : i
  if (!scan.touches(i) || !scan.touches(at) || !(scan.numberAt(at) < 400)) return false
  exponent = sign * scan.numberAt(at)
  found.end = at + 1
  return true
}
