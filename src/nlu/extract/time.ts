import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import type { Value } from '../../dialogue/template.ts'
import { findDates } from './date-grammar.ts'
import { findDistance } from './time-distance.ts'
import { findTimes, type TimeReading, type Times } from './time-grammar.ts'
import type { DayPart } from './time-part.ts'
import { isPlainTime } from './time-plain.ts'
import { clockOf, liesIn, settlePart, timeReading, timesOf } from './time-reading.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/**
 * `HH:MM`, or `HH:MM:SS` where seconds were said; a time that could be of the morning or the afternoon has the less usual one
 * as `other`.
 */
export function extractTime(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  const times = findTimes(utterance)
  const distance = times.clocks.length === 0 && slot.attention === 'listening' ? undefined : findDistance(utterance, times)
  if (distance !== undefined && slot.attention !== 'listening') {
    const place = { slot: slot.slot, start: scan.startOf(distance.from), end: scan.endOf(distance.end) }
    out.push({ ...place, confidence: SURE.cued, value: distance.time })
    return
  }
  const moved = times.clocks.length === 0 ? movedPart(slot, times) : undefined
  if (moved !== undefined) {
    const { from, end } = times.parts[0] as DayPart
    out.push({ slot: slot.slot, start: scan.startOf(from), end: scan.endOf(end), confidence: SURE.cued, value: moved })
  }
  for (const reading of times.clocks) {
    if (distance !== undefined && reading.from >= distance.from && reading.from < distance.end) continue
    const named = isNamed(utterance, slot, reading.from)
    if (!accepts(utterance, slot, reading, named)) continue
    const place = { slot: slot.slot, start: scan.startOf(reading.from), end: scan.endOf(reading.end) }
    const confidence = named ? SURE.evident : reading.weak ? SURE.bare : reading.now ? SURE.weak : SURE.cued
    if (reading.impossible) {
      out.push({ ...place, confidence, invalid: 'no-such-time' })
      continue
    }
    const [value, other] = withoutRejected(slot, nearCurrent(slot, timesOf(reading)))
    out.push(other === undefined ? { ...place, confidence, value } : { ...place, confidence, value, other })
  }
}

/**
 * "no, in the evening": the time under confirmation, in that part of the day; the same time where it lies there already.
 * Undefined where no part of the day was said, and where the time stays as it is outside of that part.
 */
export function movedPart(slot: SlotExpectation, { parts }: Times): string | undefined {
  const { current, attention } = slot
  if (attention !== 'correcting' || typeof current !== 'string' || parts[0] === undefined) return undefined
  const time = timeOf(current)
  const reading = timeReading(0, 1, Number(time.slice(0, 2)) % 12 || 12, Number(time.slice(3, 5)))
  const { part } = parts[0]
  settlePart(reading, part)
  if (Number.isNaN(reading.hour)) return undefined
  const moved = `${clockOf(reading.hour, reading.minute, -1)}${time.slice(5)}`
  return moved === time && !liesIn(reading.hour, part) ? undefined : moved
}

/** The time of a value under confirmation, with its seconds where it has them. */
function timeOf(current: string): string {
  return current.slice(current.indexOf('T') + 1)
}

/** In a correction, a reading this near to the time under confirmation keeps its half of the day. */
const NEAR_MINUTES = 180

/** "At 4" while 15:00 is being confirmed is 16:00 first, and 04:00 first while it is 03:00. */
export function nearCurrent(
  slot: SlotExpectation,
  [value, other]: readonly [string, string | undefined],
): readonly [string, string | undefined] {
  if (other === undefined || slot.attention !== 'correcting' || typeof slot.current !== 'string') return [value, other]
  const minutes = minutesOf(timeOf(slot.current))
  const away = Math.abs(minutesOf(other) - minutes)
  const isNear = away > 0 && away <= NEAR_MINUTES && minutesOf(value) !== minutes
  return isNear ? [other, value] : [value, other]
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The other reading, and no doubt any more, where the user said no to the first. */
export function withoutRejected(
  slot: SlotExpectation,
  [value, other]: readonly [string, string | undefined],
): readonly [string, string | undefined] {
  if (other === value) return [value, undefined]
  if (other === undefined || slot.rejected === undefined || slot.rejected.length === 0) return [value, other]
  const refused = (time: Value): boolean => slot.rejected?.includes(time) === true
  if (refused(value) && !refused(other)) return [other, undefined]
  return refused(other) ? [value, undefined] : [value, other]
}

function accepts(utterance: Utterance, slot: SlotExpectation, reading: TimeReading, named: boolean): boolean {
  if (reading.vague) return false
  if (named) return true
  if (reading.weak && isPartOfDate(utterance, reading)) return false
  if (slot.attention === 'listening') return !reading.weak && !reading.now && isPlainTime(utterance.scan, reading)
  return !reading.weak || reading.hours === true || isWhole(utterance, reading) || isAfterDate(utterance, reading)
}

/** "5 marzo 10.30", "domani 9": a date, and the time as all that was said besides. */
function isAfterDate({ first, last, dates }: Utterance, reading: TimeReading): boolean {
  if (dates === undefined || reading.end < last) return false
  for (const date of dates)
    if (!date.weak && date.from <= first && date.end <= reading.lead && reading.lead - date.end <= 1) return true
  return false
}

/** Whether the answer proper is that time and nothing else. */
export function isWhole(utterance: Utterance, reading: TimeReading): boolean {
  return reading.lead <= utterance.first && reading.end >= utterance.last
}

/** "14/12/1980" and "14 dicembre" hold no time. */
export function isPartOfDate(utterance: Utterance, reading: TimeReading): boolean {
  for (const date of findDates(utterance))
    if (date.weak !== true && reading.from < date.end && reading.end > date.from) return true
  return false
}
