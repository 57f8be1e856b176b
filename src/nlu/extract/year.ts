import { IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'

export interface Year {
  readonly value: number
  readonly end: number
  /** Only the last two figures were said. */
  readonly two: boolean
  /** Put together from figures that a recogniser split or added. */
  readonly guessed?: boolean
}

const YEAR = { min: 1000, max: 2999 } as const
const APOSTROPHES = "'’‘`´"

/**
 * A year from token `i`: 1980, "nineteen eighty", "nineteen oh five", "two thousand five", "millenovecentottanta", '80.
 * `after` says that a day or month stands before it, so that "80", "ottanta" and "19 80" are years too.
 */
export function yearAt(scan: Scan, i: number, after: boolean): Year | undefined {
  return scan.kindAt(i) === KIND.number ? yearInFigures(scan, i, after) : yearInWords(scan, i, after)
}

function yearInFigures(scan: Scan, i: number, after: boolean): Year | undefined {
  const value = scan.numberAt(i)
  const figures = scan.at(i).length
  if (isSeparated(scan, i)) return undefined
  const next = scan.kindAt(i + 1) === KIND.number ? scan.numberAt(i + 1) : -1
  if (figures === 4 && value >= YEAR.min && value <= YEAR.max) {
    if ((after || i === 0) && next >= 1 && next <= 9 && value % 10 === 0 && i + 2 === scan.size)
      return { value: value + next, end: i + 2, two: false }
    return afterThousand(scan, i, value) ?? { value, end: i + 1, two: false }
  }
  if (figures === 5 && after && value >= 20_001 && value <= 20_099)
    return { value: value - 18_000, end: i + 1, two: false, guessed: true }
  if (figures !== 2) return undefined
  if (after && value >= 17 && value <= 21 && next >= 0 && scan.at(i + 1).length === 2 && !isSeparated(scan, i + 1))
    return { value: value * 100 + next, end: i + 2, two: false }
  if (APOSTROPHES.includes(scan.text.charAt(scan.startOf(i) - 1)) && scan.startOf(i) > 0) return { value, end: i + 1, two: true }
  return after ? { value, end: i + 1, two: true } : undefined
}

/** "2000 and 9", as a recogniser writes it. */
function afterThousand(scan: Scan, i: number, value: number): Year | undefined {
  if (value !== 2000 || !(scan.wordAt(i + 1).is & IS.and)) return undefined
  if (!cardinalAt(scan, i + 2) || found.value < 1 || found.value > 99 || scan.wordAt(found.end).unit !== '') return undefined
  return { value: value + found.value, end: found.end, two: false }
}

/** Figures that go on after a mark are a time, an amount, or figures of something else. */
function isSeparated(scan: Scan, i: number): boolean {
  if (!scan.touches(i + 1)) return false
  const mark = scan.at(i + 1)
  if (mark === ':') return true
  if (scan.kindAt(i + 1) === KIND.word) return true
  return (mark === '.' || mark === ',' || mark === '@') && scan.touches(i + 2) && scan.kindAt(i + 2) !== KIND.mark
}

function yearInWords(scan: Scan, i: number, after: boolean): Year | undefined {
  const first = scan.wordAt(i)
  if (first.is & IS.zero && after) return shortAt(scan, i + 1)
  if (!(first.is & (IS.cardinal | IS.scale | IS.article))) return undefined
  if (!cardinalAt(scan, i)) return undefined
  if (found.value >= 10 && found.value <= 21) {
    const pair = pairAt(scan, found.value, found.end)
    if (pair !== undefined) return pair
    cardinalAt(scan, i)
  }
  const { value, end } = found
  if (value >= YEAR.min && value <= YEAR.max) return { value, end, two: false }
  return after && value >= 32 && value <= 99 ? { value, end, two: true } : undefined
}

/** "oh four", "zero quattro": the last two figures. */
function shortAt(scan: Scan, i: number): Year | undefined {
  const { cardinal } = scan.wordAt(i)
  return cardinal >= 1 && cardinal <= 9 ? { value: cardinal, end: i + 1, two: true } : undefined
}

/** Below this, two numbers are more likely an hour and its minutes, or a day and a month. */
const CENTURY_MIN = 17
const NO_MINUTES_FROM = 60

/** "nineteen eighty five", "twenty twelve", "nineteen oh five", "dix-neuf soixante-douze". */
function pairAt(scan: Scan, century: number, at: number): Year | undefined {
  const next = scan.wordAt(at)
  if (next.is & IS.zero && century >= CENTURY_MIN) {
    const unit = scan.wordAt(at + 1)
    if (unit.cardinal < 1 || unit.cardinal > 9) return undefined
    return { value: century * 100 + unit.cardinal, end: at + 2, two: false }
  }
  if (next.cardinal < 4 || scan.kindAt(at) === KIND.number || !cardinalAt(scan, at) || found.value < 10 || found.value > 99)
    return undefined
  if (century < CENTURY_MIN && found.value < NO_MINUTES_FROM) return undefined
  return { value: century * 100 + found.value, end: found.end, two: false }
}
