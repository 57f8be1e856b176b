import { AS, IS, JOIN } from '../lexicon/roles.ts'
import { KIND } from '../text/scan.ts'
import { dayOf } from './calendar.ts'
import { amountAt } from './date-distance.ts'
import { feastAt, nearestFeast } from './date-feasts.ts'
import { type DateReading, dayReading, movedDay, today } from './date-reading.ts'
import { shiftedWeekday } from './date-week.ts'
import { afterLinks, dateWordsOf, joinAt, joined, type Shift, shiftAt } from './date-words.ts'
import type { LocalNow, Utterance } from './utterance.ts'

/** "next friday", "the last month", "this december", "el mes que viene", "übernächstes Jahr" from token `from`. */
export function shiftedAt(utterance: Utterance, from: number, dateAt: Reads): DateReading | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const article = (scan.wordAt(from).is & IS.article) !== 0 && shiftAt(scan, words, from) === undefined
  const i = article ? from + 1 : from
  let shift = shiftAt(scan, words, i)
  if (shift !== undefined) {
    const inner = shiftAt(scan, words, shift.end)
    if (inner !== undefined && shift.steps === 0) shift = { ...inner, nearest: true }
    const reading = shiftedBy(utterance, from, shift.end, shift, dateAt)
    return reading && withMonthOf(utterance, reading, dateAt)
  }
  const reading = nounShiftedAt(utterance, from, i)
  return reading && withMonthOf(utterance, reading, dateAt)
}

/** What follows a shift: a weekday, a month, a unit, a holiday, an amount, a date. */
function shiftedBy(utterance: Utterance, from: number, at: number, shift: Shift, dateAt: Reads): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const word = scan.wordAt(at)
  if (word.weekday > 0 && !(word.is & IS.month)) return weekdayAfter(utterance, from, at, shift, dateAt)
  if (word.month > 0 && scan.kindAt(at + 1) !== KIND.number) {
    if (shift.steps === 0 && word.as & AS.soft && utterance.lexicon.language === 'en') return undefined
    return shiftedMonth(now, from, at + 1, word.month, shift.steps)
  }
  const feast = feastAt(utterance, at)
  if (feast !== undefined) return shiftedFeast(utterance, from, feast, shift)
  const than = joinAt(scan, words, at + 1)
  if (word.unit === 'month' || word.unit === 'year') {
    if (than & JOIN.thanNext) return period(now, from, joined.end, word.unit, shift.steps + 1)
    const trailing = shift.steps === 0 ? shiftAt(scan, words, at + 1) : undefined
    if (trailing !== undefined && trailing.steps !== 0) return period(now, from, trailing.end, word.unit, trailing.steps)
    return period(now, from, at + 1, word.unit, shift.steps)
  }
  if (word.unit === 'day')
    return scan.kindAt(at + 1) === KIND.number ? undefined : dayReading(from, at + 1, today(now) + shift.steps)
  if (shift.steps === 1) {
    const several = amountsAhead(utterance, from, at)
    if (several !== undefined) return several
  }
  const date = dateAt(utterance, at)
  if (date?.month === undefined || date.year !== undefined) return undefined
  date.from = from
  if (shift.steps <= 1 && shift.steps >= -1) date.direction = shift.steps as -1 | 0 | 1
  return date
}

/** "upcoming two days", "prossimi 2 mesi". */
function amountsAhead(utterance: Utterance, from: number, at: number): DateReading | undefined {
  const { scan, now } = utterance
  if (scan.kindAt(at) !== KIND.number && !(scan.wordAt(at).is & IS.cardinal)) return undefined
  const amount = amountAt(utterance, at)
  if (amount === undefined || amount.weekday > 0 || amount.workdays > 0) return undefined
  const day = movedDay(now, amount.months, amount.days)
  const reading: DateReading = { from, end: amount.end, year: day.year, month: day.month, day: day.day, relative: true }
  if (amount.coarse) reading.finest = amount.months % 12 === 0 ? 'year' : 'month'
  return reading
}

function weekdayAfter(utterance: Utterance, from: number, at: number, shift: Shift, dateAt: Reads): DateReading {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const { weekday } = scan.wordAt(at)
  let end = at + 1
  if (scan.at(end) === '.' && scan.touches(end) && scan.touches(end + 1)) end++
  if (joinAt(scan, words, end) & JOIN.thanNext) return { ...shiftedWeekday(utterance, from, joined.end, weekday, shift) }
  const trailing = shiftAt(scan, words, end)
  if (trailing !== undefined && shift.steps === 0)
    return shiftedWeekday(utterance, from, trailing.end, weekday, { ...trailing, nearest: true })
  const next = scan.at(end) === '(' || scan.at(end) === ',' ? end + 1 : end
  const date = dateAt(utterance, next)
  if (date?.month !== undefined && date.day !== undefined) {
    date.from = from
    date.weekday = weekday
    delete date.weak
    if (date.year === undefined && shift.steps === 0) date.direction = 0
    if (scan.at(date.end) === ')') date.end++
    return date
  }
  return shiftedWeekday(utterance, from, end, weekday, shift)
}

function shiftedFeast(utterance: Utterance, from: number, reading: DateReading, shift: Shift): DateReading {
  const { now } = utterance
  const feast = reading.feast ?? { month: reading.month as number, day: reading.day as number }
  const { end } = reading
  if (shift.steps === 0) {
    const { feast: _, ...fields } = reading
    return reading.feast === undefined ? { ...fields, from, direction: 0 } : { from, end, feast, year: now.year }
  }
  let days = nearestFeast(feast, now, shift.steps)
  if (shift.steps === 2 || shift.steps === -2)
    days = nearestFeast(feast, { ...now, ...dayOf(days + shift.steps / 2) }, shift.steps)
  return dayReading(from, end, days)
}

/** The next, last or this such month: the first one ahead, the last one passed, the one of this year. */
function shiftedMonth(now: LocalNow, from: number, end: number, month: number, steps: number): DateReading {
  let { year } = now
  if (steps > 0) year += (month > now.month ? 0 : 1) + (steps - 1)
  else if (steps < 0) year += steps
  return { from, end, year, month, relative: true }
}

/** "next year IN APRIL", "el año que viene EN ABRIL": the month of a year that was shifted, with its day where it was said. */
function withMonthOf(utterance: Utterance, reading: DateReading, dateAt: Reads | undefined): DateReading {
  const { scan } = utterance
  if (reading.month !== undefined && reading.day === undefined) return dateAt ? withDayOf(utterance, reading, dateAt) : reading
  if (reading.month !== undefined || reading.year === undefined) return reading
  const linked = afterLinks(scan, dateWordsOf(utterance.lexicon), reading.end)
  const at = scan.wordAt(linked).month < 0 && scan.wordAt(linked).as & AS.common ? linked + 1 : linked
  const { month, as } = scan.wordAt(at)
  if (month > 0) {
    const day = scan.kindAt(at + 1) === KIND.word ? undefined : dateAt?.(utterance, at)
    if (day?.day !== undefined && day.year === undefined)
      return { from: reading.from, end: day.end, year: reading.year, month, day: day.day }
    return at > reading.end || !(as & AS.soft) ? { ...reading, end: at + 1, month } : reading
  }
  const date = at > reading.end ? dateAt?.(utterance, at) : undefined
  if (date?.day === undefined || date.month === undefined || date.year !== undefined || date.relative) return reading
  return { from: reading.from, end: date.end, year: reading.year, month: date.month, day: date.day }
}

/** "next month ON THE 3RD", "il mese prossimo IL TRE": the day of a month that was shifted. */
function withDayOf(utterance: Utterance, reading: DateReading, dateAt: Reads): DateReading {
  const { scan } = utterance
  const next = reading.end + (scan.at(reading.end) === ',' ? 1 : 0)
  if (reading.year === undefined || next >= scan.size) return reading
  const link = joinAt(scan, dateWordsOf(utterance.lexicon), next) & JOIN.link && !(scan.wordAt(next).is & IS.article)
  const date = dateAt(utterance, link ? next + 1 : next)
  if (date?.day === undefined || date.month !== undefined || date.weak || date.relative || date.weekday) return reading
  return { ...reading, end: date.end, day: date.day }
}

type Reads = (utterance: Utterance, i: number) => DateReading | undefined

export function period(now: LocalNow, from: number, end: number, unit: string, steps: number): DateReading {
  if (unit === 'year') return { from, end, year: now.year + steps, relative: true }
  const index = now.year * 12 + now.month - 1 + steps
  return { from, end, year: Math.floor(index / 12), month: (index % 12) + 1, relative: true }
}

/** "venerdì prossimo", "the month after next", "march after next", "la Pâques suivante", "l'année prochaine". */
function nounShiftedAt(utterance: Utterance, from: number, i: number): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  const word = scan.wordAt(i)
  const feast = feastAt(utterance, i)
  const at = feast === undefined ? i + 1 : feast.end
  if (feast === undefined && !(word.is & (IS.unit | IS.month))) return undefined
  const than = joinAt(scan, words, at)
  const thanEnd = joined.end
  let shift = than & JOIN.thanNext ? { steps: 2, nearest: false, end: thanEnd } : shiftAt(scan, words, at)
  if (shift === undefined) return undefined
  if (scan.wordAt(shift.end).unit === 'year') return undefined
  if (feast !== undefined) return shiftedFeast(utterance, from, { ...feast, end: shift.end }, shift)
  if (word.month > 0) return shift.steps === 0 ? undefined : shiftedMonth(now, from, shift.end, word.month, shift.steps)
  if (word.unit === 'month' || word.unit === 'year') {
    const again = scan.wordAt(shift.end).unit
    if (again === word.unit) shift = { ...shift, end: shift.end + 1 }
    return period(now, from, shift.end, word.unit, shift.steps)
  }
  return word.unit === 'day' ? dayReading(from, shift.end, today(now) + shift.steps) : undefined
}

/** "the rest of the month", "für das Jahr", "later this year": the month or year in hand. */
export function vaguePeriodAt(utterance: Utterance, from: number): DateReading | undefined {
  const { scan, now } = utterance
  const words = dateWordsOf(utterance.lexicon)
  if (!(joinAt(scan, words, from) & JOIN.within)) return undefined
  let at = joined.end
  let definite = at > from && (scan.wordAt(at - 1).is & IS.article) !== 0
  while (scan.wordAt(at).is & IS.article && at - joined.end < 2) {
    definite = true
    at++
  }
  const { unit } = scan.wordAt(at)
  const lead = scan.wordAt(from).is & (IS.within | IS.of | IS.at)
  if ((!definite && lead !== 0) || (unit !== 'month' && unit !== 'year')) return undefined
  if (shiftAt(scan, words, at + 1) !== undefined || shiftAt(scan, words, at - 1) !== undefined) return undefined
  const next = scan.wordAt(at + 1)
  if (next.month > 0 || scan.kindAt(at + 1) === KIND.number || next.is & (IS.cardinal | IS.of)) return undefined
  const reading = period(now, at, at + 1, unit, 0)
  reading.vague = true
  return reading
}
