import { AS, IS, WHEN } from '../lexicon/roles.ts'
import type { ClockWords } from '../lexicon/source.ts'
import { isDash } from '../text/number-words.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { figuresAt } from './time-figures.ts'
import {
  fractionAt,
  hourWordsAt,
  isMark,
  isMinute,
  isNamedFraction,
  minutesAt,
  nounFollows,
  oclockEnd,
  skipSmall,
  takeHalfDay,
  takenByNoun,
} from './time-hour.ts'
import { addMinutes, settledTime, type TimeReading, timeReading } from './time-reading.ts'

/** One time of the clock that begins at token `i`, without what announces it and without its part of the day. */
export function clockAt(scan: Scan, i: number, clock: ClockWords): TimeReading | undefined {
  return relativeAt(scan, i, clock) ?? plainAt(scan, i, clock)
}

/** Noon, midnight, or an hour with what follows it. */
function plainAt(scan: Scan, i: number, clock: ClockWords): TimeReading | undefined {
  const reading = bareHalfAt(scan, i, clock) ?? hourAt(scan, i, clock)
  if (reading === undefined || reading.impossible) return reading
  takeRest(scan, reading, clock)
  return reading
}

function hourAt(scan: Scan, i: number, clock: ClockWords): TimeReading | undefined {
  const { is } = scan.wordAt(i)
  if (is & IS.noon) return settledTime(i, i + 1, 12, 0)
  if (is & IS.midnight) return settledTime(i, i + 1, 0, 0)
  if (scan.kindAt(i) === KIND.number) return figuresAt(scan, i, clock.halfDays)
  const military = militaryAt(scan, i)
  if (military !== undefined) return military
  if (!hourWordsAt(scan, i)) return undefined
  const reading = timeReading(i, found.end, found.value, 0)
  reading.weak = true
  return reading
}

/** "eighteen hundred hours", "oh eight thirty": the hours of the whole day. */
function militaryAt(scan: Scan, i: number): TimeReading | undefined {
  if (scan.wordAt(i).is & IS.zero && scan.wordAt(i + 1).cardinal >= 1 && scan.wordAt(i + 1).cardinal <= 9) {
    const hundred = scan.wordAt(i + 2).scale === 100
    const reading = timeReading(i, hundred ? i + 3 : i + 2, scan.wordAt(i + 1).cardinal, 0)
    return { ...reading, open: false, weak: true, hasMinutes: hundred }
  }
  const hours = scan.wordAt(i).cardinal
  if (hours < 10 || hours > 24 || scan.wordAt(i + 1).scale !== 100 || scan.wordAt(i + 2).unit !== 'hour') return undefined
  return settledTime(i, i + 3, hours, 0)
}

/** "halb acht", "viertel acht" and "dreiviertel acht" before eight; "half eight" after it. */
function bareHalfAt(scan: Scan, i: number, clock: ClockWords): TimeReading | undefined {
  const word = scan.wordAt(i)
  const next = clock.bareHalf === 'next'
  const three = next && word.cardinal === 3 && (scan.wordAt(i + 1).is & IS.quarter) !== 0
  const minutes =
    word.is & IS.half ? 30 : !next ? 0 : word.when & WHEN.threeQuarters || three ? 45 : word.is & IS.quarter ? 15 : 0
  if (minutes === 0 || clock.bareHalf === undefined) return undefined
  const at = three ? i + 2 : i + 1
  const base = scan.kindAt(at) === KIND.number ? figuresAt(scan, at, clock.halfDays) : hourAt(scan, at, clock)
  if (base === undefined || base.impossible || base.hasMinutes || !base.open) return undefined
  if (takenByNoun(scan, base.end) && !isMark(scan, base.end)) return undefined
  addMinutes(base, next ? minutes - 60 : minutes)
  return { ...base, from: i, lead: i, hasMinutes: true, weak: false }
}

/** "half past three", "quarter to four", "fünf vor halb acht", "faltan 3 minutos para las ocho". */
function relativeAt(scan: Scan, from: number, clock: ClockWords): TimeReading | undefined {
  const lacking = (scan.wordAt(from).when & WHEN.lacking) !== 0
  const start = lacking ? skipSmall(scan, from + 1) : from
  const first = scan.wordAt(start)
  if (!(first.is & (IS.half | IS.quarter | IS.cardinal | IS.article)) && scan.kindAt(start) !== KIND.number && first.how === 0)
    if (!(first.when & WHEN.threeQuarters)) return undefined
  const minutes = fractionAt(scan, start)
  if (minutes === 0) return undefined
  const at = found.end
  const named = lacking || isNamedFraction(scan, at)
  const direction = directionAt(scan, at, minutes, named)
  if (direction === 0 || (!named && scan.wordAt(start - 1).when & WHEN.rangeLead)) return undefined
  const base = plainAt(scan, skipSmall(scan, at + 1), clock)
  if (base === undefined || base.impossible) return undefined
  if (base.weak && !base.hasMinutes && takenByNoun(scan, base.end)) return undefined
  addMinutes(base, direction * minutes)
  return { ...base, from, lead: from, hasMinutes: true, weak: false, asSaid: false }
}

/** 1 for "past", -1 for "to", 0 for neither. */
function directionAt(scan: Scan, i: number, minutes: number, named: boolean): number {
  const { is, when } = scan.wordAt(i)
  if (is & IS.past) return !(when & WHEN.softTo) || named ? 1 : 0
  if (when & WHEN.minutesTo) return named ? -1 : 0
  if (!(is & IS.to)) return 0
  return !(when & WHEN.softTo) || named || minutes % 5 === 0 ? -1 : 0
}

/** How many things may follow an hour: "sette e mezza meno tre minuti pm". */
const REST_MAX = 5

function takeRest(scan: Scan, reading: TimeReading, clock: ClockWords): void {
  let marked = false
  for (let n = 0; n < REST_MAX; n++) {
    if ((!marked || oclockEnd(scan, reading.end) > reading.end) && takeMark(scan, reading)) marked = true
    else if (!takeMinutes(scan, reading, marked, clock) && !takeSeconds(scan, reading) && !takeEnd(scan, reading, clock)) break
  }
}

/** "Uhr", "heures", "o'clock", "en punto", "ish". */
function takeMark(scan: Scan, reading: TimeReading): boolean {
  const i = reading.end
  const end = oclockEnd(scan, i)
  if (end > i) {
    reading.weak = false
    reading.end = end
    if (scan.wordAt(end - 1).when & WHEN.hourMark) reading.asSaid = !isFrenchWords(scan, reading.from)
    return true
  }
  const hours = scan.wordAt(i).unit === 'hour' && isHourLead(scan, reading.from - 1)
  if (!isMark(scan, i) && !hours) return false
  if (scan.at(i).length === 1 || scan.touches(i)) reading.weak = false
  else reading.hours = true
  reading.asSaid = !isFrenchWords(scan, reading.from)
  reading.end = i + 1
  return true
}

/** "trois heures et demie": in French "heures" is said of any spoken hour, while "3h30" is written of the whole day. */
function isFrenchWords(scan: Scan, from: number): boolean {
  return scan.lexicon.language === 'fr' && scan.kindAt(from) === KIND.word
}

/** "a LAS 15 horas", "AT 15 hours", but not "ABOUT two hours". */
function isHourLead(scan: Scan, i: number): boolean {
  const { is, when } = scan.wordAt(i)
  return (is & IS.at) !== 0 && (!(when & WHEN.softAt) || (scan.wordAt(i - 1).is & IS.at) !== 0)
}

function takeMinutes(scan: Scan, reading: TimeReading, marked: boolean, clock: ClockWords): boolean {
  const dash = isDash(scan.at(reading.end)) && scan.touches(reading.end) && scan.touches(reading.end + 1)
  const i = dash && scan.kindAt(reading.from) === KIND.word ? reading.end + 1 : reading.end
  const word = scan.wordAt(i)
  if (word.is & IS.minus && i === reading.end) return takeFraction(scan, reading, i + 1, -1)
  if (reading.hasMinutes) return false
  if (word.is & IS.and) {
    const minutes = fractionAt(scan, i + 1)
    const bare = minutes > 0 && !isNamedFraction(scan, found.end)
    if (minutes === 0 || (clock.halfDays && !marked) || (bare && takenByNoun(scan, found.end))) return false
    if (!clock.halfDays && bare && scan.kindAt(i + 1) === KIND.number)
      reading.asSaid ||= scan.kindAt(reading.from) === KIND.number
    return takeFraction(scan, reading, i + 1, 1)
  }
  if (word.is & IS.past && (marked || scan.wordAt(i + 1).is & IS.of)) {
    const at = skipSmall(scan, i + 1)
    return fractionAt(scan, at) > 0 && isNamedFraction(scan, found.end) && takeFraction(scan, reading, at, 1)
  }
  const sole = reading.end === reading.from + 1 && (scan.wordAt(reading.from).is & (IS.noon | IS.midnight)) !== 0
  if (!marked && scan.wordAt(reading.from - 1).is & IS.month) return false
  if (marked && fractionAt(scan, i) > 0 && isNamedFraction(scan, found.end)) return takeFraction(scan, reading, i, 1)
  if (scan.kindAt(i) === KIND.mark || !minutesAt(scan, i, marked || sole)) return false
  const figures = scan.kindAt(i) === KIND.number
  if ((marked || sole) && figures && scan.at(i).length === 1 && nounFollows(scan, found.end)) return false
  if (!clock.halfDays && figures && scan.kindAt(reading.from) === KIND.number) reading.asSaid = true
  addMinutes(reading, found.value)
  reading.end = isMinute(scan, found.end) ? found.end + 1 : found.end
  reading.hasMinutes = true
  if (marked) reading.weak = false
  return true
}

/** "e mezza", "menos cuarto", "moins dix", "und 12". */
function takeFraction(scan: Scan, reading: TimeReading, i: number, sign: number): boolean {
  const at = scan.wordAt(i).is & IS.article && !(scan.wordAt(i).is & IS.cardinal) ? i + 1 : i
  const minutes = fractionAt(scan, at)
  if (minutes === 0) return false
  addMinutes(reading, sign * minutes)
  reading.end = found.end
  reading.hasMinutes = true
  reading.weak = false
  return true
}

/** "e ventisei secondi", "and 10 seconds". */
function takeSeconds(scan: Scan, reading: TimeReading): boolean {
  if (reading.second >= 0) return false
  const i = scan.wordAt(reading.end).is & IS.and || scan.at(reading.end) === ',' ? reading.end + 1 : reading.end
  if (!cardinalAt(scan, i) || found.value > 59 || scan.wordAt(found.end).unit !== 'second') return false
  reading.second = found.value
  reading.end = found.end + 1
  reading.weak = false
  return true
}

/** "am", "pm", "ish", "noon" after "12", "midnight" after "1 o'clock". */
function takeEnd(scan: Scan, reading: TimeReading, clock: ClockWords): boolean {
  const i = reading.end
  if (!reading.settled && takeHalfDay(scan, reading, clock.halfDays)) return true
  const dash = scan.at(i) === '-' && scan.touches(i) ? i + 1 : i
  if (scan.wordAt(dash).when & WHEN.ish && !(scan.wordAt(dash).as & AS.not)) {
    reading.end = dash + 1
    reading.weak = false
    return true
  }
  const at = scan.wordAt(i).is & IS.of ? i + 1 : i
  const { is } = scan.wordAt(at)
  if (reading.settled || !(is & (IS.noon | IS.midnight)) || reading.hour > 12) return false
  if (is & IS.midnight) reading.hour %= 12
  reading.open = false
  reading.settled = true
  reading.weak = false
  reading.end = at + 1
  return true
}
