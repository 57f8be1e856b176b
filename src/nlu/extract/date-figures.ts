import { monthFirst } from '../lexicon/lexicons.ts'
import { AS, IS, JOIN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayExists } from './calendar.ts'
import type { DateReading } from './date-reading.ts'
import { dateWordsOf, joinAt } from './date-words.ts'
import type { Utterance } from './utterance.ts'

/** "14/12/1980", "1980-12-14", "12/1980", "14/12", "14 12 1980" (weak) from the figures at token `i`. */
export function numericDateAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (isInside(scan, i)) return undefined
  const mark = separatorAt(scan, i + 1)
  if (mark === '') return monthAndYear(scan, i) ?? spacedAt(utterance, i)
  const next = separatorAt(scan, i + 3)
  const third = (next === mark || (next === ',' && mark === '/')) && scan.kindAt(i + 4) === KIND.number
  const end = third ? i + 5 : i + 3
  if (goesOn(scan, end) && !(third && scan.at(i).length === 4 && mark === '-')) return undefined
  if (third) return three(utterance, i, mark)
  return mark === ',' ? undefined : pair(utterance, i, mark)
}

/** Whether figures or letters go on right after the date. */
function goesOn(scan: Scan, end: number): boolean {
  if (!scan.touches(end)) return false
  if (scan.kindAt(end) === KIND.word) return scan.at(end) !== 't'
  return isSeparator(scan.at(end)) && scan.touches(end + 1)
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

/** The separator at `i` when a number follows; a dot must touch both, a dash the same on both sides. */
function separatorAt(scan: Scan, i: number): string {
  const mark = scan.at(i)
  if (!isSeparator(mark) || scan.kindAt(i + 1) !== KIND.number) return ''
  if (mark === '-' && !scan.touches(i) && !scan.touches(i + 1) && scan.at(i + 1).length <= 2)
    return scan.at(i - 1).length <= 2 ? mark : ''
  if (mark !== '/' && !(scan.touches(i) && scan.touches(i + 1))) return ''
  return mark
}

/** "11 - 2016", "05.  2016", "2016 -11": spaces around the mark. */
function monthAndYear(scan: Scan, i: number): DateReading | undefined {
  const mark = scan.at(i + 1)
  if ((mark !== '-' && mark !== '.') || scan.kindAt(i + 2) !== KIND.number || scan.kindAt(i + 3) === KIND.number) return undefined
  if (scan.touches(i + 3) && (scan.at(i + 3) === '/' || scan.at(i + 3) === '-')) return undefined
  return ofYearAndMonth(scan, i)
}

/** Two runs of figures of which one is a year and the other a month. */
function ofYearAndMonth(scan: Scan, i: number): DateReading | undefined {
  const a = scan.numberAt(i)
  const b = scan.numberAt(i + 2)
  const yearFirst = scan.at(i).length === 4 && scan.at(i + 2).length <= 2
  if (!yearFirst && !(scan.at(i).length <= 2 && scan.at(i + 2).length === 4)) return undefined
  const year = yearFirst ? a : b
  const month = yearFirst ? b : a
  return month >= 1 && month <= 12 && year >= 1000 && year <= 2999 ? { from: i, end: i + 3, year, month } : undefined
}

function three(utterance: Utterance, i: number, mark: string): DateReading | undefined {
  const { scan } = utterance
  const a = scan.numberAt(i)
  const b = scan.numberAt(i + 2)
  const c = scan.numberAt(i + 4)
  const figuresA = scan.at(i).length
  const figuresB = scan.at(i + 2).length
  const figuresC = scan.at(i + 4).length
  if (figuresA === 4 && figuresB <= 2 && figuresC <= 2)
    return b > 12 && c <= 12
      ? { from: i, end: i + 5, year: a, month: c, day: b }
      : { from: i, end: i + 5, year: a, month: b, day: c }
  if (figuresA > 2 || figuresB > 2 || (figuresC !== 4 && figuresC !== 2)) return undefined
  const reading = ordered(utterance, a, b, mark !== '.')
  reading.from = i
  reading.end = i + 5
  reading.year = c
  const rest = scan.at(i + 5)
  if (
    figuresC === 2 &&
    (c === 19 || c === 20) &&
    scan.kindAt(i + 5) === KIND.number &&
    rest.length === 2 &&
    i + 6 === scan.size
  ) {
    reading.year = c * 100 + Number(rest)
    reading.end = i + 6
  } else if (figuresC === 2) reading.twoFigures = true
  return reading
}

/** Day and month in the locale's order, the other way round where that alone can be, both where both can. */
export function ordered(utterance: Utterance, a: number, b: number, doubtful: boolean): DateReading {
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
  const whole = ofYearAndMonth(scan, i)
  if (whole !== undefined) return whole
  if (scan.at(i).length > 2 || scan.at(i + 2).length > 2) return undefined
  const reading = ordered(utterance, scan.numberAt(i), scan.numberAt(i + 2), mark !== '.')
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  reading.from = i
  reading.end = i + 3
  if (mark === '.' && scan.at(i + 3) === '.' && scan.touches(i + 3) && !scan.touches(i + 4)) reading.end = i + 4
  const after = scan.at(reading.end) === ',' ? reading.end + 1 : reading.end
  const year = scan.numberAt(after)
  if (scan.at(after).length === 4 && year >= 1000 && year <= 2999 && !goesOn(scan, after + 1)) {
    reading.year = year
    reading.end = after + 1
  } else if (mark !== '/' && !isPlainlyDate(utterance, i, reading.end, mark)) reading.weak = true
  return reading
}

/** "am 15.2.", "on 4-22": a dash or a dot makes a date after a preposition or weekday, in German wherever nothing is counted. */
function isPlainlyDate(utterance: Utterance, i: number, end: number, mark: string): boolean {
  const { scan } = utterance
  const after = scan.wordAt(end)
  const unit =
    after.unit !== '' || (after.is & (IS.currency | IS.oclock | IS.scale | IS.am | IS.pm)) !== 0 || scan.at(end) === '%'
  if (unit || scan.at(end) === '$' || scan.at(end) === '€') return false
  const before = scan.wordAt(i - 1)
  if (utterance.lexicon.language === 'de' && mark === '.' && !(scan.at(end - 1) !== '.' && isNumberedNoun(scan, i - 1)))
    return true
  return (
    before.weekday > 0 ||
    (joinAt(scan, dateWordsOf(utterance.lexicon), i - 1) & (JOIN.link | JOIN.this | JOIN.next | JOIN.coming)) !== 0
  )
}

/** "Abschnitt 3.2", "Version 2.4": a noun that is numbered, where it is no word of dates. */
function isNumberedNoun(scan: Scan, i: number): boolean {
  if (i < 0 || scan.kindAt(i) !== KIND.word) return false
  const letter = scan.text.charAt(scan.startOf(i))
  const { is, as, when } = scan.wordAt(i)
  return letter !== letter.toLowerCase() && is === 0 && when === 0 && !(as & (AS.common | AS.copula))
}

/** Figures with spaces between, where a date was asked: "14 12 1980", "14 12 80". */
function spacedAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (scan.kindAt(i + 1) !== KIND.number) return compactAt(utterance, i)
  if (scan.kindAt(i + 2) !== KIND.number) return halvesAt(utterance, i) ?? dayAndMonth(utterance, i)
  if (scan.kindAt(i + 3) === KIND.number || scan.kindAt(i - 1) === KIND.number) return undefined
  const figures = scan.at(i + 2).length
  if (scan.at(i).length > 2 || scan.at(i + 1).length > 2 || (figures !== 4 && figures !== 2)) return undefined
  const reading = ordered(utterance, scan.numberAt(i), scan.numberAt(i + 1), true)
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  reading.from = i
  reading.end = i + 3
  reading.year = scan.numberAt(i + 2)
  if (figures === 2) reading.twoFigures = true
  const year = scan.numberAt(i + 2)
  const plain = figures === 4 ? year >= 1900 && year <= 2100 : !monthFirst(utterance.request.locale) && scan.numberAt(i) > 12
  if (!plain) reading.weak = true
  return reading
}

/** "17 2", "le 31 10": only in the locale's order, and only where nothing else was said or an article stands before. */
function dayAndMonth(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (
    scan.at(i).length > 2 ||
    scan.at(i + 1).length > 2 ||
    monthFirst(utterance.request.locale) ||
    scan.kindAt(i - 1) === KIND.number
  )
    return undefined
  const day = scan.numberAt(i)
  const month = scan.numberAt(i + 1)
  if (!dayExists(undefined, month, day) || scan.touches(i + 2)) return undefined
  const said = (scan.wordAt(i - 1).is & IS.article) !== 0 && scan.kindAt(i + 2) !== KIND.word
  return said ? { from: i, end: i + 2, month, day } : { from: i, end: i + 2, month, day, weak: true }
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

/** "0307": four figures that begin with a nought are no year. */
function shortAt(utterance: Utterance, i: number, figures: string): DateReading | undefined {
  const reading = ordered(utterance, Number(figures.slice(0, 2)), Number(figures.slice(2)), true)
  if (!dayExists(undefined, reading.month, reading.day as number)) return undefined
  return { ...reading, from: i, end: i + 1, weak: true, guessed: true }
}

/** "14121980" and "19801214", where a date was asked. */
function compactAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const figures = scan.at(i)
  if (figures.length === 4 && figures.charAt(0) === '0') return shortAt(utterance, i, figures)
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
  const dated = { from: i, end: i + 1, year, month, day }
  const timed = scan.touches(i + 1) && scan.at(i + 1) === 't' && scan.touches(i + 2) && scan.kindAt(i + 2) === KIND.number
  return timed || (scan.touches(i) && scan.at(i - 1) === '-') ? dated : { ...dated, weak: true }
}
