import { NO_WORD, type Word } from '../lexicon/lexicon.ts'
import { HOW, IS } from '../lexicon/roles.ts'

/**
 * How number words add up, word by word: "[two million] [three thousand] [two hundred five]" is high, low and group. One
 * sum is read at a time, so there is one object, and reading allocates nothing.
 */
interface Sum {
  high: number
  highScale: number
  low: number
  /** The hundreds, tens and units in hand; -1 while no word of them was read. */
  group: number
  /** The word taken last, as some join only certain neighbours. */
  last: Word | undefined
  /** Whether ten to nineteen may follow, as after "soixante" and "quatre-vingt". */
  teens: boolean
  /** Whether units may follow ten, as after "diez y". */
  units: boolean
  /** Whether nothing may follow but a larger scale. */
  closed: boolean
  /** Whether the group came from figures, which "hundred" multiplies whatever they are. */
  figures: boolean
}

export const sum: Sum = {
  high: 0,
  highScale: 0,
  low: 0,
  group: -1,
  last: undefined,
  teens: false,
  units: false,
  closed: false,
  figures: false,
}

export function clear(): void {
  sum.high = 0
  sum.highScale = Number.POSITIVE_INFINITY
  sum.low = 0
  sum.group = -1
  sum.last = undefined
  sum.teens = false
  sum.units = false
  sum.closed = false
  sum.figures = false
}

export function total(): number {
  return sum.high + sum.low + Math.max(0, sum.group)
}

/** Begins the sum with a whole number in figures; false where it is none. */
export function takesFirst(value: number): boolean {
  clear()
  if (!Number.isInteger(value) || value < 1) return false
  if (value < 1000) sum.group = value
  else sum.low = value
  sum.figures = true
  sum.last = NO_WORD
  return true
}

/** Figures inside words: after a scale, or after "and". */
export function takeFigures(value: number): boolean {
  if (sum.closed || sum.last === undefined || !(value > 0)) return false
  if (sum.group >= 0 && !joinsGroup(value)) return false
  sum.figures = sum.group < 0
  sum.group = Math.max(0, sum.group) + value
  sum.last = NO_WORD
  sum.teens = false
  return true
}

/** Takes one word; false when it cannot follow what was read. A one that may be an article never begins a number. */
export function take(word: Word): boolean {
  if (word.is & IS.scale) return takeScale(word.scale, word)
  if (sum.closed) return false
  if (word.is & IS.cardinal) return takeValue(word.cardinal, word)
  return (word.how & HOW.one) !== 0 && sum.last !== undefined && takeValue(1, word)
}

export function takeValue(value: number, word: Word): boolean {
  if (value >= 1000) return takeGlued(value, word)
  if (sum.group < 0) {
    if (value === 0 && sum.last !== undefined) return false
    sum.group = value
  } else if (word.how & HOW.score && sum.group % 100 === 4 && sum.last?.cardinal === 4) sum.group += 76
  else if (value === 0 || !joinsGroup(value)) return false
  else sum.group += value
  sum.teens = (word.how & HOW.teens) !== 0 || (sum.group % 100 === 80 && (word.how & HOW.score) !== 0)
  sum.figures = false
  sum.last = word
  return true
}

/** Whether a value below 1000 may be added to the group in hand. */
function joinsGroup(value: number): boolean {
  const { group, last } = sum
  const tens = group % 100
  if (group === 0 || value >= 100 || (sum.figures && last === NO_WORD)) return false
  if (tens === 0) return true
  if (last !== undefined && last.how & HOW.ten) return value >= 7 && value <= 9
  if (value < 10) return (tens >= 20 && tens % 10 === 0) || sum.units
  return value < 20 && sum.teens
}

/** A number of four figures or more that was written as one word; "duecento" before "quarantamila" multiplies with it. */
function takeGlued(value: number, word: Word): boolean {
  const { group } = sum
  const thousands = value % 1000 === 0 && value < 1_000_000
  if (group >= 0) {
    if (!thousands || group % 100 !== 0 || group === 0 || value >= 100_000 || sum.low > 0) return false
    sum.low = group * 1000 + value
    sum.group = -1
  } else if (sum.low > 0 || value >= sum.highScale) return false
  else if (value % 1_000_000 === 0) {
    sum.high += value
    sum.highScale = 1_000_000
  } else {
    sum.low = value
    sum.closed = !thousands
  }
  sum.last = word
  return true
}

function takeScale(scale: number, word: Word): boolean {
  if (sum.group === 0) return false
  if (scale < 1000 ? !takeSmall(scale) : scale === 1000 ? !takeThousand() : !takeLarge(scale)) return false
  sum.teens = false
  sum.figures = false
  sum.last = word
  return true
}

/** "hundred", and "dozen", which counts only the tens and units before it ("three hundred and two dozens"). */
function takeSmall(scale: number): boolean {
  const { group } = sum
  if (sum.closed) return false
  if (scale !== 100) {
    const counted = group % 100
    sum.group = group < 0 ? scale : counted > 0 ? group - counted + counted * scale : group * scale
    sum.closed = scale !== 2
    return true
  }
  if (sum.figures && group > 0) {
    sum.group = group * 100
    sum.closed = group >= 10
    return true
  }
  if (group >= 100 || (group >= 10 && group % 10 === 0)) return false
  sum.group = (group < 0 ? 1 : group) * 100
  return true
}

function takeThousand(): boolean {
  const { group } = sum
  if (sum.low > 0 || sum.closed || sum.highScale <= 1000) return false
  sum.low = (group < 0 ? 1 : group) * 1000
  sum.group = -1
  return true
}

/** A million and more multiplies the thousands and hundreds before it, or else the scale before it ("lakh crore"). */
function takeLarge(scale: number): boolean {
  const amount = sum.low + Math.max(0, sum.group)
  if (amount === 0 && sum.high > 0) {
    if (scale < sum.highScale) return false
    sum.high *= scale
    sum.highScale = scale
    return true
  }
  if (scale >= sum.highScale) return false
  sum.high += (amount || 1) * scale
  sum.highScale = scale
  sum.low = 0
  sum.group = -1
  sum.closed = false
  return true
}

/** The ordinal or the denominator that ends a number: "hundredth" and "thousandth" multiply what stands before, the rest adds. */
export function takeLast(value: number, word: Word): boolean {
  if (sum.last !== undefined && (value === 100 || value === 1000 || value >= 1_000_000)) return takeScale(value, word)
  const tenth = sum.last !== undefined && (sum.last.how & HOW.ordinalTens) !== 0 && sum.group % 100 === 10
  if (!tenth || value >= 10) return takeValue(value, word)
  sum.group += value
  sum.last = word
  return true
}
