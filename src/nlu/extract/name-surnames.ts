import { similarity } from '../text/distance.ts'
import { fold } from '../text/fold.ts'
import type { Scan } from '../text/scan.ts'
import { isOnlyFamily, type Span } from './name-words.ts'

/** Below this a word does not look like what it would replace. */
export const ALIKE_MIN = 0.5

/** "García López": in Spain no first and last name. */
export function isTwoSurnames(scan: Scan, span: Span): boolean {
  if (scan.lexicon.language !== 'es' || span.end - span.from !== 2) return false
  return isOnlyFamily(scan, span.from) && isOnlyFamily(scan, span.from + 1)
}

/** Of two surnames, the one that the word resembles more is replaced and the other kept, the first where it resembles neither. */
export function surnamesWith(current: string, word: string): string | undefined {
  const [first, second, more] = current.split(' ')
  if (first === undefined || second === undefined || more !== undefined || SMALL_MAX >= first.length) return undefined
  const folded = fold(word)
  const likeSecond = similarity(folded, fold(second))
  return likeSecond >= ALIKE_MIN && likeSecond > similarity(folded, fold(first)) ? `${first} ${word}` : `${word} ${second}`
}

/** As long as "De" and "Del", which are no surname of their own. */
const SMALL_MAX = 3
