import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { type Day, dayExists, dayNumber, dayOf, isoDay, monthLength, weekdayOf } from './calendar.ts'
import { feastDay, nearestFeast } from './date-feasts.ts'
import { type DateReading, today } from './date-reading.ts'
import { type LocalNow, SURE, type Utterance } from './utterance.ts'

interface Parts {
  year?: number
  month?: number
  day?: number
}

type Prefer = 'past' | 'future' | undefined
type Base = Pick<Candidate, 'slot' | 'start' | 'end' | 'confidence'>

/** Days back within which a weekday that fits last year's date counts more than next year's date. */
const RECENT_DAYS = 62
/** Days back within which a day and month without a year were lately, not nearly a year ahead. */
const LATELY_DAYS = 31
/** Months looked through for a day of the month that is a certain weekday: it comes back within 14 but for the 29th to 31st. */
const MONTHS_MAX = 60

/** What one reading gives the slot: a value, the parts that were said, another reading, or the fault. */
export function candidateOf(utterance: Utterance, slot: SlotExpectation, reading: DateReading, confidence: number): Candidate {
  const { scan, now } = utterance
  const { prefer } = slot.contract
  const base = { slot: slot.slot, start: scan.startOf(reading.from), end: scan.endOf(reading.end), confidence }
  if (reading.feast !== undefined) return feastCandidate(base, reading, now, prefer)
  const said = saidParts(reading, now, prefer)
  const known = slot.attention === 'listening' ? {} : knownParts(slot)
  const merged: Parts = { ...known, ...said }
  if (impossible(said) || impossible(merged)) return { ...base, invalid: 'no-such-date' }
  if (isWhole(said)) return settled(slot, fullCandidate(base, reading, said, prefer === 'past'), now)
  const parts = said as Readonly<Record<string, number>>
  if (reading.ending !== undefined && prefer !== 'past' && Object.keys(known).length === 0) {
    const value = iso(lastDayOf(said, now))
    return reading.ending === 'meant' ? { ...base, value } : { ...base, value, parts }
  }
  const none = said.year === undefined && said.month === undefined && said.day === undefined
  if (Object.keys(known).length > 0 && !none) {
    const value = mergedValue(slot, merged)
    return value === undefined ? { ...base, parts } : { ...base, value, parts }
  }
  if (said.year !== undefined || (said.day === undefined && !none)) return { ...base, parts }
  if (slot.parts.length > 0 && prefer === 'past' && !none) return { ...base, parts }
  return settled(slot, nearestCandidate(base, reading, none ? undefined : parts, now, prefer), now)
}

/** The last day of a month, the first such month ahead where no year was said, or of a year. */
function lastDayOf({ year, month = 12 }: Parts, now: LocalNow): Day {
  const full = year ?? (month >= now.month ? now.year : now.year + 1)
  return { year: full, month, day: monthLength(full, month) }
}

/** Two figures of a year by the slot's preference: the past never lies ahead, the future seldom far behind. */
function century(year: number, now: LocalNow, prefer: Prefer): number {
  const base = now.year - (now.year % 100)
  const newest = prefer === 'past' ? now.year : prefer === 'future' ? now.year + 89 : now.year + 20
  let full = base + 100 + year
  while (full > newest) full -= 100
  return full
}

/** The parts known so far, or those of the value under confirmation. */
function knownParts(slot: SlotExpectation): Parts {
  const { current } = slot
  if (typeof current === 'string')
    return { year: Number(current.slice(0, 4)), month: Number(current.slice(5, 7)), day: Number(current.slice(8, 10)) }
  if (typeof current !== 'object') return {}
  const parts: Parts = {}
  for (const part of ['year', 'month', 'day'] as const) {
    const value = Object.hasOwn(current, part) ? Number(current[part]) : Number.NaN
    if (Number.isInteger(value)) parts[part] = value
  }
  return parts
}

function saidParts(reading: DateReading, now: LocalNow, prefer: Prefer): Parts {
  const said: Parts = {}
  if (reading.year !== undefined) said.year = reading.twoFigures ? century(reading.year, now, prefer) : reading.year
  if (reading.month !== undefined) said.month = reading.month
  if (reading.day !== undefined) said.day = reading.day
  if (reading.direction === 0 && said.year === undefined) said.year = now.year
  return said
}

function isWhole(parts: Parts): parts is Required<Parts> {
  return parts.year !== undefined && parts.month !== undefined && parts.day !== undefined
}

function impossible(parts: Parts): boolean {
  if (parts.month !== undefined && (parts.month < 1 || parts.month > 12)) return true
  return parts.day !== undefined && !dayExists(parts.year, parts.month, parts.day)
}

function iso(day: Day): string {
  return isoDay(day.year, day.month, day.day)
}

/** Where the past is asked for, as a date of birth, a distance in months or years says no day. */
function fullCandidate(base: Base, reading: DateReading, said: Required<Parts>, past: boolean): Candidate {
  const value = iso(said)
  const { other, swapped } = reading
  if (reading.finest === 'year' || (past && reading.years)) return { ...base, parts: { year: said.year } }
  if (reading.finest === 'month') {
    const parts = { year: said.year, month: said.month }
    return past ? { ...base, parts } : { ...base, value, parts }
  }
  if (reading.relative) return other === undefined ? { ...base, value } : { ...base, value, other: iso(other) }
  const contradicts = reading.weekday !== undefined && weekdayOf(dayNumber(said.year, said.month, said.day)) !== reading.weekday
  const confidence = contradicts ? Math.min(SURE.fuzzy, base.confidence) : base.confidence
  const whole = { ...base, confidence, value, parts: { year: said.year, month: said.month, day: said.day } }
  if (swapped === undefined || !dayExists(said.year, swapped.month, swapped.day)) return whole
  return { ...whole, other: isoDay(said.year, swapped.month, swapped.day) }
}

/** A movable holiday: its day in the year that was said, or the nearest one where the slot looks. */
function feastCandidate(base: Base, reading: DateReading, now: LocalNow, prefer: Prefer): Candidate {
  const feast = reading.feast as NonNullable<DateReading['feast']>
  if (reading.year === undefined) return { ...base, value: iso(dayOf(nearestFeast(feast, now, prefer === 'past' ? -1 : 1))) }
  const year = reading.twoFigures ? century(reading.year, now, prefer) : reading.year
  const day = dayOf(feastDay(feast, year))
  return { ...base, value: iso(day), parts: { year: day.year, month: day.month, day: day.day } }
}

/** A day whose year (or month) was not said: the first one ahead or the last one behind, both where the slot looks nowhere. */
function nearestCandidate(base: Base, reading: DateReading, parts: Candidate['parts'], now: LocalNow, prefer: Prefer): Candidate {
  const direction = reading.direction ?? (prefer === 'past' ? -1 : prefer === 'future' ? 1 : 0)
  const said = parts === undefined ? base : { ...base, parts }
  if (direction !== 0) {
    const day = completeDay(reading, now, direction)
    return day === undefined ? said : { ...said, value: iso(day) }
  }
  const ahead = completeDay(reading, now, 1)
  const behind = completeDay(reading, now, -1)
  if (reading.weekday !== undefined && reading.month === undefined && reading.day !== undefined && ahead !== undefined) {
    const here = ofThisMonth(now, reading.day, reading.weekday)
    if (here !== undefined && here !== iso(ahead)) return { ...said, value: here, other: iso(ahead) }
  }
  if (ahead === undefined || behind === undefined) return said
  const here = recentMatch(reading, now, ahead, behind)
  const value = here ? behind : ahead
  return { ...said, value: iso(value), other: iso(here ? ahead : behind) }
}

/** The day of this month where it is that weekday. */
function ofThisMonth(now: LocalNow, day: number, weekday: number): string | undefined {
  const { year, month } = now
  if (!dayExists(year, month, day) || weekdayOf(dayNumber(year, month, day)) !== weekday) return undefined
  return isoDay(year, month, day)
}

/** Whether the day just passed is meant: it was lately, and a weekday that was said fits it no worse than the day ahead. */
function recentMatch(reading: DateReading, now: LocalNow, ahead: Day, behind: Day): boolean {
  if (reading.month === undefined) return false
  const passed = today(now) - dayNumber(behind.year, behind.month, behind.day)
  if (reading.weekday === undefined) return passed > 0 && passed <= LATELY_DAYS
  const fits = (day: Day): boolean => weekdayOf(dayNumber(day.year, day.month, day.day)) === reading.weekday
  return !fits(ahead) && fits(behind) && passed <= RECENT_DAYS
}

/** The first such day ahead (1, today included) or the last one behind (-1); a whole reading is its own day. */
export function completeDay(reading: DateReading, now: LocalNow, direction: -1 | 1): Day | undefined {
  const { year, month, day, weekday } = reading
  const start = today(now)
  if (day === undefined) {
    if (weekday === undefined || month !== undefined || year !== undefined) return undefined
    const ahead = (weekday - weekdayOf(start) + 7) % 7 || 7
    return dayOf(start + (direction > 0 ? ahead : ahead - 7))
  }
  if (year !== undefined) return month !== undefined && dayExists(year, month, day) ? { year, month, day } : undefined
  return month === undefined ? dayOfSomeMonth(now, day, weekday, direction) : dayOfSomeYear(now, month, day, weekday, direction)
}

function dayOfSomeMonth(now: LocalNow, day: number, weekday: number | undefined, direction: number): Day | undefined {
  const index = now.year * 12 + now.month - 1
  const at = (months: number): Day | undefined => {
    const year = Math.floor((index + months) / 12)
    const month = ((index + months) % 12) + 1
    if (day < 1 || day > monthLength(year, month)) return undefined
    return weekday === undefined || weekdayOf(dayNumber(year, month, day)) === weekday ? { year, month, day } : undefined
  }
  for (let months = 0; months <= MONTHS_MAX; months++) {
    const found = at(direction * months)
    if (found === undefined) continue
    const days = dayNumber(found.year, found.month, found.day)
    if (months > 0 || (direction > 0 ? days >= today(now) : days <= today(now))) return found
  }
  return undefined
}

/** A weekday chooses among the next (or last) two years; where it fits neither it is left out. */
function dayOfSomeYear(
  now: LocalNow,
  month: number,
  day: number,
  weekday: number | undefined,
  direction: number,
): Day | undefined {
  let first: Day | undefined
  for (let step = 0; step <= 8; step++) {
    const year = now.year + direction * step
    if (!dayExists(year, month, day)) continue
    const days = dayNumber(year, month, day)
    if (step === 0 && (direction > 0 ? days < today(now) : days > today(now))) continue
    if (first === undefined) {
      first = { year, month, day }
      if (direction > 0 && days - today(now) <= RECENT_DAYS) return first
    } else if (year !== first.year + direction) break
    if (weekday === undefined || weekdayOf(days) === weekday) return { year, month, day }
  }
  return first
}

/** An atomic datum has no parts to merge, so its corrected value is given whole. */
function mergedValue(slot: SlotExpectation, merged: Parts): string | undefined {
  return slot.parts.length > 0 || !isWhole(merged) ? undefined : iso(merged)
}

/** Where there are two readings, one that was refused, or that lies ahead where the past is asked, comes second. */
function settled(slot: SlotExpectation, candidate: Candidate, now: LocalNow): Candidate {
  const { value, other, parts } = candidate
  if (typeof value !== 'string' || typeof other !== 'string') return candidate
  const refused = slot.rejected?.includes(value) === true && slot.rejected.includes(other) === false
  const tooLate = slot.contract.prefer === 'past' && value > iso(now) && other <= iso(now)
  if (!refused && !tooLate) return candidate
  const turned = { ...candidate, value: other, other: value }
  return parts?.day === undefined || parts.month === undefined || parts.year === undefined
    ? turned
    : { ...turned, parts: { year: Number(other.slice(0, 4)), month: Number(other.slice(5, 7)), day: Number(other.slice(8, 10)) } }
}
