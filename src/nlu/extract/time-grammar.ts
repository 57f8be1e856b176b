import { AS, IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import type { Utterance } from './utterance.ts'

/** A time of the day, as it was said. */
export interface TimeReading {
  from: number
  end: number
  hour: number
  minute: number
  /** The hour could be of the morning or of the afternoon. */
  open: boolean
  /** Means a time only where one was asked: "15", "3 20". */
  weak: boolean
  /** Cannot be a time: "25:70". */
  impossible?: boolean
}

const TRIGGERS = IS.cardinal | IS.noon | IS.midnight | IS.half | IS.quarter | IS.at

/** Every time of day in the text, in order, none overlapping. */
export function findTimes(utterance: Utterance): readonly TimeReading[] {
  if (utterance.times !== undefined) return utterance.times
  const { scan } = utterance
  const all: TimeReading[] = []
  if (scan.hasNumber || scan.is & TRIGGERS)
    for (let i = 0; i < scan.size; ) {
      const reading = timeAt(utterance, i)
      if (reading === undefined) i++
      else {
        all.push(reading)
        i = reading.end
      }
    }
  utterance.times = all
  return all
}

function timeAt(utterance: Utterance, from: number): TimeReading | undefined {
  const { scan } = utterance
  let i = from
  const at = isAt(scan, i)
  while (i < scan.size && isAt(scan, i)) i++
  const part = dayTimeAt(scan, i)
  if (part !== undefined && !at) {
    const rest = clockAt(utterance, skipAt(scan, part.end))
    if (rest !== undefined && !rest.weak) return shifted({ ...rest, from }, part.shift)
  }
  const reading = clockAt(utterance, i)
  if (reading === undefined) return undefined
  reading.from = from
  if (at) reading.weak = reading.weak && followedByNoun(scan, reading.end)
  return withDayTime(scan, reading)
}

function isAt(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).is & IS.at) !== 0
}

function skipAt(scan: Scan, from: number): number {
  let i = from
  while (i < scan.size && (isAt(scan, i) || scan.at(i) === ',')) i++
  return i
}

/** "at 3 pounds": the number belongs to what follows. */
function followedByNoun(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  return (word.is & (IS.unit | IS.currency | IS.month)) !== 0 || scan.at(i) === '%' || (scan.at(i) === '/' && scan.touches(i))
}

function clockAt(utterance: Utterance, i: number): TimeReading | undefined {
  const { scan } = utterance
  const word = scan.wordAt(i)
  if (word.is & IS.noon) return exactly(scan, i, 12)
  if (word.is & IS.midnight) return exactly(scan, i, 0)
  return (
    relativeAt(scan, i) ??
    (scan.kindAt(i) === KIND.number ? figuresAt(scan, i, utterance.lexicon.source.clock.halfDays) : wordsClockAt(scan, i))
  )
}

/** Noon or midnight, and what is added to it ("mezzanotte e mezza"). */
function exactly(scan: Scan, i: number, hour: number): TimeReading {
  return { ...afterHour(scan, { from: i, end: i + 1, hour, minute: 0, open: false, weak: false }), open: false, weak: false }
}

/** "half past three", "quarter to four", "ten minutes past 5", "20 to six". */
function relativeAt(scan: Scan, from: number): TimeReading | undefined {
  let i = scan.wordAt(from).is & IS.article ? from + 1 : from
  let minutes: number
  if (scan.wordAt(i).is & IS.half) minutes = 30
  else if (scan.wordAt(i).is & IS.quarter) minutes = 15
  else if (cardinalAt(scan, i) && found.value >= 1 && found.value <= 59) {
    minutes = found.value
    i = found.end - 1
  } else return undefined
  i++
  if (scan.wordAt(i).unit === 'minute') i++
  const direction = scan.wordAt(i).is & IS.past ? 1 : scan.wordAt(i).is & IS.to ? -1 : 0
  if (direction === 0) return undefined
  const hour = hourAt(scan, i + 1)
  if (hour === undefined) return undefined
  const total = hour.hour * 60 + direction * minutes + (direction < 0 && hour.hour === 0 ? 1440 : 0)
  const reading = { from, end: hour.end, hour: Math.floor(total / 60) % 24, minute: total % 60, open: hour.open, weak: false }
  return withHalfDay(scan, reading)
}

function hourAt(scan: Scan, i: number): { hour: number; end: number; open: boolean } | undefined {
  const word = scan.wordAt(i)
  if (word.is & IS.noon) return { hour: 12, end: i + 1, open: false }
  if (word.is & IS.midnight) return { hour: 0, end: i + 1, open: false }
  if (!cardinalAt(scan, i) || found.value > 24) return undefined
  const { value } = found
  const end = oclockEnd(scan, found.end)
  return { hour: value % 24, end, open: value >= 1 && value <= 12 }
}

/** From this hour on, figures with minutes mean the morning where people write the hours of the whole day. */
const WRITTEN_MORNING_FROM = 7

/** "15:30", "8.30pm", "15h30", "3pm", "1530", "15", "3 20". */
function figuresAt(scan: Scan, i: number, halfDays: boolean): TimeReading | undefined {
  if (scan.touches(i) && ((scan.kindAt(i - 1) === KIND.word && !isIsoJoint(scan, i - 1)) || isInside(scan, i))) return undefined
  const hour = scan.numberAt(i)
  const figures = scan.at(i).length
  const next = scan.at(i + 1)
  const zero = scan.at(i).charAt(0) === '0' && figures > 1
  const joined = scan.touches(i + 1) && scan.touches(i + 2) && scan.kindAt(i + 2) === KIND.number && scan.at(i + 2).length === 2
  if (joined && (next === ':' || next === '.' || next === 'h')) {
    const minute = scan.numberAt(i + 2)
    let end = i + 3
    if (scan.touches(end + 1) && scan.at(end) === next && scan.kindAt(end + 1) === KIND.number) {
      if (next === '.') return undefined
      end += 2
    }
    if (figures > 2) return undefined
    if (hour > 24 || minute > 59) return next === ':' ? bad(i, end) : undefined
    const written = zero || (!halfDays && hour >= WRITTEN_MORNING_FROM)
    const reading = { from: i, end, hour: hour % 24, minute, open: hour >= 1 && hour <= 12 && !written, weak: next === '.' }
    return withHalfDay(scan, reading)
  }
  if (figures === 4 && hour % 100 < 60 && hour < 2400) {
    const reading = { from: i, end: i + 1, hour: Math.floor(hour / 100), minute: hour % 100, open: false, weak: true }
    reading.open = reading.hour >= 1 && reading.hour <= 12 && !zero
    return withHalfDay(scan, reading)
  }
  if (figures > 2 || hour > 24) return undefined
  return afterHour(scan, { from: i, end: i + 1, hour: hour % 24, minute: 0, open: hour >= 1 && hour <= 12 && !zero, weak: true })
}

/** The T of 2026-12-14T15:30. */
function isIsoJoint(scan: Scan, i: number): boolean {
  return scan.at(i) === 't' && scan.touches(i) && scan.kindAt(i - 1) === KIND.number
}

function isInside(scan: Scan, i: number): boolean {
  const mark = scan.at(i - 1)
  return mark === '/' || mark === '-' || mark === '.' || mark === ':' || mark === ','
}

function bad(from: number, end: number): TimeReading {
  return { from, end, hour: 0, minute: 0, open: false, weak: false, impossible: true }
}

/** "three o'clock", "eight nineteen", "tre e mezza", "otto meno un quarto". */
function wordsClockAt(scan: Scan, i: number): TimeReading | undefined {
  const one = (scan.wordAt(i).as & AS.oneOclock) !== 0 && (isAt(scan, i - 1) || (scan.wordAt(i + 1).is & IS.and) !== 0)
  if (!one && !(scan.wordAt(i).is & IS.cardinal)) return undefined
  const hour = one ? 1 : scan.wordAt(i).cardinal
  if (hour > 24) return undefined
  const twenty = hour === 20 && scan.wordAt(i + 1).cardinal >= 1 && scan.wordAt(i + 1).cardinal <= 3
  const value = twenty ? 20 + scan.wordAt(i + 1).cardinal : hour
  return afterHour(scan, {
    from: i,
    end: twenty ? i + 2 : i + 1,
    hour: value % 24,
    minute: 0,
    open: value >= 1 && value <= 12,
    weak: true,
  })
}

/** What follows an hour: o'clock, "e mezza", "meno un quarto", minutes, am and pm. */
function afterHour(scan: Scan, reading: TimeReading): TimeReading {
  let i = reading.end
  const word = scan.wordAt(i)
  if (oclockEnd(scan, i) > i) {
    reading.end = oclockEnd(scan, i)
    reading.weak = false
  } else if (word.is & IS.and) {
    const minutes = fractionAt(scan, i + 1)
    if (minutes > 0) {
      reading.minute = minutes
      reading.end = found.end
      reading.weak = false
    }
  } else if (word.is & IS.minus && !(word.is & IS.and)) {
    const minutes = fractionAt(scan, i + 1)
    if (minutes > 0) {
      const total = (reading.hour * 60 - minutes + 1440) % 1440
      reading.hour = Math.floor(total / 60)
      reading.minute = total % 60
      reading.end = found.end
      reading.weak = false
    }
  } else {
    i = word.unit === 'hour' ? i + 1 : i
    if (minutesAt(scan, i)) {
      reading.minute = found.value
      reading.end = found.end
    }
  }
  return withHalfDay(scan, reading)
}

/** The token after "o'clock" at `i`, or `i`. */
function oclockEnd(scan: Scan, i: number): number {
  if (scan.wordAt(i).is & IS.oclock) return i + 1
  return scan.at(i) === 'o' && scan.wordAt(i + 1).is & IS.oclock ? i + 2 : i
}

/** "mezza", "un quarto", "tre quarti", "venti", "quindici minuti": minutes after "e" or "meno", 0 when there are none. */
function fractionAt(scan: Scan, from: number): number {
  const i = scan.wordAt(from).is & IS.article && scan.wordAt(from + 1).is & (IS.half | IS.quarter) ? from + 1 : from
  if (scan.wordAt(i).is & IS.half) {
    found.end = i + 1
    return 30
  }
  if (scan.wordAt(i).is & IS.quarter) {
    found.end = i + 1
    return 15
  }
  if (!cardinalAt(scan, i) || found.value < 1 || found.value > 59) return 0
  const minutes = found.value
  if (minutes === 3 && scan.at(found.end) === 'quarti') {
    found.end++
    return 45
  }
  if (scan.wordAt(found.end).unit === 'minute') found.end++
  return minutes
}

/** Minutes right after an hour: "eight nineteen", "3 20", "eight oh five". */
function minutesAt(scan: Scan, i: number): boolean {
  if (scan.wordAt(i).is & IS.zero && scan.wordAt(i + 1).is & IS.cardinal && scan.wordAt(i + 1).cardinal <= 9) {
    found.value = scan.wordAt(i + 1).cardinal
    found.end = i + 2
    return true
  }
  if (scan.kindAt(i) === KIND.number && scan.at(i).length !== 2) return false
  if (!cardinalAt(scan, i) || found.value < 10 || found.value > 59) return false
  const follows = scan.wordAt(found.end)
  if (follows.is & (IS.month | IS.currency) || (follows.unit !== '' && follows.unit !== 'minute')) return false
  if (follows.unit === 'minute') found.end++
  return true
}

/** "am", "p.m.", "p m", "7p". */
function withHalfDay(scan: Scan, reading: TimeReading): TimeReading {
  const i = reading.end
  const word = scan.wordAt(i)
  let pm = -1
  let end = i + 1
  if (word.is & IS.am) pm = 0
  else if (word.is & IS.pm) pm = 1
  else if (scan.at(i) === 'a' || scan.at(i) === 'p') {
    const m = scan.at(i + 1) === '.' ? i + 2 : i + 1
    if (scan.at(m) === 'm') end = scan.at(m + 1) === '.' && scan.touches(m + 1) ? m + 2 : m + 1
    else if (!scan.touches(i)) return reading
    pm = scan.at(i) === 'p' ? 1 : 0
  }
  if (pm < 0) return reading
  reading.end = end
  reading.weak = false
  return shifted(reading, pm * 12)
}

/** Moves an hour up to twelve into its half of the day. */
function shifted(reading: TimeReading, shift: number): TimeReading {
  if (reading.hour === 12 && shift === 0) reading.hour = 0
  else if (reading.hour < 12 && reading.hour > 0) reading.hour += shift
  reading.open = false
  reading.weak = false
  return reading
}

function dayTimeAt(scan: Scan, from: number): { shift: number; end: number } | undefined {
  const word = scan.wordAt(from)
  return word.is & IS.dayTime ? { shift: word.shift, end: from + 1 } : undefined
}

/** "8 in the morning", "alle 8 di sera", "12 di notte". */
function withDayTime(scan: Scan, reading: TimeReading): TimeReading {
  let i = reading.end
  while (i < scan.size && i < reading.end + 3 && scan.wordAt(i).is & (IS.within | IS.article | IS.of | IS.at | IS.this)) i++
  const part = dayTimeAt(scan, i)
  if (part === undefined || scan.wordAt(i).as & AS.soft) return reading
  reading.end = part.end
  const night = scan.at(i) === 'night' || scan.at(i) === 'notte'
  if (night && reading.hour === 12) reading.hour = 0
  else if (night && reading.hour <= 5) reading.open = false
  reading.weak = false
  return night && reading.hour <= 5 ? reading : shifted(reading, part.shift)
}
