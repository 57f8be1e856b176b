import { AS, IS, JOIN } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { dayNumber, dayOf, weekdayOf } from './calendar.ts'
import { type DateReading, dayReading, inWeekOf, today } from './date-reading.ts'
import { afterLinks, dateWordsOf, joinAt, type Shift, shiftAt } from './date-words.ts'
import type { Utterance } from './utterance.ts'

/** Weeks from this one, and where that was said. */
interface WeekShift {
  readonly weeks: number
  readonly end: number
}

/** "next week", "of this week", "la semana que viene", "en huit" at token `i`. */
function weekShiftAt(utterance: Utterance, i: number): WeekShift | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const at = afterLinks(scan, words, i)
  for (const start of at === i ? [i] : [i, at]) {
    const before = shiftAt(scan, words, start)
    if (before !== undefined && scan.wordAt(before.end).unit === 'week') return { weeks: before.steps, end: before.end + 1 }
    if (scan.wordAt(start).unit !== 'week') continue
    const after = shiftAt(scan, words, start + 1)
    if (after !== undefined) return { weeks: after.steps, end: after.end }
  }
  return undefined
}

/** "lundi EN huit", "oggi A otto": a day counted by eight is a week on. */
const BY_EIGHT: Readonly<Record<string, string>> = { fr: 'en', it: 'a' }

/** Whole weeks that are said right after a day: "en huit", "a quindici", "tuesday WEEK", "monday FORTNIGHT". */
export function weeksOnAt(utterance: Utterance, i: number): WeekShift | undefined {
  const { scan, lexicon } = utterance
  if (lexicon.language === 'en') {
    if (scan.at(i) === 'week' && scan.wordAt(i + 1).weekday < 1) return { weeks: 1, end: i + 1 }
    return scan.at(i) === 'fortnight' ? { weeks: 2, end: i + 1 } : undefined
  }
  if (scan.at(i) === '' || scan.at(i) !== BY_EIGHT[lexicon.language] || !cardinalAt(scan, i + 1)) return undefined
  const { value, end } = found
  return value === 8 ? { weeks: 1, end } : value === 15 ? { weeks: 2, end } : undefined
}

/** "next week [on] Wednesday", "la prossima settimana, di venerdì". */
export function weekLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  const week = weekShiftAt(utterance, from)
  if (week === undefined) return undefined
  const owned = scan.at(week.end) === 's' ? week.end + 1 : week.end
  const at = afterLinks(scan, dateWordsOf(utterance.lexicon), owned)
  const word = scan.wordAt(at)
  if (word.weekday < 1 || (word.as & AS.soft && word.is & IS.month)) return undefined
  return dayReading(from, at + 1, inWeekOf(today(utterance.now), word.weekday) + week.weeks * 7)
}

/** "friday", "Friday the 14th", "mercoledì, 14 dicembre", "friday next week", "mittwoch vor zwei wochen". */
export function weekdayLed(
  utterance: Utterance,
  from: number,
  dateAt: (utterance: Utterance, i: number) => DateReading | undefined,
  distanceAt: (utterance: Utterance, i: number) => DateReading | undefined,
): DateReading | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const word = scan.wordAt(from)
  const { weekday } = word
  let i = from + 1
  if (scan.at(i) === '.' && scan.touches(i)) i++
  const eighth = weeksOnAt(utterance, i)
  if (eighth !== undefined) {
    const ahead = (weekday - weekdayOf(today(utterance.now)) + 7) % 7 || (utterance.lexicon.language === 'en' ? 7 : 0)
    return dayReading(from, eighth.end, today(utterance.now) + ahead + eighth.weeks * 7)
  }
  const week = weekShiftAt(utterance, i)
  if (week !== undefined) return dayReading(from, week.end, inWeekOf(today(utterance.now), weekday) + week.weeks * 7)
  const thanNext = joinAt(scan, words, i)
  if (thanNext & (JOIN.thanNext | JOIN.afterNext)) {
    const end = i + words.joins.length
    const ahead = (weekday - weekdayOf(today(utterance.now)) + 7) % 7 || 7
    return dayReading(from, end, today(utterance.now) + ahead + 7)
  }
  const shift = shiftAt(scan, words, i)
  if (shift !== undefined && scan.wordAt(shift.end).unit === '') return shiftedWeekday(utterance, from, shift.end, weekday, shift)
  const at = afterLinks(scan, words, i)
  const rest = at < scan.size ? dateAt(utterance, at) : undefined
  const soft = (word.as & AS.soft) !== 0
  if (
    rest !== undefined &&
    !(soft && rest.weak && rest.month === undefined && scan.touches(i) === false && scan.kindAt(at) === KIND.word)
  ) {
    rest.from = from
    rest.weekday = weekday
    delete rest.weak
    if (scan.at(rest.end) === ')') rest.end++
    return rest
  }
  const away = distanceAt(utterance, at) ?? (at > i ? distanceAt(utterance, i) : undefined)
  if (away?.day !== undefined)
    return dayReading(from, away.end, inWeekOf(dayNumber(away.year as number, away.month as number, away.day), weekday))
  return soft ? { from, end: from + 1, weekday, weak: true } : { from, end: from + 1, weekday }
}

/** The weekday that "next", "last" or "this" points at. */
export function shiftedWeekday(utterance: Utterance, from: number, end: number, weekday: number, shift: Shift): DateReading {
  const { calendar } = utterance.lexicon.source
  const now = today(utterance.now)
  const ahead = (weekday - weekdayOf(now) + 7) % 7
  const here = inWeekOf(now, weekday)
  const { steps } = shift
  if (steps === 0) return dayReading(from, end, now + ahead)
  if (steps < -1 || steps > 1) return dayReading(from, end, here + steps * 7)
  const nearest = steps > 0 ? now + (ahead || 7) : now + ahead - 7
  const byWeek = here + steps * 7
  const weekly = !shift.nearest && (steps > 0 ? calendar.nextWeekday : calendar.lastWeekday) === 'week'
  const reading = dayReading(from, end, weekly ? byWeek : nearest)
  if (!shift.nearest && nearest !== byWeek) reading.other = dayOf(weekly ? nearest : byWeek)
  return reading
}
