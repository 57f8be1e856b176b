import type { Feast } from '../lexicon/feast.ts'
import { JOIN } from '../lexicon/roles.ts'
import { dayNumber, dayOf, monthLength, weekdayOf } from './calendar.ts'
import type { DateReading } from './date-reading.ts'
import { dateWordsOf, joinAt, joined, type Shift, shiftAt } from './date-words.ts'
import type { LocalNow, Utterance } from './utterance.ts'

/** Easter Sunday of a year, as a day number (the Gregorian reckoning of Meeus, Jones and Butcher). */
export function easterOf(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const days = h + l - 7 * m + 114
  return dayNumber(year, Math.floor(days / 31), (days % 31) + 1)
}

/** The nth such weekday of a month as a day number, counted from its end where negative; undefined where it has none. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): number | undefined {
  if (nth < 0) {
    const last = dayNumber(year, month, monthLength(year, month))
    return last - ((weekdayOf(last) - weekday + 7) % 7) + (nth + 1) * 7
  }
  const first = dayNumber(year, month, 1)
  const days = first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7
  return dayOf(days).month === month ? days : undefined
}

/** The day of a feast in a year, as a day number. */
export function feastDay(feast: Feast, year: number): number {
  if ('easter' in feast) return easterOf(year) + feast.easter
  if ('nth' in feast) return (nthWeekday(year, feast.month, feast.weekday, feast.nth) ?? 0) + feast.plus
  if ('upTo' in feast) {
    const limit = dayNumber(year, feast.month, feast.upTo)
    return limit - ((weekdayOf(limit) - feast.weekday + 7) % 7) + feast.plus
  }
  return dayNumber(year, feast.month, feast.day)
}

/** The first day of a feast from today on, or the last one before today. */
export function nearestFeast(feast: Feast, now: LocalNow, direction: number): number {
  const start = dayNumber(now.year, now.month, now.day)
  for (let year = now.year - (direction < 0 ? 0 : 1); ; year += direction < 0 ? -1 : 1) {
    const days = feastDay(feast, year)
    if (direction < 0 ? days < start : days >= start) return days
  }
}

/** A holiday at token `i`: its day and month where they are the same in every year. */
export function feastAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  let feast = words.feasts.at(scan, i)
  let end = i + words.feasts.length
  let weak = false
  if (feast === undefined) {
    feast = words.softFeasts.at(scan, i)
    if (feast === undefined) return undefined
    end = i + words.softFeasts.length
    weak = true
  }
  const reading: DateReading = { from: i, end }
  if ('day' in feast) {
    reading.month = feast.month
    reading.day = feast.day
  } else reading.feast = feast
  if (weak) reading.weak = true
  return reading
}

/** The year that a shift of years names, "Easter [of] next year", and where it ends. */
export function shiftedYearAt(utterance: Utterance, i: number): { year: number; end: number } | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  let at = i
  for (let k = 0; k < 2; k++) {
    const bits = joinAt(scan, words, at)
    if (bits & JOIN.link && !(bits & JOIN.this)) at = joined.end
  }
  const before = shiftAt(scan, words, at)
  if (before !== undefined && scan.wordAt(before.end).unit === 'year') return yearOf(now, before, before.end + 1)
  if (scan.wordAt(at).unit !== 'year') return undefined
  const after = shiftAt(scan, words, at + 1)
  return after === undefined ? undefined : yearOf(now, after, after.end)
}

function yearOf(now: LocalNow, shift: Shift, end: number): { year: number; end: number } {
  return { year: now.year + shift.steps, end }
}
