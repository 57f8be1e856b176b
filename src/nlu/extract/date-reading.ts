import type { Feast } from '../lexicon/feast.ts'
import { type Day, dayNumber, dayOf, monthLength } from './calendar.ts'
import type { LocalNow } from './utterance.ts'

/** One date, or part of one, as it was said. Months are 1 to 12, weekdays 1 (Monday) to 7. */
export interface DateReading {
  from: number
  end: number
  year?: number
  month?: number
  day?: number
  /** Only two figures of the year were said: the slot settles the century. */
  twoFigures?: boolean
  weekday?: number
  /** A holiday whose day depends on the year: the day is settled with it. */
  feast?: Feast
  /** The fields come from today's date ("tomorrow", "next month"), so they were not said as such. */
  relative?: boolean
  /** The finest part that was meant where the fields say more: "in three months" means no day. */
  finest?: 'year' | 'month'
  /** Counted from today in whole years: no month was meant where a day of the past was asked for. */
  years?: boolean
  /** The end of that month or year was named: its last day is `meant` ("by the end of May"), or likely ("at the end of the month"). */
  ending?: 'meant' | 'near'
  /** Looked for ahead (1) or behind (-1) whatever the slot prefers: "next 6 April", "last Easter"; 0 is this year. */
  direction?: -1 | 0 | 1
  /** The second reading of 03/04/05. */
  swapped?: { readonly month: number; readonly day: number }
  /** Another day that the words allow just as well: the Friday of this week for "next Friday". */
  other?: Day
  /** Means a date only where nothing else was said: a bare number, "may", "14 12". */
  weak?: boolean
  /** A month or year that was only mentioned ("for the month"). */
  vague?: boolean
  /** Put together from figures or words that a recogniser may have misheard. */
  guessed?: boolean
}

export function today(now: LocalNow): number {
  return dayNumber(now.year, now.month, now.day)
}

/** The reading of a day, by its number. */
export function dayReading(from: number, end: number, days: number): DateReading {
  const day = dayOf(days)
  return { from, end, year: day.year, month: day.month, day: day.day, relative: true }
}

/** A day moved by months and then by days; the 31st becomes the last of a shorter month. */
export function movedDay(base: Day, months: number, days: number): Day {
  const index = base.year * 12 + base.month - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  const day = Math.min(base.day, monthLength(year, month))
  return days === 0 ? { year, month, day } : dayOf(dayNumber(year, month, day) + days)
}

/** The same weekday as asked in the week (Monday first) of a day. */
export function inWeekOf(days: number, weekday: number): number {
  const monday = days - ((((days + 3) % 7) + 7) % 7)
  return monday + weekday - 1
}
