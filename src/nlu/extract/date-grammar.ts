import { IS, JOIN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type Day, dayNumber, dayOf } from './calendar.ts'
import { type Anchor, distanceAt } from './date-distance.ts'
import { endingAt, markEnding } from './date-ending.ts'
import { feastAt, feastDay, nearestFeast, shiftedYearAt } from './date-feasts.ts'
import { numericDateAt } from './date-figures.ts'
import { readMisspelt } from './date-misspelt.ts'
import { isClock, monthLed, monthNumbered, yearNamed } from './date-month.ts'
import { dayLed } from './date-named.ts'
import { nthAt } from './date-nth.ts'
import { type DateReading, dayReading, inWeekOf, today } from './date-reading.ts'
import { shiftedAt, vaguePeriodAt } from './date-shift.ts'
import { runTogether } from './date-spoken.ts'
import { completeDay } from './date-value.ts'
import { weekdayLed, weekLed, weeksOnAt } from './date-week.ts'
import { beginsLater, dateWordsOf, isMorning, joinAt, joined } from './date-words.ts'
import type { Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

export type { DateReading } from './date-reading.ts'

/** Every date in the text, in order, none overlapping. */
export function findDates(utterance: Utterance): readonly DateReading[] {
  if (utterance.dates !== undefined) return utterance.dates
  const { scan } = utterance
  const all = readMisspelt(utterance, readAll) ?? readAll(utterance)
  if (!all.some((reading) => reading.weak !== true)) {
    const guess = scan.hasNumber || scan.is & IS.zero ? runTogether(utterance) : undefined
    if (guess !== undefined && !all.some((reading) => reading.from <= guess.from && reading.end >= guess.end)) {
      all.length = 0
      all.push(guess)
    }
  }
  utterance.dates = all
  return all
}

function readAll(utterance: Utterance): DateReading[] {
  const all: DateReading[] = []
  depth = 0
  for (let i = 0; i < utterance.scan.size; ) {
    const reading = readingAt(utterance, i)
    if (reading === undefined) i++
    else {
      markEnding(utterance, reading)
      all.push(reading)
      i = Math.max(reading.end, i + 1)
    }
  }
  return all
}

/** How deep a date may be counted from another: "two days after the day after the …". */
const DEPTH_MAX = 4
let depth = 0

function readingAt(utterance: Utterance, i: number): DateReading | undefined {
  if (depth >= DEPTH_MAX) return undefined
  depth++
  const reading = tryAll(utterance, i)
  depth--
  return reading
}

function tryAll(utterance: Utterance, i: number): DateReading | undefined {
  const kind = utterance.scan.kindAt(i)
  if (kind === KIND.mark) return undefined
  if (kind === KIND.number) return figuresLed(utterance, i)
  const join = joinAt(utterance.scan, dateWordsOf(utterance.lexicon), i)
  return phraseLed(utterance, i, join) ?? smallWordLed(utterance, i, join) ?? nameLed(utterance, i)
}

/** Holidays, phrases and words for days: "the day after Christmas", "le lendemain", "today", and the nth weekday, whose words they share. */
function phraseLed(utterance: Utterance, i: number, join: number): DateReading | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const word = scan.wordAt(i)
  if (join & (JOIN.dayAfter | JOIN.dayBefore | JOIN.eveOf | JOIN.morrowOf)) {
    const reading = besideDay(utterance, i, join)
    if (reading !== undefined) return reading
  }
  const feast = feastAt(utterance, i) ?? (word.is & IS.article ? articled(feastAt(utterance, i + 1), i) : undefined)
  if (feast !== undefined) return withYear(utterance, feast)
  const nth = join !== 0 || word.is & (IS.article | IS.ordinal) ? nthAt(utterance, i, anchorAt) : undefined
  if (nth !== undefined) return nth
  const offset = words.days.at(scan, i)
  if (offset !== undefined) return dayReading(i, i + words.days.length, today(utterance.now) + offset)
  if (words.mentions.at(scan, i) !== undefined && !beginsLater(scan, words, i, i + words.mentions.length))
    return { ...dayReading(i, i + words.mentions.length, today(utterance.now)), vague: true }
  return word.is & IS.day && !isMorning(scan, i) ? dayWord(utterance, i) : undefined
}

const SMALL = IS.within | IS.article | IS.cardinal | IS.ordinal | IS.scale | IS.unit | IS.of | IS.at | IS.half

/** Dates that begin with a small word or a number in words: "in three days", "next friday", "the rest of the month". */
function smallWordLed(utterance: Utterance, i: number, join: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(i)
  if (join === 0 && !(word.is & SMALL) && word.how === 0 && dateWordsOf(utterance.lexicon).amounts.at(scan, i) === undefined)
    return undefined
  return (
    weekLed(utterance, i) ??
    nthAt(utterance, i, anchorAt) ??
    distanceOf(utterance, i) ??
    shiftedAt(utterance, i, datedAt) ??
    yearNamed(utterance, i) ??
    monthNumbered(utterance, i) ??
    vaguePeriodAt(utterance, i) ??
    endingAt(utterance, i)
  )
}

/** Dates that begin with a weekday, a month, or a day in words. */
function nameLed(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(i)
  if (word.is & IS.weekday && !(word.is & IS.month && scan.kindAt(i + 1) === KIND.number && !followedByMonth(scan, i + 1)))
    return weekdayLed(utterance, i, datedAt, distanceOf) ?? (word.is & IS.month ? monthLed(utterance, i) : undefined)
  if (word.is & IS.month) return shiftedAt(utterance, i, datedAt) ?? monthLed(utterance, i)
  const counts = word.is & (IS.cardinal | IS.ordinal | IS.article | IS.scale | IS.unit) || word.how !== 0
  return counts ? dayLed(utterance, i) : undefined
}

function figuresLed(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const numeric = numericDateAt(utterance, i)
  if (numeric !== undefined) return numeric
  if (isDecimal(scan, i)) return undefined
  const before = scan.wordAt(i - 1)
  if (scan.touches(i) && scan.kindAt(i - 1) === KIND.word && !(before.is & (IS.month | IS.weekday | IS.article | IS.of)))
    return undefined
  return nthAt(utterance, i, anchorAt) ?? distanceOf(utterance, i) ?? dayLed(utterance, i)
}

/** The "31" of "6,107,31". */
function isDecimal(scan: Scan, i: number): boolean {
  const mark = scan.at(i - 1)
  return (mark === ',' || mark === '.') && scan.touches(i) && scan.touches(i - 1) && scan.kindAt(i - 2) === KIND.number
}

/** A distance, and the weekday in that week: "in three weeks on Friday". */
function distanceOf(utterance: Utterance, i: number): DateReading | undefined {
  const reading = distanceAt(utterance, i, anchorAt)
  if (reading?.day === undefined || reading.finest === 'year') return reading
  const { scan } = utterance
  if (scan.kindAt(reading.end) !== KIND.word || !(joinAt(scan, dateWordsOf(utterance.lexicon), reading.end) & JOIN.link))
    return reading
  const { end } = joined
  const { weekday } = scan.wordAt(end)
  if (weekday < 1 || scan.wordAt(end).is & IS.month || scan.kindAt(end + 1) === KIND.number) return reading
  const days = dayNumber(reading.year as number, reading.month as number, reading.day)
  return dayReading(i, end + 1, inWeekOf(days, weekday))
}

function articled(reading: DateReading | undefined, from: number): DateReading | undefined {
  return reading === undefined || reading.weak ? undefined : { ...reading, from }
}

function followedByMonth(scan: Scan, i: number): boolean {
  return (scan.wordAt(i + 1).is & IS.month) !== 0
}

/** "today", "tomorrow week", "demain en huit", "heute in einer Woche". */
function dayWord(utterance: Utterance, i: number): DateReading {
  const { scan, now } = utterance
  const days = today(now) + scan.wordAt(i).day
  const weeks = weeksOnAt(utterance, i + 1)
  if (weeks !== undefined) return dayReading(i, weeks.end, days + weeks.weeks * 7)
  const away =
    joinAt(scan, dateWordsOf(utterance.lexicon), i + 1) & JOIN.ahead ? distanceAt(utterance, i + 1, anchorAt) : undefined
  if (away?.day === undefined) return dayReading(i, i + 1, days)
  const distance = dayNumber(away.year as number, away.month as number, away.day) - today(now)
  return dayReading(i, away.end, days + distance)
}

/** "the day after Christmas", "il giorno prima di lunedì", "la veille du 13 février". */
function besideDay(utterance: Utterance, i: number, join: number): DateReading | undefined {
  const { end } = joined
  const anchor = anchorAt(utterance, end, 1)
  if (anchor === undefined) return undefined
  const step = join & (JOIN.dayAfter | JOIN.morrowOf) ? 1 : -1
  const { year, month, day } = anchor.day
  return { ...dayReading(i, anchor.end, today({ ...utterance.now, year, month, day }) + step) }
}

/** A holiday with the year after it: "Easter 2018", "christmas next year", "Natale dell'anno scorso", "natale '99". */
function withYear(utterance: Utterance, reading: DateReading): DateReading {
  const { scan } = utterance
  const shifted = shiftedAt(utterance, reading.from, datedAt)
  if (shifted !== undefined) return shifted
  const later = shiftedYearAt(utterance, reading.end)
  if (later !== undefined) return { ...reading, year: later.year, end: later.end }
  let at = scan.at(reading.end) === ',' ? reading.end + 1 : reading.end
  if (scan.wordAt(at).is & (IS.of | IS.within)) at++
  const year = yearAt(scan, at, false)
  if (year === undefined) return reading
  const dated: DateReading = { ...reading, year: year.value, end: year.end }
  delete dated.weak
  if (year.two) dated.twoFigures = true
  return dated
}

/** A date that begins with figures, a day, a month or a year, after a weekday or a shift. */
function datedAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(i)
  let reading: DateReading | undefined
  if (scan.kindAt(i) === KIND.number)
    reading = numericDateAt(utterance, i) ?? nthAt(utterance, i, anchorAt) ?? dayLed(utterance, i)
  else if (word.is & IS.month) reading = monthLed(utterance, i)
  else if (word.is & (IS.cardinal | IS.ordinal | IS.article | IS.unit))
    reading = nthAt(utterance, i, anchorAt) ?? dayLed(utterance, i)
  if (reading?.day === undefined || scan.at(reading.end) === ':') return undefined
  if (reading.relative && reading.weekday === undefined && word.is & IS.day) return undefined
  if (reading.month === undefined && (scan.wordAt(reading.end).is & IS.unit || isClock(scan, reading.end))) return undefined
  return reading
}

/** The day that an amount is counted from: whole, or the nearest one that fits. */
function anchorAt(utterance: Utterance, i: number, direction: -1 | 1): Anchor | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  let reading: DateReading | undefined
  let at = i
  for (let k = 0; k < 3 && reading === undefined && at < scan.size; k++) {
    reading = readingAt(utterance, at)
    if (reading !== undefined) break
    if (!(joinAt(scan, words, at) & JOIN.link) && !(scan.wordAt(at).is & IS.article)) return undefined
    at = Math.max(joined.end, at + 1)
  }
  if (reading === undefined || reading.vague) return undefined
  const day = anchorDay(utterance, reading, direction)
  return day === undefined || now.year === 0 ? undefined : { day, end: reading.end }
}

function anchorDay(utterance: Utterance, reading: DateReading, direction: -1 | 1): Day | undefined {
  const { now } = utterance
  if (reading.feast !== undefined)
    return dayOf(reading.year === undefined ? nearestFeast(reading.feast, now, direction) : feastDay(reading.feast, reading.year))
  if (reading.weak === true && reading.month === undefined) return undefined
  const { year, month = 1, day } = reading
  if (year !== undefined && day === undefined && !reading.twoFigures) return { year, month, day: 1 }
  return completeDay(reading, now, direction)
}
