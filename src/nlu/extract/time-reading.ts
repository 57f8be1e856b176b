import type { DayTime } from '../lexicon/source.ts'
import { two } from './calendar.ts'

/** A time of the day, as it was said. */
export interface TimeReading {
  /** First token of the time itself, and the token after it; words like "at" are left out. */
  from: number
  end: number
  /** First token of what announces it ("at about"); `from` where nothing does. */
  lead: number
  /** 0 to 23. While `open`, 1 to 12. */
  hour: number
  minute: number
  /** The hour that was named: 7 in "quarter to seven". */
  named: number
  /** -1 where no seconds were said. */
  second: number
  /** The hour could be of the morning or of the afternoon. */
  open: boolean
  /** Of an open hour, the one that was said comes first: "5h20" is rather the morning, "five twenty" rather the afternoon. */
  asSaid: boolean
  /** Whether minutes were said, and whether am or pm, or a word that leaves no doubt, was. */
  hasMinutes: boolean
  settled: boolean
  /** Means a time only where one was asked: "15", "3 20". */
  weak: boolean
  /** "7 heures": a time where one was asked, a duration elsewhere. */
  hours?: boolean
  /** Midnight at the end of the day that is named: "tonight at 12". */
  dayAfter: boolean
  /** Days from today that the part of the day says: 0 for "this morning" and "tonight", -1 for "last night". */
  day?: number
  /** First token of the words that say that day, and the token after them. */
  dayFrom?: number
  dayEnd?: number
  /** One to four at night, which tonight still lies ahead. */
  smallHours?: boolean
  /** This moment: "now". */
  now?: boolean
  /** The part of a day alone, its hour only a guess: "this morning". */
  vague?: boolean
  /** Cannot be a time: "25:70". */
  impossible?: boolean
}

/** Hours below this, said without morning or afternoon, are taken for the afternoon first. */
const DAYTIME_FROM = 7

export function timeReading(from: number, end: number, hour: number, minute: number): TimeReading {
  return {
    from,
    end,
    lead: from,
    hour: hour % 24,
    minute,
    named: hour,
    second: -1,
    open: hour >= 1 && hour <= 12,
    asSaid: false,
    hasMinutes: false,
    settled: false,
    weak: false,
    dayAfter: false,
  }
}

/** A time that leaves no doubt, such as noon. */
export function settledTime(from: number, end: number, hour: number, minute: number): TimeReading {
  return { ...timeReading(from, end, hour, minute), open: false, settled: true }
}

/** Adds minutes, or takes them away; an open hour stays between 1 and 12. */
export function addMinutes(reading: TimeReading, minutes: number): void {
  const span = reading.open ? 720 : 1440
  const total = (((reading.hour * 60 + reading.minute + minutes) % span) + span) % span
  reading.hour = Math.floor(total / 60)
  reading.minute = total % 60
  if (reading.open && reading.hour === 0) reading.hour = 12
}

/** Am or pm as such: 12 am is midnight; hours that are past noon anyway stay. */
export function settleHalf(reading: TimeReading, pm: boolean): void {
  if (reading.hour === 12 && !pm) reading.hour = 0
  else if (reading.hour < 12 && pm) reading.hour += 12
  reading.open = false
  reading.settled = true
  reading.weak = false
}

/** Moves the hour into its part of the day: "8 in the evening", "5 de la madrugada", "12 di notte". */
export function settlePart(reading: TimeReading, part: DayTime): void {
  const { hour } = reading
  reading.weak = false
  if (part === 'night' && hour <= 4) reading.smallHours = true
  if (reading.settled || hour > 12 || hour === 0) return
  reading.settled = true
  reading.open = false
  if (part === 'dawn' || part === 'morning') reading.hour = hour % 12
  else if (part === 'noon') reading.hour = hour <= 4 ? hour + 12 : hour
  else if (part === 'afternoon') reading.hour = hour === 12 ? 12 : hour + 12
  else if (hour === 12) {
    reading.hour = 0
    reading.dayAfter = true
  } else reading.hour = part === 'night' && hour <= 4 ? hour : hour + 12
}

/** The first and the last hour that people give to a part of the day; the night goes on past midnight. */
const HOURS_OF: Readonly<Record<DayTime, readonly [first: number, last: number]>> = {
  dawn: [0, 8],
  morning: [0, 11],
  noon: [11, 15],
  afternoon: [12, 20],
  evening: [16, 23],
  night: [18, 4],
}

/** Whether an hour of the whole day may be said to lie in that part of it. */
export function liesIn(hour: number, part: DayTime): boolean {
  const [first, last] = HOURS_OF[part]
  return first <= last ? hour >= first && hour <= last : hour >= first || hour <= last
}

/** `HH:MM`, with `:SS` only where seconds were said. */
export function clockOf(hour: number, minute: number, second: number): string {
  const time = `${two(hour)}:${two(minute)}`
  return second > 0 ? `${time}:${two(second)}` : time
}

/** The likelier time first; a second one where morning and afternoon are both possible. */
export function timesOf(reading: TimeReading): readonly [string, string | undefined] {
  const { hour, minute, second, named } = reading
  const said = clockOf(hour, minute, second)
  if (!reading.open || hour === 12) return [said, undefined]
  const later = clockOf(hour + 12, minute, second)
  return reading.asSaid || named >= DAYTIME_FROM ? [said, later] : [later, said]
}
