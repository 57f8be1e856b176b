import type { Lexicon } from '../lexicon/lexicon.ts'
import { AS, HOW, IS } from '../lexicon/roles.ts'
import { cardinalAt, found } from './numerals.ts'
import { Phrases } from './phrases.ts'
import { KIND, type Scan } from './scan.ts'

/**
 * What is said letter by letter and figure by figure, in any of the languages: "double three", "doppia vu", "A come Ancona",
 * "acca", "hache", "tango", "due volte sette", "trentatré". Every reader sets `found.end` to the token after what it read.
 */

interface Spelling {
  readonly letters: Phrases<string>
  readonly marks: Phrases<string>
}

const COMPILED = new WeakMap<Lexicon, Spelling>()

function spellingOf(lexicon: Lexicon): Spelling {
  let spelling = COMPILED.get(lexicon)
  if (spelling === undefined) {
    spelling = { letters: new Phrases<string>(), marks: new Phrases<string>() }
    for (const [phrases, letters] of lexicon.source.spelling.letterPhrases) spelling.letters.add(phrases, letters)
    for (const [phrases, mark] of lexicon.source.spelling.marks) spelling.marks.add(phrases, mark)
    COMPILED.set(lexicon, spelling)
  }
  return spelling
}

/** Figures that are said together stand for themselves up to this: "trecentotrentatré" is 333. */
const GROUP_MAX = 999_999
/** "Four times …" is the most that is said of one figure. */
const TIMES_MAX = 4

/** The figures that token `i` and what belongs to it say: "07", "double oh", "trentatré", "due volte sette"; empty for none. */
export function figuresAt(scan: Scan, i: number): string {
  if (scan.kindAt(i) === KIND.number) {
    if (scan.at(i).length === 1) {
      const repeated = timesAt(scan, i, scan.numberAt(i))
      if (repeated !== '') return repeated
    }
    found.end = i + 1
    return scan.at(i)
  }
  const word = scan.wordAt(i)
  if (word.is & IS.multiply) {
    const at = skipArticle(scan, i + 1)
    const figure = figureAt(scan, at)
    found.end = at + 1
    return figure.repeat(word.multiply)
  }
  if (word.is & IS.zero && !(word.is & IS.cardinal)) {
    found.end = i + 1
    return '0'
  }
  if (!(word.is & (IS.cardinal | IS.scale)) && !(word.how & HOW.one)) return ''
  const repeated = timesAt(scan, i, word.cardinal)
  if (repeated !== '') return repeated
  if (!cardinalAt(scan, i)) return oneAt(scan, i)
  if (found.value > GROUP_MAX) return ''
  leaveFourScore(scan, i)
  return String(found.value)
}

/** An article that is a figure among figures: "deux UNE deux". */
function oneAt(scan: Scan, i: number): string {
  if (!(scan.wordAt(i).how & HOW.one)) return ''
  found.end = i + 1
  return '1'
}

/** "Quarante quatre-vingt-dix" is 40 and 90: the four belongs to the score that follows, unless hyphens say otherwise. */
function leaveFourScore(scan: Scan, i: number): void {
  const last = found.end - 1
  if (last === i || scan.wordAt(last).cardinal !== 4) return
  const next = isDash(scan, found.end) ? found.end + 1 : found.end
  if (!(scan.wordAt(next).how & HOW.score) || (isDash(scan, last - 1) && next === found.end)) return
  found.value -= 4
  found.end = isDash(scan, last - 1) ? last - 1 : last
}

function isDash(scan: Scan, i: number): boolean {
  return scan.kindAt(i) === KIND.mark && (scan.at(i) === '-' || scan.at(i) === '‑') && scan.touches(i)
}

/** "Two times seven", "deux fois le zéro". */
function timesAt(scan: Scan, i: number, times: number): string {
  if (times < 2 || times > TIMES_MAX || !(scan.wordAt(i + 1).as & AS.times)) return ''
  const at = skipArticle(scan, i + 2)
  const figure = figureAt(scan, at)
  if (figure !== '') found.end = at + 1
  return figure.repeat(times)
}

/** Past a small word before a figure: "zweimal DIE drei". */
function skipArticle(scan: Scan, i: number): number {
  if (figureAt(scan, i) !== '' || figureAt(scan, i + 1) === '') return i
  const word = scan.wordAt(i)
  return word.is & IS.article || (word.as & AS.common && scan.at(i).length <= 3) ? i + 1 : i
}

/** One figure, in one token. */
function figureAt(scan: Scan, i: number): string {
  if (scan.kindAt(i) === KIND.number) return scan.at(i).length === 1 ? scan.at(i) : ''
  const word = scan.wordAt(i)
  if (word.is & IS.zero) return '0'
  if (word.how & HOW.one) return '1'
  return word.is & IS.cardinal && word.cardinal < 10 ? String(word.cardinal) : ''
}

/**
 * The letter that token `i` and what belongs to it say, in upper case: itself, its name, a word of a spelling alphabet, "m for
 * mike", "double s" (two of them); empty for none. A name that is another word too counts beside other letters and figures.
 */
export function letterAt(scan: Scan, i: number): string {
  const word = scan.wordAt(i)
  const phrase = spellingOf(scan.lexicon).letters
  const letters = phrase.at(scan, i)
  if (letters !== undefined) {
    spelledBy(scan, i + phrase.length, letters)
    return letters
  }
  if (word.is & IS.multiply) {
    const letter = plainLetterAt(scan, i + 1)
    if (letter !== '') spelledBy(scan, i + 2, letter)
    return letter.repeat(word.multiply)
  }
  const letter = plainLetterAt(scan, i)
  if (word.as & AS.letter) found.end = i + 1
  else if (letter !== '') spelledBy(scan, i + 1, letter)
  return letter
}

function plainLetterAt(scan: Scan, i: number): string {
  if (scan.kindAt(i) !== KIND.word) return ''
  const text = scan.at(i)
  if (text.length === 1) return isClipped(scan, i) ? '' : text.toUpperCase()
  const word = scan.wordAt(i)
  if (word.as & AS.letterName) return word.letter
  if (word.as & (AS.letter | AS.softLetter)) return isBesideCharacters(scan, i) ? word.letter : ''
  return ''
}

/** Letters with an accent that are words: "la mail È …". */
const ACCENTED = 'èàÈÀ'
const APOSTROPHES = "'’"

/** Whether one letter is what is left of a word: "it's", "l'adresse", "è"; "o'brien" keeps its O. */
export function isClipped(scan: Scan, i: number): boolean {
  const { text } = scan
  const start = scan.startOf(i)
  if (ACCENTED.includes(text.charAt(start))) return true
  if (start > 0 && APOSTROPHES.includes(text.charAt(start - 1))) return true
  const end = scan.endOf(i + 1)
  return end < text.length && APOSTROPHES.includes(text.charAt(end)) && scan.at(i) !== 'o'
}

/** Passes over the word that spells the letter just read: "for mike", "come Ancona", "wie Berta", or "Ancona" alone. */
function spelledBy(scan: Scan, i: number, letter: string): void {
  let at = i
  while (scan.wordAt(at).as & AS.spells && at - i < 2) at++
  const joined = at > i
  const word = scan.at(at)
  const fits = word.length > 2 && word.startsWith(letter.charAt(0).toLowerCase())
  if (joined ? fits : fits && (scan.wordAt(at).as & AS.letter) !== 0 && scan.wordAt(at).letter === letter) found.end = at + 1
  else found.end = i
}

/** Whether token `i` only joins a letter to the word that spells it: "m FOR mike", "e AS in echo". */
export function isSpellingJoint(scan: Scan, i: number): boolean {
  if (!(scan.wordAt(i).as & AS.spells)) return false
  const before = scan.wordAt(i - 1).as & AS.spells ? i - 2 : i - 1
  const after = scan.wordAt(i + 1).as & AS.spells ? i + 2 : i + 1
  if (scan.kindAt(before) !== KIND.word || scan.at(after).length < 3) return false
  const letter = scan.at(before).length === 1 ? scan.at(before) : scan.wordAt(before).letter.charAt(0).toLowerCase()
  return letter !== '' && scan.at(after).startsWith(letter)
}

function isBesideCharacters(scan: Scan, i: number): boolean {
  return (
    isCharacter(scan, i - 1) || isCharacter(scan, i + 1) || isAfterPhrase(scan, i) || (scan.wordAt(i + 1).as & AS.spells) !== 0
  )
}

/** Whether a letter of two words ends before token `i`: "i grec", "doppia vu". */
function isAfterPhrase(scan: Scan, i: number): boolean {
  const { letters } = spellingOf(scan.lexicon)
  return i >= 2 && letters.at(scan, i - 2) !== undefined && letters.length === 2
}

/** Whether token `i` is a letter or figure by itself, or a word for one. */
export function isCharacter(scan: Scan, i: number): boolean {
  const kind = scan.kindAt(i)
  if (kind === KIND.number) return true
  if (kind !== KIND.word) return false
  const word = scan.wordAt(i)
  if (scan.at(i).length === 1) return true
  return (word.as & (AS.letter | AS.letterName | AS.softLetter)) !== 0 || (word.is & (IS.cardinal | IS.zero | IS.multiply)) !== 0
}

/** The mark of an address that token `i` begins to say: `@ . - _ + /`, empty for words about spelling; undefined for none. */
export function saidMarkAt(scan: Scan, i: number): string | undefined {
  const { marks } = spellingOf(scan.lexicon)
  const mark = marks.at(scan, i)
  if (mark !== undefined) found.end = i + marks.length
  return mark
}

/** Whether spelling or said figures could be in the text at all. */
export function isSpelled(scan: Scan): boolean {
  return (scan.as & (AS.letter | AS.letterName | AS.softLetter)) !== 0 || (scan.is & (IS.cardinal | IS.zero | IS.multiply)) !== 0
}
