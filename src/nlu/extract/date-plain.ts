import type { Contract } from '../../dialogue/template.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayNumber } from './calendar.ts'
import { type DateReading, today } from './date-reading.ts'
import { findTimes } from './time-grammar.ts'
import type { Utterance } from './utterance.ts'

// Whether a date that nobody asked for was stated for something, or is only talked about.

type Prefer = Contract['prefer']

export function isFull(reading: DateReading): boolean {
  return reading.year !== undefined && reading.month !== undefined && reading.day !== undefined
}

/** Whether a datum of that preference could mean this date at all: no birth tomorrow, no appointment in 1990. */
export function couldBe(utterance: Utterance, prefer: Prefer, reading: DateReading): boolean {
  if (prefer === 'past') return !reading.relative && !(isFull(reading) && !reading.twoFigures && distance(utterance, reading) > 0)
  return prefer !== 'future' || !isFull(reading) || reading.twoFigures === true || distance(utterance, reading) >= 0
}

function distance({ now }: Utterance, { year, month, day }: DateReading): number {
  return dayNumber(year as number, month as number, day as number) - today(now)
}

/**
 * Whether a date is stated plainly enough for a datum that was not asked for. Whole dates are, whatever the preference. What lies
 * ahead is ("tomorrow", "next friday", "12 February") but for dates of the past, which need a cue; so is what lies behind where
 * there is no preference. A day of the month alone needs a preposition, and today needs one or a time beside it.
 */
export function isPlain(utterance: Utterance, prefer: Prefer, reading: DateReading): boolean {
  if (isFull(reading) && !reading.relative) return couldBe(utterance, prefer, reading)
  if (isTail(utterance.scan, reading.from) || isLapse(utterance.scan, prefer, reading)) return false
  if (prefer === 'past' || reading.vague || reading.guessed || reading.finest !== undefined) return false
  if (reading.relative && isFull(reading)) return isRelativePlain(utterance, prefer, reading)
  if (isHabit(utterance.scan, reading)) return false
  if (reading.feast !== undefined) return reading.year !== undefined || isSet(utterance.scan, reading.from)
  if (reading.day === undefined)
    return reading.weekday !== undefined && reading.month === undefined && !isShort(utterance.scan, reading)
  if (reading.month !== undefined)
    return saysMonth(utterance.scan, reading) || (isHoliday(utterance.scan, reading) && isSet(utterance.scan, reading.from))
  return reading.weekday !== undefined || (prefer === undefined && isSetDay(utterance, reading))
}

/** "8:45 next week": figures that belong to what stands before them. */
function isTail(scan: Scan, from: number): boolean {
  return scan.touches(from) && scan.kindAt(from) === KIND.number && scan.kindAt(from - 1) === KIND.mark && scan.touches(from - 1)
}

const AFTER: ReadonlySet<string> = new Set('after dopo despues tras apres nach'.split(' '))
const SINCE: ReadonlySet<string> = new Set('since desde depuis seit'.split(' '))

/** "still not here after two weeks", "waiting since Friday": how long something takes, no day that it is set for. */
function isLapse(scan: Scan, prefer: Prefer, { from, relative }: DateReading): boolean {
  return (relative === true && AFTER.has(scan.at(from))) || (prefer === 'future' && SINCE.has(scan.at(from - 1)))
}

/** A month by its name, or in figures with a stroke; "three of the four" is none. */
function saysMonth(scan: Scan, { from, end }: DateReading): boolean {
  for (let i = from; i < end; i++) {
    if (scan.wordAt(i).is & IS.month) return true
    const mark = scan.at(i)
    if ((mark === '/' || mark === '.' || mark === '-') && scan.touches(i) && scan.touches(i + 1)) return mark === '/'
  }
  return false
}

/** "Christmas", "Ferragosto": a day that has a name, and no number. */
function isHoliday(scan: Scan, { from, end }: DateReading): boolean {
  for (let i = from; i < end; i++)
    if (scan.kindAt(i) === KIND.number || scan.wordAt(i).is & (IS.cardinal | IS.ordinal)) return false
  return true
}

function isRelativePlain(utterance: Utterance, prefer: Prefer, reading: DateReading): boolean {
  const { scan } = utterance
  const days = distance(utterance, reading)
  if (days < 0) return prefer === undefined && !isNeighbour(scan, reading, days)
  if (days > 0) return !isNeighbour(scan, reading, days) && !isHabit(scan, reading)
  return isToday(utterance, reading)
}

/** "the next day", "my last day": beside a day that was spoken of, not beside today. */
function isNeighbour(scan: Scan, { from, end }: DateReading, days: number): boolean {
  if (end - from < 2 || Math.abs(days) !== 1) return false
  let unit = false
  for (let i = from; i < end; i++) {
    if (scan.kindAt(i) === KIND.number || scan.wordAt(i).is & (IS.cardinal | IS.weekday)) return false
    unit ||= scan.wordAt(i).unit === 'day'
  }
  return unit || scan.wordAt(from).is === 0
}

/** "today at 5", "for today", "tonight", "today" alone: an appointment; "how are you today" is none. */
function isToday(utterance: Utterance, { from, end }: DateReading): boolean {
  const { scan, first, last } = utterance
  if (from <= first && end >= last) return true
  for (let i = from; i < end; i++) if (scan.wordAt(i).is & IS.dayTime) return true
  if (isSet(scan, from) || scan.wordAt(from - 1).is & IS.to) return true
  for (const clock of findTimes(utterance).clocks)
    if (!clock.weak && !clock.now && (clock.end === from || clock.lead === end || clock.dayFrom === from)) return true
  return false
}

const EVERY: ReadonlySet<string> = new Set(
  'every each los las todos todas cada ogni tutti tutte chaque tous toutes jeden jede jedem immer always siempre sempre toujours'.split(
    ' ',
  ),
)

/** "every Monday", "los lunes", "on Mondays", "montags": no one day. */
function isHabit(scan: Scan, { from, end, weekday }: DateReading): boolean {
  if (EVERY.has(scan.at(from - 1)) || EVERY.has(scan.at(from)) || EVERY.has(scan.at(from - 2))) return true
  if (weekday === undefined) return false
  const { language } = scan.lexicon
  return (language === 'en' || language === 'de') && scan.at(end - 1).endsWith('s') && scan.at(end - 1).length > 4
}

/** "sun", "mar", "sat": short for a weekday, or another word. */
function isShort(scan: Scan, { from, end }: DateReading): boolean {
  return end - from === 1 && (scan.at(from).length < 4 || (scan.wordAt(from).as & (AS.common | AS.soft)) !== 0)
}

/** "on the 6th", "per il 14": a day of the month that something is set for, and not "the 6th floor". */
function isSetDay({ scan, last }: Utterance, { from, end }: DateReading): boolean {
  let i = from
  while (i > 0 && scan.wordAt(i - 1).is & IS.article) i--
  const article = i < from || (scan.wordAt(from).is & IS.article) !== 0
  if (!article || !isSet(scan, i) || scan.wordAt(end).is & IS.of) return false
  return end >= last || scan.kindAt(end) !== KIND.word || (scan.wordAt(end).as & AS.common) !== 0
}

/** Whether a small word that sets a day stands before token `i`: "for", "on", "by", "al", "am". */
function isSet(scan: Scan, i: number): boolean {
  if (i === 0) return false
  const before = scan.wordAt(i - 1)
  return (before.how & HOW.purpose) !== 0 || (before.is & (IS.at | IS.within)) !== 0 || ON.has(scan.at(i - 1))
}

const ON: ReadonlySet<string> = new Set('on am zum ab bis al dal le du au el del a da'.split(' '))
