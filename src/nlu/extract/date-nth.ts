import { IS, JOIN } from '../lexicon/roles.ts'
import { found, ordinalAt } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { dayNumber, dayOf, monthLength } from './calendar.ts'
import type { AnchorAt } from './date-distance.ts'
import { nthWeekday, shiftedYearAt } from './date-feasts.ts'
import { type DateReading, dayReading, inWeekOf, today } from './date-reading.ts'
import { shiftedAt } from './date-shift.ts'
import { dateWordsOf, joinAt, joined, shiftAt } from './date-words.ts'
import type { Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

/** A month, or a whole year where the month is 0. */
interface Stretch {
  readonly year: number | undefined
  readonly month: number
  readonly end: number
}

/** "first Monday of March", "the last day of october 2015", "third tuesday after christmas", "primera semana de octubre el viernes". */
export function nthAt(utterance: Utterance, from: number, anchorAt: AnchorAt): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const i = scan.wordAt(from).is & IS.article && !(scan.wordAt(from).is & IS.ordinal) ? from + 1 : from
  const count = countAt(utterance, i)
  if (count === 0) return undefined
  const at = counted
  const word = scan.wordAt(at)
  const weekday = word.is & IS.month ? 0 : Math.max(0, word.weekday)
  if (word.unit === 'month') return nthMonth(utterance, from, at + 1, count)
  if (weekday === 0 && word.unit !== 'day' && word.unit !== 'week') return undefined
  if (word.unit === 'week') return count > 0 ? dayOfNthWeek(utterance, from, at + 1, count) : undefined
  const stretch = stretchAt(utterance, at + 1)
  if (stretch !== undefined) return inStretch(utterance, from, stretch, weekday, count)
  if (weekday === 0 || count < 0) return undefined
  if (joinAt(scan, words, at + 1) & JOIN.after) {
    const anchor = anchorAt(utterance, joined.end, 1)
    if (anchor === undefined) return undefined
    const start = dayNumber(anchor.day.year, anchor.day.month, anchor.day.day)
    const first = start + 1 + ((inWeekOf(start + 1, weekday) - (start + 1) + 7) % 7)
    return dayReading(from, anchor.end, first + (count - 1) * 7)
  }
  if (scan.kindAt(at + 1) === KIND.number || scan.wordAt(at + 1).month > 0) return undefined
  const days = nthWeekday(now.year, now.month, weekday, count)
  return days === undefined ? undefined : dayReading(from, at + 1, days)
}

/** "the third month of 2021". */
function nthMonth(utterance: Utterance, from: number, i: number, count: number): DateReading | undefined {
  const stretch = stretchAt(utterance, i)
  const month = count > 0 ? count : 13 + count
  if (stretch?.year === undefined || stretch.month > 0 || month < 1 || month > 12) return undefined
  return { from, end: stretch.end, year: stretch.year, month }
}

/** Where the weekday stands after what `countAt` read. */
let counted = 0

/** First is 1, last -1, "fifth last" -5; 0 for nothing. */
function countAt(utterance: Utterance, i: number): number {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const shift = shiftAt(scan, words, i)
  if (shift !== undefined && shift.steps === -1) {
    counted = shift.end
    return -1
  }
  if (shift !== undefined && shift.steps === -2) {
    counted = shift.end
    return -2
  }
  if (!ordinalAt(scan, i)) return 0
  const { value, end } = found
  if (value < 1 || value > 31) return 0
  const last = shiftAt(scan, words, end)
  counted = last?.steps === -1 ? last.end : end
  return last?.steps === -1 ? -value : value
}

function inStretch(
  utterance: Utterance,
  from: number,
  stretch: Stretch,
  weekday: number,
  count: number,
): DateReading | undefined {
  const { now } = utterance
  const { month, end } = stretch
  const of = (year: number): number | undefined => {
    if (weekday > 0) return nthWeekday(year, month === 0 ? (count > 0 ? 1 : 12) : month, weekday, count)
    const first = dayNumber(year, month === 0 ? 1 : month, 1)
    const last = dayNumber(year, month === 0 ? 12 : month, month === 0 ? 31 : monthLength(year, month))
    const days = count > 0 ? first + count - 1 : last + count + 1
    return days >= first && days <= last ? days : undefined
  }
  if (stretch.year === undefined && weekday === 0 && count > 0 && month > 0) return { from, end, month, day: count }
  const days = of(stretch.year ?? now.year)
  if (days === undefined) return undefined
  const reading = dayReading(from, end, days)
  if (stretch.year !== undefined) return reading
  const ahead = days >= today(now) ? days : of(now.year + 1)
  const behind = days >= today(now) ? of(now.year - 1) : days
  return ahead === undefined
    ? reading
    : { ...dayReading(from, end, ahead), ...(behind === undefined ? {} : { other: dayOf(behind) }) }
}

/** "of March [2014]", "in the month of May", "of next month", "del mes", "of the year". */
function stretchAt(utterance: Utterance, i: number): Stretch | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  let at = i
  for (let k = 0; k < 3 && (joinAt(scan, words, at) & JOIN.link || scan.wordAt(at).is & (IS.of | IS.article | IS.within)); k++) {
    if (shiftAt(scan, words, at) !== undefined && k > 0) break
    at = joined.end > at ? joined.end : at + 1
  }
  const shifted =
    shiftedAt(utterance, at, () => undefined) ?? (at > i ? shiftedAt(utterance, at - 1, () => undefined) : undefined)
  if (shifted?.year !== undefined && shifted.day === undefined && at > i)
    return { year: shifted.year, month: shifted.month ?? 0, end: shifted.end }
  const word = scan.wordAt(at)
  if (word.month > 0) return { ...yearAfter(utterance, at + 1), month: word.month }
  if (at === i) return undefined
  if (word.unit === 'month') {
    const next = scan.wordAt(at + 1).is & IS.of ? at + 2 : at + 1
    const named = scan.wordAt(next).month
    if (named > 0) return { ...yearAfter(utterance, next + 1), month: named }
    return { year: now.year, month: now.month, end: at + 1 }
  }
  if (word.unit === 'year') {
    const year = yearAt(scan, at + 1, false)
    return year === undefined ? { year: now.year, month: 0, end: at + 1 } : { year: year.value, month: 0, end: year.end }
  }
  const year = yearAt(scan, at, false)
  return year === undefined || year.two ? undefined : { year: year.value, month: 0, end: year.end }
}

function yearAfter(utterance: Utterance, i: number): { year: number | undefined; end: number } {
  const { scan } = utterance
  const shifted = shiftedYearAt(utterance, i)
  if (shifted !== undefined) return shifted
  const at = scan.at(i) === ',' || scan.wordAt(i).is & IS.of ? i + 1 : i
  const year = yearAt(scan, at, false)
  return year === undefined || year.two ? { year: undefined, end: i } : { year: year.value, end: year.end }
}

/** "first week of October on Friday": the first week is the one with the first Thursday. */
function dayOfNthWeek(utterance: Utterance, from: number, i: number, count: number): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const stretch = stretchAt(utterance, i)
  if (stretch === undefined || stretch.month === 0) return undefined
  let at = stretch.end
  for (let k = 0; k < 3; k++) {
    if (scan.kindAt(at) === KIND.mark) at++
    else if (joinAt(scan, words, at) & JOIN.link) at = joined.end
  }
  const { weekday } = scan.wordAt(at)
  if (weekday < 1) return undefined
  const of = (year: number): number => inWeekOf(nthWeekday(year, stretch.month, 4, count) ?? 0, weekday)
  let days = of(stretch.year ?? now.year)
  if (stretch.year === undefined && days < today(now)) days = of(now.year + 1)
  return dayReading(from, at + 1, days)
}
