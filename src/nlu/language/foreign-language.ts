import type { Word } from '../lexicon/lexicon.ts'
import { lexiconOf } from '../lexicon/lexicons.ts'
import { AS, IS } from '../lexicon/roles.ts'
import type { Scan } from '../text/scan.ts'
import { detectLanguage } from './detect-language.ts'
import type { Language } from './language-features.ts'

const WORDS_MIN = 3
const PROBABILITY_MIN = 0.9
/** Everyday words of the other language that are none in the conversation's. */
const EVERYDAY_MIN = 2
/** What names and spelled codes have as well. */
const NO_SENTENCE = AS.particle | AS.spells | AS.letter | AS.letterName | AS.softLetter

/**
 * The language of a text that is plainly another than the conversation's; undefined in all other cases. It takes three words,
 * two of which are everyday words there and not here, one of them no mere particle: a foreign name, address or spelled code
 * does not make a foreign text.
 */
export function foreignLanguage(scan: Scan, locale: string): Language | undefined {
  if (scan.size < WORDS_MIN) return undefined
  const detected = detectLanguage(scan.text)
  if (detected === undefined || detected.words < WORDS_MIN || detected.probability < PROBABILITY_MIN) return undefined
  const lexicon = lexiconOf(detected.language)
  if (lexicon.language === lexiconOf(locale).language) return undefined
  let everyday = 0
  let telling = false
  for (let i = 0; i < scan.size; i++) {
    const word = lexicon.find(scan.at(i))
    if ((scan.wordAt(i).as & AS.common) !== 0 || isNumber(word)) continue
    if ((word.as & AS.common) === 0 && !isDate(word)) continue
    everyday++
    telling ||= isDate(word) || ((word.as & NO_SENTENCE) === 0 && scan.at(i).length > 1)
    if (telling && everyday >= EVERYDAY_MIN) return detected.language
  }
  return undefined
}

function isDate(word: Word): boolean {
  return (word.is & (IS.month | IS.weekday)) !== 0
}

function isNumber(word: Word): boolean {
  return (word.is & IS.cardinal) !== 0 && (word.is & IS.article) === 0
}
