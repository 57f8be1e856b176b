import { AS, IS, JOIN } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { dayNumber, dayOf, weekdayOf } from './calendar.ts'
import { type DateReading, dayReading, inWeekOf, today } from './date-reading.ts'
import { afterLinks, dateWordsOf, joinAt, joined, type Shift, shiftAt } from './date-words.ts'
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
const BY_EIGHT: Readonly<Record<string, string>> = { fr: 'en', it: 'a', es: 'en' }

/** Whole weeks that are said right after a day: "en huit", "a quindici", "tuesday WEEK", "monday FORTNIGHT". */
export function weeksOnAt(utterance: Utterance, i: number): WeekShift | undefined {
  const { scan, lexicon } = utterance
  if (lexicon.language === 'en') {
    if (scan.at(i) === 'week' && scan.wordAt(i + 1).weekday < 1) return { weeks: 1, end: i + 1 }
    return scan.at(i) === 'fortnight' ? { weeks: 2, end: i + 1 } : undefined
  }
  if (scan.at(i) === '' || scan.at(i) !== BY_EIGHT[lexicon.language] || !cardinalAt(scan, i + 1)) return undefined
  const { value, end } = found
  if (scan.wordAt(end).unit !== '') return undefined
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

type Reads = (utterance: Utterance, i: number) => DateReading | undefined

/** "friday", "Friday the 14th", "mercoledì, 14 dicembre", "friday next week", "mittwoch vor zwei wochen". */
export function weekdayLed(utterance: Utterance, from: number, dateAt: Reads, distanceAt: Reads): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(from)
  const { weekday } = word
  const i = scan.at(from + 1) === '.' && scan.touches(from + 1) ? from + 2 : from + 1
  const counted = inCountedWeek(utterance, from, i, weekday)
  if (counted !== undefined) return counted
  const words = dateWordsOf(utterance.lexicon)
  const shift = shiftAt(scan, words, i)
  if (shift !== undefined && scan.wordAt(shift.end).unit === '') {
    const said = dateAt(utterance, scan.at(shift.end) === ',' ? shift.end + 1 : shift.end)
    if (said?.day !== undefined && said.month !== undefined && !said.weak && !said.relative) return { ...said, from, weekday }
    return shiftedWeekday(utterance, from, shift.end, weekday, shift)
  }
  const at = afterLinks(scan, words, i)
  const rest = at < scan.size ? dateAt(utterance, at) : undefined
  const soft = (word.as & AS.soft) !== 0
  const apart = soft && rest?.weak && rest.month === undefined && !scan.touches(i) && scan.kindAt(at) === KIND.word
  if (rest !== undefined && !apart) {
    const end = scan.at(rest.end) === ')' ? rest.end + 1 : rest.end
    const { weak: _, ...dated } = rest
    return { ...dated, from, end, weekday }
  }
  const away = distanceAt(utterance, at) ?? (at > i ? distanceAt(utterance, i) : undefined)
  if (away?.day !== undefined) return inWeekAway(utterance, from, away, weekday)
  return soft ? { from, end: from + 1, weekday, weak: true } : { from, end: from + 1, weekday }
}

/** "Montag in einer Woche": the Monday of that week, or a week after the first Monday ahead. */
function inWeekAway({ now }: Utterance, from: number, away: DateReading, weekday: number): DateReading {
  const start = today(now)
  const target = dayNumber(away.year as number, away.month as number, away.day as number)
  const days = inWeekOf(target, weekday)
  const reading = dayReading(from, away.end, days)
  const weeks = wholeWeeks(target - start)
  if (weeks === 0 || away.finest !== undefined) return reading
  const later = start + ((weekday - weekdayOf(start) + 7) % 7) + weeks * 7
  if (later !== days) reading.other = dayOf(later)
  return reading
}

/** How many weeks ahead a number of days means, eight and fifteen days among them; 0 for none. */
function wholeWeeks(days: number): number {
  if (days <= 0) return 0
  return days % 7 === 0 ? days / 7 : days === 8 ? 1 : days === 15 ? 2 : 0
}

/** The weekday with its week: "tuesday week", "vendredi en huit", "lunes de la semana que viene", "friday after next". */
function inCountedWeek(utterance: Utterance, from: number, i: number, weekday: number): DateReading | undefined {
  const now = today(utterance.now)
  const ahead = (weekday - weekdayOf(now) + 7) % 7
  const weeksOn = weeksOnAt(utterance, i)
  if (weeksOn !== undefined) {
    const first = ahead === 0 && utterance.lexicon.language === 'en' ? 7 : ahead
    return dayReading(from, weeksOn.end, now + first + weeksOn.weeks * 7)
  }
  const week = weekShiftAt(utterance, i)
  if (week !== undefined) return dayReading(from, week.end, inWeekOf(now, weekday) + week.weeks * 7)
  const bits = joinAt(utterance.scan, dateWordsOf(utterance.lexicon), i)
  return bits & (JOIN.thanNext | JOIN.afterNext) ? dayReading(from, joined.end, now + (ahead || 7) + 7) : undefined
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
