import { AS } from '../lexicon/roles.ts'
import { KIND, type Scan } from '../text/scan.ts'
import { capitalised, type Span } from './name-words.ts'
import type { Utterance } from './utterance.ts'

/** Fewer letters than this are initials. */
const LETTERS_MIN = 3

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
    const times = scan.wordAt(i).multiply
    const at = times > 0 ? i + 1 : i
    const letter = letterAt(scan, at)
    if (letter === '') break
    word += letter.repeat(Math.max(1, times))
    letters++
    i = at + 1
    if (scan.wordAt(i).as & AS.spells && scan.kindAt(i + 1) === KIND.word && scan.at(i + 1).startsWith(letter)) i += 2
    end = i
  }
  return letters >= LETTERS_MIN ? { word, end, letters } : undefined
}

/** The letter that token `i` says: itself, or by a word of a spelling alphabet; in lower case. */
function letterAt(scan: Scan, i: number): string {
  const text = scan.at(i)
  if (scan.kindAt(i) !== KIND.word) return ''
  if (text.length === 1) return text
  return scan.wordAt(i).letter.toLowerCase()
}

/** The name when the whole span is spelled letter by letter; undefined otherwise. */
export function spelledName(utterance: Utterance, span: Span): string | undefined {
  const { scan } = utterance
  if (scan.at(span.from).length !== 1) return undefined
  const spelled = spelledWordAt(scan, span.from, span.end)
  return spelled?.end === span.end ? capitalised(spelled.word) : undefined
}
