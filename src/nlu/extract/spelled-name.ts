import { FAMILY, GIVEN } from '../lexicon/names/names.ts'
import { found } from '../text/numerals.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { letterAt } from '../text/spelled.ts'
import { capitalised, type Span } from './name-words.ts'
import type { Utterance } from './utterance.ts'

/** Fewer letters than this are initials. */
const LETTERS_MIN = 3
/** More words than this are no name, whatever they are. */
const NAMES_MAX = 4

/** "R O S S I", "r-o-s-s-i", "R for Romeo O double S I" from token `from`: the word, and where it ends. */
export function spelledWordAt(
  scan: Scan,
  from: number,
  limit: number,
): { word: string; end: number; letters: number } | undefined {
  let word = ''
  let letters = 0
  let i = from
  let end = from
  while (i < limit) {
    const mark = scan.at(i)
    if (scan.kindAt(i) === KIND.mark) {
      if (letters === 0 || (mark !== '-' && mark !== '.' && mark !== ',')) break
      i++
      continue
    }
    const letter = letterAt(scan, i)
    if (letter === '' || found.end > limit) break
    word += letter.toLowerCase()
    letters += letter.length
    i = found.end
    end = i
  }
  return letters >= LETTERS_MIN ? { word, end, letters } : undefined
}

/**
 * Where a spelling may begin: what looks like a filler or a "no" may be a letter ("n", French "d"), so only a leading yes or no that is a
 * word is passed over.
 */
export function spellingStart({ scan, polarity }: Utterance): number {
  let i = polarity?.leads === true && scan.at(polarity.from).length > 1 ? polarity.end : 0
  while (i < scan.size && scan.kindAt(i) === KIND.mark) i++
  return i
}

/** "Peter William King": names all of them, though they are words of a spelling alphabet too. */
export function areNames(scan: Scan, from: number, limit: number): boolean {
  let words = 0
  for (let i = from; i < limit; i++) {
    if (scan.kindAt(i) !== KIND.word) continue
    words++
    if (words > NAMES_MAX || !(GIVEN.has(scan.at(i)) || FAMILY.has(scan.at(i)))) return false
  }
  return true
}

/** The name that the whole answer spells, letter by letter and nothing else, and where it stands. */
export function purelySpelled(utterance: Utterance): { name: string; span: Span } | undefined {
  const { scan } = utterance
  const from = spellingStart(utterance)
  if (areNames(scan, from, scan.size)) return undefined
  const spelled = spelledWordAt(scan, from, scan.size)
  if (spelled === undefined) return undefined
  let end = spelled.end
  while (end < scan.size && scan.kindAt(end) === KIND.mark) end++
  return end === scan.size ? { name: capitalised(spelled.word), span: { from, end: spelled.end } } : undefined
}

/** The name when the whole span is spelled letter by letter; undefined otherwise. */
export function spelledName(utterance: Utterance, span: Span): string | undefined {
  if (areNames(utterance.scan, span.from, span.end)) return undefined
  const spelled = spelledWordAt(utterance.scan, span.from, span.end)
  return spelled?.end === span.end ? capitalised(spelled.word) : undefined
}
