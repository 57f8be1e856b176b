import { monthFirst } from '../lexicon/lexicons.ts'
import { IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayExists } from './calendar.ts'
import type { DateReading } from './date-grammar.ts'
import type { Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

/** "14/12/1980", "1980-12-14", "12/1980", "14/12", "14 12 1980" (weak) from the figures at token `i`. */
export function numericDateAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (isInside(scan, i)) return undefined
  const mark = separatorAt(scan, i + 1)
  if (mark === '') return spacedAt(utterance, i)
  const third = separatorAt(scan, i + 3) === mark && scan.kindAt(i + 4) === KIND.number
  const end = third ? i + 5 : i + 3
  if (
    scan.touches(end) &&
    (scan.kindAt(end) === KIND.word ? scan.at(end) !== 't' : isSeparator(scan.at(end)) && scan.touches(end + 1))
  )
    return undefined
  if (third) return three(utterance, i, mark)
  return mark === ',' ? undefined : pair(utterance, i, mark)
}

/** Figures that go on to the left are no date of their own. */
function isInside(scan: Scan, i: number): boolean {
  return (
    scan.touches(i) && (scan.kindAt(i - 1) !== KIND.mark || isSeparator(scan.at(i - 1))) && scan.kindAt(i - 2) === KIND.number
  )
}

function isSeparator(mark: string): boolean {
  return mark === '/' || mark === '-' || mark === '.' || mark === ','
}

/** The separator at `i` when a number follows; a dot must touch both. */
function separatorAt(scan: Scan, i: number): string {
  const mark = scan.at(i)
  if (!isSeparator(mark) || scan.kindAt(i + 1) !== KIND.number) return ''
  if (mark !== '/' && !(scan.touches(i) && scan.touches(i + 1))) return ''
  return mark
}

function three(utterance: Utterance, i: number, mark: string): DateReading | undefined {
  const { scan } = utterance
  const a = scan.numberAt(i)
  const b = scan.numberAt(i + 2)
  const c = scan.numberAt(i + 4)
  const figuresA = scan.at(i).length
  const figuresB = scan.at(i + 2).length
  const figuresC = scan.at(i + 4).length
  if (figuresA === 4 && figuresB <= 2 && figuresC <= 2) return { from: i, end: i + 5, year: a, month: b, day: c }
  if (figuresA > 2 || figuresB > 2 || (figuresC !== 4 && figuresC !== 2)) return undefined
  const reading = ordered(utterance, a, b, mark !== '.')
  reading.from = i
  reading.end = i + 5
  reading.year = c
  if (figuresC === 2) reading.twoFigures = true
  return reading
}

/** Day and month in the locale's order, the other way round where that alone can be, both where both can. */
function ordered(utterance: Utterance, a: number, b: number, doubtful: boolean): DateReading {
  const american = monthFirst(utterance.request.locale)
  const month = american ? a : b
  const day = american ? b : a
  const straight = dayExists(undefined, month, day)
  const turned = dayExists(undefined, day, month)
  if (!straight && turned) return { from: 0, end: 0, month: day, day: month }
  const reading: DateReading = { from: 0, end: 0, month, day }
  if (straight && turned && day !== month && (doubtful || american)) reading.swapped = { month: day, day: month }
  return reading
}

function pair(utterance: Utterance, i: number, mark: string): DateReading | undefined {
  const { scan } = utterance
  const a = scan.numberAt(i)
  const b = scan.numberAt(i + 2)
  const figuresA = scan.at(i).length
  const figuresB = scan.at(i + 2).length
  if (figuresA === 4 && figuresB <= 2 && b >= 1 && b <= 12 && mark !== '.') return { from: i, end: i + 3, year: a, month: b }
  if (figuresA <= 2 && figuresB === 4 && a >= 1 && a <= 12 && b >= 1000) return { from: i, end: i + 3, month: a, year: b }
  if (figuresA > 2 || figuresB > 2) return undefined
  const reading = ordered(utterance, a, b, mark !== '.')
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  reading.from = i
  reading.end = i + 3
  if (mark !== '/') reading.weak = true
  return reading
}

/** Figures with spaces between, where a date was asked: "14 12 1980", "14 12 80". */
function spacedAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (scan.kindAt(i + 1) !== KIND.number) return compactAt(utterance, i)
  if (scan.kindAt(i + 2) !== KIND.number) return halvesAt(utterance, i)
  if (scan.kindAt(i + 3) === KIND.number || scan.kindAt(i - 1) === KIND.number) return undefined
  const figures = scan.at(i + 2).length
  if (scan.at(i).length > 2 || scan.at(i + 1).length > 2 || (figures !== 4 && figures !== 2)) return undefined
  const reading = ordered(utterance, scan.numberAt(i), scan.numberAt(i + 1), true)
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  reading.from = i
  reading.end = i + 3
  reading.year = scan.numberAt(i + 2)
  if (figures === 2) reading.twoFigures = true
  reading.weak = true
  return reading
}

/** "1412 1980", as speech recognisers write a date in figures. */
function halvesAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const figures = scan.at(i)
  const year = scan.numberAt(i + 1)
  if (figures.length !== 4 || scan.at(i + 1).length !== 4 || year < 1000 || year > 2999) return undefined
  const reading = ordered(utterance, Number(figures.slice(0, 2)), Number(figures.slice(2)), true)
  if (!dayExists(year, reading.month, reading.day as number)) return undefined
  return { ...reading, from: i, end: i + 2, year, weak: true }
}

/** "sixteen oh three nineteen seventy two", "quattordici dodici ottanta": figures said as words, `first` already read. */
export function spokenFiguresAt(utterance: Utterance, from: number, first: number, firstEnd: number): DateReading | undefined {
  const { scan } = utterance
  const at = scan.wordAt(firstEnd).is & IS.zero ? firstEnd + 1 : firstEnd
  if (scan.kindAt(at) !== KIND.word || !cardinalAt(scan, at)) return undefined
  const second = found.value
  const secondEnd = found.end
  const year = yearAt(scan, secondEnd, true)
  if (year === undefined || first > 31 || second > 31) return undefined
  const reading = ordered(utterance, first, second, true)
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  const whole: DateReading = { ...reading, from, end: year.end, year: year.value, weak: year.two }
  return year.two ? { ...whole, twoFigures: true } : whole
}

/** "14121980" and "19801214", where a date was asked. */
function compactAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const figures = scan.at(i)
  if (figures.length !== 8) return undefined
  const a = Number(figures.slice(0, 2))
  const b = Number(figures.slice(2, 4))
  const c = Number(figures.slice(4))
  const reading = ordered(utterance, a, b, true)
  if (c >= 1000 && c <= 2999 && dayExists(c, reading.month, reading.day as number))
    return { ...reading, from: i, end: i + 1, year: c, weak: true }
  const year = Number(figures.slice(0, 4))
  const month = Number(figures.slice(4, 6))
  const day = Number(figures.slice(6))
  if (year < 1000 || year > 2999 || !dayExists(year, month, day)) return undefined
  return { from: i, end: i + 1, year, month, day, weak: true }
}
