import { IS } from '../lexicon/roles.ts'
import type { Scan } from '../text/scan.ts'
import type { DateReading } from './date-reading.ts'
import { period } from './date-shift.ts'
import { dateWordsOf } from './date-words.ts'
import type { Utterance } from './utterance.ts'

/** Small words between "end" and its month or year, and between that and "by". */
const GAP_MAX = 3

/**
 * "by the END OF the month", "fin mars", "bis ENDE nächsten Jahres": notes that the end of the month or year of a reading was
 * named, and whether its last day is meant by it.
 */
export function markEnding(utterance: Utterance, reading: DateReading): void {
  const { scan } = utterance
  if (reading.day !== undefined || reading.weekday !== undefined || reading.feast !== undefined) return
  const { ends, deadlines } = dateWordsOf(utterance.lexicon)
  const at = ends.has(scan.at(reading.from)) ? reading.from : beforeSmall(scan, reading.from, ends)
  if (at < 0) return
  reading.ending = beforeSmall(scan, at, deadlines) < 0 ? 'near' : 'meant'
  if (reading.ending === 'meant') delete reading.vague
}

/** "Monatsende", "Jahresende": the end of this month or year in one word. */
export function endingAt(utterance: Utterance, i: number): DateReading | undefined {
  const { scan, now } = utterance
  const { unit } = scan.wordAt(i)
  if ((unit !== 'month' && unit !== 'year') || !dateWordsOf(utterance.lexicon).ends.has(scan.at(i))) return undefined
  return period(now, i, i + 1, unit, 0)
}

/** Where one of the words stands before token `i`, with nothing but small words between; -1 for nowhere. */
function beforeSmall(scan: Scan, i: number, words: ReadonlySet<string>): number {
  for (let k = i - 1; k >= 0 && k >= i - 1 - GAP_MAX; k--) {
    if (words.has(scan.at(k))) return k
    if (!(scan.wordAt(k).is & (IS.article | IS.of | IS.at))) return -1
  }
  return -1
}
