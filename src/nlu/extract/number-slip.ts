import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS } from '../lexicon/roles.ts'
import { editDistance } from '../text/distance.ts'
import { fold } from '../text/fold.ts'
import { KIND } from '../text/scan.ts'
import type { Utterance } from './utterance.ts'

/** Shorter words are too alike for one edit to tell. */
const LENGTH_MIN = 4

interface Numeral {
  readonly word: string
  readonly value: number
}

const NUMERALS = new WeakMap<Lexicon, readonly Numeral[]>()

function numeralsOf(lexicon: Lexicon): readonly Numeral[] {
  let numerals = NUMERALS.get(lexicon)
  if (numerals === undefined) {
    numerals = lexicon.source.numbers.cardinals.flatMap(([words, value]) =>
      words.split(' ').map((word) => ({ word: fold(word), value })),
    )
    NUMERALS.set(lexicon, numerals)
  }
  return numerals
}

/**
 * A number word with one slip ("sevn", "cincuo"), where it is the whole answer and no word of everyday: its value, or -1 for
 * none and for several.
 */
export function slippedNumber(utterance: Utterance): number {
  const { scan, first, last, lexicon } = utterance
  if (last - first !== 1 || scan.kindAt(first) !== KIND.word) return -1
  const text = scan.at(first)
  const word = scan.wordAt(first)
  if (text.length < LENGTH_MIN || word.is !== 0 || word.as & (AS.common | AS.filler | AS.not | AS.firstName)) return -1
  let value = -1
  for (const numeral of numeralsOf(lexicon)) {
    if (numeral.word.length < LENGTH_MIN || editDistance(text, numeral.word, 1) > 1) continue
    if (value >= 0 && value !== numeral.value) return -1
    value = numeral.value
  }
  return value
}
