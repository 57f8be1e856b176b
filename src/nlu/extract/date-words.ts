import type { Feast } from '../lexicon/feast.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { IS, JOIN } from '../lexicon/roles.ts'
import { Phrases, phraseWords } from '../text/phrases.ts'
import type { Scan } from '../text/scan.ts'

/** The phrases of dates of one language, compiled once. */
export interface DateWords {
  /** Bits of `JOIN`. */
  readonly joins: Phrases<number>
  /** Days from today. */
  readonly days: Phrases<number>
  readonly mentions: Phrases<true>
  readonly feasts: Phrases<Feast>
  readonly softFeasts: Phrases<Feast>
  readonly amounts: Phrases<number>
  readonly spans: Phrases<number>
  readonly ends: ReadonlySet<string>
  readonly deadlines: ReadonlySet<string>
  /** Words that stand for a figure where only figures are said. */
  readonly homophones: ReadonlyMap<string, string>
}

const COMPILED = new WeakMap<Lexicon, DateWords>()

export function dateWordsOf(lexicon: Lexicon): DateWords {
  let words = COMPILED.get(lexicon)
  if (words === undefined) {
    const { calendar } = lexicon.source
    words = {
      joins: joinsOf(calendar.joins),
      days: phrasesOf(calendar.dayPhrases),
      mentions: new Phrases<true>().add(calendar.mentions, true),
      feasts: phrasesOf(calendar.feasts),
      softFeasts: phrasesOf(calendar.softFeasts),
      amounts: phrasesOf(calendar.amounts),
      spans: phrasesOf(calendar.spans.map(([list, days]): [string, number] => [list.replaceAll(' ', '|'), days])),
      ends: new Set(phraseWords(calendar.ends)),
      deadlines: new Set(phraseWords(calendar.deadlines)),
      homophones: new Map(Object.entries(calendar.homophones ?? {})),
    }
    COMPILED.set(lexicon, words)
  }
  return words
}

function phrasesOf<T>(lists: readonly (readonly [phrases: string, means: T])[]): Phrases<T> {
  const phrases = new Phrases<T>()
  for (const [list, means] of lists) phrases.add(list, means)
  return phrases
}

/** One phrase may be in several lists: its bits are added up. */
function joinsOf(lists: Readonly<Partial<Record<keyof typeof JOIN, string>>>): Phrases<number> {
  const bits = new Map<string, number>()
  for (const [name, list] of Object.entries(lists))
    for (const phrase of list.split('|'))
      if (phrase !== '') bits.set(phrase, (bits.get(phrase) ?? 0) | JOIN[name as keyof typeof JOIN])
  const phrases = new Phrases<number>()
  for (const [phrase, bit] of bits) phrases.addOne(phrase, bit)
  return phrases
}

/** What `joinAt` found: where its phrase ends. Overwritten by each call. */
export const joined = { end: 0 }

/** The bits of the longest joining phrase at token `i`, 0 for none; its end is in `joined`. */
export function joinAt(scan: Scan, words: DateWords, i: number): number {
  const bits = words.joins.at(scan, i)
  if (bits === undefined) {
    joined.end = i
    return 0
  }
  joined.end = i + words.joins.length
  return bits
}

/** The token after links and commas from `i` on, at most four of them. */
export function afterLinks(scan: Scan, words: DateWords, i: number): number {
  let at = i
  for (let k = 0; k < 4; k++) {
    const mark = scan.at(at)
    if (mark === ',' || mark === '-' || mark === '(') at++
    else if (joinAt(scan, words, at) & JOIN.link) at = joined.end
    else break
  }
  return at
}

/** Whether a longer phrase for a day begins inside these tokens: "for THE DAY after tomorrow". */
export function beginsLater(scan: Scan, words: DateWords, from: number, end: number): boolean {
  for (let i = from + 1; i < end; i++) if (words.days.at(scan, i) !== undefined && i + words.days.length > end) return true
  return false
}

/** "Guten Morgen". */
const GREETS: ReadonlySet<string> = new Set(['guten', 'schonen', 'gute'])

/** Words for tomorrow that mean the morning here: "por la mañana", "heute Morgen". */
export function isMorning(scan: Scan, i: number): boolean {
  if (!(scan.wordAt(i).is & IS.dayTime)) return false
  if (GREETS.has(scan.at(i - 1))) return true
  const before = scan.wordAt(i - 1)
  return (before.is & (IS.article | IS.this | IS.day | IS.weekday)) !== 0
}

/** How many weeks, months or years a shift moves, and whether it is exact. */
export interface Shift {
  readonly steps: number
  /** By whole weeks ("next"), or the nearest one ("coming")? Undefined: the language decides. */
  readonly nearest: boolean
  readonly end: number
}

/** "next", "this coming", "letzten", "que viene" at token `i`: -2 to 2 steps. */
export function shiftAt(scan: Scan, words: DateWords, i: number): Shift | undefined {
  const bits = joinAt(scan, words, i)
  if (bits === 0) return undefined
  const { end } = joined
  if (bits & JOIN.afterNext) return { steps: 2, nearest: false, end }
  if (bits & JOIN.beforeLast) return { steps: -2, nearest: false, end }
  if (bits & JOIN.coming) return { steps: 1, nearest: true, end }
  if (bits & JOIN.recent) return { steps: -1, nearest: true, end }
  if (bits & JOIN.next) return { steps: 1, nearest: false, end }
  if (bits & JOIN.last) return { steps: -1, nearest: false, end }
  return bits & JOIN.this ? { steps: 0, nearest: false, end } : undefined
}
