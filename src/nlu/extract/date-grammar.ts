import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { Phrases } from '../text/phrases.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayNumber, dayOf, weekdayOf } from './calendar.ts'
import { numericDateAt, spokenFiguresAt } from './date-figures.ts'
import type { LocalNow, Utterance } from './utterance.ts'
import { type Year, yearAt } from './year.ts'

/** One date, or part of one, as it was said. Months are 1 to 12, weekdays 1 (Monday) to 7. */
export interface DateReading {
  from: number
  end: number
  year?: number
  month?: number
  day?: number
  /** Only two figures of the year were said: the slot settles the century. */
  twoFigures?: boolean
  weekday?: number
  /** The fields come from today's date ("tomorrow", "next month"), so they were not said as such. */
  relative?: boolean
  /** The second reading of 03/04/05. */
  swapped?: { readonly month: number; readonly day: number }
  /** Means a date only where nothing else was said: a bare number, "may", "14 12". */
  weak?: boolean
}

const DAY_PHRASES = new WeakMap<Lexicon, Phrases<number>>()

function dayPhrasesOf(lexicon: Lexicon): Phrases<number> {
  let phrases = DAY_PHRASES.get(lexicon)
  if (phrases === undefined) {
    phrases = new Phrases<number>()
    for (const [list, offset] of lexicon.source.calendar.dayPhrases) phrases.add(list, offset)
    DAY_PHRASES.set(lexicon, phrases)
  }
  return phrases
}

const TRIGGERS = IS.cardinal | IS.ordinal | IS.month | IS.weekday | IS.day | IS.unit | IS.scale

/** Every date in the text, in order, none overlapping. */
export function findDates(utterance: Utterance): readonly DateReading[] {
  if (utterance.dates !== undefined) return utterance.dates
  const { scan } = utterance
  const all: DateReading[] = []
  if (scan.hasNumber || scan.is & TRIGGERS) {
    let i = 0
    while (i < scan.size) {
      const reading = readingAt(utterance, i)
      if (reading === undefined) i++
      else {
        all.push(reading)
        i = reading.end
      }
    }
  }
  utterance.dates = all
  return all
}

function readingAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const offset = dayPhrasesOf(utterance.lexicon).at(scan, i)
  if (offset !== undefined) return fromToday(utterance.now, i, i + dayPhrasesOf(utterance.lexicon).length, offset)
  const word = scan.wordAt(i)
  if (word.is & IS.day) return fromToday(utterance.now, i, i + 1, word.day)
  if (scan.kindAt(i) === KIND.mark) return undefined
  if (scan.kindAt(i) === KIND.number) return numericDateAt(utterance, i) ?? distanceAt(utterance, i) ?? dayLed(utterance, i)
  if (word.is & (IS.next | IS.last | IS.this | IS.within | IS.article | IS.cardinal | IS.unit)) {
    const reading = distanceAt(utterance, i) ?? shiftedAt(utterance, i)
    if (reading !== undefined) return reading
  }
  if (word.is & IS.weekday && !(word.is & IS.month && scan.kindAt(i + 1) === KIND.number && !followedByMonth(scan, i + 1)))
    return weekdayLed(utterance, i) ?? (word.is & IS.month ? monthLed(utterance, i) : undefined)
  if (word.is & IS.month) return monthLed(utterance, i)
  if (word.is & (IS.cardinal | IS.ordinal | IS.article | IS.scale)) return dayLed(utterance, i)
  return undefined
}

function followedByMonth(scan: Scan, i: number): boolean {
  return (scan.wordAt(i + 1).is & IS.month) !== 0
}

function fromToday(now: LocalNow, from: number, end: number, days: number): DateReading {
  const day = dayOf(dayNumber(now.year, now.month, now.day) + days)
  return { from, end, year: day.year, month: day.month, day: day.day, relative: true }
}

/** "in 3 days", "3 days ago", "a week from now", "tra due settimane", "tre mesi fa". */
function distanceAt(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  let i = from
  const ahead = (scan.wordAt(i).is & IS.within) !== 0
  if (ahead) i++
  let amount = 1
  if (cardinalAt(scan, i)) {
    amount = found.value
    i = found.end
  } else if (scan.wordAt(i).is & IS.article) i++
  else return undefined
  const unit = scan.wordAt(i).unit
  if (unit === '' || unit === 'hour' || unit === 'minute' || unit === 'second' || amount > 10_000) return undefined
  i++
  if (ahead) return distance(utterance.now, from, i, unit, amount)
  if (scan.wordAt(i).is & IS.ago) return distance(utterance.now, from, i + 1, unit, -amount)
  if (scan.at(i) === 'from' && (scan.at(i + 1) === 'now' || scan.at(i + 1) === 'today'))
    return distance(utterance.now, from, i + 2, unit, amount)
  return undefined
}

function distance(now: LocalNow, from: number, end: number, unit: string, amount: number): DateReading {
  if (unit === 'day') return fromToday(now, from, end, amount)
  if (unit === 'week') return fromToday(now, from, end, amount * 7)
  if (unit === 'year') return { from, end, year: now.year + amount, relative: true }
  const months = now.year * 12 + now.month - 1 + amount
  return { from, end, year: Math.floor(months / 12), month: (months % 12) + 1, relative: true }
}

/** "next friday", "the last month", "this december", "venerdì prossimo", "il mese scorso". */
function shiftedAt(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  let i = from
  if (scan.wordAt(i).is & IS.article && !(scan.wordAt(i).is & IS.this)) i++
  const direction = shiftOf(scan, i)
  if (direction !== undefined) {
    const reading = shifted(utterance, from, i + 1, direction, i + 2)
    if (reading !== undefined) return reading
  }
  const after = shiftOf(scan, i + 1)
  if (after === undefined || !(scan.wordAt(i).is & (IS.unit | IS.weekday | IS.month))) return undefined
  return shifted(utterance, from, i, after, i + 2)
}

function shiftOf(scan: Scan, i: number): number | undefined {
  const is = scan.wordAt(i).is
  if (is & IS.next) return 1
  if (is & IS.last) return -1
  return is & IS.this ? 0 : undefined
}

function shifted(utterance: Utterance, from: number, what: number, direction: number, end: number): DateReading | undefined {
  const { scan } = utterance
  const { now } = utterance
  const word = scan.wordAt(what)
  if (word.is & IS.weekday && !(word.is & IS.month)) return nearWeekday(now, from, end, word.weekday, direction)
  if (word.is & IS.month) {
    if (direction === 0 && word.as & AS.soft) return undefined
    const ahead = word.month > now.month || (word.month === now.month && direction >= 0)
    const year =
      direction === 0 ? now.year : direction > 0 ? now.year + (ahead ? 0 : 1) : now.year - (word.month >= now.month ? 1 : 0)
    return { from, end, year, month: word.month, relative: true }
  }
  if (word.unit === 'year' || word.unit === 'month') return distance(now, from, end, word.unit, direction)
  if (word.unit !== 'week') return undefined
  const at = scan.at(end) === 'on' ? end + 1 : end
  const weekday = scan.wordAt(at).weekday
  return weekday > 0 ? weekdayOfWeek(now, from, at + 1, weekday, direction) : undefined
}

function weekdayOfWeek(now: LocalNow, from: number, end: number, weekday: number, weeks: number): DateReading {
  const today = weekdayOf(dayNumber(now.year, now.month, now.day))
  return fromToday(now, from, end, weekday - today + weeks * 7)
}

/** Direction 1: the first after today; -1: the last before today; 0: the one of this week. */
function nearWeekday(now: LocalNow, from: number, end: number, weekday: number, direction: number): DateReading {
  const today = weekdayOf(dayNumber(now.year, now.month, now.day))
  if (direction === 0) return fromToday(now, from, end, weekday - today)
  const ahead = (weekday - today + 7) % 7
  return fromToday(now, from, end, direction > 0 ? ahead || 7 : ahead - 7)
}

/** "friday", "Friday the 14th", "mercoledì, 14 dicembre", "friday next week". */
function weekdayLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(from)
  let i = from + 1
  if (scan.at(i) === '.' && scan.touches(i)) i++
  while (scan.wordAt(i).is & (IS.of | IS.article) && !(scan.wordAt(i).is & IS.this) && shiftOf(scan, i + 1) !== undefined) i++
  const direction = shiftOf(scan, i)
  if (direction !== undefined) {
    if (scan.wordAt(i + 1).unit === 'week') return weekdayOfWeek(utterance.now, from, i + 2, word.weekday, direction)
    return nearWeekday(utterance.now, from, i + 1, word.weekday, direction)
  }
  let at = i
  while (scan.at(at) === ',' || scan.at(at) === 'on') at++
  const rest = at < scan.size ? datedAt(utterance, at) : undefined
  if (rest !== undefined) {
    rest.from = from
    rest.weekday = word.weekday
    delete rest.weak
    return rest
  }
  const soft = (word.as & AS.soft) !== 0
  return soft ? { from, end: i, weekday: word.weekday, weak: true } : { from, end: i, weekday: word.weekday }
}

/** A date that begins with figures, a day or a month, after a weekday. */
function datedAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  if (scan.kindAt(i) === KIND.number) {
    const numeric = numericDateAt(utterance, i)
    if (numeric !== undefined) return numeric
  }
  const word = scan.wordAt(i)
  const reading =
    word.is & IS.month
      ? monthLed(utterance, i)
      : scan.kindAt(i) === KIND.number || word.is & (IS.cardinal | IS.ordinal | IS.article)
        ? dayLed(utterance, i)
        : undefined
  return reading?.day === undefined || scan.at(reading.end) === ':' ? undefined : reading
}

/** Marks and words that may stand between a day, its month and its year. */
function skipJoint(scan: Scan, i: number): number {
  let at = i
  const mark = scan.at(at)
  if (mark === ',' || mark === '.' || mark === '-' || mark === '/') at++
  if (scan.wordAt(at).is & IS.of) at++
  return at
}

/** "14 dicembre 1980", "the 14th of December", "the 14th", "fourteen december"; a number alone is weak. */
function dayLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  let i = from
  const article = (scan.wordAt(i).is & IS.article) !== 0
  if (article) i++
  const figures = article && scan.kindAt(i) === KIND.number ? numericDateAt(utterance, i) : undefined
  if (figures !== undefined) return { ...figures, from }
  if (article && scan.wordAt(i).unit === 'day') i++
  const ordinal = ordinalAt(scan, i)
  if (!ordinal && !cardinalAt(scan, i)) return undefined
  const day = found.value
  const dayEnd = found.end
  if (day >= 1 && day <= 31) {
    const at = skipJoint(scan, dayEnd)
    const month = scan.wordAt(at).month
    if (month > 0 && !(scan.wordAt(at).as & AS.soft && scan.wordAt(at).is & IS.ago)) {
      const reading: DateReading = { from, end: at + 1, day, month }
      addYear(scan, reading, at + 1)
      return addWeekday(scan, reading)
    }
    const numbered = ordinal ? monthByNumber(scan, from, day, dayEnd) : undefined
    if (numbered !== undefined) return numbered
    const ofMonth = at > dayEnd ? shiftedAt(utterance, at) : undefined
    if (ofMonth?.month !== undefined && ofMonth.day === undefined) return { ...ofMonth, from, day }
  }
  const spoken = ordinal || scan.kindAt(i) === KIND.number ? undefined : spokenFiguresAt(utterance, from, day, dayEnd)
  if (spoken !== undefined) return spoken
  if (!ordinal) {
    const year = yearAt(scan, i, false)
    if (year !== undefined) return yearLed(scan, from, i, year)
  }
  if (day < 1 || day > 31 || !Number.isInteger(day)) return undefined
  if (ordinal || article) {
    const follows = scan.kindAt(dayEnd) === KIND.word && !(scan.wordAt(dayEnd).as & AS.common)
    const reading: DateReading = { from, end: dayEnd, day }
    if (follows || (ordinal && !article && scan.kindAt(i) !== KIND.number)) reading.weak = true
    if (!ordinal && day === 1 && scan.kindAt(i) !== KIND.number) reading.weak = true
    if (scan.wordAt(dayEnd).unit !== '' || scan.at(dayEnd) === ':') reading.weak = true
    return addWeekday(scan, reading)
  }
  return { from, end: dayEnd, day, weak: true }
}

/** "the 25th of the 1st 1923": the month by its number, where a year follows or the month is an ordinal too. */
function monthByNumber(scan: Scan, from: number, day: number, dayEnd: number): DateReading | undefined {
  if (!(scan.wordAt(dayEnd).is & IS.of)) return undefined
  const at = scan.wordAt(dayEnd + 1).is & IS.article ? dayEnd + 2 : dayEnd + 1
  const ordinal = ordinalAt(scan, at)
  if (!ordinal && !cardinalAt(scan, at)) return undefined
  const month = found.value
  const end = found.end
  if (month < 1 || month > 12) return undefined
  const reading: DateReading = { from, end, day, month }
  addYear(scan, reading, end)
  return ordinal || reading.year !== undefined ? reading : undefined
}

function yearLed(scan: Scan, from: number, at: number, year: Year): DateReading {
  const reading: DateReading = { from, end: year.end, year: year.value }
  if (year.two) reading.twoFigures = true
  const joint = skipJoint(scan, year.end)
  const word = scan.wordAt(joint)
  if (word.month > 0) {
    reading.month = word.month
    reading.end = joint + 1
    if (cardinalAt(scan, skipJoint(scan, joint + 1)) && found.value >= 1 && found.value <= 31) {
      reading.day = found.value
      reading.end = found.end
    }
  } else if (!announced(scan, at)) reading.weak = true
  return reading
}

/** Whether "in", "nel", "of" or a cue like "year" stands before a year. */
function announced(scan: Scan, at: number): boolean {
  const before = scan.wordAt(at - 1)
  return (before.is & (IS.within | IS.of | IS.article | IS.at)) !== 0 || before.unit === 'year'
}

function addYear(scan: Scan, reading: DateReading, from: number): void {
  let at = skipJoint(scan, from)
  if (scan.wordAt(at).is & IS.article && !(scan.wordAt(at).is & IS.cardinal)) at++
  if (scan.wordAt(at).unit === 'year') at++
  const year = yearAt(scan, at, true)
  if (year === undefined) return
  reading.year = year.value
  if (year.two) reading.twoFigures = true
  reading.end = year.end
}

function addWeekday(scan: Scan, reading: DateReading): DateReading {
  const at = scan.at(reading.end) === ',' ? reading.end + 1 : reading.end
  const word = scan.wordAt(at)
  if (word.weekday > 0 && !(word.as & AS.soft)) {
    reading.weekday = word.weekday
    reading.end = at + 1
  }
  return reading
}

/** "december 1980", "December the 14th, 1980", "dicembre 14", "december". */
function monthLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(from)
  const reading: DateReading = { from, end: from + 1, month: word.month }
  const dotted = scan.at(from + 1) === '.' && scan.touches(from + 1) ? from + 2 : from + 1
  let at = scan.at(dotted) === ',' || scan.at(dotted) === '-' || scan.at(dotted) === '/' ? dotted + 1 : dotted
  if (scan.wordAt(at).is & IS.article && !(scan.wordAt(at).is & IS.of)) at++
  const isDay = ordinalAt(scan, at) || (cardinalAt(scan, at) && (scan.kindAt(at) !== KIND.number || scan.at(at).length <= 2))
  if (isDay && found.value >= 1 && found.value <= 31 && !isTimeMark(scan, found.end)) {
    const day = found.value
    const dayEnd = found.end
    const full = yearAt(scan, skipJoint(scan, dayEnd), false)
    const pair = full === undefined ? yearAt(scan, at, false) : undefined
    if (pair !== undefined) {
      reading.year = pair.value
      reading.end = pair.end
      return reading
    }
    reading.day = day
    reading.end = dayEnd
    addYear(scan, reading, dayEnd)
    return addWeekday(scan, reading)
  }
  addYear(scan, reading, dotted)
  if (reading.year === undefined && word.as & AS.soft && !(scan.wordAt(from - 1).is & (IS.within | IS.of | IS.article)))
    reading.weak = true
  return reading
}

function isTimeMark(scan: Scan, i: number): boolean {
  return (scan.at(i) === ':' && scan.touches(i)) || (scan.wordAt(i).is & (IS.am | IS.pm | IS.oclock)) !== 0
}
