import { AS, IS, WHEN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isMark, oclockEnd } from './time-hour.ts'
import { type TimeReading, timeReading } from './time-reading.ts'

/** From this hour on, figures with minutes mean the morning where people write the hours of the whole day. */
const WRITTEN_MORNING_FROM = 7

/** The hour and minutes written in figures from token `i`: "15:30", "8.30", "15h30", "12h34min25s", "1530", "3", "15". */
export function figuresAt(scan: Scan, i: number, halfDays: boolean): TimeReading | undefined {
  if (scan.kindAt(i) !== KIND.number || isInside(scan, i)) return undefined
  const figures = scan.at(i).length
  if (figures <= 2) return withMinutes(scan, i, halfDays) ?? hourAlone(scan, i)
  return figures <= 4 ? compact(scan, i) : figures === 6 ? compactIso(scan, i) : undefined
}

/** The "153000" of "20261214T153000". */
function compactIso(scan: Scan, i: number): TimeReading | undefined {
  if (!scan.touches(i) || scan.at(i - 1) !== 't') return undefined
  const value = scan.numberAt(i)
  const hour = Math.floor(value / 10_000)
  const minute = Math.floor(value / 100) % 100
  if (hour > 23 || minute > 59 || value % 100 > 59) return impossible(i, i + 1)
  return { ...timeReading(i, i + 1, hour, minute), second: value % 100, hasMinutes: true, open: false, asSaid: true }
}

/** Figures that go on to the left, or that belong to a mark or a word before them, are no time of their own. */
function isInside(scan: Scan, i: number): boolean {
  if (!scan.touches(i)) return false
  if (scan.kindAt(i - 1) === KIND.word)
    return !(scan.at(i - 1) === 't' && scan.touches(i - 1) && scan.kindAt(i - 2) === KIND.number)
  const mark = scan.at(i - 1)
  if (mark === '#' || mark === '€' || mark === '$' || mark === '£' || mark === '+') return true
  const joins = mark === '/' || mark === '-' || mark === '.' || mark === ':' || mark === ','
  return mark === '.' || (joins && scan.touches(i - 1) && scan.kindAt(i - 2) === KIND.number)
}

/** What may stand between hour and minutes; a comma only where an hour was announced and nobody says am and pm. */
function isJoint(scan: Scan, i: number, mark: string, halfDays: boolean): boolean {
  return mark === ':' || mark === '.' || mark === 'h' || (mark === ',' && !halfDays && announced(scan, i))
}

function withMinutes(scan: Scan, i: number, halfDays: boolean): TimeReading | undefined {
  const mark = scan.at(i + 1)
  if (!scan.touches(i + 1) || !isJoint(scan, i, mark, halfDays) || scan.kindAt(i + 2) !== KIND.number) return undefined
  const apart = !scan.touches(i + 2)
  if (scan.at(i + 2).length !== 2 && !(mark === 'h' && scan.at(i + 2).length === 1)) return undefined
  if (apart && (mark !== ':' || !announced(scan, i))) return undefined
  const hour = scan.numberAt(i)
  const minute = scan.numberAt(i + 2)
  if (mark === 'h' && isSeconds(scan, i + 3)) return { ...written(scan, i, i + 4, hour, 0, halfDays), second: minute }
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0))
    return mark === '.' || mark === ',' ? undefined : impossible(i, i + 3)
  const reading = written(scan, i, i + 3, hour, minute, halfDays)
  if (mark === 'h') reading.asSaid = true
  if (mark === '.' || mark === ',') {
    reading.weak = true
    if (scan.touches(i + 3) && scan.at(i + 3) === '.' && i + 4 < scan.size && isDatePoint(scan, i + 3)) return undefined
  }
  takeSeconds(scan, reading, mark)
  return reading
}

/** "01.04. um", "21.04.2016": a point that makes a date of what stands before it. */
function isDatePoint(scan: Scan, i: number): boolean {
  if (scan.touches(i + 1)) return scan.kindAt(i + 1) === KIND.number
  return (
    scan.kindAt(i + 1) === KIND.word &&
    !(scan.wordAt(i + 1).is & (IS.am | IS.pm)) &&
    scan.text.charCodeAt(scan.startOf(i + 1)) > 96
  )
}

function announced(scan: Scan, i: number): boolean {
  return (scan.wordAt(i - 1).is & IS.at) !== 0
}

function written(scan: Scan, from: number, end: number, hour: number, minute: number, halfDays: boolean): TimeReading {
  const reading = timeReading(from, end, hour, minute)
  reading.hasMinutes = true
  reading.asSaid = !halfDays
  const zero = scan.at(from).length === 2 && scan.at(from).charAt(0) === '0'
  if (zero || (!halfDays && hour >= WRITTEN_MORNING_FROM)) reading.open = false
  return reading
}

function impossible(from: number, end: number): TimeReading {
  return { ...timeReading(from, end, 0, 0), open: false, impossible: true }
}

function isSeconds(scan: Scan, i: number): boolean {
  return scan.touches(i) && (scan.at(i) === 's' || scan.at(i) === 'sec')
}

/** ":45", "min25s", "m00s", ":45.123" right after the minutes. */
function takeSeconds(scan: Scan, reading: TimeReading, mark: string): void {
  let i = reading.end
  if (!scan.touches(i)) return
  const minuteMark = mark === 'h' && (scan.at(i) === 'min' || scan.at(i) === 'mn' || scan.at(i) === 'm')
  if (minuteMark) {
    reading.end = i + 1
    i++
  } else if (scan.at(i) !== ':' || mark !== ':') return
  else i++
  if (!scan.touches(i) || scan.kindAt(i) !== KIND.number || scan.at(i).length > 2) return
  if (scan.numberAt(i) > 59) reading.impossible = !minuteMark
  reading.second = scan.numberAt(i)
  reading.end = i + 1
  if (isSeconds(scan, i + 1)) reading.end = i + 2
  else if (scan.at(i + 1) === '.' && scan.touches(i + 1) && scan.touches(i + 2) && scan.kindAt(i + 2) === KIND.number)
    reading.end = i + 3
}

/** "1530", "930", "1500 hours": a time where something says so. */
function compact(scan: Scan, i: number): TimeReading | undefined {
  const value = scan.numberAt(i)
  if (value % 100 > 59 || value >= 2400 || goesOn(scan, i + 1)) return undefined
  if (scan.kindAt(i + 1) === KIND.number || scan.kindAt(i - 1) === KIND.number || isNumbered(scan, i)) return undefined
  const reading = timeReading(i, i + 1, Math.floor(value / 100), value % 100)
  reading.hasMinutes = true
  reading.weak = true
  if (scan.at(i).charAt(0) === '0') reading.open = false
  if (scan.at(i).length === 4 && scan.touches(i) && scan.at(i - 1) === 't') {
    reading.weak = false
    reading.open = false
    reading.asSaid = true
  } else if (scan.at(i).length === 4 && scan.wordAt(i + 1).unit === 'hour') {
    reading.end = i + 2
    reading.weak = false
    reading.open = false
  }
  return reading
}

/** "mi habitación ES LA 305": three figures behind a verb and an article are the number of something. */
function isNumbered(scan: Scan, i: number): boolean {
  return scan.at(i).length === 3 && (scan.wordAt(i - 1).is & IS.article) !== 0 && (scan.wordAt(i - 2).as & AS.copula) !== 0
}

/** Whether figures or letters follow at once, as in a code or a phone number. */
function goesOn(scan: Scan, i: number): boolean {
  if (!scan.touches(i)) return false
  if (scan.kindAt(i) === KIND.word) return !isClockEnd(scan, i)
  if (!scan.touches(i + 1)) return false
  return (
    scan.kindAt(i + 1) === KIND.number || (scan.kindAt(i + 1) === KIND.word && !isClockEnd(scan, i + 1) && scan.at(i) !== ',')
  )
}

function isClockEnd(scan: Scan, i: number): boolean {
  const text = scan.at(i)
  const half = text === 'am' || text === 'pm' || text === 'ampm' || text === 'a' || text === 'p'
  return half || isMark(scan, i) || (scan.wordAt(i).when & WHEN.ish) !== 0
}

/** "7 SOBRE 10", "8 SU 10", "6 AUF 10": a mark out of ten or twenty. */
function isShare(scan: Scan, i: number): boolean {
  if (scan.kindAt(i - 2) !== KIND.number && !(scan.wordAt(i - 2).is & IS.cardinal)) return false
  return SHARES.has(scan.at(i - 1))
}

const SHARES: ReadonlySet<string> = new Set(['sobre', 'su', 'sur', 'auf', 'von', 'over'])

function hourAlone(scan: Scan, i: number): TimeReading | undefined {
  const hour = scan.numberAt(i)
  const end = oclockEnd(scan, i + 1)
  if (hour > 24) return end > i + 1 && hour < 100 ? impossible(i, end) : undefined
  if (goesOn(scan, i + 1) || isShare(scan, i)) return undefined
  const reading = timeReading(i, i + 1, hour, 0)
  reading.weak = true
  if (scan.at(i).length === 2 && scan.at(i).charAt(0) === '0') reading.open = false
  return reading
}
