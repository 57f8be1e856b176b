import { AS, HOW, IS, WHEN } from '../lexicon/roles.ts'
import type { ClockMeaning } from '../lexicon/source.ts'
import { wordsAt } from '../text/number-words.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { isRetraction } from './retraction.ts'
import { attachAll } from './time-attach.ts'
import { clockAt } from './time-clock.ts'
import { followsCount, isAt, isMinute, nounFollows, takenByNoun } from './time-hour.ts'
import { clockPhrasesOf, type DayPart, dayPartAt } from './time-part.ts'
import { settledTime, settleHalf, type TimeReading } from './time-reading.ts'
import type { Utterance } from './utterance.ts'

export type { TimeReading } from './time-reading.ts'

/** The times of one text, and the parts of the day that belong to none of them. */
export interface Times {
  readonly clocks: readonly TimeReading[]
  readonly parts: readonly DayPart[]
}

const NOTHING: Times = { clocks: [], parts: [] }
const TRIGGERS = IS.cardinal | IS.noon | IS.midnight | IS.half | IS.quarter | IS.at | IS.dayTime

/** Every time of day in the text, in order, none overlapping. */
export function findTimes(utterance: Utterance): Times {
  utterance.times ??= read(utterance)
  return utterance.times
}

function read(utterance: Utterance): Times {
  const { scan, lexicon } = utterance
  const { clock } = lexicon.source
  const phrases = clockPhrasesOf(lexicon).clock
  const plain = scan.hasNumber || (scan.is & TRIGGERS) !== 0
  const clocks: TimeReading[] = []
  const parts: DayPart[] = []
  let lead = -1
  for (let i = 0; i < scan.size; ) {
    const means = phrases.at(scan, i)
    const end = means === undefined ? i : i + phrases.length
    const part = dayPartAt(scan, i, means, end)
    const fixed = part === undefined && means !== undefined ? fixedAt(utterance, i, end, means) : undefined
    if (part !== undefined) parts.push(part)
    const isOther = means !== undefined && means !== 'now'
    const reading = fixed ?? (part === undefined && !isOther && plain ? clockAt(scan, i, clock) : undefined)
    if (reading !== undefined && fixed === undefined) announce(scan, reading, lead)
    const kept = reading !== undefined && (fixed !== undefined || !reading.weak || !isCounted(scan, reading))
    if (kept) clocks.push(reading)
    const after = reading?.end ?? part?.end ?? (isOther ? end : numberEnd(scan, i))
    if (reading === undefined && part === undefined && isLead(scan, i)) lead = lead < 0 ? i : lead
    else lead = -1
    i = after
  }
  if (clocks.length === 0 && parts.length === 0) return NOTHING
  noonAsPart(scan, clocks, parts)
  const rest = attachAll(utterance, clocks, parts)
  return { clocks: withoutRetracted(scan, withoutNegated(scan, withoutNow(clocks))), parts: rest }
}

/** "3 $", "$ 10", "4 million": no time even where one was asked. */
function isCounted(scan: Scan, reading: TimeReading): boolean {
  const duration = !reading.hasMinutes && isMinute(scan, reading.end)
  return duration || takenByNoun(scan, reading.end) || followsCount(scan, reading.from)
}

/** The token after a number in words that is no time, so that its tail is none either; else the next token. */
function numberEnd(scan: Scan, i: number): number {
  if (!(scan.wordAt(i).is & (IS.cardinal | IS.scale)) || !wordsAt(scan, i)) return i + 1
  return Math.max(found.end, i + 1)
}

function isLead(scan: Scan, i: number): boolean {
  const word = scan.wordAt(i)
  if (word.is & IS.oclock && isAt(scan, i - 1)) return true
  return isAt(scan, i) || (word.is & IS.article) !== 0 || (scan.at(i) === '.' && isAt(scan, i - 1))
}

/** Times that a phrase or "now" means by itself. */
function fixedAt(utterance: Utterance, i: number, end: number, means: ClockMeaning): TimeReading | undefined {
  const { scan, now } = utterance
  if (means === 'midday') return settledTime(i, end, 12, 0)
  if (means === 'midnight') return settledTime(i, end, 0, 0)
  if (means === 'midMorning') return settledTime(i, end, 10, 0)
  if (means === 'midAfternoon') return settledTime(i, end, 14, 0)
  if (means === 'dayEnd' || means === 'dayEndOf')
    return { ...settledTime(i, end, 23, 59), second: 59, vague: means === 'dayEndOf' }
  if (means !== 'now' || !isNow(scan, i, end) || !isAnswer(utterance, i, end)) return undefined
  return { ...settledTime(i, end, now.hour, now.minute), now: true }
}

/** Longer sentences that say "now" somewhere are about something else. */
const NOW_TOKENS_MAX = 10

/** "Now" answers only as the first or the last of few words, and never in "what do I do now?". */
function isAnswer({ scan, first, last }: Utterance, i: number, end: number): boolean {
  const count = last - first
  if (count > NOW_TOKENS_MAX || (count > NOW_TOKENS_MAX / 2 && i > first + 1 && end < last)) return false
  for (let k = first; k < last; k++) if (scan.wordAt(k).as & AS.question && (k < i || k >= end)) return false
  return true
}

/** "ora" is now, but not "un'ora", "ora 15" or "3 ore"; "from now" is none either. */
function isNow(scan: Scan, i: number, end: number): boolean {
  if (scan.wordAt(i - 1).is & (IS.at | IS.of)) return false
  if (scan.wordAt(i).unit !== 'hour' || end > i + 1) return true
  const before = scan.wordAt(i - 1)
  const counted = (before.is & (IS.article | IS.cardinal | IS.half | IS.this | IS.next | IS.last | IS.of)) !== 0
  const follows = scan.wordAt(i + 1)
  return (
    !counted && scan.kindAt(i - 1) !== KIND.number && scan.kindAt(i + 1) !== KIND.number && !(follows.is & (IS.of | IS.cardinal))
  )
}

/** "now" counts only where no time was said. */
function withoutNow(clocks: TimeReading[]): TimeReading[] {
  return clocks.some((reading) => !reading.now) ? clocks.filter((reading) => !reading.now) : clocks
}

/** "tomorrow NOON at half past twelve": noon before another time is the part of its day. */
function noonAsPart(scan: Scan, clocks: TimeReading[], parts: DayPart[]): void {
  for (let k = clocks.length - 2; k >= 0; k--) {
    const { from, end } = clocks[k] as TimeReading
    const next = clocks[k + 1] as TimeReading
    if (end !== from + 1 || !(scan.wordAt(from).is & IS.noon) || next.settled || next.lead !== end || next.hour > 12) continue
    parts.push({ from, end, part: 'noon', day: undefined })
    clocks.splice(k, 1)
  }
}

/** Drops "not at 5" beside "at 6". */
function withoutNegated(scan: Scan, clocks: TimeReading[]): TimeReading[] {
  if (clocks.length < 2) return clocks
  const kept = clocks.filter((reading) => !isDenied(scan, reading.lead - 1))
  return kept.length > 0 ? kept : clocks
}

/** "Non" between two times corrects the first, and does not deny the second. */
function isDenied(scan: Scan, i: number): boolean {
  return (scan.wordAt(i).as & AS.not) !== 0 && !(i > 0 && scan.wordAt(i).as & AS.filler && scan.wordAt(i).how & HOW.instead)
}

/** Drops "at three pm" before "no, four": what comes instead stands for both, and keeps the half of the day. */
function withoutRetracted(scan: Scan, clocks: TimeReading[]): TimeReading[] {
  for (let k = clocks.length - 1; k > 0; k--) {
    const before = clocks[k - 1] as TimeReading
    const after = clocks[k] as TimeReading
    if (!isRetraction(scan, before.end, after.from)) continue
    if (after.weak) after.lead = Math.min(after.lead, before.lead)
    if (!before.weak) after.weak = false
    if (after.open && before.settled && !before.impossible) settleHalf(after, before.hour >= 12)
    return clocks.slice(k)
  }
  return clocks
}

/** A bare hour after "at" is a time, unless it counts something: "at 3 pounds", "about 7 people". */
function announce(scan: Scan, reading: TimeReading, lead: number): void {
  if (lead < 0) {
    if (isSpokenPair(scan, reading)) reading.weak = false
    return
  }
  let firm = false
  let soft = false
  for (let i = lead; i < reading.from; i++) {
    if (!isAt(scan, i)) continue
    if (scan.wordAt(i).when & WHEN.softAt) soft = true
    else firm = true
  }
  if (!firm && !soft) return
  reading.lead = lead
  if (!reading.weak || isCounted(scan, reading)) return
  const pointed = scan.at(reading.from + 1) === '.'
  if (isDateArticle(scan, reading)) return
  if ((firm && !pointed) || !nounFollows(scan, reading.end)) reading.weak = false
}

/** "vers LE 21", "around THE 5": a day of the month. */
function isDateArticle(scan: Scan, reading: TimeReading): boolean {
  const word = scan.wordAt(reading.from - 1)
  return (word.is & IS.article) !== 0 && !(word.is & IS.at) && !reading.hasMinutes && !reading.hours
}

/** "eight forty" in words, where nothing counts on: an hour with its minutes. */
function isSpokenPair(scan: Scan, reading: TimeReading): boolean {
  if (!reading.hasMinutes || scan.kindAt(reading.from) !== KIND.word) return false
  const { from, end } = reading
  if (scan.kindAt(end - 1) !== KIND.word || followsCount(scan, from) || scan.wordAt(end).is & IS.cardinal) return false
  const next = scan.at(end) === '-' && scan.touches(end) ? end + 1 : end
  return !takenByNoun(scan, end) && !nounFollows(scan, next) && !(scan.wordAt(next).is & IS.ordinal)
}
