import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { KIND } from '../text/scan.ts'
import { two } from './calendar.ts'
import { extractDate } from './date.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { isPartOfDate, isWhole, movedPart, nearCurrent, withoutRejected } from './time.ts'
import { type Day, dayAfter, dayBeside, today } from './time-day.ts'
import { findDistance } from './time-distance.ts'
import { findTimes, type TimeReading, type Times } from './time-grammar.ts'
import { clockOf, timesOf } from './time-reading.ts'
import { inZone, type Zone, zoneAt } from './time-zone.ts'
import { SURE, type Utterance } from './utterance.ts'

type Place = Pick<Candidate, 'start' | 'end'>
type Sayings = readonly [string, string | undefined]

/** `YYYY-MM-DDTHH:MM`: a date with a time beside it, a distance from now, or a time alone, which is then the next such time. */
export function extractDateTime(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const times = findTimes(utterance)
  const distance = slot.attention === 'listening' ? undefined : findDistance(utterance, times)
  if (distance !== undefined) {
    const { scan } = utterance
    const place = { slot: slot.slot, start: scan.startOf(distance.from), end: scan.endOf(distance.end) }
    out.push({ ...place, confidence: SURE.cued, value: `${distance.date}T${distance.time}` })
    return
  }
  const clock = likeliest(utterance, times)
  if (clock?.impossible) {
    const place = placeOf(utterance, clock)
    if (slot.attention !== 'listening') out.push({ slot: slot.slot, ...place, confidence: SURE.cued, invalid: 'no-such-time' })
    return
  }
  const day = dayBeside(utterance, slot, times, clock)
  const found =
    clock === undefined
      ? (corrected(utterance, slot, times) ?? dayPartAlone(utterance, slot, times, day))
      : momentOf(utterance, slot, clock, day)
  if (found !== undefined) out.push({ slot: slot.slot, ...found })
}

/** The time that the answer is about: the first plain one, else one that only its place makes a time. */
function likeliest(utterance: Utterance, { clocks }: Times): TimeReading | undefined {
  const plain = clocks.find((clock) => (!clock.weak || clock.hours) && !clock.impossible)
  if (plain !== undefined) return plain
  return clocks.find((clock) => clock.impossible === true || (clock.weak && mayBeTime(utterance, clock)))
}

/** A bare hour beside a date that is all else that was said ("9 tomorrow"), or hour and minutes alone ("15.00"). */
function mayBeTime(utterance: Utterance, clock: TimeReading): boolean {
  if (isPartOfDate(utterance, clock)) return false
  if (isWhole(utterance, clock)) return clock.hasMinutes
  for (const date of findDates(utterance)) {
    if (date.weak === true || !hasWord(utterance, date) || (date.from > clock.from && date.from < clock.end)) continue
    if (date.from >= clock.end && date.from - clock.end <= 1 && clock.lead <= utterance.first && date.end >= utterance.last)
      return true
    if (date.end <= clock.lead && clock.lead - date.end <= 1 && date.from <= utterance.first && clock.end >= utterance.last)
      return true
  }
  return false
}

/** "no, the 15th" and "no, in the evening": the other half of the value under confirmation stays. */
function corrected(utterance: Utterance, slot: SlotExpectation, times: Times): Omit<Candidate, 'slot'> | undefined {
  const { attention, current } = slot
  if (attention !== 'correcting' || typeof current !== 'string') return undefined
  const part = times.parts[0]
  if (part !== undefined) {
    const moved = part.day === undefined ? movedPart(slot, times) : undefined
    const { scan } = utterance
    const place = { start: scan.startOf(part.from), end: scan.endOf(part.end) }
    return moved === undefined ? undefined : { ...place, confidence: SURE.cued, value: `${current.slice(0, 11)}${moved}` }
  }
  const dates: Candidate[] = []
  extractDate(utterance, { ...slot, parts: [], current: current.slice(0, 10) }, dates)
  const date = dates.find((candidate) => typeof candidate.value === 'string')
  if (date === undefined) return undefined
  const { start, end, confidence } = date
  return { start, end, confidence, value: `${String(date.value).slice(0, 10)}${current.slice(10)}` }
}

function placeOf(utterance: Utterance, clock: TimeReading): Place {
  return { start: utterance.scan.startOf(clock.from), end: utterance.scan.endOf(clock.end) }
}

/** Whether a word makes it a date, and not figures alone. */
function hasWord({ scan }: Utterance, date: DateReading): boolean {
  return scan.kindAt(date.from) === KIND.word || scan.kindAt(date.end - 1) === KIND.word
}

/** The time on its day; without one the next such time, or the day of the value that is being corrected. */
function momentOf(
  utterance: Utterance,
  slot: SlotExpectation,
  clock: TimeReading,
  day: Day | undefined,
): Omit<Candidate, 'slot'> | undefined {
  const place = placeOf(utterance, clock)
  if (day === undefined && slot.attention === 'listening') return undefined
  if (day === undefined && clock.vague) return undefined
  if (clock.now && day !== undefined && day.date !== today(utterance)) return undefined
  const known = slot.attention === 'correcting' && typeof slot.current === 'string' ? slot.current.slice(0, 10) : undefined
  const zone = zoneAt(utterance.scan, clock.end)
  let found: Omit<Candidate, 'slot'>
  if (day === undefined && clock.now)
    found = { ...place, confidence: SURE.weak, value: `${today(utterance)}T${timesOf(clock)[0]}` }
  else if (day === undefined && known === undefined) found = nextSuch(utterance, slot, clock, place)
  else found = onDay(utterance, slot, clock, day ?? { date: known as string, confidence: SURE.cued, ...place })
  return zone === undefined ? found : zoned(utterance, found, zone)
}

function onDay(utterance: Utterance, slot: SlotExpectation, clock: TimeReading, day: Day): Omit<Candidate, 'slot'> {
  const place = placeOf(utterance, clock)
  let [time, later] = nearCurrent(slot, timesOf(clock))
  const now = clockOf(utterance.now.hour, utterance.now.minute, -1)
  const passed = clock.smallHours && day.date === today(utterance) && time <= now && slot.contract.prefer !== 'past'
  const lastNight = clock.smallHours && clock.day === -1
  const date = clock.dayAfter || passed || lastNight ? dayAfter(day.date, 1) : day.date
  if (date === today(utterance) && slot.contract.prefer !== 'past' && later !== undefined && time <= now && later > now)
    [time, later] = [later, time]
  const second = later !== undefined ? `${date}T${later}` : day.other === undefined ? undefined : `${day.other}T${time}`
  const [value, other] = withoutRejected(slot, [`${date}T${time}`, second])
  const found = {
    start: Math.min(place.start, day.start),
    end: Math.max(place.end, day.end),
    confidence: Math.min(day.confidence, clock.weak ? SURE.likely : SURE.cued),
    value,
  }
  return other === undefined ? found : { ...found, other }
}

/** A time without a day: the nearest of its readings ahead, or behind where the slot looks to the past. */
function nextSuch(utterance: Utterance, slot: SlotExpectation, clock: TimeReading, place: Place): Omit<Candidate, 'slot'> {
  const [time, later] = timesOf(clock)
  const first = nextAt(utterance, slot, time)
  const second = later === undefined ? undefined : nextAt(utterance, slot, later)
  const past = slot.contract.prefer === 'past'
  const turned = second !== undefined && !clock.asSaid && (past ? second > first : second < first)
  const sayings: Sayings = turned ? [second, first] : [first, second]
  const [value, other] = withoutRejected(slot, sayings)
  const found = { ...place, confidence: SURE.weak, value }
  return other === undefined ? found : { ...found, other }
}

function nextAt(utterance: Utterance, slot: SlotExpectation, time: string): string {
  const { now } = utterance
  const passed = time <= clockOf(now.hour, now.minute, -1)
  const step = slot.contract.prefer === 'past' ? (passed ? 0 : -1) : passed ? 1 : 0
  return `${dayAfter(today(utterance), step)}T${time}`
}

/** A time told in another zone, in the conversation's own; a zone named loosely gives both readings. */
function zoned(utterance: Utterance, found: Omit<Candidate, 'slot'>, zone: Zone): Omit<Candidate, 'slot'> {
  const { other: _, ...base } = found
  const end = utterance.scan.endOf(zone.end)
  const moved = inZone(String(found.value), zone.offset, utterance.request.tz)
  if (!zone.loose) return { ...base, end: Math.max(end, found.end), value: moved }
  const place = { ...base, end: Math.max(end, found.end) }
  return moved === found.value ? place : { ...place, other: moved }
}

/** "this morning", "Tuesday evening": the hour at which that part begins, unsurely. */
function dayPartAlone(
  utterance: Utterance,
  slot: SlotExpectation,
  times: Times,
  day: Day | undefined,
): Omit<Candidate, 'slot'> | undefined {
  const part = times.parts[0]
  if (part === undefined || slot.attention === 'listening' || day === undefined) return undefined
  const { scan, lexicon } = utterance
  const hour = lexicon.source.clock.dayTimeHours[part.part]
  const start = Math.min(scan.startOf(part.from), day.start)
  const end = Math.max(scan.endOf(part.end), day.end)
  return { start, end, confidence: SURE.weak, value: `${day.date}T${two(hour)}:00` }
}
