import { fold, isDigit, isLetter } from '../text/fold.ts'
import { READ } from '../text/scan.ts'
import type { Language } from './intent-set.ts'

/** Words of one text that count; the rest is not read. */
export const WORDS_MAX = 100

const SIGNS = '?!€$£%'
const APOSTROPHES = "'’‘`´"
/** What stands after an apostrophe in English, written out. */
const ELIDED: Readonly<Record<string, string>> = { m: 'am', re: 'are', ve: 'have', ll: 'will' }
/** Digits of one number that count: how many there are matters, which they are does not. */
const DIGITS_MAX = 3

/**
 * The words of a text for intents: folded, numbers as one to three zeros, a few signs, "don't" as `don not`.
 * At most 100, from the first 2,000 characters.
 */
export function wordsOf(text: string): string[] {
  const source = fold(text.length > READ.charsMax ? text.slice(0, READ.charsMax) : text)
  const words: string[] = []
  const { length } = source
  let i = 0
  let elided = false
  while (i < length && words.length < WORDS_MAX) {
    const code = source.charCodeAt(i)
    const from = i
    if (isDigit(code)) {
      while (i < length && isDigit(source.charCodeAt(i))) i++
      words.push('0'.repeat(Math.min(DIGITS_MAX, i - from)))
      elided = false
    } else if (isLetter(code)) {
      while (i < length && isLetter(source.charCodeAt(i))) i++
      words.push(written(source.slice(from, i), elided, words))
      elided = false
    } else {
      const sign = source.charAt(i++)
      elided = APOSTROPHES.includes(sign)
      if (SIGNS.includes(sign)) words.push(sign)
    }
  }
  return words
}

function written(word: string, elided: boolean, before: readonly string[]): string {
  if (!elided) return word
  if (word === 't') return before.at(-1)?.endsWith('n') ? 'not' : word
  return Object.hasOwn(ELIDED, word) ? (ELIDED[word] as string) : word
}

/** What a word is reduced to: never longer than the word, never empty. */
export type Stemmer = (word: string) => string

const english: Stemmer = (word) => {
  let stem = word
  if (stem.length <= 3) return stem
  if ((stem.endsWith('ies') || stem.endsWith('ied')) && stem.length > 4) return `${stem.slice(0, -3)}y`
  if (stem.endsWith('sses')) return stem.slice(0, -2)
  if (stem.endsWith('s') && !stem.endsWith('ss') && !stem.endsWith('us') && !stem.endsWith('is')) stem = stem.slice(0, -1)
  if (stem.endsWith('ing') && stem.length > 5) stem = single(stem.slice(0, -3))
  else if (stem.endsWith('ed') && stem.length > 4) stem = single(stem.slice(0, -2))
  return stem.length > 3 && stem.endsWith('e') ? stem.slice(0, -1) : stem
}

/** `topp` gives `top`; `call`, `pass` and `buzz` stay. */
function single(stem: string): string {
  const last = stem.charAt(stem.length - 1)
  return last === stem.charAt(stem.length - 2) && !'lsz'.includes(last) ? stem.slice(0, -1) : stem
}

/** Cuts the first of `endings` (longest first) that fits, as long as `lettersMin` letters stay. */
const cutting = (lettersMin: number, endings: string): Stemmer => {
  const list = endings.split(' ')
  return (word) => {
    for (const ending of list)
      if (word.length - ending.length >= lettersMin && word.endsWith(ending)) return word.slice(0, -ending.length)
    return word
  }
}

const STEMMERS: Readonly<Record<Language, Stemmer>> = {
  en: english,
  it: cutting(
    3,
    'azioni azione amento amenti imento imenti iamo ando endo ato ata ati ate uto uta uti ute ito ita iti ite ete are ere ire che chi ghe ghi ia ie io ii a e i o',
  ),
  es: cutting(
    3,
    'aciones acion amiento imiento iendo ieron ando aron ados adas idos idas amos emos imos ado ada ido ida ar er ir an en as os es a e o s',
  ),
  fr: cutting(3, 'ations ation ements ement issez issons erons erez ons ees ez er ir ee es e s x'),
  de: cutting(4, 'ungen ung en em er es st et e n s t'),
}

export function stemmerOf(language: Language): Stemmer {
  return STEMMERS[language]
}
