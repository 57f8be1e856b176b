import type { Candidate, SlotExpectation } from '../../dialogue/interpretation.ts'
import { AS, IS, WHEN } from '../lexicon/roles.ts'
import { cardinalAt, found, ordinalAt } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { dayExists } from './calendar.ts'
import { ordered } from './date-figures.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { isRatherTime } from './date-month.ts'
import { couldBe, isFull, isPlain } from './date-plain.ts'
import { candidateOf } from './date-value.ts'
import { isRetraction } from './retraction.ts'
import { isNamed, SURE, type Utterance } from './utterance.ts'
import { yearAt } from './year.ts'

/** Dates and parts of dates for one slot. */
export function extractDate(utterance: Utterance, slot: SlotExpectation, out: Candidate[]): void {
  const readings = withoutRetracted(utterance, findDates(utterance))
  const part = slot.attention === 'listening' ? undefined : partOf(utterance, slot, readings)
  if (part !== undefined) {
    out.push(candidateOf(utterance, slot, part, SURE.bare))
    return
  }
  const fitting: DateReading[] = []
  const whole = slot.attention !== 'listening' && readings.length === 2 && coverAll(utterance, readings)
  for (const said of readings) {
    const reading = plausible(utterance, slot, said)
    if (whole || fits(utterance, slot, reading)) fitting.push(reading)
  }
  const kept = fitting.length > 1 ? withoutNegated(utterance, fitting) : fitting
  for (const reading of joined(kept)) out.push(candidateOf(utterance, slot, reading, sureness(utterance, slot, reading)))
}

/** One part alone, by what was asked, by its name, or by what is being corrected. */
function partOf(utterance: Utterance, slot: SlotExpectation, readings: readonly DateReading[]): DateReading | undefined {
  return askedPart(utterance, slot) ?? namedPart(utterance, slot, readings) ?? correctedYear(utterance, slot)
}

const DAY_MAX = 31

/** "no, 81" while a whole date, and nothing else, is being confirmed: two figures that can be no day are its year. */
function correctedYear(utterance: Utterance, slot: SlotExpectation): DateReading | undefined {
  const { scan, first, last } = utterance
  if (slot.attention !== 'correcting' || typeof slot.current !== 'string') return undefined
  const { slots } = utterance.request.expectations
  if (slots.some((other) => other.slot !== slot.slot && other.attention === 'correcting')) return undefined
  let from = first
  while (from < last - 1 && (isPreposition(scan, from) || scan.wordAt(from).as & AS.copula)) from++
  const reading = numberAs(utterance, 'year', from, last)
  return reading?.twoFigures && (reading.year as number) > DAY_MAX ? reading : undefined
}

/** A bare number or month where one part was asked for: "14", "the 14th", "dicembre", "80". */
function askedPart(utterance: Utterance, slot: SlotExpectation): DateReading | undefined {
  if (slot.part === undefined) return undefined
  return numberAs(utterance, slot.part, utterance.first, utterance.last)
}

/** "the year is 81", "il mese è 12". */
function namedPart(utterance: Utterance, slot: SlotExpectation, readings: readonly DateReading[]): DateReading | undefined {
  const { scan, cues } = utterance
  if (readings.some(isComposed)) return undefined
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

/** Whether more than one part was said in one piece. */
function isComposed({ year, month, day, weekday }: DateReading): boolean {
  return Number(year !== undefined) + Number(month !== undefined) + Number(day !== undefined) + Number(weekday !== undefined) > 1
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

/** Older than anyone: where a date of birth is looked for, "1507" is the 15th of July. */
const AGE_MAX = 130

function plausible(utterance: Utterance, slot: SlotExpectation, reading: DateReading): DateReading {
  const { year, from, end } = reading
  if (slot.contract.prefer !== 'past' || slot.parts.length === 0 || year === undefined || reading.twoFigures) return reading
  if (year >= utterance.now.year - AGE_MAX) return reading
  if (reading.month !== undefined || reading.day !== undefined) return { ...reading, guessed: true }
  const figures = utterance.scan.at(from)
  if (end !== from + 1 || figures.length !== 4 || utterance.scan.kindAt(from) !== KIND.number) return reading
  const halves = ordered(utterance, Number(figures.slice(0, 2)), Number(figures.slice(2)), true)
  return dayExists(undefined, halves.month, halves.day as number) ? { ...halves, from, end, weak: true, guessed: true } : reading
}

/** Whether two readings are all that was said, so that a bare number or year among them counts: "the 28th … 1986". */
function coverAll(utterance: Utterance, readings: readonly DateReading[]): boolean {
  const [a, b] = readings as readonly [DateReading, DateReading]
  if (a.from > utterance.first || b.end < utterance.last || b.from - a.end > 1 || a.vague || b.vague) return false
  if (a.weak === true && b.weak === true) return false
  if (b.year !== undefined && b.month === undefined) {
    const year = { value: b.year, end: b.end, two: b.twoFigures === true }
    if (isRatherTime(utterance, b.from, year)) return false
  }
  for (const part of ['year', 'month', 'day'] as const) if (a[part] !== undefined && b[part] !== undefined) return false
  return b.from === a.end || utterance.scan.kindAt(a.end) === KIND.mark
}

function fits(utterance: Utterance, slot: SlotExpectation, reading: DateReading): boolean {
  if (reading.vague && (slot.attention !== 'active' || slot.contract.prefer === 'past')) return false
  const whole = reading.from <= utterance.first && reading.end >= utterance.last
  const others = rivals(utterance, slot, reading)
  if (others > 0 && claimedByOther(utterance, slot, reading)) return false
  if (slot.attention === 'listening') {
    if (isNamed(utterance, slot, reading.from)) return !reading.weak || reading.end >= utterance.last
    if (others > 0 || reading.weak) return false
    if (ofBirth(utterance, reading)) return slot.contract.prefer !== 'future'
    return isPlain(utterance, slot.contract.prefer, reading)
  }
  if (!reading.weak || whole || isAbbreviation(utterance, reading)) return true
  if (slot.attention === 'active' && isFull(reading) && !reading.twoFigures && !reading.guessed) return true
  return isNamed(utterance, slot, reading.from) || ofBirth(utterance, reading)
}

/** What a guess is worth: eight figures that make a date hardly make another; figures left over make it doubtful. */
const EIGHT_FIGURES = 0.85

function guessWorth(utterance: Utterance, reading: DateReading): number {
  if (reading.weak !== true) return SURE.likely
  let figures = 0
  for (let i = reading.from; i < reading.end; i++) {
    const word = utterance.scan.wordAt(i)
    if (utterance.scan.kindAt(i) === KIND.number) figures += utterance.scan.at(i).length
    else if (word.is & IS.zero || (word.cardinal >= 0 && word.cardinal < 10)) figures++
  }
  return isFull(reading) && figures === 8 ? EIGHT_FIGURES : SURE.fuzzy
}

/** "born in 1980", "1959 geboren". */
function ofBirth(utterance: Utterance, reading: DateReading): boolean {
  const { cues, scan } = utterance
  return cues.before('birth', scan, reading.from) || cues.after('birth', scan, reading.end) >= 0
}

/** "…, ven": a weekday in short at the very end, which is no everyday word. */
function isAbbreviation(utterance: Utterance, reading: DateReading): boolean {
  const { scan } = utterance
  if (reading.weekday === undefined || reading.day !== undefined || reading.end < utterance.last) return false
  if (scan.wordAt(reading.from - 1).is & IS.article && scan.at(reading.from + 1) !== '.') return false
  return scan.at(reading.from).length >= 3 && !(scan.wordAt(reading.from).as & AS.common)
}

/** How many other data of the form could take that date. */
function rivals(utterance: Utterance, slot: SlotExpectation, reading: DateReading): number {
  let count = 0
  for (const other of utterance.request.expectations.slots)
    if (other.slot !== slot.slot && (other.type === 'date' || other.type === 'date-time'))
      if (couldBe(utterance, other.contract.prefer, reading)) count++
  return count
}

function claimedByOther(utterance: Utterance, slot: SlotExpectation, reading: DateReading): boolean {
  if (isNamed(utterance, slot, reading.from)) return false
  for (const other of utterance.request.expectations.slots)
    if (other.slot !== slot.slot && other.type === 'date' && isNamed(utterance, other, reading.from)) return true
  return false
}

/**
 * Drops what was taken back: "the 14th, no wait, the 15th of March". What comes instead keeps the parts that were not said
 * again: "March 3rd, I mean the 4th".
 */
function withoutRetracted({ scan }: Utterance, readings: readonly DateReading[]): readonly DateReading[] {
  for (let k = readings.length - 1; k > 0; k--) {
    const before = readings[k - 1] as DateReading
    const after = readings[k] as DateReading
    if (isRetraction(scan, before.end, after.from)) return [corrected(before, after), ...readings.slice(k + 1)]
  }
  return readings
}

function corrected(before: DateReading, after: DateReading): DateReading {
  const { year, month, day } = after
  if (after.relative || before.relative || after.feast || before.feast || isFull(after)) return after
  if (after.weekday !== undefined && day === undefined) return after
  if (before.month === undefined || (before.day === undefined && day === undefined)) return after
  const merged: DateReading = { ...after, month: month ?? before.month }
  const keptDay = day ?? before.day
  const keptYear = year ?? before.year
  if (keptDay !== undefined) merged.day = keptDay
  if (keptYear !== undefined) merged.year = keptYear
  if (year === undefined && before.twoFigures) merged.twoFigures = true
  delete merged.weak
  return merged
}

/** Drops "not the 14th" beside "the 15th", which has the parts that were said only once: "the 14th, not the 15th of March". */
function withoutNegated(utterance: Utterance, readings: DateReading[]): DateReading[] {
  const kept = readings.filter((reading) => !isNegated(utterance, reading.from))
  const denied = readings.find((reading) => !kept.includes(reading))
  const [only] = kept
  if (only === undefined || denied === undefined || kept.length > 1) return only === undefined ? readings : kept
  return [corrected(denied, only)]
}

/** "not the 14th", "non il 14", "nicht am 14.": a "not" right before, small words between. */
function isNegated(utterance: Utterance, from: number): boolean {
  const { scan } = utterance
  let i = from - 1
  while (i > 0 && i > from - 3 && isPreposition(scan, i) && !(scan.wordAt(i).as & AS.not)) i--
  return (scan.wordAt(i).as & AS.not) !== 0
}

function isPreposition(scan: Scan, i: number): boolean {
  const { is, when } = scan.wordAt(i)
  return (is & (IS.article | IS.of | IS.at | IS.within)) !== 0 || (when & WHEN.joint) !== 0
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
  if (reading.vague) return SURE.weak
  if (reading.guessed) return guessWorth(utterance, reading)
  if (isFull(reading) && !reading.twoFigures) return SURE.evident
  return reading.weak || reading.twoFigures ? SURE.bare : SURE.cued
}
