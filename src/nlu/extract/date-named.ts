import { AS, HOW, IS, JOIN } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { shiftedYearAt } from './date-feasts.ts'
import { numericDateAt } from './date-figures.ts'
import { addWeekday, addYear, announced, skipJoint, yearLed } from './date-month.ts'
import type { DateReading } from './date-reading.ts'
import { shiftedAt } from './date-shift.ts'
import { spokenFiguresAt } from './date-spoken.ts'
import { dateWordsOf, joinAt, joined } from './date-words.ts'
import type { Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

const CURRENCIES = '$€£¢¥%'

/** "$10", "10 €", ".08": figures that are an amount. */
function isAmount(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.number) return false
  const before = scan.at(i - 1)
  if (
    before !== '' &&
    scan.kindAt(i - 1) === KIND.mark &&
    (CURRENCIES.includes(before) || (before === '.' && scan.touches(i) && i === 1))
  )
    return true
  const after = scan.at(i + 1)
  return scan.kindAt(i + 1) === KIND.mark ? CURRENCIES.includes(after) : (scan.wordAt(i + 1).is & IS.currency) !== 0
}

/** "14 dicembre 1980", "the 14th of December", "the 14th", "fourteen december"; a number alone is weak. */
export function dayLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  let i = from
  if (scan.wordAt(i).how & HOW.one && scan.wordAt(i - 1).how & HOW.pronoun) return undefined
  if (isAmount(scan, i)) return undefined
  const article =
    (scan.wordAt(i).is & IS.article) !== 0 &&
    !(scan.wordAt(i).how & (HOW.a | HOW.one)) &&
    !(scan.wordAt(i).is & IS.ordinal && ordinalAt(scan, i))
  if (article) i++
  if (article && scan.wordAt(i).is & IS.article && scan.kindAt(i + 1) === KIND.number) i++
  const figures = article && scan.kindAt(i) === KIND.number ? numericDateAt(utterance, i) : undefined
  if (figures !== undefined) return { ...figures, from }
  const named = scan.wordAt(i).unit === 'day' && i + 1 < scan.size
  if (named) i++
  const ordinal = ordinalAt(scan, i) || splitOrdinalAt(scan, i)
  if (!ordinal && !cardinalAt(scan, i)) return undefined
  const day = found.value
  const dayEnd = found.end
  if (day >= 1 && day <= 31) {
    const whole = withMonth(utterance, from, day, dayEnd, ordinal)
    if (whole !== undefined) return whole
  }
  const spoken = spokenFiguresAt(utterance, from, i, day, dayEnd, ordinal)
  if (spoken !== undefined) return spoken
  if (!ordinal) {
    const year = yearAt(scan, i, false)
    if (year !== undefined) return yearLed(utterance, from, i, year)
  }
  if (!ordinal && day > 31 && day < 100) return shortYear(utterance, from, i, day, dayEnd)
  if (day < 1 || day > 31 || !Number.isInteger(day)) return undefined
  return dayAlone(utterance, from, i, day, dayEnd, ordinal, article || named)
}

/** "born in fifty nine", "nel cinquantanove": two figures of a year, where nothing else is counted. */
function shortYear(utterance: Utterance, from: number, i: number, year: number, end: number): DateReading | undefined {
  const { scan } = utterance
  if (!announced(utterance, i) || scan.kindAt(end) === KIND.word || scan.touches(end)) return undefined
  return { from, end, year, twoFigures: true, weak: true }
}

/** "vier und zwanzigster": an ordinal in three words, of which the tens carry the ending. */
function splitOrdinalAt(scan: Scan, i: number): boolean {
  const { cardinal, how } = scan.wordAt(i)
  const unit = how & HOW.one ? 1 : cardinal
  if (unit < 1 || unit > 9 || !(scan.wordAt(i + 1).how & HOW.unitAnd) || !ordinalAt(scan, i + 2)) return false
  if (found.value !== 20 && found.value !== 30) return false
  found.value += unit
  return true
}

/** The day with the month that follows it, and the year after that. */
function withMonth(utterance: Utterance, from: number, day: number, dayEnd: number, ordinal: boolean): DateReading | undefined {
  const { scan } = utterance
  const words = dateWordsOf(utterance.lexicon)
  let at = skipJoint(scan, dayEnd)
  if (scan.wordAt(at).unit === 'day' && (ordinal || at > dayEnd)) at = skipJoint(scan, at + 1)
  if (scan.wordAt(at).unit === 'month' && scan.wordAt(at + 1).is & IS.of) at += 2
  else if (scan.wordAt(at).unit === 'month' && at > dayEnd && scan.wordAt(at + 1).month > 0) at++
  if (scan.at(at) === '(') at++
  const word = scan.wordAt(at)
  if (word.month > 0 && !(word.as & AS.soft && word.is & IS.ago)) {
    const reading: DateReading = { from, end: at + 1, day, month: word.month }
    const misheard = monthAgain(utterance, reading, at + 1)
    if (misheard !== undefined) return misheard
    const afterYear = shiftedYearAt(utterance, at + 1)
    if (afterYear !== undefined) return { ...reading, end: afterYear.end, year: afterYear.year }
    addYear(utterance, reading, at + 1)
    if (scan.at(reading.end) === '.' && scan.touches(reading.end) && reading.end === at + 1) addYear(utterance, reading, at + 2)
    return addWeekday(scan, reading)
  }
  const numbered = monthByNumber(utterance, from, day, dayEnd, ordinal)
  if (numbered !== undefined) return numbered
  const yearFirst = yearBetween(scan, from, day, dayEnd)
  if (yearFirst !== undefined) return yearFirst
  for (const start of [at, dayEnd]) {
    const ofMonth = start < scan.size ? shiftedAt(utterance, start, () => undefined) : undefined
    if (ofMonth?.month !== undefined && ofMonth.day === undefined) return { ...ofMonth, from, day }
  }
  if (at > dayEnd && (scan.wordAt(at - 1).is & IS.of || scan.wordAt(at).is & IS.article)) {
    const month = scan.wordAt(at).is & IS.article ? at + 1 : at
    if (scan.wordAt(month).unit === 'month' && scan.wordAt(month - 1).is & IS.article && joinAt(scan, words, month + 1) === 0)
      return { from, end: month + 1, day, month: utterance.now.month, year: utterance.now.year, relative: true }
  }
  return undefined
}

/**
 * "the 19th of May 9th 1990", as "of the 9th" is heard in English: the month by its number, or the one that was heard. After
 * another month ("14 December 8th 1955") the ordinal is a slip.
 */
function monthAgain(utterance: Utterance, reading: DateReading, i: number): DateReading | undefined {
  const { scan } = utterance
  const { day, month } = reading
  if (scan.kindAt(i) !== KIND.number || !ordinalAt(scan, i) || found.value < 1 || found.value > 31) return undefined
  const second = found.value
  const year = yearAt(scan, found.end, false)
  if (year === undefined || day === undefined || month === undefined) return undefined
  const { from } = reading
  const heard: DateReading = { from, end: year.end, day, month, year: year.value, guessed: true }
  if (second > 12) return heard
  const ofThe = utterance.lexicon.language === 'en' && (month === 4 || month === 5)
  return ofThe ? { ...heard, month: second, swapped: { month, day } } : { ...heard, swapped: { month: second, day } }
}

/** "23-2020-September". */
function yearBetween(scan: Scan, from: number, day: number, dayEnd: number): DateReading | undefined {
  const mark = scan.at(dayEnd)
  if ((mark !== '-' && mark !== '/') || scan.at(dayEnd + 1).length !== 4 || scan.at(dayEnd + 2) !== mark) return undefined
  const { month } = scan.wordAt(dayEnd + 3)
  return month > 0 ? { from, end: dayEnd + 4, day, month, year: scan.numberAt(dayEnd + 1) } : undefined
}

function dayAlone(
  utterance: Utterance,
  from: number,
  i: number,
  day: number,
  dayEnd: number,
  ordinal: boolean,
  article: boolean,
): DateReading | undefined {
  const { scan } = utterance
  if (!ordinal && !article) return { from, end: dayEnd, day, weak: true }
  if (i > 0 && joinAt(scan, dateWordsOf(utterance.lexicon), i - 1) & JOIN.notDay && joined.end === i) return undefined
  const reading: DateReading = { from, end: dayEnd, day }
  const next = scan.wordAt(dayEnd)
  const figures = scan.kindAt(i) === KIND.number
  const follows = scan.kindAt(dayEnd) === KIND.word && !(next.as & AS.common)
  const touching = scan.touches(dayEnd) && scan.kindAt(dayEnd) !== KIND.mark
  const decimals = scan.touches(dayEnd) && scan.touches(dayEnd + 1) && scan.kindAt(dayEnd + 1) === KIND.number
  if (follows || touching || decimals || next.how & HOW.one || next.is & IS.cardinal || (ordinal && !article && !figures))
    reading.weak = true
  if (!ordinal && day === 1 && !figures) reading.weak = true
  if (next.unit !== '' || scan.at(dayEnd) === ':' || scan.at(dayEnd) === '%' || next.is & (IS.currency | IS.scale | IS.oclock))
    reading.weak = true
  if (dayEnd === scan.size) return reading
  return addWeekday(scan, reading)
}

/** "the 25th of the 1st 1923", "17 del 11", "zwölfter fünfter": the month by its number. */
function monthByNumber(
  utterance: Utterance,
  from: number,
  day: number,
  dayEnd: number,
  ordinal: boolean,
): DateReading | undefined {
  const { scan } = utterance
  const of = (scan.wordAt(dayEnd).is & IS.of) !== 0
  const german = utterance.lexicon.language === 'de'
  let at = dayEnd
  if (of) at = scan.wordAt(dayEnd + 1).is & IS.article ? dayEnd + 2 : dayEnd + 1
  else if (german && (scan.at(at) === '.' || scan.at(at) === '/')) at++
  else if (!ordinal) return undefined
  if (scan.wordAt(at).unit === 'month') at++
  const second = ordinalAt(scan, at)
  if (!second && !cardinalAt(scan, at)) return undefined
  const month = found.value
  let { end } = found
  if (month < 1 || month > 12) return undefined
  if (!second && german && scan.at(end) === '.' && scan.touches(end)) end++
  if (!of && !(german && (second || (scan.at(end - 1) === '.' && ordinal)))) return undefined
  const reading: DateReading = { from, end, day, month }
  addYear(utterance, reading, end)
  if (second || reading.year !== undefined || !ordinal) return scan.wordAt(end).unit === '' ? reading : undefined
  return german ? reading : undefined
}
