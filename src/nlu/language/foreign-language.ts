import { lexiconOf } from '../lexicon/lexicons.ts'
import { AS } from '../lexicon/roles.ts'
import type { Scan } from '../text/scan.ts'
import { detectLanguage } from './detect-language.ts'
import type { Language } from './language-features.ts'

const WORDS_MIN = 3
const PROBABILITY_MIN = 0.9
/** Everyday words of the other language that are none in the conversation's: names and addresses have fewer. */
const EVERYDAY_MIN = 2

/**
 * The language of a text that is plainly another than the conversation's; undefined in all other cases. It takes three words,
 * two of which are everyday words there and not here: a foreign name or address does not make a foreign text.
 */
export function foreignLanguage(scan: Scan, locale: string): Language | undefined {
  if (scan.size < WORDS_MIN) return undefined
  const detected = detectLanguage(scan.text)
  if (detected === undefined || detected.words < WORDS_MIN || detected.probability < PROBABILITY_MIN) return undefined
  const lexicon = lexiconOf(detected.language)
  if (lexicon.language === lexiconOf(locale).language) return undefined
  let everyday = 0
  for (let i = 0; i < scan.size; i++) {
    if ((scan.wordAt(i).as & AS.common) !== 0) continue
    if ((lexicon.find(scan.at(i)).as & AS.common) !== 0 && ++everyday === EVERYDAY_MIN) return detected.language
  }
  return undefined
}
