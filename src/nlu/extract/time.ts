import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from '../text/numerals.ts'
import type { Scan } from '../text/scan.ts'
import { dayNumber, dayOf, isoDay, two } from './calendar.ts'
import { extractDate } from './date.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { findTimes, type TimeReading } from './time-grammar.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'

/** Hours below this, said without morning or afternoon, are taken for the afternoon first. */
const DAYTIME_FROM = 7
/** Words that may stand between a date and its time. */
const GAP_MAX = 3

/** `HH:MM`; a time that could be of the morning or the afternoon has the less usual one as `other`. */
export function extractTime(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const { scan } = utterance
  for (const reading of findTimes(utterance)) {
    const named = isNamed(utterance, slot, reading.from)
    if (!accepts(utterance, slot, reading, named)) continue
    const place = { slot: slot.slot, start: scan.startOf(reading.from), end: scan.endOf(reading.end) }
    const confidence = named ? SURE.evident : reading.weak ? SURE.bare : SURE.cued
    if (reading.impossible === true) {
      out.push({ ...place, confidence, invalid: 'no-such-time' })
      continue
    }
    const [value, other] = readingsOf(reading)
    out.push(other === undefined ? { ...place, confidence, value } : { ...place, confidence, value, other })
  }
}

function accepts(utterance: Utterance, slot: SlotExpectation, reading: TimeReading, named: boolean): boolean {
  if (named) return true
  if (isPartOfDate(utterance, reading)) return false
  if (slot.attention === 'listening' || !reading.weak) return !reading.weak
  return reading.from <= utterance.first && reading.end >= utterance.last
}

/** "14/12/1980" and "14 dicembre" hold no time. */
function isPartOfDate(utterance: Utterance, reading: TimeReading): boolean {
  for (const date of findDates(utterance))
    if (reading.from < date.end && reading.end > date.from && date.weak !== true && reading.weak) return true
  return false
}

function readingsOf(reading: TimeReading): [string, string | undefined] {
  const { hour, minute } = reading
  if (!reading.open || hour === 0 || hour === 12) return [clock(hour, minute), undefined]
  return hour < DAYTIME_FROM
    ? [clock(hour + 12, minute), clock(hour, minute)]
    : [clock(hour, minute), clock((hour + 12) % 24, minute)]
}

function clock(hour: number, minute: number): string {
  return `${two(hour)}:${two(minute)}`
}

/** `YYYY-MM-DDTHH:MM`: a date with a time beside it, or a time alone, which is then the next such time. */
export function extractDateTime(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const away = distanceFromNow(utterance, slot)
  if (away !== undefined) {
    out.push(away)
    return
  }
  const times = findTimes(utterance).filter((time) => time.impossible !== true && !isPartOfDate(utterance, time))
  const dates: Candidate[] = []
  extractDate(utterance, { ...slot, parts: [], attention: slot.attention === 'active' ? 'active' : slot.attention }, dates)
  const date = dates.find((candidate) => typeof candidate.value === 'string')
  const reading = date === undefined ? undefined : readingAt(utterance, date)
  const time = reading === undefined ? times.find((item) => !item.weak) : nearest(times, reading)
  if (time === undefined) return
  if (date === undefined || reading === undefined) {
    if (slot.attention === 'active' && dates.length === 0) out.push(timeAlone(utterance, slot, time))
    return
  }
  const { scan } = utterance
  const [value, other] = readingsOf(time)
  const candidate: Candidate = {
    slot: slot.slot,
    start: scan.startOf(Math.min(reading.from, time.from)),
    end: scan.endOf(Math.max(reading.end, time.end)),
    confidence: Math.min(date.confidence, SURE.cued),
    value: `${date.value}T${value}`,
  }
  const second = other !== undefined ? `${date.value}T${other}` : date.other === undefined ? undefined : `${date.other}T${value}`
  out.push(second === undefined ? candidate : { ...candidate, other: second })
}

/** "in 15 minutes", "two hours ago", "tra un'ora": to the minute. */
function distanceFromNow(utterance: Utterance, slot: SlotExpectation): Candidate | undefined {
  const { scan, now } = utterance
  if (!(scan.is & IS.unit) || slot.attention === 'listening') return undefined
  for (let i = 0; i < scan.size; i++) {
    const unit = scan.wordAt(i).unit
    if (unit !== 'minute' && unit !== 'hour') continue
    const ago = (scan.wordAt(i + 1).is & IS.ago) !== 0
    const from = amountBefore(scan, i)
    const ahead = (scan.wordAt(from - 1).is & IS.within) !== 0
    if (from === i || (!ago && !ahead)) continue
    const minutes = (unit === 'hour' ? 60 : 1) * found.value * (ago ? -1 : 1)
    const at = dayNumber(now.year, now.month, now.day) * 1440 + now.hour * 60 + now.minute + Math.round(minutes)
    const day = dayOf(Math.floor(at / 1440))
    const rest = at - Math.floor(at / 1440) * 1440
    const start = scan.startOf(ahead ? from - 1 : from)
    const value = `${isoDay(day.year, day.month, day.day)}T${clock(Math.floor(rest / 60), rest % 60)}`
    return { slot: slot.slot, start, end: scan.endOf(ago ? i + 2 : i + 1), confidence: SURE.cued, value }
  }
  return undefined
}

/** Where the amount begins that ends before token `i`, its value in `found`; `i` when there is none. */
function amountBefore(scan: Scan, i: number): number {
  for (let from = Math.max(0, i - 3); from < i; from++) {
    if (scan.wordAt(from).is & IS.within || !cardinalAt(scan, from) || found.end !== i) continue
    return found.value <= 10_000 ? from : i
  }
  if (!(scan.wordAt(i - 1).is & IS.article)) return i
  found.value = 1
  return i - 1
}

function readingAt(utterance: Utterance, date: Candidate): DateReading | undefined {
  for (const reading of findDates(utterance)) if (utterance.scan.startOf(reading.from) === date.start) return reading
  return undefined
}

/** The time next to the date, on either side. */
function nearest(times: readonly TimeReading[], date: DateReading): TimeReading | undefined {
  for (const time of times) {
    const gap = time.from >= date.end ? time.from - date.end : date.from - time.end
    if (gap >= 0 && gap <= GAP_MAX) return time
  }
  return times.find((time) => !time.weak)
}

function timeAlone(utterance: Utterance, slot: SlotExpectation, time: TimeReading): Candidate {
  const { scan, now } = utterance
  const [value] = readingsOf(time)
  const past = value <= clock(now.hour, now.minute)
  const days = dayNumber(now.year, now.month, now.day)
  const step = slot.contract.prefer === 'past' ? (past ? 0 : -1) : past ? 1 : 0
  const day = dayOf(days + step)
  return {
    slot: slot.slot,
    start: scan.startOf(time.from),
    end: scan.endOf(time.end),
    confidence: SURE.weak,
    value: `${isoDay(day.year, day.month, day.day)}T${value}`,
  }
}
