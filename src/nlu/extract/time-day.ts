import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { IS, WHEN } from '../lexicon/roles.ts'
import { dayNumber, dayOf, isoDay, monthLength, weekdayOf } from './calendar.ts'
import { extractDate } from './date.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { isBetween } from './time-attach.ts'
import { withoutTokens } from './time-cut.ts'
import type { TimeReading, Times } from './time-grammar.ts'
import { SURE, type Utterance } from './utterance.ts'

/** A day found beside a time: `YYYY-MM-DD`, and where it stands in the text. */
export interface Day {
  readonly date: string
  readonly other?: string
  readonly confidence: number
  readonly start: number
  readonly end: number
}

/** The conversation's own day, `YYYY-MM-DD`. */
export function today({ now }: Utterance): string {
  return isoDay(now.year, now.month, now.day)
}

/** The day `days` after `date`, `YYYY-MM-DD`. */
export function dayAfter(date: string, days: number): string {
  const at = dayOf(dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))) + days)
  return isoDay(at.year, at.month, at.day)
}

/**
 * The date nearest to the time, or to the first part of the day where no time was said. It is looked for in the text without
 * both, so that "Monday 9 pm" is no 9th and "esta mañana" not tomorrow.
 */
export function dayBeside(
  utterance: Utterance,
  slot: SlotExpectation,
  times: Times,
  clock: TimeReading | undefined,
): Day | undefined {
  const { scan } = utterance
  const at = clock ?? times.parts[0]
  if (at === undefined) return undefined
  const start = scan.startOf(at.from)
  const end = scan.endOf(at.end)
  if (at.day !== undefined) {
    const words = { start: scan.startOf(clock?.dayFrom ?? at.from), end: scan.endOf(clock?.dayEnd ?? at.end) }
    return { date: dayAfter(today(utterance), at.day), confidence: SURE.cued, ...words }
  }
  return withoutTokens(
    utterance,
    (token) => isOfTime(utterance, times, clock, token),
    () => nearestDay(utterance, slot, start, end) ?? looseDay(utterance, slot, start, end),
  )
}

/** Words that are a weekday or a day as well ("tonight", "Montagabend") are left to the date. */
function isOfTime({ scan }: Utterance, times: Times, clock: TimeReading | undefined, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.is & IS.weekday || (word.is & IS.day && !(word.when & WHEN.orTomorrow))) return false
  if (clock !== undefined && i >= clock.lead && i < clock.end) return true
  if (word.dayTime !== '') {
    const before = scan.wordAt(i - 1)
    return !(word.when & WHEN.orTomorrow) || (before.when & WHEN.partLead) !== 0 || (before.is & IS.weekday) !== 0
  }
  for (const part of times.parts) if (i >= part.from && i < part.end) return true
  return false
}

function nearestDay(utterance: Utterance, slot: SlotExpectation, start: number, end: number): Day | undefined {
  const dates: Candidate[] = []
  extractDate(utterance, { ...slot, parts: [] }, dates)
  let best: Day | undefined
  let least = Number.POSITIVE_INFINITY
  for (const date of dates) {
    if (typeof date.value !== 'string' || isSmallWord(utterance, date.start, date.end)) continue
    const gap = date.start >= end ? date.start - end : start - date.end
    if (gap >= least) continue
    least = gap
    const { value, other, confidence } = date
    const base = { date: value.slice(0, 10), confidence, start: date.start, end: date.end }
    best = typeof other === 'string' ? { ...base, other: other.slice(0, 10) } : base
  }
  return best
}

/** "so" and "do" are Sunday and Thursday only with a point or a capital. */
function isSmallWord({ scan }: Utterance, start: number, end: number): boolean {
  const text = scan.text.slice(start, end)
  return text.length === 2 && text === text.toLowerCase() && text !== text.toUpperCase() && scan.text.charAt(end) !== '.'
}

/** What is a date only because a time stands beside it: "on 15 at 8", "sáb. a las 5", "21.09. um 16 Uhr". */
function looseDay(utterance: Utterance, slot: SlotExpectation, start: number, end: number): Day | undefined {
  if (slot.attention === 'listening') return undefined
  const { scan } = utterance
  let at = 0
  while (at < scan.size && scan.startOf(at) < start) at++
  for (const reading of findDates(utterance)) {
    const { from, end: after } = reading
    if (from >= at ? !isClear(utterance, at, from) : after > at || !isClear(utterance, after, at)) continue
    const place = { start: scan.startOf(from), end: scan.endOf(after) }
    if (!isLooseDate(utterance, reading) || isSmallWord(utterance, place.start, place.end)) continue
    const date = complete(utterance, reading, slot.contract.prefer === 'past' ? -1 : 1)
    if (date !== undefined && place.start !== end) return { ...place, date, confidence: SURE.likely }
  }
  return undefined
}

const LOOSE_GAP_MAX = 3

function isClear({ scan }: Utterance, from: number, end: number): boolean {
  if (end - from > LOOSE_GAP_MAX) return false
  for (let i = from; i < end; i++) if (!isBetween(scan, i)) return false
  return true
}

function isLooseDate({ scan }: Utterance, reading: DateReading): boolean {
  if (reading.year !== undefined) return false
  if (reading.weekday !== undefined) return reading.day === undefined
  if (reading.day === undefined) return false
  if (reading.month !== undefined) return true
  const before = scan.wordAt(reading.from - 1)
  return (
    ((before.is | scan.wordAt(reading.from).is) & IS.article) !== 0 || ((before.when & WHEN.joint) !== 0 && !(before.is & IS.at))
  )
}

/** The nearest such day ahead (`step` 1) or behind (-1), today included. */
function complete({ now }: Utterance, { weekday, month, day }: DateReading, step: number): string | undefined {
  const first = dayNumber(now.year, now.month, now.day)
  const date = isoDay(now.year, now.month, now.day)
  if (day === undefined) {
    const ahead = ((weekday as number) - weekdayOf(first) + 7) % 7 || 7
    return dayAfter(date, step > 0 ? ahead : ahead - 7)
  }
  let year = now.year
  let at = month ?? now.month
  for (let tries = 0; tries < 60; tries++) {
    if (at >= 1 && at <= 12 && day >= 1 && day <= monthLength(year, at)) {
      const away = dayNumber(year, at, day) - first
      if (away * step >= 0) return isoDay(year, at, day)
    }
    if (month !== undefined) year += step
    else {
      at += step
      if (at < 1 || at > 12) {
        year += step
        at = step > 0 ? 1 : 12
      }
    }
  }
  return undefined
}
