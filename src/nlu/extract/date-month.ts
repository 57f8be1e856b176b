import { AS, HOW, IS, JOIN } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { amountAt } from './date-distance.ts'
import { shiftedYearAt } from './date-feasts.ts'
import type { DateReading } from './date-reading.ts'
import { dateWordsOf, joinAt, joined } from './date-words.ts'
import { isMark } from './time-hour.ts'
import type { Utterance } from './utterance.ts'
import { type Year, yearAt } from './year.ts'

/** Marks and words that may stand between a day, its month and its year. */
export function skipJoint(scan: Scan, i: number): number {
  let at = i
  let mark = scan.at(at)
  if (mark === '.' && (scan.at(at + 1) === ',' || scan.at(at + 1) === 'º' || scan.at(at + 1) === '°')) at++
  if (scan.at(at) === 'º' || scan.at(at) === '°') at++
  mark = scan.at(at)
  if (mark === ',' || mark === '.' || mark === '-' || mark === '/') at++
  if (scan.wordAt(at).is & IS.of && scan.wordAt(at).month < 0) at++
  return at
}

/** A year that leads: "2018 March 18", "2020/23/sep", "2016, november"; alone it is weak unless announced. */
export function yearLed(utterance: Utterance, from: number, at: number, year: Year): DateReading {
  const { scan } = utterance
  const reading: DateReading = { from, end: year.end, year: year.value }
  if (year.two) reading.twoFigures = true
  const joint = skipJoint(scan, year.end)
  const mark = scan.at(year.end)
  if (
    (mark === '/' || mark === '-') &&
    scan.numberAt(joint) <= 31 &&
    scan.at(joint + 1) === mark &&
    scan.wordAt(joint + 2).month > 0
  ) {
    const end = joint + 3
    return { from, end, year: year.value, month: scan.wordAt(joint + 2).month, day: scan.numberAt(joint) }
  }
  const word = scan.wordAt(joint)
  if (word.month > 0) {
    reading.month = word.month
    reading.end = joint + 1
    const dayAt = skipJoint(scan, joint + 1)
    if (
      (ordinalAt(scan, dayAt) || cardinalAt(scan, dayAt)) &&
      found.value >= 1 &&
      found.value <= 31 &&
      !isClock(scan, found.end)
    ) {
      reading.day = found.value
      reading.end = found.end
    }
  } else if (!announced(utterance, at) && !isGermanYear(utterance, at, year)) reading.weak = true
  return reading
}

/** "ich bin 1997 hierher gezogen": German says years without a preposition; a noun behind it would be counted. */
function isGermanYear({ scan, lexicon }: Utterance, at: number, year: Year): boolean {
  if (lexicon.language !== 'de' || year.value < 1900 || year.value > 2099 || scan.kindAt(at) !== KIND.number) return false
  if (at === 0 || scan.kindAt(at - 1) !== KIND.word || scan.kindAt(year.end) !== KIND.word || scan.touches(at)) return false
  if (isCapital(scan, at - 1) && at > 1) return false
  const next = scan.wordAt(year.end)
  return !isCapital(scan, year.end) && next.unit === '' && !(next.is & (IS.currency | IS.scale | IS.oclock | IS.cardinal))
}

/** Whether a word is written as a noun is in German. */
export function isCapital(scan: Scan, i: number): boolean {
  const letter = scan.text.charAt(scan.startOf(i))
  return letter !== letter.toLowerCase()
}

/** "the year 247", "l'année deux cent soixante-sept": any year, where it is called one. */
export function yearNamed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  let i = from
  while (i < from + 2 && scan.wordAt(i).is & (IS.article | IS.within | IS.of | IS.at) && scan.wordAt(i).unit === '') i++
  if (scan.wordAt(i).unit !== 'year') return undefined
  let at = i + 1
  if (scan.wordAt(at).is & (IS.of | IS.article) && !(scan.wordAt(at).is & IS.cardinal)) at++
  const year = yearAt(scan, at, true)
  if (year !== undefined)
    return year.two ? { from, end: year.end, year: year.value, twoFigures: true } : { from, end: year.end, year: year.value }
  if (!cardinalAt(scan, at) || found.value < 100 || found.value > 999 || !Number.isInteger(found.value)) return undefined
  return { from, end: found.end, year: found.value }
}

/** "au mois de 11, 2016": a month by its number, where it is called one and a year follows. */
export function monthNumbered(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  if (scan.wordAt(from).unit !== 'month') return undefined
  const at = scan.wordAt(from + 1).is & IS.of ? from + 2 : from + 1
  if (!cardinalAt(scan, at) || found.value < 1 || found.value > 12) return undefined
  const reading: DateReading = { from, end: found.end, month: found.value }
  addYear(utterance, reading, found.end)
  return reading.year === undefined ? undefined : reading
}

/** Whether "in", "nel", "of" or a word like "year" stands before a year. */
export function announced(utterance: Utterance, at: number): boolean {
  const { scan } = utterance
  const before = scan.wordAt(at - 1)
  if (before.how & HOW.a) return false
  if ((before.is & (IS.within | IS.of | IS.article | IS.at)) !== 0 || before.unit === 'year' || scan.at(at - 1) === '=')
    return true
  const words = dateWordsOf(utterance.lexicon)
  const last = scan.at(at - 1) === '-' ? at - 1 : at
  for (let from = last - 1; from >= Math.max(0, last - 3); from--) {
    const bits = joinAt(scan, words, from)
    if (bits & (JOIN.within | JOIN.link | JOIN.after) && joined.end === last) return true
  }
  return false
}

export function addYear(utterance: Utterance, reading: DateReading, from: number): void {
  const { scan } = utterance
  let at = skipJoint(scan, from)
  const timed = (scan.wordAt(at).is & IS.at) !== 0
  if (scan.wordAt(at).is & (IS.article | IS.within | IS.at) && !(scan.wordAt(at).is & IS.cardinal)) at++
  if (scan.wordAt(at).unit === 'year') at++
  const year = yearAt(scan, at, true)
  if (year === undefined) return
  if (year.two && (timed || isClock(scan, year.end))) return
  if (isRatherTime(utterance, at, year)) return
  if (year.two && scan.at(at - 1) === ',' && scan.kindAt(at) === KIND.number && goesOn(scan, year.end)) return
  const era = joinAt(scan, dateWordsOf(utterance.lexicon), year.end) & JOIN.era ? joined.end : 0
  reading.year = year.value
  if (year.two && era === 0) reading.twoFigures = true
  if (year.guessed) reading.guessed = true
  reading.end = era > 0 ? era : year.end
}

/** "march 5 1030", "5 marzo 10" where a time is asked as well: figures that are an hour and a year of no one's. */
export function isRatherTime({ scan, request }: Utterance, at: number, year: Year): boolean {
  if (scan.kindAt(at) !== KIND.number || year.end > at + 1 || scan.kindAt(at - 1) === KIND.mark) return false
  const figures = scan.numberAt(at)
  const hour = year.two ? figures <= 24 && year.value === figures : figures < 1800 && figures % 100 < 60
  if (!hour) return false
  return request.expectations.slots.some(({ type }) => type === 'time' || type === 'date-time')
}

/** Whether figures that end before token `i` are an hour: "March 5 10 AM", "5 mars 16H", "5 marzo 18 ORE". */
export function isClock(scan: Scan, i: number): boolean {
  if (isTimeMark(scan, i) || isMark(scan, i) || scan.wordAt(i).unit === 'hour') return true
  const letter = scan.at(i)
  return (letter === 'a' || letter === 'p') && (scan.at(i + 1) === 'm' || (scan.at(i + 1) === '.' && scan.at(i + 2) === 'm'))
}

/** "July 1st, 17 times": what is counted is no year. */
function goesOn(scan: Scan, i: number): boolean {
  return scan.kindAt(i) === KIND.word || (scan.kindAt(i) === KIND.mark && scan.kindAt(i + 1) === KIND.word && scan.at(i) !== ',')
}

export function addWeekday(scan: Scan, reading: DateReading): DateReading {
  const at = scan.at(reading.end) === ',' ? reading.end + 1 : reading.end
  const word = scan.wordAt(at)
  if (word.weekday > 0 && !(word.as & AS.soft) && !(word.is & IS.month)) {
    reading.weekday = word.weekday
    reading.end = at + 1
  }
  return reading
}

/** "december 1980", "December the 14th, 1980", "dicembre 14", "Sep-23-2020", "september-2020-23", "june next year". */
export function monthLed(utterance: Utterance, from: number): DateReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(from)
  const reading: DateReading = { from, end: from + 1, month: word.month }
  const dotted = scan.at(from + 1) === '.' && scan.touches(from + 1) ? from + 2 : from + 1
  const mark = scan.at(dotted)
  let at = mark === ',' || mark === '-' || mark === '/' ? dotted + 1 : dotted
  const away = awayYear(utterance, from, dotted)
  if (away !== undefined) return away
  if (scan.wordAt(at).is & IS.article && !(scan.wordAt(at).is & IS.of)) at++
  const short = scan.kindAt(at) === KIND.number ? yearAt(scan, at, false) : undefined
  if (short?.two) return { ...reading, year: short.value, twoFigures: true, end: short.end }
  const isDay = ordinalAt(scan, at) || (cardinalAt(scan, at) && (scan.kindAt(at) !== KIND.number || scan.at(at).length <= 2))
  if (isDay && found.value >= 1 && found.value <= 31 && !isClock(scan, found.end)) {
    const day = found.value
    const dayEnd = found.end
    const full = yearAt(scan, skipJoint(scan, dayEnd), false)
    const pair = full === undefined ? yearAt(scan, at, false) : undefined
    if (pair !== undefined && scan.kindAt(at) === KIND.word) return { ...reading, year: pair.value, end: pair.end }
    reading.day = day
    reading.end = dayEnd
    if (scan.wordAt(reading.end).unit === 'day') return { ...reading, weak: true }
    addYear(utterance, reading, dayEnd)
    return addWeekday(scan, reading)
  }
  addYear(utterance, reading, dotted)
  if (
    reading.year !== undefined &&
    (mark === '-' || mark === '/') &&
    scan.at(reading.end) === mark &&
    scan.numberAt(reading.end + 1) <= 31
  ) {
    reading.day = scan.numberAt(reading.end + 1)
    reading.end += 2
  }
  if (reading.year === undefined && word.as & AS.soft && !isMonthAnnounced(utterance, from)) reading.weak = true
  return reading
}

/** "in may", "fin mars"; an English article makes no month of "the apr". */
function isMonthAnnounced(utterance: Utterance, from: number): boolean {
  const before = utterance.scan.wordAt(from - 1)
  const article = before.is & IS.article && !(before.is & (IS.of | IS.within | IS.at))
  return announced(utterance, from) && !(article && utterance.lexicon.language === 'en')
}

/** "june next year", "March of last year", "March in 1 year". */
function awayYear(utterance: Utterance, from: number, i: number): DateReading | undefined {
  const { scan, now } = utterance
  const { month } = scan.wordAt(from)
  const shifted = shiftedYearAt(utterance, i)
  if (shifted !== undefined) return { from, end: shifted.end, month, year: shifted.year, relative: true }
  const words = dateWordsOf(utterance.lexicon)
  if (!(joinAt(scan, words, i) & JOIN.ahead)) return undefined
  const amount = amountAt(utterance, joined.end)
  if (amount === undefined || !amount.coarse || amount.months % 12 !== 0) return undefined
  return { from, end: amount.end, month, year: now.year + amount.months / 12, relative: true }
}

function isTimeMark(scan: Scan, i: number): boolean {
  return (scan.at(i) === ':' && scan.touches(i)) || (scan.wordAt(i).is & (IS.am | IS.pm | IS.oclock)) !== 0
}
