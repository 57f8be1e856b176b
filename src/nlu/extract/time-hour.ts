import { AS, HOW, IS, WHEN } from '../lexicon/roles.ts'
import { wordsAt } from '../text/number-words.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { settleHalf, type TimeReading } from './time-reading.ts'
import { zoneAt } from './time-zone.ts'

// Small pieces of clock times. Those that find something set `found.value` and `found.end`, as the readers of numbers do.

export function isAt(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).is & IS.at) !== 0 || (scan.at(i) === '@' && !scan.touches(i)) || scan.at(i) === '~'
}

/** The token after "at", articles and "of" from token `i`: what may stand between "past" and the hour. */
export function skipSmall(scan: Scan, from: number): number {
  let i = from
  while (
    i < scan.size &&
    i < from + 4 &&
    (scan.wordAt(i).is & (IS.article | IS.at | IS.of) || scan.wordAt(i).when & WHEN.joint)
  ) {
    if (scan.wordAt(i).as & AS.oneOclock && !(scan.wordAt(i + 1).is & IS.cardinal) && scan.kindAt(i + 1) !== KIND.number) break
    if (scan.wordAt(i).is & IS.cardinal || scan.wordAt(i).how & HOW.one) break
    i++
  }
  return i
}

/** An hour in words from token `i`, 0 to 24: "seven", "vingt et une", "veintidós"; a one that may be an article needs a sign. */
export function hourWordsAt(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.as & AS.oneOclock || (word.how & HOW.one && !(word.is & IS.cardinal))) return oneAt(scan, i)
  if (!(word.is & IS.cardinal)) return false
  if (word.how & HOW.one && !oneAt(scan, i)) return false
  if (!wordsAt(scan, i) || scan.wordAt(found.end - 1).is & IS.scale) return false
  const joined = word.cardinal >= 10 && (scan.wordAt(i + 1).is & IS.and) !== 0 && !(scan.wordAt(found.end - 1).how & HOW.one)
  if (found.value <= 24 && !joined) return true
  if (word.cardinal > 24 || !(scan.wordAt(i + 1).is & IS.and)) return false
  found.value = word.cardinal
  found.end = i + 1
  return true
}

/** "all'una", "la une", "un' e mezza": a one only where an hour is announced or goes on. */
function oneAt(scan: Scan, i: number): boolean {
  const next = scan.wordAt(i + 1)
  const before = scan.wordAt(i - 1)
  const firm = !(before.when & WHEN.softAt) || (scan.wordAt(i).as & AS.oneOclock) !== 0
  const relative = (before.is & (IS.to | IS.past | IS.half | IS.quarter)) !== 0
  const announced = relative || (firm && (before.is & IS.at) !== 0) || isLa(scan, i - 1)
  const goesOn = (scan.wordAt(i).as & AS.oneOclock) !== 0 && (next.is & (IS.and | IS.minus)) !== 0 && fractionAt(scan, i + 2) > 0
  const counts = next.unit !== '' || (next.is & IS.of) !== 0 || nounFollows(scan, i + 1)
  if (!(announced && !counts) && !goesOn && !isHourAfter(scan, i)) return false
  found.value = 1
  found.end = i + 1
  return true
}

/** Whether what follows a one makes it an hour: "one p.m.", "one fifteen", "une heure", "one in the morning", nothing else. */
function isHourAfter(scan: Scan, i: number): boolean {
  const at = i + 1
  if (isMark(scan, at) || oclockEnd(scan, at) > at || scan.wordAt(at).is & (IS.am | IS.pm) || ofPart(scan, at)) return true
  if ((scan.at(at) === 'a' || scan.at(at) === 'p') && isM(scan, at)) return true
  if (!(scan.wordAt(i).is & IS.cardinal) || scan.wordAt(i).is & IS.article) return false
  return minutesAt(scan, at, false) || (i === 0 && (at >= scan.size || (scan.wordAt(at).as & AS.filler) !== 0))
}

/** "one IN THE MORNING", "une DU MATIN": a small word and a part of the day. */
function ofPart(scan: Scan, i: number): boolean {
  if (!(scan.wordAt(i).is & (IS.of | IS.within)) && !(scan.wordAt(i).when & WHEN.joint)) return false
  const at = scan.wordAt(i + 1).is & IS.article ? i + 2 : i + 1
  return (scan.wordAt(at).is & IS.dayTime) !== 0
}

function isLa(scan: Scan, i: number): boolean {
  return scan.at(i) === 'la' || scan.at(i) === 'l'
}

/** Whether token `i` is "Uhr", "heures", "o'clock". */
export function isMark(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  const oclock = (word.is & IS.oclock) !== 0 && !(word.is & IS.point)
  return oclock || (word.when & WHEN.hourMark) !== 0
}

/** The token after "o'clock", "en punto", "in punto" at `i`, or `i`. */
export function oclockEnd(scan: Scan, i: number): number {
  if (scan.wordAt(i).is & IS.oclock && !(scan.wordAt(i).is & IS.point)) return i + 1
  const joins = scan.at(i) === 'o' || (scan.wordAt(i).is & IS.within) !== 0
  return joins && scan.wordAt(i + 1).is & IS.oclock ? i + 2 : i
}

/** Minutes said as such from token `from`: "half", "un quarto", "tre quarti", "twenty", "quinze minutes"; 0 for none. */
export function fractionAt(scan: Scan, from: number): number {
  const first = scan.wordAt(from)
  const isSmall = (first.is & IS.article) !== 0 || (first.how & HOW.one) !== 0
  const i = isSmall && scan.wordAt(from + 1).is & (IS.half | IS.quarter) ? from + 1 : from
  const word = scan.wordAt(i)
  found.end = i + 1
  if (word.when & WHEN.threeQuarters) return 45
  if (word.is & IS.half) return 30
  if (word.is & IS.quarter) return 15
  if (!cardinalAt(scan, i)) {
    if (!(word.how & HOW.one) || !isMinute(scan, i + 1)) return 0
    found.end = i + 2
    return 1
  }
  const minutes = found.value
  if (minutes === 3 && scan.wordAt(found.end).is & IS.quarter) {
    found.end++
    return 45
  }
  if (minutes < 1 || minutes > 59) return 0
  const { unit } = scan.wordAt(found.end)
  if (isMinute(scan, found.end)) found.end++
  else if (unit !== '' && !(scan.wordAt(found.end).when & WHEN.hourMark)) return 0
  return minutes
}

/** "minutes", "min", "mn". */
export function isMinute(scan: Scan, i: number): boolean {
  const text = scan.at(i)
  return scan.wordAt(i).unit === 'minute' || text === 'min' || text === 'mins' || text === 'mn'
}

/** Whether the fraction that ends before token `end` was named as minutes or as a fraction, not only as a number. */
export function isNamedFraction(scan: Scan, end: number): boolean {
  const word = scan.wordAt(end - 1)
  return isMinute(scan, end - 1) || (word.is & (IS.half | IS.quarter)) !== 0 || (word.when & WHEN.threeQuarters) !== 0
}

/** Minutes right after an hour: "eight nineteen", "3 20", "eight oh five", "acht Uhr sieben"; `loose` after a mark such as "Uhr". */
export function minutesAt(scan: Scan, i: number, loose: boolean): boolean {
  if (scan.wordAt(i).is & IS.zero) {
    const unit = scan.wordAt(i + 1).cardinal
    if (unit >= 0 && unit <= 9 && scan.kindAt(i + 1) === KIND.word) {
      found.value = unit
      found.end = i + 2
      return true
    }
  }
  const figures = scan.kindAt(i) === KIND.number
  if (figures && (scan.at(i).length > 2 || (scan.at(i).length !== 2 && !loose))) return false
  if (scan.wordAt(i).is & (IS.minus | IS.scale) || !cardinalAt(scan, i) || found.value > 59) return false
  return (loose || figures || found.value >= 10) && !takenByNoun(scan, found.end)
}

const COUNTED = '%€$£¢¥₹'

/** Whether the number that begins at token `i` is money or part of a longer number. */
export function followsCount(scan: Scan, i: number): boolean {
  const { is } = scan.wordAt(i - 1)
  const mark = scan.at(i - 1)
  if (is & IS.oclock && isAt(scan, i - 2)) return false
  return (is & (IS.cardinal | IS.scale | IS.point | IS.currency)) !== 0 || (mark !== '' && COUNTED.includes(mark))
}

/** Whether the number that ends before token `i` counts something else: "20 euros", "20 May", "20 %", "20/3", "20h". */
export function takenByNoun(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.is & (IS.month | IS.currency | IS.scale | IS.point) || (word.unit !== '' && word.unit !== 'minute')) return true
  if (isMark(scan, i)) return true
  const mark = scan.at(i)
  if (COUNTED.includes(mark) && mark !== '') return true
  const joins = mark === '/' || mark === '-' || mark === '.' || mark === ',' || mark === ':'
  return joins && scan.touches(i) && scan.touches(i + 1) && scan.kindAt(i + 1) === KIND.number
}

/** Whether a word that is no grammar follows: "7 people". */
export function nounFollows(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) !== KIND.word) return false
  const word = scan.wordAt(i)
  return (
    word.is === 0 && word.when === 0 && zoneAt(scan, i) === undefined && !(word.as & (AS.common | AS.filler | AS.copula | AS.not))
  )
}

/** "am", "p.m.", "p m", "7p", "7ampm": settles the half of the day and takes its tokens. */
export function takeHalfDay(scan: Scan, reading: TimeReading, letters: boolean): boolean {
  const start = scan.at(reading.end) === '.' && scan.touches(reading.end) ? reading.end + 1 : reading.end
  const i = scan.wordAt(start).is & IS.within && scan.wordAt(start + 1).is & IS.article ? start + 2 : start
  const word = scan.wordAt(i)
  const text = scan.at(i)
  if (text === 'ampm') {
    reading.end = i + 1
    reading.weak = false
    return true
  }
  const pair = (text === 'a' || text === 'p') && isM(scan, i)
  const glued = (text === 'am' || text === 'pm') && scan.touches(i)
  const lettered = (text === 'p' || (text === 'a' && letters)) && scan.touches(i) && scan.kindAt(i + 1) !== KIND.number
  const letter = lettered && (reading.hasMinutes || text === 'p' || isAt(scan, reading.from - 1))
  if (!(word.is & (IS.am | IS.pm)) && !pair && !glued && !letter) return false
  reading.end = pair ? endOfM(scan, i) : i + 1
  if (scan.at(reading.end) === '.' && scan.touches(reading.end) && reading.end < scan.size - 1 && isDotted(scan, i)) reading.end++
  settleHalf(reading, (word.is & IS.pm) !== 0 || text.startsWith('p'))
  return true
}

function isDotted(scan: Scan, i: number): boolean {
  return scan.at(i).length === 1
}

/** The "m" of "p.m." or "p m" after token `i`. */
function isM(scan: Scan, i: number): boolean {
  return scan.at(i + 1) === 'm' || (scan.at(i + 1) === '.' && scan.at(i + 2) === 'm')
}

function endOfM(scan: Scan, i: number): number {
  const m = scan.at(i + 1) === 'm' ? i + 1 : i + 2
  return scan.at(m + 1) === '.' && scan.touches(m + 1) ? m + 2 : m + 1
}
