import { AS, IS, WHEN } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { type DateReading, findDates } from './date-grammar.ts'
import { nounFollows, takenByNoun } from './time-hour.ts'
import type { DayPart } from './time-part.ts'
import { settlePart, type TimeReading } from './time-reading.ts'
import type { Utterance } from './utterance.ts'

/** Tokens that may stand between a time and its part of the day. */
const GAP_MAX = 8

/** A part of the day and the time that it may belong to. */
interface Pairing {
  readonly clock: TimeReading
  readonly part: DayPart
  readonly cost: number
}

/** No answer names more parts of the day; what stands behind them is left alone. */
const PARTS_MAX = 8

/** Gives each part of the day to the time that it belongs to, the nearest pair first; the parts that belong to none are left. */
export function attachAll(utterance: Utterance, clocks: readonly TimeReading[], parts: DayPart[]): DayPart[] {
  const left = parts.slice(0, PARTS_MAX)
  while (left.length > 0) {
    let best: Pairing | undefined
    for (const part of left)
      for (const clock of clocks) {
        const cost = costOf(utterance, clock, part)
        if (cost >= 0 && (best === undefined || cost < best.cost)) best = { clock, part, cost }
      }
    if (best === undefined) break
    attach(utterance, best.clock, best.part)
    left.splice(left.indexOf(best.part), 1)
  }
  return left
}

/** How far the part stands from the time; behind it is nearer than before it, and commas part them. -1 where it cannot belong. */
function costOf(utterance: Utterance, clock: TimeReading, part: DayPart): number {
  if (clock.impossible || clock.now || clock.vague || isCount(utterance.scan, clock, part)) return -1
  const behind = clock.end <= part.from
  const gap = behind ? gapOf(utterance, clock.end, part.from) : gapOf(utterance, part.end, clock.lead)
  if (gap < 0 || (clock.weak && isInDate(utterance, clock))) return -1
  if (!behind && clock.weak && (nounFollows(utterance.scan, clock.end) || takenByNoun(utterance.scan, clock.end))) return -1
  return behind ? gap : gap + 2 + (clock.weak ? 2 : 0)
}

function isInDate(utterance: Utterance, clock: TimeReading): boolean {
  for (const date of findDates(utterance)) {
    const dayOnly = date.month === undefined && date.weekday === undefined && date.year === undefined
    if (!date.weak && !(dayOnly && clock.hasMinutes) && clock.from < date.end && clock.end > date.from) return true
  }
  return false
}

/**
 * Settles the time. The part becomes part of its stretch of the text where it settled it ("8 in the evening"); not where a
 * date lies between ("5 tomorrow afternoon") or where it is a day itself ("tonight at 8"), so that a date may have those words.
 */
function attach(utterance: Utterance, clock: TimeReading, part: DayPart): void {
  const own = !clock.settled && part.day === undefined && !namesDay(utterance.scan, part)
  settlePart(clock, part.part)
  if (part.day !== undefined) {
    clock.day = part.day
    clock.dayFrom = part.from
    clock.dayEnd = part.end
  }
  const from = Math.min(clock.end, part.end)
  const end = Math.max(clock.from, part.from)
  for (const date of findDates(utterance)) if (date.from >= from && date.end <= end) return
  clock.lead = Math.min(clock.lead, part.from)
  if (!own) return
  clock.from = Math.min(clock.from, part.from)
  clock.end = Math.max(clock.end, part.end)
}

function namesDay(scan: Scan, { from, end }: DayPart): boolean {
  for (let i = from; i < end; i++)
    if (scan.wordAt(i).is & IS.weekday || (scan.wordAt(i).is & IS.day && !(scan.wordAt(i).when & WHEN.orTomorrow))) return true
  return false
}

/** "one night", "une nuit": a count. */
function isCount(scan: Scan, clock: TimeReading, part: DayPart): boolean {
  return (
    clock.weak &&
    clock.hour === 1 &&
    clock.end === part.from &&
    scan.kindAt(clock.from) === KIND.word &&
    clock.end === clock.from + 1
  )
}

/** How many tokens lie between, when all of them may; -1 when they may not. A date counts as none. */
function gapOf(utterance: Utterance, from: number, end: number): number {
  const { scan } = utterance
  if (end < from || end - from > GAP_MAX) return -1
  let count = 0
  let dated = false
  for (let i = from; i < end; ) {
    const date: DateReading | undefined = dated ? undefined : dateFrom(utterance, i, end)
    if (date !== undefined) {
      dated = true
      count++
      i = date.end
    } else if (isBetween(scan, i)) {
      count += scan.at(i) === ',' ? 3 : 1
      i++
    } else return -1
  }
  return count
}

function dateFrom(utterance: Utterance, i: number, end: number): DateReading | undefined {
  for (const date of findDates(utterance)) if (date.from === i && date.end <= end) return date
  return undefined
}

const MARKS = ',-–@().'

/** Whether token `i` may stand between a time and its part of the day or its date. */
export function isBetween(scan: Scan, i: number): boolean {
  if (scan.kindAt(i) === KIND.mark) return MARKS.includes(scan.at(i))
  const word = scan.wordAt(i)
  const small = IS.at | IS.article | IS.of | IS.within | IS.this | IS.last
  return (word.is & small) !== 0 || (word.when & (WHEN.joint | WHEN.partLead)) !== 0 || (word.as & AS.filler) !== 0
}
