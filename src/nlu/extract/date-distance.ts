import { HOW, IS, JOIN } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND } from '../text/scan.ts'
import { type Day, dayNumber, dayOf, weekdayOf } from './calendar.ts'
import { type DateReading, movedDay } from './date-reading.ts'
import { dateWordsOf, joinAt, joined, shiftAt } from './date-words.ts'
import type { Utterance } from './utterance.ts'

/** An amount of days, months and years, or of weekdays ("two Thursdays"). */
interface Amount {
  months: number
  days: number
  workdays: number
  weekday: number
  count: number
  end: number
  /** Whether only months or years were named, so that no day was meant. */
  coarse: boolean
  /** "two upcoming days". */
  upcoming: boolean
}

const PIECES_MAX = 4
const COUNT_MAX = 10_000

/** "3 days", "a week", "two years, one month and 21 days", "two thursdays", "ein paar Wochen" from token `i`. */
export function amountAt(utterance: Utterance, i: number): Amount | undefined {
  const amount: Amount = { months: 0, days: 0, workdays: 0, weekday: 0, count: 0, end: i, coarse: true, upcoming: false }
  let at = i
  for (let k = 0; k < PIECES_MAX && addPiece(utterance, at, amount); k++) {
    if (amount.weekday > 0 || amount.workdays > 0) break
    at = nextPiece(utterance, amount.end)
    if (at < 0) break
  }
  return amount.end > i ? amount : undefined
}

/** Where the next piece of an amount may begin: a number after nothing, a comma or "and"; -1 for nowhere. */
function nextPiece(utterance: Utterance, i: number): number {
  const { scan } = utterance
  let at = i
  if (scan.at(at) === ',') at++
  if (scan.wordAt(at).is & IS.and || ADDS.has(scan.at(at))) at++
  if (at > i && scan.wordAt(at).is & IS.of) at++
  const { is, how } = scan.wordAt(at)
  return at === i || scan.kindAt(at) === KIND.number || is & IS.cardinal || how & HOW.one ? at : -1
}

/** "Plus", where it is no "and" in the lexicon. */
const ADDS: ReadonlySet<string> = new Set(['plus', 'mas', 'piu'])

function addPiece(utterance: Utterance, i: number, amount: Amount): boolean {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const vague = words.amounts.at(scan, i)
  let count = 1
  let at = i
  if (vague !== undefined) {
    count = vague
    at = i + words.amounts.length
  } else if (cardinalAt(scan, i)) {
    count = found.value
    at = found.end
  } else if (scan.wordAt(i).is & IS.half && scan.wordAt(i + 1).how & HOW.a && scan.wordAt(i + 2).unit === 'year')
    return addHalfYear(amount, i + 3)
  else if (scan.wordAt(i).how & (HOW.one | HOW.a)) at = i + 1
  else return false
  if (scan.wordAt(at).is & IS.half && scan.wordAt(at + 1).unit === 'year' && count === 1) return addHalfYear(amount, at + 2)
  if (!(count >= 0) || count > COUNT_MAX || !Number.isInteger(count)) return false
  const upcoming = shiftAt(scan, words, at)
  if (upcoming !== undefined && upcoming.steps === 1) {
    at = upcoming.end
    amount.upcoming = true
  }
  return addUnit(utterance, at, count, amount)
}

function addHalfYear(amount: Amount, end: number): boolean {
  amount.months += 6
  amount.end = end
  return true
}

function addUnit(utterance: Utterance, at: number, count: number, amount: Amount): boolean {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const span = words.spans.at(scan, at)
  const word = scan.wordAt(at)
  const { end } = amount
  amount.end = at + 1
  if (joinAt(scan, words, at) & JOIN.workdays) {
    amount.end = joined.end
    amount.workdays = count
    return true
  }
  if (span !== undefined) amount.days += count * span
  else if (word.unit === 'day') amount.days += count
  else if (word.unit === 'week') amount.days += count * 7
  else if (word.unit === 'month') amount.months += count
  else if (word.unit === 'year') amount.months += count * 12
  else if (word.weekday > 0 && !(word.is & IS.month) && count <= 60 && amount.days === 0 && amount.months === 0) {
    amount.weekday = word.weekday
    amount.count = count
  } else {
    amount.end = end
    return false
  }
  if (amount.days > 0) amount.coarse = false
  return true
}

/** Finds the day that an amount is counted from, at a token: where it was said without its year, ahead (1) or behind (-1). */
export type AnchorAt = (utterance: Utterance, i: number, direction: -1 | 1) => Anchor | undefined

/** A date that an amount leads to: "in 3 days", "hace tres semanas", "two weeks before Christmas", "in two days from today". */
export function distanceAt(utterance: Utterance, from: number, anchorAt: AnchorAt): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const lead = joinAt(scan, words, from) & (JOIN.ahead | JOIN.behind)
  const amount = amountAt(utterance, lead === 0 ? from : skipNext(utterance, joined.end))
  if (amount === undefined) return undefined
  const back = lead === JOIN.behind
  const follow = joinAt(scan, words, amount.end)
  const followEnd = joined.end
  const anchored = fromAnchor(utterance, from, amount, back ? follow & JOIN.after : follow, anchorAt)
  if (anchored !== undefined) return anchored
  if (lead !== 0) return fromToday(from, follow & JOIN.later && !back ? followEnd : amount.end, now, amount, back ? -1 : 1)
  if (follow & JOIN.earlier) return fromToday(from, followEnd, now, amount, -1)
  if (follow & JOIN.later) return fromToday(from, followEnd, now, amount, 1)
  return amount.upcoming ? upcoming(utterance, from, amount) : undefined
}

/** "two weeks before Christmas", "three days from Tuesday", "a week today", "a week on Monday". */
function fromAnchor(
  utterance: Utterance,
  from: number,
  amount: Amount,
  follow: number,
  anchorAt: AnchorAt,
): DateReading | undefined {
  const { scan } = utterance
  const { end, days, months } = amount
  if (follow & (JOIN.after | JOIN.before)) {
    joinAt(scan, dateWordsOf(utterance.lexicon), end)
    const anchor = anchorAt(utterance, joined.end, months >= 12 && days === 0 ? -1 : 1)
    return anchor && moved(from, anchor.end, anchor.day, amount, follow & JOIN.after ? 1 : -1)
  }
  if (days === 0 || days % 7 !== 0 || follow & (JOIN.earlier | JOIN.later)) return undefined
  const onDay = scan.wordAt(end).is & IS.day || (scan.at(end) === 'on' && scan.wordAt(end + 1).weekday > 0)
  const anchor = onDay ? anchorAt(utterance, end, 1) : undefined
  return anchor && moved(from, anchor.end, anchor.day, amount, 1)
}

/** "two upcoming days"; of years, only the year is meant. */
function upcoming(utterance: Utterance, from: number, amount: Amount): DateReading | undefined {
  const reading = moved(from, amount.end, utterance.now, amount, 1)
  if (reading?.finest !== 'month' || amount.months % 12 !== 0) return reading
  return { from, end: amount.end, year: reading.year as number, relative: true }
}

/** "in the next 3 days": the same as "in 3 days". */
function skipNext(utterance: Utterance, i: number): number {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const shift = shiftAt(scan, words, i)
  return shift !== undefined && shift.steps === 1 ? shift.end : i
}

/** A day to count from, and where it was said. */
export interface Anchor {
  readonly day: Day
  readonly end: number
}

/** From this many months on, whole years mean no month: "45 years ago". */
const FAR_MONTHS = 121

function fromToday(from: number, end: number, now: Day, amount: Amount, sign: number): DateReading | undefined {
  const reading = moved(from, end, now, amount, sign)
  if (reading?.finest !== 'month' || amount.months % 12 !== 0) return reading
  reading.years = true
  if (amount.months >= FAR_MONTHS) reading.finest = 'year'
  return reading
}

function moved(from: number, end: number, base: Day, amount: Amount, sign: number): DateReading | undefined {
  const day = target(base, amount, sign)
  if (day.year < 1 || day.year > 9999) return undefined
  const reading: DateReading = { from, end, year: day.year, month: day.month, day: day.day, relative: true }
  if (amount.coarse && amount.months > 0) reading.finest = 'month'
  return reading
}

function target(base: Day, amount: Amount, sign: number): Day {
  const start = dayNumber(base.year, base.month, base.day)
  if (amount.weekday > 0) {
    const ahead = (amount.weekday - weekdayOf(start) + 7) % 7
    const first = sign > 0 ? start + (ahead || 7) : start + (ahead === 0 ? -7 : ahead - 7)
    return dayOf(first + sign * 7 * (amount.count - 1))
  }
  if (amount.workdays > 0) return dayOf(workdaysFrom(start, Math.min(amount.workdays, 1000), sign))
  return movedDay(base, sign * amount.months, sign * amount.days)
}

function workdaysFrom(start: number, count: number, sign: number): number {
  let days = start
  for (let left = count; left > 0; ) {
    days += sign
    if (weekdayOf(days) < 6) left--
  }
  return days
}
