import type { Lexicon } from '../lexicon/lexicon.ts'
import { IS, WHEN } from '../lexicon/roles.ts'
import type { ClockMeaning, DayTime } from '../lexicon/source.ts'
import { Phrases } from '../text/phrases.ts'
import type { Scan } from '../text/scan.ts'

/** "In the morning", "de la tarde", "tonight": a part of the day, as it was said. */
export interface DayPart {
  readonly from: number
  readonly end: number
  readonly part: DayTime
  /** Days from today, where that was said with it: "this morning" is 0, "last night" -1. */
  readonly day: number | undefined
}

/** What the phrases of one language's clock mean, and what makes distances of durations. */
export interface ClockPhrases {
  readonly clock: Phrases<ClockMeaning>
  /** 1 before a duration ahead of now, -1 behind it. */
  readonly before: Phrases<number>
  /** The same after a duration. */
  readonly after: Phrases<number>
}

const COMPILED = new WeakMap<Lexicon, ClockPhrases>()

export function clockPhrasesOf(lexicon: Lexicon): ClockPhrases {
  let phrases = COMPILED.get(lexicon)
  if (phrases === undefined) {
    const { clock } = lexicon.source
    const { ahead, behind, later, earlier } = clock.distances
    phrases = {
      clock: new Phrases<ClockMeaning>(),
      before: new Phrases<number>().add(ahead, 1).add(behind, -1),
      after: new Phrases<number>().add(later, 1).add(earlier, -1),
    }
    for (const [list, means] of clock.phrases) phrases.clock.add(list, means)
    COMPILED.set(lexicon, phrases)
  }
  return phrases
}

const PARTS: ReadonlySet<string> = new Set(['dawn', 'morning', 'noon', 'afternoon', 'evening', 'night'])

export function isDayTime(means: ClockMeaning): means is DayTime {
  return PARTS.has(means)
}

/** The part of the day that begins at token `i`; `means` is the phrase that stands there, `end` the token after it. */
export function dayPartAt(scan: Scan, i: number, means: ClockMeaning | undefined, phraseEnd: number): DayPart | undefined {
  const word = scan.wordAt(i)
  if (means !== undefined) {
    if (!isDayTime(means)) return undefined
    return { from: i, end: phraseEnd, part: means, day: dayOffset(scan, i, phraseEnd) }
  }
  if (word.dayTime === '') return undefined
  if (word.when & WHEN.orTomorrow && !leadsPart(scan, i)) return undefined
  return {
    from: i,
    end: i + 1,
    part: word.dayTime,
    day: word.is & IS.day && !(word.when & WHEN.orTomorrow) ? word.day : dayOffset(scan, i, i + 1),
  }
}

/** Whether the word before "mañana" or "morgen" makes it the morning. */
function leadsPart(scan: Scan, i: number): boolean {
  const before = scan.wordAt(i - 1)
  return (before.when & WHEN.partLead) !== 0 || (before.is & IS.weekday) !== 0
}

/** "this morning", "questa notte", "last night", "la nuit dernière". */
function dayOffset(scan: Scan, from: number, end: number): number | undefined {
  const before = scan.wordAt(from - 1).is
  if (before & IS.this) return 0
  if (before & IS.last) return -1
  const after = scan.wordAt(end)
  return after.is & IS.last && !(after.is & IS.weekday) && after.unit === '' ? -1 : undefined
}
