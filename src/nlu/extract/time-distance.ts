import { IS } from '../lexicon/roles.ts'
import { dayNumber, dayOf, isoDay, monthLength } from './calendar.ts'
import { durationAt, type Lengths } from './duration-grammar.ts'
import type { Times } from './time-grammar.ts'
import { clockPhrasesOf } from './time-part.ts'
import { clockOf } from './time-reading.ts'
import type { LocalNow, Utterance } from './utterance.ts'

/** A moment told by its distance from now: "in 20 minutes", "two hours ago", "dans un quart d'heure". */
export interface Distance {
  readonly from: number
  readonly end: number
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** `HH:MM`, with `:SS` where seconds were said. */
  readonly time: string
}

/** Amounts beyond this many of a unit are no appointment. */
const AMOUNT_MAX = 100_000

/** The first distance to a time of the day; those of whole days and longer are dates. */
export function findDistance(utterance: Utterance, times: Times): Distance | undefined {
  const { scan } = utterance
  if (!(scan.is & IS.unit) && !scan.hasNumber) return undefined
  const { before, after } = clockPhrasesOf(utterance.lexicon)
  for (let i = 0; i < scan.size; i++) {
    const ahead = before.at(scan, i)
    const start = ahead === undefined ? i : i + before.length
    const lengths: Lengths = {}
    const end = durationAt(utterance, start, lengths)
    if (end === start) continue
    const behind = after.at(scan, end)
    const direction = behind ?? ahead
    const hasTime = lengths.hour !== undefined || lengths.minute !== undefined || lengths.second !== undefined
    if (direction === undefined || !hasTime || isToClock(times, start, end)) {
      i = Math.max(i, end - 1)
      continue
    }
    return away(utterance.now, i, behind === undefined ? end : end + after.length, lengths, direction)
  }
  return undefined
}

/** "15 minutes before 3" is a time of the clock. */
function isToClock(times: Times, from: number, end: number): boolean {
  for (const clock of times.clocks) if (clock.from >= from - 2 && clock.from < end && clock.end > end) return true
  return false
}

function away(now: LocalNow, from: number, end: number, lengths: Lengths, direction: number): Distance | undefined {
  for (const amount of Object.values(lengths)) if (amount > AMOUNT_MAX) return undefined
  const months = Math.round(((lengths.year ?? 0) * 12 + (lengths.month ?? 0)) * direction)
  const month = now.year * 12 + now.month - 1 + months
  const year = Math.floor(month / 12)
  const ofYear = month - year * 12 + 1
  const start = dayNumber(year, ofYear, Math.min(now.day, monthLength(year, ofYear)))
  const exact = lengths.second !== undefined
  const days = (lengths.week ?? 0) * 7 + (lengths.day ?? 0)
  const moved = days * 86_400 + (lengths.hour ?? 0) * 3600 + (lengths.minute ?? 0) * 60 + (lengths.second ?? 0)
  const said = start * 86_400 + now.hour * 3600 + now.minute * 60 + (exact ? now.second : 0)
  const at = said + direction * Math.round(exact ? moved : Math.round(moved / 60) * 60)
  const number = Math.floor(at / 86_400)
  const rest = at - number * 86_400
  const day = dayOf(number)
  const time = clockOf(Math.floor(rest / 3600), Math.floor(rest / 60) % 60, exact ? rest % 60 : -1)
  return { from, end, date: isoDay(day.year, day.month, day.day), time }
}
