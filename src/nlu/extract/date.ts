import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { dayExists, dayNumber, dayOf, isoDay, monthLength, weekdayOf } from './calendar.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { isNamed, type LocalNow, SURE, type Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

interface Parts {
  year?: number
  month?: number
  day?: number
}

/** Dates and parts of dates for one slot. */
export function extractDate(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const readings = findDates(utterance)
  const part = slot.attention === 'listening' ? undefined : (askedPart(utterance, slot) ?? namedPart(utterance, slot))
  if (part !== undefined) {
    out.push(candidateOf(utterance, slot, part, SURE.bare))
    return
  }
  const fitting: DateReading[] = []
  for (const reading of readings) if (fits(utterance, slot, reading)) fitting.push(reading)
  const kept = fitting.length > 1 ? withoutNegated(utterance, fitting) : fitting
  for (const reading of joined(kept)) out.push(candidateOf(utterance, slot, reading, sureness(utterance, slot, reading)))
}

/** A bare number or month where one part was asked for: "14", "the 14th", "dicembre", "80". */
function askedPart(utterance: Utterance, slot: SlotExpectation): DateReading | undefined {
  if (slot.part === undefined) return undefined
  return numberAs(utterance, slot.part, utterance.first, utterance.last)
}

/** "the year is 81", "il mese è 12". */
function namedPart(utterance: Utterance, slot: SlotExpectation): DateReading | undefined {
  const { scan, cues } = utterance
  if (!scan.hasNumber || utterance.last - utterance.first > 8 || slot.attention === 'listening') return undefined
  for (const part of ['day', 'month', 'year'] as const)
    for (let i = utterance.first; i < utterance.last; i++) {
      const at = cues.after(part, scan, i)
      if (at < 0) continue
      const from = scan.wordAt(at).as & AS.copula ? at + 1 : at
      if (from >= utterance.last) continue
      const reading = numberAs(utterance, part, from, utterance.last)
      if (reading !== undefined) return reading
    }
  return undefined
}

/** The tokens `from`…`end`, wholly a number, as that part; undefined when they are something else. */
function numberAs(utterance: Utterance, part: string, from: number, end: number): DateReading | undefined {
  const { scan } = utterance
  if (from >= end) return undefined
  if (part === 'year') {
    const year = yearAt(scan, from, true)
    if (year === undefined || year.end !== end) return undefined
    return year.two ? { from, end, year: year.value, twoFigures: true } : { from, end, year: year.value }
  }
  if (!(ordinalAt(scan, from) || cardinalAt(scan, from)) || found.end !== end) return undefined
  const { value } = found
  if (value > 99) return undefined
  if (part === 'day') return { from, end, day: value }
  return part === 'month' ? { from, end, month: value } : undefined
}

function fits(utterance: Utterance, slot: SlotExpectation, reading: DateReading): boolean {
  const whole = reading.from <= utterance.first && reading.end >= utterance.last
  const others = rivals(utterance, slot)
  if (others > 0 && claimedByOther(utterance, slot, reading)) return false
  if (slot.attention === 'listening') {
    if (isNamed(utterance, slot, reading.from)) return !reading.weak || reading.end >= utterance.last
    if (others > 0 || reading.weak) return false
    if (utterance.cues.before('birth', utterance.scan, reading.from)) return true
    return isFull(reading) && !reading.relative
  }
  if (!reading.weak || whole) return true
  return isNamed(utterance, slot, reading.from) || utterance.cues.before('birth', utterance.scan, reading.from)
}

function isFull(reading: DateReading): boolean {
  return reading.year !== undefined && reading.month !== undefined && reading.day !== undefined
}

/** How many other data of the form could take a date. */
function rivals(utterance: Utterance, slot: SlotExpectation): number {
  let count = 0
  for (const other of utterance.request.expectations.slots)
    if (other.slot !== slot.slot && (other.type === 'date' || other.type === 'date-time')) count++
  return count
}

function claimedByOther(utterance: Utterance, slot: SlotExpectation, reading: DateReading): boolean {
  if (isNamed(utterance, slot, reading.from)) return false
  for (const other of utterance.request.expectations.slots)
    if (other.slot !== slot.slot && other.type === 'date' && isNamed(utterance, other, reading.from)) return true
  return false
}

/** Drops "not the 14th" beside "the 15th". */
function withoutNegated(utterance: Utterance, readings: DateReading[]): DateReading[] {
  const kept = readings.filter((reading) => !(utterance.scan.wordAt(reading.from - 1).as & AS.not))
  return kept.length > 0 ? kept : readings
}

/** Parts said apart, "december … 1980", are one reading when they do not contradict each other. */
function joined(readings: DateReading[]): DateReading[] {
  if (readings.length !== 2) return readings
  const [a, b] = readings as [DateReading, DateReading]
  if (isFull(a) || isFull(b) || a.relative || b.relative || b.from - a.end > 4) return readings
  if ((a.year ?? b.year) === undefined && (a.month ?? b.month) === undefined) return readings
  for (const part of ['year', 'month', 'day', 'weekday'] as const)
    if (a[part] !== undefined && b[part] !== undefined) return readings
  return [{ ...a, ...b, from: a.from, end: b.end }]
}

function sureness(utterance: Utterance, slot: SlotExpectation, reading: DateReading): number {
  if (isNamed(utterance, slot, reading.from)) return SURE.evident
  if (isFull(reading) && !reading.twoFigures) return SURE.evident
  return reading.weak || reading.twoFigures ? SURE.bare : SURE.cued
}

/** Two figures of a year by the slot's preference: the past never lies ahead, the future seldom far behind. */
function century(year: number, now: LocalNow, prefer: 'past' | 'future' | undefined): number {
  const base = now.year - (now.year % 100)
  const newest = prefer === 'past' ? now.year : prefer === 'future' ? now.year + 89 : now.year + 20
  let full = base + 100 + year
  while (full > newest) full -= 100
  return full
}

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

function candidateOf(utterance: Utterance, slot: SlotExpectation, reading: DateReading, confidence: number): Candidate {
  const { scan, now } = utterance
  const base = { slot: slot.slot, start: scan.startOf(reading.from), end: scan.endOf(reading.end), confidence }
  const said = saidParts(reading, now, slot.contract.prefer)
  if (said.year === undefined && said.month === undefined && said.day === undefined)
    return { ...base, value: nearestWeekday(now, reading.weekday as number, slot.contract.prefer) }
  const known = slot.attention === 'listening' ? {} : knownParts(slot)
  const merged: Parts = { ...known, ...said }
  if (impossible(said) || impossible(merged)) return { ...base, invalid: 'no-such-date' }
  if (said.year !== undefined && said.month !== undefined && said.day !== undefined)
    return fullCandidate(base, reading, said as Required<Parts>, now)
  const partial = Object.keys(known).length > 0
  const value = partial ? mergedValue(slot, merged) : completed(slot, said, now)
  const parts = said as Readonly<Record<string, number>>
  return value === undefined ? { ...base, parts } : { ...base, value, parts }
}

function saidParts(reading: DateReading, now: LocalNow, prefer: 'past' | 'future' | undefined): Parts {
  const said: Parts = {}
  if (reading.year !== undefined) said.year = reading.twoFigures ? century(reading.year, now, prefer) : reading.year
  if (reading.month !== undefined) said.month = reading.month
  if (reading.day !== undefined) said.day = reading.day
  return said
}

function impossible(parts: Parts): boolean {
  if (parts.month !== undefined && (parts.month < 1 || parts.month > 12)) return true
  return parts.day !== undefined && !dayExists(parts.year, parts.month, parts.day)
}

type Base = Pick<Candidate, 'slot' | 'start' | 'end' | 'confidence'>

function fullCandidate(base: Base, reading: DateReading, said: Required<Parts>, now: LocalNow): Candidate {
  const value = isoDay(said.year, said.month, said.day)
  if (reading.relative) return { ...base, value }
  const contradicts = reading.weekday !== undefined && weekdayOf(dayNumber(said.year, said.month, said.day)) !== reading.weekday
  const confidence = contradicts ? SURE.fuzzy : base.confidence
  const whole = { ...base, confidence, value, parts: { year: said.year, month: said.month, day: said.day } }
  const { swapped } = reading
  if (swapped === undefined || !dayExists(said.year, swapped.month, swapped.day) || now.year === 0) return whole
  return { ...whole, other: isoDay(said.year, swapped.month, swapped.day) }
}

/** An atomic datum has no parts to merge, so its corrected value is given whole. */
function mergedValue(slot: SlotExpectation, merged: Parts): string | undefined {
  if (slot.parts.length > 0 || merged.year === undefined || merged.month === undefined || merged.day === undefined)
    return undefined
  return isoDay(merged.year, merged.month, merged.day)
}

/**
 * The year (and month) that the slot's preference supplies. A composite that looks to the past asks instead: a birthday
 * without its year is not last year's.
 */
function completed(slot: SlotExpectation, said: Parts, now: LocalNow): string | undefined {
  const { prefer } = slot.contract
  if (said.day === undefined || said.year !== undefined) return undefined
  if (slot.parts.length > 0 && prefer !== 'future') return undefined
  const step = prefer === 'past' ? -1 : 1
  const today = dayNumber(now.year, now.month, now.day)
  let year = now.year
  let month = said.month ?? now.month
  for (let tries = 0; tries < 60; tries++) {
    if (said.day <= monthLength(year, month)) {
      const days = dayNumber(year, month, said.day)
      if (step > 0 ? days >= today : days <= today) return isoDay(year, month, said.day)
    }
    if (said.month !== undefined) year += step
    else {
      month += step
      if (month < 1 || month > 12) {
        year += step
        month = step > 0 ? 1 : 12
      }
    }
  }
  return undefined
}

function nearestWeekday(now: LocalNow, weekday: number, prefer: 'past' | 'future' | undefined): string {
  const today = dayNumber(now.year, now.month, now.day)
  const ahead = (weekday - weekdayOf(today) + 7) % 7 || 7
  const day = dayOf(today + (prefer === 'past' ? ahead - 7 : ahead))
  return isoDay(day.year, day.month, day.day)
}
