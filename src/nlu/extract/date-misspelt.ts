import type { Lexicon, Word } from '../lexicon/lexicon.ts'
import { AS } from '../lexicon/roles.ts'
import { editDistance } from '../text/distance.ts'
import { fold } from '../text/fold.ts'
import { KIND, type Scan } from '../text/scan.ts'
import type { DateReading } from './date-reading.ts'
import type { Utterance } from './utterance.ts'

/** Shorter names are too near to other words ("marzo", "abril"). */
const LENGTH_MIN = 6

const NAMES = new WeakMap<Lexicon, ReadonlyMap<string, readonly string[]>>()

/** The names of months and weekdays that are long enough, by their first letter. */
function namesOf(lexicon: Lexicon): ReadonlyMap<string, readonly string[]> {
  let names = NAMES.get(lexicon)
  if (names === undefined) {
    const byFirst = new Map<string, string[]>()
    const { months, weekdays } = lexicon.source.calendar
    for (const list of [...months, ...weekdays]) {
      const name = fold(list.split(' ')[0] as string)
      if (name.length < LENGTH_MIN) continue
      const first = name.charAt(0)
      byFirst.set(first, [...(byFirst.get(first) ?? []), name])
    }
    names = byFirst
    NAMES.set(lexicon, names)
  }
  return names
}

/** The month or weekday that the word at `i` is, but for one letter too many, too few, wrong or out of place; else undefined. */
function meantAt(scan: Scan, lexicon: Lexicon, i: number): Word | undefined {
  if (scan.kindAt(i) !== KIND.word) return undefined
  const text = scan.at(i)
  const { is, as } = scan.wordAt(i)
  if (text.length < LENGTH_MIN - 1 || text.length > 12 || is !== 0 || as & (AS.common | AS.firstName)) return undefined
  const names = namesOf(lexicon).get(text.charAt(0))
  if (names === undefined) return undefined
  for (const name of names) if (isAlike(text, name) && editDistance(text, name, 1) <= 1) return lexicon.find(name)
  return undefined
}

/** A cheap look before the distance: one slip leaves the beginning or the end as it is. */
function isAlike(a: string, b: string): boolean {
  const n = a.length
  const m = b.length
  if (n - m > 1 || m - n > 1) return false
  if (a.charCodeAt(1) === b.charCodeAt(1) && a.charCodeAt(2) === b.charCodeAt(2)) return true
  return a.charCodeAt(n - 1) === b.charCodeAt(m - 1) && a.charCodeAt(n - 2) === b.charCodeAt(m - 2)
}

const AT_MOST = 3

/** Whether a date is what the answer is about, so that a misspelt one is worth looking for. */
function isAsked({ request }: Utterance): boolean {
  for (const { type, attention } of request.expectations.slots)
    if (attention !== 'listening' && (type === 'date' || type === 'date-time')) return true
  return false
}

/**
 * What `read` finds when misspelt months and weekdays ("febuary", "settenbre", "Donerstag") are read as what they are meant
 * to be; `undefined` where the text has none, or where no date came of it but a bare month: that may be any word.
 */
export function readMisspelt(utterance: Utterance, read: (utterance: Utterance) => DateReading[]): DateReading[] | undefined {
  if (!isAsked(utterance)) return undefined
  const { scan, lexicon } = utterance
  let kept: [at: number, word: Word][] | undefined
  for (let i = 0; i < scan.size; i++) {
    const meant = meantAt(scan, lexicon, i)
    if (meant === undefined) continue
    kept ??= []
    if (kept.length === AT_MOST) break
    kept.push([i, scan.word[i] as Word])
    scan.word[i] = meant
  }
  if (kept === undefined) return undefined
  const readings = read(utterance)
  let said = false
  for (const reading of readings)
    for (const [at] of kept) {
      if (at < reading.from || at >= reading.end) continue
      if (reading.day === undefined && reading.weekday === undefined && reading.year === undefined) return restored(scan, kept)
      reading.guessed = true
      said = true
    }
  restored(scan, kept)
  return said ? readings : undefined
}

function restored(scan: Scan, kept: readonly (readonly [at: number, word: Word])[]): undefined {
  for (const [at, word] of kept) scan.word[at] = word
}
