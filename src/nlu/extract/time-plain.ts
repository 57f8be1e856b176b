import { IS, WHEN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isMark } from './time-hour.ts'
import type { TimeReading } from './time-reading.ts'

/**
 * Whether a time that nobody asked for is one beyond doubt: not the length of a stay ("3 nights"), a year ("from 2019"), or the
 * first number of a range that counts something else ("from 5 to 23 January", "5 to 10 minutes").
 */
export function isPlainTime(scan: Scan, reading: TimeReading): boolean {
  if (isNights(scan, reading) || isTitle(scan, reading) || isBareFrench(scan, reading)) return false
  if (reading.hasMinutes && !isYear(scan, reading)) return !isMinutesRange(scan, reading)
  return !isYear(scan, reading) && !isRangeOfOther(scan, reading)
}

/** "a four night stay": an hour right before "night", not announced as one. */
function isNights(scan: Scan, reading: TimeReading): boolean {
  const at = reading.from + 1
  if (reading.hasMinutes || reading.lead !== reading.from || at >= reading.end) return false
  return (scan.wordAt(at).is & IS.dayTime) !== 0 && !(scan.wordAt(at).is & (IS.am | IS.pm))
}

/** "the midnight series": noon and midnight before a noun are part of its name. */
function isTitle(scan: Scan, reading: TimeReading): boolean {
  const { from, end } = reading
  if (end - from !== 1 || !(scan.wordAt(from).is & (IS.noon | IS.midnight)) || reading.lead !== from) return false
  const next = scan.wordAt(end)
  return scan.kindAt(end) === KIND.word && next.is === 0 && next.as === 0 && next.when === 0
}

/** Nobody says an hour in French without "heures": "supérieur à 3", "un des deux". */
function isBareFrench(scan: Scan, reading: TimeReading): boolean {
  if (scan.lexicon.language !== 'fr' || reading.hasMinutes) return false
  for (let i = reading.from; i < reading.end; i++) {
    const word = scan.wordAt(i)
    if (isMark(scan, i) || word.unit === 'hour' || word.is & (IS.noon | IS.midnight | IS.am | IS.pm)) return false
  }
  return true
}

/** "from 2009", "since 1998". */
function isYear(scan: Scan, reading: TimeReading): boolean {
  if (reading.end - reading.from !== 1 || scan.at(reading.from).length !== 4) return false
  const value = scan.numberAt(reading.from)
  return value >= 1900 && value <= 2099 && (scan.wordAt(reading.from - 1).when & WHEN.softAt) !== 0
}

/** "5 to 10 minutes late": a range of minutes, not ten to five. */
function isMinutesRange(scan: Scan, reading: TimeReading): boolean {
  const { end } = reading
  return scan.wordAt(end).unit !== '' && !reading.settled && !(scan.wordAt(end).is & (IS.am | IS.pm | IS.oclock | IS.dayTime))
}

/** The hour of "from 5 to 23 January": what the range ends with is no hour. */
function isRangeOfOther(scan: Scan, { end }: TimeReading): boolean {
  const dash = scan.at(end) === '-'
  if (!dash && !(scan.wordAt(end).is & (IS.to | IS.and | IS.at)) && !(scan.wordAt(end).when & WHEN.softTo)) return false
  const at = end + 1
  if (scan.kindAt(at) !== KIND.number && !(scan.wordAt(at).is & IS.cardinal)) return false
  if (scan.numberAt(at) > 24) return true
  let after = at + 1
  while (scan.wordAt(after).as && scan.wordAt(after).is & IS.of) after++
  const word = scan.wordAt(after)
  return (word.is & (IS.month | IS.currency)) !== 0 || (word.unit !== '' && !(word.is & IS.oclock))
}
